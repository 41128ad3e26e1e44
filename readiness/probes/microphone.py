"""The voice through the microphone: first silence, then reading aloud; kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.audio_reasons import AUDIO_REASONS
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import (
    AudioDevice,
    Context,
    Live,
    Need,
    Probe,
    Prompt,
    Reason,
    Result,
    Take,
    failed,
    measured,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENCE_S = 4.0
READING_S = 9.0
GAP_S = 0.05
"""A run of zeros this long is a hole in the recording, unless the microphone sends none else."""

MOSTLY_ZERO = 0.5
"""A silence of which more than half is zeros was made by a noise gate, not by a loss."""

METHOD = "guided-take"

LEVEL = Metric(
    id="voice.level",
    title=N_("Voice level"),
    unit="dBov",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Bring the microphone two fingers from the corner of your mouth.")),
        Tip(Cost.FREE, N_("Change the input volume in the sound settings, then check again.")),
    ),
)
NOISE = Metric(
    id="voice.noise",
    title=N_("Background noise"),
    unit="dBov",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Close the window and the door and switch off fans and music.")),
        Tip(Cost.CHEAP, N_("A headset with a microphone arm hears less of the room.")),
    ),
)
SNR = Metric(
    id="voice.snr",
    # Translators: how many decibels the voice is louder than the background noise.
    title=N_("Voice above noise"),
    unit="dB",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Bring the microphone closer and move away from what is noisy.")),
        Tip(Cost.FREE, N_("Close the window and the door and switch off fans and music.")),
        Tip(Cost.CHEAP, N_("A headset with a microphone arm hears less of the room.")),
    ),
)
CLIPPING = Metric(
    id="voice.clipping",
    # Translators: the share of the recording that is cut off because it was too loud.
    title=N_("Overdriven part of the voice"),
    unit="%",
    resolution=0.01,
    advice=(
        Tip(Cost.FREE, N_("Lower the input volume in the sound settings.")),
        Tip(Cost.FREE, N_("Move the microphone a little away from your mouth.")),
    ),
)

# Translators: for each thing that can go wrong in a recording, what was found and what to do.
TAKE_REASONS = {
    "step-skipped": Reason(
        what=N_("The recording was skipped."),
        remedy=N_("Start this check again when you are ready to speak."),
    ),
    "muted": Reason(
        what=N_("The microphone is muted."),
        remedy=N_("Switch it on at the headset's cable and in the sound settings; try again."),
    ),
    "all-zero": Reason(
        what=N_(
            "The microphone delivered no sound at all, not even the noise of a quiet room: it is"
            " muted, or the system does not let this program hear it."
        ),
        remedy=N_(
            "Switch the headset's mute button off and allow the microphone in the system's privacy"
            " settings."
        ),
    ),
    "interrupted": Reason(
        what=N_("The recording has holes: the computer lost some of the sound."),
        remedy=N_("Close other programs and try again."),
    ),
    "gated-silence": Reason(
        what=N_("While you are quiet, the microphone sends nothing, so noise cannot be measured."),
        remedy=N_("Switch off noise suppression for this microphone and try again."),
    ),
    "not-silent": Reason(
        what=N_("Someone spoke, or it was loud, in the part that was meant to be silent."),
        remedy=N_("Try again and stay quiet until you are asked to read."),
    ),
    "no-speech": Reason(
        what=N_("No speech was heard: the reading was hardly louder than the silence."),
        remedy=N_("Check that this is the microphone you speak into, and read aloud."),
    ),
}


def run(ctx: Context) -> Iterator[Result]:
    """Record silence and reading, and measure them. The recording is dropped at the end."""
    device = ctx.audio.chosen("input")
    if device.muted:
        raise CannotMeasure(FailureCode.NO_DEVICE, "muted")
    silence = _take(ctx, device, Prompt.STAY_SILENT, SILENCE_S, progress=(0.0, 0.3))
    reading = _take(ctx, device, Prompt.READ_ALOUD, READING_S, progress=(0.3, 0.95))
    yield from judge_takes(ctx, silence, reading)
    ctx.progress(1.0)


def _take(
    ctx: Context,
    device: AudioDevice,
    prompt: Prompt,
    seconds: float,
    *,
    progress: tuple[float, float],
) -> Take:
    if not ctx.person.ready(prompt, seconds=seconds, values={"device": device.name}):
        raise CannotMeasure(FailureCode.SKIPPED, "step-skipped")
    start, end = progress

    def show(fraction: float, dbov: float) -> None:
        live = Live(metric=LEVEL.id, value=dbov, unit=LEVEL.unit)
        ctx.progress(start + (end - start) * fraction, live)

    take = ctx.audio.record(device, seconds, show)
    if take.removed:
        raise CannotMeasure(FailureCode.NO_DEVICE, "removed-during-take")
    if take.muted:
        raise CannotMeasure(FailureCode.NO_DEVICE, "muted")
    return take


def judge_takes(ctx: Context, silence: Take, reading: Take) -> Iterator[Result]:
    """Measure a silent and a spoken recording of one microphone at one rate."""
    from readiness.dsp.voice.clipping import clipped_percent
    from readiness.dsp.voice.gaps import gaps
    from readiness.dsp.voice.guided import LEAST_RISE_DB, rise_db, was_silent

    quiet, heard = gaps(silence.samples, silence.rate), gaps(reading.samples, reading.rate)
    if heard.everything:
        raise CannotMeasure(FailureCode.NO_DEVICE, "all-zero")
    if quiet.share > MOSTLY_ZERO:
        yield from _clipping(ctx, clipped_percent(reading.samples), reading)
        yield from _none(ctx, FailureCode.UNSUPPORTED, "gated-silence")
        return
    longest = max(quiet.longest_s, heard.longest_s)
    if longest >= GAP_S or silence.overflows + reading.overflows:
        raise CannotMeasure(FailureCode.TIMED_OUT, "interrupted", longest_ms=round(1000 * longest))
    silent = was_silent(silence.samples, reading.samples, reading.rate)
    spoken = rise_db(silence.samples, reading.samples) >= LEAST_RISE_DB
    if not silent:
        yield from _clipping(ctx, clipped_percent(reading.samples), reading)
        yield from _none(ctx, FailureCode.UNSUPPORTED, "not-silent")
    elif not spoken:
        yield _noise(ctx, silence)
        for metric in (LEVEL, SNR, CLIPPING):
            yield failed(ctx, metric, FailureCode.UNSUPPORTED, "no-speech")
    else:
        yield from _clipping(ctx, clipped_percent(reading.samples), reading)
        yield from _voice(ctx, silence, reading)


def _none(ctx: Context, code: FailureCode, detail: str) -> Iterator[Result]:
    """Say that nothing can be told which needs a silence."""
    for metric in (LEVEL, NOISE, SNR):
        yield failed(ctx, metric, code, detail)


def _clipping(ctx: Context, percent: float, reading: Take) -> Iterator[Result]:
    samples = int(reading.samples.size)
    yield measured(ctx, CLIPPING, round(percent, 3), method=METHOD, samples=samples)


def _noise(ctx: Context, silence: Take) -> Result:
    from readiness.dsp.voice.level import noise_level

    noise = noise_level(silence.samples, silence.rate)
    return measured(
        ctx,
        NOISE,
        round(noise.dbov, 2),
        method=METHOD,
        uncertainty=round(noise.half_width, 2),
        samples=noise.blocks,
        summary={"seconds": SILENCE_S, "rate_hz": silence.rate},
    )


def _voice(ctx: Context, silence: Take, reading: Take) -> Iterator[Result]:
    from readiness.dsp.voice.guided import guided_voice

    voice = guided_voice(silence.samples, reading.samples, reading.rate)
    summary = {
        "seconds": READING_S,
        "rate_hz": reading.rate,
        "activity_percent": round(100 * voice.activity, 1),
    }
    yield measured(
        ctx,
        LEVEL,
        round(voice.level, 2),
        method=METHOD,
        uncertainty=round(voice.level_half_width, 2),
        summary=summary,
    )
    yield _noise(ctx, silence)
    yield measured(
        ctx,
        SNR,
        round(voice.snr, 2),
        method=METHOD,
        uncertainty=round(voice.snr_half_width, 2),
        summary=summary,
    )


PROBE = Probe(
    id="microphone",
    version=1,
    title=N_("Microphone"),
    metrics=(LEVEL, NOISE, SNR, CLIPPING),
    run=run,
    seconds=SILENCE_S + READING_S + 7,
    limit=600,
    methods={
        METHOD: N_(
            "A guided recording, first silent, then read aloud: active speech level after ITU-T"
            " P.56. The recording is never stored."
        ),
    },
    reasons={**AUDIO_REASONS, **TAKE_REASONS},
    needs=frozenset({Need.MICROPHONE}),
)
