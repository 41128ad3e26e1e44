"""The command line: documents, exit status, errors that name file, key and remedy."""

from __future__ import annotations

import json
import sys
import tomllib
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from readiness import packages
from readiness.__main__ import main as door
from readiness.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

    Run = Callable[..., tuple[int, str, str]]

ROOT = Path(__file__).parents[2]
COMPUTER = ("--only", "memory", "--only", "disk", "--only", "link")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a home of its own, without a person; returns status, out, err."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main([*arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def _report(run: Run, *arguments: str) -> dict[str, Any]:
    status, out, _ = run("check", *COMPUTER, "--json", "--format", "json", *arguments)
    assert status in (0, 1, 2)
    document: dict[str, Any] = json.loads(out)
    return document


def test_check_prints_one_json_document_with_measurements_and_findings(run: Run) -> None:
    document = _report(run)

    found = {m["metric"] for r in document["session"]["runs"] for m in r["measurements"]}
    assert "machine.memory_usable" in found
    assert document["findings"]


def test_check_writes_the_files_in_every_format(run: Run, tmp_path: Path) -> None:
    status, _, err = run("check", *COMPUTER, "--out", "reports")

    endings = sorted("".join(p.suffixes[-2:]) for p in (tmp_path / "reports").iterdir())
    assert endings == [".readiness.html", ".readiness.json", ".readiness.pdf"]
    assert status in (0, 1, 2)
    assert "Written:" in err


def test_without_a_person_and_without_naming_a_server_nothing_is_sent_or_recorded(
    run: Run,
) -> None:
    """Consent is given by naming a server or a way of prompting, never by default."""
    status, out, _ = run("check", "--json", "--format", "json")

    failures = {
        failure["metric"]: failure
        for probe in json.loads(out)["session"]["runs"]
        for failure in probe["failures"]
    }
    assert failures["line.download"]["detail"] == "no-consent"
    assert failures["voice.level"]["detail"] == "no-consent"
    assert status in (1, 2)


def test_one_session_judged_against_two_profiles_gives_different_verdicts(
    run: Run, tmp_path: Path
) -> None:
    _report(run, "--out", "r")
    (path,) = (tmp_path / "r").glob("*.readiness.json")

    _, one, _ = run("judge", str(path), "--profile", "typical-voice", "--json")
    _, other, _ = run("judge", str(path), "--profile", "chat-email", "--json")

    first, second = json.loads(one), json.loads(other)
    assert first["session"] == second["session"]
    asked = [{finding["requirement"] for finding in found["findings"]} for found in (first, second)]
    assert asked[0] != asked[1]


def test_match_names_every_shipped_profile(run: Run, tmp_path: Path) -> None:
    _report(run, "--out", "r")
    (path,) = (tmp_path / "r").glob("*.readiness.json")
    _, listed, _ = run("profile", "list", "--json")

    _, out, _ = run("match", str(path), "--json")

    matched = {match["profile"] for match in json.loads(out)["reports"][0]["matches"]}
    assert matched == {profile["id"] for profile in json.loads(listed)["profiles"]}


def test_render_writes_the_reader_s_language(run: Run, tmp_path: Path) -> None:
    _report(run, "--out", "r")
    (path,) = (tmp_path / "r").glob("*.readiness.json")

    status, _, _ = run("render", str(path), "--format", "html", "--lang", "en")

    assert status == 0
    (page,) = (tmp_path / "r").glob("*.html")
    assert 'lang="en"' in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--only", "nonsense"),
        ("check", "--profile", "no-such-profile"),
        ("check", "--answers", "missing.toml"),
        ("check", "--budget-mb", "zero"),
        ("check", "--format", "docx"),
        ("check", "--server", "http://192.0.2.7", "--method", "speedtest-cli"),
        ("check", "--method", "librespeed"),
        ("check", "--fallback", "cloudflare"),
        ("check", "--method", "cloudflare", "--fallback", "serve"),
        ("judge", "missing.readiness.json", "--profile", "typical-voice"),
        ("serve", "--listen", "nowhere"),
        ("nonsense",),
        ("check", "--lang", "tlh"),
    ],
)
def test_bad_input_ends_with_three_and_one_line(run: Run, arguments: tuple[str, ...]) -> None:
    status, out, err = run(*arguments)

    assert status == 3
    assert out == ""
    assert err.count("\n") == 1
    assert err.startswith("readiness: ")


@pytest.mark.parametrize("year", [1970, 2018, 2136])
def test_a_clock_that_makes_the_report_unreadable_is_named_before_measuring(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, year: int
) -> None:
    class Clock(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Clock:
            return cls(year, 5, 31, tzinfo=tz)

    monkeypatch.setattr("readiness.engine.datetime", Clock)

    status, _, err = run("check", *COMPUTER)

    assert status == 3
    assert f"{year}-05-31" in err
    assert list(tmp_path.glob("*.readiness.*")) == []


ANSWERS = [
    ('[answers]\nquiet_rom = "yes"\n', "answers.quiet_rom", "answers.quiet_room"),
    ('[answers]\nquiet_room = "maybe"\n', "answers.quiet_room", "yes, no"),
    ('[answers]\nwork_hours = "mon 17-9"\n', "answers.work_hours", "22:00-30:00"),
    ("[answers]\nwork_hours = 40\n", "answers.work_hours", "mon-fri"),
    ('[prompts]\nmode = "sometimes"\n', "prompts.mode", "attended, unattended"),
    ("answers = 3\n", "answers", "[answers]"),
    ("[answers\n", "bad.toml", "TOML"),
    ("[other]\n", "other", "answers"),
]


@pytest.mark.parametrize(("text", "where", "remedy"), ANSWERS, ids=[case[0] for case in ANSWERS])
def test_a_wrong_answers_file_is_refused_with_key_and_remedy(
    run: Run, tmp_path: Path, text: str, where: str, remedy: str
) -> None:
    (tmp_path / "bad.toml").write_text(text, encoding="utf-8")

    status, _, err = run("check", "--answers", "bad.toml")

    assert status == 3
    assert where in err
    assert remedy in err


@pytest.mark.parametrize(
    "data",
    [
        b"\xff\xfe[\x00",
        b"[answers]\nquiet_room = " + b"[" * 3000 + b"]" * 3000,
        b"#" * 100_000,
        b"[answers]\ndoor = " + b"9" * 6000,
        b"[prompts]\nmode = false",
        b'[answers]\n"\\u001b[31mred" = "yes"',
    ],
    ids=["utf-16", "deep", "huge", "many digits", "no mode", "escape sequence"],
)
def test_a_hostile_answers_file_is_refused(run: Run, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.toml").write_bytes(data)

    status, _, err = run("check", "--answers", "bad.toml")

    assert status == 3
    assert "bad.toml" in err
    assert err.strip().isprintable()


def test_a_pipe_is_no_answers_file(run: Run) -> None:
    """Opening it must not wait for somebody to write into it."""
    status, _, err = run("check", "--answers", "/dev/null" if Path("/dev/null").exists() else "NUL")

    assert status == 3
    assert "ordinary file" in err


def test_answers_are_declared_never_measured(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('[answers]\nquiet_room = "yes"\n', encoding="utf-8")

    document = _report(run, "--answers", "mine.toml")

    (answer,) = [
        m
        for r in document["session"]["runs"]
        for m in r["measurements"]
        if m["metric"] == "declared.quiet_room"
    ]
    assert answer["evidence"]["kind"] == "declared"
    assert answer["value"] is True


def test_probes_lists_metrics_with_unit_and_resolution(run: Run) -> None:
    _, out, _ = run("probes", "--json")

    metrics = {m["id"]: m for p in json.loads(out)["probes"] for m in p["metrics"]}
    assert metrics["line.download"]["unit"] == "Mbit/s"
    assert metrics["line.download"]["resolution"] > 0


def test_the_schema_is_json(run: Run) -> None:
    status, out, _ = run("report-schema")

    assert status == 0
    assert json.loads(out)["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize(
    "command",
    [
        "check",
        "probes",
        "devices",
        "judge",
        "match",
        "render",
        "serve",
        "kit",
        "report-schema",
        "voice",
        "sweep",
    ],
)
def test_every_subcommand_has_help_with_an_example(run: Run, command: str) -> None:
    status, out, _ = run(command, "--help")

    assert status == 0
    assert f"Example: readiness {command}" in " ".join(out.split())


def test_the_installed_command_is_the_same_door() -> None:
    """Without arguments ``readiness`` opens the window, like ``python -m readiness``."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]

    assert project["scripts"] == {"readiness": "readiness.__main__:main"}


@pytest.mark.skipif(sys.platform != "linux", reason="only there a screen may be missing")
def test_without_a_screen_the_terminal_is_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt would abort the program; one line says what to do instead."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(sys, "argv", ["readiness"])

    assert door() == 3


@pytest.mark.skipif(sys.platform != "linux", reason="only there a screen may be missing")
def test_a_screen_that_is_named_and_does_not_answer_is_none(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As after a session has ended."""
    for name in ("WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DISPLAY", ":4711")
    monkeypatch.setattr(sys, "argv", ["readiness"])

    assert door() == 3


def test_tables_fit_eighty_columns(run: Run) -> None:
    _, out, _ = run("check", *COMPUTER, "--format", "json")

    assert max(map(len, out.splitlines())) <= 80


def test_a_packaged_program_names_the_libraries_that_the_window_lacks(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Qt would abort without a word that helps."""
    lacking = [piece for piece in packages.PIECES if piece.apt == "libxcb-cursor0"]
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(packages, "missing", lambda _goal: lacking)
    monkeypatch.setattr(packages, "installer", lambda: "apt-get")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.setattr(sys, "argv", ["readiness"])

    status = door()

    said = capsys.readouterr().err
    assert status == 3
    assert "libxcb-cursor.so.0" in said
    assert "sudo apt-get install -y --no-install-recommends libxcb-cursor0" in said
