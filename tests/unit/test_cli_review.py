"""``review``: the table, the refused files with their reasons, the set, and the exit status."""

from __future__ import annotations

import csv
import json
import zipfile
from typing import TYPE_CHECKING, Any

import pytest

from readiness.cli import main
from readiness.trust.ledger import Ledger
from tests.fakes.computers import facts, hours_before
from tests.fakes.heap import zipped
from tests.fakes.trust import PROFILE, answer, invitation, session
from tests.hostile.attacks import set_in

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    Run = Callable[..., tuple[int, str, str]]

INVITED, OTHER = invitation(), invitation()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command in a folder with two answers; returns status, out, err."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.toml").write_bytes(PROFILE)
    (tmp_path / "heap").mkdir()
    (tmp_path / "heap" / "ada.readiness.json").write_bytes(answer(INVITED))
    less = answer(OTHER, runs=session(OTHER).runs[:1])
    (tmp_path / "heap" / "ben.zip").write_bytes(zipped({"ben.json": less}))

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(["review", *arguments, "--lang", "en"])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def document(run: Run, *arguments: str) -> tuple[int, dict[str, Any]]:
    status, out, _ = run("heap", "--profile", "acme.toml", "--json", *arguments)
    found: dict[str, Any] = json.loads(out)
    return status, found


def test_each_report_has_a_row_with_its_verdict(run: Run) -> None:
    status, found = document(run)

    assert [(one["report"], one["overall"]) for one in found["reports"]] == [
        ("heap/ada.readiness.json", "ready"),
        ("heap/ben.zip: ben.json", "open"),
    ]
    assert status == 2


def test_the_table_fits_eighty_columns_and_says_what_is_missing(run: Run) -> None:
    status, out, err = run("heap", "--profile", "acme.toml", "--metric", "line.upload")

    assert max(map(len, out.splitlines())) <= 80
    assert "ada.readiness.json" in out
    assert "cannot be proven" in out
    assert (status, err) == (2, "")


def test_nothing_is_ever_called_genuine(run: Run) -> None:
    _, out, _ = run("heap", "--profile", "acme.toml")

    assert not any(word in out.lower() for word in ("authentic", "genuine", "verified", "trusted"))


def test_a_bad_file_is_named_with_its_reason_with_status_three(run: Run, tmp_path: Path) -> None:
    (tmp_path / "heap" / "half.json").write_bytes(answer(INVITED)[:400])

    status, out, err = run("heap", "--profile", "acme.toml")

    assert status == 3
    assert "heap/half.json" in err
    assert "[report-not-json]" in err
    assert "ada.readiness.json" in out


def test_of_many_bad_files_some_are_named_and_the_rest_is_counted(run: Run, tmp_path: Path) -> None:
    for number in range(25):
        (tmp_path / "heap" / f"{number:02}.json").write_bytes(b"{")

    _, _, err = run("heap", "--profile", "acme.toml")

    assert err.count("[report-not-json]") == 10
    assert "15 more files" in err


def test_what_is_set_aside_changes_no_status(run: Run, tmp_path: Path) -> None:
    (tmp_path / "heap" / "ada.readiness.html").write_bytes(b"<p>")
    (tmp_path / "heap" / "copy.json").write_bytes(answer(INVITED))

    status, found = document(run)

    assert status == 2
    assert {one["reference"] for one in found["set_aside"]} == {
        "report-for-reading",
        "report-twice",
    }
    assert found["refused"] == []


def test_with_the_ledger_the_second_statement_is_made_and_nothing_is_noted(
    run: Run, tmp_path: Path
) -> None:
    ledger = Ledger(tmp_path / "sent.readiness-ledger")
    ledger.issue([INVITED])
    before = ledger.path.read_bytes()

    received = ("--received", "2026-03-04")
    status, found = document(run, "--ledger", "sent.readiness-ledger", *received)

    assert [one["answers"] for one in found["reports"]] == ["yes", "no"]
    assert status == 1
    assert ledger.path.read_bytes() == before


def test_conditions_and_sorting(run: Run) -> None:
    _, found = document(run, "--where", "verdict=open", "--sort=-line.upload")

    assert [one["report"] for one in found["reports"]] == ["heap/ben.zip: ben.json"]
    assert found["set"]["reports"] == 1


def test_no_row_left_is_said(run: Run) -> None:
    status, out, _ = run("heap", "--profile", "acme.toml", "--where", "line.upload>1000")

    assert "No report meets these conditions." in out
    assert status == 0


def test_the_table_is_written_for_spreadsheets(run: Run, tmp_path: Path) -> None:
    run("heap", "--profile", "acme.toml", "--metric", "line.upload", "--csv", "table.csv")

    data = (tmp_path / "table.csv").read_bytes()
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert data.startswith(b"\xef\xbb\xbf")
    assert [row[0] for row in rows[1:]] == ["heap/ada.readiness.json", "heap/ben.zip: ben.json"]


def test_many_rows_are_cut_and_said_so(run: Run) -> None:
    _, out, _ = run("heap", "--profile", "acme.toml", "--rows", "1")

    assert "1 more row" in out
    assert "ben.json" not in out


def test_the_spread_of_a_chosen_metric_comes_with_what_is_asked(run: Run) -> None:
    _, found = document(run, "--metric", "line.upload")

    (spread,) = found["set"]["lists"][0]["spreads"]
    assert (spread["metric"], spread["threshold"], spread["known"]) == ("line.upload", 5, 2)


@pytest.mark.parametrize(
    ("arguments", "reference"),
    [
        (("heap", "--where", "colour=red"), "no-such-column"),
        (("heap", "--where", "verdict"), "where-invalid"),
        (("heap", "--sort", "colour"), "no-such-column"),
        (("heap", "--metric", "colour"), "no-such-metric"),
        (("home",), "no-report"),
        (("gone",), "cannot-read"),
        (("heap", "--ledger", "acme.toml"), "ledger-invalid"),
    ],
)
def test_what_cannot_be_used_is_named_with_status_three(
    run: Run, arguments: tuple[str, ...], reference: str
) -> None:
    status, _, err = run(*arguments)

    assert status == 3
    assert f"[{reference}]" in err


def test_a_name_with_markup_is_shown_as_it_is(run: Run, tmp_path: Path) -> None:
    (tmp_path / "heap" / "[red]x[-red].json").write_bytes(answer(INVITED))

    _, out, _ = run("heap", "--profile", "acme.toml")

    assert "[red]x[-red].json" in out.replace("\n", "")


def test_a_workbook_is_written_beside_the_table(run: Run, tmp_path: Path) -> None:
    status, _, err = run("heap", "--profile", "acme.toml", "--xlsx", "t.xlsx", "--csv", "t.csv")

    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        assert b"heap/ada.readiness.json" in book.read("xl/worksheets/sheet1.xml")
    assert (tmp_path / "t.csv").exists()
    assert "t.xlsx" in err
    assert status == 2


@pytest.mark.parametrize("option", ["--csv", "--xlsx"])
def test_a_file_that_is_there_is_not_written_over(run: Run, tmp_path: Path, option: str) -> None:
    (tmp_path / "mine").write_bytes(b"mine")

    status, out, err = run("heap", option, "mine")

    assert (status, out) == (3, "")
    assert "[file-exists]" in err
    assert (tmp_path / "mine").read_bytes() == b"mine"


def test_both_tables_in_one_file_are_not_written_over_each_other(run: Run, tmp_path: Path) -> None:
    status, _, err = run("heap", "--csv", "t", "--xlsx", "t")

    assert status == 3
    assert "[file-exists]" in err
    assert (tmp_path / "t").read_bytes().startswith(b"\xef\xbb\xbf")


def test_what_does_not_fit_is_named_in_the_table(run: Run, tmp_path: Path) -> None:
    """Two checks at the same time: the second begins ten seconds into the first, of 25."""
    late = set_in("session.runs.1.started", "2026-03-03T09:00:10Z")
    (tmp_path / "heap" / "cem.json").write_bytes(answer(INVITED, change=late))

    run("heap", "--profile", "acme.toml", "--csv", "table.csv")

    (cem,) = (
        line
        for line in (tmp_path / "table.csv").read_text("utf-8-sig").splitlines()
        if "cem" in line
    )
    assert cem.endswith("Does not fit together: two checks at the same time.")


def test_computers_that_seem_to_be_the_same_are_listed_and_change_no_status(
    run: Run, tmp_path: Path
) -> None:
    for name, hours in (("eva.json", 1), ("fay.json", 2)):
        begun = hours_before(hours)
        data = answer(
            invitation(),
            runs=facts(begun),
            started=begun,
        )
        (tmp_path / "heap" / name).write_bytes(data)

    status, found = document(run)
    _, out, _ = run("heap", "--profile", "acme.toml")

    assert status == 2
    assert [one["same_computer"] for one in found["reports"]] == [None, None, 1, 1]
    assert found["set"]["same_computer"] == [
        {"group": 1, "model": False, "reports": ["heap/eva.json", "heap/fay.json"]}
    ]
    assert "Group 1, seems to be the same computer: heap/eva.json, heap/fay.json" in out
    assert "a reason to ask, not to refuse" in " ".join(out.split())
