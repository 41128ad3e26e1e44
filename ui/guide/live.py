"""What a measurement says while it is going on: a big number and its curve."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.requirement import Level, Operator
from readiness.model.text import N_
from readiness.ports import Need
from readiness.report.values import Vocabulary
from ui.guide.phase import Now, Phase, Small
from ui.meters.plot import Plot
from ui.meters.spoken import Spoken
from ui.theme import STEP
from ui.widgets.beside import Beside, line_height

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.locale import Reader
    from readiness.model.requirement import Criterion, Profile
    from readiness.ports import Live, Probe

HIGHEST = 320
LOWEST = 96
LINES_AROUND = 23
"""Line heights of a page that headline, figure and foot take; the curve has the rest."""
# Translators: stands beside "Round trip", for people who do not know the word.
EXPLAINED = {"line.round_trip_median": N_("until a small packet is answered, there and back")}
OF_SOUND = ("headset.", "voice.", "room.", "phone.")
"""How metrics begin for which the sound system is asked."""
LEVELS = list(Level)
LEVEL_ROLES = {Level.MUST: "not_met", Level.SHOULD: "open", Level.INFO: "quiet"}


class LiveView(QWidget):
    """Empty until the first live value arrives.

    A new metric begins a new curve; the one before stays as a small figure.

    Args:
        probe: What is going on.
        profile: What is asked.
        reader: Words.
        lasts: How long the probe usually takes, in seconds.
        clock: Seconds that never go back.
    """

    def __init__(
        self,
        probe: Probe,
        profile: Profile,
        reader: Reader,
        *,
        lasts: float = 0.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._probe, self._profile, self._reader = probe, profile, reader
        self._lasts, self._clock = lasts, clock
        self._height = HIGHEST
        self._phase: Phase | None = None
        self._spoken = Spoken(self._say, clock)
        self._done: dict[str, Small] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, STEP, 0, 0)
        self._column.setSpacing(STEP)
        self._top = Beside(gap=3 * STEP)
        self._now = Now()
        self._top.add(self._now, 1)
        self._column.addWidget(self._top)
        self._plots = QVBoxLayout()
        self._column.addLayout(self._plots)
        self.note = self._describe()

    def _describe(self) -> str:
        if Need.NETWORK in self._probe.needs:
            return self._reader.text(
                N_("Please do not use the internet for anything else just now.")
            )
        return self._reader.text(N_("You need not do anything."))

    def slow(self) -> str:
        """What is said where this takes longer than usual."""
        if Need.NETWORK in self._probe.needs:
            words = N_(
                "This takes longer than usual. Often the line or a server answers slowly, or "
                "another server is being tried. It ends by itself; you can also skip it."
            )
        elif any(metric.id.startswith(OF_SOUND) for metric in self._probe.metrics):
            words = N_(
                "This takes longer than usual. Often the sound system answers slowly; closing "
                "other programs that use the headset helps. It ends by itself; you can also skip "
                "it."
            )
        else:
            words = N_(
                "This takes longer than usual. Often the computer is busy with something else. "
                "It ends by itself; you can also skip it."
            )
        return self._reader.text(words)

    def fit(self, page: int) -> None:
        """Draw the curve so that it is in sight on a page of that height in pixels."""
        self._height = min(HIGHEST, max(LOWEST, page - LINES_AROUND * line_height()))
        if self._phase is not None:
            self._phase.plot.set_height(self._height)

    def take(self, live: Live, moment: float | None = None) -> None:
        """Show a live value, which came at a moment of the clock; none: now."""
        at = self._clock() if moment is None else moment
        if live.metric in self._done:
            return  # it is over; a straggler begins nothing anew
        if self._phase is None or not self._phase.goes_on(live):
            self._begin(live, at)
        phase = self._phase
        if phase is None:
            return
        phase.take(live, at)
        step = live.step(self._probe.metric(live.metric).resolution)
        if self._now.due(at):
            self._now.show_value(live, self._reader, step)
        self._spoken.say(
            lambda: self._reader.text(
                N_("{title}: {value}"),
                title=phase.title,
                value=self._reader.quantity(live.value, live.unit, step),
            )
        )

    def _begin(self, live: Live, at: float) -> None:
        old = self._phase
        if old is not None:
            old.hide()
            old.deleteLater()
            if old.metric_id != live.metric:
                self._keep(old)
        metric = self._probe.metric(live.metric)
        title = self._reader.text(metric.live or metric.title)
        self._now.begin(title, self._reader.text(EXPLAINED.get(live.metric, "")))
        self._phase = Phase(
            live,
            at,
            title=title,
            plot=self._plot(live, title),
            lasts=self._lasts,
            reader=self._reader,
        )
        self._plots.addWidget(self._phase)
        self._spoken = Spoken(self._say, self._clock)

    def _plot(self, live: Live, title: str) -> Plot:
        found = asked_of(self._profile, live.metric)
        words = "" if found is None else Vocabulary(self._profile, self._reader).asked(found[1])
        asked = self._reader.text(N_("{value} asked"), value=words) if words else ""
        named = self._reader.text(N_("{title}: {value}"), title=title, value=asked)
        return Plot(
            named if asked else title,
            limit=None if found is None else float(found[1].threshold[0]),
            limit_text=asked,
            limit_role="not_met" if found is None else LEVEL_ROLES[found[0]],
            height=self._height,
            end=1.0 if live.through is not None else max(self._lasts, 1.0),
            scale=lambda high: self._reader.quantity(high, live.unit, 0.1 if high % 1 else 1),
        )

    def _say(self, text: str) -> None:
        self._now.speak(text)
        if self._phase is not None:
            self._phase.plot.setAccessibleDescription(text)

    def _keep(self, old: Phase) -> None:
        """Let what is over stand beside the big number, small."""
        step = self._probe.metric(old.metric_id).resolution or 1
        small = Small(old, self._reader, step)
        self._done[old.metric_id] = small
        self._top.add(small)
        small.show()
        self._top.updateGeometry()


def asked_of(profile: Profile, metric: str) -> tuple[Level, Criterion] | None:
    """The single threshold that a profile sets for a metric: of several the one that decides."""
    found = [
        (requirement.level, criterion)
        for requirement in profile.requirements
        for criterion in requirement.any_of
        if criterion.metric == metric
        and criterion.operator in (Operator.AT_LEAST, Operator.AT_MOST)
    ]
    return min(found, key=lambda one: LEVELS.index(one[0]), default=None)
