"""Which employers fit: one measurement against every list of requirements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.engine import Nearness
from readiness.explain import SYMBOLS, VERDICTS
from readiness.model.finding import Verdict
from readiness.model.requirement import Area, Level
from readiness.model.text import N_
from ui.theme import STEP, Size
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.columns import Header, Table
from ui.widgets.label import headline, lead
from ui.widgets.page import Page
from ui.widgets.pill import VERDICT_ROLES
from ui.widgets.text_row import TextRow
from ui.widgets.written import Words

if TYPE_CHECKING:
    from readiness.engine import Match
    from ui.journey import Journey
    from ui.widgets.text_row import Cell

SHARES = (23, 10, 11, 9, 12, 12, 23)
GROUPS: tuple[tuple[str, tuple[Area, ...]], ...] = (
    (N_("Line"), (Area.LINE,)),
    (N_("Headset"), (Area.HEADSET,)),
    (N_("Voice"), (Area.VOICE, Area.PHONE)),
    (N_("Computer"), (Area.COMPUTER,)),
    (N_("Room, you"), (Area.ROOM, Area.PERSON)),
)
NEARNESS = {
    Nearness.READY: N_("ready"),
    Nearness.NEARLY: N_("nearly ready"),
    Nearness.NOT: N_("not yet"),
}
NEARNESS_ROLES = {Nearness.READY: "met", Nearness.NEARLY: "open", Nearness.NOT: "quiet"}
WORST_FIRST = (Verdict.FAIL, Verdict.BORDERLINE, Verdict.UNKNOWN, Verdict.PASS)
MOST_SIGNS = 3


class MatchPage(Page):
    """Nearest first; a row leads to its result."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        text = self.reader.text
        self.context = text(N_("Which employers fit?"))
        counts = dict.fromkeys(Nearness, 0)
        for found in journey.matches:
            counts[found.nearness] += 1
        self.said = text(
            N_("Ready for {ready}, nearly ready for {nearly}"),
            ready=counts[Nearness.READY],
            nearly=counts[Nearness.NEARLY],
        )
        self.column.addWidget(headline(self.said))
        self.column.addWidget(
            lead(text(N_("From one measurement. Open a row to see every figure and its source.")))
        )
        card = Card(margin=STEP)
        card.inside.setSpacing(0)
        self._table = Table(SHARES, ruled=True)
        card.inside.addWidget(Header(self._names(), self._table))
        missing = journey.wording.missing(journey.matches, self.reader)
        for found, lacks in zip(journey.matches, missing, strict=True):
            row = self._row(found, lacks)
            card.inside.addWidget(row)
            self.first = self.first or row
        self.column.addWidget(card)
        self.column.addStretch(1)
        back = Button(text(N_("Back to the result")), Look.TEXT)
        back.setObjectName("back-to-result")
        back.clicked.connect(lambda: journey.turned.emit("result"))
        self.top_actions = [back]

    def _names(self) -> list[str]:
        names = [N_("Requirements of"), *(name for name, _ in GROUPS), N_("What is missing")]
        return [self.reader.text(name) for name in names]

    def _row(self, found: Match, missing: str) -> TextRow:
        text = self.reader.text
        title = self.reader.local(found.profile.title)
        near = text(NEARNESS[found.nearness])
        nearness = Words(near, size=Size.CAPTION, role=NEARNESS_ROLES[found.nearness])
        cells: list[Cell] = [(Words(title, bold=True), nearness)]
        said = []
        for group, areas in GROUPS:
            signs, role, words = self._signs(found, areas)
            cells.append((Words(signs, role=role, wrap=False),))
            said.append(text(N_("{title}: {value}"), title=text(group), value=words))
        lacks = "text" if found.missing else "quiet"
        cells.append((Words(missing, size=Size.CAPTION, role=lacks),))
        row = TextRow(cells, self._table, names=self._names())
        row.setObjectName(f"match-{found.profile.id}")
        current = self.journey.profile
        row.chosen = current is not None and current.digest == found.profile.digest
        row.setAccessibleName(
            text(
                N_("{title}: {near}. Missing: {missing}."), title=title, near=near, missing=missing
            )
        )
        row.setAccessibleDescription(", ".join(said))
        row.clicked.connect(lambda: self.journey.judge_against(found.profile))
        return row

    def _signs(self, found: Match, areas: tuple[Area, ...]) -> tuple[str, str, str]:
        """The worst verdict of some areas as a sign, as often as it occurs, and in words."""
        verdicts = [
            finding.verdict
            for finding in found.findings
            if finding.area in areas and finding.level is Level.MUST
        ]
        for verdict in WORST_FIRST:
            times = verdicts.count(verdict)
            if times:
                shown = 1 if verdict is Verdict.PASS else min(times, MOST_SIGNS)
                words = self.reader.text(VERDICTS[verdict])
                return " ".join([SYMBOLS[verdict]] * shown), VERDICT_ROLES[verdict], words
        words = self.reader.text(VERDICTS[Verdict.NOT_APPLICABLE])
        return SYMBOLS[Verdict.NOT_APPLICABLE], "quiet", words
