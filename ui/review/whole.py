"""All reports together: what is not met most, and how figures are spread beside what is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from readiness import explain
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.review.words import RowWords
from ui.meters.bar import Bar
from ui.review.histogram import Histogram
from ui.theme import STEP
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.field import Select
from ui.widgets.label import Label, caption, headline, lead, title
from ui.widgets.page import Page

if TYPE_CHECKING:
    from readiness.review.picture import ListPicture, Picture, Tally
    from readiness.review.spread import Spread
    from ui.journey import Journey

MOST_TALLIES = 12
"""Requirements; those that follow are seldom not met."""

MOST_LISTS = 6
"""Lists of which a picture is drawn; whoever has more judges by one of their own."""

USUAL = "line.upload"
"""The figure that is shown first: what a home office lacks most often."""


class WholePage(Page):
    """A picture for each list by which reports were judged."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey, widest=960)
        whole = journey.reviewing.whole
        if whole is None:
            raise RuntimeError("the whole set is shown before it was counted")
        self._words = RowWords(self.reader)
        self.context = self.reader.text(N_("For recruiters"))
        self.said = self.reader.plural("{n} report", "{n} reports together", whole.picture.reports)
        self.column.addWidget(headline(self.said))
        self.column.addWidget(lead(self._counts(whole.picture)))
        for one in whole.picture.lists[:MOST_LISTS]:
            self.column.addWidget(title(self.reader.local(one.asked.title)))
            self.column.addWidget(self._tallies(one))
            found = [figures for digest, figures in whole.spreads if digest == one.asked.digest]
            if found:
                self.column.addWidget(SpreadCard(found, self._words))
        if not whole.picture.lists:
            words = N_("None of them was judged: their lists of requirements are not known here.")
            self.column.addWidget(Label(self.reader.text(words)))
        words = N_(
            "What no server of yours observed was measured on the applicants' own computers: "
            "that cannot be proven."
        )
        self.column.addWidget(caption(self.reader.text(words)))
        self.column.addStretch(1)
        back = Button(self.reader.text(N_("Back to the reports")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(lambda: journey.turned.emit("review"))
        foot = self.foot()
        foot.addWidget(back)
        foot.addStretch(1)
        self.first = back

    def _counts(self, found: Picture) -> str:
        counts = [
            (self.reader.text(explain.OVERALLS[one]), found.overall.get(one, 0)) for one in Overall
        ]
        counts.append((self._words.not_judged_word, found.overall.get(None, 0)))
        counts.append((self.reader.text(N_("Changed, or not signed")), found.changed))
        counts.append((self.reader.text(N_("Does not fit together")), found.odd))
        said = [
            self.reader.text(N_("{title}: {value}"), title=name, value=self.reader.number(number))
            for name, number in counts
            if number or name == counts[0][0]
        ]
        return " · ".join(said)

    def _tallies(self, one: ListPicture) -> Card:
        """Bars: how many of its reports do not meet each requirement."""
        card = Card()
        lacking = [tally for tally in one.tallies if tally.failed or tally.undecided]
        card.inside.addWidget(title(self.reader.text(N_("What is not met most"))))
        if not lacking:
            words = N_("Every requirement is met by every report.")
            card.inside.addWidget(Label(self.reader.text(words)))
            return card
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        grid.setColumnStretch(0, 3)
        grid.setColumnStretch(1, 4)
        titles = self._words.titles(one.asked)
        for line, tally in enumerate(lacking[:MOST_TALLIES]):
            self._add_tally(grid, line, tally, titles[tally.requirement])
        card.inside.addLayout(grid)
        return card

    def _add_tally(self, grid: QGridLayout, line: int, tally: Tally, name: str) -> None:
        text, number = self.reader.text, self.reader.number
        said = text(N_("{n} of {all} not met"), n=number(tally.failed), all=number(tally.judged))
        if tally.undecided:
            said = text(
                N_("{n} of {all} not met, {open} not decided"),
                n=number(tally.failed),
                all=number(tally.judged),
                open=number(tally.undecided),
            )
        bar = Bar(text(N_("{title}: {value}"), title=name, value=said), height=14)
        bar.set_fraction(tally.failed / max(1, tally.judged))
        grid.addWidget(Label(name), line, 0)
        grid.addWidget(bar, line, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(caption(said, wrap=False), line, 2)


class SpreadCard(Card):
    """One figure after another, chosen from a list."""

    def __init__(self, found: list[Spread], words: RowWords) -> None:
        super().__init__()
        self._found, self._words = found, words
        text = words.reader.text
        self.inside.addWidget(title(text(N_("How one figure is spread"))))
        self._choice = Select(text(N_("Figure")))
        self._choice.setObjectName("figure")
        for one in found:
            self._choice.addItem(words.metric(one.metric), one.metric)
        self._choice.setCurrentIndex(max(0, self._choice.findData(USUAL)))
        self._choice.activated.connect(self._show)
        self.inside.addWidget(self._choice, 0, Qt.AlignmentFlag.AlignLeft)
        self._place = QVBoxLayout()
        self.inside.addLayout(self._place)
        self._said = Label("")
        self._said.setObjectName("spread-words")
        self.inside.addWidget(self._said)
        self._lacking = caption("")
        self.inside.addWidget(self._lacking)
        self._show(self._choice.currentIndex())

    def _show(self, place: int) -> None:
        while self._place.count():
            old = self._place.takeAt(0).widget()
            old.hide()
            old.deleteLater()
        found = self._found[place]
        drawn = Histogram(found, self._words)
        self._place.addWidget(drawn)
        self._said.setText(drawn.told())
        lacking = self._words.reader.plural(
            "{n} report has no such value.", "{n} reports have no such value.", found.missing
        )
        self._lacking.setText(lacking)
        self._lacking.setVisible(found.missing > 0)
