"""A recruiter's archive in a file: kept once, nothing overwritten, deleted for good."""

from __future__ import annotations

import sqlite3
import stat
import sys
import traceback
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.remarks import ChangedMeanwhile, Decision, Written
from readiness.desk_archive.stored import Incoming, Swept
from readiness.model.errors import InputError, StorageError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from readiness.desk_archive.archive import DeskArchive

ADA, BEN = "a" * 64, "b" * 64
MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET = "she told us about her illness"


class Clock:
    """Tells the time that it was set to."""

    def __init__(self) -> None:
        self.time = MONDAY

    def __call__(self) -> datetime:
        """The time."""
        return self.time


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def archive(tmp_path: Path, clock: Clock) -> Iterator[DeskArchive]:
    """An archive that holds Ada's and Ben's reports."""
    with open_archive("", tmp_path / "home" / "desk.sqlite3", clock) as opened:
        opened.take_in([incoming(ADA, "ada.json"), incoming(BEN, "ben.json")])
        yield opened


def incoming(digest: str, name: str, data: bytes = b"{}") -> Incoming:
    return Incoming(digest=digest, name=name, data=data)


def names(archive: DeskArchive) -> list[str]:
    return [entry.name for entry in archive.entries()]


# --- reports -------------------------------------------------------------------------------------


def test_the_same_report_twice_is_one_and_keeps_its_first_name_and_day(
    archive: DeskArchive, clock: Clock
) -> None:
    clock.time += timedelta(days=1)

    came = archive.take_in(
        [incoming(ADA, "copy of ada.json", b"other"), incoming("c" * 64, "c.json")]
    )

    assert came == {ADA: MONDAY, "c" * 64: MONDAY + timedelta(days=1)}
    assert names(archive) == ["ada.json", "ben.json", "c.json"]
    assert archive.data(ADA) == b"{}"


def test_of_two_in_one_heap_the_first_one_gives_the_name(tmp_path: Path) -> None:
    with open_archive("", tmp_path / "desk.sqlite3") as archive:
        archive.take_in([incoming(ADA, "first.json"), incoming(ADA, "second.json")])
        assert names(archive) == ["first.json"]


def test_bytes_come_back_as_they_came(archive: DeskArchive) -> None:
    every = bytes(range(256)) * 40
    archive.take_in([incoming("c" * 64, "c.json", every)])

    assert archive.data("c" * 64) == every


def test_more_reports_than_fit_into_one_statement(archive: DeskArchive) -> None:
    many = [incoming(f"{n:064x}", f"{n}.json", str(n).encode()) for n in range(450)]
    archive.take_in(many)

    found = dict(archive.contents([one.digest for one in many]))

    assert found == {one.digest: one.data for one in many}


def test_a_key_is_found_by_its_beginning(archive: DeskArchive) -> None:
    archive.take_in([incoming("ab" + "c" * 62, "c.json")])

    assert archive.beginning_with("BB") == (BEN,)
    assert len(archive.beginning_with("a")) == 2
    assert archive.beginning_with("%") == ()


def test_what_is_not_there_is_said(archive: DeskArchive) -> None:
    for look in (archive.data, archive.remark, archive.history):
        with pytest.raises(InputError) as told:
            look("c" * 64)
        assert told.value.reference == "archive-no-such-report"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_a_new_file_is_its_owner_s_alone(archive: DeskArchive, tmp_path: Path) -> None:
    assert archive.shown == str(tmp_path / "home" / "desk.sqlite3")
    mode = (tmp_path / "home" / "desk.sqlite3").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


# --- remarks -------------------------------------------------------------------------------------


def test_nobody_has_written_anything_at_first(archive: DeskArchive) -> None:
    remark = archive.remark(ADA)

    assert (remark.version, remark.at, remark.written) == (0, None, Written())


def test_a_remark_says_who_and_when_and_what_stood_before_stays(
    archive: DeskArchive, clock: Clock
) -> None:
    archive.save(ADA, Written(decision=Decision.ASK_AGAIN, reason="no headset", who="Eve"), on=0)
    clock.time += timedelta(hours=2)
    archive.save(ADA, Written(decision=Decision.INVITE, note="It came.", who="Max"), on=1)

    newest, oldest = archive.history(ADA)

    assert (newest.version, newest.written.who, newest.written.decision) == (2, "Max", "invite")
    assert newest.at == MONDAY + timedelta(hours=2)
    assert (oldest.version, oldest.at, oldest.written.reason) == (1, MONDAY, "no headset")
    assert archive.history(BEN) == ()


def test_a_stale_save_is_refused_with_what_stands_now(archive: DeskArchive) -> None:
    archive.save(ADA, Written(note="from Eve"), on=0)

    with pytest.raises(ChangedMeanwhile) as told:
        archive.save(ADA, Written(note="from Max"), on=0)

    assert (told.value.stands.version, told.value.stands.written.note) == (1, "from Eve")
    assert [one.written.note for one in archive.history(ADA)] == ["from Eve"]


def test_the_same_saved_twice_is_saved_once(archive: DeskArchive) -> None:
    """The answer to the first was lost on the way, or the button was pressed twice."""
    said = Written(decision=Decision.INVITE, who="Eve")
    first = archive.save(ADA, said, on=0)

    again = archive.save(ADA, said, on=0)

    assert again == first
    assert len(archive.history(ADA)) == 1


def test_the_list_tells_what_stands_last_at_each(archive: DeskArchive) -> None:
    archive.save(BEN, Written(decision=Decision.INVITE), on=0)
    archive.save(BEN, Written(decision=Decision.REJECT), on=1)

    ada, ben = archive.entries()

    assert (ada.remark.version, ada.remark.written.decision) == (0, Decision.NONE)
    assert (ben.remark.version, ben.remark.written.decision) == (2, Decision.REJECT)


def test_signs_that_cannot_be_shown_are_not_kept(archive: DeskArchive) -> None:
    hostile = "one\r\ntwo\x00\u202e three\ud800\u2029four  \n"

    remark = archive.save(ADA, Written(note=hostile), on=0)

    assert remark.written.note == "one\ntwo three\nfour"


@pytest.mark.parametrize(("part", "most"), [("note", 10_000), ("reason", 500), ("who", 80)])
def test_a_text_has_a_length_and_is_never_cut(archive: DeskArchive, part: str, most: int) -> None:
    longest = "x" * most
    archive.save(ADA, Written(**{part: longest, "decision": Decision.INVITE}), on=0)  # type: ignore[arg-type]  # by name

    with pytest.raises(InputError) as told:
        archive.save(ADA, Written(**{part: longest + "x"}), on=1)  # type: ignore[arg-type]  # by name

    assert told.value.reference == "remark-too-long"
    assert getattr(archive.remark(ADA).written, part) == longest


# --- deleting ------------------------------------------------------------------------------------


def test_a_report_goes_with_all_that_belongs_to_it(archive: DeskArchive, tmp_path: Path) -> None:
    archive.take_in([incoming("c" * 64, "c.json", SECRET.encode())])
    archive.save("c" * 64, Written(note=SECRET), on=0)

    assert archive.forget(["c" * 64]) == 1

    assert names(archive) == ["ada.json", "ben.json"]
    archive.take_in([incoming("c" * 64, "c.json")])
    assert archive.remark("c" * 64).version == 0
    left = b"".join(file.read_bytes() for file in (tmp_path / "home").iterdir())
    assert SECRET.encode() not in left


def test_its_bytes_go_also_while_somebody_else_has_the_archive_open(
    archive: DeskArchive, tmp_path: Path
) -> None:
    archive.save(ADA, Written(note=SECRET), on=0)
    other = sqlite3.connect(tmp_path / "home" / "desk.sqlite3")
    other.execute("SELECT count(*) FROM readiness_report").fetchall()

    archive.forget([ADA])

    left = b"".join(file.read_bytes() for file in (tmp_path / "home").iterdir())
    other.close()
    assert SECRET.encode() not in left


def test_who_writes_at_a_deleted_report_is_told(archive: DeskArchive) -> None:
    archive.forget([ADA])

    with pytest.raises(InputError) as told:
        archive.save(ADA, Written(note="too late"), on=0)

    assert told.value.reference == "archive-no-such-report"


def test_nothing_goes_by_itself_unless_the_recruiters_want_it(
    archive: DeskArchive, clock: Clock
) -> None:
    clock.time += timedelta(days=10_000)

    assert archive.keep_days() is None
    assert archive.sweep() == Swept(deleted=0, doubtful=0)
    assert len(archive.entries()) == 2


def test_what_is_older_than_reports_are_kept_goes(archive: DeskArchive, clock: Clock) -> None:
    archive.set_keep_days(180)
    clock.time += timedelta(days=100)
    archive.take_in([incoming("c" * 64, "c.json")])
    clock.time += timedelta(days=80)
    assert archive.sweep().deleted == 0

    clock.time += timedelta(seconds=1)

    assert archive.sweep() == Swept(deleted=2, doubtful=0)
    assert names(archive) == ["c.json"]


def test_a_clock_in_2099_deletes_nothing_by_itself(archive: DeskArchive, clock: Clock) -> None:
    archive.set_keep_days(180)
    clock.time = datetime(2099, 1, 1, tzinfo=UTC)

    assert archive.sweep() == Swept(deleted=0, doubtful=2)
    assert archive.sweep(doubtful=True) == Swept(deleted=2, doubtful=0)


def test_how_long_reports_are_kept_can_be_changed_and_taken_back(archive: DeskArchive) -> None:
    held = []
    for days in (30, 60, None):
        archive.set_keep_days(days)
        held.append(archive.keep_days())

    assert held == [30, 60, None]


@pytest.mark.parametrize("days", [0, -1, 36_501])
def test_an_impossible_number_of_days_is_refused(archive: DeskArchive, days: int) -> None:
    with pytest.raises(InputError, match="archive-days-impossible"):
        archive.set_keep_days(days)


# --- what a disk may do --------------------------------------------------------------------------


def test_a_full_disk_is_told_and_leaves_all_as_it_was(archive: DeskArchive) -> None:
    from sqlalchemy import event

    def full(connection: sqlite3.Connection, _record: object) -> None:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")

    event.listen(archive._database._engine, "connect", full)

    with pytest.raises(StorageError) as told:
        archive.take_in([incoming("c" * 64, "c.json", bytes(100_000))])

    assert told.value.reference == "archive-full"
    assert names(archive) == ["ada.json", "ben.json"]


@pytest.mark.usefixtures("archive")
def test_a_locked_archive_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.desk_archive.database.BUSY_TIMEOUT_S", 0.05)
    other = sqlite3.connect(tmp_path / "home" / "desk.sqlite3", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with open_archive("", tmp_path / "home" / "desk.sqlite3") as second:
        with pytest.raises(StorageError) as told:
            second.save(ADA, Written(note="x"), on=0)
        assert told.value.reference == "archive-busy"
        assert second.remark(ADA).version == 0, "reading waits for nobody"
    other.close()


@pytest.mark.parametrize(
    "content", [b"no database at all" * 100, b"SQLite format 3\0" + b"x" * 4096]
)
def test_a_file_of_another_kind_is_refused_and_not_touched(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "holiday.jpg"
    file.write_bytes(content)

    with pytest.raises(StorageError) as told:
        open_archive(str(file), tmp_path / "desk.sqlite3")

    assert told.value.reference == "archive-spoiled"
    assert file.read_bytes() == content


def test_another_program_s_database_is_refused_and_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "places.sqlite"
    with sqlite3.connect(file) as other:
        other.execute("CREATE TABLE bookmarks (id)")
    other.close()
    before = file.read_bytes()

    with pytest.raises(InputError) as told:
        open_archive(str(file), tmp_path / "desk.sqlite3")

    assert told.value.reference == "archive-other-file"
    assert file.read_bytes() == before


def test_a_folder_is_no_archive(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as told:
        open_archive(str(tmp_path), tmp_path / "desk.sqlite3")

    assert told.value.reference == "archive-no-access"


def test_a_name_that_leads_nowhere_begins_nothing_where_only_reading_was_meant(
    tmp_path: Path,
) -> None:
    with pytest.raises(InputError) as told:
        open_archive(str(tmp_path / "typo.sqlite3"), tmp_path / "desk.sqlite3", begin=False)

    assert told.value.reference == "no-archive"
    assert list(tmp_path.iterdir()) == []


def test_an_error_repeats_nothing_that_a_recruiter_wrote(archive: DeskArchive) -> None:
    """Not even its cause, which may go into the log."""
    with sqlite3.connect(archive.shown) as other:
        other.execute("DROP TABLE readiness_remark")
    other.close()

    with pytest.raises(StorageError) as told:
        archive.save(ADA, Written(note=SECRET), on=0)

    assert SECRET not in "".join(traceback.format_exception(told.value))
