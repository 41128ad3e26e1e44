"""What lies on the recruiter's desk and what is done with it: the state behind the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from ui.review.columns import USUAL
from ui.review.found import in_words, look_at, whole_set
from ui.review.working import Working

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from readiness.desk_archive.remarks import Remark
    from readiness.locale import Reader
    from readiness.model.requirement import Profile
    from readiness.review.compare import Lineup
    from readiness.review.desk import Heap
    from readiness.review.rows import ReviewRow
    from readiness.review.view import View, Wish
    from readiness.trust.keys import Keys
    from ui.journey import Journey
    from ui.review.found import Opened, WholeSet


class Reviewing(Working):
    """Sorts, opens, notes and hands on what was read.

    Signals:
        narrowed: Other rows are shown, or in another order.
        written: A file was written: its path.
        worded: What the applicant saw has been put into words: it stands in ``opened`` now.

    Attributes:
        columns: The keys of the columns that are shown.
        picked: Numbers of the rows that are selected.
        lists: Further lists that were opened here.
        opened: The report that is looked at.
        whole: The picture of the rows that were shown when it was asked for.
        lineup: The reports that stand side by side, and ``lined_up`` their numbers.
    """

    narrowed = Signal()
    written = Signal(str)
    worded = Signal()

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self.columns: tuple[str, ...] = USUAL
        self.picked: tuple[int, ...] = ()
        self.lists: tuple[Profile, ...] = ()
        self.opened: Opened | None = None
        self.whole: WholeSet | None = None
        self.lineup: Lineup | None = None
        self.lined_up: tuple[int, ...] = ()

    # --- what the reader has -------------------------------------------------------------------

    def judge_by(self, profile: Profile | None) -> None:
        """Judge by this list; none: by the one that each report names."""
        self.bring(profile=profile)

    def open_list(self, path: str) -> None:
        """Judge by a list out of a file."""

        def done(profile: Profile) -> None:
            self.lists = (*(one for one in self.lists if one.digest != profile.digest), profile)
            self.judge_by(profile)

        engine, trouble = self._journey.engine, self._journey.trouble
        self.runner.call(lambda: engine.profile(path), done, trouble.emit)

    def use_ledger(self, path: Path) -> None:
        """Compare with the invitations that stand in this file."""
        engine, trouble = self._journey.engine, self._journey.trouble
        self.runner.call(
            lambda: engine.ledger(path),
            lambda found: self.bring(ledger=found),
            trouble.emit,
        )

    def unlock(self, path: Path, passphrase: str, then: Callable[[Exception | None], None]) -> None:
        """Open what is sealed with these keys from now on; ``then`` hears why not, or nothing."""

        def done(keys: Keys) -> None:
            then(None)
            self.bring(keys=keys)

        engine = self._journey.engine
        self.runner.call(lambda: engine.unlock(path, passphrase), done, then)

    # --- looking -------------------------------------------------------------------------------

    def narrow(self, wish: Wish) -> None:
        """Show other rows, or the same in another order."""
        if self.view is None:
            return
        self._wish = wish
        self.shown = self.view.shown(wish)
        self.narrowed.emit()

    def choose_column(self, key: str, *, wanted: bool) -> None:
        """Show a column too, or not; they keep their order, and the name always stays."""
        chosen = {*self.columns, key} if wanted else {*self.columns} - {key}
        self.columns = tuple(one for one in self.known_columns if one in chosen or one == "file")

    def open(self, number: int) -> None:
        """Look at one report."""
        if self.busy or self.heap is None:
            return
        desk, reader = self._get_desk(), self._journey.reader

        def done(opened: Opened) -> None:
            if self._here and not self.busy:
                self.opened = opened
                self._journey.turned.emit("applicant")
                self._once_seen.add(lambda: self._put_into_words(opened, reader))

        self.runner.call(lambda: look_at(desk, number, reader), done, self._journey.trouble.emit)

    def _put_into_words(self, opened: Opened, reader: Reader) -> None:
        def done(found: Opened) -> None:
            if self.opened is opened:  # and not another one meanwhile
                self.opened = found
                self.worded.emit()

        if self.opened is opened and not self._closed:
            trouble = self._journey.trouble
            self.runner.call(lambda: in_words(opened, reader), done, trouble.emit)

    def beside(self, number: int, step: int) -> int | None:
        """The report that stands so many rows further in what is shown; none at the ends."""
        try:
            there = self.shown.index(number) + step
        except ValueError:  # it is left out
            return None
        return self.shown[there] if 0 <= there < len(self.shown) else None

    def line_up(self) -> None:
        """Put the selected reports side by side."""
        if self.busy or not self.picked:
            return
        desk, numbers = self._get_desk(), self.picked

        def done(found: Lineup) -> None:
            if self._here and not self.busy:
                self.lineup, self.lined_up = found, numbers
                self._journey.turned.emit("side-by-side")

        self.runner.call(lambda: desk.line_up(numbers), done, self._journey.trouble.emit)

    def see_whole(self) -> None:
        """Show what can be said of all the rows that are shown."""
        if self.heap is None or self.busy:
            return
        rows = self.rows_shown()

        def done(found: WholeSet) -> None:
            if self._here and not self.busy:
                self.whole = found
                self._journey.turned.emit("whole-set")

        self.runner.call(lambda: whole_set(rows), done, self._journey.trouble.emit)

    def rows_shown(self) -> list[ReviewRow]:
        """The rows that are shown, in their order."""
        return [] if self.heap is None else [self.heap.rows[number] for number in self.shown]

    # --- noting --------------------------------------------------------------------------------

    def keep(self, number: int) -> None:
        """Keep a report in the archive, to write a note at it."""
        shelving = self.shelving

        def done(_digest: str) -> None:
            if self._here and self.opened is not None and self.opened.number == number:
                self._journey.turned.emit("applicant")

        def refused(error: Exception) -> None:
            self._journey.trouble.emit(error)
            done("")

        self.runner.call(lambda: shelving.keep(number), done, refused)

    def save_notes(
        self, digests: Sequence[str], then: Callable[[], None], refused: Callable[[Exception], None]
    ) -> None:
        """Save what was typed at these reports, one after the other; then go on.

        What cannot be saved stays typed, and ``refused`` hears why.
        """
        left, shelving = list(digests), self.shelving

        def next_one() -> None:
            while left and left[-1] not in shelving.drafts:
                left.pop()
            if not left:
                then()
                return
            digest = left[-1]
            written, on = shelving.drafts[digest]
            self.runner.call(lambda: shelving.archive().save(digest, written, on=on), done, refused)

        def done(remark: Remark) -> None:
            digest = left.pop()
            shelving.drafts.pop(digest, None)
            self.set_remark(digest, remark)
            next_one()

        # Whoever pressed Save is served first.
        self.runner.call(lambda: None, lambda _: next_one(), refused)

    def set_remark(self, digest: str, remark: Remark) -> None:
        """What a recruiter has just saved stands in the table from now on."""
        desk = self._get_desk()

        def work() -> tuple[Heap, View]:
            desk.remember({digest: remark})
            heap = desk.heap()
            return heap, self._view(heap)

        def done(found: tuple[Heap, View]) -> None:
            if not self.busy:
                self._put(found)
                self.shown = found[1].shown(self.wish)

        self.runner.call(work, done, self._journey.trouble.emit)

    # --- handing on ----------------------------------------------------------------------------

    def export(self, path: Path) -> None:
        """Write what is shown as a table for spreadsheet programs."""
        if self.heap is None:
            return
        engine, language = self._journey.engine, self._journey.reader.language
        rows, refused = self.rows_shown(), self.heap.refused
        metrics = [key for key, column in self.known_columns.items() if not column.head]

        def work() -> str:
            engine.write_table(path, rows, refused, metrics=metrics, language=language)
            return str(path)

        self.runner.call(work, self.written.emit, self._journey.trouble.emit)

    def save_pdf(self, folder: Path) -> None:
        """Write the report that is looked at as a PDF in the reader's language, to be printed."""
        opened = self.opened
        seen = None if opened is None else opened.origin.again or opened.origin.report
        if opened is None or seen is None:
            return
        engine, asked, language = self._journey.engine, opened.asked, opened.language

        def work() -> str:
            written = engine.save(seen, asked, folder, formats=["pdf"], language=language)
            return str(written[0])

        self.runner.call(work, self.written.emit, self._journey.trouble.emit)
