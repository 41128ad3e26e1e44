"""A report that was read before, without what no verdict needs: several times as quick to read.

Its data were checked when they were read; courses to be drawn and what findings repeat is left out.
"""

from __future__ import annotations

import msgspec

from readiness.model.finding import Verdict  # noqa: TC001 - read at run time
from readiness.model.measurement import Evidence, Measurement, ProbeRun, Session, Trace

_NEVER = "-"
"""A name that nothing has in a file: what is to be read under it is skipped."""


class _Evidence(Evidence, frozen=True, kw_only=True, forbid_unknown_fields=False):
    method: str = msgspec.field(default="", name=_NEVER)
    trace: Trace | None = msgspec.field(default=None, name=_NEVER * 2)


class _Measurement(Measurement, frozen=True, kw_only=True):
    evidence: _Evidence

    def __post_init__(self) -> None:
        """It was checked."""


class _Run(ProbeRun, frozen=True, kw_only=True):
    measurements: tuple[_Measurement, ...] = ()


class _Session(Session, frozen=True, kw_only=True):
    runs: tuple[_Run, ...] = ()


class Said(msgspec.Struct, frozen=True):
    """What the file says of a requirement."""

    requirement: str
    verdict: Verdict


class Lean(msgspec.Struct, frozen=True):
    """What is needed of a report to judge it by another list."""

    profile_digest: str
    findings: tuple[Said, ...]
    session: _Session
