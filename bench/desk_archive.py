"""What a recruiter's archive of 100,000 reports costs. ``python -m bench.desk_archive``.

Asked: one of 100,000 reports is opened in at most 50 ms, 19 times of 20. The floor, in the same run
and on the same reports: a file is read, its signature verified and its data parsed into types, with
nothing refused that an attacker could send.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bench.intake_figures import floor, usual_session
from bench.rows import Row, show
from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.remarks import Decision, Written
from readiness.desk_archive.stored import Incoming
from readiness.report.codec import encode_report
from readiness.report.seal import seal
from readiness.review.shelf import AT_ONCE
from readiness.trust.arrived import arrive
from tests.fakes import reports as made

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from readiness.desk_archive.archive import DeskArchive

REPORTS = 100_000
OPENED = 200
"""Reports that are opened, each once, in any order."""

ASKED_OPEN_MS = 50.0
SEALED = 500
"""Reports with a signature of their own; the others have the bytes of one of them and another key:
making 100,000 signatures would take longer than the bench."""

REMARKED = 10
"""Every tenth has a remark."""


def sealed_reports() -> list[bytes]:
    """So many reports as they come."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    payload = encode_report(made.report(usual_session()))
    same = made.session().id.encode()
    return [seal(payload.replace(same, f"{n:032x}".encode()), key) for n in range(SEALED)]


def fill(archive: DeskArchive, number: int, data: list[bytes]) -> float:
    """Take so many in; seconds for each."""
    begin = time.perf_counter()
    for first in range(0, number, AT_ONCE):
        archive.take_in(
            [
                Incoming(digest=f"{n:064x}", name=f"{n}.json", data=data[n % len(data)])
                for n in range(first, min(first + AT_ONCE, number))
            ]
        )
    return (time.perf_counter() - begin) / number


def opened(archive: DeskArchive, number: int) -> list[float]:
    """Milliseconds for reports in any order: bytes, signature, data, remark and history."""

    def one(digest: str) -> None:
        if arrive(archive.data(digest)).report is None:
            raise ValueError(digest)
        archive.history(digest)

    chance = random.Random(6)  # noqa: S311 - the same reports each time
    return [_ms(partial(one, f"{n:064x}")) for n in chance.sample(range(number), OPENED)]


def saved(archive: DeskArchive, number: int) -> list[float]:
    """Milliseconds for remarks that are saved."""
    said = Written(decision=Decision.INVITE, reason="fits", note="A few words.", who="Eve")
    return [
        _ms(partial(archive.save, f"{n:064x}", said, on=0))
        for n in range(0, number, max(1, number // REMARKED // 100))
    ]


def floor_ms(data: list[bytes]) -> float:
    """Milliseconds for one report as a file: the least that opening it can cost."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for number, one in enumerate(data):
            (folder / f"{number:06}.json").write_bytes(one)
        floor(folder)
        return _ms(lambda: floor(folder)) / len(data)


def figures(address: str, number: int) -> Iterator[Row]:
    """Measure, figure by figure."""
    data = sealed_reports()
    base = floor_ms(data)
    yield Row(figure="floor, one report", asked="-", reached=f"{base:.2f} ms", met=True)
    with _archive(address) as archive:
        each = fill(archive, number, data) * 1000
        yield _row(f"{number} taken in, each", each, base)
        times = saved(archive, number)
        yield _row("a remark saved, half of them", statistics.median(times), base)
        times = opened(archive, number)
        yield _row("one opened, half of them", statistics.median(times), base)
        slow = statistics.quantiles(times, n=20)[-1]
        yield _row("one opened, 19 of 20 of them", slow, base, ASKED_OPEN_MS)
        yield _row("one opened, the slowest: also what else ran here", max(times), base)
        yield _row("all listed, with what stands at each", _ms(archive.entries), base)


def _row(figure: str, took: float, base: float, asked: float | None = None) -> Row:
    return Row(
        figure=figure,
        asked="-" if asked is None else f"<= {asked:.0f} ms",
        reached=f"{took:.2f} ms, {took / base:.1f} x floor",
        met=asked is None or took <= asked,
    )


@contextmanager
def _archive(address: str) -> Iterator[DeskArchive]:
    with (
        tempfile.TemporaryDirectory() as name,
        open_archive(address, Path(name) / "desk.sqlite3") as archive,
    ):
        yield archive


def _ms(work: Callable[[], object]) -> float:
    begin = time.perf_counter()
    work()
    return (time.perf_counter() - begin) * 1000


def main() -> None:
    """Print the figures; ends with status 1 if one is not met."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--reports", type=int, default=REPORTS)
    parser.add_argument("--archive", default="", help="An empty one; a file of its own by default.")
    asked = parser.parse_args()
    if not show(figures(asked.archive, asked.reports)):
        sys.exit(1)


if __name__ == "__main__":
    main()
