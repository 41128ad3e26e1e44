"""How steady a line was over a long time: drop-outs, availability, loss, round trip.

Values in, values out. Definitions, uncertainty and limits: ``docs/methods/steadiness.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import stdev
from typing import TYPE_CHECKING

from readiness.dsp.interval import (
    BATCHES,
    STUDENT_95,
    mean_interval,
    quantile_interval,
    share_half_width,
)
from readiness.model.watch import ANSWER_S

if TYPE_CHECKING:
    from collections.abc import Sequence

SHORTEST_S, SHORTEST_BEATS = 1.0, 3
"""A drop-out lasts at least so long and swallows at least so many packets."""

HELD_UP_S = 1.0
"""Packets that left so much later than planned: the computer slept or was held up."""

WAKING_S = 30.0
"""A computer that woke may take so long to find its network again; that is not the line."""

FEWEST_TRIPS = 100
EVERY = 0.95


@dataclass(kw_only=True)
class Course:
    """Packets in the order in which they were sent.

    Attributes:
        interval_s: Planned distance of two packets, seconds.
        sent: When each left, seconds.
        trips: Round trip of each, ms; none if it was not answered.
    """

    interval_s: float
    sent: list[float] = field(default_factory=list)
    trips: list[float | None] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class Span:
    """Some seconds of the watch: from ``begin``, lasting ``seconds``."""

    begin: float
    seconds: float

    @property
    def end(self) -> float:
        """Where it ends."""
        return self.begin + self.seconds


@dataclass(frozen=True, kw_only=True)
class Sure:
    """A value with its 95 % half width in the same unit and the number of readings behind it."""

    value: float
    half_width: float
    samples: int


@dataclass(frozen=True, kw_only=True)
class Steadiness:
    """What a course tells.

    Attributes:
        watched_s: Seconds in which the line was watched, sleep of the computer left out.
        outages: The drop-outs, in order.
        doubtful: How many silences are so near the shortest drop-out that the beat cannot tell.
        pauses: When the computer slept or was held up, and for how long.
        shortest_s: What counted as a drop-out here, seconds.
        availability: Share of the watched time outside drop-outs, %.
        loss: Share of the packets without an answer, %.
        p95: Round trip that 95 of 100 answers do not exceed, ms; none with too few answers.
    """

    watched_s: float
    outages: tuple[Span, ...]
    doubtful: int
    pauses: tuple[Span, ...]
    shortest_s: float
    availability: Sure
    loss: Sure
    p95: Sure | None


@dataclass(frozen=True)
class _Stretch:
    """Packets ``first`` to ``last`` - 1 without a pause between; the time that counts."""

    first: int
    last: int
    begin: float
    end: float


def analyse(course: Course) -> Steadiness | None:
    """All that ``course`` tells; none if no time was watched."""
    stretches, pauses = _stretches(course)
    watched = sum(one.end - one.begin for one in stretches)
    if watched <= 0:
        return None
    shortest = max(SHORTEST_S, SHORTEST_BEATS * course.interval_s)
    silences = [one for stretch in stretches for one in _silences(course, stretch)]
    outages = tuple(one for one in silences if one.seconds >= shortest)
    near = [one for one in silences if abs(one.seconds - shortest) <= course.interval_s + 1e-6]
    counted = [
        index
        for stretch in stretches
        for index in range(stretch.first, stretch.last)
        if stretch.begin <= course.sent[index] <= stretch.end
    ]
    trips = [trip for i in counted if (trip := course.trips[i]) is not None]
    out = sum(one.seconds for one in outages)
    samples = len(counted)
    return Steadiness(
        watched_s=watched,
        outages=outages,
        doubtful=len(near),
        pauses=pauses,
        shortest_s=shortest,
        availability=Sure(
            value=100 * max(0.0, 1 - out / watched),
            half_width=100 * min(1.0, len(outages) * course.interval_s / watched),
            samples=samples,
        ),
        loss=_loss([course.trips[index] is None for index in counted]),
        p95=_p95(trips) if len(trips) >= FEWEST_TRIPS else None,
    )


def _stretches(course: Course) -> tuple[list[_Stretch], tuple[Span, ...]]:
    """The course cut where the computer slept, and those pauses."""
    sent, limit = course.sent, course.interval_s * 1.5 + HELD_UP_S
    breaks = [i for i, (a, b) in enumerate(pairwise(sent), start=1) if b - a > limit]
    pauses = tuple(Span(begin=sent[i - 1], seconds=sent[i] - sent[i - 1]) for i in breaks)
    edges = [0, *breaks, len(sent)]
    found = []
    for first, last in pairwise(edges):
        if last > first:
            begin = sent[0] if first == 0 else _awake(course, first, last)
            end = sent[last - 1] if last == len(sent) else _asleep(course, first, last)
            if end > begin:
                found.append(_Stretch(first, last, begin, end))
    return found, pauses


def _awake(course: Course, first: int, last: int) -> float:
    """When a computer that woke with packet ``first`` had its network again."""
    latest = course.sent[first] + WAKING_S
    back = min((at for at, _ in _arrivals(course, first, last)), default=latest)
    return min(back, latest)


def _asleep(course: Course, first: int, last: int) -> float:
    """Until when it is known how the line fared before the pause after packet ``last`` - 1.

    Answers to the last packets may have been missed because the computer slept.
    """
    fallen = course.sent[last - 1]
    heard = max((at for at, _ in _arrivals(course, first, last)), default=-math.inf)
    return min(fallen, max(heard, fallen - ANSWER_S))


def _arrivals(course: Course, first: int, last: int) -> list[tuple[float, float]]:
    """(moment, trip in s) of the answers to packets ``first`` to ``last`` - 1, in order."""
    found = [
        (course.sent[index] + trip / 1000, trip / 1000)  # ms => s
        for index in range(first, last)
        if (trip := course.trips[index]) is not None
    ]
    found.sort()
    return found


def _silences(course: Course, stretch: _Stretch) -> list[Span]:
    """Stretches without any answer, shortened by the beat: that long nothing came through."""
    beat = course.interval_s
    inside = [
        (at, trip)
        for at, trip in _arrivals(course, stretch.first, stretch.last)
        if at >= stretch.begin
    ]
    if not inside:
        return [Span(begin=stretch.begin, seconds=stretch.end - stretch.begin)]
    # The first answer was on its way for its own trip: that is no silence of the line.
    moments = [min(stretch.begin + inside[0][1], inside[0][0]), *(at for at, _ in inside)]
    found = [
        Span(begin=before + beat / 2, seconds=after - before - beat)
        for before, after in pairwise(moments)
        if after - before > 2 * beat
    ]
    if stretch.end - moments[-1] > beat:
        found.append(Span(begin=moments[-1] + beat / 2, seconds=stretch.end - moments[-1]))
    return found


def _loss(flags: Sequence[bool]) -> Sure:
    """Share in %; losses come in clusters, so the wider of two intervals is stated."""
    if not flags:
        return Sure(value=0.0, half_width=100.0, samples=0)
    half_width = share_half_width(sum(flags), len(flags))
    if len(flags) >= BATCHES:
        half_width = max(half_width, mean_interval([float(one) for one in flags])[1])
    return Sure(
        value=100 * sum(flags) / len(flags), half_width=100 * half_width, samples=len(flags)
    )


def _p95(trips: Sequence[float]) -> Sure:
    """In ms; round trips drift over an hour, so 20 pieces of the watch are compared too."""
    value, half_width = quantile_interval(trips, EVERY)
    edges = [round(k * len(trips) / BATCHES) for k in range(BATCHES + 1)]
    pieces = [quantile_interval(trips[a:b], EVERY)[0] for a, b in pairwise(edges)]
    spread = STUDENT_95 * stdev(pieces) / math.sqrt(BATCHES)
    return Sure(value=value, half_width=max(half_width, spread), samples=len(trips))


def picture(
    course: Course, found: Steadiness, points: int
) -> tuple[float, tuple[float, ...], tuple[int, ...]]:
    """The round trip over the watch, to be drawn.

    Returns:
        Seconds of one piece; for each of at most ``points`` pieces the round trip that 95 of 100
        answers in it did not exceed, ms; the places of pieces that a drop-out or a pause touches
        or that hold no answer. Their value is 0 and means nothing.
    """
    begin, lasted = course.sent[0], course.sent[-1] - course.sent[0] + course.interval_s
    count = max(1, min(points, len(course.sent) // 5))
    step = lasted / count
    pieces: list[list[float]] = [[] for _ in range(count)]
    for at, trip in zip(course.sent, course.trips, strict=True):
        if trip is not None:
            pieces[min(count - 1, int((at - begin) / step))].append(trip)
    gone = {place for place, piece in enumerate(pieces) if not piece}
    for span in (*found.outages, *found.pauses):
        low, high = int((span.begin - begin) / step), int((span.end - begin) / step)
        gone.update(range(max(0, low), min(count - 1, high) + 1))
    values = tuple(
        0.0 if place in gone else round(quantile_interval(piece, EVERY)[0], 2)
        for place, piece in enumerate(pieces)
    )
    return step, values, tuple(sorted(gone))


def dips(levels: Sequence[float], depth: float, back: float) -> tuple[int, int]:
    """How often a level fell ``depth`` or more below its median, and how sure that is.

    A dip ends where the level is within ``back`` of the median again. The second number is how
    much the count changes at most if the depth is 1 smaller or larger.

    Raises:
        ValueError: There are no levels.
    """
    if not levels:
        raise ValueError("no levels")
    middle = sorted(levels)[len(levels) // 2]
    count = _dips(levels, middle, depth, back)
    others = [_dips(levels, middle, depth + change, back) for change in (-1, 1)]
    return count, max(abs(other - count) for other in others)


def _dips(levels: Sequence[float], middle: float, depth: float, back: float) -> int:
    count, inside = 0, False
    for level in levels:
        if not inside and level <= middle - depth:
            count, inside = count + 1, True
        elif inside and level > middle - back:
            inside = False
    return count
