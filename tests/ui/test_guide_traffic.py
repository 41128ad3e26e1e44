"""How much the speed tests moved: their own count, and nothing where nobody counted."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.measurement import (
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    ProbeRun,
    Scalar,
)
from ui.guide.traffic import moved, traffic_words

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def _run(*, failed: dict[str, Scalar] | None = None, **counts: Scalar) -> ProbeRun:
    return ProbeRun(
        probe="line_speed",
        version=1,
        attempt=1,
        started=NOON,
        duration_s=18,
        measurements=tuple(
            Measurement(
                metric=f"line.{way}",
                value=10.0,
                unit="Mbit/s",
                evidence=Evidence(
                    kind=EvidenceKind.MEASURED, method="serve", summary={"bytes": count}
                ),
                at=NOON,
            )
            for way, count in counts.items()
        ),
        failures=()
        if failed is None
        else (
            Failure(metric="line.upload", failure=FailureCode.TIMED_OUT, summary=failed, at=NOON),
        ),
    )


def _said(*runs: ProbeRun) -> str:
    return traffic_words(runs, Reader("en")).replace("\u202f", " ")


def test_both_ways_are_told_in_megabytes() -> None:
    assert _said(_run(download=34_200_000, upload=2_140_000)) == (
        "The speed test received 34 MB and sent 2.1 MB."
    )


def test_several_attempts_add_up() -> None:
    runs = [_run(download=10_000_000), _run(download=5_000_000, upload=1_000_000)]

    assert moved(runs) == {"line.download": 15_000_000, "line.upload": 1_000_000}


def test_what_a_failed_transfer_moved_counts_too() -> None:
    assert _said(_run(download=20_000_000, failed={"bytes": 300_000})) == (
        "The speed test received 20 MB and sent 0.3 MB."
    )


@pytest.mark.parametrize("run", [_run(), _run(failed={}), _run(download="many")])
def test_nothing_is_said_where_nobody_counted(run: ProbeRun) -> None:
    assert _said(run) == ""


def test_a_way_that_nobody_counted_is_not_called_zero() -> None:
    assert _said(_run(download=20_000_000)) == "The speed test received 20 MB."
    assert _said(_run(upload=20_000_000)) == "The speed test sent 20 MB."
