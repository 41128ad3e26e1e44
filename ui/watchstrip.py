"""The strip below the top bar while the line is watched, and what the watch came to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.explain import failure_words
from readiness.model.text import N_
from ui.guide.duration import duration
from ui.theme import STEP, Size, theme
from ui.watch import DROPOUTS
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.label import Label, caption
from ui.widgets.mirror import begin_inside, mirror

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.measurement import ProbeRun
    from ui.journey import Journey
    from ui.watch import WatchState


class WatchStrip(QWidget):
    """Made anew for each page; everything it shows is in ``journey.watch``."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._reader, self._watch = journey.reader, journey.watch
        row = QHBoxLayout(self)
        begin_inside(row, 7 * STEP, 2, 3 * STEP, 2)
        row.setSpacing(2 * STEP)
        words = QVBoxLayout()
        words.setSpacing(0)
        self._said = Label("", size=Size.CAPTION, bold=True)
        self._said.setObjectName("watch-said")
        self._note = caption("")
        self._note.setObjectName("watch-note")
        words.addStretch(1)
        words.addWidget(self._said)
        words.addWidget(self._note)
        words.addStretch(1)
        row.addLayout(words, 1)
        self._now = Label("", size=Size.CAPTION, role="quiet", wrap=False)
        self._now.setObjectName("watch-now")
        row.addWidget(self._now, 0, Qt.AlignmentFlag.AlignVCenter)
        self._stop = self._button(N_("Stop"), "watch-stop", N_("Stop watching the line"))
        self._stop.clicked.connect(self._watch.stop)
        self._close = self._button(N_("Close"), "watch-close", N_("Close this message"))
        self._close.clicked.connect(self._watch.dismiss)
        row.addWidget(self._stop)
        row.addWidget(self._close)
        self._was_going = self._watch.going
        self._watch.moved.connect(self._show)
        self._watch.held.connect(self._hold)
        self._show()

    def _button(self, words: str, name: str, meaning: str) -> Button:
        button = Button(self._reader.text(words), small=True)
        button.setObjectName(name)
        button.setAccessibleName(self._reader.text(meaning))
        return button

    def _show(self) -> None:
        state, last = self._watch.state, self._watch.last
        self.setVisible(state is not None or last is not None)
        self._stop.setVisible(state is not None)
        self._close.setVisible(state is None)
        self._now.setVisible(state is not None)
        if state is not None:
            self._stop.setEnabled(not state.stopping)
            self._say(going_words(state, self._reader), None if self._was_going else "")
            words, role = now_words(state, self._reader)
            self._now.setText(words)
            self._now.set_role(role)
        elif last is not None:
            first, second = ended_words(last, self._reader)
            self._say(first, second)
            if self._was_going:
                announce(self, f"{first} {second}".strip())
        if state is not None and not self._was_going:
            announce(self, self._said.text())
        self._was_going = state is not None

    def _say(self, words: str, note: str | None = None) -> None:
        if words != self._said.text():
            self._said.setText(words)
        if note is not None:
            self._note.setText(note)
        self._note.setVisible(bool(self._note.text()))

    def _hold(self) -> None:
        """Another measurement was asked for."""
        words = self._reader.text(
            N_(
                "Nothing else is measured meanwhile: both at once would spoil each other. Wait "
                "until the watch has ended, or press Stop here."
            )
        )
        self._say(self._said.text(), words)
        announce(self, words)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Sunken, with how far it is as a line at the bottom."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("sunken"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("hairline"))
        state = self._watch.state
        if state is not None:
            wide = round(self.width() * state.fraction)
            mirror(painter, self)
            painter.fillRect(0, self.height() - 2, wide, 2, theme.colour("accent"))


def going_words(state: WatchState, reader: Reader) -> str:
    """How far it is, and how often the line dropped out so far."""
    minutes = round(state.minutes)
    far = reader.plural(
        # Translators: how far something is: 7 of 20 minutes.
        "{done} of {n} minute",
        "{done} of {n} minutes",
        minutes,
        done=reader.number(int(state.fraction * minutes)),
    )
    if state.dropouts is None:
        return reader.text(N_("Watching the line: {far}"), far=far)
    if not state.dropouts:
        return reader.text(N_("Watching the line: {far}, no drop-out so far"), far=far)
    return reader.plural(
        "Watching the line: {far}, {n} drop-out so far",
        "Watching the line: {far}, {n} drop-outs so far",
        state.dropouts,
        far=far,
    )


def now_words(state: WatchState, reader: Reader) -> tuple[str, str]:
    """The round trip of this moment, and its colour role."""
    if state.stopping:
        return reader.text(N_("Stopping…")), "quiet"
    if state.trip is None:
        return "", "quiet"
    if state.silent():
        return reader.text(N_("no answer just now")), "not_met"
    value = reader.quantity(state.trip, "ms", 1 if state.trip >= 1 else 0.1)
    return reader.text(N_("Round trip {value}"), value=value), "quiet"


def ended_words(run: ProbeRun, reader: Reader) -> tuple[str, str]:
    """What a watch came to, and what to do where that is nothing."""
    found = next((one for one in run.measurements if one.metric == DROPOUTS), None)
    if found is not None:
        seconds = found.evidence.summary.get("seconds", run.duration_s)
        time = duration(float(seconds), reader)
        count = int(found.value)
        if not count:
            return reader.text(N_("The line was watched for {time}: no drop-out."), time=time), ""
        words = reader.plural(
            "The line was watched for {time}: {n} drop-out.",
            "The line was watched for {time}: {n} drop-outs.",
            count,
            time=time,
        )
        return words, ""
    if run.stopped:
        words = N_("The watch was ended before there was a figure: that takes 2 minutes.")
        if not any(one.detail for one in run.failures):
            return reader.text(words), ""
    failure = run.failures[0] if run.failures else None
    what, remedy = failure_words(failure, reader, DROPOUTS)
    return reader.text(N_("The line could not be watched.")), f"{what} {remedy}"
