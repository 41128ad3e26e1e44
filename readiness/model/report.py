"""The report: a session, the profile it was judged against, and the findings. No sentence in it."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - msgspec reads the annotation at run time
from typing import Literal

import msgspec

from readiness.model.finding import Finding, Overall  # noqa: TC001 - read at run time
from readiness.model.measurement import Session  # noqa: TC001 - read at run time

REPORT_SCHEMA: Literal["readiness-report/1"] = "readiness-report/1"


class Report(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One session judged against one profile.

    Attributes:
        created: When it was judged.
        profile: Id of the profile.
        profile_digest: SHA-256 of the profile's bytes, in hexadecimal.
        overall: ready, not-ready, open.
        findings: One per requirement, in the profile's order.
        session: Everything that was measured, all attempts.
    """

    schema: Literal["readiness-report/1"] = REPORT_SCHEMA
    created: datetime
    profile: str
    profile_digest: str
    overall: Overall
    findings: tuple[Finding, ...]
    session: Session
