"""The desk's page while it is being made: it has its table some turns of the event loop later."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.ui.at_the_desk import desk, heap_in, idle, page, read, texts
from tests.ui.walk import settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Guide


def test_what_was_written_meanwhile_is_said_where_the_count_stands(
    guide: Guide, home: Path
) -> None:
    read(guide, heap_in(home))
    guide.window.turn("review")
    assert page(guide).table is None
    desk(guide).written.emit("table.xlsx")
    idle(guide)

    assert page(guide).table is not None
    assert "Written: table.xlsx" in texts(guide)


def test_nothing_that_needs_the_table_can_be_pressed_before_it_is_there(
    guide: Guide, home: Path
) -> None:
    read(guide, heap_in(home))
    guide.window.turn("review")
    found = page(guide)
    enabled = [button.isEnabled() for button in (found._open, found._beside) if button is not None]
    settle()

    assert enabled == [False, False]
    assert found._open is not None
    assert found._open.isEnabled()


def test_words_are_searched_in_the_reader_s_language_once_the_page_is_in_sight(
    guide: Guide, home: Path
) -> None:
    read(guide, heap_in(home))
    guide.window.speak("de")
    guide.qtbot.waitUntil(lambda: getattr(desk(guide).view, "language", "") == "de")
    idle(guide)

    assert page(guide).table is not None
