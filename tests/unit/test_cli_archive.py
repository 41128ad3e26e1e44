"""``review --archive`` and ``archive``: keeping, listing, deciding, deleting, in a terminal."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

import pytest

from readiness.cli import main
from readiness.trust.ledger import Ledger
from tests.fakes.heap import pdf_with, zipped
from tests.fakes.trust import PROFILE, answer, invitation, session

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

INVITED, OTHER = invitation(), invitation()
ANSWER = answer(INVITED)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a folder with two answers; returns status, out, err."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.toml").write_bytes(PROFILE)
    (tmp_path / "heap").mkdir()
    (tmp_path / "heap" / "ada.json").write_bytes(ANSWER)
    less = answer(OTHER, runs=session(OTHER).runs[:1])
    (tmp_path / "heap" / "ben.zip").write_bytes(zipped({"ben.json": less}))

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main([*arguments, "--lang", "en"])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def reports(run: Run, *arguments: str) -> list[dict[str, Any]]:
    _, out, _ = run("review", *arguments, "--archive", "default", "--json")
    found: list[dict[str, Any]] = json.loads(out)["reports"]
    return found


def key(run: Run, name: str) -> str:
    """The key of a report that is kept."""
    return str({one["report"]: one["archived"]["report"] for one in reports(run)}[name])


@pytest.fixture
def ada(run: Run) -> str:
    """Both answers are taken in; the key of Ada's."""
    run("review", "heap", "--archive", "default")
    return key(run, "heap/ada.json")


def test_what_is_taken_in_is_listed_without_the_files(run: Run, tmp_path: Path) -> None:
    status, *_ = run("review", "heap", "--archive", "team.sqlite3", "--profile", "acme.toml")
    (tmp_path / "heap" / "ada.json").unlink()

    again, out, _ = run("review", "--archive", "team.sqlite3", "--profile", "acme.toml", "--json")

    found = json.loads(out)["reports"]
    assert [(one["report"], one["overall"]) for one in found] == [
        ("heap/ada.json", "ready"),
        ("heap/ben.zip: ben.json", "open"),
    ]
    assert (status, again) == (2, 2)


def test_without_an_archive_nothing_is_kept(run: Run, tmp_path: Path) -> None:
    run("review", "heap")

    assert not (tmp_path / "home" / "desk.sqlite3").exists()


def test_the_same_report_as_a_pdf_is_not_kept_a_second_time(
    run: Run, ada: str, tmp_path: Path
) -> None:
    (tmp_path / "mail").mkdir()
    (tmp_path / "mail" / "ada.pdf").write_bytes(pdf_with(ANSWER))

    (taken,) = reports(run, "mail")

    assert taken["archived"]["report"] == ada
    assert len(reports(run)) == 2


def test_a_decision_and_a_note_stand_at_the_report(run: Run, ada: str) -> None:
    said = ("--decision", "reject", "--reason", "no headset", "--note", "asked twice")
    status, out, _ = run("archive", "note", ada[:8], *said, "--who", "Eve")
    assert status == 0
    assert "no headset" in out

    (row,) = (one for one in reports(run) if one["archived"]["version"])
    _, table, _ = run("review", "--archive", "default")

    kept = row["archived"]
    assert (kept["decision"], kept["reason"], kept["who"]) == ("reject", "no headset", "Eve")
    assert "Decision: reject; no headset; asked twice; Eve" in " ".join(table.split())
    assert ada[:10] in table


def test_what_is_not_given_stays_and_what_stood_before_is_told(run: Run, ada: str) -> None:
    run("archive", "note", ada, "--note", "first", "--who", "Eve")
    run("archive", "note", ada, "--decision", "invite", "--who", "Max")

    _, out, _ = run("archive", "note", ada, "--json")

    newest, oldest = json.loads(out)["versions"]
    assert (newest["version"], newest["note"], newest["decision"]) == (2, "first", "invite")
    assert (newest["who"], oldest["who"], oldest["decision"]) == ("Max", "Eve", "none")


def test_a_note_can_come_from_standard_input(
    run: Run, ada: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("line one\nline two\n"))

    _, out, _ = run("archive", "note", ada, "--note", "-", "--json")

    assert json.loads(out)["versions"][0]["note"] == "line one\nline two"


def test_a_note_on_an_old_version_is_refused_with_what_stands(run: Run, ada: str) -> None:
    run("archive", "note", ada, "--note", "from Eve", "--on", "0")

    status, out, err = run("archive", "note", ada, "--note", "from Max", "--on", "0")

    assert (status, out) == (3, "")
    assert "from Eve" in err
    assert "[remark-changed-meanwhile]" in err


def test_decisions_can_be_sorted_and_filtered_by(run: Run, ada: str) -> None:
    run("archive", "note", ada, "--decision", "invite")

    invited = reports(run, "--where", "decision=invite")
    in_order = reports(run, "--sort=-decision")

    assert [one["report"] for one in invited] == ["heap/ada.json"]
    assert [one["archived"]["decision"] for one in in_order] == ["none", "invite"]


def test_the_table_for_spreadsheets_has_them_and_no_formula(
    run: Run, ada: str, tmp_path: Path
) -> None:
    run("archive", "note", ada, "--decision", "invite", "--note", "=1+1", "--who", "@eve")
    run("review", "--archive", "default", "--csv", "table.csv")

    head, *rows = csv.reader((tmp_path / "table.csv").read_text("utf-8-sig").splitlines())
    row = dict(zip(head, rows[0], strict=True))
    assert (row["Decision"], row["Note"], row["Written by"]) == ("invite", "'=1+1", "'@eve")
    assert {len(one) for one in rows} == {len(head)}


def test_an_answer_that_came_in_time_stays_in_time(run: Run, ada: str, tmp_path: Path) -> None:
    """The invitation ended in March 2026; what counts is the day on which it was taken in."""
    Ledger(tmp_path / "sent.ledger").issue([INVITED, OTHER])

    late = reports(run, "--ledger", "sent.ledger")
    in_time = reports(run, "--ledger", "sent.ledger", "--received", "2026-03-04")

    assert ada
    assert {one["answers"] for one in late} == {"expired"}
    assert {one["answers"] for one in in_time} == {"yes"}


def test_a_report_is_deleted_only_after_a_yes(run: Run, ada: str) -> None:
    status, _, err = run("archive", "delete", ada)
    assert (status, len(reports(run))) == (3, 2)
    assert "[delete-not-confirmed]" in err

    status, out, _ = run("archive", "delete", ada[:12], "--yes")

    assert (status, out.strip()) == (0, "1 report was deleted.")
    assert [one["report"] for one in reports(run)] == ["heap/ben.zip: ben.json"]


def test_how_long_reports_are_kept_is_told_and_changed(run: Run) -> None:
    assert "until somebody deletes" in run("archive", "keep")[1]
    assert "180 days" in run("archive", "keep", "180")[1]
    assert json.loads(run("archive", "keep", "--json")[1]) == {"keep_days": 180}
    assert "until somebody deletes" in run("archive", "keep", "never")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("review",), "Name a PATH"),
        (("review", "heap", "--archive", ""), "name a file or an address"),
        (("review", "--archive", "typo.sqlite3"), "[no-archive]"),
        (
            ("review", "heap", "--archive", "mysql://eve:s3cret@db.example/x"),
            "[archive-address-unknown]",
        ),
        (("review", "heap", "--archive", "acme.toml"), "[archive-spoiled]"),
        (("archive", "note", "ffff", "--note", "x"), "[archive-no-such-report]"),
        (("archive", "note", "", "--note", "x"), "[archive-no-such-report]"),
        (("archive", "keep", "soon"), "DAYS"),
        (("archive", "keep", "0"), "[archive-days-impossible]"),
        (("archive", "keep", "99999999999999999999"), "[archive-days-impossible]"),
        (("archive", "delete"), "Name a REPORT"),
    ],
)
def test_what_cannot_be_done_is_said(run: Run, arguments: tuple[str, ...], said: str) -> None:
    status, out, err = run(*arguments)

    assert status in (3, 4)
    assert said in err
    assert "s3cret" not in out + err


def test_an_archive_that_holds_nothing_is_listed_with_a_word(run: Run) -> None:
    status, _, err = run("review", "--archive", "default")

    assert status == 0
    assert "Nothing is kept in this archive yet." in err
