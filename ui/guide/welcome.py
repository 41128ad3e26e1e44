"""The first page: what this is, and which kind of work it is for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.text import N_
from ui.theme import STEP
from ui.widgets.beside import Beside, column, line_height
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.choice import ChoiceCard
from ui.widgets.icon import Icon
from ui.widgets.label import Label, caption, headline, lead, title
from ui.widgets.mirror import begin_inside
from ui.widgets.page import WIDEST, Page
from ui.widgets.ring import MARGIN

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

    from readiness.journal import Unfinished
    from readiness.model.requirement import Profile
    from ui.journey import Journey

LOOKED_AT: tuple[tuple[str, str, frozenset[str]], ...] = (
    ("computer", N_("Computer"), frozenset({"computer"})),
    ("line", N_("Internet line"), frozenset({"line"})),
    ("headset", N_("Headset, corded or not"), frozenset({"headset"})),
    ("microphone", N_("Your voice and your room"), frozenset({"voice"})),
    ("phone", N_("Telephone"), frozenset({"phone"})),
    ("room", N_("Workplace and you"), frozenset({"room", "person"})),
)
"""Picture, words, and the values of ``Area`` that it stands for: importing it takes its time."""
USUAL = frozenset[str]().union(*(areas for *_, areas in LOOKED_AT)) - {"phone"}
"""What nearly every list asks for; shown until the lists are read."""
OFFERED = ("typical-voice", "strict-voice", "chat-email")
"""Types of work that stand on the first page; all others are in the list."""
COLUMNS = 4
CARD_LINES = 9
"""A card is at least so many line heights wide."""


class WelcomePage(Page):
    """Choose the type of work, then go on to the plan."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        text = self.reader.text
        self.said = text(N_("Is your home office ready for the phones?"))
        earlier = Button(text(N_("Earlier checks")), Look.QUIET)
        earlier.clicked.connect(journey.look_back)
        self.top_actions = [earlier]
        self._offer = QVBoxLayout()
        self.column.addLayout(self._offer)
        self.column.addStretch(1)
        top = Beside(gap=6 * STEP, lines=38)
        top.add(self._invitation(), 11)
        top.add(self._looked_at(), 9)
        self.column.addWidget(top)
        self.column.addSpacing(2 * STEP)
        self.column.addStretch(1)
        self.column.addLayout(self._question())
        self._cards = QGridLayout()
        self._cards.setContentsMargins(0, 0, 0, 0)
        self._cards.setSpacing(2 * STEP)
        self._group = QButtonGroup(self)
        self._unusual = QVBoxLayout()
        self.column.addLayout(self._unusual)
        self.column.addLayout(self._cards)
        self.column.addStretch(2)
        self._seen = False
        self._offered: list[ChoiceCard] = []
        self.first = self._start
        self._show_known()
        journey.learned.connect(self._show_known)

    def _invitation(self) -> QWidget:
        text = self.reader.text
        place, holder = column(2 * STEP)
        place.addWidget(headline(self.said))
        place.addWidget(
            lead(
                text(
                    N_(
                        "Find out in a few minutes what employers will ask of your headset, your "
                        "line, your computer and your room, and what to do about it."
                    )
                )
            )
        )
        row = Beside(gap=STEP // 2)
        self._start = Button(text(N_("Check my home office")), Look.FILLED)
        self._start.setObjectName("check")
        self._start.clicked.connect(self.journey.consider)
        self._open = Button(text(N_("Open requirements…")))
        self._open.setObjectName("open-requirements")
        self._open.clicked.connect(self._choose_file)
        row.add(self._start)
        row.add(self._open)
        place.addSpacing(STEP)
        place.addWidget(row)
        place.addWidget(
            caption(
                text(
                    N_("Nothing is sent or recorded before you agree to it. No account, no names.")
                )
            )
        )
        return holder

    def _looked_at(self) -> Card:
        card = Card()
        card.inside.setSpacing(2 * STEP)
        card.inside.addWidget(title(self.reader.text(N_("What we look at"))))
        self._looks: list[tuple[QWidget, frozenset[str]]] = []
        for icon, name, areas in LOOKED_AT:
            holder = QWidget()
            row = QHBoxLayout(holder)
            row.setContentsMargins(0, 0, 0, 0)
            row.setSpacing(12)
            row.addWidget(Icon(icon))
            row.addWidget(Label(self.reader.text(name), wrap=False), 1)
            card.inside.addWidget(holder)
            self._looks.append((holder, areas))
        card.inside.addStretch(1)
        self._looked = card
        self._show_looked_at()
        return card

    def _show_looked_at(self) -> None:
        """Name only what the chosen lists ask about; nothing below moves when it gets less."""
        wanted = self.journey.wanted()
        asked = {req.area for profile in wanted for req in profile.requirements} or USUAL
        for holder, areas in self._looks:
            holder.setVisible(not areas.isdisjoint(asked))
        high = self._looked.inside.totalSizeHint().height()
        self._looked.setMinimumHeight(max(high, self._looked.minimumHeight()))

    def _question(self) -> QHBoxLayout:
        row = QHBoxLayout()
        begin_inside(row, 0, 0, -(STEP + MARGIN), 0)  # its words end where the cards end
        row.addWidget(title(self.reader.text(N_("Which kind of work?"))), 1)
        self._more_button = Button(self.reader.text(N_("More employers…")), Look.TEXT)
        self._more_button.setObjectName("more-employers")
        self._more_button.clicked.connect(self._choose_employer)
        row.addWidget(self._more_button)
        return row

    # --- what is known after the first paint ---------------------------------------------------

    def _show_known(self) -> None:
        """Fill in the profiles and the offer to resume, once they are there."""
        known = bool(self.journey.profiles)
        self._start.setEnabled(known)
        self._more_button.setEnabled(known)
        self._offered = []
        _clear(self._cards)
        _clear(self._offer)
        if not known:
            self._cards.addWidget(_Space(), 0, 0)
            return
        for found in self.journey.unfinished[:1]:
            self._offer.addWidget(self._resume_card(found))
        self._show_cards()
        self.tab_in_order()
        if self.isVisible() and not self._seen:
            self._start.setFocus()
        self._seen = True

    def _show_cards(self) -> None:
        journey, local = self.journey, self.reader.local
        known = {profile.id: profile for profile in journey.profiles}
        offered = [known[name] for name in OFFERED if name in known] or [journey.profiles[0]]
        if journey.chosen is not None and journey.chosen.id not in [p.id for p in offered]:
            journey.extra = journey.chosen
        if journey.chosen is None and not self.journey.everyone:
            journey.choose(offered[0])
        if journey.extra is not None:
            offered.insert(0, journey.extra)
        cards: list[tuple[ChoiceCard, Profile | None]] = [
            (ChoiceCard(local(profile.title), local(profile.summary)), profile)
            for profile in offered
        ]
        n = len(journey.profiles)
        unsure = self.reader.text(N_("Compare me with all {n} lists of requirements."), n=n)
        cards.append((ChoiceCard(self.reader.text(N_("I am not sure")), unsure), None))
        self._offered = [card for card, _ in cards]
        self._show_chosen()
        self._arrange()
        for card, profile in cards:
            self._group.addButton(card)
            card.setChecked(profile is None if journey.everyone else _same(profile, journey.chosen))
            card.toggled.connect(lambda on, profile=profile: self._choose(profile, on=on))

    def _arrange(self) -> None:
        """Put the cards into as many columns as their text has room for."""
        room = min(self.width(), WIDEST) // (CARD_LINES * line_height())
        columns = min(COLUMNS, max(1, room))
        if columns == 3:  # noqa: PLR2004 - four cards look better as two by two
            columns = 2
        for index, card in enumerate(self._offered):
            self._cards.addWidget(card, index // columns, index % columns)
        for place in range(COLUMNS):
            self._cards.setColumnStretch(place, 1 if place < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Fewer columns where it is narrow."""
        super().resizeEvent(event)
        self._arrange()

    def _choose(self, profile: Profile | None, *, on: bool) -> None:
        if on:
            self.journey.choose(profile)
            self._show_chosen()

    def _show_chosen(self) -> None:
        """What the chosen list asks about, and what is unusual in it."""
        from ui.guide.unusual import unusual_note

        self._show_looked_at()
        _clear(self._unusual)
        note = unusual_note(self.journey, self.journey.chosen)
        if note is not None:
            self._unusual.addWidget(note)

    def _resume_card(self, found: Unfinished) -> Card:
        text = self.reader.text
        card = Card()
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.addWidget(title(text(N_("An earlier check was cut off. Go on with it?"))))
        done = {run.probe for run in found.session.runs if not run.stopped}
        words.addWidget(
            caption(
                text(
                    N_("{when}: {done} of {all} things had been measured."),
                    when=self.reader.date(found.session.started),
                    done=len(done),
                    all=len(found.entry.probes),
                )
            )
        )
        row.addLayout(words, 1)
        forget = Button(text(N_("Discard it")), Look.TEXT)
        forget.setObjectName("forget")
        forget.clicked.connect(lambda: self.journey.forget(found))
        resume = Button(text(N_("Go on")))
        resume.setObjectName("resume")
        resume.clicked.connect(lambda: self.journey.resume(found))
        row.addWidget(forget)
        row.addWidget(resume)
        card.inside.addLayout(row)
        return card

    # --- choosing elsewhere --------------------------------------------------------------------

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        text = self.reader.text
        dialog = QFileDialog(self, text(N_("Open requirements")), str(Path.home()))
        dialog.setNameFilter(text(N_("Requirements (*.toml)")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.journey.open_requirements)
        dialog.open()

    def _choose_employer(self) -> None:
        from ui.guide.more import EmployerDialog

        dialog = EmployerDialog(self.journey, self)
        dialog.picked.connect(self._take_employer)
        dialog.open()

    def _take_employer(self, profile: Profile) -> None:
        self.journey.choose(profile)
        self._show_known()


class _Space(QWidget):
    """Keeps the place of a card that is not known yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumHeight(96)


def _same(one: Profile | None, other: Profile | None) -> bool:
    return one is not None and other is not None and one.digest == other.digest


def _clear(layout: QGridLayout | QVBoxLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()
