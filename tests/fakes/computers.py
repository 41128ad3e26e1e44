"""What one computer tells of itself in a report, and the same a little different."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from readiness.model.measurement import NO_UNIT, Evidence, EvidenceKind, Measurement, ProbeRun
from tests.fakes.trust import BEGUN

if TYPE_CHECKING:
    from datetime import datetime

    from readiness.model.measurement import Value

LAPTOP: dict[str, Value] = {
    "machine.architecture": "x86-64",
    "machine.cpu_cores": 4,
    "machine.cpu_model": "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz",
    "machine.cpu_threads": 8,
    "machine.disk_free": 120.5,
    "machine.disk_total": 237.24,
    "machine.memory_installed": 8.0,
    "machine.memory_usable": 7.879,
}
_IN_GIB = ("machine.disk", "machine.memory")


def facts(begun: datetime = BEGUN, **other: Value | None) -> ProbeRun:
    """What the computer tells; another value instead, or with none nothing."""
    told = {**LAPTOP, **{f"machine.{name}": value for name, value in other.items()}}
    return ProbeRun(
        probe="machine",
        version=1,
        attempt=1,
        started=begun,
        duration_s=60,
        measurements=tuple(
            Measurement(
                metric=metric,
                value=value,
                unit="GiB" if metric.startswith(_IN_GIB) else NO_UNIT,
                evidence=Evidence(kind=EvidenceKind.REPORTED, method="example"),
                at=begun,
            )
            for metric, value in told.items()
            if value is not None
        ),
    )


def hours_before(number: float) -> datetime:
    """Backwards, because all made-up reports are written two minutes after ``BEGUN``."""
    return BEGUN - timedelta(hours=number)
