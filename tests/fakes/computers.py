"""What one computer tells of itself in a report, and the same a little different."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from readiness.model.measurement import NO_UNIT, Evidence, EvidenceKind, Measurement, ProbeRun
from tests.fakes.trust import BEGUN

if TYPE_CHECKING:
    from datetime import datetime

    from readiness.model.measurement import Value

LAPTOP: dict[str, dict[str, Value]] = {
    "processor": {
        "machine.cpu_model": "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz",
        "machine.cpu_cores": 4,
        "machine.cpu_threads": 8,
    },
    "memory": {"machine.memory_installed": 8.0, "machine.memory_usable": 7.879},
    "disk": {"machine.disk_free": 120.5, "machine.disk_total": 237.24},
    "system": {"machine.architecture": "x86-64", "machine.virtual": False},
}
"""Check -> what it finds."""

_IN_GIB = ("machine.disk", "machine.memory")
EACH_S = 15


def facts(
    begun: datetime = BEGUN, *, attempt: int = 1, **other: Value | None
) -> tuple[ProbeRun, ...]:
    """What the computer tells, within a minute; another value instead, or with none nothing."""
    changed = {f"machine.{name}": value for name, value in other.items()}
    return tuple(
        _run(
            probe,
            {**found, **{name: changed[name] for name in found if name in changed}},
            begun + timedelta(seconds=EACH_S * place),
            attempt,
        )
        for place, (probe, found) in enumerate(LAPTOP.items())
    )


def _run(probe: str, told: dict[str, Value | None], begun: datetime, attempt: int) -> ProbeRun:
    evidence = Evidence(kind=EvidenceKind.REPORTED, method="example")
    return ProbeRun(
        probe=probe,
        version=1,
        attempt=attempt,
        started=begun,
        duration_s=EACH_S - 1,
        measurements=tuple(
            Measurement(
                metric=metric,
                value=value,
                unit="GiB" if metric.startswith(_IN_GIB) else NO_UNIT,
                evidence=evidence,
                at=begun,
            )
            for metric, value in told.items()
            if value is not None
        ),
    )


def hours_before(number: float) -> datetime:
    """Backwards, because all made-up reports are written two minutes after ``BEGUN``."""
    return BEGUN - timedelta(hours=number)
