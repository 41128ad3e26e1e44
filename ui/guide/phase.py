"""The parts of a live view: the number of this moment, a curve, and one that is over."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.measurement import NO_UNIT
from readiness.model.text import N_
from ui.meters.plot import LEFT, RIGHT, Plot
from ui.meters.spoken import READ_S, Pace
from ui.theme import STEP, Size, tabular
from ui.widgets.label import Figure, Label, caption
from ui.widgets.mirror import begin_inside

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.ports import Live

SMALL = 36
SMALL_WIDTH = 200
SETTLED = 0.3
"""From this share of a part on, a line has found its speed; a figure of all is taken from there."""
SURE = 0.1
"""From this share of a part on it can be said how long the whole takes."""


class Now(QWidget):
    """The number of this moment, big, under its name."""

    def __init__(self) -> None:
        super().__init__()
        self._title = Label("", bold=True, wrap=False)
        self._what = caption("")
        self._number = Figure(size=Size.FIGURE, bold=True, on_page=True)
        # A name of its own: else every change of the text would be told to a screen reader.
        self._number.setAccessibleName("–")  # noqa: RUF001 - an en dash is meant
        self._unit = Label("", size=Size.SECTION, role="quiet", wrap=False)
        self._pace = Pace(READ_S)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        above = QHBoxLayout()
        above.setSpacing(STEP)
        above.addWidget(self._title)
        above.addWidget(self._what, 1)
        inside.addLayout(above)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(self._number)
        row.addWidget(self._unit, 0, Qt.AlignmentFlag.AlignBottom)
        # Qt's rows know no base line: the smaller type is lifted to that of the larger.
        lift = self._number.fontMetrics().descent() - self._unit.fontMetrics().descent()
        self._unit.setContentsMargins(0, 0, 0, max(0, lift))
        row.addStretch(1)
        inside.addLayout(row)

    def begin(self, title: str, what: str) -> None:
        """Another value begins."""
        self._title.setText(title)
        self._what.setText(what)
        self._pace.begin()

    def due(self, moment: float) -> bool:
        """Whether a new number can be read already."""
        return self._pace.due(moment)

    def show_value(self, live: Live, reader: Reader, step: float) -> None:
        """Show a number with its unit."""
        self._number.setText(reader.number(live.value, step))
        self._unit.setText("" if live.unit == NO_UNIT else reader.unit(live.unit))

    def speak(self, words: str) -> None:
        """What a screen reader reads there."""
        self._number.setAccessibleName(words)


class Phase(QWidget):
    """A curve with its axis of time.

    Args:
        live: The value that it begins with.
        at: When that came.
        title: What it is called.
        plot: The empty curve.
        lasts: Where the axis ends where values do not say how far they are, in seconds.
        reader: Words.
    """

    def __init__(
        self, live: Live, at: float, *, title: str, plot: Plot, lasts: float, reader: Reader
    ) -> None:
        super().__init__()
        self.metric_id, self.unit, self.title, self.plot = live.metric, live.unit, title, plot
        self._reader = reader
        self._began, self._from = at, live.through
        self._last = live.through
        self._seconds = 0.0 if live.through is not None else lasts
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addWidget(plot)
        axis = QHBoxLayout()
        begin_inside(axis, LEFT, 0, RIGHT, 0)
        axis.addWidget(caption(reader.quantity(0, "s"), wrap=False))
        axis.addStretch(1)
        self._end = caption("", wrap=False)
        axis.addWidget(self._end)
        inside.addLayout(axis)
        self._write_end()

    def goes_on(self, live: Live) -> bool:
        """Whether the value belongs here: of the same metric, and not begun again."""
        if live.metric != self.metric_id:
            return False
        return live.through is None or self._last is None or live.through >= self._last

    def take(self, live: Live, at: float) -> None:
        """Draw a value that came at ``at``."""
        if live.through is None:
            self.plot.add(live.value, at - self._began)
            if self.plot.axis_end() != self._seconds:  # it takes longer than was thought
                self._seconds = self.plot.axis_end()
                self._write_end()
            return
        self.plot.add(live.value, live.through)
        self._last = live.through
        done = live.through - (self._from or 0.0)
        if done >= SURE and at > self._began:
            seconds = (at - self._began) / done
            if abs(seconds - self._seconds) >= 1:  # else the number would flicker
                self._seconds = seconds
                self._write_end()

    def _write_end(self) -> None:
        shown = self._reader.quantity(round(self._seconds), "s") if self._seconds >= 1 else ""
        self._end.setText(shown)

    def settled(self) -> float:
        """About what it came to: the median once the line had found its speed."""
        end = max(self.plot.places[-1], self.plot.places[0])
        later = [
            value
            for value, place in zip(self.plot.values, self.plot.places, strict=True)
            if place >= SETTLED * end
        ]
        return median(later)


class Small(QWidget):
    """What is over, small: its name, about what it came to, and its curve."""

    def __init__(self, phase: Phase, reader: Reader, step: float) -> None:
        super().__init__()
        value = reader.quantity(phase.settled(), phase.unit, step)
        about = reader.text(N_("about {value}"), value=value)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(STEP // 2)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        row.addWidget(caption(phase.title, wrap=False))
        row.addStretch(1)
        number = Label(about, size=Size.CAPTION, bold=True, wrap=False)
        number.setFont(tabular(number.font()))
        row.addWidget(number)
        inside.addLayout(row)
        name = reader.text(N_("{title}: {value}"), title=phase.title, value=about)
        plot = Plot(name, limit=phase.plot.limit, limit_role=phase.plot.limit_role, height=SMALL)
        plot.setMaximumWidth(SMALL_WIDTH)
        for sample, place in zip(phase.plot.values, phase.plot.places, strict=True):
            plot.add(sample, place)
        inside.addWidget(plot)
