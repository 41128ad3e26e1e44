"""The strip at the top: whose check this is, the page's own buttons, language and appearance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction, QActionGroup, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from readiness.locale import languages
from readiness.model.text import N_
from ui.language import NAMES
from ui.theme import STEP, Appearance, theme
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
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(3 * STEP, 2, 3 * STEP, 2)
        self._row.setSpacing(STEP)
        self.setMinimumHeight(7 * STEP)
        self._row.addWidget(Icon("headset"))
        self._row.addWidget(Label("Readiness", bold=True, wrap=False))
        self._row.addSpacing(STEP)
        about = caption(page.context, wrap=False)
        about.setMinimumWidth(0)
        self._row.addWidget(about, 1)
        for action in page.top_actions:
            self._row.addWidget(action)
        position = (
            self._row.count() if not page.top_actions else self._row.count() - len(page.top_actions)
        )
        self._row.insertWidget(position, self._language_button(reader))
        self._row.insertWidget(position + 1, self._appearance_button(reader, appearance))

    def _language_button(self, reader: Reader) -> Button:
        button = Button(NAMES.get(reader.language, reader.language), Look.QUIET)
        button.setObjectName("language")
        button.setAccessibleName(reader.text(N_("Language")))
        menu = QMenu(button)
        group = QActionGroup(menu)
        for tag in languages():
            action = self._choice(menu, group, NAMES.get(tag, tag), on=tag == reader.language)
            action.triggered.connect(lambda _=False, tag=tag: self.language_chosen.emit(tag))
        button.setMenu(menu)
        return button

    def _appearance_button(self, reader: Reader, appearance: Appearance) -> Button:
        button = Button(reader.text(N_("Appearance")), Look.QUIET)
        button.setObjectName("appearance")
        menu = QMenu(button)
        group = QActionGroup(menu)
        for kind, text in APPEARANCES.items():
            action = self._choice(menu, group, reader.text(text), on=kind is appearance)
            action.triggered.connect(lambda _=False, kind=kind: self.appearance_chosen.emit(kind))
        button.setMenu(menu)
        return button

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
