"""What a report tells, before it is saved: every value, with a tick to take off."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from shiboken6 import isValid

from readiness.model.text import N_
from ui.guide.exact import ExactCard
from ui.guide.facts import names_and_values
from ui.guide.field import FieldRow, PartHead
from ui.guide.keep import KeepCard
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.choice import CheckBox
from ui.widgets.label import breakable, caption, headline, lead, title
from ui.widgets.page import Page

if TYPE_CHECKING:
    from PySide6.QtWidgets import QVBoxLayout, QWidget

    from readiness.report.contents import Field, Part
    from ui.journey import Journey

HEAD, LOWEST = 56, 36
"""Pixels that the head of a check and one value take at least."""


class SharePage(Page):
    """The values at the left; the files, their sizes and where they go at the right."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        report, profile = journey.report, journey.profile
        if report is None or profile is None:
            raise RuntimeError("a report is shared before there is one")
        self._report, self._profile = report, profile
        self._sharing = journey.sharing
        text = self.reader.text
        self.said = text(N_("What your report will tell"))
        self.column.addWidget(headline(self.said))
        self.column.addWidget(
            lead(
                text(
                    N_(
                        "Nothing is sent. You save a file and decide who gets it. Take the tick "
                        "off whatever you do not want to share: the report then says that you "
                        "withheld it, and what it decides stays open."
                    )
                )
            )
        )
        columns = Beside(gap=3 * STEP, lines=38)
        left, left_side = column(2 * STEP)
        self._rows: list[FieldRow] = []
        self._heads: list[PartHead] = []
        self._data: ExactCard | None = None
        left.addWidget(self._values())
        self.later(lambda: left.addWidget(self._always()), within=left_side)
        self.later(lambda: left.addWidget(self._exact()), within=left_side)
        self.later(lambda: left.addStretch(1), within=left_side)
        right, right_side = column(2 * STEP)
        self._keep = KeepCard(journey)
        right.addWidget(self._keep)
        right.addStretch(1)
        columns.add(left_side, 3)
        columns.add(right_side, 2)
        self.column.addWidget(columns)
        self.column.addStretch(1)
        self._make_foot()
        self._sharing.moved.connect(self._follow)
        journey.watched.connect(self._on_watched)
        self._sharing.refresh()
        self._follow()

    # --- parts ---------------------------------------------------------------------------------

    def _values(self) -> Card:
        card = Card()
        card.inside.setSpacing(STEP // 2)
        every = CheckBox(self.reader.text(N_("Show every detail of each value")))
        every.setObjectName("every-detail")
        every.setChecked(self._sharing.details)
        every.toggled.connect(self._show_details)
        card.inside.addWidget(every)
        for part in self.journey.wording.contents(self._report, self._profile, self.reader):
            self.put(partial(self._add_head, card.inside, part), high=HEAD, within=card)
            for field in part.fields:
                self.put(partial(self._add_field, card.inside, field), high=LOWEST, within=card)
        self.first = every
        return card

    def _add_head(self, place: QVBoxLayout, part: Part) -> None:
        head = PartHead(part, self._sharing, self.reader)
        place.addSpacing(STEP)
        place.addWidget(Rule())
        place.addSpacing(STEP // 2)
        place.addWidget(head)
        self._heads.append(head)

    def _add_field(self, place: QVBoxLayout, field: Field) -> None:
        row = FieldRow(field, self._sharing, self.reader)
        place.addWidget(row)
        self._rows.append(row)

    def _always(self) -> Card:
        text = self.reader.text
        card = Card()
        card.inside.addWidget(title(text(N_("Always in it"))))
        told = self.journey.wording.frame(self._report, self._profile, self.reader)
        facts = [(name, breakable(value)) for name, value in told]
        card.inside.addLayout(names_and_values(facts, (2, 3)))
        card.inside.addSpacing(STEP)
        card.inside.addWidget(title(text(N_("Never in it"))))
        card.inside.addWidget(
            caption(
                text(
                    N_(
                        "Your name, your user name, the name of this computer, addresses, names "
                        "of Wi-Fi networks, serial numbers, recordings. They are not collected."
                    )
                )
            )
        )
        return card

    def _exact(self) -> QWidget:
        self._data = ExactCard(self._sharing, self.reader)
        self._data.follow()
        return self._data

    def _make_foot(self) -> None:
        text = self.reader.text
        foot = self.foot()
        back = Button(text(N_("Back to the result")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(lambda: self.journey.turned.emit("result"))
        self._save = Button(text(N_("Save")), Look.FILLED)
        self._save.setObjectName("save")
        self._save.clicked.connect(self._sharing.save)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self._save)

    # --- following -----------------------------------------------------------------------------

    def _show_details(self, on: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._sharing.details = on
        self.journey.turned.emit("share")

    def _follow(self) -> None:
        sharing = self._sharing
        self._save.setEnabled(
            not sharing.saving and bool(sharing.formats) and bool(sharing.folder.strip())
        )
        for row in self._rows:
            row.follow()
        for head in self._heads:
            head.follow()
        if self._data is not None:
            self._data.follow()
        said = self._keep.follow()
        if said:
            announce(self, said)
            QTimer.singleShot(0, self._look_at_outcome)

    def _look_at_outcome(self) -> None:
        """Once it has its place."""
        if isValid(self) and self._keep.outcome.isVisible():
            self.scroller.ensureWidgetVisible(self._keep.outcome, 0, 3 * STEP)

    def _on_watched(self) -> None:
        """A watch has added something: it belongs to what is shown."""
        self.journey.turned.emit("share")
