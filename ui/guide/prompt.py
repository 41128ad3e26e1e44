"""A guided step: what to do, the words to read aloud, and a big level meter."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.requirement import Operator
from readiness.model.text import N_
from readiness.ports import READ_ALOUD_SENTENCES, Prompt
from readiness.step_words import HEADLINES, NOTES, PICTURES
from ui.meters.bar import Bar
from ui.meters.keys import Keys
from ui.meters.level import QUIETEST, LevelMeter
from ui.meters.spectrum import SpectrumMeter
from ui.meters.spoken import READ_S, Pace, Spoken
from ui.meters.wave import Wave
from ui.theme import STEP, Size, tabular
from ui.widgets.beside import line_height
from ui.widgets.card import Card
from ui.widgets.label import Figure, Label, caption
from ui.widgets.picture import Picture

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.requirement import Profile
    from readiness.ports import Live
    from ui.person import Step

ALOUD = frozenset({Prompt.READ_ALOUD, Prompt.SPEAK_UP})
"""Steps in which the sentences are read."""
SPOKEN = ALOUD | {Prompt.GREETING}
"""Steps in which the person speaks."""
HEARD = SPOKEN | {Prompt.STAY_SILENT, Prompt.ROOM_SILENT, Prompt.LISTEN}
"""Steps whose level is shown."""
SPEECH_ZONE = (-36.0, -16.0)
"""Active speech level that calls are made for: ITU-T P.56 with 10 dB either way around -26 dBov."""
LOUD_ZONE = (-30.0, -9.0)
"""Of a raised voice: louder than usual, and still below the limit with its peaks."""
SILENCE_ZONE = (-80.0, -50.0)
BELOW, WITHIN, ABOVE = (N_("quiet"), "quiet"), (N_("good"), "met"), (N_("too loud"), "not_met")
"""What is said of a level below, within and above its zone, and in which colour role."""
QUIET = frozenset({Prompt.STAY_SILENT, Prompt.ROOM_SILENT})
"""Steps in which the room is drawn by pitch."""
PICTURE = 120
BAR_S = 0.1
"""A bar of the wave for so long a time, as high as it was loudest: each moves all others."""
LINES_AROUND = 25
"""Line heights of a page that headline, level and foot take; the spectrum has the rest."""
END_SHARE, WORDS_SHARE = 14, 30
"""Percent of the meter's width: of the words at its end, and at least of those below the zone."""


class PromptView(QWidget):
    """The same view before and during the step; before, the meter is still."""

    def __init__(self, step: Step, profile: Profile, reader: Reader, *, asking: bool) -> None:
        super().__init__()
        self._step, self._reader, self._asking = step, reader, asking
        self._values = {"device": "", "output": "", "code": "", **step.values}
        self.headline = reader.text(HEADLINES[step.prompt], **self._values)
        self.note = self._note()
        self._meter: LevelMeter | None = None
        self._keys: Keys | None = None
        self._spectrum: SpectrumMeter | None = None
        self._spoken = Spoken(self._say_spectrum)
        self._pace = Pace(READ_S)
        self._bars = Pace(BAR_S)
        self._loudest = 0.0
        """Since the last bar of the wave, as a share of the meter."""
        self._noises = 0
        self._told_s = -1.0
        """How many seconds of the step are over, as it is written."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, STEP, 0, 0)
        column.setSpacing(2 * STEP)
        if step.prompt in ALOUD:
            card = Card()
            sentences = reader.text(READ_ALOUD_SENTENCES)
            card.inside.addWidget(
                Label(reader.text(N_("“{words}”"), words=sentences), size=Size.SECTION)
            )
            column.addWidget(card)
        elif "sheet" in step.values:
            column.addWidget(self._sheet(step.values["sheet"]))
        elif step.prompt is Prompt.KEYPAD:
            self._keys = Keys(reader.text(N_("Keys heard")), self._values["code"])
            column.addWidget(self._keys, 0, Qt.AlignmentFlag.AlignHCenter)
        elif step.prompt in PICTURES and (asking or step.prompt not in QUIET):
            picture = Picture(PICTURES[step.prompt], height=PICTURE)
            column.addWidget(picture, 0, Qt.AlignmentFlag.AlignHCenter)
        if step.prompt in HEARD:
            column.addLayout(self._make_meter(zone_of(step.prompt, profile)))
        column.addLayout(self._make_time())

    def _sheet(self, sheet: str) -> Card:
        """What helps, point by point, and an example at its end."""
        *points, example = sheet.splitlines()
        card = Card()
        for number, point in enumerate(points, start=1):
            row = QHBoxLayout()
            row.setSpacing(STEP)
            count = Label(self._reader.number(number), bold=True, role="accent", wrap=False)
            count.setFont(tabular(count.font()))
            row.addWidget(count, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(Label(point), 1)
            card.inside.addLayout(row)
        card.inside.addSpacing(STEP)
        card.inside.addWidget(caption(self._reader.text(N_("For example:"))))
        card.inside.addWidget(
            Label(self._reader.text(N_("“{words}”"), words=example), size=Size.SECTION)
        )
        return card

    def _note(self) -> str:
        seconds = self._reader.number(self._step.seconds)
        if not self._asking and self._step.prompt in HEARD - {Prompt.LISTEN}:
            return self._reader.text(
                N_("It is listening now, for {seconds} seconds."), seconds=seconds
            )
        return self._reader.text(NOTES[self._step.prompt], seconds=seconds, **self._values)

    def _make_meter(self, zone: tuple[float, float]) -> QVBoxLayout:
        text = self._reader.text
        column = QVBoxLayout()
        column.setSpacing(STEP)
        row = QHBoxLayout()
        row.addWidget(Label(text(N_("Level")), bold=True, wrap=False))
        row.addStretch(1)
        words = [text(word) for word, _ in (BELOW, WITHIN, ABOVE)]
        self._word = Figure(size=Size.CAPTION, bold=True, on_page=True, room=words)
        widest = self._reader.quantity(QUIETEST, "dB")
        self._number = Figure(size=Size.CAPTION, role="quiet", on_page=True, room=(widest,))
        row.addWidget(self._word)
        row.addWidget(self._number)
        column.addLayout(row)
        self._meter = meter = LevelMeter(text(N_("Level")), zone)
        column.addWidget(meter)
        if self._step.prompt not in QUIET:  # the word says it, and the room is needed
            column.addLayout(self._make_ends(meter))
        self._wave = Wave()
        column.addWidget(self._wave)
        if self._step.prompt in QUIET:
            column.addLayout(self._make_spectrum())
        return column

    def _make_spectrum(self) -> QVBoxLayout:
        """The room by pitch; there once the recording delivers it."""
        column = QVBoxLayout()
        column.setContentsMargins(0, STEP, 0, 0)
        column.setSpacing(STEP)
        row = QHBoxLayout()
        name = self._reader.text(N_("The room by pitch"))
        self._sound = caption("")
        self._count = Label("", size=Size.CAPTION, bold=True, wrap=False)
        self._count.set_role("open")
        head = Label(name, bold=True, wrap=False)
        row.addWidget(head)
        row.addStretch(1)
        row.addWidget(self._count)
        column.addLayout(row)
        self._spectrum = SpectrumMeter(name, self._reader)
        column.addWidget(self._spectrum)
        column.addWidget(self._sound)
        self._by_pitch = (head, self._sound, self._count, self._spectrum)
        for widget in self._by_pitch:
            widget.hide()
        return column

    def fit(self, page: int) -> None:
        """Draw the spectrum so that it is in sight on a page of that height in pixels."""
        if self._spectrum is not None:
            self._spectrum.set_height(page - LINES_AROUND * line_height())

    def _say_spectrum(self, words: str) -> None:
        self._sound.setText(words)
        if self._spectrum is not None:
            self._spectrum.setAccessibleDescription(words)

    def _take_bands(self, live: Live) -> None:
        """Show the spectrum, and count the noises that stand out of the rest."""
        if self._spectrum is None or not live.bands:
            return
        if live.stands_out and not self._spectrum.noise:
            self._noises += 1
            words = self._reader.plural("{n} noise so far", "{n} noises so far", self._noises)
            self._count.setText(words)
        self._spectrum.set_levels(live.bands, noise=live.stands_out)
        if self._spectrum.isHidden():
            self._wave.hide()
            for widget in self._by_pitch:
                widget.show()
        self._spoken.say(self._spectrum.words)

    def _make_ends(self, meter: LevelMeter) -> QHBoxLayout:
        """What both ends of the meter mean, and the zone."""
        text = self._reader.text
        ends = QHBoxLayout()
        speaking = self._step.prompt in SPOKEN
        middle = round(100 * meter.position(sum(meter.zone) / 2))
        around = max(WORDS_SHARE, 2 * (100 - END_SHARE - middle)) if speaking else 0
        begin = Qt.AlignmentFlag.AlignLeading
        ends.addWidget(
            _written(text(N_("too quiet") if speaking else N_("quiet")), begin),
            100 - END_SHARE - around,
        )
        if speaking:
            words = text(N_("just right between the marks"))
            ends.addWidget(_written(words, Qt.AlignmentFlag.AlignHCenter), around)
        ends.addWidget(_written(text(N_("too loud")), Qt.AlignmentFlag.AlignTrailing), END_SHARE)
        return ends

    def _make_time(self) -> QVBoxLayout:
        """How much of the step is over; there once it has begun."""
        column = QVBoxLayout()
        column.setSpacing(STEP // 2)
        self._time = Bar(self._reader.text(N_("Time of this step")), height=4, ground="page")
        self._passed = Figure(size=Size.CAPTION, role="quiet", on_page=True)
        column.addWidget(self._time)
        column.addWidget(self._passed, 0, Qt.AlignmentFlag.AlignLeading)
        for widget in (self._time, self._passed):
            widget.hide()
        return column

    def pass_time(self, fraction: float) -> None:
        """Show how much of the step is over, 0 to 1."""
        self._time.set_fraction(fraction)
        passed = min(self._step.seconds, round(fraction * self._step.seconds))
        if passed == self._told_s:
            return
        self._told_s = passed
        self._passed.setText(
            self._reader.text(
                N_("{n} of {all} seconds"),
                n=self._reader.number(passed),
                all=self._reader.number(self._step.seconds),
            )
        )
        for widget in (self._time, self._passed):
            widget.setVisible(not self._asking)

    def take(self, live: Live, moment: float | None = None) -> None:
        """Show a live level, or how many keys were heard; other values are not for this view.

        It came at a moment of the clock; none: now.
        """
        if live.through is not None:
            self.pass_time(live.through)
        if self._keys is not None and not live.unit:
            self._keys.set_heard(int(live.value))
        if live.unit != "dBov" or self._meter is None:
            return
        self._take_bands(live)
        self._meter.set_level(live.value)
        self._loudest = max(self._loudest, self._meter.share)
        if self._bars.due(moment):
            if self._spectrum is None or self._spectrum.isHidden():
                self._wave.add(self._loudest)
            self._loudest = 0.0
        if self._pace.due(moment):
            self._write_level(live, *self._meter.zone)

    def _write_level(self, live: Live, low: float, high: float) -> None:
        """The level as a number, and whether it is in the zone."""
        whole = round(live.value) if math.isfinite(live.value) else live.value
        self._number.setText(self._reader.quantity(whole, "dB"))
        word, role = BELOW if live.value < low else ABOVE if live.value > high else WITHIN
        text = self._reader.text(word)
        if text != self._word.text():
            self._word.set_role(role)
            self._word.setText(text)


def _written(words: str, side: Qt.AlignmentFlag) -> Label:
    """Small words at one side of their room."""
    label = caption(words)
    label.setAlignment(side | Qt.AlignmentFlag.AlignTop)
    return label


def zone_of(prompt: Prompt, profile: Profile) -> tuple[float, float]:
    """Which levels are right in a step, dBov."""
    if prompt is Prompt.SPEAK_UP:
        return LOUD_ZONE
    return speech_zone(profile) if prompt in SPOKEN else SILENCE_ZONE


def speech_zone(profile: Profile) -> tuple[float, float]:
    """What the profile asks of the voice's level, or the usual zone."""
    low, high = SPEECH_ZONE
    for requirement in profile.requirements:
        for criterion in requirement.any_of:
            if criterion.metric != "voice.level":
                continue
            numbers = [float(end) for end in criterion.threshold]
            if criterion.operator is Operator.BETWEEN:
                low, high = numbers
            elif criterion.operator is Operator.AT_LEAST:
                low = numbers[0]
            elif criterion.operator is Operator.AT_MOST:
                high = numbers[0]
    return low, high
