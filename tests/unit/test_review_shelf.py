"""Between a heap and an archive: what is kept, what comes out, and by which day it is judged."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.remarks import Decision, Written
from readiness.desk_archive.stored import Incoming
from readiness.model.errors import InputError
from readiness.report.codec import encode_report
from readiness.review.compare import line_up
from readiness.review.received import Received, Refused, refused
from readiness.review.rows import row_of
from readiness.review.shelf import keeping, stored, with_remarks
from readiness.trust.answering import Answers, Known
from readiness.trust.arrived import arrive
from readiness.trust.keys import new_keys
from tests.fakes.trust import BEGUN, MADE, answer, invitation, profile, report, session

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from readiness.desk_archive.archive import DeskArchive

ONE = invitation()
ANSWER = answer(ONE)
IN_TIME, LATE = BEGUN + timedelta(hours=3), MADE + timedelta(days=60)


class Clock:
    """Tells the time that it was set to."""

    def __init__(self) -> None:
        self.time = IN_TIME

    def __call__(self) -> datetime:
        """The time."""
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[DeskArchive]:
    with open_archive("", tmp_path / "desk.sqlite3", clock) as opened:
        yield opened


def received(data: bytes = ANSWER, file: str = "ada.json") -> Received:
    return Received(file=file, arrived=arrive(data))


def known() -> Known:
    """What a recruiter has two months later."""
    return Known(now=LATE, invitation=ONE, profile=profile())


def out_of(archive: DeskArchive) -> list[Received | Refused]:
    return list(stored(archive, archive.entries()))


def test_what_is_kept_comes_out_as_it_came(archive: DeskArchive) -> None:
    (kept,) = keeping([received()], archive)
    (found,) = out_of(archive)

    assert isinstance(kept, Received)
    assert isinstance(found, Received)
    assert (found.file, found.taken_in) == ("ada.json", IN_TIME)
    assert found.arrived.data == ANSWER
    assert found.arrived.report == received().arrived.report


@pytest.mark.parametrize(
    "data", [ANSWER.replace(b'"sig": "', b'"sig": "AAAA', 1), encode_report(report(session(ONE)))]
)
def test_what_was_changed_or_not_signed_stays_so(archive: DeskArchive, data: bytes) -> None:
    list(keeping([received(data)], archive))

    (found,) = out_of(archive)

    assert isinstance(found, Received)
    assert not row_of(found, known()).unchanged


def test_the_same_data_under_another_signature_are_another_report(archive: DeskArchive) -> None:
    forged = answer(ONE, key=new_keys().signing)

    list(keeping([received(), received(forged, "forged.json")], archive))

    assert [entry.name for entry in archive.entries()] == ["ada.json", "forged.json"]


def test_what_was_refused_goes_through_and_is_not_kept(archive: DeskArchive) -> None:
    bad = refused("bad.json", InputError("report-not-json", "This is not valid JSON."))

    found = list(keeping([bad, received()], archive))

    assert [one.file for one in found] == ["bad.json", "ada.json"]
    assert len(archive.entries()) == 1


def test_more_than_are_kept_at_once(archive: DeskArchive) -> None:
    heap = [received(encode_report(report(session(None, id=f"{n:032x}")))) for n in range(230)]

    assert len(list(keeping(heap, archive))) == 230
    assert len(out_of(archive)) == 230


def test_an_answer_is_late_by_the_day_on_which_it_was_taken_in(
    archive: DeskArchive, clock: Clock
) -> None:
    """Read again after two months, from the files or out of the archive: it came in time."""
    list(keeping([received()], archive))
    clock.time = LATE

    (again,) = keeping([received()], archive)
    (found,) = out_of(archive)

    assert isinstance(again, Received)
    assert isinstance(found, Received)
    answers = [row_of(one, known()).answers for one in (again, found, received())]
    assert answers == [Answers.YES, Answers.YES, Answers.EXPIRED]


def test_side_by_side_an_answer_is_late_by_the_same_day() -> None:
    lineup = line_up([replace(received(), taken_in=IN_TIME), received()], known())

    origins = [side.origin for side in lineup.sides]
    assert [one and one.answers for one in origins] == [Answers.YES, Answers.EXPIRED]


def test_what_somebody_put_into_the_database_is_read_with_suspicion(archive: DeskArchive) -> None:
    digest = received().arrived.digest
    archive.take_in(
        [
            Incoming(digest=digest, name="a\u202eb.json", data=answer(invitation())),
            Incoming(digest="b" * 64, name="b.json", data=b"[" * 100_000),
        ]
    )

    found = {one.file: one for one in out_of(archive)}

    assert [getattr(one, "reference", "") for one in found.values()] == [
        "archive-altered",
        "report-too-deep",
    ]
    assert list(found) == ["ab.json", "b.json"]


def test_what_was_deleted_meanwhile_is_left_out(archive: DeskArchive) -> None:
    list(keeping([received()], archive))
    entries = archive.entries()
    archive.forget([entries[0].digest])

    assert list(stored(archive, entries)) == []


def test_rows_come_with_what_stands_at_each(archive: DeskArchive) -> None:
    rows = [row_of(received(), known()), row_of(received(answer(invitation())), known())]
    list(keeping([received()], archive))
    archive.save(rows[0].digest, Written(decision=Decision.INVITE), on=0)

    first, second = with_remarks(rows, archive)

    assert first.remark is not None
    assert first.remark.written.decision is Decision.INVITE
    assert second.remark is None
