"""The shape of a call: loss, jitter, order and delay of one stream of packets, per direction.

What cannot be told is none, never 0. Definitions, uncertainty and limits:
``docs/methods/call-shape.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from readiness.dsp.direction import Direction, down, up
from readiness.dsp.interval import mean_interval, quantile_interval, share_half_width
from readiness.dsp.median import median_interval
from readiness.dsp.transit import transits
from readiness.model.call import Transport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.dsp.transit import Transits
    from readiness.model.call import CallStream

WINDOW_S = 15.0
"""Length of the windows in which thresholds of voice services hold ("in any 15 s")."""

BUFFER_S = 0.06
"""The jitter buffer: fixed, it plays a packet of median transit 60 ms after its arrival."""

FEWEST_TRIPS = 5
FEWEST_FOR_P95 = 20
FEWEST_STEPS = 40
"""A mean over fewer differences of transit is not given as jitter."""

CLOCK_ERROR_MS = 0.1
"""What reading the time adds to jitter even on a line without any; see the page."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A value with its 95 % half width in the same unit and the number of readings behind it."""

    value: float
    half_width: float | None
    samples: int


@dataclass(frozen=True, kw_only=True)
class Way:
    """What is known of one direction.

    Attributes:
        lost: Packets lost of ``carried``.
        carried: Packets that were sent into this direction.
        loss: Share lost, %.
        burst: Longest run of lost packets.
        runs: Number of runs of lost packets.
        reordering: Share of the arrived packets that a later one overtook, %, RFC 4737.
        jitter: Mean difference of neighbouring transits, ms, RFC 3550.
        late: Share of the arrived packets that came too late for the jitter buffer, %.
        gone: Share lost or late, % of carried.
        gone_runs: Number of runs of packets that are lost or late.
        gone_count: Packets that are lost or late.
        worst_loss: Loss in the worst 15 s, %.
        worst_jitter: Jitter in the worst 15 s, ms.
    """

    lost: int | None = None
    carried: int | None = None
    loss: Figure | None = None
    burst: int | None = None
    runs: int | None = None
    reordering: Figure | None = None
    jitter: Figure | None = None
    late: Figure | None = None
    gone: Figure | None = None
    gone_runs: int | None = None
    gone_count: int | None = None
    worst_loss: Figure | None = None
    worst_jitter: Figure | None = None


@dataclass(frozen=True, kw_only=True)
class CallShape:
    """All figures of one stream.

    Attributes:
        median: Round trip, median, ms.
        p95: Round trip that 95 of 100 packets do not exceed, ms.
        up: The way from this computer to the peer.
        down: The way back.
        loss_round_trip: Share of packets without an answer, %: at least as large as either
            direction's. None where packets travel over TCP.
        clock_wrong: Whether the peer's times contradict each other, so that nothing rests on them.
        seconds: From the first packet to the last.
        sent: Number of packets.
    """

    median: Figure | None
    p95: Figure | None
    up: Way
    down: Way
    loss_round_trip: Figure | None
    clock_wrong: bool
    seconds: float
    sent: int

    def ways(self) -> dict[str, Way]:
        """Both directions by name."""
        return {"up": self.up, "down": self.down}


def analyse(stream: CallStream) -> CallShape:
    """All that ``stream`` tells."""
    times = transits(stream)
    trips = round_trips(stream, times)
    answered = sum(back is not None for back in stream.returned)
    datagrams = stream.transport in (Transport.STAMP, Transport.STUN)
    median = p95 = None
    if len(trips) >= FEWEST_TRIPS:
        median = Figure(**_named(median_interval(trips)), samples=len(trips))
        if len(trips) >= FEWEST_FOR_P95:
            p95 = Figure(**_named(quantile_interval(trips, 0.95)), samples=len(trips))
    sent = len(stream.sent)
    return CallShape(
        median=median,
        p95=p95,
        up=_way(stream, up(stream, times)),
        down=_way(stream, down(stream, times)),
        loss_round_trip=share(sent - answered, sent) if datagrams else None,
        clock_wrong=times is not None and not times.consistent,
        seconds=stream.sent[-1] - stream.sent[0] if stream.sent else 0.0,
        sent=sent,
    )


def round_trips(stream: CallStream, times: Transits | None) -> tuple[float, ...]:
    """Round trips in ms; where the peer's times cannot be right, its own share stays in them."""
    own = stream.round_trips()
    if (times is None or times.consistent) and all(trip >= 0 for trip in own):
        return own
    pairs = zip(stream.sent, stream.returned, strict=True)
    return tuple((back - out) * 1000 for out, back in pairs if back is not None)  # s => ms


def share(hits: int, total: int) -> Figure | None:
    """``hits`` of ``total`` in %; none of nothing."""
    if not total:
        return None
    return Figure(
        value=100 * hits / total, half_width=100 * share_half_width(hits, total), samples=total
    )


def _named(found: tuple[float, float]) -> dict[str, float]:
    return {"value": found[0], "half_width": found[1]}


def _way(stream: CallStream, there: Direction) -> Way:
    steps = there.steps()
    known: dict[str, object] = {}
    if there.complete:
        lost = [index not in there.arrived for index in there.carried]
        known = {
            "lost": sum(lost),
            "carried": len(lost),
            "loss": share(sum(lost), len(lost)),
            "burst": longest_run(lost),
            "runs": count_runs(lost),
            "reordering": share(there.reordered(), len(there.arrived)),
            "worst_loss": _worst_loss(stream, there),
        }
    return Way(
        jitter=_jitter([size for _, size in steps]),
        worst_jitter=_worst_jitter(stream, steps),
        **_late(there),  # type: ignore[arg-type]  # by name; the test of exact counts covers them
        **known,  # type: ignore[arg-type]  # the same
    )


def _late(there: Direction) -> dict[str, object]:
    """Packets that miss the jitter buffer, and together with the lost ones."""
    if not there.transit:
        return {}
    ordered = sorted(there.transit.values())
    limit = ordered[len(ordered) // 2] + BUFFER_S
    late = {index for index, transit in there.transit.items() if transit > limit}
    found: dict[str, object] = {"late": share(len(late), len(there.transit))}
    if there.complete and len(there.transit) == len(there.arrived):
        gone = [index not in there.arrived or index in late for index in there.carried]
        found["gone"] = share(sum(gone), len(gone))
        found["gone_runs"], found["gone_count"] = count_runs(gone), sum(gone)
    return found


def _jitter(sizes: Sequence[float]) -> Figure | None:
    if len(sizes) < FEWEST_STEPS:
        return None
    mean, half_width = mean_interval(sizes)
    return Figure(value=mean, half_width=math.hypot(half_width, CLOCK_ERROR_MS), samples=len(sizes))


def _worst_loss(stream: CallStream, there: Direction) -> Figure | None:
    """Loss in the worst window; none where the stream is shorter than one."""
    flags = [(stream.sent[index], index not in there.arrived) for index in sorted(there.carried)]
    found = None
    for first, last in windows([at for at, _ in flags], stream):
        part = share(sum(lost for _, lost in flags[first:last]), last - first)
        if part is not None and (found is None or part.value > found.value):
            found = part
    return found


def _worst_jitter(stream: CallStream, steps: Sequence[tuple[int, float]]) -> Figure | None:
    """Jitter in the worst window; a difference belongs to where its second packet was sent."""
    ordered = sorted((stream.sent[index], size) for index, size in steps)
    sums = [0.0]
    for _, size in ordered:
        sums.append(sums[-1] + size)
    worst, place = -1.0, None
    for first, last in windows([at for at, _ in ordered], stream):
        mean = (sums[last] - sums[first]) / (last - first) if last > first else -1.0
        if mean > worst and last - first >= FEWEST_STEPS:
            worst, place = mean, (first, last)
    return None if place is None else _jitter([size for _, size in ordered[place[0] : place[1]]])


def windows(moments: Sequence[float], stream: CallStream) -> list[tuple[int, int]]:
    """First and last-but-one place of every 15 s of the stream that begin with some packet.

    ``moments`` ascend. A stream planned for less than 15 s has no window.
    """
    if not moments or len(stream.sent) * stream.interval_s < WINDOW_S - 1e-6:
        return []
    # What starts later than this would reach beyond the end of the stream.
    latest = max(stream.sent[0], stream.sent[-1] + stream.interval_s - WINDOW_S) + 1e-6
    found: list[tuple[int, int]] = []
    last = 0
    for first, begin in enumerate(moments):
        if begin > latest and found:
            break
        while last < len(moments) and moments[last] < begin + WINDOW_S - 1e-6:
            last += 1
        found.append((first, last))
    return found


def longest_run(lost: Sequence[bool]) -> int:
    """Length of the longest run of true."""
    longest = current = 0
    for gone in lost:
        current = current + 1 if gone else 0
        longest = max(longest, current)
    return longest


def count_runs(lost: Sequence[bool]) -> int:
    """How many runs of true there are."""
    return sum(now and not before for before, now in pairwise([False, *lost]))
