"""The stream of a call against the emulator's own counters, theory and irtt."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from statistics import mean, median
from typing import TYPE_CHECKING, Any, Self

from bench.rows import Row
from readiness.dsp.call_stream import analyse
from tests.rig.emulator import Bed, Shape, ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from readiness.dsp.call_stream import CallShape
    from tests.rig.emulator import Truth

PACKETS = 1000
PACKET_OCTETS = 200
"""On the line: 172 of payload, 28 of headers."""

NO_JITTER_MS = 0.3
DELAYS_MS = (5.0, 20.0, 40.0, 150.0)
GRID = (
    Shape(delay_ms=20, seed=21),
    Shape(delay_ms=20, jitter_ms=5, seed=22),
    Shape(delay_ms=20, loss=0.005, jitter_ms=5, seed=23),
    Shape(delay_ms=20, loss=0.01, jitter_ms=15, seed=24),
    Shape(delay_ms=20, loss=0.02, jitter_ms=10, seed=25),
    Shape(delay_ms=40, loss=0.05, jitter_ms=30, seed=26),
    Shape(delay_ms=20, loss=0.02, burst=2, seed=27),
    Shape(delay_ms=20, loss=0.05, burst=5, jitter_ms=10, seed=28),
)


def idle(delays: Sequence[float] = DELAYS_MS) -> Iterator[Row]:
    """Median round trip on an idle line of 25/5 Mbit/s, against how long the emulator had it."""
    with _bed() as bed:
        for one_way in delays:
            bed.shape(Shape(mbit=25, delay_ms=one_way), Shape(mbit=5, delay_ms=one_way, seed=2))
            bed.clear()
            found, theirs = _beside_irtt(bed, 250)
            asked = 2 * one_way + PACKET_OCTETS * 8 * (1 / 25 + 1 / 5) / 1000  # us => ms
            truth = sum(median(way.udp_held_ms) for way in bed.truth())
            ours = found.median.value if found.median else math.nan
            other = theirs["rtt"]["median"] / 1e6  # ns => ms
            yield Row(
                figure=f"idle round trip, {2 * one_way:g} ms, error ms",
                asked="within 1",
                reached=f"{ours - truth:+.2f}; irtt {other - truth:+.2f}"
                f" (the emulator itself {truth - asked:+.2f})",
                met=abs(ours - truth) <= 1,
            )


def counts(grid: Sequence[Shape] = GRID) -> Iterator[Row]:
    """Loss and longest burst in each direction, and jitter, over a grid of lines."""
    with _bed() as bed:
        for shape in grid:
            bed.shape(shape)
            bed.clear()
            found = analyse(ask.call(bed, packets=PACKETS))
            bed.settle()
            down, up = bed.truth()
            ours = [(way.lost, way.burst) for way in (found.up, found.down)]
            truth = [(t.udp_fate.count("0"), ask.longest(t.udp_fate)) for t in (up, down)]
            yield Row(
                figure=f"lost and longest burst, up and down: {_named(shape)}",
                asked="equal to the emulator's counters",
                reached=f"{ours}; emulator {truth}",
                met=ours == truth,
            )
            yield _jitter(shape, found, (up, down))


def beside_irtt(jitters: Sequence[float] = (3.0, 9.0)) -> Iterator[Row]:
    """Jitter by ours and by irtt on the same line at the same time."""
    with _bed() as bed:
        for jitter in jitters:
            bed.shape(Shape(delay_ms=20, jitter_ms=jitter, seed=31))
            found, theirs = _beside_irtt(bed, PACKETS)
            apart, said = [], []
            for way, name in ((found.up, "ipdv_send"), (found.down, "ipdv_receive")):
                other = theirs[name]["mean"] / 1e6  # ns => ms
                value = way.jitter.value if way.jitter else math.nan
                apart.append(abs(value - other) <= max(0.1 * other, 0.3))
                said.append(f"{value:.2f} (irtt {other:.2f})")
            yield Row(
                figure=f"jitter beside irtt, +-{jitter:g} ms, up and down, ms",
                asked="within 10 % or 0.3 ms",
                reached=", ".join(said),
                met=all(apart),
            )


def _jitter(shape: Shape, found: CallShape, truths: Sequence[Truth]) -> Row:
    """Against what the emulator's clock says that it did, its own lateness included."""
    values = [way.jitter.value if way.jitter else math.nan for way in (found.up, found.down)]
    real = [mean(abs(b - a) for a, b in pairwise(truth.udp_held_ms)) for truth in truths]
    good = all(
        abs(value - true) <= max(true / 10, NO_JITTER_MS)
        for value, true in zip(values, real, strict=True)
    )
    return Row(
        figure=f"jitter, up and down, ms: {_named(shape)}",
        asked=f"within 10 % or {NO_JITTER_MS} of {real[0]:.2f}, {real[1]:.2f}",
        reached=", ".join(f"{value:.2f}" for value in values),
        met=good,
    )


def _named(shape: Shape) -> str:
    runs = f" in runs of {shape.burst:g}" if shape.burst > 1 else ""
    return f"{100 * shape.loss:g} %{runs}, +-{shape.jitter_ms:g} ms"


def _beside_irtt(bed: Bed, packets: int) -> tuple[CallShape, dict[str, Any]]:
    with ThreadPoolExecutor() as crew:
        theirs = crew.submit(ask.irtt, bed, packets=packets)
        return analyse(ask.call(bed, packets=packets)), theirs.result()


class _bed(Bed):  # noqa: N801 - reads as a word
    """With a measuring server and irtt at the far end."""

    def __enter__(self) -> Self:
        super().__enter__()
        self._open.enter_context(self.serving(*ask.SERVE, until=ask.SERVE_READY))
        self._open.enter_context(self.serving(*ask.IRTT, until=ask.IRTT_READY))
        return self
