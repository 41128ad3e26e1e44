"""What a measurement says while it is going on: a big number and its curve."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.requirement import Operator
from readiness.model.text import N_
from readiness.ports import Need
from ui.meters.plot import Plot
from ui.theme import STEP, Size, tabular
from ui.widgets.label import Label, caption

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.requirement import Criterion, Profile
    from readiness.ports import Live, Probe

EXPECTED = 240
"""So many live values of a line measurement fill the curve: some eight seconds."""
HIGHEST = 240
LOWEST = 96
AROUND = 330
"""Pixels of a page that headline, figure and foot take; the curve has the rest."""


class LiveView(QWidget):
    """Empty until the first live value arrives; a new metric begins a new curve."""

    def __init__(self, probe: Probe, profile: Profile, reader: Reader) -> None:
        super().__init__()
        self._probe, self._profile, self._reader = probe, profile, reader
        self._metric = ""
        self._height = HIGHEST
        self._plot: Plot | None = None
        self._now = Label("", size=Size.HEADLINE, bold=True, wrap=False)
        self._now.setFont(tabular(self._now.font()))
        self._what = caption("", wrap=False)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 2 * STEP, 0, 0)
        row = QHBoxLayout()
        row.addWidget(self._now, 1)
        row.addWidget(self._what)
        self._column.addLayout(row)
        self.note = self._describe()

    def _describe(self) -> str:
        if Need.NETWORK in self._probe.needs:
            return self._reader.text(
                N_("Please do not use the internet for anything else just now.")
            )
        return self._reader.text(N_("You need not do anything."))

    def fit(self, page: int) -> None:
        """Draw the curve so that it is in sight on a page of that height in pixels."""
        self._height = min(HIGHEST, max(LOWEST, page - AROUND))
        if self._plot is not None:
            self._plot.set_height(self._height)

    def take(self, live: Live) -> None:
        """Show a live value."""
        if live.metric != self._metric or self._plot is None:
            self._begin(live)
        metric = self._probe.metric(live.metric)
        self._now.setText(self._reader.quantity(live.value, live.unit, metric.resolution or 1))
        if self._plot is not None:
            self._plot.add(live.value)

    def _begin(self, live: Live) -> None:
        self._metric = live.metric
        title = self._reader.text(self._probe.metric(live.metric).title)
        self._what.setText(title)
        criterion = asked_of(self._profile, live.metric)
        limit = None if criterion is None else float(criterion.threshold[0])
        asked = ""
        if limit is not None:
            shown = self._reader.quantity(limit, live.unit, 0.1 if limit % 1 else 1)
            asked = self._reader.text(N_("{value} asked"), value=shown)
        if self._plot is not None:
            self._plot.hide()
            self._plot.deleteLater()
        self._plot = Plot(
            title, limit=limit, limit_text=asked, height=self._height, expected=EXPECTED
        )
        self._column.addWidget(self._plot)


def asked_of(profile: Profile, metric: str) -> Criterion | None:
    """The first single threshold that a profile sets for a metric."""
    for requirement in profile.requirements:
        for criterion in requirement.any_of:
            single = criterion.operator in (Operator.AT_LEAST, Operator.AT_MOST)
            if criterion.metric == metric and single:
                return criterion
    return None
