"""Latency under load against the true queue of the emulated line."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import msgspec

from bench.line.rows import SERVE, drive
from bench.rows import Row
from readiness.model.call import CallStream
from tests.rig.emulator import Bed, Shape
from tests.rig.emulator.link import BIN_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from tests.rig.emulator import Truth

DELAY_MS = 15.0
PACKET_OCTETS = 200
BUFFERS_MS = (50.0, 100.0, 250.0)
LINES = ((25.0, 5.0), (100.0, 20.0))
DIRECTIONS = ("download", "upload")


def loaded(
    lines: Sequence[tuple[float, float]] = LINES, buffers: Sequence[float] = BUFFERS_MS
) -> Iterator[Row]:
    """The median round trip beside a transfer: within 5 % or 5 ms of the line's own."""
    with Bed() as bed, bed.serving(*SERVE, until="Ctrl+C"):
        for down, up in lines:
            for buffer_ms in buffers:
                for part in DIRECTIONS:
                    bed.shape(
                        Shape(mbit=down, delay_ms=DELAY_MS, buffer_ms=buffer_ms),
                        Shape(mbit=up, delay_ms=DELAY_MS, buffer_ms=buffer_ms, seed=2),
                    )
                    bed.clear()
                    found = drive(bed, part)["found"]
                    base = 2 * DELAY_MS + PACKET_OCTETS * 8 * (1 / down + 1 / up) / 1000
                    ways = bed.truth()
                    truth = base + sum(_queue(way, found["begin"], found["end"]) for way in ways)
                    stream = msgspec.convert(found["loaded"], CallStream)
                    value = median(stream.round_trips())
                    limit = max(0.05 * truth, 5.0)
                    yield Row(
                        figure=f"round trip in {part}, {down:g}/{up:g} Mbit/s, "
                        f"buffer {buffer_ms:g} ms",
                        asked=f"{truth:.1f} ms within {limit:.1f}",
                        reached=f"{value:.1f} ({len(stream.sent)} packets)",
                        met=abs(value - truth) <= limit,
                    )


def _queue(way: Truth, begin: float, end: float) -> float:
    """Median queueing delay between two moments of the steady clock, ms."""
    first, last = (int((moment - way.bins_begin) / BIN_S) for moment in (begin, end))
    waited = [each for each in way.queue_ms[max(0, first) : last + 1] if each >= 0]
    return median(waited) if waited else 0.0
