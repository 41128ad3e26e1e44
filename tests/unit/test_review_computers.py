"""Which reports seem to come from one computer: what is compared, and what is not claimed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from readiness.locale import Reader
from readiness.review.computers import Alike, alike, likeness, with_alike
from readiness.review.received import Received
from readiness.review.rows import ReviewRow, row_of
from readiness.review.sorting import filtered, parse_where
from readiness.review.words import RowWords
from readiness.trust.answering import Known
from readiness.trust.arrived import arrive
from tests.fakes.computers import facts, hours_before
from tests.fakes.trust import BEGUN, answer, invitation, report, session

if TYPE_CHECKING:
    from datetime import datetime

    from readiness.model.measurement import Session, Value
    from readiness.trust.invitation import Invitation

SALT, OTHER = b"one employer", b"another employer"


def check(invited: Invitation | None, **changes: object) -> Session:
    return session(invited, runs=facts(), **changes)  # type: ignore[arg-type]  # passed on as they came


def row(
    file: str,
    *,
    begun: datetime = BEGUN,
    invited: Invitation | None = None,
    check_id: str = "",
    **other: object,
) -> ReviewRow:
    """The row of an applicant's report; each has an invitation and a check of their own."""
    runs = facts(begun, **other)  # type: ignore[arg-type]  # passed on as they came
    found = invited or invitation()
    data = answer(found, runs=runs, started=begun, id=check_id or file)
    received = Received(file=file, arrived=arrive(data))
    return row_of(received, Known(now=BEGUN + timedelta(days=30)), salt=SALT)


def groups(*rows: ReviewRow) -> list[tuple[list[str], bool]]:
    return [([one.file for one in group.rows], group.model) for group in alike(rows)]


def test_two_applicants_whose_computers_tell_the_very_same_seem_to_have_one() -> None:
    ada, ben = row("ada"), row("ben", begun=hours_before(1), disk_free=119.9)

    assert groups(ada, ben) == [(["ada", "ben"], False)]


@pytest.mark.parametrize(
    "other",
    [
        {"cpu_model": "AMD Ryzen 5 5500U with Radeon Graphics"},
        {"memory_usable": 7.881},
        {"memory_installed": 16.0},
        {"disk_total": 237.25},
        {"cpu_threads": 4},
        {"disk_free": 40.0},  # 2 % of 237 GiB are 4.7
    ],
)
def test_one_fact_that_differs_makes_it_another_computer(other: dict[str, Value]) -> None:
    ben = row("ben", begun=hours_before(1), **other)  # type: ignore[arg-type]  # as they came

    assert groups(row("ada"), ben) == []


@pytest.mark.parametrize("lacking", ["cpu_model", "disk_total", "disk_free", "memory_usable"])
def test_where_too_little_is_known_nothing_is_said(lacking: str) -> None:
    without: dict[str, Any] = {lacking: None}
    ada, ben = row("ada", **without), row("ben", begun=hours_before(1), **without)

    assert groups(ada, ben) == []


def test_virtual_computers_are_all_alike_and_nothing_is_said() -> None:
    assert groups(row("ada", virtual=True), row("ben", begun=hours_before(1), virtual=True)) == []


def test_one_who_answers_twice_is_one_applicant() -> None:
    invited = invitation()

    assert groups(row("a", invited=invited), row("b", begun=hours_before(1), invited=invited)) == []


def test_the_same_check_without_an_invitation_is_one_applicant() -> None:
    """Saved twice, and with another value left out."""
    found = [likeness(report(check(None, id=name)), SALT) for name in "aab"]

    assert found[0] == found[1]
    assert found[0] is not None
    assert found[2] is not None
    assert (found[0].mark, found[0].applicant == found[2].applicant) == (found[2].mark, False)


def test_two_that_were_checked_at_the_same_time_are_two_computers_of_one_model() -> None:
    ada, ben = row("ada"), row("ben", begun=BEGUN + timedelta(seconds=30))

    assert groups(ada, ben) == [(["ada", "ben"], True)]


def test_one_check_that_answers_two_invitations_is_one_computer() -> None:
    """It ran once, and so did not run on two computers of one model at the same time."""
    ada, ben = row("ada", check_id="same"), row("ben", check_id="same")

    told, found = with_alike([ada, ben])

    assert [group.model for group in found] == [False]
    assert [one.alike for one in told] == [1, 1]


def test_one_check_that_answers_very_many_invitations_is_no_model() -> None:
    told, _ = with_alike([row(f"{n}", check_id="same") for n in range(7)])

    assert {one.alike for one in told} == {6}


def test_what_very_many_have_is_a_model_and_marks_no_row() -> None:
    rows = [row(f"{n}", begun=hours_before(n), disk_free=100.0 + n / 10) for n in range(7)]

    told, found = with_alike(rows)

    assert [group.model for group in found] == [True]
    assert all(one.alike == 0 for one in told)


def test_six_are_few_enough_to_be_one_computer() -> None:
    rows = [row(f"{n}", begun=hours_before(n)) for n in range(6)]

    told, _ = with_alike(rows)

    assert {(one.group, one.alike) for one in told} == {(1, 5)}


def test_the_salt_keeps_marks_of_two_employers_apart() -> None:
    found = report(check(invitation()))
    one, other = likeness(found, SALT), likeness(found, OTHER)

    assert one is not None
    assert other is not None
    assert one.mark != other.mark
    assert one.applicant != other.applicant


def test_a_mark_holds_nothing_that_can_be_read() -> None:
    found = likeness(report(check(invitation())), SALT)

    assert found is not None
    assert len(found.mark) == 16
    assert b"i5" not in found.mark


def test_rows_that_are_left_out_still_count() -> None:
    told, _ = with_alike([row("ada"), row("ben", begun=hours_before(1))])
    only = filtered(told, [parse_where("file=ada", lambda _name: False)])

    assert [one.alike for one in only] == [1]


def test_it_can_be_asked_for_and_is_no_contradiction() -> None:
    told, _ = with_alike([row("ada"), row("ben", begun=hours_before(1)), row("cem", cpu_cores=2)])
    where = parse_where("odd=same-computer", lambda _name: False)

    assert [one.file for one in filtered(told, [where])] == ["ada", "ben"]
    assert [one.odd for one in told] == [(), (), ()]


def test_it_is_said_as_what_it_seems_and_never_as_what_it_is() -> None:
    told, _ = with_alike([row("ada"), row("ben", begun=hours_before(1))])

    said = RowWords(Reader("en")).alike(told[0])

    assert said == "Seems to be the same computer as in 1 other report (group 1)."
    assert RowWords(Reader("en")).alike(row("zoe")) == ""


def test_groups_of_one_computer_are_numbered_before_those_of_models() -> None:
    model = [row(f"m{n}", begun=hours_before(n), cpu_cores=2) for n in range(7)]
    _, found = with_alike([*model, row("ada"), row("ben", begun=hours_before(1))])

    assert [(group.model, group.rows[0].group) for group in found] == [(False, 1), (True, 0)]


def test_no_rows_have_no_groups() -> None:
    assert with_alike([]) == ([], ())
    assert isinstance(Alike(rows=(), model=False), Alike)


def test_a_fact_of_an_attempt_that_was_done_again_does_not_count() -> None:
    first = facts(hours_before(1), cpu_model="Another processor")
    again = facts(attempt=2)
    found = report(session(invitation(), runs=(*first, *again)))
    plain = report(check(invitation()))
    one, other = likeness(found, SALT), likeness(plain, SALT)

    assert one is not None
    assert other is not None
    assert one.mark == other.mark
