"""A recruiter's note and decision at one report, and what others wrote there meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from readiness.desk_archive.remarks import NOTHING_YET, ChangedMeanwhile, Written
from readiness.model.text import N_
from ui.review.decisions import Meanwhile, history_lines
from ui.review.note_form import NoteForm
from ui.theme import STEP, Size
from ui.trouble import show, words
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.label import Label, caption, title
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.remarks import Remark
    from readiness.locale import Reader
    from ui.runner import Runner


class Notes(QWidget):
    """Reads what stands at a report, lets it be changed, saves; nothing of it on this thread.

    Put it beside an opened report, and tell it whenever another one is opened::

        notes = Notes(journey.runner, journey.reader, lambda: desk.archive, desk.drafts)
        notes.saved.connect(desk.set_remark)
        notes.show_report(row.digest)

    The archive comes from ``engine.desk_archive(address)``; opening it may take seconds, so
    ``archive`` is called on the worker and may open it there. A note needs its report there first:
    wherever reports are read, ``readiness.review.shelf.keeping(once(intake(...)), archive)`` keeps
    them on the way, and ``with_remarks(rows, archive)`` gives rows what stands at them. Errors are
    told here, in the words of all errors.

    What is typed and not saved is kept in ``drafts`` and is there again when the report is opened
    anew, also where the page was built anew meanwhile (another language): give the same dictionary
    each time. ``unsaved`` says whether something would be lost by closing the window.

    Signals:
        saved: Key of the report, and the ``Remark`` that stands there now.

    Args:
        runner: Does the work.
        reader: Whose language.
        archive: The open archive.
        drafts: Key of a report -> what was typed, and over which version. Kept by the caller.
        who: The recruiter's name as it was typed last (``notes.who``); may be empty.
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
        """None while it is being read."""
        self._on = 0
        """The version over which is written what is typed."""
        self._busy = False
        self._form = NoteForm(reader, who)
        self._form.typed.connect(self._typed)
        self._meanwhile = Meanwhile(reader)
        self._meanwhile.take.connect(self._take_theirs)
        self._meanwhile.insist.connect(self._insist)
        self._button = Button(reader.text(N_("Save")))
        self._button.setObjectName("save-note")
        self._button.clicked.connect(self._save)
        self._state = Label("", size=Size.CAPTION, role="quiet")
        self._before = caption("")
        self._lay_out()
        self._follow()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        head = title(self._reader.text(N_("Your note and decision")))
        foot = Strip(gap=STEP)
        foot.addWidget(self._button)
        for part in (head, self._form, self._meanwhile, foot, self._state, self._before):
            column.addWidget(part)
        column.addStretch(1)
        for part in (self._meanwhile, self._state, self._before):
            part.hide()

    # --- which report --------------------------------------------------------------------------

    @property
    def who(self) -> str:
        """The name that the recruiter has typed, or nothing."""
        return self._form.who

    @property
    def unsaved(self) -> bool:
        """Whether anything that was typed, here or at another report, is not saved."""
        return bool(self._drafts)

    def show_report(self, digest: str) -> None:
        """Show what stands at a report; the same one again: look whether somebody has written."""
        if digest != self._digest:
            self._digest, self._stands = digest, None
            self._meanwhile.hide()
            self._before.hide()
            self._say("")
            self._form.fill(self._drafts[digest][0] if digest in self._drafts else Written())
        self._read()
        self._follow()

    def look_again(self) -> None:
        """Read anew what stands at the report that is shown."""
        self.show_report(self._digest)

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
            self._form.fill(stands.written)
        self._follow()

    # --- typing --------------------------------------------------------------------------------

    def _typed(self) -> None:
        """Keep what was typed, unless it is what stands there anyway."""
        if self._stands is None:
            return
        written = self._form.written()
        if written.plain().says_the_same(self._stands.written):
            self._agree()
        else:
            self._drafts[self._digest] = (written, self._on)
            self._say("")
        self._follow()

    def _agree(self) -> None:
        """What is typed is what stands there: nothing is left to be saved."""
        if self._stands is not None:
            self._on = self._stands.version
        self._drafts.pop(self._digest, None)
        self._meanwhile.hide()

    def _follow(self) -> None:
        """Offer what can be done now."""
        ready = self._stands is not None
        self._form.setEnabled(ready)
        asked = not self._meanwhile.isHidden()
        waiting = self._digest in self._drafts
        self._button.setEnabled(ready and waiting and not self._busy and not asked)

    # --- saving --------------------------------------------------------------------------------

    def _save(self) -> None:
        if self._busy or self._stands is None:
            return
        self._busy = True
        self._say(self._reader.text(N_("Saving…")))
        digest, on, written = self._digest, self._on, self._form.written()
        archive = self._archive
        self._runner.call(
            lambda: archive().save(digest, written, on=on),
            lambda stands: self._done(digest, stands),
            lambda error: self._refused(digest, error),
        )
        self._follow()

    def _done(self, digest: str, stands: Remark) -> None:
        draft = self._drafts.pop(digest, None)
        if draft is not None and not draft[0].plain().says_the_same(stands.written):
            self._drafts[digest] = draft[0], stands.version  # typed while it was being saved
        if not isValid(self):
            return
        self._busy = False
        self.saved.emit(digest, stands)
        if digest == self._digest:
            self._stands, self._on = stands, stands.version
            self._say(self._reader.text(N_("Saved.")), aloud=True)
            self._read()
        self._follow()

    def _refused(self, digest: str, error: Exception) -> None:
        if not isValid(self):
            return
        self._busy = False
        here, said = digest == self._digest, words(error, self._reader)
        if isinstance(error, ChangedMeanwhile):  # elsewhere it is told when that is shown again
            if here:
                self._show_meanwhile(error.stands, on=self._on)
        elif said is None or not here:
            show(self, error, self._reader)
        else:
            self._say("\n".join(part for part in said if part), aloud=True, role="not_met")
        self._follow()

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
        if self._stands is not None:
            self._form.fill(self._stands.written)
            self._agree()
            self._form.focus()
            self._follow()

    def _insist(self) -> None:
        """Save after theirs, which stays in the history."""
        if self._stands is not None:
            self._on = self._stands.version
            self._drafts[self._digest] = self._form.written(), self._on
            self._meanwhile.hide()
            self._save()

    def _say(self, text: str, *, aloud: bool = False, role: str = "quiet") -> None:
        self._state.set_role(role)
        self._state.setText(text)
        self._state.setVisible(bool(text))
        if aloud:
            announce(self, text)
