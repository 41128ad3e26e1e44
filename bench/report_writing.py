"""How long it takes to write a report of 30 findings as JSON, HTML and PDF. Budget: 400 ms.

Run ``python -m bench.report_writing`` in the root folder. The baselines (the same data by the
standard library's ``json``; an empty page by typst) are measured in the same run, because machines
differ and other programs run beside.
"""

from __future__ import annotations

import itertools
import json
import statistics
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import typst

from readiness.locale import Reader
from readiness.report.codec import encode_report
from readiness.report.files import write_report
from readiness.report.html import render_html
from readiness.report.pdf import render_pdf
from readiness.report.seal import seal
from tests.fakes import reports as made

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.report import Report

REPEATS = 9
BUDGET_MS = 400.0


def median_ms(work: Callable[[], object]) -> float:
    """Median of nine runs after a first one that warms up, in milliseconds."""
    work()
    taken = []
    for _ in range(REPEATS):
        start = time.perf_counter()
        work()
        taken.append((time.perf_counter() - start) * 1000)
    return statistics.median(taken)


def main() -> None:
    """Measure and print. Every run gets other values, so that typst cannot reuse its pages."""
    fresh = itertools.count(21)

    def other() -> Report:
        return made.large_report(30, value=next(fresh) / 10)

    report, profile = made.large_report(30), made.large_profile(made.large_requirements(30))
    reader, plain = Reader("en"), msgspec.to_builtins(report)
    sealed = seal(encode_report(report))
    with tempfile.TemporaryDirectory() as folder:
        whole = median_ms(
            lambda: write_report(
                other(), profile, Path(folder), formats=("json", "html", "pdf"), reader=reader
            )
        )
    rows = [
        ("JSON + HTML + PDF, written to disk", whole),
        ("  encode and seal", median_ms(lambda: seal(encode_report(report)))),
        ("  HTML", median_ms(lambda: render_html(other(), profile, reader))),
        ("  PDF", median_ms(lambda: render_pdf(other(), profile, reader, sealed))),
        ("  (of which making up another report)", median_ms(other)),
        ("baseline: json.dumps of the same", median_ms(lambda: json.dumps(plain))),
        ("baseline: typst, empty page", median_ms(lambda: typst.compile(b"", format="pdf"))),
    ]
    for name, taken in rows:
        print(f"{name:40} {taken:8.1f} ms")
    verdict = "within" if whole <= BUDGET_MS else "OVER"
    print(f"{verdict} the budget of {BUDGET_MS:.0f} ms (median of {REPEATS}, warm)")


if __name__ == "__main__":
    main()
