"""A recruiter's note and decision at one report, and what others wrote there meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from readiness.desk_archive.remarks import LONGEST, NOTHING_YET, ChangedMeanwhile, Written
from readiness.model.text import N_
from ui.dress import wear
from ui.review.decisions import Choices, Meanwhile, history_lines
from ui.theme import STEP, Size
from ui.trouble import show, words
from ui.widgets.announce import announce
from ui.widgets.beside import line_height
from ui.widgets.button import Button
from ui.widgets.field import Field
from ui.widgets.label import Label, caption, title
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.remarks import Remark
    from readiness.locale import Reader
    from ui.runner import Runner

NOTE_LINES = 5
"""How high the field for a note is, in line heights."""


class Notes(QWidget):
    """Reads what stands at a report, lets it be changed, saves; nothing of it on this thread.

    Put it beside an opened report, and tell it whenever another one is opened::

        self.notes = Notes(journey.runner, journey.reader, lambda: desk.archive, desk.drafts)
        self.notes.saved.connect(table.set_remark)
        self.notes.show_report(row.digest)

    What is typed and not saved is kept in ``drafts``, so that it is there again when the report is
    opened anew, also where the page was built anew meanwhile (another language). Give the same
    dictionary each time. ``unsaved`` says whether something would be lost by closing the window.

    Signals:
        saved: Key of the report, and the ``Remark`` that stands there now.

    Args:
        runner: Does the work.
        reader: Whose language.
        archive: The open archive; called on the worker, so it may open it there.
        drafts: Key of a report -> what was typed, and over which version. Kept by the caller.
        who: The recruiter's own name as it was typed last; may be empty.
    """

    saved = Signal(str, object)

    def __init__(
        self,
        runner: Runner,
        reader: Reader,
        archive: Callable[[], DeskArchive],
        drafts: dict[str, tuple[Written, int]],
        who: str = "",
    ) -> None:
        super().__init__()
        self._runner, self._reader, self._archive = runner, reader, archive
        self._drafts = drafts
        self._digest = ""
        self._stands: Remark | None = None
        self._on = 0
        """The version over which is written what is typed."""
        self._busy = False
        self._filling = False
        self._make(who)
        self._follow()

    def _make(self, who: str) -> None:
        text = self._reader.text
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(title(text(N_("Your note and decision"))))
        self._choices = Choices(self._reader)
        self._choices.chosen.connect(self._typed)
        column.addWidget(self._choices)
        self._reason = self._line(column, text(N_("Reason")), "reason")
        self._note = self._area(column, text(N_("Note")))
        # Translators: a field in which a recruiter may write a name, or nothing
        self._who = self._line(column, text(N_("Your name, if you like")), "who")
        self._who.setText(who)
        self._meanwhile = Meanwhile(self._reader)
        self._meanwhile.take.connect(self._take_theirs)
        self._meanwhile.insist.connect(self._insist)
        self._meanwhile.hide()
        column.addWidget(self._meanwhile)
        foot = Strip(gap=STEP)
        self._save_button = Button(text(N_("Save")))
        self._save_button.setObjectName("save-note")
        self._save_button.clicked.connect(self._save)
        foot.addWidget(self._save_button)
        self._state = Label("", size=Size.CAPTION, role="quiet")
        column.addWidget(foot)
        column.addWidget(self._state)
        self._before = caption("")
        column.addWidget(self._before)
        column.addStretch(1)

    def _line(self, column: QVBoxLayout, name: str, part: str) -> Field:
        column.addWidget(caption(name))
        field = Field()
        field.setObjectName(f"note-{part}")
        field.setAccessibleName(name)
        field.setMaxLength(LONGEST[part])
        field.textEdited.connect(self._typed)
        column.addWidget(field)
        return field

    def _area(self, column: QVBoxLayout, name: str) -> QPlainTextEdit:
        column.addWidget(caption(name))
        area = QPlainTextEdit()
        wear(area)
        area.setObjectName("note-note")
        area.setAccessibleName(name)
        area.setTabChangesFocus(True)
        area.setFixedHeight(NOTE_LINES * line_height())
        area.textChanged.connect(self._typed)
        column.addWidget(area)
        return area

    # --- which report --------------------------------------------------------------------------

    @property
    def who(self) -> str:
        """The name that the recruiter has typed, or nothing."""
        return self._who.text().strip()

    @property
    def unsaved(self) -> bool:
        """Whether anything that was typed, here or at another report, is not saved."""
        return bool(self._drafts)

    def show_report(self, digest: str) -> None:
        """Show what stands at a report; the same one again: look whether somebody has written."""
        if digest != self._digest:
            self._digest, self._stands = digest, None
            self._meanwhile.hide()
            self._say("")
            self._fill(self._drafts[digest][0] if digest in self._drafts else Written())
            self._before.setText("")
        self._read()
        self._follow()

    def _read(self) -> None:
        digest, archive = self._digest, self._archive
        self._runner.call(
            lambda: archive().history(digest),
            lambda history: self._came(digest, history),
            lambda error: self._refused(digest, error),
        )

    def _came(self, digest: str, history: tuple[Remark, ...]) -> None:
        if not isValid(self) or digest != self._digest:
            return
        stands = history[0] if history else NOTHING_YET
        self._before.setText(history_lines(history[1:], self._reader))
        self._before.setVisible(bool(history[1:]))
        draft = self._drafts.get(digest)
        if draft is not None and draft[1] != stands.version:
            self._show_meanwhile(stands, on=draft[1])
            return
        self._stands, self._on = stands, stands.version
        if draft is None:
            self._fill(stands.written)
        self._follow()

    # --- typing --------------------------------------------------------------------------------

    def _written(self) -> Written:
        return Written(
            note=self._note.toPlainText(),
            decision=self._choices.decision,
            reason=self._reason.text(),
            who=self.who,
        )

    def _fill(self, written: Written) -> None:
        self._filling = True
        self._choices.choose(written.decision)
        self._reason.setText(written.reason)
        if self._note.toPlainText() != written.note:
            self._note.setPlainText(written.note)
        self._filling = False

    def _typed(self) -> None:
        """Keep what was typed, unless it is what stands there anyway."""
        if self._filling or self._stands is None:
            return
        written = self._written()
        if written.plain().says_the_same(self._stands.written):
            self._agree()
        else:
            self._drafts[self._digest] = (written, self._on)
        self._follow()

    def _agree(self) -> None:
        """What is typed is what stands there: nothing is left to be saved."""
        if self._stands is not None:
            self._on = self._stands.version
        self._drafts.pop(self._digest, None)
        self._meanwhile.hide()

    def _follow(self) -> None:
        """What can be done now, and what is said of it."""
        ready = self._stands is not None
        for part in (self._choices, self._reason, self._note, self._who):
            part.setEnabled(ready)
        waiting = self._digest in self._drafts
        self._save_button.setEnabled(
            ready and waiting and not self._busy and self._meanwhile.isHidden()
        )

    # --- saving --------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._busy or self._stands is None:
            return
        self._busy = True
        self._say(self._reader.text(N_("Saving…")))
        digest, on, written = self._digest, self._on, self._written()
        archive = self._archive
        self._runner.call(
            lambda: archive().save(digest, written, on=on),
            lambda stands: self._done(digest, stands),
            lambda error: self._refused(digest, error),
        )
        self._follow()

    def _done(self, digest: str, stands: Remark) -> None:
        self._drafts.pop(digest, None)
        if not isValid(self):
            return
        self._busy = False
        self.saved.emit(digest, stands)
        if digest == self._digest:
            self._stands, self._on = stands, stands.version
            self._typed()  # what was typed while it was saved
            self._say(self._reader.text(N_("Saved.")), aloud=True)
            self._read()
        self._follow()

    def _refused(self, digest: str, error: Exception) -> None:
        if not isValid(self):
            return
        self._busy = False
        if isinstance(error, ChangedMeanwhile):  # at another report it is told when that is shown
            if digest == self._digest:
                self._show_meanwhile(error.stands, on=self._on)
        elif digest == self._digest:
            self._complain(error)
        else:
            show(self, error, self._reader)
        self._follow()

    def _complain(self, error: Exception) -> None:
        said = words(error, self._reader)
        if said is None:
            show(self, error, self._reader)
            return
        self._say("\n".join(part for part in said if part), aloud=True, role="not_met")

    # --- somebody else -------------------------------------------------------------------------

    def _show_meanwhile(self, theirs: Remark, *, on: int) -> None:
        """Keep what was typed, show what stands there now, and let the recruiter decide."""
        self._say("")
        self._stands, self._on = theirs, on
        self._meanwhile.tell(theirs)
        self._meanwhile.show()
        announce(self, self._meanwhile.said)
        self._follow()

    def _take_theirs(self) -> None:
        if self._stands is None:
            return
        self._fill(self._stands.written)
        self._agree()
        self._choices.focus()
        self._follow()

    def _insist(self) -> None:
        """Save over theirs, which stays in the history."""
        if self._stands is None:
            return
        self._on = self._stands.version
        self._drafts[self._digest] = (self._written(), self._on)
        self._meanwhile.hide()
        self._save()

    def _say(self, text: str, *, aloud: bool = False, role: str = "quiet") -> None:
        self._state.set_role(role)
        self._state.setText(text)
        self._state.setVisible(bool(text))
        if aloud:
            announce(self, text)
