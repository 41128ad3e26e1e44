"""The journal and the archive: killed anywhere, nothing measured is lost."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import msgspec
import pytest
from filelock import FileLock

from readiness.engine import Engine, JournalFailed
from readiness.model.errors import InputError, StorageError
from readiness.model.measurement import Metric
from readiness.ports import Context, Probe, Result, measured
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.engine import Event, Plan
    from readiness.model.measurement import Session, Value

METRIC = Metric(id="test.one", title="One", unit="dB", resolution=1)
OTHER = Metric(id="test.two", title="Two", unit="dB", resolution=1)
KILLED_AFTER_A_PART = """
import os, signal, sys, threading
from dataclasses import replace
from pathlib import Path
from readiness.ports import measured
from tests.unit.test_journal import METRIC, OTHER, engine_at, plan_of, probe_named
from tests.fakes.world import WillingPerson

def die(ctx):
    ctx.keep_part([measured(ctx, METRIC, 7.0, method="test")])
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    yield

engine = engine_at(Path(sys.argv[1]))
plan = plan_of(engine, replace(probe_named("first", die), metrics=(METRIC, OTHER)))
engine.run(plan, person=WillingPerson(), listener=lambda e: None, stop=threading.Event())
"""
KILLED_IN_THE_MIDDLE = """
import os, signal, sys, threading
from pathlib import Path
from tests.unit.test_journal import engine_at, plan_of, probe_named
from tests.fakes.world import WillingPerson

def die(ctx):
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    yield

engine = engine_at(Path(sys.argv[1]))
plan = plan_of(engine, probe_named("first"), probe_named("second", die))
engine.run(plan, person=WillingPerson(), listener=lambda e: None, stop=threading.Event())
"""


def _value(ctx: Context) -> Iterator[Result]:
    yield measured(ctx, METRIC, 1.0, method="test")


def probe_named(name: str, run: object = _value) -> Probe:
    """A probe of one metric."""
    return Probe(
        id=name,
        version=1,
        title=name,
        metrics=(METRIC,),
        run=run,  # type: ignore[arg-type]  # a generator function
        seconds=0.1,
        limit=20,
        methods={"test": "By test."},
    )


def engine_at(home: Path) -> Engine:
    """An engine in a fake world."""
    return Engine(home=home, world=FakeWorld())


def plan_of(engine: Engine, *probes: Probe) -> Plan:
    """A plan of just these probes."""
    plan = engine.plan([engine.profile("typical-voice")], only=())
    return replace(plan, probes=probes)


def _run(engine: Engine, plan: Plan, heard: list[Event] | None = None) -> Session:
    listener = (lambda _event: None) if heard is None else heard.append
    return engine.run(plan, person=WillingPerson(), listener=listener, stop=threading.Event())


def _killed(program: str, home: Path) -> None:
    """Run a program that kills itself."""
    subprocess.run(
        [sys.executable, "-c", program, str(home)],
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        timeout=60,
    )


def test_a_program_that_was_killed_offers_to_resume(tmp_path: Path) -> None:
    """What the first probe found is there after kill -9 in the second."""
    _killed(KILLED_IN_THE_MIDDLE, tmp_path)

    (found,) = engine_at(tmp_path).unfinished()

    assert [run.probe for run in found.session.runs] == ["first"]
    assert found.entry.probes == ("first", "second")
    assert found.entry.profiles == ("typical-voice",)


def test_killed_in_a_probe_the_parts_that_it_kept_are_there_and_it_is_done_again(
    tmp_path: Path,
) -> None:
    _killed(KILLED_AFTER_A_PART, tmp_path)

    (found,) = engine_at(tmp_path).unfinished()
    (run,) = found.session.runs

    assert [(one.metric, one.value) for one in run.measurements] == [("test.one", 7.0)]
    assert [one.metric for one in run.failures] == ["test.two"]
    assert run.stopped


def test_a_session_that_another_program_runs_is_not_offered(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    session = _run(engine, plan_of(engine, probe_named("first")))
    (path,) = (tmp_path / "journal").glob("*.journal.json")

    with FileLock(path.with_suffix(".lock")):
        assert engine.unfinished() == ()
    assert [found.session for found in engine.unfinished()] == [session]


def test_a_kept_session_is_no_longer_unfinished_but_in_the_archive(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    session = _run(engine, plan_of(engine, probe_named("first")))
    report = engine.judge(session, engine.profile("typical-voice"))

    engine.keep(session, [report])

    assert engine.unfinished() == ()
    (entry,) = engine.archived()
    assert entry.judged == {"typical-voice": report.overall}
    assert engine.archived_session(entry.id) == session


def test_keeping_again_replaces(tmp_path: Path) -> None:
    """A check that is done again after saving stays one entry."""
    engine = engine_at(tmp_path)
    plan = plan_of(engine, probe_named("first"))
    session = _run(engine, plan)
    engine.keep(session)

    again = engine.run(
        plan,
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        session=session,
    )
    engine.keep(again)

    (entry,) = engine.archived()
    assert [run.attempt for run in engine.archived_session(entry.id).runs] == [1, 2]


def test_a_full_disk_does_not_end_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The measurement stays in memory, the listener is told, no half file is left."""
    engine = engine_at(tmp_path)
    plan = plan_of(engine, probe_named("first"))
    heard: list[Event] = []

    def full(_handle: int) -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    session = _run(engine, plan, heard)

    assert len(session.runs) == 1
    assert any(isinstance(event, JournalFailed) for event in heard)
    assert not list((tmp_path / "journal").glob("*.journal.json*"))


@pytest.mark.parametrize(
    "data",
    [b'{"profiles": ["typical-voi', b"\xff\xfe", b"[" * 100_000, b" " * 5 * 1024 * 1024],
    ids=["half", "not text", "deep", "huge"],
)
def test_a_damaged_journal_is_set_aside(tmp_path: Path, data: bytes) -> None:
    engine = engine_at(tmp_path)
    folder = tmp_path / "journal"
    folder.mkdir()
    (folder / "half.journal.json").write_bytes(data)

    assert engine.unfinished() == ()
    assert [path.name for path in folder.glob("*.unreadable")] == ["half.journal.unreadable"]


def test_an_archive_that_is_no_database_says_so(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    (tmp_path / "archive.sqlite3").write_bytes(b"not a database at all" * 100)

    with pytest.raises(StorageError) as caught:
        engine.archived()

    assert caught.value.reference == "archive-refused"


@pytest.mark.parametrize(
    "spoil",
    [
        "update session set content = '{\"id\": '",
        "update session set started = 'yesterday'",
        "update judged set overall = 'splendid'",
    ],
)
def test_a_row_that_was_spoiled_is_a_refusal_with_a_remedy(tmp_path: Path, spoil: str) -> None:
    engine = engine_at(tmp_path)
    session = _run(engine, plan_of(engine, probe_named("first")))
    engine.keep(session, [engine.judge(session, engine.profile("typical-voice"))])
    with contextlib.closing(sqlite3.connect(tmp_path / "archive.sqlite3")) as database:
        database.execute(spoil)
        database.commit()

    with pytest.raises(StorageError) as caught:
        engine.archived_session(engine.archived()[0].id)

    assert caught.value.reference == "archive-refused"
    assert caught.value.hint


def test_a_session_that_was_never_archived_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        engine_at(tmp_path).archived_session("feed")

    assert "feed" in str(caught.value)


def test_two_programs_can_keep_at_once(tmp_path: Path) -> None:
    engines = [engine_at(tmp_path) for _ in range(2)]
    sessions = [_run(engine, plan_of(engine, probe_named("first"))) for engine in engines]
    threads = [
        threading.Thread(target=engine.keep, args=(session,))
        for engine, session in zip(engines, sessions, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert {session.id for session in sessions} == {entry.id for entry in engines[0].archived()}


def test_what_is_resumed_is_only_what_is_missing(tmp_path: Path) -> None:
    """Probes that were through are not measured again."""
    engine = engine_at(tmp_path)
    plan = engine.plan([engine.profile("typical-voice")], only=["memory", "disk"])
    session = _run(engine, replace(plan, probes=plan.probes[:1]))
    (found,) = engine.unfinished()
    entry = msgspec.structs.replace(found.entry, probes=("memory", "disk"))

    left = engine.resume_plan(replace(found, entry=entry))

    assert [run.probe for run in session.runs] == ["memory"]
    assert [probe.id for probe in left.probes] == ["disk"]


ANSWERED_AND_KILLED = """
import os, signal, sys, threading
from pathlib import Path
from tests.unit.test_journal import engine_at, plan_of, probe_named
from tests.fakes.world import WillingPerson

engine = engine_at(Path(sys.argv[1]))
plan = plan_of(engine, probe_named("first"))
session = engine.run(plan, person=WillingPerson(), listener=lambda e: None, stop=threading.Event())
engine.keep_answers(session, plan, {"quiet_room": True})
engine.keep_answers(session, plan, {"quiet_room": True, "work_hours": "mon 09:00-17:00"})
os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
"""


def test_answers_survive_a_killed_program(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-c", ANSWERED_AND_KILLED, str(tmp_path)],
        check=False,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONPATH": "."},
        timeout=60,
    )
    engine = engine_at(tmp_path)
    (found,) = engine.unfinished()

    said = engine.resumed_answers(found, engine.resume_plan(found))

    assert said == {"quiet_room": True, "work_hours": "mon 09:00-17:00"}


def test_what_is_no_answer_is_not_brought_back(tmp_path: Path) -> None:
    """The journal may come from another version, or from somebody who edited it."""
    engine = engine_at(tmp_path)
    plan = plan_of(engine, probe_named("first"))
    odd: dict[str, Value] = {
        "work_hours": "always",
        "quiet_room": "maybe",
        "door": "closes",
        "shoe_size": 43,
    }
    engine.keep_answers(engine.begin(), plan, odd)
    (found,) = engine.unfinished()

    assert engine.resumed_answers(found, plan) == {"door": "closes"}


def test_answers_stay_while_the_rest_is_measured(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    plan = plan_of(engine, probe_named("first"))
    session = engine.begin()
    engine.keep_answers(session, plan, {"door": "closes"})

    engine.run(
        plan,
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        session=session,
    )

    (found,) = engine.unfinished()
    assert [run.probe for run in found.session.runs] == ["first"]
    assert found.entry.answers == {"door": "closes"}


def test_a_refused_journal_of_answers_is_named(tmp_path: Path) -> None:
    engine = engine_at(tmp_path)
    (tmp_path / "journal").write_text("in the way", encoding="utf-8")

    with pytest.raises(StorageError, match="cannot-write"):
        engine.keep_answers(engine.begin(), plan_of(engine, probe_named("first")), {})


def test_a_second_check_does_not_measure_while_the_first_does(tmp_path: Path) -> None:
    """Both would share the line and the processor, and neither figure would be true."""
    refused: list[str] = []

    def start_another(ctx: Context) -> Iterator[Result]:
        other = engine_at(tmp_path)
        with pytest.raises(InputError) as found:
            _run(other, plan_of(other, probe_named("other")))
        refused.append(found.value.reference)
        yield measured(ctx, METRIC, 1.0, method="test")

    engine = engine_at(tmp_path)
    session = _run(engine, plan_of(engine, probe_named("first", start_another)))

    assert refused == ["check-running"]
    assert session.latest()["test.one"].value == 1.0  # type: ignore[union-attr]
