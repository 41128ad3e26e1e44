"""``--self-test`` finds what is there, names what is missing, needs nothing of the system."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from readiness.cli import self_test_steps
from readiness.cli.self_test import main, run_steps
from readiness.cli.self_test_steps import STEPS, NotWhole, Place
from readiness.engine import Engine
from readiness.locale import languages

if TYPE_CHECKING:
    from readiness.cli.self_test_steps import Fact

ROOT = Path(__file__).resolve().parents[2]
CHEAP = {"program", "probes", "profiles", "words", "judging", "archive", "invitation"}
"""Steps that start no process and import nothing that the other tests do not."""


def _no_window(_home: Path, *, on_screen: bool) -> dict[str, Fact]:
    return {"pages": [], "languages": [], "pictures": 0, "fonts": 0, "seen": on_screen}


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(folder=tmp_path, engine=Engine(tmp_path / "home"), show_window=_no_window)


@pytest.fixture
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    steps = tuple(step for step in STEPS if step.id in CHEAP)
    monkeypatch.setattr("readiness.cli.self_test.STEPS", steps)


def _document(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(capsys.readouterr().out)
    return document


@pytest.mark.timeout(300)
def test_the_whole_program_passes_without_streams_network_or_screen(tmp_path: Path) -> None:
    """As a windowed program is started on Windows: sys.stdout is None there."""
    file = tmp_path / "found.json"
    code = (
        "import sys; sys.stdout = sys.stderr = sys.stdin = None;"
        "from readiness.__main__ import main;"
        f"sys.argv = ['readiness', '--self-test', '--out', {str(file)!r}];"
        "sys.exit(main())"
    )
    bare = {
        name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH"}
    }
    home = tmp_path / "home"
    home.mkdir()
    bare |= {"HOME": str(home), "LANG": "C"}

    done = subprocess.run(
        [sys.executable, "-c", code], env=bare, cwd=ROOT, check=False, capture_output=True
    )

    found = json.loads(file.read_text(encoding="utf-8"))
    assert [step["fault"] for step in found["steps"]] == [""] * len(STEPS)
    assert found["whole"]
    assert done.returncode == 0
    facts = {step["id"]: step["facts"] for step in found["steps"]}
    assert facts["window"]["platform"] == "offscreen"
    assert facts["window"]["languages"] == list(languages())
    assert facts["reports"]["forms"] == ["json", "html", "pdf"]
    assert not list(home.rglob("*readiness*")), "something was left in the person's folder"


@pytest.mark.usefixtures("cheap")
def test_a_part_that_fails_is_named_and_keeps_no_other_from_being_tested(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(_place: Place) -> dict[str, Fact]:
        raise NotWhole("no such list")

    steps = self_test_steps.STEPS
    mended = tuple(
        replace(step, work=broken) if step.id == "profiles" else step
        for step in steps
        if step.id in CHEAP
    )
    monkeypatch.setattr("readiness.cli.self_test.STEPS", mended)

    status = main(["--json"], _no_window)

    found = {step["id"]: step["fault"] for step in _document(capsys)["steps"]}
    assert status == 4
    assert found.pop("profiles") == "NotWhole: no such list"
    assert set(found.values()) == {""}


def test_a_voice_is_measured_with_the_libraries_that_filter_sound(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are loaded when they are used; a package may lack them and still begin."""
    monkeypatch.setitem(sys.modules, "scipy.signal", None)
    sound = next(step for step in STEPS if step.id == "sound")

    (done,) = run_steps([sound], place)

    assert "scipy.signal" in done.fault


def test_a_fault_names_nobody(place: Place) -> None:
    """Its message may hold a path, and a person may send it to somebody."""

    def broken(_place: Place) -> dict[str, Fact]:
        raise FileNotFoundError(2, "No such file", str(Path.home() / "thing"))

    (done,) = run_steps([replace(STEPS[0], work=broken)], place)

    assert "FileNotFoundError" in done.fault
    assert str(Path.home()) not in done.fault


@pytest.mark.usefixtures("cheap")
def test_it_says_in_the_reader_s_language_what_it_found(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status = main(["--lang", "en"], _no_window)

    said = capsys.readouterr().out
    assert status == 0
    assert "Languages: en, de, es" in said
    assert "This installation is whole." in said


@pytest.mark.usefixtures("cheap")
def test_nothing_of_it_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))

    main(["--json"], _no_window)

    assert not list(tmp_path.iterdir())


def test_a_good_office_that_is_judged_otherwise_is_a_fault(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A package in which data and code do not belong together."""
    monkeypatch.setattr(self_test_steps, "GOOD_SAMPLE", "old-laptop")
    step = next(step for step in STEPS if step.id == "judging")

    (done,) = run_steps([step], place)

    assert "good home office" in done.fault


def test_the_window_is_asked_for_as_the_person_wishes(place: Place) -> None:
    step = next(step for step in STEPS if step.id == "window")

    (done,) = run_steps([step], replace(place, on_screen=True))

    assert done.facts["seen"] is True


@pytest.mark.parametrize("arguments", [["--nonsense"], ["--out"]])
def test_bad_arguments_are_refused_in_one_line(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    status = main(arguments, _no_window)

    said = capsys.readouterr().err
    assert status == 3
    assert said.count("\n") == 1
