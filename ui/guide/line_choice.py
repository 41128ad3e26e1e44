"""Where the line is measured to: a server that was named, or public ones, each agreed to apart."""

from __future__ import annotations

import dataclasses
import itertools
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from readiness.consent_words import CALLS, SERVER
from readiness.model.line_method import PUBLIC_INTRODUCTION, PUBLIC_METHODS, SERVER_METHODS
from readiness.model.text import N_
from ui.theme import STEP
from ui.widgets.choice import INDENT, CheckBox, Radio, indented
from ui.widgets.field import Field, Select
from ui.widgets.label import Label, caption
from ui.widgets.mirror import begin_inside
from ui.widgets.ring import MARGIN

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.ports import Choices

SERVE = "serve"
WEB = ("http", "https")
SCHEMES = {"ndt7": (*WEB, "ws", "wss")}
WITHOUT_SCHEME = "iperf3"
PUBLIC = {method.id for method in PUBLIC_METHODS}


class LineChoice(QWidget):
    """The two ways, of which one is open at a time.

    Args:
        choices: What was chosen before.
        reader: Words.
    """

    changed = Signal()

    def __init__(self, choices: Choices, reader: Reader) -> None:
        super().__init__()
        self._reader = reader
        public = choices.method in PUBLIC and not choices.server
        self._column = QVBoxLayout(self)
        begin_inside(self._column, INDENT - MARGIN, 0, 0, 0)
        self._column.setSpacing(STEP // 2)
        group = QButtonGroup(self)
        self._own = Radio(reader.text(N_("A measuring server")))
        self._own.setObjectName("own-server")
        self._public = Radio(reader.text(N_("Public measuring servers")))
        self._public.setObjectName("public-servers")
        for button in (self._own, self._public):
            group.addButton(button)
        self._own.setChecked(not public)
        self._public.setChecked(public)
        self._hint = Label("", role="not_met")
        self._hint.hide()
        self._column.addWidget(self._own)
        self._add_server(choices)
        self._column.addWidget(self._public)
        self._add_public({choices.method, *choices.fallbacks} if public else set())
        self._column.addLayout(indented(self._hint))
        self._own.toggled.connect(self._follow)
        self._follow()

    def _add_server(self, choices: Choices) -> None:
        text = self._reader.text
        self._server = Field(choices.server)
        self._server.setPlaceholderText("https://…")
        self._server.setAccessibleName(text(N_("Address of the measuring server")))
        self._server.setObjectName("server")
        self._server.textEdited.connect(self._follow)
        self._kind = Select(text(N_("Kind of measuring server")))
        self._kind.setObjectName("server-kind")
        for method in SERVER_METHODS:
            self._kind.addItem(method.title, method.id)
        self._kind.setCurrentIndex(max(0, self._kind.findData(choices.method or SERVE)))
        self._kind.currentIndexChanged.connect(self._follow)
        note = caption(text(N_("Its address and kind come from whoever asks you to be checked.")))
        self._server_part = QWidget()
        learns = caption(" ".join(map(text, SERVER[1:])))
        column = indented(self._server, self._kind, note, learns)
        self._server_part.setLayout(column)
        self._column.addWidget(self._server_part)

    def _add_public(self, chosen: set[str]) -> None:
        """A place for the public servers; it is filled when somebody wants to see them."""
        self._boxes: dict[str, CheckBox] = {}
        self._chosen_before = chosen
        self._public_part = QWidget()
        self._column.addWidget(self._public_part)

    def _fill_public(self) -> None:
        text, chosen = self._reader.text, self._chosen_before
        column = indented(caption(f"{text(PUBLIC_INTRODUCTION)} {text(CALLS[-1])}"))
        for method in PUBLIC_METHODS:
            box = CheckBox(method.title)
            box.setObjectName(f"public-{method.id}")
            box.setChecked(method.id in chosen if chosen else method.suggested)
            box.toggled.connect(self._follow)
            self._boxes[method.id] = box
            column.addWidget(box)
            said = " ".join(map(text, (method.who, method.learns, method.publishes)))
            box.setAccessibleDescription(said)
            column.addLayout(indented(caption(said)))
        self._public_part.setLayout(column)
        stops: list[QWidget] = [self._public, *self._boxes.values()]
        for before, following in itertools.pairwise(stops):
            QWidget.setTabOrder(before, following)

    def set_agreed(self, agreed: bool) -> None:  # noqa: FBT001 - as Qt's own setEnabled
        """Whether the line may be measured at all."""
        self.setEnabled(agreed)
        if not agreed:
            self._hint.hide()

    def read(self, choices: Choices) -> Choices:
        """``choices`` with what is chosen here."""
        if self._public.isChecked():
            chosen = [name for name, box in self._boxes.items() if box.isChecked()]
            return dataclasses.replace(
                choices, server="", method="".join(chosen[:1]), fallbacks=tuple(chosen[1:])
            )
        kind = str(self._kind.currentData())
        server = self._server.text().strip()
        return dataclasses.replace(
            choices, server=server, method="" if kind == SERVE else kind, fallbacks=()
        )

    def fault(self) -> str:
        """What is wrong, in words that are shown as well; empty if nothing is."""
        if self._public.isChecked():
            if any(box.isChecked() for box in self._boxes.values()):
                return ""
            words = self._reader.text(N_("Choose at least one of them, or the other way."))
            place: QWidget = next(iter(self._boxes.values()))
        else:
            if _is_address(self._server.text().strip(), str(self._kind.currentData())):
                return ""
            words = self._wanted()
            place = self._server
        self._hint.setText(words)
        self._hint.show()
        place.setFocus()
        return words

    def _wanted(self) -> str:
        if self._kind.currentData() == WITHOUT_SCHEME:
            source = N_("Enter an address such as speed.example.org:5201, or choose the other way.")
        else:
            source = N_(
                "Enter an address with http:// or https:// in front, or choose the other way."
            )
        return self._reader.text(source)

    def _follow(self) -> None:
        public = self._public.isChecked()
        if public and not self._boxes:
            self._fill_public()
        self._public_part.setVisible(public)
        self._server_part.setVisible(not public)
        iperf3 = self._kind.currentData() == WITHOUT_SCHEME
        self._server.setPlaceholderText("speed.example.org:5201" if iperf3 else "https://…")
        self._hint.hide()
        self.changed.emit()


def _is_address(text: str, kind: str) -> bool:
    try:
        parts = urlsplit(text if kind != WITHOUT_SCHEME else f"//{text}")
        port = parts.port
    except ValueError:
        return False
    if kind == WITHOUT_SCHEME:
        return bool(parts.hostname) and "://" not in text and (port is None or port > 0)
    return parts.scheme in SCHEMES.get(kind, WEB) and bool(parts.hostname)
