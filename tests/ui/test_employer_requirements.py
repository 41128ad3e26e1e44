"""Writing a list of requirements in the window, with real files and real verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMessageBox,
    QPushButton,
)

from readiness.model.finding import Verdict
from readiness.profiles import load_profile
from tests.fakes.profiles import BYTES, changed_lines
from tests.ui.employer import Employer, list_in, report_with
from tests.ui.walk import settle
from ui.employer.edits import add_question

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.conftest import Guide

LIMIT = "requirement-0-any_of-0-at_least"


@pytest.fixture
def employer(guide: Guide) -> Iterator[Employer]:
    found = Employer(guide)
    found.go("write-requirements", "requirements")
    yield found
    found.drafting.close()  # else the window asks before it is closed


@pytest.fixture
def acme(employer: Employer, tmp_path: Path) -> Employer:
    """With the employer's own list open."""
    employer.drafting.open(list_in(tmp_path))
    employer.until(lambda: employer.drafting.trying.trial)
    return employer


def save(employer: Employer) -> None:
    employer.until(lambda: employer.find(QPushButton, "save-list").isEnabled())
    employer.guide.press("save-list")
    employer.until(lambda: employer.drafting.saved or employer.drafting.refused)


def change(employer: Employer, field: str, words: str) -> None:
    """Type into a field and wait until it counts."""
    before = employer.drafting.draft
    employer.type(field, words)
    employer.until(lambda: employer.drafting.draft is not before)


def test_one_limit_changed_is_one_line_changed(acme: Employer, tmp_path: Path) -> None:
    before = (tmp_path / "acme.toml").read_bytes()
    change(acme, LIMIT, "25")
    save(acme)

    after = (tmp_path / "acme.toml").read_bytes()
    assert 2 == len(changed_lines(before, after))
    assert (25,) == load_profile(str(tmp_path / "acme.toml")).requirements[0].any_of[0].threshold


def test_opened_and_not_changed_there_is_nothing_to_save(acme: Employer, tmp_path: Path) -> None:
    assert not acme.find(QPushButton, "save-list").isEnabled()
    assert acme.drafting.draft is not None
    assert (tmp_path / "acme.toml").read_bytes() == acme.drafting.draft.data


def test_a_list_made_from_another_is_written_when_it_is_saved_and_not_before(
    employer: Employer, tmp_path: Path
) -> None:
    path = tmp_path / "own.toml"
    employer.drafting.begin(path, "typical-voice")
    employer.until(lambda: employer.drafting.trying.trial)
    assert not path.exists()
    save(employer)

    assert 4 == len(changed_lines(BYTES["typical-voice"], path.read_bytes()))
    assert "own" == load_profile(str(path)).id


def test_undo_and_redo_go_back_and_forth_byte_by_byte(acme: Employer) -> None:
    draft = acme.drafting.draft
    assert draft is not None
    before = draft.data
    change(acme, LIMIT, "25")
    assert acme.drafting.draft is not None
    after = acme.drafting.draft.data
    acme.guide.press("undo")
    acme.until(lambda: acme.drafting.draft is not None and acme.drafting.draft.data == before)
    assert "20" == acme.find(QLineEdit, LIMIT).text()
    acme.guide.press("redo")
    acme.until(lambda: acme.drafting.draft is not None and acme.drafting.draft.data == after)


def test_what_is_undone_after_saving_can_be_saved(acme: Employer, tmp_path: Path) -> None:
    before = (tmp_path / "acme.toml").read_bytes()
    change(acme, LIMIT, "25")
    save(acme)
    acme.guide.press("undo")
    acme.until(lambda: acme.drafting.changed)
    save(acme)

    assert acme.drafting.refused is None
    assert before == (tmp_path / "acme.toml").read_bytes()


def test_no_number_is_said_at_the_field_and_changes_nothing(acme: Employer) -> None:
    before = acme.drafting.draft
    acme.type(LIMIT, "fast")
    settle()

    assert "number" in acme.fault(LIMIT)
    assert before is acme.drafting.draft
    assert "fast" == acme.find(QLineEdit, LIMIT).text()


def test_a_comma_is_a_decimal_point(acme: Employer) -> None:
    change(acme, LIMIT, "12,5")

    assert acme.drafting.draft is not None
    assert 12.5 == acme.drafting.draft.value(("requirement", 0, "any_of", 0, "at_least"))


def test_what_is_typed_in_one_field_writes_no_other(acme: Employer) -> None:
    change(acme, "requirement-0-title", '"} level = "info')

    draft = acme.drafting.draft
    assert draft is not None
    assert draft.profile is not None
    assert "must" == draft.profile.requirements[0].level


def test_a_fault_is_named_at_its_field_and_in_the_list(acme: Employer) -> None:
    acme.guide.press("add-host")
    acme.until(lambda: acme.window.findChild(QLineEdit, "endpoint-0-port"))
    change(acme, "endpoint-0-port", "99999")

    assert acme.fault("endpoint-0-port")
    assert acme.find(QLabel, "file-faults").text()


def test_a_list_with_faults_is_saved_and_not_used(acme: Employer, tmp_path: Path) -> None:
    acme.guide.press("add-host")
    acme.until(lambda: acme.window.findChild(QLineEdit, "endpoint-0-port"))
    change(acme, "endpoint-0-port", "99999")
    save(acme)

    assert b"99999" in (tmp_path / "acme.toml").read_bytes()
    assert not acme.find(QPushButton, "invite-with").isEnabled()


def test_the_list_says_how_many_made_up_home_offices_meet_each_rule(acme: Employer) -> None:
    rules = acme.find(QListWidget, "rules")
    trial = acme.drafting.trying.trial
    assert trial is not None
    total = len(acme.drafting.trying.samples)
    met = trial.samples.rules[0].count(Verdict.PASS)
    assert f"met by {met} of {total}" in rules.item(0).text()


def test_it_says_how_many_applicants_a_rule_would_refuse(acme: Employer, tmp_path: Path) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    for number, download in enumerate((12.0, 18.0, 24.0, 30.0)):
        (folder / f"{number}.readiness.json").write_bytes(report_with(download, number + 1))
    acme.drafting.trying.load([folder])
    acme.until(
        lambda: acme.drafting.trying.trial is not None and acme.drafting.trying.trial.reports
    )

    said = acme.find(QLabel, "rule-refuses").text()
    assert said.startswith("This rule would refuse 2 of 4 applicants.")
    change(acme, LIMIT, "28")
    acme.until(lambda: "3 of 4" in acme.find(QLabel, "rule-refuses").text())
    assert "would refuse 3 of 4 applicants" in acme.find(QListWidget, "rules").item(0).text()


def test_reports_that_cannot_be_used_are_named_and_the_others_count(
    acme: Employer, tmp_path: Path
) -> None:
    folder = tmp_path / "answers"
    folder.mkdir()
    (folder / "good.json").write_bytes(report_with(24.0, 1))
    (folder / "bad.json").write_bytes(b"[" * 100_000)
    acme.drafting.trying.load([folder])
    acme.until(
        lambda: acme.drafting.trying.trial is not None and acme.drafting.trying.trial.reports
    )

    assert 1 == acme.drafting.trying.loaded
    assert "bad.json" in acme.said()


def test_a_file_that_somebody_else_changed_is_not_written_over_unasked(
    acme: Employer, tmp_path: Path
) -> None:
    change(acme, LIMIT, "25")
    path = tmp_path / "acme.toml"
    other = path.read_bytes() + b"\n# somebody else's\n"
    path.write_bytes(other)
    acme.guide.press("save-list")
    acme.until(lambda: acme.drafting.refused)

    assert other == path.read_bytes()
    assert acme.find(QLabel, "file-refused").text()
    acme.guide.press("write-over")
    acme.until(lambda: acme.drafting.saved)
    assert b"somebody else" not in path.read_bytes()


def test_a_new_list_takes_the_place_of_no_file(employer: Employer, tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"# mine\n")
    employer.drafting.begin(path)
    employer.until(lambda: employer.drafting.trying.trial)
    save(employer)

    assert b"# mine\n" == path.read_bytes()


def test_a_requirement_is_found_and_added_by_the_keyboard(acme: Employer) -> None:
    count = acme.drafting.count()
    acme.guide.press("add-rule")
    settle()
    search = acme.find(QLineEdit, "search-rules")
    QTest.keyClicks(search, "antivirus")
    found = acme.find(QListWidget, "askables")
    assert found.count() >= 1
    QTest.keyClick(search, Qt.Key.Key_Return)
    acme.until(lambda: acme.drafting.count() == count + 1)

    assert acme.drafting.draft is not None
    rule = acme.drafting.draft.value(("requirement", count))
    assert "antivirus" in str(rule)
    assert count == acme.drafting.chosen


def test_a_question_of_one_s_own_is_added(acme: Employer) -> None:
    count = acme.drafting.count()
    acme.guide.press("add-rule")
    settle()
    acme.find(QLineEdit, "own-question").setText("Is your street quiet?")
    acme.guide.press("add-this")
    acme.until(lambda: acme.drafting.count() == count + 1)

    assert "Is your street quiet?" == acme.find(QLineEdit, "question-0-text").text()


def test_a_question_of_one_s_own_is_called_by_its_words_in_the_list(acme: Employer) -> None:
    count = acme.drafting.count()
    acme.drafting.change(
        lambda draft: add_question(draft, "Is your street quiet?", "en"), choose=count
    )
    acme.drained()

    assert "Is your street quiet?" in acme.find(QListWidget, "rules").item(count).text()


def test_a_requirement_is_moved_and_removed(acme: Employer) -> None:
    acme.guide.press("rule-down")
    acme.until(lambda: acme.drafting.chosen == 1)
    assert acme.drafting.draft is not None
    assert "upload" == acme.drafting.draft.value(("requirement", 0, "id"))
    count = acme.drafting.count()
    acme.guide.press("remove-rule")
    acme.until(lambda: acme.drafting.count() == count - 1)


def test_what_is_recommended_stands_beside_what_is_required(acme: Employer) -> None:
    change(acme, "requirement-0-any_of-0-recommended", "50")

    assert acme.drafting.draft is not None
    assert "should" == acme.drafting.draft.value(("requirement", 1, "level"))
    assert 50 == acme.drafting.draft.value(("requirement", 1, "any_of", 0, "at_least"))


def test_texts_are_written_in_the_language_that_is_chosen(acme: Employer) -> None:
    select = acme.find(QComboBox, "texts-in")
    select.activated.emit([select.itemText(n) for n in range(select.count())].index("Deutsch"))
    settle()
    change(acme, "requirement-0-title", "Herunterladen")

    assert acme.drafting.draft is not None
    assert {"de": "Herunterladen"} == acme.drafting.draft.value(("requirement", 0, "title"))


def test_advice_is_added_in_words_of_one_s_own(acme: Employer) -> None:
    acme.guide.press("add-advice")
    name = "requirement-0-advice-0-text"
    acme.until(lambda: acme.window.findChild(QLineEdit, name))
    change(acme, name, "Use a cable.")

    draft = acme.drafting.draft
    assert draft is not None
    assert draft.profile is not None
    assert {"en": "Use a cable."} == draft.profile.requirements[0].advice[0].text


def test_what_is_no_list_is_refused_in_words(employer: Employer, tmp_path: Path) -> None:
    (tmp_path / "x.toml").write_bytes(b"this is no list")
    employer.drafting.open(tmp_path / "x.toml")
    employer.until(lambda: employer.drafting.refused)

    assert employer.find(QLabel, "begin-fault").text()
    assert employer.drafting.draft is None


def test_markup_in_a_list_stays_text(employer: Employer, tmp_path: Path) -> None:
    path = tmp_path / "evil.toml"
    text = (
        list_in(tmp_path)
        .read_text()
        .replace('id = "download"', 'id = "download"\ntitle = { en = "<img src=x>" }')
    )
    path.write_text(text)
    employer.drafting.open(path)
    employer.until(lambda: employer.drafting.draft)

    assert "<img src=x>" in employer.find(QListWidget, "rules").item(0).text()


def test_leaving_and_coming_back_loses_nothing(acme: Employer) -> None:
    change(acme, LIMIT, "25")
    acme.guide.press("back")
    acme.guide.wait("employer")
    settle()
    acme.guide.press("write-requirements")
    acme.guide.wait("requirements")
    settle()

    assert "25" == acme.find(QLineEdit, LIMIT).text()
    assert acme.drafting.changed


def test_a_saved_list_is_what_applicants_are_invited_with(acme: Employer, tmp_path: Path) -> None:
    acme.guide.press("invite-with")
    acme.guide.wait("invite")
    acme.drained()

    assert acme.inviting.profile is not None
    assert "acme" == acme.inviting.profile.id
    assert str(tmp_path / "acme.toml") == acme.inviting.reference


def test_the_window_asks_before_it_loses_what_is_not_saved(acme: Employer) -> None:
    change(acme, LIMIT, "25")
    acme.window.close()
    settle()

    assert acme.find(QMessageBox, "confirm").isVisible()
    assert acme.window.isVisible()
    acme.guide.press("keep")
    settle()
    assert acme.window.isVisible()
    assert acme.drafting.unsaved


def test_after_a_yes_the_window_is_closed(acme: Employer) -> None:
    change(acme, LIMIT, "25")
    acme.window.close()
    settle()
    acme.guide.press("do")
    settle()

    assert not acme.window.isVisible()


def test_a_host_is_filled_in_and_loses_what_only_certificates_have(acme: Employer) -> None:
    acme.guide.press("add-host")
    acme.until(lambda: acme.window.findChild(QLineEdit, "endpoint-0-host"))
    change(acme, "endpoint-0-host", "agents.platform.example")
    public = acme.find(QComboBox, "endpoint-0-public")
    public.activated.emit(0)
    acme.drained()
    draft = acme.drafting.draft
    assert draft is not None
    assert draft.profile is not None
    assert [("agents.platform.example", 443, True)] == [
        (one.host, one.port, one.public) for one in draft.profile.endpoints
    ]
    protocol = acme.find(QComboBox, "endpoint-0-protocol")
    protocol.activated.emit(2)
    acme.drained()
    draft = acme.drafting.draft
    assert draft is not None
    assert draft.profile is not None
    assert [("udp", False)] == [(one.protocol, one.public) for one in draft.profile.endpoints]
