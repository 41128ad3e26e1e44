"""Bad luck and ill will at the employer's pages: nothing is lost, nothing is written elsewhere."""

from __future__ import annotations

import csv
import sys
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QLabel, QLineEdit, QMessageBox

from tests.ui.employer import PASSPHRASE, Employer, keys_in, list_in, no_room_for
from tests.ui.walk import settle

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.conftest import Guide

LIMIT = "requirement-0-any_of-0-at_least"
NO_LIMITS = pytest.mark.skipif(sys.platform == "win32", reason="Windows limits the size of no file")


@pytest.fixture
def ready(guide: Guide, tmp_path: Path) -> Employer:
    """Everything is filled in but the passphrase."""
    employer = Employer(guide)
    employer.go("invite", "invite")
    state = employer.inviting
    state.choose_keys(keys_in(tmp_path / "keys").private)
    state.choose_profile(str(list_in(tmp_path)))
    employer.drained()
    employer.type("employer", "Acme Ltd")
    employer.type("folder", str(tmp_path / "out"))
    return employer


@pytest.fixture
def acme(guide: Guide, tmp_path: Path) -> Iterator[Employer]:
    """With the employer's own list open."""
    employer = Employer(guide)
    employer.go("write-requirements", "requirements")
    employer.drafting.open(list_in(tmp_path))
    employer.until(lambda: employer.drafting.trying.trial)
    yield employer
    employer.drafting.close()  # else the window asks before it is closed


def write(employer: Employer, passphrase: str = PASSPHRASE) -> None:
    employer.find(QLineEdit, "passphrase").setText(passphrase)
    employer.guide.press("write-invitations")


def table(employer: Employer, folder: Path, *names: str) -> None:
    """Invite everybody in a table of these."""
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([["mark"], *([name] for name in names)])
    employer.guide.press("invite-many")
    employer.inviting.choose_table(path)
    employer.drained()


def test_closing_in_the_middle_leaves_a_table_of_those_that_were_written(
    ready: Employer, tmp_path: Path
) -> None:
    table(ready, tmp_path, *(f"N-{number}" for number in range(400)))
    write(ready)
    ready.until(lambda: list((tmp_path / "out").glob("*.readiness-invitation")))
    ready.window.close()

    def written() -> set[str]:
        return {one.name for one in (tmp_path / "out").glob("*.readiness-invitation")}

    def told() -> set[str]:
        (index,) = (tmp_path / "out").glob("*.csv")
        rows = csv.DictReader(index.read_text(encoding="utf-8-sig").splitlines())
        return {row["file"] for row in rows}

    ready.until(lambda: told() == written())
    assert len(written()) < 400


def test_after_three_wrong_passphrases_the_right_one_writes(
    ready: Employer, tmp_path: Path
) -> None:
    for wrong in ("one", "two", "three"):
        write(ready, wrong)
        ready.until(lambda: not ready.inviting.busy)
        assert ready.fault("passphrase")
    assert not (tmp_path / "out").exists()
    write(ready)
    ready.guide.wait("issued")


def test_keys_that_vanished_are_said_where_keys_are_opened(ready: Employer, tmp_path: Path) -> None:
    assert ready.inviting.keys is not None
    ready.inviting.keys.unlink()
    write(ready)
    ready.until(lambda: ready.fault("keys"))

    assert not (tmp_path / "out").exists()


def test_a_list_that_vanished_is_said_where_lists_are_chosen(
    ready: Employer, tmp_path: Path
) -> None:
    (tmp_path / "acme.toml").unlink()
    write(ready)
    ready.until(lambda: ready.fault("profile"))

    assert not list((tmp_path / "out").glob("*.readiness-invitation"))


@NO_LIMITS
def test_a_full_disk_is_said_at_the_folder(ready: Employer, tmp_path: Path) -> None:
    with no_room_for(1500):  # a line of the ledger has room, an invitation has not
        write(ready)
        ready.until(lambda: ready.fault("folder"))

    assert not ready.inviting.busy
    assert not list((tmp_path / "out").glob("*.readiness-invitation"))


def test_a_table_of_eighty_thousand_is_refused_with_the_number_that_will_do(
    ready: Employer, tmp_path: Path
) -> None:
    table(ready, tmp_path, *(f"N-{number}" for number in range(80_000)))

    assert "10000" in ready.fault("table")
    assert () == ready.inviting.names


def test_marks_from_a_table_name_no_file_elsewhere_and_no_formula(
    ready: Employer, tmp_path: Path
) -> None:
    table(ready, tmp_path, "../../out-of-here", "C:\\Windows\\x", "CON", '=cmd|"/C calc"!A0')
    write(ready)
    ready.guide.wait("issued")

    files = list(tmp_path.rglob("*.readiness-invitation"))
    assert 4 == len(files)
    assert {tmp_path / "out"} == {one.parent for one in files}
    (index,) = (tmp_path / "out").glob("*.csv")
    rows = csv.DictReader(index.read_text(encoding="utf-8-sig").splitlines())
    assert all(not row["reference"].startswith("=") for row in rows)


# --- the list of requirements -------------------------------------------------------------------


def changed(employer: Employer, words: str) -> None:
    before = employer.drafting.draft
    employer.type(LIMIT, words)
    employer.until(lambda: employer.drafting.draft is not before)


@NO_LIMITS
def test_a_full_disk_keeps_the_file_as_it_was_and_the_change_in_the_window(
    acme: Employer, tmp_path: Path
) -> None:
    before = (tmp_path / "acme.toml").read_bytes()
    changed(acme, "25")
    with no_room_for(100):
        acme.guide.press("save-list")
        acme.until(lambda: acme.drafting.refused)

    assert before == (tmp_path / "acme.toml").read_bytes()
    assert acme.find(QLabel, "file-refused").text()
    assert acme.drafting.unsaved


def test_a_list_whose_file_vanished_is_written_anew(acme: Employer, tmp_path: Path) -> None:
    changed(acme, "25")
    (tmp_path / "acme.toml").unlink()
    acme.guide.press("save-list")
    acme.until(lambda: acme.drafting.saved)

    assert b"at_least = 25" in (tmp_path / "acme.toml").read_bytes()


def test_another_language_while_a_limit_is_typed_keeps_it(acme: Employer) -> None:
    field = acme.find(QLineEdit, LIMIT)
    field.setFocus()
    field.selectAll()
    QTest.keyClicks(field, "33")
    acme.window.speak("de")
    settle()
    acme.drained()

    assert "33" == acme.find(QLineEdit, LIMIT).text()


def test_closing_while_a_limit_is_typed_is_asked_about(acme: Employer) -> None:
    field = acme.find(QLineEdit, LIMIT)
    field.selectAll()
    QTest.keyClicks(field, "33")
    acme.window.close()
    settle()

    assert acme.find(QMessageBox, "confirm").isVisible()
    assert acme.window.isVisible()
    acme.guide.press("keep")


def test_escape_adds_no_requirement(acme: Employer) -> None:
    count = acme.drafting.count()
    acme.guide.press("add-rule")
    settle()
    acme.find(QLineEdit, "own-question").setText("Is your street quiet?")
    QTest.keyClick(acme.find(QDialog, "add-rule-dialog"), Qt.Key.Key_Escape)
    settle()
    acme.drained()

    assert count == acme.drafting.count()


def test_two_presses_of_save_write_one_change(acme: Employer, tmp_path: Path) -> None:
    changed(acme, "25")
    acme.drafting.save()
    acme.drafting.save()
    acme.until(lambda: acme.drafting.saved)
    acme.drained()

    assert acme.drafting.refused is None
    assert b"at_least = 25" in (tmp_path / "acme.toml").read_bytes()
