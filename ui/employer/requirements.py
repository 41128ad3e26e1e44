"""Writing a list of requirements: field by field, with whom it lets through in sight."""

from __future__ import annotations

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
        self._file = FileCard(self.journey)
        self._places: list[tuple[QVBoxLayout, Callable[[Journey], _Renewed]]] = []
        self._cards: list[_Renewed] = []
        self._add_row((self._list, self._trial), (), (RuleCard,))
        self._add_row((self._file,), (WordsCard,), (HostsCard, SourcesCard))
        self._put_cards()
        self.first = self._list.list

    def _add_row(
        self,
        cards: tuple[QWidget, ...],
        more: tuple[Callable[[Journey], _Renewed], ...],
        beside: tuple[Callable[[Journey], _Renewed], ...],
    ) -> None:
        """Cards, and below and beside them places for those that are made anew again and again."""
        columns = Beside(gap=3 * STEP, lines=38)
        left, left_side = column(2 * STEP)
        right, right_side = column(2 * STEP)
        for card in cards:
            left.addWidget(card)
        for place, kinds in ((left, more), (right, beside)):
            for kind in kinds:
                inside, holder = column(0)
                place.addWidget(holder)
                self._places.append((inside, kind))
            place.addStretch(1)
        columns.add(left_side, 1)
        columns.add(right_side, 1)
        self.column.addWidget(columns)

    def _put_cards(self) -> None:
        """Make the cards anew whose fields depend on what stands where."""
        for inside, _ in self._places:
            while inside.count():
                old = inside.takeAt(0).widget()
                old.hide()
                old.deleteLater()
        self._cards = []
        self._state.typing = False
        for inside, kind in self._places:
            card = kind(self.journey)
            inside.addWidget(card)
            self._cards.append(card)

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
            found = [card.findChild(QWidget, name) for card in self._cards if name]
            next((one for one in found if one is not None), self._list.list).setFocus()

    def _follow(self) -> None:
        state, draft = self._state, self._state.draft
        if self._begin is not None:
            self._begin.follow()
        elif draft is not None:
            changed = self._list.follow()
            self._trial.follow()
            for card in self._cards:
                card.follow()
            announce(self, self._file.follow() or changed)
        for button in (self._undo, self._redo, self._invite, self._save):
            button.setVisible(self._open)
        self._undo.setEnabled(state.can_undo)
        self._redo.setEnabled(state.can_redo)
        self._save.setEnabled(state.changed)
        usable = draft is not None and not draft.faults and not draft.changed
        self._invite.setEnabled(usable)
