"""Files that were not read, each with its reason; nothing is left out quietly."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.theme import Size
from ui.widgets.button import Button, Look
from ui.widgets.card import Rule
from ui.widgets.dialog import Dialog
from ui.widgets.label import Label, breakable, caption, title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader
    from readiness.review.received import Refused

MOST_NAMED = 30
"""Files that are named for each reason; a heap may hold two hundred thousand bad ones, and the
table for spreadsheets lists them all."""


class RefusedDialog(Dialog):
    """Reasons, and under each the files that it is about."""

    def __init__(self, refused: Sequence[Refused], reader: Reader, parent: QWidget) -> None:
        heading = reader.text(N_("Files that were not read"))
        super().__init__(heading, parent)
        self._reader = reader
        bad = [one for one in refused if not one.aside]
        aside = [one for one in refused if one.aside]
        for name, found in ((heading, bad), (reader.text(N_("Set aside")), aside)):
            if found:
                self.column.addWidget(title(name))
                for group in _groups(found):
                    self._add(group)
        self.column.addStretch(1)
        close = Button(reader.text(N_("Close")), Look.FILLED)
        close.setObjectName("close")
        close.clicked.connect(self.accept)
        self.foot.addStretch(1)
        self.foot.addWidget(close)

    def _add(self, group: Sequence[Refused]) -> None:
        what, hint = reason(group[0], self._reader)
        same = all(one.values == group[0].values for one in group)
        self.column.addWidget(Rule())
        if same:
            self.column.addWidget(Label(what, bold=True))
        if hint:
            self.column.addWidget(caption(hint))
        for one in group[:MOST_NAMED]:
            self.column.addWidget(Label(breakable(one.file), size=Size.CAPTION, bold=not same))
            if not same:
                self.column.addWidget(caption(reason(one, self._reader)[0]))
        if len(group) > MOST_NAMED:
            more = self._reader.plural(
                "{n} more file for the same reason.",
                "{n} more files for the same reason.",
                len(group) - MOST_NAMED,
            )
            self.column.addWidget(caption(more))


def reason(one: Refused, reader: Reader) -> tuple[str, str]:
    """What is wrong, and what can be done about it; the second may be empty."""
    hint = reader.text(one.hint, **one.values) if one.hint else ""
    return reader.text(one.what, **one.values), hint


def _groups(refused: Iterable[Refused]) -> Iterable[list[Refused]]:
    """Those of one reason together, the most frequent reason first."""
    found: dict[str, list[Refused]] = {}
    for one in refused:
        found.setdefault(one.reference, []).append(one)
    return sorted(found.values(), key=len, reverse=True)
