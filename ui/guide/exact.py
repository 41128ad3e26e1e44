"""The exact data of a report, as they will be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QFontDatabase, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from readiness.model.text import N_
from ui.dress import wear
from ui.theme import Size, theme
from ui.widgets.card import Card
from ui.widgets.choice import CheckBox
from ui.widgets.label import caption

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.report.files import Draft
    from ui.sharing import Sharing

LINES = 14


class ExactCard(Card):
    """Closed until somebody wants to see it; only then there is a field for it."""

    def __init__(self, sharing: Sharing, reader: Reader) -> None:
        super().__init__()
        self._sharing, self._reader = sharing, reader
        self._draft: Draft | None = None
        self._data: QPlainTextEdit | None = None
        self._box = CheckBox(reader.text(N_("Show the exact data")))
        self._box.setObjectName("exact")
        self._box.setChecked(sharing.exact)
        self._box.toggled.connect(self._toggle)
        self._note = caption("")
        self.inside.addWidget(self._box)
        self.inside.addWidget(self._note)

    def _make_data(self) -> QPlainTextEdit:
        data = QPlainTextEdit(self)
        data.setObjectName("exact-data")
        data.setReadOnly(True)
        data.setTabChangesFocus(True)
        data.setWordWrapMode(QTextOption.WrapMode.WrapAnywhere)
        data.setAccessibleName(self._reader.text(N_("The exact data")))
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(theme.font(Size.CAPTION).pointSizeF())
        wear(data)
        data.setFont(font)
        data.setFixedHeight(LINES * data.fontMetrics().lineSpacing())
        self.inside.addWidget(data)
        self.setTabOrder(self._box, data)
        return data

    def _toggle(self, on: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._sharing.exact = on
        self.follow()

    def follow(self) -> None:
        """Show the data of the present draft; while there is none, none."""
        shown, draft = self._sharing.exact, self._sharing.draft
        self._note.setVisible(shown)
        if self._data is not None:
            self._data.setVisible(shown)
        if not shown:
            return
        if self._data is None:
            self._data = self._make_data()
        elif draft is self._draft:
            return
        self._draft = draft
        if draft is None:
            self._data.setPlainText("")
            self._note.setText(self._reader.text(N_("Being put together…")))
            return
        self._data.setPlainText(draft.payload.decode("utf-8"))
        self._note.setText(
            self._reader.text(
                N_(
                    "{n} bytes of JSON. The data file holds them in a signed envelope, the PDF has "
                    "that file attached, and the web page shows what they say."
                ),
                n=self._reader.number(len(draft.payload)),
            )
        )
