"""Making a kit in the window, with real invitations and real ZIPs."""

from __future__ import annotations

import hashlib
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton

from readiness.kit.packing import INVITATION, PAGE
from readiness.trust.invitation import open_invitation
from tests.fakes.trust import invitation
from tests.ui.employer import PASSPHRASE, Employer, keys_in, list_in, no_room_for
from tests.ui.walk import settle

if TYPE_CHECKING:
    from tests.ui.conftest import Guide
    from ui.employer.packing import Packing

PROGRAM = bytes(range(256)) * 100


@pytest.fixture
def employer(guide: Guide) -> Employer:
    found = Employer(guide)
    found.go("make-kit", "kit")
    return found


@pytest.fixture
def invited(tmp_path: Path) -> Path:
    """An applicant's invitation on disk, valid now."""
    path = tmp_path / "invitation-A-1042.readiness-invitation"
    path.write_bytes(invitation(now=datetime.now(UTC) - timedelta(hours=1)).envelope)
    return path


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "Readiness-setup.exe"
    path.write_bytes(PROGRAM)
    return path


@pytest.fixture
def ready(employer: Employer, invited: Path, installer: Path) -> Employer:
    """Everything is chosen."""
    state = packing(employer)
    state.choose(invited)
    employer.until(lambda: state.invitation)
    state.add([installer])
    settle()
    return employer


def packing(employer: Employer) -> Packing:
    return employer.journey.employer.packing


def fault(employer: Employer, field: str, *, write: bool = True) -> str:
    """What is said at a field once the kit was to be written."""
    if write:
        employer.guide.press("write-kit")
    employer.until(lambda: employer.fault(field))
    return employer.fault(field)


def test_a_kit_holds_program_invitation_and_instructions(
    ready: Employer, invited: Path, tmp_path: Path
) -> None:
    ready.type("kit-file", str(tmp_path / "out" / "for-ada.zip"))
    ready.guide.press("write-kit")
    ready.guide.wait("packed")

    with zipfile.ZipFile(tmp_path / "out" / "for-ada.zip") as kit:
        assert {"Readiness-setup.exe", INVITATION, PAGE} == set(kit.namelist())
        assert PROGRAM == kit.read("Readiness-setup.exe")
        held = open_invitation(kit.read(INVITATION), now=None)
    assert held == open_invitation(invited.read_bytes(), now=None)


def test_it_is_proposed_beside_the_invitation_under_a_name_without_the_employer_s_mark(
    ready: Employer, invited: Path
) -> None:
    proposed = Path(ready.find(QLineEdit, "kit-file").text())
    assert invited.parent == proposed.parent
    assert ".zip" == proposed.suffix
    assert "A-1042" not in proposed.name


def test_a_name_without_an_ending_gets_one(ready: Employer, tmp_path: Path) -> None:
    ready.type("kit-file", str(tmp_path / "for-ada"))
    ready.guide.press("write-kit")
    ready.guide.wait("packed")

    assert zipfile.is_zipfile(tmp_path / "for-ada.zip")


def test_the_digest_is_shown_and_copied(ready: Employer) -> None:
    ready.guide.press("write-kit")
    ready.guide.wait("packed")
    settle()
    digest = hashlib.sha256(PROGRAM).hexdigest()
    assert digest in ready.said()
    ready.guide.press("copy-digests")

    assert f"{digest}  Readiness-setup.exe" in QGuiApplication.clipboard().text()


def test_without_a_program_it_says_that_somebody_must_name_a_place_for_it(
    employer: Employer, invited: Path
) -> None:
    packing(employer).choose(invited)
    employer.until(lambda: packing(employer).invitation)
    employer.guide.press("write-kit")
    employer.guide.wait("packed")
    settle()

    assert "No program is in it." in employer.said()


def test_what_is_missing_is_named_at_its_field(employer: Employer) -> None:
    employer.guide.press("write-kit")
    settle()

    assert employer.fault("invitation")
    assert employer.fault("kit-file")
    focused = employer.window.focusWidget()
    assert focused is not None
    assert "choose-invitation" == focused.objectName()


def test_what_is_no_invitation_is_said_at_its_field(employer: Employer, installer: Path) -> None:
    packing(employer).choose(installer)
    assert fault(employer, "invitation", write=False)
    assert packing(employer).invitation is None


def test_an_invitation_that_has_ended_is_refused(employer: Employer, tmp_path: Path) -> None:
    path = tmp_path / "old.readiness-invitation"
    path.write_bytes(invitation(now=datetime.now(UTC) - timedelta(days=40)).envelope)
    packing(employer).choose(path)

    assert "ended" in fault(employer, "invitation", write=False)


def test_what_is_no_installer_is_said_where_installers_are_chosen(
    ready: Employer, invited: Path
) -> None:
    packing(ready).add([invited])
    settle()

    assert "no installer" in fault(ready, "installers")
    assert not list(invited.parent.glob("*.zip"))


def test_an_installer_that_vanished_is_said_where_installers_are_chosen(
    ready: Employer, installer: Path
) -> None:
    installer.unlink()

    assert fault(ready, "installers")
    assert not list(installer.parent.glob("*.zip"))


def test_an_installer_can_be_taken_out_again(ready: Employer) -> None:
    ready.guide.press("remove-installer-0")
    settle()

    assert () == packing(ready).installers
    assert ready.window.findChild(QPushButton, "remove-installer-0") is None
    focused = ready.window.focusWidget()
    assert focused is not None
    assert "add-installer" == focused.objectName()


def test_a_kit_that_is_there_already_is_not_replaced(ready: Employer, tmp_path: Path) -> None:
    there = tmp_path / "for-ada.zip"
    there.write_bytes(b"mine")
    ready.type("kit-file", str(there))

    assert fault(ready, "kit-file")
    assert b"mine" == there.read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows limits the size of no file")
def test_a_full_disk_is_said_at_the_file_and_leaves_nothing(
    ready: Employer, tmp_path: Path
) -> None:
    ready.type("kit-file", str(tmp_path / "out" / "for-ada.zip"))
    with no_room_for(10_000):
        assert fault(ready, "kit-file")

    assert [] == list((tmp_path / "out").iterdir())
    assert not packing(ready).busy


def test_a_double_click_writes_one_kit(ready: Employer, tmp_path: Path) -> None:
    ready.guide.press("write-kit")
    packing(ready).write()
    ready.guide.wait("packed")
    ready.drained()

    assert 1 == len(list(tmp_path.glob("*.zip")))
    assert {} == packing(ready).faults


def test_another_language_in_the_middle_keeps_what_was_chosen(ready: Employer) -> None:
    file = ready.find(QLineEdit, "kit-file").text()
    ready.window.speak("de")
    settle()

    assert file == ready.find(QLineEdit, "kit-file").text()
    assert ready.find(QPushButton, "remove-installer-0").isVisible()
    assert packing(ready).invitation is not None


def test_markup_in_a_name_stays_text(employer: Employer, tmp_path: Path) -> None:
    path = tmp_path / "<b>x<b>.exe"
    packing(employer).add([path])
    settle()

    said = [one.text().replace("\u200b", "") for one in employer.window.findChildren(QLabel)]
    assert "<b>x<b>.exe" in said


def test_the_next_kit_begins_with_the_same_programs_and_nobody_s_invitation(
    ready: Employer,
) -> None:
    ready.guide.press("write-kit")
    ready.guide.wait("packed")
    ready.guide.press("another-kit")
    ready.guide.wait("kit")

    assert 1 == len(packing(ready).installers)
    assert packing(ready).invitation is None
    assert "" == ready.find(QLineEdit, "kit-file").text()


def test_from_what_was_issued_the_kit_is_for_that_applicant(guide: Guide, tmp_path: Path) -> None:
    employer = Employer(guide)
    employer.go("invite", "invite")
    state = employer.inviting
    state.choose_keys(keys_in(tmp_path / "keys").private)
    state.choose_profile(str(list_in(tmp_path)))
    state.employer, state.folder = "Acme Ltd", str(tmp_path / "out")
    employer.drained()
    employer.find(QLineEdit, "passphrase").setText(PASSPHRASE)
    guide.press("write-invitations")
    guide.wait("issued")
    guide.press("make-kit")
    guide.wait("kit")
    employer.until(lambda: packing(employer).invitation)

    assert state.issue is not None
    assert state.issue.written[0].invitation.terms == packing(employer).invitation.terms  # type: ignore[union-attr]
