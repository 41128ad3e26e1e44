"""The command line when it is stopped, cut off from its streams, or has no place to write."""

from __future__ import annotations

import io
import json
import os
import re
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from readiness.cli import check as check_module
from readiness.cli import main
from readiness.cli.console import TerminalProgress
from readiness.cli.guided import AbsentPerson, TerminalPerson
from readiness.cli.person import ask_questions
from readiness.engine import Engine
from readiness.locale import Reader
from readiness.model.week import parse_week
from readiness.ports import Prompt
from readiness.profiles import all_questions, load_profile
from tests.fakes.engine import FakeEngine

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[2]
MEMORY = ("check", "--only", "memory", "--format", "json")


class StoppedEngine(FakeEngine):
    """An engine whose person presses Ctrl+C while the disk is looked at."""

    def _wait(self, ctx: object) -> None:
        if self.played[-1] == "disk":
            signal.raise_signal(signal.SIGINT)
            self.played.append("stopped")
            while True:
                super()._wait(ctx)  # type: ignore[arg-type]  # ends by Stop


def _use(engine: FakeEngine, monkeypatch: pytest.MonkeyPatch) -> FakeEngine:
    monkeypatch.setattr(check_module, "make_engine", lambda: engine)
    return engine


def _check(tmp_path: Path, *arguments: str) -> int:
    return main(["check", "--format", "json", "--out", str(tmp_path / "out"), *arguments])


def _probes(tmp_path: Path) -> list[list[str]]:
    """The probes of each report that was written, oldest first."""
    from readiness.report.files import read_report

    paths = sorted((tmp_path / "out").iterdir(), key=lambda path: path.stat().st_mtime_ns)
    return [[run.probe for run in read_report(path).session.runs] for path in paths]


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_what_was_stopped_by_ctrl_c_can_be_resumed(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = ("--only", "memory", "--only", "disk", "--only", "link")
    _use(StoppedEngine(home), monkeypatch)
    _check(tmp_path, *three)

    engine = _use(FakeEngine(home), monkeypatch)
    status = _check(tmp_path, "--resume")

    assert status in (0, 1, 2)
    assert engine.played == ["disk", "link"]
    assert _probes(tmp_path) == [["memory", "disk"], ["memory", "disk", "disk", "link"]]
    assert engine.unfinished() == ()


def test_after_stop_nothing_more_is_asked(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []

    def ask(*met: object) -> dict[str, object]:
        asked.append(met)
        return {}

    _use(StoppedEngine(home), monkeypatch)
    monkeypatch.setattr(check_module, "interactive", lambda: True)
    monkeypatch.setattr(check_module, "ask_consent", lambda plan, _: plan.choices)
    monkeypatch.setattr(check_module, "ask_questions", ask)

    _check(tmp_path, "--only", "disk")

    assert asked == []


def test_ctrl_c_at_a_question_says_that_the_check_can_be_resumed(
    home: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    engine = _use(FakeEngine(home), monkeypatch)
    monkeypatch.setattr(check_module, "interactive", lambda: True)
    monkeypatch.setattr(check_module, "ask_questions", interrupt)

    status = _check(tmp_path, "--only", "disk")

    assert status == 2
    assert "--resume" in capsys.readouterr().err
    assert len(engine.unfinished()) == 1


def test_the_end_of_input_leaves_the_other_questions_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))

    questions = load_profile("typical-voice").questions

    said = ask_questions(questions, {"door": "closes"}, Reader("en"), lambda _answers: None)

    assert said == {"door": "closes"}


def test_each_answer_at_a_terminal_is_kept_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    questions = load_profile("corded-phone").questions
    kept: list[dict[str, object]] = []
    monkeypatch.setattr(sys, "stdin", io.StringIO("yes\n\n"))

    ask_questions(questions, {}, Reader("en"), lambda answers: kept.append(dict(answers)))

    assert kept == [{"landline": True}]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "mon-fri 9-17\n"), ("de", "mo.-fr. 9-17\n"), ("de", "nonsense\nmo-fr 9-17\n")],
)
def test_hours_of_a_week_are_typed_in_the_readers_days(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    said: str,
) -> None:
    question = all_questions()["work_hours"]
    monkeypatch.setattr(sys, "stdin", io.StringIO(said))

    answers = ask_questions((question,), {}, Reader(language), lambda _answers: None)

    assert answers == {"work_hours": parse_week("mon-fri 9-17").text()}
    assert "40" in capsys.readouterr().err


OWN_QUESTION = """

[[question]]
id = "own_van"
kind = "yes_no"
title = { en = "Own van" }
text = { en = "Do you own a van?" }

[[requirement]]
id = "van"
level = "must"
area = "line"
title = { en = "A van" }
question = "own_van"
accept = "yes"
source = "own"
"""


def test_the_answers_to_a_profiles_own_questions_can_be_given_on_resuming(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = (ROOT / "tests" / "fixtures" / "profiles" / "good.toml").read_text(encoding="utf-8")
    (tmp_path / "van.toml").write_text(good + OWN_QUESTION, encoding="utf-8")
    (tmp_path / "answers.toml").write_text('[answers]\nown_van = "yes"\n', encoding="utf-8")
    _use(StoppedEngine(home), monkeypatch)
    _check(tmp_path, "--profile", str(tmp_path / "van.toml"), "--only", "disk")

    _use(FakeEngine(home), monkeypatch)
    status = _check(tmp_path, "--resume", "--answers", str(tmp_path / "answers.toml"))

    assert status in (0, 1, 2)
    assert _probes(tmp_path)[-1] == ["disk", "disk", "questions"]


def _run(arguments: Sequence[str], **more: Any) -> subprocess.CompletedProcess[bytes]:  # noqa: ANN401 - what subprocess takes
    return subprocess.run(
        [sys.executable, "-m", "readiness", *arguments],
        cwd=ROOT,
        timeout=60,
        check=False,
        **more,
    )


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "READINESS_HOME": str(home)}


def test_a_reader_that_leaves_changes_neither_report_nor_status(tmp_path: Path) -> None:
    """As in ``readiness check | head -1``."""
    reading, writing = os.pipe()
    os.close(reading)

    with os.fdopen(writing, "wb") as nobody:
        ended = _run(
            [*MEMORY, "--out", str(tmp_path / "out")],
            env=_environment(tmp_path),
            stdout=nobody,
            stderr=nobody,
        )

    assert ended.returncode == 2
    assert len(list((tmp_path / "out").iterdir())) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a full device")
def test_a_full_disk_behind_standard_output_is_a_fault_and_is_named(tmp_path: Path) -> None:
    with Path("/dev/full").open("wb") as full:
        ended = _run(
            ["report-schema"], env=_environment(tmp_path), stdout=full, stderr=subprocess.PIPE
        )

    assert ended.returncode == 4
    assert b"[cannot-write]" in ended.stderr


def test_json_stays_whole_where_the_terminal_has_no_utf_8(tmp_path: Path) -> None:
    environment = {**_environment(tmp_path), "PYTHONIOENCODING": "ascii"}

    ended = _run(["profile", "list", "--json"], env=environment, stdout=subprocess.PIPE)

    titles = {one["id"]: one["title"] for one in json.loads(ended.stdout)["profiles"]}
    assert titles["typical-voice"]["de"] == "Telefonie, üblich"


def test_without_a_home_the_check_goes_on_and_says_what_could_not_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "file"))

    status = main([*MEMORY, "--out", str(tmp_path / "out")])

    assert status == 4
    assert len(list((tmp_path / "out").iterdir())) == 1
    assert "[cannot-write]" in capsys.readouterr().err


def test_resuming_takes_no_other_plan(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It would be ignored in silence."""
    assert main(["check", "--resume", "--profile", "strict-voice"]) == 3
    assert "--resume" in capsys.readouterr().err
    assert not (home / "journal").exists()


def test_a_guided_step_is_skipped_where_input_has_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody said that they are ready, so nothing is recorded."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    reader = Reader("en")
    somebody = TerminalPerson(reader, TerminalProgress(reader, shown=False), threading.Event())

    assert not somebody.ready(Prompt.STAY_SILENT, seconds=4, values={"device": "Example"})


def test_matching_what_was_never_measured_is_open(home: Path, tmp_path: Path) -> None:
    nothing = Engine(home).begin()
    report = Engine(home).judge(nothing, load_profile("typical-voice"))
    (path,) = Engine(home).save(report, None, tmp_path, formats=("json",), language="en")

    assert main(["match", str(path)]) == 2


def test_an_old_terminal_gets_plain_signs(tmp_path: Path) -> None:
    """Code page 1252, as in a redirected Windows console: no question mark for a space."""
    ended = _run(
        ["check", "--only", "memory", "--format", "json", "--out", str(tmp_path), "--lang", "en"],
        env={**_environment(tmp_path), "PYTHONIOENCODING": "cp1252"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )

    shown = ended.stdout.decode("cp1252")
    assert "at least 10 Mbit/s" in shown
    assert re.search(r"^\+ +Memory", shown, re.MULTILINE)


def test_a_check_that_was_cut_off_can_be_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one whose profile is gone, which could never be resumed."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    engine = Engine(home=tmp_path / "home")
    plan = engine.plan([engine.profile("typical-voice")], only=["disk"], references=["gone.toml"])
    engine.run(plan, person=AbsentPerson(), listener=lambda _event: None, stop=threading.Event())
    assert main(["check", "--resume"]) == 3

    main(["check", "--only", "memory", "--format", "json", "--discard"])

    assert engine.unfinished() == ()


def test_a_profile_from_a_file_is_found_again_from_another_folder(tmp_path: Path) -> None:
    engine = Engine(home=tmp_path)

    plan = engine.plan([engine.profile("typical-voice")], references=["mine.toml"])

    assert [str(Path.cwd() / "mine.toml")] == list(plan.references)
