"""The strip at the top: whose check this is, the page's own buttons, language and appearance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from readiness.locale import languages
from readiness.model.text import N_
from ui.dress import wear
from ui.language import NAMES
from ui.theme import STEP, Appearance, theme
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.icon import Icon
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from readiness.locale import Reader
    from ui.widgets.page import Page

APPEARANCES = {
    Appearance.SYSTEM: N_("Like the system"),
    Appearance.LIGHT: N_("Light"),
    Appearance.DARK: N_("Dark"),
    Appearance.CONTRAST: N_("High contrast"),
}


class TopBar(QWidget):
    """Made anew for each page.

    Signals:
        language_chosen: A language tag.
        appearance_chosen: An :class:`Appearance`.
    """

    language_chosen = Signal(str)
    appearance_chosen = Signal(object)

    def __init__(self, page: Page, reader: Reader, appearance: Appearance) -> None:
        super().__init__()
        around = QHBoxLayout(self)
        around.setContentsMargins(3 * STEP, 4, 3 * STEP, 4)
        self.setMinimumHeight(7 * STEP)
        groups = Beside(gap=STEP, middle=True)
        groups.add(self._brand(page), 1)
        settings, holder = _row()
        settings.addWidget(self._language_button(reader))
        settings.addWidget(self._appearance_button(reader, appearance))
        groups.add(holder)
        if page.top_actions:
            actions, holder = _row()
            for action in page.top_actions:
                actions.addWidget(action)
            groups.add(holder)
        around.addWidget(groups)

    @staticmethod
    def _brand(page: Page) -> QWidget:
        row, holder = _row()
        row.addWidget(Icon("headset"))
        row.addWidget(Label("Readiness", bold=True, wrap=False))
        row.addSpacing(STEP)
        row.addWidget(caption(page.context), 1)
        return holder

    def _language_button(self, reader: Reader) -> Button:
        button = Button(NAMES.get(reader.language, reader.language), Look.QUIET)
        button.setObjectName("language")
        button.setAccessibleName(reader.text(N_("Language")))
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_languages(menu, reader))
        button.setMenu(menu)
        return button

    def _fill_languages(self, menu: QMenu, reader: Reader) -> None:
        wear(menu)  # only now: a style sheet takes its time, and most menus are never opened
        menu.clear()
        group = QActionGroup(menu)
        for tag in languages():
            action = self._choice(menu, group, NAMES.get(tag, tag), on=tag == reader.language)
            action.triggered.connect(lambda _=False, tag=tag: self.language_chosen.emit(tag))

    def _appearance_button(self, reader: Reader, appearance: Appearance) -> Button:
        button = Button(reader.text(N_("Appearance")), Look.QUIET)
        button.setObjectName("appearance")
        menu = QMenu(button)
        menu.aboutToShow.connect(lambda: self._fill_appearances(menu, reader, appearance))
        button.setMenu(menu)
        return button

    def _fill_appearances(self, menu: QMenu, reader: Reader, appearance: Appearance) -> None:
        wear(menu)
        menu.clear()
        group = QActionGroup(menu)
        for kind, text in APPEARANCES.items():
            action = self._choice(menu, group, reader.text(text), on=kind is appearance)
            action.triggered.connect(lambda _=False, kind=kind: self.appearance_chosen.emit(kind))

    @staticmethod
    def _choice(menu: QMenu, group: QActionGroup, text: str, *, on: bool) -> QAction:
        action = menu.addAction(text)
        action.setCheckable(True)
        action.setChecked(on)
        group.addAction(action)
        return action

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Surface with a hairline below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hairline"))


def _row() -> tuple[QHBoxLayout, QWidget]:
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(STEP)
    return row, holder
