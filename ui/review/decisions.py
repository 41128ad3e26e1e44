"""Parts of a recruiter's notes: the four decisions, what somebody else wrote, what stood before."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup

from readiness.desk_archive.remarks import DECISIONS, Decision
from readiness.model.text import N_
from ui.theme import STEP
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.choice import FlowingRadio
from ui.widgets.label import Label, caption, title
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.desk_archive.remarks import Remark
    from readiness.locale import Reader

CHOICES = {
    # Translators: a recruiter's choice about an applicant: nothing is decided
    Decision.NONE: N_("No decision yet"),
    # Translators: a recruiter's choice about an applicant: to an interview
    Decision.INVITE: N_("Invite"),
    # Translators: a recruiter's choice: the applicant is asked something or to check again
    Decision.ASK_AGAIN: N_("Ask again"),
    # Translators: a recruiter's choice about an applicant
    Decision.REJECT: N_("Reject"),
}

MOST_BEFORE = 5
"""Earlier versions that are shown."""


class Choices(Strip):
    """The four decisions, one of which is chosen.

    Signals:
        chosen: Another one was chosen by the person.
    """

    chosen = Signal()

    def __init__(self, reader: Reader) -> None:
        super().__init__(gap=STEP)
        self.setAccessibleName(reader.text(N_("Decision")))
        self._group = QButtonGroup(self)
        self._radios: dict[Decision, FlowingRadio] = {}
        for decision, words in CHOICES.items():
            radio = FlowingRadio(reader.text(words))
            radio.setObjectName(f"decide-{decision.value}")
            radio.setAccessibleDescription(self.accessibleName())
            radio.toggled.connect(self._toggled)
            self._group.addButton(radio)
            self._radios[decision] = radio
            self.addWidget(radio)
        self._radios[Decision.NONE].setChecked(True)

    @property
    def decision(self) -> Decision:
        """The chosen one."""
        return next(one for one, radio in self._radios.items() if radio.isChecked())

    def choose(self, decision: Decision) -> None:
        """Choose one."""
        self._radios[decision].setChecked(True)

    def focus(self) -> None:
        """Put the focus on the chosen one."""
        self._radios[self.decision].setFocus()

    def _toggled(self, on: bool) -> None:  # noqa: FBT001 - a slot of Qt
        if on:
            self.chosen.emit()


class Meanwhile(Card):
    """What somebody else wrote while one was writing oneself, and what to do about it.

    Signals:
        take: Theirs is to stay, mine goes.
        insist: Mine is to be saved after theirs.

    Attributes:
        said: What is read aloud when it appears.
    """

    take = Signal()
    insist = Signal()

    def __init__(self, reader: Reader) -> None:
        super().__init__(role="sunken", margin=2 * STEP)
        self._reader = reader
        text = reader.text
        head = text(N_("Somebody else has written here meanwhile"))
        self.said = head
        self.inside.addWidget(title(head))
        self._theirs = Label("")
        self.inside.addWidget(self._theirs)
        self.inside.addWidget(
            caption(
                text(
                    N_("Yours is not saved yet. Whatever you choose, theirs stays in the history.")
                )
            )
        )
        row = Strip(gap=STEP)
        take = Button(text(N_("Keep theirs")), small=True)
        take.setObjectName("take-theirs")
        take.clicked.connect(self.take)
        insist = Button(text(N_("Save mine on top")), Look.OUTLINED, small=True)
        insist.setObjectName("save-mine")
        insist.clicked.connect(self.insist)
        row.addWidget(take)
        row.addWidget(insist)
        self.inside.addWidget(row)

    def tell(self, theirs: Remark) -> None:
        """Show what they wrote."""
        said = remark_words(theirs, self._reader)
        self._theirs.setText(said)
        self.said = f"{self._reader.text(N_('Somebody else has written here meanwhile'))}. {said}"


def remark_words(remark: Remark, reader: Reader) -> str:
    """One version in words: when and by whom, the decision and its reason, the note."""
    written = remark.written
    when = "" if remark.at is None else reader.date(remark.at)
    head = ", ".join(part for part in (when, written.who) if part)
    decided = reader.text(DECISIONS[written.decision])
    if written.reason:
        decided = reader.text(N_("{title}: {value}"), title=decided, value=written.reason)
    return "\n".join(part for part in (head, decided, written.note) if part)


def history_lines(before: Sequence[Remark], reader: Reader) -> str:
    """What stood before, the newest first, some of it; empty if nothing did."""
    if not before:
        return ""
    lines = [reader.text(N_("Before that:"))]
    lines += [remark_words(one, reader).replace("\n", " · ") for one in before[:MOST_BEFORE]]
    more = len(before) - MOST_BEFORE
    if more > 0:
        lines.append(reader.plural("{n} older one.", "{n} older ones.", more))
    return "\n".join(lines)
