"""Hear yourself: the own recording raw, and as the customer hears it, at one click each."""

from __future__ import annotations

import dataclasses
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStandardPaths, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from shiboken6 import isValid

from readiness.hearing import Ear
from readiness.model.text import N_
from readiness.ports import Choices, Need
from ui.meters.bar import Bar
from ui.runner import Runner
from ui.theme import STEP, Size
from ui.trouble import words
from ui.widgets.announce import announce
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.choice import CheckBox
from ui.widgets.dialog import Dialog
from ui.widgets.field import Select
from ui.widgets.label import Label, caption, headline

if TYPE_CHECKING:
    from readiness.ports import Take
    from ui.journey import Journey

LOOK_MS = 50
RESTING, PLAYING = "▶", "■"
"""What a click does: play, or stop."""

LINES = (
    (Ear.A_LAW, N_("Europe and most of the world (G.711 A-law)")),
    (Ear.MU_LAW, N_("North America and Japan (G.711 µ-law)")),
)


class HearDialog(Dialog):
    """Plays on a worker of its own. Nothing is kept unless it is saved here."""

    def __init__(self, journey: Journey, take: Take, parent: QWidget) -> None:
        text = journey.reader.text
        super().__init__(text(N_("Hear yourself")), parent)
        self._journey, self._take = journey, take
        self._choices = journey.choices or Choices()
        self._runner = Runner(self)
        self._playing: Ear | None = None
        self._at = self._began = 0.0
        self._turn = 0
        column = self.column
        column.addWidget(headline(text(N_("Hear yourself"))))
        why = N_(
            "Switch between both while it plays: the telephone leaves out the deep and the bright "
            "part of every voice, so do not be alarmed."
        )
        column.addWidget(Label(text(why)))
        self._agree = CheckBox(text(N_("Play a sound on my headset")))
        self._agree.setObjectName("hear-agree")
        self._agree.setVisible(Need.LOUDSPEAKER not in self._choices.consent)
        self._agree.toggled.connect(self._follow)
        column.addWidget(self._agree)
        column.addSpacing(STEP)
        column.addWidget(self._make_ears())
        self._bar = Bar(text(N_("Place in the recording")), height=4)
        column.addWidget(self._bar)
        column.addWidget(self._make_line())
        self._said = Label("", size=Size.CAPTION)
        self._said.setObjectName("hear-said")
        column.addWidget(self._said)
        column.addWidget(
            caption(
                text(
                    N_(
                        "The recording is in memory only. It is gone when you start another check "
                        "or close the window, unless you save it."
                    )
                )
            )
        )
        column.addStretch(1)
        self._make_buttons()
        self._voice = journey.engine.own_voice(take, self._choices)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._show_place)
        self._timer.start(LOOK_MS)
        self.finished.connect(self._end)
        self._show_playing()
        self._follow()

    # --- parts ---------------------------------------------------------------------------------

    def _make_ears(self) -> Beside:
        row = Beside(gap=STEP)
        self._raw = Button("")
        self._raw.setObjectName("hear-own")
        self._customer = Button("")
        self._customer.setObjectName("hear-customer")
        for button in (self._raw, self._customer):
            button.setCheckable(True)
            row.add(button, 1)
        self._raw.clicked.connect(lambda: self._press(Ear.OWN))
        self._customer.clicked.connect(lambda: self._press(self.line()))
        return row

    def _make_line(self) -> Beside:
        text = self._journey.reader.text
        row = Beside(gap=STEP, middle=True)
        row.add(caption(text(N_("Telephone line")), wrap=False))
        self._lines = Select(text(N_("Telephone line")))
        self._lines.setObjectName("hear-line")
        for ear, name in LINES:
            self._lines.addItem(text(name), ear.value)
        self._lines.currentIndexChanged.connect(self._other_line)
        row.add(self._lines, 1)
        return row

    def _make_buttons(self) -> None:
        text = self._journey.reader.text
        save = Button(text(N_("Save as WAV…")), Look.TEXT)
        save.setObjectName("hear-save")
        save.clicked.connect(self._choose_file)
        close = Button(text(N_("Close")), Look.FILLED)
        close.setObjectName("hear-close")
        close.clicked.connect(self.reject)
        self.foot.addWidget(save)
        self.foot.addStretch()
        self.foot.addWidget(close)

    # --- playing -------------------------------------------------------------------------------

    def line(self) -> Ear:
        """The telephone line that was chosen."""
        return Ear(self._lines.currentData())

    def _press(self, ear: Ear) -> None:
        """Play it; where the other one plays, go on at its place; where it plays itself, stop."""
        if self._playing is ear:
            self._stop()
            return
        place = self._place() if self._playing is not None else 0.0
        self._play(ear, 0.0 if place >= self._voice.seconds else place)

    def _play(self, ear: Ear, start_s: float) -> None:
        self._turn += 1
        turn = self._turn
        self._playing, self._at, self._began = ear, start_s, time.monotonic()
        self._said.setText("")
        job = self._voice.playing(ear, start_s=start_s)
        self._runner.call(job, lambda _end: self._over(turn), lambda e: self._failed(turn, e))
        self._show_playing()

    def _stop(self) -> None:
        self._turn += 1
        self._playing = None
        self._voice.stop()
        self._show_playing()

    def _over(self, turn: int) -> None:
        if isValid(self) and turn == self._turn:
            self._playing = None
            self._show_playing()

    def _failed(self, turn: int, error: Exception) -> None:
        if not isValid(self) or turn != self._turn:
            return
        self._over(turn)
        self._say_error(error)

    def _say_error(self, error: Exception) -> None:
        said = words(error, self._journey.reader)
        if said is None:
            self._journey.trouble.emit(error)
            return
        self._say("\n".join(said), "not_met")

    def _say(self, said: str, role: str) -> None:
        self._said.set_role(role)
        self._said.setText(said)
        announce(self, said)

    def _other_line(self) -> None:
        if self._playing not in (None, Ear.OWN):
            self._play(self.line(), self._place())

    def _follow(self) -> None:
        """Play only what was agreed to."""
        consent = self._choices.consent | ({Need.LOUDSPEAKER} if self._agree.isChecked() else set())
        self._voice.choices = dataclasses.replace(self._choices, consent=consent)
        for button in (self._raw, self._customer):
            button.setEnabled(Need.LOUDSPEAKER in consent)
        if Need.LOUDSPEAKER not in consent:
            self._stop()

    def _place(self) -> float:
        return self._at + time.monotonic() - self._began

    def _show_place(self) -> None:
        going = self._playing is not None
        self._bar.set_fraction(self._place() / self._voice.seconds if going else 0.0)

    def _show_playing(self) -> None:
        text = self._journey.reader.text
        for button, name, going in (
            (self._raw, N_("As recorded"), self._playing is Ear.OWN),
            (self._customer, N_("As the customer hears it"), self._playing not in (None, Ear.OWN)),
        ):
            button.setChecked(going)
            button.setText(f"{PLAYING if going else RESTING}  {text(name)}")
            button.setAccessibleName(text(name))
        self._show_place()

    # --- saving and ending ---------------------------------------------------------------------

    def _choose_file(self) -> None:
        text = self._journey.reader.text
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.MusicLocation)
        dialog = QFileDialog(self, text(N_("Save as WAV")), folder, text(N_("Sound (*.wav)")))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("wav")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, path: str) -> None:
        """Write what was heard last, else the raw recording."""
        ear = self.line() if self._customer.isChecked() else Ear.OWN
        voice, reader = self._voice, self._journey.reader

        def done(_none: None) -> None:
            if isValid(self):
                self._say(reader.text(N_("Saved: {path}"), path=path), "met")

        def failed(error: Exception) -> None:
            if isValid(self):
                self._say_error(error)

        self._journey.runner.call(lambda: voice.save(Path(path), ear), done, failed)

    def _end(self) -> None:
        self._timer.stop()
        self._voice.stop()
        self._runner.close()
