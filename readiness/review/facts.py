"""What of a report decides when a list judges it: values, without course, method and time.

A desk keeps it of every report that it reads. Another list is then tried on thousands of them
without reading them again, which takes several times as long.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeAlias

import msgspec

from readiness.judge import EVIDENT
from readiness.learnt import packed_reader
from readiness.model.finding import Verdict  # noqa: TC001 - read at run time
from readiness.model.measurement import Evidence, EvidenceKind, Measurement, Number, Value

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import Scalar
    from readiness.model.report import Report

    _Parts: TypeAlias = "tuple[object, ...]"

_NEVER = datetime.min.replace(tzinfo=UTC)
"""Stands for the time of a value: no verdict depends on it."""


class _Evidence(Evidence, frozen=True, kw_only=True, array_like=True):
    """What a value rests on."""


class _Fact(Measurement, frozen=True, kw_only=True, array_like=True):
    """A value; what it rests on only where that decides too."""

    metric: str
    value: Value
    unit: str
    uncertainty: Number | None = None
    evidence: _Evidence = _Evidence(kind=EvidenceKind.MEASURED, method="")
    at: datetime = _NEVER

    def __post_init__(self) -> None:
        """It was checked when the report was read."""


class Facts(msgspec.Struct, frozen=True, array_like=True):
    """What decides, of one report.

    Attributes:
        profile_digest: Of the list that the file was judged by.
        said: The verdicts in the file, by requirement.
        found: What counts of its session.
    """

    profile_digest: str
    said: dict[str, Verdict]
    found: tuple[_Fact, ...]

    @property
    def latest(self) -> Mapping[str, Measurement]:
        """As ``Session.latest``, without failures: they decide as little as what is not there."""
        return {fact.metric: fact for fact in self.found}


_WRITER = msgspec.msgpack.Encoder()
_READER = packed_reader(Facts)


def facts_of(report: Report) -> bytes:
    """What decides, for :func:`read_facts`.

    Empty where the employer's server saw something: its receipts are looked at by other means.
    """
    latest = report.session.latest().values()
    found = [one for one in latest if isinstance(one, Measurement)]
    if any(one.evidence.receipt is not None for one in found):
        return b""
    said = {one.requirement: one.verdict for one in report.findings}
    return _WRITER.encode((report.profile_digest, said, [_parts(one) for one in found]))


def read_facts(data: bytes) -> Facts:
    """What :func:`facts_of` has put down."""
    return _READER.decode(data)


def _parts(one: Measurement) -> _Parts:
    """The fields of a fact, in their order; those at the end that say nothing are left out."""
    if one.metric in EVIDENT:
        return (one.metric, one.value, one.unit, one.uncertainty, _grounds(one.evidence))
    if one.uncertainty is None:
        return (one.metric, one.value, one.unit)
    return (one.metric, one.value, one.unit, one.uncertainty)


def _grounds(evidence: Evidence) -> _Parts:
    summary: Mapping[str, Scalar] = evidence.summary
    return (evidence.kind, evidence.method, evidence.method_version, evidence.samples, summary)
