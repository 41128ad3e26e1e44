"""The list of every profile the product knows, to pick one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QListWidget, QWidget

from readiness.model.text import N_
from ui.dress import wear
from ui.widgets.button import Button, Look
from ui.widgets.dialog import Dialog
from ui.widgets.field import Field
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from readiness.model.requirement import Profile
    from ui.journey import Journey


class EmployerDialog(Dialog):
    """Type to narrow the list down, Enter to choose.

    Signals:
        picked: The chosen profile.
    """

    picked = Signal(object)

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        text, local = journey.reader.text, journey.reader.local
        super().__init__(text(N_("More employers")), parent, least=25)
        self._journey = journey
        column = self.column
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
        self._note.setMinimumHeight(self._note.fontMetrics().height() * 3)
        search.textChanged.connect(self._narrow)
        self._list.currentRowChanged.connect(self._describe)
        self._list.itemActivated.connect(self._pick)
        self.foot.addStretch()
        cancel = Button(text(N_("Cancel")))
        cancel.clicked.connect(self.reject)
        self._choose = Button(text(N_("Choose")), Look.FILLED)
        self._choose.setObjectName("choose-employer")
        self._choose.clicked.connect(self._pick)
        self.foot.addWidget(cancel)
        self.foot.addWidget(self._choose)
        for widget in (label, search, self._list, self._note):
            column.addWidget(widget)
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
