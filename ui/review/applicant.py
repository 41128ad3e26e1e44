"""One applicant's report: what can be said of the file, then what the applicant saw."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from readiness.model.text import N_
from readiness.report.words import profile_title
from ui.review.choosing import choose_one_folder
from ui.review.note_card import NoteCard
from ui.review.seen import SeenTable
from ui.review.statements import said_of, what_does_not_fit
from ui.review.unsaved import ask_on_leaving
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.button import Button, Look
from ui.widgets.label import Label, breakable, caption, headline, lead
from ui.widgets.page import Page
from ui.widgets.pill import Seal

if TYPE_CHECKING:
    from collections.abc import Callable

    from ui.journey import Journey
    from ui.review.seen import ReadRow


class ApplicantPage(Page):
    """Three statements, what does not fit, and every requirement with what it rests on."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._reviewing = journey.reviewing
        opened, heap = self._reviewing.opened, self._reviewing.heap
        if opened is None or heap is None:
            raise RuntimeError("a report is shown before one was opened")
        self._opened, self._origin = opened, opened.origin
        self._row = heap.rows[opened.number]
        self._seen: SeenTable | None = None
        self._stands = False
        """Whether the table stands on the page."""
        self._open_then: frozenset[str] = frozenset()
        self._down_then = 0
        """Rows that are to be open as soon as they are there, and how far down one was."""
        self.said = self._row.file
        self.context = self.reader.text(N_("For recruiters"))
        name = headline(breakable(self._row.file))
        name.setObjectName("file")
        self.column.addWidget(name)
        self.column.addWidget(lead(self._about()))
        self.column.addWidget(said_of(self._origin, self.reader))
        odd = what_does_not_fit(self._row, self._origin, opened.asked, self.reader)
        if odd is not None:
            self.column.addWidget(odd)
        self._note: NoteCard | None = None
        self.later(self._add_note)
        self.later(self._add_headline)
        self.later(lambda: self.column.addStretch(1))
        self._make_foot()
        self._reviewing.worded.connect(self._add_table)
        if opened.language != self.reader.language:
            self._reviewing.open(opened.number)

    def _about(self) -> str:
        """When, on what, and the code by which two people know that they see the same file."""
        text, row = self.reader.text, self._row
        code = text(N_("Comparison code {code}"), code=row.code)
        if row.made is None:
            return code
        return text(
            # Translators: of a report: when its check began, and its comparison code
            N_("Begun {when} · {code}"),
            when=self.reader.date(row.made),
            code=code,
        )

    def _add_note(self) -> None:
        self._note = NoteCard(self.journey, self._opened.number, self._row.digest)
        self.column.addWidget(self._note)

    # --- what the applicant saw ----------------------------------------------------------------

    @property
    def views(self) -> list[ReadRow]:
        """The rows that are there."""
        return [] if self._seen is None else self._seen.views

    @property
    def whole(self) -> bool:
        """Whether everything stands there; what the applicant saw comes after the rest."""
        nothing = self._seen is None and self._opened.rows == ()
        return super().whole and (nothing or self._stands)

    def _add_headline(self) -> None:
        seen = self._origin.again or self._origin.report
        if seen is None:
            return
        text, asked = self.reader.text, self._opened.asked
        first, second = self._opened.headline
        row = QHBoxLayout()
        row.setSpacing(2 * STEP)
        row.addWidget(Seal(seen.overall), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(STEP // 2)
        words.addWidget(headline(first))
        words.addWidget(lead(second))
        by = text(N_("Judged by: {profile}"), profile=profile_title(seen, asked, self.reader))
        words.addWidget(caption(by))
        row.addLayout(words, 1)
        self.column.addSpacing(STEP)
        self.column.addLayout(row)
        if self._origin.again is None:
            said = N_(
                "That list of requirements is not known here, so that these verdicts are the "
                "file's own. Open the list on the page before to judge it again."
            )
            self.column.addWidget(Label(text(said), role="open"))

    def open_first(self) -> None:
        """The table comes after the rest."""
        self._add_table()

    def _add_table(self) -> None:
        """Begin with what the applicant saw, if it has been put into words."""
        opened = self._reviewing.opened
        if self._seen is not None or opened is None or opened.origin is not self._origin:
            return
        self._opened = opened
        if not opened.rows:
            return
        self._seen = SeenTable(opened.rows, self._origin, self.reader)
        self._seen.hide()
        self._seen.setParent(self)  # it goes with the page, whenever that is
        self._seen.made.connect(self._table_made)
        self._seen.begin()

    def _table_made(self) -> None:
        if self._seen is None or self._stands:
            return
        self.complete()  # what stands above it
        self._stands = True
        self.column.insertWidget(self.column.count() - 1, self._seen)
        self._seen.show()
        for view in self._seen.views:
            view.turned.connect(self.tab_in_order)
        self.open_again(self._open_then)
        self.tab_in_order()
        if self._down_then:
            self.scroll_to(self._down_then)

    def scroll_to(self, down: int) -> None:
        """Also once the table is there: without it the page is shorter."""
        self._down_then = 0 if self._stands else down
        super().scroll_to(down)

    def opened(self) -> frozenset[str]:
        """The requirements whose rows are open."""
        return frozenset(view.row.requirement for view in self.views if view.is_open)

    def open_again(self, names: frozenset[str]) -> None:
        """Open just the rows of these requirements; the table must be whole for that."""
        self._open_then = names
        self._add_table()
        if self._seen is not None and not self._stands:
            self._seen.finish()
            return
        for view in self.views:
            if view.is_open is not (view.row.requirement in names):
                view.toggle()

    # --- the foot ------------------------------------------------------------------------------

    def _make_foot(self) -> None:
        foot = self.foot()
        back = self._button("back", N_("Back to the reports"), self._back, Look.TEXT)
        foot.addWidget(back)
        foot.addStretch(1)
        if self._origin.again is not None or self._origin.report is not None:
            foot.addWidget(self._button("save-pdf", N_("Save as PDF…"), self._save))
            self._reviewing.written.connect(self._written)
        number = self._opened.number
        for name, words, step in (
            ("previous", N_("Previous"), -1),
            ("next", N_("Next"), 1),
        ):
            there = self._reviewing.beside(number, step)
            button = self._button(name, words, self._go(there))
            button.setEnabled(there is not None)
            foot.addWidget(button)
        self.first = back  # a row would scroll the statements out of sight

    def _button(
        self, name: str, words: str, act: Callable[[], object], look: Look = Look.OUTLINED
    ) -> Button:
        button = Button(self.reader.text(words), look)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _go(self, there: int | None) -> Callable[[], object]:
        if there is None:
            return lambda: None
        return lambda: self._leave(lambda: self._reviewing.open(there))

    def _back(self) -> None:
        def back() -> None:
            self._reviewing.picked = (self._opened.number,)
            self.journey.turned.emit("review")

        self._leave(back)

    def _leave(self, then: Callable[[], None]) -> None:
        """Go elsewhere, once it is decided what becomes of a note that is not saved."""
        digest, reviewing = self._row.digest, self._reviewing
        if digest not in reviewing.shelving.drafts:
            then()
            return

        def lose() -> None:
            reviewing.shelving.drafts.pop(digest, None)
            then()

        def refused(error: Exception) -> None:
            self.journey.trouble.emit(error)
            if isValid(self) and self._note is not None:
                self._note.look_again()

        ask_on_leaving(
            self,
            self.reader,
            save=lambda: reviewing.save_notes([digest], then, refused),
            lose=lose,
        )

    def _save(self) -> None:
        heading = self.reader.text(N_("Choose where the PDF is saved"))
        choose_one_folder(self, heading, lambda path: self._reviewing.save_pdf(Path(path)))

    def _written(self, path: str) -> None:
        said = self.reader.text(N_("Written: {path}"), path=path)
        note = caption(breakable(said))
        note.setObjectName("written")
        self.column.insertWidget(2, note)
        announce(self, said)
