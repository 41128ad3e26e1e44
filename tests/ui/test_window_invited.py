"""An invitation in the window: shown before it is accepted, and answered by the report."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from msgspec import UNSET
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QLabel, QLineEdit, QMessageBox, QPlainTextEdit, QPushButton

from readiness.model.errors import InputError
from readiness.trust.code import to_code
from readiness.trust.sealing import open_sealed
from tests.fakes.trust import EMPLOYER, invitation
from tests.ui.handing import drop
from tests.ui.walk import settle

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.trust.invitation import Invitation
    from tests.ui.conftest import Guide

PATIENCE_MS = 20_000


@pytest.fixture
def invited() -> Invitation:
    return invitation(now=datetime.now(UTC) - timedelta(hours=1), seal_to=EMPLOYER.public.sealing)


@pytest.fixture
def file(invited: Invitation, tmp_path: Path) -> Path:
    path = tmp_path / "acme.readiness-invitation"
    path.write_bytes(invited.envelope)
    return path


def _said(guide: Guide) -> str:
    return "\n".join(
        label.text().replace("\u200b", "") for label in guide.window.findChildren(QLabel)
    )


def _open(guide: Guide, file: Path) -> None:
    drop(guide, QUrl.fromLocalFile(str(file)))
    guide.wait("invited")
    settle()


def test_it_says_who_invites_by_which_key_before_anything_is_agreed_to(
    guide: Guide, file: Path, invited: Invitation
) -> None:
    _open(guide, file)
    said = _said(guide)
    assert invited.terms.employer in said
    assert invited.fingerprint in said
    assert invited.terms.server in said
    assert guide.journey.session is None
    assert not list(guide.journey.engine.home.glob("invitations/*"))


def test_an_accepted_one_leads_to_the_plan_with_its_list_and_its_server(
    guide: Guide, file: Path, invited: Invitation
) -> None:
    _open(guide, file)
    guide.press("accept")
    guide.wait("plan")
    plan, server = guide.journey.plan, guide.window.findChild(QLineEdit, "server")
    assert plan is not None
    assert server is not None
    assert [profile.digest for profile in plan.profiles] == [invited.profile.digest]
    assert server.text() == invited.terms.server
    assert not plan.choices.consent


def test_the_report_is_signed_for_the_invitation_and_sealed_for_the_employer(
    guide: Guide, file: Path, invited: Invitation, tmp_path: Path
) -> None:
    _open(guide, file)
    guide.press("accept")
    guide.wait("plan")
    guide.press("start")
    guide.wait("questions")
    guide.press("see-result")
    guide.wait("result")
    guide.press("save-report")
    guide.wait("share")
    guide.drafted()
    assert "sealed for the employer" in _said(guide)
    guide.journey.sharing.folder = str(tmp_path / "out")
    (tmp_path / "out").mkdir()
    guide.press("save")
    guide.qtbot.waitUntil(lambda: bool(guide.journey.sharing.written), timeout=PATIENCE_MS)

    written = guide.journey.sharing.written
    envelope = json.loads(next(path for path in written if path.suffix == ".json").read_bytes())
    assert [one["keyid"] for one in envelope["signatures"]] == [invited.answer_keyid]
    assert open_sealed(written[-1].read_bytes(), EMPLOYER)


def test_one_that_is_not_accepted_is_not_answered(guide: Guide, file: Path) -> None:
    _open(guide, file)
    guide.press("back")
    guide.wait("welcome")
    assert guide.journey.fresh().invitation is UNSET


def test_after_another_list_is_chosen_it_is_not_answered(guide: Guide, file: Path) -> None:
    _open(guide, file)
    guide.press("accept")
    guide.wait("plan")
    guide.journey.choose(guide.journey.profiles[0])
    assert guide.journey.fresh().invitation is UNSET


def test_the_code_out_of_a_mail_opens_it_too(guide: Guide, invited: Invitation) -> None:
    guide.press("enter-code")
    field = guide.window.findChild(QPlainTextEdit, "code-field")
    button = guide.window.findChild(QPushButton, "open-code")
    assert field is not None
    assert button is not None
    assert not button.isEnabled()
    field.setPlainText(f"Dear applicant,\n\n{to_code(invited.envelope)}\n\nSee you soon")
    button.click()
    guide.wait("invited")
    assert guide.journey.invitation is not None
    assert guide.journey.invitation.terms == invited.terms


def test_a_code_that_is_none_is_refused_in_words(guide: Guide) -> None:
    guide.journey.open_invitation("hello")
    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QMessageBox, "trouble") is not None, timeout=PATIENCE_MS
    )
    box = guide.window.findChild(QMessageBox, "trouble")
    assert box is not None
    assert box.text()
    box.close()
    assert guide.window.name == "welcome"


def test_its_check_opens_again_from_the_history_and_an_unknown_list_is_refused(
    guide: Guide, file: Path, invited: Invitation
) -> None:
    _open(guide, file)
    guide.press("accept")
    guide.wait("plan")
    guide.press("start")
    guide.wait("questions")
    guide.press("see-result")
    guide.wait("result")
    journey = guide.journey
    session = journey.session
    assert session is not None
    guide.qtbot.waitUntil(lambda: bool(journey.engine.archived()), timeout=PATIENCE_MS)
    journey.home()
    guide.wait("welcome")

    journey.open_session(lambda: journey.engine.archived_session(session.id), "acme")
    guide.wait("result")

    assert journey.profile is not None
    assert journey.profile.digest == invited.profile.digest
    with pytest.raises(InputError, match="list-not-here"):
        journey.engine.invited_to(session, "another")


def test_one_beside_the_program_is_shown_at_the_start_and_not_accepted(
    guide: Guide, file: Path, invited: Invitation, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = guide.journey
    monkeypatch.setattr(journey.engine, "_beside", (file.parent,))

    journey.begin()
    guide.wait("invited")

    assert journey.invitation is not None
    assert journey.invitation.terms == invited.terms
    assert not journey.accepted
    assert not list(journey.engine.home.glob("invitations/*"))
    guide.press("back")
    guide.wait("welcome")


def test_a_file_that_was_named_goes_before_the_one_beside_the_program(
    guide: Guide, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    journey = guide.journey
    named = tmp_path / "named"
    named.mkdir()
    other = invitation(now=datetime.now(UTC) - timedelta(hours=2))
    (named / "other.readiness-invitation").write_bytes(other.envelope)
    monkeypatch.setattr(journey.engine, "_beside", (file.parent,))
    journey.profiles = ()
    journey.open_handed([str(named / "other.readiness-invitation")])

    journey.begin()
    guide.wait("invited")

    assert journey.invitation is not None
    assert journey.invitation.terms == other.terms
