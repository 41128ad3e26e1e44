"""The page where a list is written: what is in sight is there at once, the rest soon."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton

from tests.ui.employer import Employer
from tests.ui.walk import settle
from ui.employer.file_card import FileCard
from ui.employer.requirements import RequirementsPage
from ui.employer.rule_card import RuleCard

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.ui.conftest import Guide


@pytest.fixture
def own(guide: Guide, tmp_path: Path) -> Iterator[Employer]:
    """A list that is made from a shipped one."""
    found = Employer(guide)
    found.go("write-requirements", "requirements")
    found.drafting.begin(tmp_path / "own.toml", "typical-voice")
    found.until(lambda: found.drafting.trying.trial)
    yield found
    found.drafting.close()  # else the window asks before it is closed


def page(own: Employer) -> RequirementsPage:
    found = own.window.page
    assert isinstance(found, RequirementsPage)
    return found


def fields(own: Employer) -> list[str]:
    """The fields that are there, from top to bottom."""
    lines = page(own).findChildren(QLineEdit)
    placed = sorted((one.mapTo(page(own), one.rect().topLeft()).y(), one) for one in lines)
    return [one.objectName() for _, one in placed if one.objectName()]


def test_the_first_fields_are_there_at_once_and_the_rest_soon(own: Employer) -> None:
    own.window.again()
    at_once = [one.objectName() for one in page(own).findChildren(QLineEdit)]
    assert not page(own).whole
    settle()

    assert "requirement-0-title" in at_once
    assert "title" not in at_once
    assert "title" in fields(own)


def test_what_is_in_sight_at_first_stays_as_it_is_when_the_rest_comes(own: Employer) -> None:
    for size in (QSize(1120, 720), QSize(910, 512)):
        own.window.resize(size)
        settle()
        own.window.again()
        while page(own).arriving:
            QApplication.processEvents()
        own.window.repaint()
        assert page(own).filling
        view = page(own).scroller.viewport()
        first = view.grab().toImage()
        settle()

        assert view.grab().toImage() == first


def test_another_requirement_in_the_middle_is_the_one_that_is_shown(own: Employer) -> None:
    own.window.again()
    assert page(own).filling
    own.drafting.look_at(2)
    own.drafting.look_at(1)
    settle()

    (card,) = [one for one in page(own).findChildren(RuleCard) if one.isVisible()]
    named = [one.objectName() for one in card.findChildren(QLineEdit)]
    assert named
    assert all(name.startswith("requirement-1-") for name in named)
    assert len(page(own).findChildren(FileCard)) == 1
    assert own.find(QPushButton, "add-host").isVisible()


def test_a_field_far_below_keeps_the_focus_when_its_card_is_made_anew(own: Employer) -> None:
    own.find(QPushButton, "add-host").setFocus()
    own.guide.press("add-host")
    own.until(lambda: own.drafting.draft is not None and own.drafting.draft.value(("endpoint",)))

    assert own.window.focusWidget().objectName() == "add-host"


def test_fields_that_come_later_show_what_stands_in_the_draft_by_then(own: Employer) -> None:
    own.window.again()
    assert page(own).filling
    own.drafting.put(("title", "en"), "Our work")
    own.drained()

    assert own.find(QLineEdit, "title").text() == "Our work"


def test_a_list_that_is_left_while_its_page_is_filled_is_filled_no_further(own: Employer) -> None:
    own.window.again()
    left = page(own)
    before = len(left.findChildren(QLineEdit))
    own.window.turn("employer")
    QApplication.processEvents()

    assert len(left.findChildren(QLineEdit)) == before
    own.window.turn("requirements")
    settle()
    assert "title" in fields(own)
