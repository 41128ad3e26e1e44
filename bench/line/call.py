"""The stream of a call against the emulator's own counters, theory and irtt."""

from __future__ import annotations

import math
import statistics
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Self

from bench.rows import Row
from readiness.dsp.call_stream import analyse
from tests.rig.emulator import Bed, Shape, ask

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from readiness.dsp.call_stream import CallShape

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
            truth = sum(statistics.median(way.udp_held_ms) for way in bed.truth())
            median = found.median.value if found.median else math.nan
            other = theirs["rtt"]["median"] / 1e6  # ns => ms
            yield Row(
                figure=f"idle round trip, {2 * one_way:g} ms, error ms",
                asked="within 1",
                reached=f"{median - truth:+.2f}; irtt {other - truth:+.2f}"
                f" (the emulator itself {truth - asked:+.2f})",
                met=abs(median - truth) <= 1,
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
            yield _jitter(shape, found)


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


def _jitter(shape: Shape, found: CallShape) -> Row:
    theory = 2 * shape.jitter_ms / 3
    values = [way.jitter.value if way.jitter else math.nan for way in (found.up, found.down)]
    limit = max(0.1 * theory, NO_JITTER_MS)
    return Row(
        figure=f"jitter, up and down, ms: {_named(shape)}",
        asked=f"{theory:.2f} within {limit:.2f}",
        reached=", ".join(f"{value:.2f}" for value in values),
        met=all(abs(value - theory) <= limit for value in values),
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
