"""What the reader judges by and compares with: a list, their invitations, their keys."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QDateEdit, QHBoxLayout, QWidget

from readiness.model.text import N_
from ui.dress import wear
from ui.review.choosing import choose_one
from ui.theme import STEP
from ui.widgets.button import Button
from ui.widgets.field import Select
from ui.widgets.label import Label
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from readiness.model.requirement import Profile
    from ui.journey import Journey

LETTERS = 18
"""Of the closed list of requirements."""


class _Day(QDateEdit):
    """A day; Tab leaves it at once, arrows go through its parts."""

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001, N802 - Qt's
        """Do not stop at the month and the year."""
        return QWidget.focusNextPrevChild(self, forward)


class Brought(Strip):
    """One line: judged by which list, with which invitations, with which keys."""

    def __init__(self, journey: Journey, page: QWidget) -> None:
        super().__init__(gap=STEP)
        self._journey, self._page = journey, page
        self._reviewing, self._text = journey.reviewing, journey.reader.text
        own = self._reviewing.having.profile
        others = [*self._reviewing.lists, *journey.profiles]
        if own is not None and own.digest not in {one.digest for one in others}:
            others.insert(0, own)
        self._lists: list[Profile | None] = [None, *others]
        self.addWidget(Label(self._text(N_("Judged by")), wrap=False))
        self.addWidget(self._by())
        self._add("open-list", N_("Open a list…"), self._open_list)
        having = self._reviewing.having
        named = N_("Your invitations…")
        if having.ledger is not None:
            named = N_("Other invitations…")
        self._add("ledger", named, self._open_ledger)
        if having.ledger is not None:
            self._add_received()
        unlocked = N_("Keys are open") if having.keys is not None else N_("Your keys…")
        self._add("keys", unlocked, self._open_keys)

    def _by(self) -> Select:
        reader, having = self._journey.reader, self._reviewing.having
        by = Select(self._text(N_("Judged by")), self)
        by.setObjectName("judged-by")
        by.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        by.setMinimumContentsLength(LETTERS)
        by.addItem(self._text(N_("The list that each report names")))
        for profile in self._lists[1:]:
            by.addItem("" if profile is None else reader.local(profile.title))
        if having.profile is not None:
            digests = [None if one is None else one.digest for one in self._lists]
            if having.profile.digest in digests:
                by.setCurrentIndex(digests.index(having.profile.digest))
        by.activated.connect(lambda place: self._reviewing.judge_by(self._lists[place]))
        return by

    def _add(self, name: str, words: str, act: object) -> None:
        button = Button(self._text(words), small=True)
        button.setObjectName(name)
        button.clicked.connect(act)
        self.addWidget(button)

    def _add_received(self) -> None:
        """The day by which an answer is late or not; it matters where there is a ledger."""
        name = self._text(N_("Received on"))
        came = self._reviewing.having.received
        day = QDate.currentDate()
        if came is not None:
            local = came.astimezone()
            day = QDate(local.year, local.month, local.day)
        field = _Day(day)
        wear(field)
        field.setObjectName("received")
        field.setAccessibleName(name)
        field.setDisplayFormat("d MMM yyyy")  # whatever the system thinks of the order
        field.setButtonSymbols(QDateEdit.ButtonSymbols.NoButtons)
        field.setMaximumDate(QDate.currentDate())
        field.editingFinished.connect(lambda: self._receive(field.date()))
        self._day = day
        pair = QWidget()
        row = QHBoxLayout(pair)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(STEP)
        row.addWidget(Label(name, wrap=False))
        row.addWidget(field)
        self.addWidget(pair)

    def _receive(self, day: QDate) -> None:
        if day == self._day:
            return
        self._day = day
        came: datetime | None = None  # today means now
        if day != QDate.currentDate():
            came = datetime.fromtimestamp(day.startOfDay().toSecsSinceEpoch(), UTC)
        self._reviewing.bring(received=came)

    def _open_list(self) -> None:
        choose_one(
            self._page,
            self._text(N_("Open a list of requirements")),
            self._text(N_("Requirements, invitations (*.toml *.readiness-invitation)")),
            self._reviewing.open_list,
        )

    def _open_ledger(self) -> None:
        choose_one(
            self._page,
            self._text(N_("Open your list of invitations")),
            self._text(N_("Lists of invitations (*.readiness-ledger)")),
            lambda path: self._reviewing.use_ledger(Path(path)),
        )

    def _open_keys(self) -> None:
        from ui.review.keys import KeysDialog

        KeysDialog(self._journey, self._page).open()
