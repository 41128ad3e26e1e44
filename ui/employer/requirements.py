"""Writing a list of requirements: field by field, with whom it lets through in sight."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.text import N_
from ui.employer.begin_card import BeginCard
from ui.employer.bound import Line
from ui.employer.file_card import FileCard
from ui.employer.hosts_card import HostsCard
from ui.employer.rule_card import RuleCard
from ui.employer.rule_list import RuleList
from ui.employer.trial_card import TrialCard
from ui.employer.words_card import SourcesCard, WordsCard
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.label import headline, lead
from ui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QHideEvent

    from ui.journey import Journey

    _Renewed = WordsCard | HostsCard | SourcesCard | RuleCard

WIDEST = 1200
HEAD = 150
"""Pixels that stand above the first field at least."""


class RequirementsPage(Page):
    """The list and what it means at the left, the requirement that is looked at at the right."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey, widest=WIDEST)
        self._state = journey.employer.drafting
        text = self.reader.text
        self.said = text(N_("What you ask of a home office"))
        self.context = text(N_("For employers"))
        self.column.addWidget(headline(self.said))
        words = N_(
            "Choose what matters for the work, and no more: every rule keeps somebody out. Nothing "
            "leaves this computer."
        )
        self.column.addWidget(lead(text(words)))
        self._begin: BeginCard | None = None
        self._open = self._state.draft is not None
        if self._open:
            self._fill()
        else:
            self._begin = BeginCard(journey)
            self.column.addWidget(self._begin)
            self.first = self._begin.begin
        self.column.addStretch(1)
        self._make_foot()
        self._state.moved.connect(self._follow)
        self._state.rebuilt.connect(self._renew)
        self._follow()

    def _fill(self) -> None:
        self._list, self._trial = RuleList(self.journey), TrialCard(self.journey)
        self._file: FileCard | None = None
        self._cards: list[_Renewed] = []
        left, right = self._row()
        left.addWidget(self._list)
        left.addWidget(self._trial)
        self._rule = self._place(right)
        left.addStretch(1)
        right.addStretch(1)
        left, right = self._row()
        self._file_at, self._words = self._place(left), self._place(left)
        self._hosts, self._sources = self._place(right), self._place(right)
        left.addStretch(1)
        right.addStretch(1)
        self._put_cards()
        self.first = self._list.list

    def _row(self) -> tuple[QVBoxLayout, QVBoxLayout]:
        """Two columns side by side."""
        columns = Beside(gap=3 * STEP, lines=38)
        left, left_side = column(2 * STEP)
        right, right_side = column(2 * STEP)
        columns.add(left_side, 1)
        columns.add(right_side, 1)
        self.column.addWidget(columns)
        return left, right

    @staticmethod
    def _place(within: QVBoxLayout) -> QVBoxLayout:
        """A place for a card, which may be made anew again and again."""
        inside, holder = column(0)
        within.addWidget(holder)
        return inside

    def _put_cards(self) -> None:
        """Make the cards anew whose fields depend on what stands where: first what is in sight."""
        self.give_up(high=HEAD)
        for place in (self._rule, self._words, self._hosts, self._sources):
            while place.count():
                old = place.takeAt(0).widget()
                old.hide()
                old.deleteLater()
        self._cards = []
        self._state.typing = False
        journey, spread = self.journey, self._spread
        self._put_card(self._rule, lambda: RuleCard(journey, spread))
        if self._file is None:
            self._later_in(self._file_at, self._add_file)
        for place, kind in (
            (self._words, lambda: WordsCard(journey)),
            (self._hosts, lambda: HostsCard(journey, spread)),
            (self._sources, lambda: SourcesCard(journey)),
        ):
            self._later_in(place, partial(self._put_card, place, kind))

    def _spread(self, part: Callable[[], None], within: QWidget, *, high: int) -> None:
        self.put(part, high=high, within=within)

    def _later_in(self, place: QVBoxLayout, part: Callable[[], None]) -> None:
        self.put(part, high=0, within=place.parentWidget())

    def _put_card(self, place: QVBoxLayout, kind: Callable[[], _Renewed]) -> None:
        card = kind()
        place.addWidget(card)
        self._cards.append(card)
        card.follow()

    def _add_file(self) -> None:
        self._file = FileCard(self.journey)
        self._file_at.addWidget(self._file)
        announce(self, self._file.follow())

    def _make_foot(self) -> None:
        text, foot, state = self.reader.text, self.foot(), self._state
        back = Button(text(N_("Back")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(lambda: self.journey.turned.emit("employer"))
        foot.addWidget(back)
        # Translators: takes the last change back.
        self._undo = Button(text(N_("Undo")))
        self._undo.setObjectName("undo")
        self._undo.clicked.connect(state.undo)
        # Translators: makes a change again that was taken back.
        self._redo = Button(text(N_("Redo")))
        self._redo.setObjectName("redo")
        self._redo.clicked.connect(state.redo)
        self._invite = Button(text(N_("Invite with it")))
        self._invite.setObjectName("invite-with")
        self._invite.clicked.connect(self._go_inviting)
        self._save = Button(text(N_("Save")), Look.FILLED)
        self._save.setObjectName("save-list")
        self._save.clicked.connect(self._save_it)
        foot.addWidget(self._undo)
        foot.addWidget(self._redo)
        foot.addStretch(1)
        foot.addWidget(self._invite)
        foot.addWidget(self._save)

    def _save_it(self) -> None:
        self._state.save()

    def _go_inviting(self) -> None:
        if self._state.path is not None:
            self.journey.employer.inviting.choose_profile(str(self._state.path))
            self.journey.turned.emit("invite")

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Another page, or this one in other words or colours: nothing that was typed is lost."""
        super().hideEvent(event)
        for line in self.findChildren(Line):
            line.finish()

    # --- following -----------------------------------------------------------------------------

    def _renew(self) -> None:
        """Something may stand elsewhere now: make the fields anew, and stay where one was."""
        if not self._open or self._state.draft is None:
            self.journey.turned.emit("requirements")
            return
        name, inside = "", False
        focused = self.window().focusWidget()
        if focused is not None:
            name = focused.objectName()
            inside = any(card.isAncestorOf(focused) for card in self._cards)
        self._put_cards()
        self._follow()
        self.tab_in_order()
        if inside:
            (self._field(name) or self._list.list).setFocus()

    def _field(self, name: str) -> QWidget | None:
        """The field of that name, also where it would be made later."""
        found = self._made(name)
        if found is None and self.filling:
            self.complete()
            found = self._made(name)
        return found

    def _made(self, name: str) -> QWidget | None:
        made = [card.findChild(QWidget, name) for card in self._cards if name]
        return next((one for one in made if one is not None), None)

    def _follow(self) -> None:
        state, draft = self._state, self._state.draft
        if self._begin is not None:
            self._begin.follow()
        elif draft is not None:
            changed = self._list.follow()
            self._trial.follow()
            for card in self._cards:
                card.follow()
            told = "" if self._file is None else self._file.follow()
            announce(self, told or changed)
        for button in (self._undo, self._redo, self._invite, self._save):
            button.setVisible(self._open)
        self._undo.setEnabled(state.can_undo)
        self._redo.setEnabled(state.can_redo)
        self._save.setEnabled(state.changed)
        usable = draft is not None and not draft.faults and not draft.changed
        self._invite.setEnabled(usable)
