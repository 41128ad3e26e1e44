"""A note and a decision at the report that is looked at; what is noted is kept with the report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from readiness.model.text import N_
from ui.review.notes import Notes
from ui.theme import STEP
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.label import caption

if TYPE_CHECKING:
    from readiness.desk_archive.remarks import Remark
    from ui.journey import Journey


class NoteCard(Card):
    """Asks before the first thing is kept; then the fields.

    Args:
        journey: Whose desk.
        number: Of the report's row.
        digest: Its key.
    """

    def __init__(self, journey: Journey, number: int, digest: str) -> None:
        super().__init__(margin=2 * STEP)
        self._journey, self._number = journey, number
        self._reviewing = journey.reviewing
        self._notes: Notes | None = None
        if digest in self._reviewing.shelving.kept:
            self._show(digest)
        else:
            self._offer()

    def _offer(self) -> None:
        text = self._journey.reader.text
        self._button = Button(text(N_("Keep it and write a note…")), small=True)
        self._button.setObjectName("keep-report")
        self._button.clicked.connect(self._keep)
        words = N_(
            "The report is then kept with your note in an archive on this computer, until you "
            "delete it there."
        )
        self._said = caption(text(words))
        self.inside.addWidget(self._button, 0, Qt.AlignmentFlag.AlignLeft)
        self.inside.addWidget(self._said)

    def _keep(self) -> None:
        self._button.setEnabled(False)
        self._reviewing.keep(self._number)

    def _show(self, digest: str) -> None:
        shelving = self._reviewing.shelving
        notes = Notes(
            self._reviewing.runner,
            self._journey.reader,
            shelving.archive,
            shelving.drafts,
            shelving.who,
        )
        notes.saved.connect(self._saved)
        self.inside.addWidget(notes)
        self._notes = notes
        notes.show_report(digest)

    def look_again(self) -> None:
        """Show whether somebody has written here meanwhile."""
        if self._notes is not None:
            self._notes.look_again()

    def _saved(self, digest: str, remark: Remark) -> None:
        if self._notes is not None:
            self._reviewing.shelving.who = self._notes.who
        self._reviewing.set_remark(digest, remark)
