"""The voice through the microphone: first silence, then reading aloud; kept in memory only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.audio_reasons import AUDIO_REASONS
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.text import N_
from readiness.ports import AudioDevice, Context, Live, Need, Probe, Prompt, Result, Take
from readiness.voice_figures import Takes, figures, results
from readiness.voice_metrics import GUIDED, LEVEL, METRICS, VOICE_METHODS
from readiness.voice_reasons import TAKE_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENCE_S = 4.0
READING_S = 9.0


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
    takes = Takes(
        silence=silence.samples,
        reading=reading.samples,
        rate=reading.rate,
        lost=silence.overflows + reading.overflows,
    )
    told = figures(takes)
    why = told[LEVEL.id]
    if isinstance(why, CannotMeasure) and why.detail == "interrupted":
        # Here the take can simply be done again; nothing that rests on it should stay.
        raise why
    yield from results(told, method=GUIDED, at=ctx.clock.now())


PROBE = Probe(
    id="microphone",
    version=1,
    title=N_("Microphone"),
    metrics=METRICS,
    run=run,
    seconds=SILENCE_S + READING_S + 7,
    limit=600,
    methods=VOICE_METHODS,
    reasons={**AUDIO_REASONS, **TAKE_REASONS},
    needs=frozenset({Need.MICROPHONE}),
)
