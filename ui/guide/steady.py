"""The card of the long watch: its figures, its course, and the watches of other times of day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from readiness.explain import SHORT_FAILURES
from readiness.model.text import N_
from readiness.report.values import Vocabulary
from ui.guide.duration import duration
from ui.guide.facts import names_and_values
from ui.meters.plot import Plot
from ui.theme import STEP, Size
from ui.widgets.beside import Beside, column
from ui.widgets.card import Card, Rule
from ui.widgets.label import Label, caption, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.model.measurement import Trace
    from readiness.ports import Probe
    from readiness.steady_runs import SteadyRun

MOST_SHOWN = 8
TRIP = "line.round_trip_steady_p95"
COLUMNS = (
    ("line.dropouts", N_("Drop-outs")),
    ("line.dropout_longest", N_("Longest")),
    ("line.loss_steady", N_("Lost")),
    (TRIP, N_("Round trip")),
)
NOTHING = "-"


class SteadyCard(Card):
    """One watch; where a row of the table shows its figures, only the comparison.

    Args:
        one: The watch.
        probe: Which has the names of the figures.
        reader: Words.
        asked: Whether the table has rows for it.
    """

    def __init__(self, one: SteadyRun, probe: Probe, reader: Reader, *, asked: bool) -> None:
        super().__init__()
        self.setObjectName("steady")
        self._one, self._probe, self._reader = one, probe, reader
        self._words = Vocabulary(None, reader)
        self.inside.addWidget(title(reader.text(probe.title)))
        self._earlier = QVBoxLayout()
        self._earlier.setSpacing(STEP)
        if asked:
            self.hide()
        else:
            self._add_figures()
        self.inside.addLayout(self._earlier)

    def _add_figures(self) -> None:
        one, text = self._one, self._reader.text
        seconds = self._seconds(one)
        words = N_("{when}, {time}")
        if one.ended_by not in ("", "through"):
            words = N_("{when}, {time}; it was ended early")
        when = self._reader.date(one.run.started)
        time = duration(seconds, self._reader)
        self.inside.addWidget(caption(text(words, when=when, time=time)))
        sides = Beside(gap=4 * STEP, lines=34)
        left, left_side = column()
        left.addLayout(names_and_values(self._figures()))
        left.addStretch(1)
        sides.add(left_side, 1)
        trace = next(
            (m.evidence.trace for m in one.run.measurements if m.evidence.trace is not None), None
        )
        if trace is not None and len(trace.known) > 1:
            sides.add(self._plot(trace), 1)
        self.inside.addWidget(sides)

    @staticmethod
    def _seconds(one: SteadyRun) -> float:
        for found in one.run.measurements:
            return float(found.evidence.summary.get("seconds", one.run.duration_s))
        return one.run.duration_s

    def _figures(self) -> list[tuple[str, str]]:
        one, pairs = self._one, []
        missing = {failure.metric: failure for failure in one.run.failures}
        for metric in self._probe.metrics:
            found = one.measurement(metric.id)
            if found is not None:
                value = " ".join(filter(None, self._words.found(found, None)))
            elif metric.id in missing:
                value = self._reader.text(SHORT_FAILURES[missing[metric.id].failure])
            else:
                continue
            pairs.append((self._reader.text(metric.title), value))
        return pairs

    def _plot(self, trace: Trace) -> QWidget:
        reader = self._reader
        right, side = column(STEP // 2)
        name = reader.text(N_("Round trip; gaps are drop-outs and pauses"))
        seconds = trace.step_s * len(trace.values)
        line = QHBoxLayout()
        line.addWidget(caption(name), 1)
        line.addWidget(caption(duration(seconds, reader), wrap=False))
        right.addLayout(line)
        plot = Plot(
            name,
            ground="surface",
            scale=lambda high: reader.quantity(high, trace.unit, 0.1 if high % 1 else 1),
        )
        plot.show_values(trace.values, trace.gaps)
        right.addWidget(plot)
        right.addStretch(1)
        return side

    # --- other times of day --------------------------------------------------------------------

    def show_earlier(self, runs: Sequence[SteadyRun], worse: Sequence[str]) -> None:
        """List all watches that were kept, newest first, if there is more than one.

        Args:
            runs: Oldest first.
            worse: Sentences on what is worse in the evening.
        """
        if len(runs) < 2:  # noqa: PLR2004 - nothing to compare with
            return
        self.show()
        text = self._reader.text
        self._earlier.addWidget(Rule())
        self._earlier.addWidget(title(text(N_("At other times of day"))))
        for words in worse:
            self._earlier.addWidget(Label(words, role="open"))
        self._earlier.addLayout(self._table(runs[: -MOST_SHOWN - 1 : -1]))
        if len(runs) > MOST_SHOWN:
            more = N_('The newest {n} of {all}; "readiness steady --list" shows them all.')
            self._earlier.addWidget(caption(text(more, n=MOST_SHOWN, all=len(runs))))

    def _table(self, runs: Sequence[SteadyRun]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP // 2)
        names = [N_("Begun"), N_("Watched"), *(name for _, name in COLUMNS)]
        for place, name in enumerate(names):
            label = Label(self._reader.text(name), size=Size.CAPTION, bold=True, role="quiet")
            grid.addWidget(label, 0, place)
        for line, one in enumerate(runs, start=1):
            mine = one.run.started == self._one.run.started and one.session == self._one.session
            for place, words in enumerate(self._cells(one)):
                label = Label(words, size=Size.CAPTION, bold=mine)
                label.setObjectName(f"watch-{line}-{place}")
                grid.addWidget(label, line, place, Qt.AlignmentFlag.AlignTop)
        grid.setColumnStretch(0, 2)
        for place in range(1, len(names)):
            grid.setColumnStretch(place, 1)
        return grid

    def _cells(self, one: SteadyRun) -> list[str]:
        found = [one.measurement(metric) for metric, _ in COLUMNS]
        return [
            self._reader.date(one.run.started),
            duration(self._seconds(one), self._reader),
            *(NOTHING if m is None else self._words.found(m, None)[0] for m in found),
        ]
