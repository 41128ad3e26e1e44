"""What is asked: sources, criteria, questions, requirements, profiles. Pure data."""

from __future__ import annotations

from datetime import date  # noqa: TC003 - msgspec reads the annotation at run time
from enum import StrEnum
from typing import Annotated, TypeAlias

import msgspec

from readiness.model.device import UsbLink  # noqa: TC001 - read at run time
from readiness.model.measurement import NO_UNIT, Cost, Number, System, Value
from readiness.model.text import LocalText  # noqa: TC001 - read at run time
from readiness.model.week import read_canonical


class Grade(StrEnum):
    """How far a source can be trusted; P marks a figure that we propose ourselves."""

    A = "A"
    B = "B"
    C = "C"
    P = "P"


class Source(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where a threshold was published and when we saw it.

    Attributes:
        title: Who says so, as a name: "Business Hero equipment policy".
        address: The page; empty only for grade P.
        seen: The day on which the page was read.
        grade: A: employer's, vendor's or regulator's own page. B: partner or dated press.
            C: secondary, for direction only. P: our own proposal.
    """

    title: str
    address: str = ""
    seen: date
    grade: Grade


class Operator(StrEnum):
    """How a value is compared with a threshold."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    BETWEEN = "between"
    EQUALS = "equals"
    ONE_OF = "one_of"
    COVERS = "covers"
    HOURS_AT_LEAST = "hours_at_least"


OF_WEEKS = (Operator.COVERS, Operator.HOURS_AT_LEAST)
"""Operators for hours of a week; what is missing is counted in hours."""


MOST_VALUES = 1000
Values: TypeAlias = Annotated[tuple[Value, ...], msgspec.Meta(max_length=MOST_VALUES)]
"""Of one comparison; limited where a file is read."""


class Condition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Holds if the metric has one of the values; undecided if it was not measured."""

    metric: str
    one_of: Values


class Criterion(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One comparison.

    Attributes:
        metric: What is compared.
        operator: How.
        threshold: One value; for *between* the two ends; for *one of* the allowed values; for
            *covers* the hours of a week that are to be covered; for *hours at least* a number.
        unit: Unit of the threshold; the same as the metric's, checked on loading.
        tolerance: Absolute, in ``unit``: this much short of the threshold still meets it
            (8 GB of memory of which the graphics chip keeps 0.3).
        within: For *hours at least*: hours of a week outside which none counts; empty: all count.
        unclear: Values that decide nothing, e.g. a virtual audio device. ``unknown`` always is.
        when: The criterion is considered only where this holds.
        source: Who asks it.
    """

    metric: str
    operator: Operator
    threshold: Values
    unit: str = NO_UNIT
    tolerance: Number = 0
    within: str = ""
    unclear: Values = ()
    when: Condition | None = None
    source: Source


class Advice(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """What to do about it, in the words of a profile or of the list of questions.

    Attributes:
        when: Values that it helps against; of numbers ``below`` or ``above``; empty: all.
        systems: On which it helps; empty: on all.
    """

    cost: Cost
    text: LocalText
    when: tuple[bool | str, ...] = ()
    systems: tuple[System, ...] = ()


class AnswerKind(StrEnum):
    """How a question is answered."""

    YES_NO = "yes_no"
    CHOICE = "choice"
    WEEK = "week"


class Question(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Something only the person knows. The answer is the metric ``declared.<id>``.

    Attributes:
        advice: What to do where the answer is not the one that is asked.
        picture: Name of a drawing that shows what is asked; empty: none.
        pictures: Answer (``yes`` and ``no``, or a choice) -> name of a drawing of it.
    """

    id: str
    kind: AnswerKind
    text: LocalText
    title: LocalText
    why: LocalText = {}
    choices: dict[str, LocalText] = {}
    advice: tuple[Advice, ...] = ()
    picture: str = ""
    pictures: dict[str, str] = {}

    @property
    def metric(self) -> str:
        """The metric that the answer becomes."""
        return f"declared.{self.id}"

    def allows(self, value: Value) -> bool:
        """Whether ``value`` is an answer to it, in the form in which answers are stored."""
        if self.kind is AnswerKind.YES_NO:
            return isinstance(value, bool)
        if self.kind is AnswerKind.WEEK:
            return read_canonical(value) is not None
        return isinstance(value, str) and value in self.choices


class Level(StrEnum):
    """How much a requirement weighs: no other weighting exists."""

    MUST = "must"
    SHOULD = "should"
    INFO = "info"


class Area(StrEnum):
    """The groups in which requirements are shown."""

    COMPUTER = "computer"
    LINE = "line"
    HEADSET = "headset"
    VOICE = "voice"
    PHONE = "phone"
    ROOM = "room"
    PERSON = "person"


class Requirement(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """Met if any one of its criteria is met.

    Attributes:
        id: Kebab-case, unique in the profile.
        level: must, should, info.
        area: One of :class:`Area`, for grouping.
        title: What is asked, as a noun; where absent, the title of the first criterion's metric.
        any_of: At least one. "i5-7000 or Ryzen 3" is two criteria of one requirement.
        applies_to: Where this does not hold, the requirement is not applicable.
        advice: Overrides the advice that the product gives for the metric.
    """

    id: str
    level: Level
    area: Area
    title: LocalText = {}
    any_of: tuple[Criterion, ...]
    applies_to: Condition | None = None
    advice: tuple[Advice, ...] = ()

    def metrics(self) -> frozenset[str]:
        """Every metric that it mentions, also in conditions."""
        found = {criterion.metric for criterion in self.any_of}
        found |= {c.when.metric for c in self.any_of if c.when is not None}
        if self.applies_to is not None:
            found.add(self.applies_to.metric)
        return frozenset(found)


class ProfileKind(StrEnum):
    """Whether a profile is a type of work or one employer's own list."""

    TYPE = "type"
    EMPLOYER = "employer"


class Protocol(StrEnum):
    """How an endpoint is spoken to."""

    TCP = "tcp"
    TLS = "tls"
    UDP = "udp"


class Endpoint(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A host and port that the work needs to reach from home.

    Attributes:
        host: A name or an address, in small letters; never a web address.
        port: 1 to 65535.
        protocol: How it is spoken to.
        public: Shows everybody a certificate of a public authority, so that any other certificate
            was put in its place. TLS only.
    """

    host: str
    port: int
    protocol: Protocol
    public: bool = False


class ListedDevice(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A headset that a profile knows; ``usb`` is ``vendor:product`` in small hexadecimal."""

    usb: str
    name: str
    link: UsbLink
    source: Source


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A list of requirements, each threshold with its source.

    Attributes:
        digest: SHA-256 of the bytes that it was read from, in hexadecimal.
    """

    id: str
    kind: ProfileKind
    title: LocalText
    summary: LocalText
    requirements: tuple[Requirement, ...]
    questions: tuple[Question, ...] = ()
    endpoints: tuple[Endpoint, ...] = ()
    devices: tuple[ListedDevice, ...] = ()
    digest: str

    def metrics(self) -> frozenset[str]:
        """Every metric that the profile mentions, also in conditions."""
        return frozenset(metric for req in self.requirements for metric in req.metrics())
