"""Made-up home offices that requirements can be tried on before anybody has applied.

They lie in ``resources/samples`` as data, are built through the model's own types, and are marked:
their ids begin with ``sample-``, and each value's method is ``sample``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal

import msgspec

from readiness.learnt import toml_reader
from readiness.locale import RESOURCES
from readiness.model.errors import FailureCode  # noqa: TC001 - msgspec reads the annotation
from readiness.model.measurement import (
    NO_UNIT,
    QUESTIONS,
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    ProbeRun,
    Session,
    Value,
)
from readiness.model.text import LocalText  # noqa: TC001 - msgspec reads the annotation
from readiness.probes import all_metrics, all_probes
from readiness.storage import read_limited

if TYPE_CHECKING:
    from collections.abc import Iterator

FOLDER = RESOURCES / "samples"
METHOD = "sample"
PREFIX = "sample-"
MADE = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
"""When the samples say that they were measured: all at the same time, on the day they were made."""

MAX_BYTES = 64 * 1024
ORDER = ("good-office", "fast-bluetooth", "half-done", "old-laptop", "mobile-mac")
"""The order in which samples are shown; others come after them."""


class _Reading(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    value: int | float
    uncertainty: float


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    schema: Literal["readiness-sample/1"]
    title: LocalText
    summary: LocalText
    platform: str
    measured: dict[str, bool | int | float | str | _Reading] = {}
    reported: dict[str, Value] = {}
    answers: dict[str, Value] = {}
    failed: dict[str, FailureCode] = {}


_READ = toml_reader(_File)


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One made-up home office.

    Attributes:
        id: The name of its file.
        title: A few words for it.
        summary: What is good and what is not.
        session: What a check of it would have found.
    """

    id: str
    title: LocalText
    summary: LocalText
    session: Session


@cache
def samples() -> tuple[Sample, ...]:
    """The samples that come with the product, in the order in which they are shown."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    rank = {name: place for place, name in enumerate(ORDER)}
    return tuple(_sample(name) for name in sorted(names, key=lambda n: rank.get(n, len(rank))))


def _sample(name: str) -> Sample:
    file = _READ(read_limited(FOLDER / f"{name}.toml", MAX_BYTES))
    session = Session(
        id=f"{PREFIX}{name}",
        started=MADE,
        app_version=METHOD,
        platform=file.platform,
        runs=tuple(_runs(file)),
    )
    return Sample(id=name, title=file.title, summary=file.summary, session=session)


def _runs(file: _File) -> Iterator[ProbeRun]:
    """A run of each probe that has anything to say, then the answers."""
    found = {one.metric: one for one in _measurements(file)}
    for probe in all_probes().values():
        names = [metric.id for metric in probe.metrics]
        measurements = tuple(found.pop(name) for name in names if name in found)
        failures = tuple(
            Failure(metric=name, failure=file.failed[name], at=MADE)
            for name in names
            if name in file.failed
        )
        if measurements or failures:
            yield _run(probe.id, probe.version, measurements, failures)
    if file.answers:
        yield _run(QUESTIONS, 1, tuple(found.values()), ())


def _run(
    probe: str,
    version: int,
    measurements: tuple[Measurement, ...],
    failures: tuple[Failure, ...],
) -> ProbeRun:
    return ProbeRun(
        probe=probe,
        version=version,
        attempt=1,
        started=MADE - timedelta(minutes=1),
        duration_s=1,
        measurements=measurements,
        failures=failures,
    )


def _measurements(file: _File) -> Iterator[Measurement]:
    for metric, stated in file.measured.items():
        if isinstance(stated, _Reading):
            yield _measurement(metric, stated.value, EvidenceKind.MEASURED, stated.uncertainty)
        else:
            yield _measurement(metric, stated, EvidenceKind.MEASURED)
    for metric, value in file.reported.items():
        yield _measurement(metric, value, EvidenceKind.REPORTED)
    for question, value in file.answers.items():
        yield _measurement(f"declared.{question}", value, EvidenceKind.DECLARED)


def _measurement(
    metric: str, value: Value, kind: EvidenceKind, uncertainty: float | None = None
) -> Measurement:
    known = all_metrics().get(metric)
    return Measurement(
        metric=metric,
        value=value,
        unit=known.unit if known is not None else NO_UNIT,
        uncertainty=uncertainty,
        evidence=Evidence(kind=kind, method=METHOD),
        at=MADE,
    )
