"""The recruiter's desk: what came, as a table that is sorted and filtered at once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QMenu, QWidget

from readiness import explain
from readiness.model.errors import InputError
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.review.compare import FEWEST, MOST
from readiness.review.view import NO_VERDICT
from readiness.review.words import RowWords
from ui.dress import wear
from ui.review.brought import Brought
from ui.review.choosing import choose_files, choose_folder, choose_target
from ui.review.empty import DropPlace, what_is_said
from ui.review.filters import Filters
from ui.review.going_on import GoingOn
from ui.review.table import RowsTable
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.button import Button, Look
from ui.widgets.label import Label, caption, headline, lead
from ui.widgets.page import Page
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.review.desk import Heap
    from readiness.review.view import View, Wish
    from ui.journey import Journey

WIDEST = 1800
"""A table may be wide; text beside it stays short."""

SETTLE_MS = 700
"""After the last letter of a search a screen reader hears how many are left."""


class ReviewPage(Page):
    """Nothing yet: where to drop it. Reading: how far. Then the table."""

    def __init__(self, journey: Journey) -> None:
        heap = journey.reviewing.heap
        full = heap is not None and bool(heap.rows or heap.refused)
        super().__init__(journey, widest=WIDEST if full else 860)
        self._reviewing = journey.reviewing
        self._heap, self._view = heap, self._reviewing.view
        text = self.reader.text
        self.context = text(N_("For recruiters"))
        self.table: RowsTable | None = None
        self._open: Button | None = None
        self._beside: Button | None = None
        self._words = RowWords(self.reader)
        self._news = ""
        """What was said last of a file that was written."""
        if self._reviewing.busy:
            self._add_going_on(self._reviewing.busy)
        elif full and self._heap is not None and self._view is not None:
            self._add_heap(self._heap, self._view)
        else:
            self._add_empty()
        self._make_foot(self._heap if full and not self._reviewing.busy else None)
        self._reviewing.refresh()

    # --- before, and meanwhile -----------------------------------------------------------------

    def _add_empty(self) -> None:
        text = self.reader.text
        self.said = text(N_("Review what applicants sent"))
        self.column.addStretch(1)
        self.column.addWidget(headline(self.said))
        self.column.addWidget(
            lead(
                text(
                    N_(
                        "Every report is judged again here, by the list that you choose, and you "
                        "are told what can be said of where it comes from."
                    )
                )
            )
        )
        if self._reviewing.searched:
            words = N_("No report was found there.")
            self.column.addWidget(self._named("nothing", Label(text(words), role="open")))
        place = DropPlace(self._reviewing, self.reader)
        self.column.addWidget(place)
        self.column.addWidget(what_is_said(self.reader))
        self.column.addStretch(2)
        self.first = place.first

    def _add_going_on(self, what: str) -> None:
        self.said = self.reader.text(what)
        going = GoingOn(self._reviewing, self.said, self.reader)
        self.column.addStretch(1)
        self.column.addWidget(going)
        self.column.addStretch(2)
        self.first = going.stop

    # --- the table -----------------------------------------------------------------------------

    def _add_heap(self, heap: Heap, view: View) -> None:
        self.column.setSpacing(STEP)
        self.said = self.reader.plural("{n} report", "{n} reports", len(heap.rows))
        self.column.addWidget(headline(self.said))
        for note in self._notes(heap, view):
            self.column.addWidget(note)
        self.column.addWidget(Brought(self.journey, self))
        if heap.rows:
            self.making = (self._add_filters, self._add_table)
        else:
            self.column.addStretch(1)

    def _add_filters(self) -> None:
        if self._view is None:
            return  # it was given up
        known, missing = self._reviewing.known_columns, self._view.missing
        self._filters = Filters(self._reviewing.wish, missing, list(known.values()), self._words)
        self._filters.setObjectName("filters")
        self._filters.wished.connect(self._reviewing.narrow)
        self.column.addWidget(self._filters)

    def _add_table(self) -> None:
        if self._heap is None:
            return
        known = self._reviewing.known_columns
        columns = [known[key] for key in self._reviewing.columns]
        self.table = RowsTable(
            self._heap.rows, columns, self._words, self.reader.text(N_("Reports of applicants"))
        )
        self.table.setObjectName("reports")
        self.table.opened.connect(self._reviewing.open)
        self.table.sorted_by.connect(self._sort)
        self.table.picked.connect(self._pick)
        self.column.addWidget(self.table, 1)
        self._count = caption("")
        self._count.setObjectName("count")
        self.column.addWidget(self._count)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(SETTLE_MS)
        self._later.timeout.connect(lambda: announce(self, self._count.text()))
        self._reviewing.narrowed.connect(self._narrowed)
        self._fill()
        if self._news:
            self._count.setText(self._news)
        self.first = self.table

    def _notes(self, heap: Heap, view: View) -> list[QWidget]:
        """Counts, what a list has changed, what was not read, what is not compared yet."""
        text, plural = self.reader.text, self.reader.plural
        notes: list[QWidget] = [self._summary(heap, view)]
        change = self._reviewing.change
        if change is not None:
            said = plural(
                "With this list {n} verdict is different: {before} were ready, now {now} are.",
                "With this list {n} verdicts are different: {before} were ready, now {now} are.",
                change.different,
                before=self.reader.number(change.before),
                now=self.reader.number(change.now),
            )
            notes.append(self._named("change", Label(said, bold=True)))
        if heap.stopped:
            words = N_("Reading was stopped, so that files may be missing here.")
            notes.append(self._named("stopped", Label(text(words), role="open")))
        if heap.rows and self._reviewing.having.ledger is None:
            words = N_(
                "Open your list of invitations to see which reports answer one. Nothing is noted "
                "in it here."
            )
            notes.append(caption(text(words)))
        return notes

    def _named(self, name: str, label: Label) -> Label:
        label.setObjectName(name)
        return label

    def _counts(self, view: View) -> list[str]:
        """How many are ready, not ready and so on."""
        said = [
            self._counted(self.reader.text(explain.OVERALLS[one]), view.count("verdict", one))
            for one in Overall
        ]
        unjudged, changed = view.count("verdict", NO_VERDICT), view.count("unchanged", "no")
        if unjudged:
            said.append(self._counted(self._words.not_judged_word, unjudged))
        if changed:
            said.append(self._counted(self.reader.text(N_("Changed, or not signed")), changed))
        return said

    def _counted(self, title: str, number: int) -> str:
        value = self.reader.number(number)
        return self.reader.text(N_("{title}: {value}"), title=title, value=value)

    def _summary(self, heap: Heap, view: View) -> QWidget:
        """The counts, and which files were not read."""
        row = Strip(gap=2 * STEP)
        for said in self._counts(view):
            row.addWidget(Label(said, role="quiet", wrap=False))
        if heap.refused:
            self._tell_refused(heap, row)
        if heap.rows:
            row.addStretch(1)
            paper = Button(self.reader.text(N_("Print…")), Look.TEXT, small=True)
            paper.setObjectName("print")
            paper.clicked.connect(self._print)
            row.addWidget(paper)
        return row

    def _tell_refused(self, heap: Heap, row: Strip) -> None:
        """How many files were left out, and the way to which they are."""
        bad = sum(not one.aside for one in heap.refused)
        aside = len(heap.refused) - bad
        said = self.reader.plural("{n} file was set aside.", "{n} files were set aside.", aside)
        if bad:
            said = self.reader.plural(
                "{n} file could not be read.", "{n} files could not be read.", bad
            )
        row.addWidget(Label(said, role="open" if bad else "quiet", wrap=False))
        show = Button(self.reader.text(N_("Show which and why…")), small=True)
        show.setObjectName("refused")
        show.clicked.connect(self._show_refused)
        row.addWidget(show)

    def _show_refused(self) -> None:
        from ui.review.refused import RefusedDialog

        if self._heap is not None:
            RefusedDialog(self._heap.refused, self.reader, self).open()

    def give_up(self, *, high: int = 0) -> None:
        """Another page comes: Python may keep this one for a while, but not all the rows."""
        super().give_up(high=high)
        self._heap = self._view = None
        if self.table is not None:
            self.table.let_go()
            self.table = None

    def shown(self) -> None:
        """Tell a screen reader what has come of the reading."""
        if self._reviewing.news and self._view is not None and not self._reviewing.busy:
            self._reviewing.news = False
            announce(self, f"{self.said}. {' · '.join(self._counts(self._view))}")

    # --- what is shown -------------------------------------------------------------------------

    def _fill(self) -> None:
        table, wish = self.table, self._reviewing.wish
        if table is None:
            return
        table.show_rows(self._reviewing.shown, self._reviewing.picked)
        table.show_order(wish.key, falling=wish.falling)
        self._say_count()

    def _narrowed(self) -> None:
        self._fill()
        self._later.start()

    def _sort(self, key: str, falling: bool) -> None:  # noqa: FBT001 - a signal's
        wish: Wish = replace(self._reviewing.wish, key=key, falling=falling)
        self._filters.follow(wish)
        self._reviewing.narrow(wish)

    def _pick(self) -> None:
        if self.table is not None:
            self._reviewing.picked = self.table.numbers()
            self._say_count()

    def _say_count(self) -> None:
        if self._heap is None or self.table is None:
            return
        text, number = self.reader.text, self.reader.number
        shown, everything = len(self._reviewing.shown), len(self._heap.rows)
        said = text(N_("No report meets these conditions."))
        if shown:
            said = text(
                N_("{shown} of {all} shown, {picked} selected. Enter opens the report."),
                shown=number(shown),
                all=number(everything),
                picked=number(len(self._reviewing.picked)),
            )
        self._count.setText(said)
        if self._open is not None and self._beside is not None:
            self._open.setEnabled(bool(shown))
            self._beside.setEnabled(FEWEST <= len(self._reviewing.picked) <= MOST)

    # --- the foot ------------------------------------------------------------------------------

    def _make_foot(self, heap: Heap | None) -> None:
        foot = self.foot()
        back = self._button("home", N_("Back to the start"), self.journey.home, Look.TEXT)
        foot.addWidget(back)
        foot.addStretch(1)
        if heap is None:
            return
        self.top_actions = [self._menu("add", N_("Add more"), self._fill_add)]
        if not heap.rows:
            return
        whole = self._button("whole", N_("All together…"), self._reviewing.see_whole, Look.TEXT)
        export = self._button("export", N_("Save as a table…"), self._export, Look.TEXT)
        self.top_actions += [whole, export]
        foot.addWidget(self._menu("columns", N_("Columns"), self._fill_columns))
        self._beside = self._button("side-by-side", N_("Side by side"), self._reviewing.line_up)
        foot.addWidget(self._beside)
        self._open = self._button("open", N_("Open"), self._open_current, Look.FILLED)
        foot.addWidget(self._open)
        for button in (self._beside, self._open):
            button.setEnabled(False)  # until there is a table
        self._reviewing.written.connect(self._written)

    def _button(
        self, name: str, words: str, act: Callable[[], object], look: Look = Look.OUTLINED
    ) -> Button:
        button = Button(self.reader.text(words), look)
        button.setObjectName(name)
        button.clicked.connect(act)
        return button

    def _menu(self, name: str, words: str, fill: Callable[[QMenu], None]) -> Button:
        button = Button(self.reader.text(words), Look.QUIET)
        button.setObjectName(name)
        menu = QMenu(button)
        wear(menu)
        menu.aboutToShow.connect(lambda: fill(menu))
        button.setMenu(menu)
        return button

    def _fill_add(self, menu: QMenu) -> None:
        menu.clear()
        text, take = self.reader.text, self._reviewing.take
        files = menu.addAction(text(N_("Files…")))
        files.triggered.connect(lambda: choose_files(self, self.reader, take))
        folder = menu.addAction(text(N_("A folder…")))
        folder.triggered.connect(lambda: choose_folder(self, self.reader, take))
        kept = menu.addAction(text(N_("What you kept")))
        kept.triggered.connect(self._reviewing.take_kept)

    def _fill_columns(self, menu: QMenu) -> None:
        menu.clear()
        for key, column in self._reviewing.known_columns.items():
            action = menu.addAction(column.title(self._words))
            action.setCheckable(True)
            action.setChecked(key in self._reviewing.columns)
            action.setEnabled(key != "file")
            action.toggled.connect(lambda on, key=key: self._choose_column(key, on=on))

    def _choose_column(self, key: str, *, on: bool) -> None:
        self._reviewing.choose_column(key, wanted=on)
        QTimer.singleShot(0, lambda: self.journey.turned.emit("review"))

    def _open_current(self) -> None:
        number = self.table.current() if self.table is not None else None
        if number is not None:
            self._reviewing.open(number)

    def _print(self) -> None:
        from ui.review.on_paper import shown_rows
        from ui.review.printed import preview

        trouble = self.journey.trouble
        try:
            what = shown_rows(self._reviewing, self._filters.in_words(), self._words)
        except InputError as error:
            trouble.emit(error)
            return
        preview(self, what, self.reader, trouble.emit)

    def _export(self) -> None:
        text = self.reader.text
        choose_target(
            self,
            text(N_("Save what is shown as a table")),
            [
                text(N_("Workbook for spreadsheet programs (*.xlsx)")),
                text(N_("Plain table (*.csv)")),
            ],
            "reports.xlsx",
            self._reviewing.export,
        )

    def _written(self, path: str) -> None:
        said = self.reader.text(N_("Written: {path}"), path=path)
        self._news = said
        if self.table is not None:
            self._count.setText(said)
        announce(self, said)
