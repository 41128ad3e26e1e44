"""The real engine with everything real but the measuring.

Profiles, planning, running, journal, judging, matching, files and archive are the product's own;
the probes keep their metrics and words and play a fixed part instead of measuring. So a whole
check takes a moment and always comes out the same.
"""

from __future__ import annotations

import dataclasses
import math
import threading
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from readiness.engine import Engine, Plan
from readiness.model.errors import FailureCode
from readiness.model.measurement import EvidenceKind, Trace
from readiness.ports import AudioDevice, Live, Need, Prompt, Take, failed, measured
from tests.fakes.world import FakeWorld

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from readiness.audio_link_words import LinkClass
    from readiness.model.measurement import Metric, Value
    from readiness.ports import Context, Probe, Result

SPEED = Trace(
    step_s=0.1,
    unit="Mbit/s",
    values=tuple(2.1 * (1 - math.exp(-i / 8)) + 0.08 * math.sin(i) for i in range(80)),
)
FOUND: dict[str, tuple[Value, float | None]] = {
    "machine.cpu_model": ("Example Core 5 1235", None),
    "machine.cpu_cores": (6, None),
    "machine.cpu_threads": (12, None),
    "machine.cpu_line": ("core-i5", None),
    "machine.cpu_series": (12, None),
    "machine.memory_installed": (16, None),
    "machine.memory_usable": (15.6, None),
    "machine.disk_free": (212.4, None),
    "machine.disk_total": (474.2, None),
    "machine.os_name": ("windows", None),
    "machine.os_edition": ("Home", None),
    "machine.os_version": (11, None),
    "machine.os_supported": (True, None),
    "machine.os_bits": (64, None),
    "machine.screen_count": (2, None),
    "machine.screen_width": (1920, None),
    "machine.screen_height": (1080, None),
    "machine.power_source": ("mains", None),
    "machine.keyboard_bus": ("usb", None),
    "machine.pointer_bus": ("usb", None),
    "link.kind": ("wifi", None),
    "link.vpn": (False, None),
    "link.proxy": (False, None),
    "link.metered": (False, None),
    "line.download": (24.6, 0.5),
    "line.upload": (2.1, 0.1),
    "line.round_trip_loaded_down": (62.0, 4.0),
    "line.round_trip_loaded_up": (88.0, 6.0),
    "line.mos_loaded_down": (4.1, 0.1),
    "line.mos_loaded_up": (4.0, 0.1),
    "line.round_trip_median": (31.0, 1.4),
    "line.round_trip_p95": (44.0, 3.0),
    "line.jitter": (2.1, 0.3),
    "line.jitter_up": (2.1, 0.3),
    "line.jitter_down": (0.9, 0.1),
    "line.loss": (0.1, 0.4),
    "line.loss_up": (0.1, 0.4),
    "line.loss_down": (0.0, 0.5),
    "line.loss_burst": (1.0, None),
    "line.reordering": (0.0, 0.5),
    "line.late": (0.0, 0.5),
    "line.loss_worst_15s": (0.1, 0.4),
    "line.jitter_worst_15s": (2.1, 0.3),
    "line.mos": (4.2, 0.1),
    "headset.link": ("usb-corded", None),
    "headset.microphone": ("Example USB Headset", None),
    "headset.muted": (False, None),
    "voice.level": (-25.2, 0.5),
    "voice.noise": (-58.3, 0.6),
    "voice.snr": (31.0, 0.5),
    "voice.clipping": (0.0, None),
}
"""Metric -> value and uncertainty. What is not here cannot be measured."""


@dataclasses.dataclass(frozen=True, kw_only=True)
class Act:
    """A guided step to be played: announced; or offered again; or asked about."""

    prompt: Prompt
    why: str = ""
    options: tuple[str, ...] = ()


SIDES = ("left", "right", "both", "none")
VALUES = {"device": "Example USB Headset", "output": "Example USB Headset"}
GUIDED = {
    "microphone": (Act(prompt=Prompt.STAY_SILENT), Act(prompt=Prompt.READ_ALOUD)),
}
TROUBLED = (
    Act(prompt=Prompt.STAY_SILENT),
    Act(prompt=Prompt.STAY_SILENT, why="not-silent"),
    Act(prompt=Prompt.STAY_SILENT),
    Act(prompt=Prompt.READ_ALOUD),
    Act(prompt=Prompt.SPEAK_UP),
    Act(prompt=Prompt.LISTEN),
    Act(prompt=Prompt.LISTEN, options=SIDES),
)
"""The whole take of somebody who spoke in the silence."""
RECORDING = Take(
    samples=np.sin(np.arange(22_050) * 0.09).astype(np.float32) * np.float32(0.1),
    rate=22_050,
    device=AudioDevice(id="7", name="Example USB Headset", direction="input"),
)
REAL = "skills"
"""Is not played: all that it measures is what the person does."""
STEPS = 24
SILENT = (Prompt.STAY_SILENT, Prompt.ROOM_SILENT)
NOISY = (9, 10, 11)
"""Live values at which a noise is played in a silence."""
LIVE_METRICS = {
    "line_speed": ("line.download", "line.upload"),
    "line_call": ("line.round_trip_median",),
}
"""Which of their metrics the probes show live, one after the other."""


class FakeEngine(Engine):
    """An engine whose probes only play.

    Args:
        home: Folder for journals and archive.
        pace: Seconds between two live values.
        steps: How many live values there are of a metric, or in a guided step.

    Attributes:
        guided: Probe -> the guided steps that it plays.
        said: What the person answered to each step, in order.
        moment: Tells the date and time; may be set wrong.
        hold: After so many live values of a metric the measuring waits, until this changes.
        held: Where it waits.
        bands_every: So many live values of a silence come with a spectrum: each, or each third.
    """

    def __init__(self, home: Path, *, pace: float = 0.0, steps: int = STEPS) -> None:
        super().__init__(home=home, world=FakeWorld(), now=self._moment)
        self.guided: dict[str, tuple[Act, ...]] = dict(GUIDED)
        self.said: list[object] = []
        self.moment: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.pace = pace
        self.steps = steps
        self.hold: tuple[str, int] | None = None
        self.held: tuple[str, int] | None = None
        self.bands_every = 1
        self.played: list[str] = []

    def _moment(self) -> datetime:
        return self.moment()

    def plan(self, *args: object, **more: object) -> Plan:
        """The real plan, its probes playing."""
        real = super().plan(*args, **more)  # type: ignore[arg-type]  # passed on as they came
        return dataclasses.replace(real, probes=tuple(map(self._playing, real.probes)))

    def resume_plan(self, *args: object, **more: object) -> Plan:
        """The real plan for the rest, its probes playing."""
        real = super().resume_plan(*args, **more)  # type: ignore[arg-type]  # passed on as they came
        return dataclasses.replace(real, probes=tuple(map(self._playing, real.probes)))

    def extended(self, *args: object, **more: object) -> Plan:
        """The real plan, its probes playing."""
        real = super().extended(*args, **more)  # type: ignore[arg-type]  # passed on as they came
        return dataclasses.replace(real, probes=tuple(map(self._playing, real.probes)))

    def devices(self) -> tuple[tuple[AudioDevice, LinkClass], ...]:
        """One headset."""
        from readiness.audio_link_words import HowSure, Link, LinkClass

        link = LinkClass(value=Link.USB_CORDED, how_sure=HowSure.LIKELY, why="known-corded")
        return tuple(
            (
                AudioDevice(id="7", name="Example USB Headset", direction=way, default=True),
                link,
            )
            for way in ("input", "output")
        )

    def _playing(self, probe: Probe) -> Probe:
        if probe.by_minutes or probe.id == REAL:  # on the world's own line; by the person
            return probe
        return dataclasses.replace(probe, run=self._part(probe))

    def _part(self, probe: Probe) -> Callable[[Context], Iterable[Result]]:
        def run(ctx: Context) -> Iterator[Result]:
            self.played.append(probe.id)
            if probe.id in self.guided:
                if not self._guided(ctx, probe):
                    yield from (
                        failed(ctx, metric, FailureCode.SKIPPED) for metric in probe.metrics
                    )
                    return
            elif Need.NETWORK in probe.needs:
                names = LIVE_METRICS.get(probe.id, ())
                self._live(ctx, tuple(map(probe.metric, names)), None)
            else:
                self._wait(ctx)
            for metric in probe.metrics:
                yield _result(ctx, metric)

        return run

    def _guided(self, ctx: Context, probe: Probe) -> bool:
        """Play the guided steps; false if the person skipped one."""
        steps = self.guided[probe.id]
        for done, act in enumerate(steps):
            if act.options:
                self.said.append(ctx.person.choose(act.prompt, options=act.options, values=VALUES))
            elif act.why:
                self.said.append(ctx.person.again(act.prompt, why=act.why, values=VALUES))
            else:
                self.said.append(ctx.person.ready(act.prompt, seconds=6, values=VALUES))
                if not self.said[-1]:
                    return False
                self._live(ctx, probe.metrics[:1], act.prompt, after=done / len(steps))
        if probe.id == "microphone":
            ctx.hand_over(RECORDING)
        return True

    def _live(
        self,
        ctx: Context,
        metrics: tuple[Metric, ...],
        prompt: Prompt | None,
        after: float = 0.0,
    ) -> None:
        total = self.steps * len(metrics)
        share = 1.0 if prompt is None else 0.5
        for index in range(total):
            metric = metrics[index // self.steps]
            heard = prompt in SILENT and index % self.bands_every == 0
            ctx.progress(
                after + share * index / total,
                Live(
                    metric=metric.id,
                    value=_level(metric, index % self.steps, prompt),
                    unit=metric.unit,
                    through=index % self.steps / self.steps,
                    bands=room_bands(index) if heard else (),
                    stands_out=prompt in SILENT and index in NOISY,
                ),
            )
            self._wait(ctx)
            self._hold_at(ctx, (metric.id, index % self.steps))

    def _hold_at(self, ctx: Context, place: tuple[str, int]) -> None:
        while self.hold == place:
            self.held = place
            ctx.checkpoint()
            threading.Event().wait(0.005)

    def _wait(self, ctx: Context) -> None:
        ctx.checkpoint()
        if self.pace:
            time.sleep(self.pace)
        ctx.checkpoint()


def room_bands(index: int) -> tuple[float, ...]:
    """A room with some hum of 50 Hz, a fan, and now and then a noise."""
    noise = 18 if index in NOISY else 0
    return tuple(
        -66.0 if band == 0 else -74 - 0.9 * band + 3 * math.sin(band * 1.3 + index * 0.7) + noise
        for band in range(23)
    )


def _level(metric: Metric, index: int, prompt: Prompt | None) -> float:
    if prompt in (Prompt.STAY_SILENT, Prompt.ROOM_SILENT, Prompt.LISTEN):
        return -58 + 3 * math.sin(index)
    if prompt in (Prompt.READ_ALOUD, Prompt.SPEAK_UP):
        return -26 + 9 * math.sin(index * 0.9) - (18 if index % 7 == 0 else 0)
    value = FOUND.get(metric.id, (1.0, None))[0]
    return float(value) * (1 - math.exp(-index / 5)) * (1 + 0.05 * math.sin(index * 1.7))


def _result(ctx: Context, metric: Metric) -> Result:
    if metric.id not in FOUND:
        return failed(ctx, metric, FailureCode.UNSUPPORTED)
    value, uncertainty = FOUND[metric.id]
    kind = EvidenceKind.MEASURED if uncertainty is not None else EvidenceKind.REPORTED
    return measured(
        ctx,
        metric,
        value,
        method="played",
        kind=kind,
        uncertainty=uncertainty,
        samples=80 if uncertainty is not None else None,
        trace=SPEED if metric.id == "line.upload" else None,
    )
