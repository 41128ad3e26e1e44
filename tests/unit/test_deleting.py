"""Deleted for good: not a byte of it is left in the data folder."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

import msgspec
import pytest
from filelock import FileLock

from readiness import journal
from readiness.engine import Engine
from readiness.model.errors import InputError, StorageError
from tests.fakes import reports as made
from tests.fakes.world import FakeWorld

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.model.measurement import Session

CANARY = "CANARY-5H-XR"
OTHER = "OTHER-2K-MM"


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine with its data in a folder of its own."""
    return Engine(home=tmp_path / "data", world=FakeWorld())


def _session(name: str, value: str, *, times: int = 40) -> Session:
    """A session that fills more than a page of the database."""
    runs = tuple(
        made.run("headset", made.reported("headset.microphone", f"{value} {n}"), attempt=n + 1)
        for n in range(times)
    )
    return msgspec.structs.replace(made.session(), id=name, runs=runs)


def _files_with(engine: Engine, text: str) -> list[str]:
    return [
        path.relative_to(engine.home).as_posix()
        for path in sorted(engine.home.rglob("*"))
        if path.is_file() and text.encode() in path.read_bytes()
    ]


def _keep(engine: Engine, session: Session) -> None:
    engine.keep(session, [engine.judge(session, engine.profile("typical-voice"))])


def test_a_deleted_check_is_gone_from_every_file(engine: Engine) -> None:
    _keep(engine, _session("aa", CANARY, times=4))
    _keep(engine, _session("aa", CANARY))
    _keep(engine, _session("bb", OTHER))
    assert _files_with(engine, CANARY) == ["archive.sqlite3"]

    engine.delete("aa")

    assert _files_with(engine, CANARY) == []
    assert _files_with(engine, OTHER) == ["archive.sqlite3"]
    assert [entry.id for entry in engine.archived()] == ["bb"]
    with pytest.raises(InputError):
        engine.archived_session("aa")


def test_how_it_was_judged_is_gone_too(engine: Engine) -> None:
    _keep(engine, _session("aa", CANARY))
    engine.delete("aa")
    with contextlib.closing(sqlite3.connect(engine.home / "archive.sqlite3")) as database:
        assert database.execute("select count(*) from judged").fetchone() == (0,)


def test_a_replaced_session_leaves_nothing_behind(engine: Engine) -> None:
    """A watch that is added to a check replaces it: the older text is overwritten."""
    _keep(engine, _session("aa", CANARY))
    _keep(engine, _session("aa", OTHER))
    assert _files_with(engine, CANARY) == []


def test_what_an_older_program_left_in_free_pages_goes_too(engine: Engine) -> None:
    _keep(engine, _session("aa", CANARY))
    _keep(engine, _session("bb", OTHER))
    with contextlib.closing(sqlite3.connect(engine.home / "archive.sqlite3")) as database:
        database.execute("pragma secure_delete = off")
        database.execute("delete from judged where session = 'aa'")
        database.execute("delete from session where id = 'aa'")
        database.commit()
    assert _files_with(engine, CANARY) == ["archive.sqlite3"]

    engine.delete("bb")

    assert _files_with(engine, CANARY) == []


@pytest.mark.parametrize(
    "name", ["aa.journal.json", "aa.journal.unreadable", ".aa.journal.json.x7f3", "aa.journal.lock"]
)
def test_its_journal_goes_in_whatever_form_it_was_left(engine: Engine, name: str) -> None:
    folder = engine.home / "journal"
    folder.mkdir(parents=True)
    (folder / name).write_text(CANARY, encoding="utf-8")
    (folder / name.replace("aa", "aab")).write_text(OTHER, encoding="utf-8")

    engine.delete("aa")

    assert [path.name for path in folder.iterdir()] == [name.replace("aa", "aab")]


def test_deleting_all_leaves_nothing_but_what_is_under_way(engine: Engine) -> None:
    for name in ("aa", "bb"):
        _keep(engine, _session(name, CANARY))
    folder = engine.home / "journal"
    entry = journal.Entry(profiles=(), probes=(), session=_session("cc", CANARY))
    with journal.Journal(folder, entry) as book:
        book.write(entry.session)
    running = journal.Entry(profiles=(), probes=(), session=_session("dd", OTHER))
    with journal.Journal(folder, running) as book:
        book.write(running.session)

        engine.delete_all()

        assert _files_with(engine, CANARY) == []
        assert _files_with(engine, OTHER) == ["journal/dd.journal.json"]
    assert engine.archived() == ()
    assert [found.session.id for found in engine.unfinished()] == ["dd"]


def test_deleting_twice_or_what_never_was_is_no_fault(engine: Engine) -> None:
    engine.delete_all()
    engine.delete("aa")
    engine.delete("aa")
    assert engine.archived() == ()


def test_a_refusal_of_the_database_is_told(engine: Engine) -> None:
    engine.home.mkdir(parents=True)
    (engine.home / "archive.sqlite3").write_bytes(b"no database" * 100)
    with pytest.raises(StorageError, match="archive-refused"):
        engine.delete("aa")


def test_a_name_with_a_star_deletes_only_itself(engine: Engine) -> None:
    folder = engine.home / "journal"
    folder.mkdir(parents=True)
    (folder / "aa.journal.json").write_text(OTHER, encoding="utf-8")
    engine.delete("*")
    assert _files_with(engine, OTHER) == ["journal/aa.journal.json"]


def test_a_journal_that_another_program_holds_stays(engine: Engine) -> None:
    folder = engine.home / "journal"
    entry = journal.Entry(profiles=(), probes=(), session=_session("ee", OTHER))
    with journal.Journal(folder, entry) as book:
        book.write(entry.session)
    with FileLock(folder / "ee.journal.lock"):
        engine.delete_all()
    assert [found.session.id for found in engine.unfinished()] == ["ee"]
