"""The list of every profile the product knows, to pick one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QListWidget,
    QVBoxLayout,
    QWidget,
)

from readiness.model.text import N_
from ui.dress import wear
from ui.theme import STEP
from ui.widgets.button import Button, Look
from ui.widgets.field import Field
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from readiness.model.requirement import Profile
    from ui.journey import Journey


class EmployerDialog(QDialog):
    """Type to narrow the list down, Enter to choose.

    Signals:
        picked: The chosen profile.
    """

    picked = Signal(object)

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        super().__init__(parent)
        self._journey = journey
        text, local = journey.reader.text, journey.reader.local
        self.setWindowTitle(text(N_("More employers")))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.resize(560, 480)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
        column.setSpacing(STEP)
        search = Field()
        search.setPlaceholderText(text(N_("Type part of a name")))
        label = Label(text(N_("&Whose requirements?")), bold=True)
        label.setBuddy(search)
        self._list = QListWidget()
        wear(self._list)
        self._list.setAccessibleName(text(N_("Lists of requirements")))
        self._list.addItems([local(profile.title) for profile in journey.profiles])
        self._list.setCurrentRow(0)
        self._note = caption("")
        self._note.setMinimumHeight(self._note.fontMetrics().height() * 2)
        search.textChanged.connect(self._narrow)
        self._list.currentRowChanged.connect(self._describe)
        self._list.itemActivated.connect(self._pick)
        row = QHBoxLayout()
        row.addStretch(1)
        cancel = Button(text(N_("Cancel")))
        cancel.clicked.connect(self.reject)
        self._choose = Button(text(N_("Choose")), Look.FILLED)
        self._choose.setObjectName("choose-employer")
        self._choose.clicked.connect(self._pick)
        row.addWidget(cancel)
        row.addWidget(self._choose)
        for widget in (label, search, self._list, self._note):
            column.addWidget(widget)
        column.addLayout(row)
        self._describe()

    def _narrow(self, wanted: str) -> None:
        first = -1
        for place in range(self._list.count()):
            item = self._list.item(place)
            fits = wanted.casefold() in item.text().casefold()
            item.setHidden(not fits)
            first = place if fits and first < 0 else first
        self._list.setCurrentRow(first)
        self._describe()

    def _current(self) -> Profile | None:
        place = self._list.currentRow()
        return self._journey.profiles[place] if place >= 0 else None

    def _describe(self) -> None:
        profile = self._current()
        self._note.setText("" if profile is None else self._journey.reader.local(profile.summary))
        self._choose.setEnabled(profile is not None)

    def _pick(self) -> None:
        profile = self._current()
        if profile is not None and self.isVisible():
            self.picked.emit(profile)
            self.accept()
