"""The voice through the microphone: silence, reading aloud, listening; kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.advice import sound
from readiness.audio_link import wall_doubt
from readiness.audio_link_words import DOUBT
from readiness.audio_reasons import AUDIO_REASONS
from readiness.guided_take import Steps, with_summary
from readiness.listening import (
    LISTEN_S,
    LISTENING,
    LISTENING_REASONS,
    SIDES,
    echo_result,
    listen,
    sides_result,
)
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Measurement, Metric
from readiness.model.text import N_
from readiness.ports import (
    AudioDevice,
    Context,
    Need,
    Probe,
    Prompt,
    Reason,
    Result,
    Take,
    failed,
    measured,
)
from readiness.voice_figures import (
    GAP_S,
    Takes,
    between_fault,
    figures,
    reading_fault,
    results,
    silence_fault,
    speech_fault,
)
from readiness.voice_metrics import BALANCE, BANDWIDTH, ECHO, GUIDED, LEVEL, METRICS, VOICE_METHODS
from readiness.voice_reasons import TAKE_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENCE_S = 5.0
READING_S = 11.0
LOUD_S = 4.0
CLIPPED_PERCENT = 0.1
"""From here on the loud voice has no room left, wherever its highest sample lies."""

HEADROOM = Metric(
    id="voice.headroom",
    # Translators: how many decibels the loudest moment of a loud voice lies below the limit.
    title=N_("Room above a loud voice"),
    unit="dB",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "The loudest words come close to what the microphone can take; a laugh or a cough"
                " would be cut off."
            )
        ),
    ),
    advice=(sound.LOWER, sound.AWAY, sound.OWN_SOUND_CARD),
)
RATE_CHANGED = Reason(
    what=N_("The microphone changed its sampling rate between two parts of the recording."),
    remedy=N_("Close other programs that use the headset and try again."),
)


def run(ctx: Context) -> Iterator[Result]:
    """Record and measure, step by step. The recordings are dropped at the end."""
    device = ctx.audio.chosen("input")
    steps = Steps(ctx=ctx, values={"device": device.name}, meter=LEVEL)
    silence = _silence(steps, device)
    reading = _reading(steps, device)
    while (found := _fault(silence, reading)) is not None and steps.offer(*found):
        if found[0] is Prompt.STAY_SILENT:
            silence = _silence(steps, device)
        else:
            reading = _reading(steps, device)
    ctx.hand_over(reading)
    told = list(steps.on_record(_judged(ctx, silence, reading)))
    yield from told
    yield from steps.on_record([_headroom(steps, device, silence)])
    level = next(result for result in told if result.metric == LEVEL.id)
    yield from steps.on_record(_listened(steps, device, silence, level))
    ctx.progress(1.0)


def _silence(steps: Steps, device: AudioDevice) -> Take:
    """The silent part. One of zeros only is offered again at once: most often a mute switch."""
    from readiness.dsp.voice.gaps import gaps

    while True:
        take = steps.step(
            Prompt.STAY_SILENT,
            seconds=SILENCE_S,
            act=lambda: steps.record(device, SILENCE_S, progress=(0.0, 0.2), bands=True),
        )
        zeros = CannotMeasure(FailureCode.NO_DEVICE, "all-zero")
        if not gaps(take.samples, take.rate).everything:
            return take
        if not steps.offer(Prompt.STAY_SILENT, zeros):
            # A noise gate delivers zeros too while nobody speaks: the reading will tell.
            return take


def _reading(steps: Steps, device: AudioDevice) -> Take:
    return steps.step(
        Prompt.READ_ALOUD,
        seconds=READING_S,
        act=lambda: steps.record(device, READING_S, progress=(0.2, 0.6)),
    )


def _takes(silence: Take, reading: Take) -> Takes:
    return Takes(
        silence=silence.samples,
        reading=reading.samples,
        rate=reading.rate,
        lost=silence.overflows + reading.overflows,
    )


def _fault(silence: Take, reading: Take) -> tuple[Prompt, CannotMeasure] | None:
    """Which step to repeat, and why; none if both can be used."""
    if silence.rate != reading.rate:
        return Prompt.STAY_SILENT, CannotMeasure(FailureCode.UNSUPPORTED, "rate-changed")
    takes = _takes(silence, reading)
    if (why := reading_fault(takes)) is not None:
        return Prompt.READ_ALOUD, why
    if (why := silence_fault(takes)) is not None:
        return Prompt.STAY_SILENT, why
    if (why := between_fault(takes)) is not None:
        spoke = why.detail == "not-silent" or _interrupted(silence)
        return Prompt.STAY_SILENT if spoke else Prompt.READ_ALOUD, why
    if (why := speech_fault(takes)) is not None:
        return Prompt.READ_ALOUD, why
    return None


def _interrupted(take: Take) -> bool:
    from readiness.dsp.voice.gaps import gaps

    return bool(take.overflows) or gaps(take.samples, take.rate).longest_s >= GAP_S


def _judged(ctx: Context, silence: Take, reading: Take) -> Iterator[Result]:
    if silence.rate != reading.rate:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "rate-changed")
    told = figures(_takes(silence, reading))
    why = told[LEVEL.id]
    if isinstance(why, CannotMeasure) and why.detail == "interrupted":
        # Here the take can simply be done again; nothing that rests on it should stay.
        raise why
    live = {name: found for name, found in told.items() if name not in PROBE.of_recordings}
    for result in results(live, method=GUIDED, at=ctx.clock.now()):
        yield _with_doubt(result, reading.device) if result.metric == BANDWIDTH.id else result


def _with_doubt(result: Result, device: AudioDevice) -> Result:
    """Whether the voice breaks off as no voice through a cord does."""
    if not isinstance(result, Measurement) or not result.evidence.summary["codec_wall"]:
        return result
    doubt = wall_doubt(device, float(result.value))
    return with_summary(result, {DOUBT: doubt} if doubt else {})


def _headroom(steps: Steps, device: AudioDevice, silence: Take) -> Result:
    """How far the loudest moment of a loud voice lies below full scale."""
    try:
        take = steps.step(
            Prompt.SPEAK_UP,
            seconds=LOUD_S,
            act=lambda: _spoken(steps.record(device, LOUD_S, progress=(0.6, 0.75)), silence),
        )
    except CannotMeasure as why:
        return failed(steps.ctx, HEADROOM, why.code, why.detail)
    from readiness.dsp.voice.clipping import clipped_percent

    clipped = clipped_percent(take.samples)
    room = 0.0 if clipped >= CLIPPED_PERCENT else headroom_db(take)
    return measured(
        steps.ctx,
        HEADROOM,
        round(room, 1),
        method=GUIDED,
        samples=int(take.samples.size),
        summary={"seconds": LOUD_S, "rate_hz": take.rate},
    )


def _listened(steps: Steps, device: AudioDevice, silence: Take, level: Result) -> Iterator[Result]:
    try:
        told = listen(steps, device, silence, progress=(0.75, 1.0))
    except CannotMeasure as why:
        for metric in (ECHO, SIDES):
            yield failed(steps.ctx, metric, why.code, why.detail)
    else:
        yield echo_result(steps, told, level)
        yield sides_result(steps, told)


def headroom_db(take: Take) -> float:
    """From the highest sample to full scale, dB; never below 0."""
    import math

    import numpy as np

    return max(0.0, -20 * math.log10(float(np.abs(take.samples).max())))


def _spoken(take: Take, silence: Take) -> Take:
    """The take, if it holds sound and is louder than the silence.

    Raises:
        CannotMeasure: ``all-zero``, ``no-speech`` and their like.
    """
    takes = Takes(
        silence=silence.samples, reading=take.samples, rate=take.rate, lost=take.overflows
    )
    why = reading_fault(takes)
    if why is None and silence_fault(takes) is None:
        why = speech_fault(takes)
    if why is not None:
        raise why
    return take


PROBE = Probe(
    id="microphone",
    version=2,
    title=N_("Microphone"),
    metrics=(*METRICS, HEADROOM, ECHO, SIDES),
    run=run,
    seconds=SILENCE_S + READING_S + LOUD_S + LISTEN_S + 7,
    limit=1200,
    methods={**VOICE_METHODS, **LISTENING},
    reasons={**AUDIO_REASONS, **TAKE_REASONS, **LISTENING_REASONS, "rate-changed": RATE_CHANGED},
    needs=frozenset({Need.MICROPHONE}),
    wishes=frozenset({Need.LOUDSPEAKER}),
    # One channel is recorded: a call has one, and most headsets' microphones have no more.
    of_recordings=frozenset({BALANCE.id}),
)
