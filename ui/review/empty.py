"""The desk before anything lies on it: where to drop what came, and what will be said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.text import N_
from ui.review.choosing import choose_files, choose_folder
from ui.theme import CARD_CORNER, STEP, theme
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import Label, caption, title
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from readiness.locale import Reader
    from ui.review.reviewing import Reviewing

SAID = (
    (
        N_("Unchanged since export"),
        N_("Whether anybody touched the file after the program had saved it."),
    ),
    (
        N_("Answers your invitation"),
        N_("Whether it is the first answer, in time, to an invitation that you sent."),
    ),
    (
        N_("Measured or observed"),
        N_(
            "What was measured on the applicant's own computer cannot be proven; what your own "
            "server observed is named."
        ),
    ),
)
"""The three statements, and what each means."""


class DropPlace(QWidget):
    """A dashed card: drop here, or choose by a button."""

    def __init__(self, reviewing: Reviewing, reader: Reader) -> None:
        super().__init__()
        text = reader.text
        inside = QVBoxLayout(self)
        inside.setContentsMargins(4 * STEP, 4 * STEP, 4 * STEP, 4 * STEP)
        inside.setSpacing(STEP)
        inside.addWidget(title(text(N_("Drop what you received here"))))
        inside.addWidget(
            Label(
                text(
                    N_(
                        "Report files, PDFs, web pages, whole folders and ZIP archives. They are "
                        "read on this computer; nothing is sent, unpacked or run."
                    )
                )
            )
        )
        inside.addSpacing(STEP)
        row = Strip(gap=STEP)
        files = Button(text(N_("Choose files…")), Look.FILLED)
        files.setObjectName("choose-files")
        files.clicked.connect(lambda: choose_files(self, reader, reviewing.take))
        folder = Button(text(N_("Choose a folder…")))
        folder.setObjectName("choose-folder")
        folder.clicked.connect(lambda: choose_folder(self, reader, reviewing.take))
        kept = Button(text(N_("Open what you kept")), Look.TEXT)
        kept.setObjectName("open-kept")
        kept.clicked.connect(reviewing.take_kept)
        row.addWidget(files)
        row.addWidget(folder)
        row.addWidget(kept)
        inside.addWidget(row)
        self.first = files

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Surface and a dashed edge."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour("surface"))
        painter.setPen(QPen(theme.colour("edge"), 1.5, Qt.PenStyle.DashLine))
        shape = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.drawRoundedRect(shape, CARD_CORNER, CARD_CORNER)


def what_is_said(reader: Reader) -> QWidget:
    """The three statements beforehand, side by side."""
    row = Beside(gap=2 * STEP, lines=36)
    for name, meaning in SAID:
        card = Card(margin=2 * STEP)
        card.inside.addWidget(title(reader.text(name)))
        card.inside.addWidget(caption(reader.text(meaning)))
        card.inside.addStretch(1)
        row.add(card, 1)
    return row
