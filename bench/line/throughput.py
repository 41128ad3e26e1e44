"""Download and upload against the goodput of the emulated link, beside other programs."""

from __future__ import annotations

import sys
from collections import defaultdict
from statistics import median
from typing import TYPE_CHECKING, Any

from bench.line.rows import SERVE, at, drive, iperf3, spread, worst
from bench.line.speedtest_net import HOSTS, SITE
from bench.rows import Row
from tests.rig.emulator import PAYLOAD_SHARE, SERVER, Bed, Shape
from tests.rig.emulator.link import BIN_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DIRECTIONS = ("download", "upload")
LOSSY_RUNS = ((25.0, 2), (100.0, 6))
"""Rate and pairs of runs: where losses set the rate, chance moves both programs by some 3 %."""

LOSSY_S, WARM_UP_S = 20, 2.0
"""Both programs leave the first 2 s out, iperf3 beside its seconds and ours within them."""

FLOWING = 20_000
"""Octets in one bin of the emulator with which the data of a transfer have begun."""

PEERS_FROM_MBIT = 25


def accuracy(rates: Sequence[float], delays: Sequence[float], runs: int) -> Iterator[Row]:
    """Every run within 5 %, the median within 1 %; upload within 3 %."""
    errors: dict[str, list[float]] = defaultdict(list)
    stated = covered = 0
    with Bed() as bed, bed.serving(*SERVE, until="Ctrl+C"):
        for mbit in rates:
            for delay in delays:
                bed.shape(Shape(mbit=mbit, delay_ms=delay / 2))
                here: dict[str, list[float]] = defaultdict(list)
                for part in DIRECTIONS * runs:
                    found = drive(bed, part)["found"]
                    error = 100 * (found["rate"] / (mbit * PAYLOAD_SHARE) - 1)
                    here[part].append(error)
                    stated += 1
                    covered += abs(found["rate"] - mbit * PAYLOAD_SHARE) <= found["half_width"]
                for part, values in here.items():
                    errors[part] += values
                    limit = 5 if part == "download" else 3
                    yield Row(
                        figure=f"{part}, {mbit:g} Mbit/s, {delay:g} ms, error %",
                        asked=f"every run within {limit}, median within 1",
                        reached=spread(values),
                        met=worst(values) <= limit and abs(median(values)) <= 1,
                    )
    for part, limit in zip(DIRECTIONS, (5, 3), strict=True):
        yield Row(
            figure=f"{part}, all {len(errors[part])} runs, error %",
            asked=f"every run within {limit}, median within 1",
            reached=spread(errors[part]),
            met=worst(errors[part]) <= limit and abs(median(errors[part])) <= 1,
        )
    yield Row(
        figure="truth within the stated interval",
        asked="95 % of runs",
        reached=f"{covered} of {stated}",
        met=covered >= 0.95 * stated,
    )


def lossy(lines: Sequence[tuple[float, int]] = LOSSY_RUNS) -> Iterator[Row]:
    """With 1 % random loss at 20 ms: what iperf3 reaches with as many streams is the truth.

    Each pair meets the same losses, packet by packet, and another pair meets others. Printed
    beside: how far a second run of iperf3 on the same losses strays from the first, and how far
    each program strays from what the emulator itself delivered in the seconds that it counted.
    """
    with (
        Bed() as bed,
        bed.serving(*SERVE, until="Ctrl+C"),
    ):
        for mbit, runs in lines:
            for part in DIRECTIONS:
                errors, among, wired = [], [], defaultdict(list)
                for seed in range(1, 2 * runs, 2):
                    rates = []
                    for measure in (_iperf3_rate, _our_rate, _iperf3_rate):
                        bed.shape(Shape(mbit=mbit, delay_ms=10, loss=0.01, seed=seed))
                        bed.clear()
                        rate, end_s = measure(bed, down=part == "download")
                        rates.append(rate)
                        error = 100 * (rate / _delivered(bed, part, end_s) - 1)
                        wired[measure is _our_rate].append(error)
                    truth, ours, again = rates
                    errors.append(100 * (ours / truth - 1))
                    among.append(100 * (again / truth - 1))
                yield Row(
                    figure=f"{part}, {mbit:g} Mbit/s, 20 ms, 1 % loss, against iperf3 -P 6, %",
                    asked="every run within 5, median within 1",
                    reached=f"{spread(errors)} of {runs} (iperf3 against itself: {spread(among)};"
                    f" against the emulator's count: ours {spread(wired[True])},"
                    f" iperf3 {spread(wired[False])})",
                    met=worst(errors) <= 5 and abs(median(errors)) <= 1,  # noqa: PLR2004
                )


def _iperf3_rate(bed: Bed, *, down: bool) -> tuple[float, float]:
    """Mbit/s, and the seconds since the first data at which counting ended."""
    return iperf3(bed, 6, down=down, seconds=LOSSY_S), WARM_UP_S + LOSSY_S


def _our_rate(bed: Bed, *, down: bool) -> tuple[float, float]:
    """The same by the product."""
    found = drive(bed, "download" if down else "upload", seconds=LOSSY_S + WARM_UP_S)["found"]
    return float(found["rate"]), float(found["summary"]["seconds"])


def _delivered(bed: Bed, part: str, end_s: float) -> float:
    """What left the emulator from the end of the slow start on, as payload of full packets.

    What is sent twice counts twice, and the packets of a call beside it count too; both programs
    count neither, the product adds what the call took. Together that is below half a percent.

    Returns:
        Mbit/s.
    """
    down, up = bed.truth()
    bins = (down if part == "download" else up).bins
    begin = next(place for place, octets in enumerate(bins) if octets > FLOWING)
    counted = bins[begin + round(WARM_UP_S / BIN_S) : begin + round(end_s / BIN_S)]
    return 8 * sum(counted) / (len(counted) * BIN_S) * PAYLOAD_SHARE / 1e6  # octets => Mbit


def peers(rates: Sequence[float], delays: Sequence[float]) -> Iterator[Row]:
    """On the same link in the same run: iperf3 -P 4 and speedtest-cli."""
    with (
        Bed() as bed,
        bed.hosts(dict.fromkeys(HOSTS, SERVER)),
        bed.serving(*SERVE, until="Ctrl+C"),
        bed.serving(*SITE, until="ready"),
    ):
        for mbit in rates:
            for delay in delays:
                bed.shape(Shape(mbit=mbit, delay_ms=delay / 2))
                truth = mbit * PAYLOAD_SHARE
                said = at(bed, sys.executable, "-m", "speedtest", "--json")
                for part in DIRECTIONS:
                    down = part == "download"
                    ours = 100 * (drive(bed, part)["found"]["rate"] / truth - 1)
                    four = 100 * (iperf3(bed, 4, down=down) / truth - 1)
                    cli = 100 * (said[part] / 1e6 / truth - 1)
                    better = mbit < PEERS_FROM_MBIT or abs(ours) < abs(cli)
                    yield Row(
                        figure=f"{part}, {mbit:g} Mbit/s, {delay:g} ms, error % beside others",
                        asked="at most iperf3 -P 4 plus 1; from 25 Mbit/s below speedtest-cli",
                        reached=f"{ours:+.2f}; iperf3 {four:+.2f}; speedtest-cli {cli:+.2f}",
                        met=abs(ours) <= abs(four) + 1 and better,
                    )


def shares(found: dict[str, Any]) -> tuple[float, float]:
    """Of one core, %: the child while data counts, and all children from start to end."""
    share = found["found"]["summary"]["processor_percent"]
    return share, 100 * found["cpu"] / found["seconds"]


def effort() -> Iterator[Row]:
    """Processor time of the measuring child while data counts; both children with start beside."""
    with Bed() as bed, bed.serving(*SERVE, until="Ctrl+C"):
        bed.shape(Shape(mbit=100, delay_ms=10))
        for part in DIRECTIONS:
            found = drive(bed, part)
            share, whole = shares(found)
            yield Row(
                figure=f"child's share of a core, {part} at 100 Mbit/s, %",
                asked="at most 10",
                reached=f"{share:.1f} (both children and their start: {whole:.1f})",
                met=share <= 10,  # noqa: PLR2004 - asked
            )
