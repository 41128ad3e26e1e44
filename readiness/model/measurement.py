"""What was found: metrics, measurements with their evidence, failures, probe runs, sessions.

A measurement says nothing about good or bad. See ``docs/architecture.md``, "The words".
"""

from __future__ import annotations

import math
from datetime import datetime  # noqa: TC003 - msgspec reads the annotation at run time
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, TypeAlias

import msgspec
from msgspec import UNSET, UnsetType

from readiness.model.consent import Consent  # noqa: TC001 - msgspec reads the annotation
from readiness.model.errors import FailureCode
from readiness.model.invited import Invited, Receipt  # noqa: TC001 - read at run time

NO_UNIT = "-"
"""The unit of counts, names and yes/no answers."""

QUESTIONS = "questions"
"""Name of the run that holds the person's answers; its metrics are ``declared.<question>``."""

LARGEST = 10**15
"""No number in a file is greater: nothing that is measured here comes near it."""

Whole: TypeAlias = Annotated[int, msgspec.Meta(ge=-LARGEST, le=LARGEST)]
Number: TypeAlias = Annotated[float, msgspec.Meta(ge=-float(LARGEST), le=float(LARGEST))]
"""Numbers, limited where a file is read; so none of them needs to be looked at once more."""

Value: TypeAlias = bool | Whole | Number | str
Scalar: TypeAlias = Value

WITHHELD = "withheld"
"""Detail of the failure that stands where the applicant left something out of a file."""

MAX_TRACE = 400
MAX_TEXT = 500


class Shape(StrEnum):
    """What kind of value a metric has."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    YES_NO = "yes-no"
    WEEK = "week"


class Cost(StrEnum):
    """What following a piece of advice costs."""

    FREE = "free"
    CHEAP = "cheap"
    ASK = "ask"


class System(StrEnum):
    """An operating system that has its own words and ways for some things."""

    WINDOWS = "windows"
    MACOS = "macos"
    LINUX = "linux"


class Side(StrEnum):
    """On which side of what is asked a number lies."""

    BELOW = "below"
    ABOVE = "above"


class Place(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a setting stands on each system: English source text, empty where there is none.

    The words are those on that system's screen; see ``readiness/advice/places.py``.
    """

    windows: str = ""
    macos: str = ""
    linux: str = ""

    def on(self, system: System | None) -> str:
        """The place on ``system``; empty if it is not known or has none."""
        return "" if system is None else str(getattr(self, system.value))


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that another metric may have found, e.g. that the connection is a cable."""

    metric: str
    value: bool | str


class Cause(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a value usually falls short, and how one finds out which it is: English source text.

    Attributes:
        text: One or two sentences.
        when: Values that it explains; of numbers the side, ``below`` or ``above``; empty: all.
        unless: It cannot be that where this was found.
    """

    text: str
    when: tuple[bool | str, ...] = ()
    unless: Fact | None = None


class Tip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One rung of the ladder: what to do about a metric that falls short, and what it costs.

    Attributes:
        cost: What following it costs.
        text: English source text, one or two sentences.
        when: Values that it helps against; of numbers the side, ``below`` or ``above``; empty: all.
        systems: On which it helps; empty: on all.
        where: Where to find the setting that it speaks of.
        unless: Where this was found it is no help, so it is not shown.
    """

    cost: Cost
    text: str
    when: tuple[bool | str, ...] = ()
    systems: tuple[System, ...] = ()
    where: Place | None = None
    unless: Fact | None = None


class Metric(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One quantity that can be measured. Declared by the probe that measures it.

    Attributes:
        id: Dotted name that includes the statistic, e.g. ``line.round_trip_p95``.
        title: English source text, a noun: "Download".
        live: What a value of this moment is called, where the title names a statistic of many:
            "Round trip"; empty: the title.
        unit: One unit, or ``-`` for none.
        resolution: Smallest step worth showing, in ``unit``; 0 for values that are not numbers.
        shape: What kind of value it has.
        labels: For choices: value -> English source text. Every possible value is listed.
        causes: Why it usually falls short; the first that explains the value is shown.
        advice: What usually helps where the value falls short, free things first.
    """

    id: str
    title: str
    live: str = ""
    unit: str = NO_UNIT
    resolution: float = 0
    shape: Shape = Shape.NUMBER
    labels: dict[str, str] = {}
    causes: tuple[Cause, ...] = ()
    advice: tuple[Tip, ...] = ()


class EvidenceKind(StrEnum):
    """What a value rests on. Declared is never shown as measured."""

    MEASURED = "measured"
    REPORTED = "reported"
    DECLARED = "declared"


class Trace(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The course of a value over time, to be drawn: at most 400 points at equal steps.

    Attributes:
        step_s: Seconds from one point to the next.
        unit: Unit of the values.
        values: The points.
        gaps: Places at which there is no value; what stands there means nothing. In order.
    """

    step_s: Number
    unit: str
    values: tuple[Number, ...]
    gaps: tuple[Whole, ...] = ()

    def __post_init__(self) -> None:
        """Refuse traces that are too long or contain anything but finite numbers."""
        if len(self.values) > MAX_TRACE or not all(map(math.isfinite, self.values)):
            raise ValueError("a trace holds at most 400 finite values")
        if list(self.gaps) != sorted(set(self.gaps) & set(range(len(self.values)))):
            raise ValueError("a gap is the place of a point, each once, in order")
        if not self.step_s > 0:
            raise ValueError("the step of a trace is longer than 0 s")

    @property
    def known(self) -> tuple[float, ...]:
        """The values without those at gaps."""
        gone = set(self.gaps)
        return tuple(value for place, value in enumerate(self.values) if place not in gone)

    def runs(self) -> tuple[tuple[int, tuple[float, ...]], ...]:
        """The parts between gaps: place of the first value, and the values."""
        edges = (-1, *self.gaps, len(self.values))
        parts = ((a + 1, self.values[a + 1 : b]) for a, b in pairwise(edges))
        return tuple((place, part) for place, part in parts if part)


class Evidence(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Enough to argue with, nothing personal. A recording is never a field.

    Attributes:
        kind: What the value rests on.
        method: Kebab-case name; its text for people stands in the probe that uses it and, at
            length, under ``docs/methods/``.
        method_version: Raised whenever the way of measuring changes.
        samples: How many single readings the value rests on.
        summary: Short further facts, e.g. ``{"streams": 6, "server": "serve"}``.
        trace: The course over time, where that helps.
        receipt: What the measuring server saw of it, signed by the server.
    """

    kind: EvidenceKind
    method: str
    method_version: Whole = 1
    samples: Whole | None = None
    summary: dict[str, Scalar] = {}
    trace: Trace | None = None
    receipt: Receipt | None = None


class Measurement(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=False
):
    """One value with its unit and uncertainty (95 % half width in ``unit``; none if exact)."""

    metric: str
    value: Value
    unit: str
    uncertainty: Number | None = None
    evidence: Evidence
    at: datetime

    def __post_init__(self) -> None:
        """Refuse values that no judge could use."""
        if isinstance(self.value, float) and not math.isfinite(self.value):
            raise ValueError(f"{self.metric}: the value is not finite")
        if isinstance(self.value, str) and len(self.value) > MAX_TEXT:
            raise ValueError(f"{self.metric}: the value is longer than {MAX_TEXT} characters")
        if self.uncertainty is not None and not (
            math.isfinite(self.uncertainty) and self.uncertainty >= 0
        ):
            raise ValueError(f"{self.metric}: the uncertainty is not a half width")


class Failure(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Stands where the measurement would be. It can never become a pass."""

    metric: str
    failure: FailureCode
    detail: str = ""
    summary: dict[str, Scalar] = {}
    at: datetime


class ProbeRun(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One attempt of one probe. All attempts stay in the session: no cherry-picking."""

    probe: str
    version: Whole
    attempt: Whole
    started: datetime
    duration_s: Number
    measurements: tuple[Measurement, ...] = ()
    failures: tuple[Failure, ...] = ()

    @property
    def stopped(self) -> bool:
        """Whether the person stopped this attempt or skipped it; a part left out is no stop."""
        if not self.failures:
            return False
        codes = {failure.failure for failure in self.failures}
        withheld = any(
            failure.failure is FailureCode.SKIPPED and failure.detail == WITHHELD
            for failure in self.failures
        )
        nothing = not self.measurements and not withheld
        return FailureCode.CANCELLED in codes or (FailureCode.SKIPPED in codes and nothing)


class Session(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything that was found in one check. The id is random and names nobody.

    Attributes:
        consents: What was agreed to, in order. Unset, and so not written, where nothing was: a
            report of before it was recorded keeps its bytes and its comparison code.
        invitation: What it answers; missing where nobody invited.
    """

    id: str
    started: datetime
    app_version: str
    platform: str
    runs: tuple[ProbeRun, ...] = ()
    invitation: Invited | UnsetType = UNSET
    consents: tuple[Consent, ...] | UnsetType = UNSET

    @property
    def agreed(self) -> tuple[Consent, ...]:
        """What was agreed to; empty where nothing is known of it."""
        return () if self.consents is UNSET else self.consents

    def attempts(self, probe: str) -> int:
        """How many attempts of ``probe`` the session holds."""
        return sum(run.probe == probe for run in self.runs)

    def latest(self) -> dict[str, Measurement | Failure]:
        """For each metric, what counts: the last attempt that was not stopped or skipped.

        A stopped or skipped attempt counts only where no other attempt has anything to say.
        """
        found: dict[str, Measurement | Failure] = {}
        stopped: list[ProbeRun] = []
        others: list[ProbeRun] = []
        for run in self.runs:
            (stopped if run.failures and run.stopped else others).append(run)
        for run in (*stopped, *others):
            for failure in run.failures:
                found[failure.metric] = failure
            for measurement in run.measurements:
                found[measurement.metric] = measurement
        return found
