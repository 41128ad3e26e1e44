"""The result: what is so in one line, a row for each requirement, what helps."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from readiness.explain import evening_words
from readiness.model.finding import Verdict
from readiness.model.requirement import Level
from readiness.model.text import N_
from readiness.report.words import practised
from ui.guide.agreed import agreed_button
from ui.guide.practice import PractisedCard
from ui.guide.row import SHARES, RowView, header, reserve
from ui.guide.steady import SteadyCard
from ui.guide.unusual import unusual_note
from ui.theme import STEP
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.columns import Table
from ui.widgets.label import caption, headline, lead
from ui.widgets.page import Page
from ui.widgets.pill import Seal

if TYPE_CHECKING:
    from readiness.ports import Probe
    from readiness.report.words import Row
    from readiness.steady_runs import SteadyRun
    from ui.journey import Journey

ORDER = (
    Verdict.FAIL,
    Verdict.BORDERLINE,
    Verdict.UNKNOWN,
    Verdict.PASS,
    Verdict.NOT_APPLICABLE,
)
LEVELS = list(Level)
LOWEST = 42
"""Pixels that a row takes at least."""
AT_ONCE = 2
"""So many open rows fill a view of usual height; others are opened a moment later."""


class ResultPage(Page):
    """What to put right first stands first, and its row is open."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        report, profile = journey.report, journey.profile
        if report is None or profile is None:
            raise RuntimeError("the result is shown before there is one")
        self._report, self._profile = report, profile
        text = self.reader.text
        first, second = journey.wording.headline(report, profile, self.reader)
        self.said = f"{first}. {second}"
        self.context = text(
            N_("{profile} · {when}"),
            profile=self.reader.local(profile.title),
            when=self.reader.date(report.session.started),
        )
        self._make_actions()
        self.column.addLayout(self._top(first, second))
        note = unusual_note(journey, profile)
        if note is not None:
            self.column.addWidget(note)
        found = journey.wording.rows(report, profile, self.reader)
        self._to_open: set[str] = set()
        """The requirements whose rows are to be open and are not yet."""
        self._steady: SteadyCard | None = None
        self._watch: Button | None = None
        self.column.addWidget(self._table(sorted(found, key=_rank)))
        self.put(self._add_below, high=0)
        self._make_foot()
        journey.watch.moved.connect(self._follow_watch)
        journey.watched.connect(self._on_watched)

    def _make_actions(self) -> None:
        text = self.reader.text
        match = Button(text(N_("Which employers fit?")), Look.TEXT)
        match.setObjectName("match")
        match.clicked.connect(self.journey.compare)
        save = Button(text(N_("Save report…")), Look.FILLED)
        save.setObjectName("save-report")
        save.clicked.connect(self.journey.sharing.begin)
        self.top_actions = [match, save]
        self._dialog_open = False

    def _top(self, first: str, second: str) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(18)
        if self.journey.report is not None:
            row.addWidget(Seal(self.journey.report.overall), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(STEP // 2)
        words.addWidget(headline(first))
        words.addWidget(lead(second))
        row.addLayout(words, 1)
        return row

    def _table(self, found: list[Row]) -> Card:
        card = Card(margin=STEP)
        card.inside.setSpacing(0)
        table = Table(SHARES, ruled=True)
        card.inside.addWidget(header(self.reader, table))
        self.views: list[RowView] = []
        for row in found:
            reserve(row, table)
            self.put(partial(self._add_row, row, table, card), high=LOWEST, within=card)
        if self.views:
            self.first = self.views[0]
        return card

    def _add_row(self, row: Row, table: Table, card: Card) -> None:
        view = RowView(row, self.reader, table, again=self._again)
        view.turned.connect(self._on_turned)
        card.inside.addWidget(view)
        self.views.append(view)
        if row.requirement in self._to_open:
            self.later(partial(self._open, view), within=card)

    def _on_turned(self) -> None:
        if not self.filling:  # else it is done once at the end
            self.tab_in_order()

    def _add_below(self) -> None:
        """What stands below the table."""
        journey, text = self.journey, self.reader.text
        self.column.addWidget(
            caption(
                text(
                    N_(
                        "Required things decide; recommended ones do not. Open a row to see how it "
                        "was found and who asks for it."
                    )
                )
            )
        )
        if skills := practised(self._report, self._profile, self.reader):
            self.column.addWidget(PractisedCard(skills, self.reader))
        self._add_steady()
        if journey.consents:
            self.column.addWidget(agreed_button(journey, self), 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)
        self._follow_watch()

    def opened(self) -> frozenset[str]:
        """The requirements whose rows are open, or soon will be."""
        return frozenset(view.row.requirement for view in self.views if view.is_open) | (
            frozenset(self._to_open)
        )

    def open_again(self, names: frozenset[str]) -> None:
        """Open just the rows of these requirements: the first at once, the others soon."""
        at_once = AT_ONCE
        self._to_open = set(names)
        for view in self.views:
            wanted = view.row.requirement in names
            if view.is_open and not wanted:
                view.toggle()
            elif wanted and at_once:
                at_once -= 1
                self._open(view)
            elif wanted:
                self.later(partial(self._open, view), within=view.parentWidget())

    def _open(self, view: RowView) -> None:
        """Open a row; the person may have done it meanwhile."""
        self._to_open.discard(view.row.requirement)
        if not view.is_open:
            view.toggle()

    def open_first(self) -> None:
        """Open what to put right first."""
        if self.views and self.views[0].row.verdict is not Verdict.PASS:
            self.views[0].toggle()

    def _make_foot(self) -> None:
        foot = self.foot()
        home = Button(self.reader.text(N_("Back to the start")), Look.TEXT)
        home.setObjectName("home")
        home.clicked.connect(self.journey.home)
        foot.addWidget(home)
        foot.addStretch(1)
        if self.journey.recording is not None:
            hear = Button(self.reader.text(N_("Hear yourself…")))
            hear.setObjectName("hear")
            hear.clicked.connect(self._hear)
            foot.addWidget(hear)
        if self.journey.plan is not None and self.journey.plan.questions:
            answers = Button(self.reader.text(N_("Change my answers")))
            answers.setObjectName("change-answers")
            answers.clicked.connect(lambda: self.journey.turned.emit("questions"))
            foot.addWidget(answers)

    def _again(self, requirement_id: str) -> None:
        profile = self.journey.profile
        if profile is None:
            return
        metrics = frozenset(
            criterion.metric
            for requirement in profile.requirements
            if requirement.id == requirement_id
            for criterion in requirement.any_of
        )
        if metrics & {metric.id for metric in self._watching().metrics}:
            self._ask_watch()
        else:
            self.journey.redo(metrics)

    # --- the long watch ------------------------------------------------------------------------

    def _watching(self) -> Probe:
        """The check that watches the line."""
        return self.journey.engine.plan_watch(self._profile).probes[0]

    def _add_steady(self) -> None:
        """The newest watch of this session, and the way to another."""
        found = self.journey.engine.watches_of(self._report.session)
        if found:
            probe = self._watching()
            asked = bool(self._profile.metrics() & {metric.id for metric in probe.metrics})
            self._steady = SteadyCard(found[-1], probe, self.reader, asked=asked)
            self.column.addWidget(self._steady)
            self._look_for_earlier()
        self._watch = Button(self.reader.text(N_("Watch the line for a while…")), small=True)
        self._watch.setObjectName("watch")
        self._watch.clicked.connect(self._ask_watch)
        row = QHBoxLayout()
        row.addWidget(self._watch)
        practise = Button(self.reader.text(N_("Practise…")), small=True)
        practise.setObjectName("practise")
        practise.clicked.connect(self.journey.practise)
        row.addWidget(practise)
        row.addStretch(1)
        self.column.addLayout(row)

    def _look_for_earlier(self) -> None:
        """Look for earlier watches, in the background."""
        engine = self.journey.engine

        def load() -> tuple[tuple[SteadyRun, ...], list[str]]:
            runs = engine.watches()
            return runs, [evening_words(one, self.reader) for one in engine.worse_watches(runs)]

        self.journey.runner.call(load, self._show_earlier, self.journey.trouble.emit)

    def _show_earlier(self, found: tuple[tuple[SteadyRun, ...], list[str]]) -> None:
        if isValid(self) and self._steady is not None:
            self._steady.show_earlier(*found)

    def _follow_watch(self) -> None:
        if self._watch is not None:
            self._watch.setEnabled(not self.journey.watch.going)

    def _on_watched(self) -> None:
        """Show the new figures, unless a dialog stands on this page."""
        if not self._dialog_open and self.journey.report is not self._report:
            self.journey.turned.emit("result")

    def _ask_watch(self) -> None:
        if self._dialog_open:
            return
        if self.journey.watch.going:
            self.journey.watch.held.emit()
            return
        from ui.guide.watch import WatchDialog

        self._dialog_open = True
        dialog = WatchDialog(self.journey, self)
        dialog.finished.connect(self._closed)
        dialog.picked.connect(self.journey.watch_line)
        dialog.open()

    def _hear(self) -> None:
        take = self.journey.recording
        if self._dialog_open or take is None:
            return
        from ui.guide.hear import HearDialog

        self._dialog_open = True
        dialog = HearDialog(self.journey, take, self)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self._dialog_open = False
        self._on_watched()


def _rank(row: Row) -> tuple[int, int]:
    return ORDER.index(row.verdict), LEVELS.index(row.level)
