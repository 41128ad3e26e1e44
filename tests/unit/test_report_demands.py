"""What a requirement asks, when any one of several things would do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.requirement import Condition, Criterion, Operator
from readiness.report.demands import demand
from readiness.report.values import Vocabulary
from tests.fakes import reports as made

if TYPE_CHECKING:
    from readiness.model.measurement import Failure, Measurement

WORDS = Vocabulary(None, Reader("en"))
NARROW = "\u202f"


def conditional(threshold: int, line: str) -> Criterion:
    return Criterion(
        metric="example.series",
        operator=Operator.AT_LEAST,
        threshold=(threshold,),
        when=Condition(metric="example.line", one_of=(line,)),
        source=made.PAGE,
    )


LINES = made.criterion("example.line", Operator.ONE_OF, "nine", "ryzen")
PROCESSOR = (LINES, conditional(9000, "three"), conditional(7000, "five"))


def words(*accepted: Criterion, found: Measurement | Failure | None = None) -> str:
    return demand(WORDS, accepted, {} if found is None else {found.metric: found})


def test_conditions_stand_before_what_they_ask() -> None:
    assert words(*PROCESSOR) == "nine or ryzen; or three: at least 9,000; or five: at least 7,000"


def test_alternatives_for_something_else_are_left_out() -> None:
    found = made.reported("example.line", "five")

    assert words(*PROCESSOR, found=found) == "nine or ryzen; or five: at least 7,000"


def test_what_was_not_measured_rules_nothing_out() -> None:
    found = made.failure("example.line", FailureCode.UNSUPPORTED)

    assert words(*PROCESSOR, found=found) == words(*PROCESSOR)


def test_if_no_alternative_applies_all_are_shown() -> None:
    found = made.reported("example.line", "five")

    assert words(conditional(9000, "three"), found=found) == "three: at least 9,000"


def test_lists_of_the_same_thing_become_one_list() -> None:
    more = made.criterion("example.line", Operator.EQUALS, "arm")

    assert words(LINES, more) == "nine, ryzen or arm"


def test_long_lists_are_cut() -> None:
    many = made.criterion("example.line", Operator.ONE_OF, "a", "b", "c", "d", "e", "f")

    assert words(many) == "a, b, c or 3 others"


def test_different_things_are_told_apart_by_their_titles() -> None:
    width = made.criterion("machine.screen_width", Operator.AT_LEAST, 1920, unit="px")
    count = made.criterion("machine.screen_count", Operator.AT_LEAST, 2)

    said = words(width, count)

    assert f"at least 1,920{NARROW}px; or " in said
    assert said.endswith(": at least 2")


def test_the_same_demand_on_two_things_is_said_once() -> None:
    one = made.criterion("machine.memory_installed", Operator.AT_LEAST, 4, unit="GiB")
    other = made.criterion("machine.memory_usable", Operator.AT_LEAST, 4, unit="GiB")

    assert words(one, other) == f"at least 4{NARROW}GiB"


def test_nothing_accepted_says_nothing() -> None:
    assert words() == ""
