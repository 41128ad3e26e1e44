"""``profile new`` and ``profile preview``: documents, tables of 80 columns, exit status."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from readiness.cli import main
from readiness.profiles import check_profile
from readiness.report.codec import encode_report
from tests.fakes.reports import report

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in an empty folder; returns status, out, err."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main([*arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


@pytest.fixture
def reported(tmp_path: Path) -> str:
    """The name of a saved report."""
    (tmp_path / "ada.json").write_bytes(encode_report(report()))
    return "ada.json"


def test_new_profile_can_be_used(run: Run, tmp_path: Path) -> None:
    status, _, _ = run("profile", "new", "acme.toml")

    assert (0, []) == (status, check_profile(tmp_path / "acme.toml"))


def test_new_profile_is_told_as_json(run: Run) -> None:
    _, out, _ = run("profile", "new", "acme.toml", "--from", "typical-voice", "--json")

    assert {"written": "acme.toml", "id": "acme"} == json.loads(out)


def test_new_profile_never_takes_the_place_of_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "acme.toml").write_text("mine")
    status, _, err = run("profile", "new", "acme.toml")

    assert (3, "mine") == (status, (tmp_path / "acme.toml").read_text())
    assert "[file-exists]" in err


def test_new_profile_needs_a_name_by_which_it_is_found(run: Run) -> None:
    status, _, err = run("profile", "new", "acme")

    assert 3 == status
    assert "acme.toml" in err


def test_new_profile_from_one_that_is_not_known_writes_nothing(run: Run, tmp_path: Path) -> None:
    status, _, _ = run("profile", "new", "acme.toml", "--from", "nobody")

    assert (3, False) == (status, (tmp_path / "acme.toml").exists())


def test_preview_shows_the_samples_within_80_columns(run: Run) -> None:
    run("profile", "new", "acme.toml", "--from", "strict-voice")
    status, out, _ = run("profile", "preview", "acme.toml", "--lang", "de")

    assert 0 == status
    assert "Ein gutes Büro" in out
    assert max(map(len, out.splitlines())) <= 80


def test_preview_counts_reports(run: Run, reported: str) -> None:
    run("profile", "new", "acme.toml")
    _, out, _ = run("profile", "preview", "acme.toml", reported, "--lang", "en")

    assert "Of 1 report: 1 ready, 0 open, 0 not ready." in out


def test_preview_tells_what_is_different(run: Run, reported: str, tmp_path: Path) -> None:
    run("profile", "new", "acme.toml")
    strict = (tmp_path / "acme.toml").read_text(encoding="utf-8").replace("= 10,", "= 100,")
    (tmp_path / "strict.toml").write_text(strict, encoding="utf-8")
    _, out, _ = run(
        "profile", "preview", "strict.toml", reported, "--before", "acme.toml", "--json"
    )

    assert {"requirements": ["download"], "into": {"ready": 0, "not-ready": 1, "open": 0}} == {
        key: json.loads(out)["change"][key] for key in ("requirements", "into")
    }


def test_preview_goes_on_after_a_report_that_cannot_be_read(
    run: Run, reported: str, tmp_path: Path
) -> None:
    (tmp_path / "broken.json").write_text("{")
    run("profile", "new", "acme.toml")
    status, out, _ = run("profile", "preview", "acme.toml", "broken.json", reported, "--json")

    document = json.loads(out)
    assert (3, 1) == (status, document["reports"]["ready"])
    assert "broken.json" in document["unreadable"][0]


def test_preview_of_a_profile_with_faults_names_them_all(run: Run, tmp_path: Path) -> None:
    run("profile", "new", "acme.toml")
    text = (tmp_path / "acme.toml").read_text(encoding="utf-8")
    faulty = text.replace('"Mbit/s"', '"MB/s"').replace('"must"', '"most"')
    (tmp_path / "acme.toml").write_text(faulty, encoding="utf-8")
    status, out, _ = run("profile", "preview", "acme.toml")

    assert 3 == status
    assert ["[profile-wrong-unit]", "[profile-unknown-word]"] == [
        mark for mark in ("[profile-wrong-unit]", "[profile-unknown-word]") if mark in out
    ]
