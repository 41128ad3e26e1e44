"""What begins once the page that was turned to is in sight."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from tests.ui.at_the_desk import desk, heap_in, idle
from ui.once_seen import UNSEEN_MS, OnceSeen
from ui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest

    from tests.ui.conftest import Guide


def test_it_begins_when_the_page_is_painted_and_not_before(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    painted = Page._on_painted

    def note(page: Page) -> None:
        said.append("painted")
        painted(page)

    monkeypatch.setattr(Page, "_on_painted", note)
    once = OnceSeen(guide.journey, guide.window)
    guide.window.turn("employer")
    once.add(lambda: said.append("one"))
    once.add(lambda: said.append("two"))
    guide.qtbot.waitUntil(lambda: "two" in said)

    assert said[0] == "painted"
    assert [one for one in said if one != "painted"] == ["one", "two"]


def test_it_begins_once(guide: Guide) -> None:
    said: list[str] = []
    once = OnceSeen(guide.journey, guide.window)
    once.add(lambda: said.append("one"))
    for _ in range(2):
        guide.journey.seen.emit()
    guide.qtbot.wait(2 * UNSEEN_MS)

    assert said == ["one"]


def test_where_nothing_is_painted_it_begins_after_a_while(guide: Guide) -> None:
    said: list[str] = []
    OnceSeen(guide.journey, guide.window).add(lambda: said.append("one"))

    assert said == []
    guide.qtbot.waitUntil(lambda: said == ["one"])


def test_what_was_not_begun_ends_with_its_owner(guide: Guide) -> None:
    said: list[str] = []
    owner = QObject()
    OnceSeen(guide.journey, owner).add(lambda: said.append("one"))
    owner.deleteLater()
    guide.qtbot.wait(2 * UNSEEN_MS)

    assert said == []


def test_the_desk_reads_when_the_page_that_says_so_is_in_sight(
    guide: Guide, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.once_seen.UNSEEN_MS", 60_000)  # however slow this computer is now
    order: list[str] = []
    guide.journey.seen.connect(lambda: order.append("seen"))  # before the desk does
    reviewing = desk(guide)
    reviewing.begin()
    idle(guide)
    order.clear()
    real = reviewing.runner.call

    def call(
        work: Callable[[], object],
        done: Callable[[object], None],
        failed: Callable[[Exception], None],
    ) -> None:
        order.append("begun")
        real(work, done, failed)

    monkeypatch.setattr(reviewing.runner, "call", call)
    reviewing.take([str(heap_in(home))])
    guide.qtbot.waitUntil(lambda: not reviewing.busy)

    assert order[:2] == ["seen", "begun"]


def test_what_fails_keeps_nothing_else_from_beginning(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[type[BaseException]] = []
    said: list[str] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, *_: told.append(kind))
    once = OnceSeen(guide.journey, guide.window)

    def fail() -> None:
        raise ValueError("no such thing")

    once.add(fail)
    once.add(lambda: said.append("two"))
    while said != ["two"]:
        QApplication.processEvents()

    assert told == [ValueError]


def test_the_picture_of_the_page_before_begins_nothing(guide: Guide) -> None:
    said: list[str] = []
    first = guide.window.page
    assert first is not None
    once = OnceSeen(guide.journey, guide.window)
    first.painted.emit()
    guide.window.turn("employer")
    now = guide.window.page
    assert now is not None
    now.painted.connect(lambda: said.append("painted"))
    once.add(lambda: said.append("begun"))
    guide.qtbot.waitUntil(lambda: "begun" in said)

    assert said == ["painted", "begun"]
