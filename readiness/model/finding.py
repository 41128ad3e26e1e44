"""What was judged: verdicts, findings, the overall result."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from readiness.model.measurement import EvidenceKind, Failure, Measurement, Number  # noqa: TC001
from readiness.model.requirement import Area, Criterion, Level  # noqa: TC001 - read at run time


class Verdict(StrEnum):
    """The outcome of one requirement."""

    PASS = "pass"  # noqa: S105 - a verdict, not a secret
    FAIL = "fail"
    BORDERLINE = "borderline"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"


class Overall(StrEnum):
    """The outcome of a profile. There is no score."""

    READY = "ready"
    NOT_READY = "not-ready"
    OPEN = "open"


class Finding(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One requirement, judged. Holds all that decided, so that a reader can check it.

    Attributes:
        requirement: Its id in the profile.
        level: must, should, info.
        area: For grouping.
        verdict: The outcome.
        criterion: The comparison that decided; none if none was applicable.
        measurement: What was compared.
        failure: Why there was nothing to compare.
        margin: Value minus threshold in the criterion's unit, positive where there is room to
            spare and negative where something is missing; none where that makes no sense.
        rests_on: The weakest kind of evidence that the verdict rests on.
    """

    requirement: str
    level: Level
    area: Area
    verdict: Verdict
    criterion: Criterion | None = None
    measurement: Measurement | None = None
    failure: Failure | None = None
    margin: Number | None = None
    rests_on: EvidenceKind | None = None
