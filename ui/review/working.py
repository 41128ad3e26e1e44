"""Reading a heap and judging it, on a worker of the recruiter's desk."""

from __future__ import annotations

import importlib
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

from readiness.model.errors import InputError
from readiness.model.text import N_
from ui.ahead import Ahead
from ui.once_seen import OnceSeen
from ui.opening import DESK
from ui.review.columns import columns_of
from ui.review.found import change_between
from ui.review.shelving import Shelving
from ui.runner import Runner

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.review.desk import Desk, Heap
    from readiness.review.having import Having
    from readiness.review.view import View, Wish
    from ui.journey import Journey
    from ui.review.columns import Column
    from ui.review.found import Change

T = TypeVar("T")
TOLD_EVERY_S = 0.1
"""How often the window hears how far the reading is."""
PAUSE_S = 0.005
"""So long the worker rests when it has said that: it is shown in a millisecond or two, and in fifty
beside a worker that reckons on, for each call of Qt gives the interpreter away and waits for it."""

NEEDED_SOON = ("readiness.report.words",)
"""Loaded on the worker, so that the first report opens as quickly as all others."""
PAGES_SOON = ("ui.review.applicant",)
"""The same, on the window's thread, because it reaches Qt."""


class Working(QObject):
    """Reads and judges on a worker of its own, one thing after the other.

    Signals:
        progressed: So many files were looked at, or reports judged, since the work began.

    Attributes:
        heap: What was read; none before anything was.
        view: The same, ready to be shown.
        shown: The numbers of the rows that are shown.
        busy: English source text of what is being done; empty: nothing.
        searched: Something was read, whether or not reports were found.
        news: Something came of what was done that nobody was told yet.
        total: How many reports that will be; 0: nobody knows.
        change: What the last choice of a list has changed.
        shelving: What is kept of the desk.
    """

    progressed = Signal(int)

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._journey = journey
        self.runner = Runner(self)
        self._ahead = Ahead(PAGES_SOON, self)
        self._once_seen = OnceSeen(journey, self)
        self._desk: Desk | None = None
        self._stop = threading.Event()
        self._closed = False
        self._waiting: list[str] = []
        self._kept_next = False
        """Whether what is kept is to be read as soon as nothing else goes on."""
        self._here = False
        """Whether one of the desk's pages is shown."""
        self._having: Having | None = None
        self._coming: Having | None = None
        """By what all is being judged; none: it is not."""
        self._next: Having | None = None
        """What was chosen meanwhile."""
        self._wish: Wish | None = None
        self.heap: Heap | None = None
        self.view: View | None = None
        self.shown: Sequence[int] = ()
        self.busy = ""
        self.news = self.searched = False
        self.total = 0
        self.change: Change | None = None
        self.shelving = Shelving(lambda: journey.engine, self._get_desk)
        journey.turned.connect(self._follow)

    @property
    def wish(self) -> Wish:
        """Which rows are shown, and in what order."""
        from readiness.review.view import Wish

        return self._wish or Wish()

    @property
    def having(self) -> Having:
        """What the reader has."""
        from readiness.review.having import Having

        return self._having or Having()

    @property
    def known_columns(self) -> dict[str, Column]:
        """Every column that can be shown, by its key."""
        from readiness.review.desk import METRICS

        return dict(columns_of(METRICS))

    # --- coming and going ----------------------------------------------------------------------

    def begin(self) -> None:
        """Show the desk."""
        if self._journey.profiles and not self._journey.runner.running:
            self._journey.turned.emit("review")

    def start(self, references: Sequence[str], having: Having, archive: str | None = None) -> None:
        """Show the desk and read these, or what is kept, as soon as the program is ready."""
        journey = self._journey
        if not journey.profiles:

            def learned() -> None:
                journey.learned.disconnect(learned)
                self.start(references, having, archive)

            journey.learned.connect(learned)
            return
        self.shelving.address = archive or ""
        self.begin()
        self.judge(having)
        if references:
            self.take(references)
        elif archive is not None:
            self._kept_next = True

    def _follow(self, page: str) -> None:
        """Another page is shown: reading ends there, because it would disturb a check."""
        self._here = page in DESK
        if not self._here:
            self.stop()
        elif self._next is not None and not self.busy:
            QTimer.singleShot(0, self, self._judge_next)

    def close(self) -> None:
        """Stop everything and let go of all data."""
        self._closed = True
        self._stop.set()
        if self._desk is not None:
            self.runner.call(self._desk.close, lambda _: None, lambda _: None)
            self.runner.call(self.shelving.close, lambda _: None, lambda _: None)
        self.runner.close()

    # --- reading and judging -------------------------------------------------------------------

    def take(self, references: Sequence[str]) -> None:
        """Read files and folders that were dropped or chosen; while others are read, after them."""
        if self.busy:
            self._waiting += references
            return
        journey = self._journey
        if journey.watch.going:
            journey.trouble.emit(_watched())
            return
        try:
            paths = journey.engine.handed_paths(references)
        except InputError as error:
            journey.trouble.emit(error)
            return
        told, stop = self._begin(N_("Reading what applicants sent"))
        desk = self._get_desk()

        def work() -> tuple[Heap, View]:
            heap = desk.take(paths, told=told, stop=stop)
            return heap, self._view(heap)

        def done(found: tuple[Heap, View]) -> None:
            self.searched = True
            self._show(found)

        self._call(work, done)

    def take_kept(self) -> None:
        """Put to the others what lies in the recruiter's archive."""
        if self.busy:
            return
        told, stop = self._begin(N_("Reading what you keep"))
        desk, shelving = self._get_desk(), self.shelving

        def work() -> tuple[Heap, View]:
            heap = desk.take_kept(shelving.archive(), told=told, stop=stop)
            shelving.learn()
            return heap, self._view(heap)

        def done(found: tuple[Heap, View]) -> None:
            self.searched = True
            self._show(found)

        self._call(work, done)

    def bring(self, **changes: object) -> None:
        """Judge by something else that the reader has, as :class:`Having` names it.

        While files are read, after that. While all is judged by what was chosen before, instead.
        """
        before = self._next or self._coming or self.having
        self._next = replace(before, **changes)  # type: ignore[arg-type]  # as they came
        if not self.busy:
            self._judge_next()
        elif self._coming is not None:
            self._stop.set()

    def _judge_next(self) -> None:
        """Judge by what was chosen last, unless that goes on already."""
        if self._next is not None and not self.busy:
            having, self._next = self._next, None
            self.judge(having)

    def judge(self, having: Having) -> None:
        """Judge all reports by what the reader has now: another list, other invitations."""
        if self.busy:
            return
        self._coming = having
        reports = len(self.heap.rows) if self.heap is not None else 0
        told, stop = self._begin(N_("Judging all reports anew"), reports)
        desk, before, other = self._get_desk(), self.heap, _differ(having, self.having)

        def work() -> tuple[Heap, View, Change] | None:
            heap = desk.judge(having, told=told, stop=stop)
            if heap is None:
                return None
            return heap, self._view(heap), change_between(before, heap)

        def done(found: tuple[Heap, View, Change] | None) -> None:
            if found is None:
                self._end()
                return
            heap, view, change = found
            self._having = having
            self.change = change if other and heap.rows else None
            self._show((heap, view))

        self._call(work, done)

    def stop(self) -> None:
        """Stop reading or judging; what was read stays. Harmless twice.

        What was chosen while files were read has its turn when the desk is looked at.
        """
        self._waiting.clear()
        if self._coming is not None:
            self._next = None
        self._stop.set()

    def _begin(self, what: str, total: int = 0) -> tuple[Callable[[int], None], Callable[[], bool]]:
        """Note what is done; gives what the worker tells and asks meanwhile."""
        self.busy, self.total, self.change = what, total, None
        stop = self._stop = threading.Event()
        last = time.monotonic()

        def told(number: int) -> None:
            nonlocal last
            moment = time.monotonic()
            if moment - last >= TOLD_EVERY_S and not stop.is_set():
                last = moment
                self.progressed.emit(number)
                time.sleep(PAUSE_S)

        self._turn()
        return told, stop.is_set

    def _call(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Let the worker do it, once the page that says so is in sight."""

        def begin() -> None:
            if not self._closed:
                self.runner.call(work, done, self._failed)

        if self._here:
            self._once_seen.add(begin)
        else:
            begin()

    def _failed(self, error: Exception) -> None:
        """Say why; what was read until then is shown."""
        self._journey.trouble.emit(error)
        desk = self._get_desk()

        def work() -> tuple[Heap, View]:
            heap = desk.heap()
            return heap, self._view(heap)

        self.runner.call(work, self._show, self._journey.trouble.emit)

    def _show(self, found: tuple[Heap, View]) -> None:
        _, view = found
        self._put(found)
        self.news = True
        lacking = {one.requirement for one in view.missing}
        if self.wish.missing not in lacking:  # by another list nobody lacks it
            self._wish = replace(self.wish, missing="")
        self.shown = view.shown(self.wish)
        self._end()

    def _put(self, found: tuple[Heap, View]) -> None:
        """Show this from now on; what was shown before is given back on the worker."""
        from readiness.review.view import let_go

        before = [self.heap, self.view]
        self.heap, self.view = found
        self._ahead.begin()
        self.runner.call(lambda: let_go(before), lambda _: None, self._journey.trouble.emit)

    def _end(self) -> None:
        self.busy, self._coming = "", None
        if self._next is not None and self._here:
            self._judge_next()
            return
        self._turn()
        if self._waiting:
            waiting, self._waiting = self._waiting, []
            self.take(waiting)
        elif self._kept_next:
            self._kept_next = False
            self.take_kept()

    def _turn(self) -> None:
        """Show the desk anew, if it is what is looked at."""
        if self._here:
            self._journey.turned.emit("review")

    def _get_desk(self) -> Desk:
        if self._desk is None:
            self._desk = self._journey.engine.desk()
        return self._desk

    def _view(self, heap: Heap) -> View:
        """Make the rows ready to be sorted and searched, on the worker."""
        from readiness.review.view import View
        from readiness.review.words import RowWords

        for name in NEEDED_SOON:
            importlib.import_module(name)
        words = RowWords(self._journey.reader)
        return View(heap.rows, self.known_columns, words, self.view)

    def refresh(self) -> None:
        """Search in the reader's words, where the language was changed meanwhile."""
        view, heap = self.view, self.heap
        if view is None or heap is None or self.busy:
            return
        if view.language == self._journey.reader.language:
            return

        def done(new: View) -> None:
            if self.view is view:
                self.view = new

        def begin() -> None:
            if self.view is view and not self._closed:
                self.runner.call(lambda: self._view(heap), done, self._journey.trouble.emit)

        self._once_seen.add(begin)


def _differ(one: Having, other: Having) -> bool:
    """Whether two readers judge by different lists."""
    first, second = (having.profile for having in (one, other))
    return (first and first.digest) != (second and second.digest)


def _watched() -> InputError:
    return InputError(
        "line-watched",
        N_("The line is being watched; reading many files would disturb that."),
        hint=N_("Wait for its end or stop it, then choose the files again."),
    )
