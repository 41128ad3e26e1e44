"""Guided steps with a device: what spoils a step is named at once, and just that step repeated.

Each attempt that could not be used stays on record: the evidence's summary holds ``repeated``,
e.g. ``stay-silent: not-silent; read-aloud: no-speech``.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

import msgspec

from readiness.evidence_words import REPEATED
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Failure
from readiness.ports import AudioDevice, Live, Take

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from readiness.dsp.voice.bands import BandMeter
    from readiness.model.measurement import Metric, Scalar
    from readiness.ports import Context, Prompt, Result

MOST_ATTEMPTS = 3
"""Of one step. Who fails three times needs another remedy than a fourth."""

T = TypeVar("T")


@dataclass(kw_only=True)
class Steps:
    """The guided steps of one probe run.

    Attributes:
        ctx: The probe's context.
        values: What the words of the steps name: ``device``, ``output``.
        meter: The metric that live levels are glimpses of; none where nothing is recorded.
    """

    ctx: Context
    values: dict[str, str]
    meter: Metric | None = None
    _attempts: Counter[Prompt] = field(default_factory=Counter)
    _spoilt: list[str] = field(default_factory=list)

    def step(self, prompt: Prompt, *, seconds: float, act: Callable[[], T]) -> T:
        """Announce a step, do it when the person is ready, and offer it again where it fails.

        Raises:
            CannotMeasure: It was skipped, or what went wrong the last time.
        """
        while True:
            self._attempts[prompt] += 1
            if not self.ctx.person.ready(prompt, seconds=seconds, values=self.values):
                raise CannotMeasure(FailureCode.SKIPPED, "step-skipped", **self.summary())
            try:
                return act()
            except CannotMeasure as fault:
                if not self.offer(prompt, fault):
                    fault.summary.update(self.summary())
                    raise

    def offer(self, prompt: Prompt, fault: CannotMeasure) -> bool:
        """Say why a step could not be used; true: it is to be done once more."""
        if self._attempts[prompt] >= MOST_ATTEMPTS or fault.code is FailureCode.SKIPPED:
            return False
        if not self.ctx.person.again(prompt, why=fault.detail, values=self.values):
            return False
        self._spoilt.append(f"{prompt.value}: {fault.detail}")
        return True

    def summary(self) -> dict[str, Scalar]:
        """What was repeated and why, for the evidence; empty if nothing was."""
        return {REPEATED: "; ".join(self._spoilt)} if self._spoilt else {}

    def on_record(self, results: Iterable[Result]) -> Iterator[Result]:
        """The results, each with what was repeated."""
        for result in results:
            yield with_summary(result, self.summary())

    def record(
        self,
        device: AudioDevice,
        seconds: float,
        *,
        progress: tuple[float, float],
        bands: bool = False,
    ) -> Take:
        """Record from ``device`` if it is still there, with a live level.

        Args:
            device: The microphone; found again by its id.
            seconds: How long.
            progress: Where the probe is at the beginning and at the end, 0 to 1.
            bands: Whether its spectrum is shown too.

        Raises:
            CannotMeasure: ``muted``, ``removed-during-take``, ``device-gone`` or what the sound
                system says.
        """
        here = still_here(self.ctx, device)
        spectrum = _Spectrum() if bands else None
        take = self.ctx.audio.record(here, seconds, self.live(*progress, spectrum), hear=spectrum)
        return unspoilt(take)

    def live(
        self, start: float, end: float, spectrum: _Spectrum | None = None
    ) -> Callable[[float, float], None]:
        """A listener to the level of a recording that lasts from ``start`` to ``end``."""

        def show(fraction: float, dbov: float) -> None:
            live = None
            if self.meter is not None:
                live = Live(
                    metric=self.meter.id,
                    value=dbov,
                    unit=self.meter.unit,
                    through=min(1.0, fraction),
                    bands=() if spectrum is None else spectrum.take(),
                    stands_out=spectrum is not None and spectrum.stands_out,
                )
            self.ctx.progress(start + (end - start) * fraction, live)

        return show


class _Spectrum:
    """Hears a recording for the picture of its spectrum; the rate is known with the first piece."""

    def __init__(self) -> None:
        self._meter: BandMeter | None = None

    def __call__(self, samples: NDArray[np.float32], rate: int) -> None:
        if self._meter is None:
            from readiness.dsp.voice.bands import BandMeter

            self._meter = BandMeter(rate)
        self._meter.feed(samples)

    @property
    def stands_out(self) -> bool:
        """Whether this moment is a noise."""
        return self._meter is not None and self._meter.stands_out

    def take(self) -> tuple[float, ...]:
        """The newest levels, once."""
        return () if self._meter is None else self._meter.take()


def still_here(ctx: Context, device: AudioDevice) -> AudioDevice:
    """The device as it is now.

    Raises:
        CannotMeasure: ``device-gone`` or ``output-gone``: no device has its id any more;
            ``muted`` or ``output-muted``.
    """
    way_out = device.direction == "output"
    now = next(
        (
            one
            for one in ctx.audio.devices()
            if (one.id, one.direction) == (device.id, device.direction)
        ),
        None,
    )
    if now is None:
        raise CannotMeasure(FailureCode.NO_DEVICE, "output-gone" if way_out else "device-gone")
    if now.muted or (way_out and now.volume == 0):
        raise CannotMeasure(FailureCode.NO_DEVICE, "output-muted" if way_out else "muted")
    return now


def unspoilt(take: Take) -> Take:
    """The take, if nothing happened to its device meanwhile.

    Raises:
        CannotMeasure: ``removed-during-take`` or ``muted``.
    """
    if take.removed:
        raise CannotMeasure(FailureCode.NO_DEVICE, "removed-during-take")
    if take.muted:
        raise CannotMeasure(FailureCode.NO_DEVICE, "muted")
    return take


def with_summary(result: Result, more: dict[str, Scalar]) -> Result:
    """The result with further facts in its evidence."""
    if not more:
        return result
    if isinstance(result, Failure):
        return msgspec.structs.replace(result, summary={**result.summary, **more})
    evidence = result.evidence
    return msgspec.structs.replace(
        result,
        evidence=msgspec.structs.replace(evidence, summary={**evidence.summary, **more}),
    )
