"""The fields of a recruiter's note and decision."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from readiness.desk_archive.remarks import LONGEST, Written
from readiness.model.text import N_
from ui.dress import wear
from ui.review.decisions import Choices
from ui.theme import STEP
from ui.widgets.beside import line_height
from ui.widgets.field import Field
from ui.widgets.label import caption

if TYPE_CHECKING:
    from readiness.locale import Reader

NOTE_LINES = 5
"""How high the field for a note is, in line heights."""


class NoteForm(QWidget):
    """Decision, reason, note, name.

    Signals:
        typed: The person has changed something.

    Args:
        reader: Whose language.
        who: What stands in the field for the name at first.
    """

    typed = Signal()

    def __init__(self, reader: Reader, who: str) -> None:
        super().__init__()
        text = reader.text
        self._filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(STEP // 2)
        self._choices = Choices(reader)
        self._choices.chosen.connect(self._tell)
        self._column.addWidget(self._choices)
        self._reason = self._line(text(N_("Reason")), "reason")
        self._note = self._area(text(N_("Note")))
        # Translators: a field in which a recruiter may write a name, or nothing
        self._who = self._line(text(N_("Your name, if you like")), "who")
        self._who.setText(who)

    def _line(self, name: str, part: str) -> Field:
        self._column.addSpacing(STEP // 2)
        self._column.addWidget(caption(name))
        field = Field()
        field.setObjectName(f"note-{part}")
        field.setAccessibleName(name)
        field.setMaxLength(LONGEST[part])
        field.textEdited.connect(self._tell)
        self._column.addWidget(field)
        return field

    def _area(self, name: str) -> QPlainTextEdit:
        self._column.addSpacing(STEP // 2)
        self._column.addWidget(caption(name))
        area = QPlainTextEdit()
        wear(area)
        area.setObjectName("note-text")
        area.setAccessibleName(name)
        area.setTabChangesFocus(True)
        area.setFixedHeight(NOTE_LINES * line_height())
        area.textChanged.connect(self._tell)
        self._column.addWidget(area)
        return area

    def _tell(self) -> None:
        if not self._filling:
            self.typed.emit()

    @property
    def who(self) -> str:
        """The name, or nothing."""
        return self._who.text().strip()

    def written(self) -> Written:
        """What stands in the fields."""
        return Written(
            note=self._note.toPlainText(),
            decision=self._choices.decision,
            reason=self._reason.text(),
            who=self.who,
        )

    def fill(self, written: Written) -> None:
        """Put it into the fields, but not the name: that is the recruiter's own."""
        self._filling = True
        self._choices.choose(written.decision)
        if self._reason.text() != written.reason:
            self._reason.setText(written.reason)
        if self._note.toPlainText() != written.note:
            self._note.setPlainText(written.note)
        self._filling = False

    def focus(self) -> None:
        """Put the focus on the decision."""
        self._choices.focus()
