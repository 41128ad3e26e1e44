"""When somebody can work: a week to be marked, buttons for usual hours, and the marks in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.text import N_
from readiness.model.week import MOST_SPANS, Week, parse_week
from readiness.week_words import a_week_words, week_words
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.button import Button, Look
from ui.widgets.flow import Flow
from ui.widgets.label import Label, caption
from ui.widgets.week_grid import WeekGrid

if TYPE_CHECKING:
    from readiness.locale import Reader

# Translators: buttons that mark usual hours; {times} is as in "9:00-17:00".
USUAL = (
    ("weekdays", N_("Weekdays {times}"), "mon-fri", (9, 17)),
    ("evenings", N_("Evenings {times}"), "mon-fri", (17, 22)),
    ("weekends", N_("Weekends {times}"), "sat-sun", (9, 17)),
)
"""Object name, words, days and full hours of what is often meant."""


class WeekView(QWidget):
    """The grid with all that belongs to it.

    Signals:
        settled: What is marked has changed, and that is meant.
    """

    settled = Signal()

    def __init__(self, name: str, week: Week, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        self.grid = WeekGrid(name, week, reader)
        self.grid.setObjectName("week")
        self.grid.changed.connect(self._show)
        self.grid.settled.connect(self.settled)
        self.grid.refused.connect(self._refuse)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(STEP)
        column.addWidget(self._make_usual())
        column.addWidget(self.grid)
        self._said = Label("", bold=True)
        self._said.setObjectName("week-said")
        column.addWidget(self._said)
        how = N_(
            "Draw with the mouse. With the keyboard: arrows move, Space marks or frees, Shift and"
            " arrows mark further."
        )
        column.addWidget(caption(reader.text(how)))
        self._show()

    def _make_usual(self) -> QWidget:
        flow = Flow()
        for name, words, days, hours in USUAL:
            start, end = (self._reader.hour(hour) for hour in hours)
            # Translators: from and to, of days of the week or times of day; an en dash.
            times = self._reader.text(N_("{start}–{end}"), start=start, end=end)  # noqa: RUF001
            button = Button(self._reader.text(words, times=times), small=True)
            button.setObjectName(f"week-{name}")
            usual = parse_week(f"{days} {hours[0]}-{hours[1]}")
            button.clicked.connect(lambda _on=False, more=usual: self._add(more))
            flow.add(button)
        clear = Button(self._reader.text(N_("Clear")), Look.TEXT, small=True)
        clear.setObjectName("week-clear")
        clear.clicked.connect(lambda: self._set(Week()))
        flow.add(clear)
        return flow

    def _add(self, more: Week) -> None:
        self._set(self.grid.week | more)

    def _set(self, week: Week) -> None:
        self.grid.set_week(week)
        announce(self, self._said.text())

    def _show(self) -> None:
        week, text = self.grid.week, self._reader.text
        if not week:
            self._said.setText(text(N_("Nothing is marked: this stays open.")))
        else:
            hours = a_week_words(week.hours, self._reader)
            times = week_words(week, self._reader)
            self._said.setText(text(N_("{hours}: {times}"), hours=hours, times=times))
        self.grid.setAccessibleDescription(self._said.text())

    def _refuse(self) -> None:
        most = self._reader.number(MOST_SPANS)
        said = N_("A day has at most {most} separate times. Join some of them.")
        self._said.setText(self._reader.text(said, most=most))
        announce(self, self._said.text())
