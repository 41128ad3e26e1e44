"""Inviting in the window, with real keys and real files."""

from __future__ import annotations

import csv
import logging
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QDialog, QLabel, QLineEdit

from readiness.trust.invitation import open_invitation, read_invitation
from readiness.trust.keys import fingerprint, unlocked
from readiness.trust.ledger import Ledger
from tests.ui.employer import PASSPHRASE, Employer, keys_in, list_in
from tests.ui.walk import settle

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.trust.inviting import KeyFiles
    from tests.ui.conftest import Guide


@pytest.fixture
def keys(tmp_path: Path) -> KeyFiles:
    return keys_in(tmp_path / "keys")


@pytest.fixture
def employer(guide: Guide) -> Employer:
    found = Employer(guide)
    found.go("invite", "invite")
    return found


@pytest.fixture
def ready(employer: Employer, keys: KeyFiles, tmp_path: Path) -> Employer:
    """Everything is filled in but the passphrase."""
    state = employer.inviting
    state.choose_keys(keys.private)
    state.choose_profile(str(list_in(tmp_path)))
    employer.drained()
    employer.type("employer", "Acme Ltd")
    employer.type("folder", str(tmp_path / "out"))
    return employer


def write(employer: Employer, passphrase: str = PASSPHRASE) -> None:
    employer.find(QLineEdit, "passphrase").setText(passphrase)
    employer.guide.press("write-invitations")


def now() -> datetime:
    return datetime.now(UTC)


def test_one_invitation_holds_what_was_filled_in(
    ready: Employer, keys: KeyFiles, tmp_path: Path
) -> None:
    ready.type("reference", "A-1042")
    ready.type("server", "https://measure.example:8443")
    write(ready)
    ready.guide.wait("issued")

    (file,) = (tmp_path / "out").glob("*.readiness-invitation")
    found = read_invitation(file, now=now())
    assert "Acme Ltd" == found.terms.employer
    assert "https://measure.example:8443" == found.terms.server
    assert keys.keys.sealing == found.terms.seal_to
    assert keys.fingerprint == found.fingerprint
    assert "" == found.terms.reference
    assert "A-1042" in file.name


def test_it_is_noted_in_the_ledger_and_in_the_index(ready: Employer, tmp_path: Path) -> None:
    ready.type("reference", "A-1042")
    write(ready)
    ready.guide.wait("issued")

    issue = ready.inviting.issue
    assert issue is not None
    nonce = issue.written[0].invitation.terms.nonce
    assert [nonce] == list(Ledger(tmp_path / "out" / issue.ledger.name).read().issued)
    rows = list(csv.DictReader(issue.index.read_text(encoding="utf-8-sig").splitlines()))
    assert [("A-1042", nonce)] == [(row["reference"], row["nonce"]) for row in rows]


def test_not_sealed_where_that_was_taken_off(ready: Employer, tmp_path: Path) -> None:
    ready.guide.press("seal")
    write(ready)
    ready.guide.wait("issued")

    (file,) = (tmp_path / "out").glob("*.readiness-invitation")
    assert "" == read_invitation(file, now=now()).terms.seal_to


def test_what_to_send_and_what_to_keep_is_said(ready: Employer, keys: KeyFiles) -> None:
    write(ready)
    ready.guide.wait("issued")
    settle()

    said, issue = ready.said(), ready.inviting.issue
    assert issue is not None
    for name in (issue.written[0].file.name, issue.index.name, issue.ledger.name):
        assert name in said
    assert keys.private.name in said
    assert keys.fingerprint in said


def test_the_code_goes_to_the_clipboard_and_opens_as_the_same_invitation(ready: Employer) -> None:
    write(ready)
    ready.guide.wait("issued")
    settle()
    ready.guide.press("copy-code")

    text = QGuiApplication.clipboard().text()
    issue = ready.inviting.issue
    assert issue is not None
    opened = open_invitation(text.encode(), now=now())
    assert issue.written[0].invitation.terms == opened.terms


def test_everybody_in_a_table_is_invited_each_with_a_number_of_their_own(
    ready: Employer, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name;number\n" + "".join(f"Person {n};N-{n}\n" for n in range(120)))
    ready.guide.press("invite-many")
    ready.inviting.choose_table(table, "number")
    ready.drained()
    write(ready)
    ready.guide.wait("issued")

    files = list((tmp_path / "out").glob("*.readiness-invitation"))
    assert 120 == len({read_invitation(file, now=now()).terms.nonce for file in files})
    issue = ready.inviting.issue
    assert issue is not None
    rows = csv.DictReader(issue.index.read_text(encoding="utf-8-sig").splitlines())
    assert [f"N-{n}" for n in range(120)] == [row["reference"] for row in rows]


def test_the_column_of_a_table_is_chosen_out_of_its_headings(
    ready: Employer, tmp_path: Path
) -> None:
    table = tmp_path / "people.csv"
    table.write_text("name,number\nAda,N-1\nBen,N-2\n")
    ready.guide.press("invite-many")
    ready.inviting.choose_table(table)
    ready.drained()
    column = ready.find(QComboBox, "column")
    assert ["name", "number"] == [column.itemText(place) for place in range(column.count())]
    column.activated.emit(1)
    ready.drained()

    assert ("N-1", "N-2") == ready.inviting.names


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (b"", "The table has no row."),
        (b"name\n=HYPERLINK(1)\xff\n", "UTF-8"),
        ("name\nAda\u202egnp\n".encode(), "line 2"),
        (b'name\n"open\n', "not a table"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_at_its_field(
    ready: Employer, tmp_path: Path, table: bytes, said: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(table)
    ready.guide.press("invite-many")
    ready.inviting.choose_table(path)
    ready.drained()

    assert said in ready.fault("table")
    assert () == ready.inviting.names


def test_what_is_missing_is_named_at_its_field_and_nothing_is_written(
    employer: Employer, tmp_path: Path
) -> None:
    employer.type("folder", str(tmp_path / "out"))
    employer.guide.press("write-invitations")
    settle()

    for field in ("keys", "profile", "employer", "passphrase"):
        assert employer.fault(field), field
    assert not (tmp_path / "out").exists()
    focused = employer.window.focusWidget()
    assert focused is not None
    assert "open-keys" == focused.objectName()


def test_a_wrong_passphrase_is_said_at_its_field_which_is_empty_again(
    ready: Employer, tmp_path: Path
) -> None:
    write(ready, "not the one at all")
    ready.until(lambda: ready.fault("passphrase"))

    assert "" == ready.find(QLineEdit, "passphrase").text()
    assert ready.find(QLineEdit, "passphrase").hasFocus()
    assert not (tmp_path / "out").exists()


def test_the_passphrase_is_hidden_until_somebody_wants_to_see_it(employer: Employer) -> None:
    field = employer.find(QLineEdit, "passphrase")
    assert QLineEdit.EchoMode.Password is field.echoMode()
    employer.guide.press("show-passphrase")
    assert QLineEdit.EchoMode.Normal is field.echoMode()
    employer.guide.press("show-passphrase")
    assert QLineEdit.EchoMode.Password is field.echoMode()


def test_the_passphrase_is_gone_once_it_is_used_and_undoing_does_not_bring_it_back(
    ready: Employer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    field = ready.find(QLineEdit, "passphrase")
    ready.guide.press("show-passphrase")
    ready.type("passphrase", PASSPHRASE)
    ready.guide.press("write-invitations")
    field.undo()
    assert "" == field.text()
    ready.guide.wait("issued")

    assert PASSPHRASE not in caplog.text
    assert PASSPHRASE not in repr(vars(ready.inviting))


def test_a_double_click_writes_once(ready: Employer, tmp_path: Path) -> None:
    ready.find(QLineEdit, "passphrase").setText(PASSPHRASE)
    ready.guide.press("write-invitations")
    ready.inviting.write(PASSPHRASE)
    ready.guide.wait("issued")
    ready.drained()

    assert 1 == len(list((tmp_path / "out").glob("*.readiness-invitation")))


def test_public_keys_are_refused_where_keys_are_to_sign(employer: Employer, keys: KeyFiles) -> None:
    employer.inviting.choose_keys(keys.public)
    employer.drained()

    assert "public keys" in employer.fault("keys")
    assert employer.inviting.keys is None


def test_a_list_with_faults_is_refused_with_its_fault(employer: Employer, tmp_path: Path) -> None:
    path = tmp_path / "bad.toml"
    path.write_text('schema = "readiness-profile/1"\n')
    employer.inviting.choose_profile(str(path))
    employer.drained()

    assert employer.fault("profile")
    assert employer.inviting.profile is None


def test_an_address_that_is_none_is_said_at_its_field(ready: Employer) -> None:
    ready.type("server", "measure.example")
    write(ready)
    settle()

    assert "https://" in ready.fault("server")


def test_a_folder_that_cannot_be_made_is_said_at_its_field(ready: Employer, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    ready.type("folder", str(tmp_path / "file" / "out"))
    write(ready)
    ready.until(lambda: ready.fault("folder"))

    assert not ready.inviting.busy


def test_another_language_in_the_middle_keeps_what_was_filled_in_but_no_passphrase(
    ready: Employer, keys: KeyFiles
) -> None:
    ready.find(QLineEdit, "passphrase").setText(PASSPHRASE)
    ready.window.speak("de")
    settle()

    assert "Acme Ltd" == ready.find(QLineEdit, "employer").text()
    assert keys.fingerprint in ready.find(QLabel, "keys-chosen").text()
    assert "" == ready.find(QLineEdit, "passphrase").text()


# --- new keys ----------------------------------------------------------------------------------


@pytest.fixture
def making(employer: Employer, tmp_path: Path) -> Employer:
    employer.guide.press("new-keys-button")
    settle()
    employer.find(QLineEdit, "keys-name").setText("Acme")
    employer.find(QLineEdit, "keys-folder").setText(str(tmp_path / "new"))
    return employer


def twice(employer: Employer, first: str, second: str) -> None:
    employer.find(QLineEdit, "new-passphrase").setText(first)
    employer.find(QLineEdit, "new-passphrase-again").setText(second)
    employer.guide.press("make-keys")


def test_new_keys_are_written_and_used(making: Employer, tmp_path: Path) -> None:
    twice(making, PASSPHRASE, PASSPHRASE)
    making.until(lambda: making.inviting.keys)

    private = tmp_path / "new" / "Acme.readiness-keys"
    assert private == making.inviting.keys
    public = unlocked(private.read_bytes(), PASSPHRASE).public
    assert fingerprint(public.signing) == making.inviting.fingerprint
    assert (tmp_path / "new" / "Acme.readiness-public").is_file()
    making.until(lambda: not making.window.findChildren(QDialog, "new-keys"))


@pytest.mark.parametrize(
    ("first", "second", "field"),
    [
        ("short", "short", "new-passphrase"),
        (PASSPHRASE, "four words nobody guessed", "new-passphrase-again"),
    ],
)
def test_a_passphrase_that_is_short_or_not_the_same_makes_no_keys(
    making: Employer, tmp_path: Path, first: str, second: str, field: str
) -> None:
    twice(making, first, second)
    settle()

    assert making.fault(field)
    assert not (tmp_path / "new").exists()


def test_keys_that_are_there_already_are_not_written_over(making: Employer, tmp_path: Path) -> None:
    there = keys_in(tmp_path / "new").private.read_bytes()
    twice(making, PASSPHRASE, PASSPHRASE)
    making.until(lambda: making.fault("keys-name"))

    assert there == (tmp_path / "new" / "Acme.readiness-keys").read_bytes()
    assert "" == making.find(QLineEdit, "new-passphrase").text()


def test_closing_the_dialog_while_keys_are_made_does_no_harm(making: Employer) -> None:
    twice(making, PASSPHRASE, PASSPHRASE)
    for dialog in making.window.findChildren(QDialog):
        dialog.reject()
    settle()
    making.drained()

    assert making.inviting.keys is not None
