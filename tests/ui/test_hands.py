"""The second click of a double click is not meant for what the first one brought."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QMainWindow, QPushButton

from tests.ui.hand import click, click_twice
from ui.widgets.native import handle
from ui.widgets.ring import Hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide


class Turning(QMainWindow):
    """A click on its button brings another button to the same place."""

    def __init__(self, *, page: bool) -> None:
        super().__init__()
        self.resize(300, 200)
        self.clicks: list[str] = []
        self.hands = Hands(self)
        self._page = page
        self.bring("first")

    def bring(self, name: str) -> None:
        """Show a button."""
        button = QPushButton(name)
        button.clicked.connect(lambda: self._clicked(name))
        self.setCentralWidget(button)
        button.setGeometry(self.rect())  # at once: the second click comes before a layout
        button.show()

    def _clicked(self, name: str) -> None:
        self.clicks.append(name)
        if name == "first":
            self.bring("second")
            if self._page:
                self.hands.page_turned()


def shown(qtbot: QtBot, *, page: bool) -> Turning:
    window = Turning(page=page)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    own = handle(window)
    assert own is not None
    own.installEventFilter(window.hands)
    return window


@pytest.mark.parametrize(("page", "heard"), [(True, ["first"]), (False, ["first", "second"])])
def test_a_double_click_goes_no_further_than_the_page_it_turned(
    qtbot: QtBot, *, page: bool, heard: list[str]
) -> None:
    window = shown(qtbot, page=page)
    click_twice(window.centralWidget())

    assert window.clicks == heard


def test_a_click_of_its_own_is_heard_on_the_new_page(qtbot: QtBot) -> None:
    window = shown(qtbot, page=True)
    click_twice(window.centralWidget())
    click(window.centralWidget())

    assert window.clicks == ["first", "second"]


@pytest.mark.parametrize(("later", "heard"), [(150, []), (5_000, ["result"])])
def test_a_page_of_the_window_gets_no_second_click_at_once(
    guide: Guide, later: int, heard: list[str]
) -> None:
    guide.to_result()
    guide.journey.turned.emit("match")
    guide.wait("match")
    back = guide.window.findChild(QPushButton, "back-to-result")
    assert back is not None
    click(back, when=1_000)
    guide.wait("result")
    pressed: list[str] = []
    over = QPushButton(guide.window.centralWidget())
    over.setGeometry(guide.window.rect())
    over.pressed.connect(lambda: pressed.append(guide.window.name))
    over.show()
    click(over, when=1_000 + later)

    assert pressed == heard
