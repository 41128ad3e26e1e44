"""Asking for how long the line is watched, and saying what is sent to whom."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QWidget

from readiness.model.line_method import LINE_METHODS
from readiness.model.text import N_
from readiness.ports import Choices
from ui.guide.duration import duration
from ui.theme import STEP
from ui.watch import agreed
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.choice import Radio
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label, caption, headline

if TYPE_CHECKING:
    from readiness.locale import Reader
    from ui.journey import Journey

MINUTES = (10, 20, 30, 60)
SUGGESTED = 20
STAMP_MB, TCP_MB = 14, 3
"""What is sent in an hour: docs/methods/steadiness.md."""


class WatchDialog(Dialog):
    """Minutes to choose from.

    Signals:
        picked: For how many minutes.
    """

    picked = Signal(int)

    def __init__(self, journey: Journey, parent: QWidget) -> None:
        text = journey.reader.text
        super().__init__(text(N_("Watch the line for a while")), parent)
        self._reader, self._choices = journey.reader, journey.choices or Choices()
        column = self.column
        column.addWidget(headline(text(N_("Watch the line for a while"))))
        why = N_(
            "This finds what a short test cannot: drop-outs, dips of the Wi-Fi and slow minutes. "
            "You can go on using this window. Nothing else is measured meanwhile, and large "
            "downloads should wait."
        )
        column.addWidget(Label(text(why)))
        column.addWidget(self._make_minutes())
        self._sent = caption("")
        self._sent.setObjectName("watch-sent")
        column.addWidget(self._sent)
        column.addStretch(1)
        self.foot.addStretch()
        cancel = Button(text(N_("Cancel")))
        cancel.clicked.connect(self.reject)
        known = agreed(self._choices)
        begin = Button(text(N_("Begin") if known else N_("Continue")), Look.FILLED)
        begin.setObjectName("watch-begin")
        begin.clicked.connect(self._pick)
        self.foot.addWidget(cancel)
        self.foot.addWidget(begin)
        self._follow()

    def _make_minutes(self) -> Beside:
        row = Beside(gap=STEP)
        self._group = QButtonGroup(self)
        for minutes in MINUTES:
            radio = Radio(duration(minutes * 60, self._reader))
            radio.setObjectName(f"minutes-{minutes}")
            radio.setChecked(minutes == SUGGESTED)
            self._group.addButton(radio, minutes)
            row.add(radio)
        self._group.idToggled.connect(self._follow)
        return row

    def _follow(self) -> None:
        self._sent.setText(sent_words(self._choices, self._group.checkedId(), self._reader))

    def _pick(self) -> None:
        if self.isVisible():
            minutes = self._group.checkedId()
            self.accept()
            self.picked.emit(minutes)


def sent_words(choices: Choices, minutes: int, reader: Reader) -> str:
    """What goes to whom in so many minutes."""
    stamp, tcp = (
        reader.text(N_("{n} MB"), n=reader.number(math.ceil(an_hour * minutes / 60)))
        for an_hour in (STAMP_MB, TCP_MB)
    )
    if not agreed(choices):
        words = N_(
            "About {amount} of small packets go back and forth. You have not yet said to whom: the "
            "next page asks you, and nothing is sent before you agree."
        )
        return reader.text(words, amount=stamp)
    if not choices.server:
        names = {method.id: method.title for method in LINE_METHODS}
        known = (names.get(name, name) for name in (choices.method, *choices.fallbacks))
        words = N_(
            "You agreed to public servers. One small packet a second goes to Cloudflare or Google "
            "(stun.cloudflare.com, stun.l.google.com) and back. If neither answers, one connection "
            "a second goes to {names} instead. Together at most about {amount}."
        )
        return reader.text(words, names=", ".join(known), amount=tcp)
    if choices.method in ("", "serve"):
        words = N_(
            "10 small packets a second go to {server}, which you agreed to, and back: about "
            "{amount}."
        )
        return reader.text(words, server=choices.server, amount=stamp)
    words = N_("One connection a second goes to {server}, which you agreed to: about {amount}.")
    return reader.text(words, server=choices.server, amount=tcp)
