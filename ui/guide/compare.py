"""Two checks side by side: what changed first, then the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from readiness.report.attempts import attempts_line
from readiness.report.comparison import SYMBOLS, WORDS, Pair, Turn
from ui.theme import STEP, Size
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.columns import Header, Table
from ui.widgets.drawer import Drawer
from ui.widgets.field import Select
from ui.widgets.label import Label, caption, headline, lead, title
from ui.widgets.page import Page
from ui.widgets.pill import VERDICT_ROLES, pill
from ui.widgets.written import Words

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.report.words import Row
    from ui.journey import Journey
    from ui.widgets.text_row import Cell

SHARES = (27, 29, 29, 15)
ROLES = {Turn.BETTER: "met", Turn.WORSE: "not_met", Turn.OTHER: "open", Turn.SAME: "quiet"}


class ComparePage(Page):
    """The earlier one at the left; a row opens to how both were found."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        found = journey.history.comparison
        if found is None:
            raise RuntimeError("two checks are compared before there are two")
        text, date = self.reader.text, self.reader.date
        self._dates = tuple(date(one.session.started) for one in (found.before, found.after))
        changed, same = journey.wording.compared(
            found.before, found.after, found.profile, self.reader
        )
        self._views: list[PairView] = []
        self.said = self._headline(len(changed))
        self.context = text(N_("Two checks side by side"))
        self.column.addWidget(headline(self.said))
        self.column.addWidget(
            lead(text(N_("From {before} to {after}"), before=self._dates[0], after=self._dates[1]))
        )
        self.column.addWidget(self._against(found.profile.id))
        for name, pairs in ((N_("What changed"), changed), (N_("What is the same"), same)):
            if pairs:
                self.column.addWidget(title(text(name)))
                self.column.addWidget(self._table(pairs))
        self.column.addStretch(1)
        back = Button(text(N_("Back to the earlier checks")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(lambda: journey.turned.emit("earlier"))
        foot = self.foot()
        foot.addWidget(back)
        foot.addStretch(1)
        self.first = self._views[0] if self._views else back

    def _headline(self, changed: int) -> str:
        if not changed:
            return self.reader.text(N_("Nothing has changed"))
        return self.reader.plural("One thing has changed", "{n} things have changed", changed)

    def _against(self, profile_id: str) -> Beside:
        text = self.reader.text
        against = Select(text(N_("Judged against")))
        against.setObjectName("against")
        for profile in self.journey.profiles:
            against.addItem(self.reader.local(profile.title), profile.id)
        against.setCurrentIndex(max(0, against.findData(profile_id)))
        against.activated.connect(
            lambda _: self.journey.history.compare(str(against.currentData()))
        )
        row = Beside(gap=STEP, middle=True)
        row.add(Label(text(N_("Judged against")), wrap=False))
        row.add(against)
        return row

    def _table(self, pairs: tuple[Pair, ...]) -> Card:
        card = Card(margin=STEP)
        card.inside.setSpacing(0)
        names = self._names()
        table = Table(SHARES, ruled=True)
        card.inside.addWidget(Header(names, table))
        for pair in pairs:
            view = PairView(pair, names, self.reader, table)
            card.inside.addWidget(view)
            self._views.append(view)
        return card

    def _names(self) -> list[str]:
        text = self.reader.text
        first, second = self._dates
        return [text(N_("Requirement")), first, second, text(N_("Change"))]

    def opened(self) -> frozenset[str]:
        """The requirements whose rows are open."""
        return frozenset(view.name for view in self._views if view.is_open)

    def open_again(self, names: frozenset[str]) -> None:
        """Open just the rows of these requirements."""
        for view in self._views:
            if view.is_open is not (view.name in names):
                view.toggle()


class PairView(Drawer):
    """One requirement in both checks, and what opens under it."""

    def __init__(self, pair: Pair, names: list[str], reader: Reader, table: Table) -> None:
        turn = f"{SYMBOLS[pair.turn]} {reader.text(WORDS[pair.turn])}"
        bold = pair.turn in (Turn.BETTER, Turn.WORSE)
        cells: list[Cell] = [
            (Words(pair.after.title, bold=True),),
            _side(pair.before),
            _side(pair.after),
            (Words(turn, role=ROLES[pair.turn], bold=bold),),
        ]
        super().__init__(cells, table, names=names, between=2)
        self._pair, self._reader, self._heads = pair, reader, names
        self.setObjectName(f"pair-{self.name}")
        self.setAccessibleDescription(self._more_words())
        self.name_line()

    @property
    def name(self) -> str:
        """The requirement's id."""
        return self._pair.after.requirement

    def name_line(self) -> None:
        """Say what the row says, and whether it is open."""
        pair, text = self._pair, self._reader.text
        self.setAccessibleName(
            text(
                # Translators: read by screen readers; {first} and {second} are values.
                N_("{title}: {turn}. First: {word}, {first}. Then: {now}, {second}. {state}."),
                title=pair.after.title,
                turn=text(WORDS[pair.turn]),
                word=pair.before.word,
                first=pair.before.found,
                now=pair.after.word,
                second=pair.after.found,
                state=text(N_("open")) if self.is_open else text(N_("closed")),
            )
        )

    def _more_words(self) -> str:
        """How sure the values are."""
        both = zip(self._heads[1:3], (self._pair.before, self._pair.after), strict=True)
        return ", ".join(
            self._reader.text(N_("{title}: {value}"), title=when, value=_found(row))
            for when, row in both
            if row.plus_minus
        )

    def fill(self, card: Card) -> None:
        """How both were found."""
        columns = Beside(gap=4 * STEP, lines=34)
        for when, row in zip(self._heads[1:3], (self._pair.before, self._pair.after), strict=True):
            place, side = column(STEP // 2)
            place.addWidget(title(when))
            for said in self._told(row):
                place.addWidget(Label(said, size=Size.CAPTION))
            place.addStretch(1)
            columns.add(side, 1)
        card.inside.addWidget(columns)
        card.inside.addWidget(
            caption(self._reader.text(N_("Asked: {asked}"), asked=self._pair.after.asked))
        )

    def _told(self, row: Row) -> list[str]:
        said = [row.how or row.reason, *row.cautions]
        said.append(attempts_line(row.attempts, self._reader))
        return [part for part in said if part] or [row.found]


def _side(row: Row) -> Cell:
    """The verdict as symbol and word, and what was found."""
    verdict = pill(f"{row.symbol} {row.word}", VERDICT_ROLES[row.verdict])
    return verdict, Words(_found(row), size=Size.CAPTION)


def _found(row: Row) -> str:
    return " ".join(part for part in (row.found, row.plus_minus) if part)
