"""The first page: what this is, and which kind of work it is for."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QVBoxLayout, QWidget

from readiness.home import home_folder
from readiness.model.text import N_
from ui.choosing import in_order
from ui.employer import enter
from ui.theme import STEP
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.cards import Cards
from ui.widgets.choice import ChoiceCard
from ui.widgets.icon import Icon
from ui.widgets.label import Label, caption, headline, lead, title
from ui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

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
EMPLOYER = "employer"
"""The kind of a list that one employer asks for, as the value of ``ProfileKind``."""
TOP, CARD = 300, 32
"""Pixels that are taken at least by what stands above the cards, and by each of three in a row."""


class WelcomePage(Page):
    """Choose the type of work, then go on to the plan."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        text = self.reader.text
        self.said = text(N_("Is your home office ready for the phones?"))
        earlier = Button(text(N_("Earlier checks")), Look.QUIET)
        earlier.clicked.connect(journey.look_back)
        employers = Button(text(N_("For employers")), Look.QUIET)
        employers.setObjectName("for-employers")
        employers.clicked.connect(lambda: enter(journey))
        # Translators: a quiet button of the first page; leads to the table of received reports.
        recruiters = Button(text(N_("For recruiters")), Look.QUIET)
        recruiters.setObjectName("recruiters")
        recruiters.clicked.connect(self._review)
        self.top_actions = [earlier, recruiters, employers]
        self._offer = QVBoxLayout()
        self.column.addLayout(self._offer)
        self.column.addStretch(1)
        top = Beside(gap=6 * STEP, lines=38)
        top.add(self._invitation(), 3)
        top.add(self._looked_at(), 2)
        self.column.addWidget(top)
        self.column.addSpacing(2 * STEP)
        self._group = QButtonGroup(self)
        self._types, self._employers = Cards(), Cards()
        self.column.addWidget(title(self.reader.text(N_("Which kind of work?"))))
        self._unusual = QVBoxLayout()
        self.column.addLayout(self._unusual)
        self.column.addWidget(self._types)
        self._own = title(self.reader.text(N_("Or the list of one employer")))
        self.column.addSpacing(STEP)
        self.column.addWidget(self._own)
        self.column.addWidget(self._employers)
        self.column.addStretch(1)
        self._seen = False
        self._make_foot()
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
        place.addWidget(
            caption(
                text(
                    N_("Nothing is sent or recorded before you agree to it. No account, no names.")
                )
            )
        )
        place.addSpacing(STEP)
        row = Beside(gap=STEP, middle=True)
        self._open = Button(text(N_("Open a file…")))
        self._open.setObjectName("open-requirements")
        self._open.clicked.connect(self._choose_file)
        self._paste = Button(text(N_("Enter a code…")), Look.TEXT)
        self._paste.setObjectName("enter-code")
        self._paste.clicked.connect(self._enter_code)
        row.add(self._open)
        row.add(self._paste)
        words = N_("Or drop the file of an employer here.")
        row.add(caption(text(words)), 1)
        place.addWidget(row)
        return holder

    def _make_foot(self) -> None:
        """What has been chosen, and the one button."""
        foot = self.foot()
        self._chosen = caption("")
        self._chosen.setObjectName("chosen")
        self._start = Button(self.reader.text(N_("Check my home office")), Look.FILLED)
        self._start.setObjectName("check")
        self._start.clicked.connect(self.journey.consider)
        foot.addWidget(self._chosen, 1)
        foot.addWidget(self._start)

    def _name_chosen(self) -> None:
        """Say beside the button what it checks for."""
        chosen = self.journey.chosen
        name = self.reader.text(N_("All lists of requirements"))
        self._chosen.setText(name if chosen is None else self.reader.local(chosen.title))

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

    # --- what is known after the first paint ---------------------------------------------------

    def _show_known(self) -> None:
        """Fill in the profiles and the offer to resume, once they are there."""
        known = bool(self.journey.profiles)
        self._start.setEnabled(known)
        self._own.setVisible(known)
        self.give_up(high=TOP)
        self._types.clear()
        self._employers.clear()
        _clear(self._offer)
        if not known:
            return
        for found in self.journey.unfinished[:1]:
            self._offer.addWidget(self._resume_card(found))
        self._show_cards()
        self.tab_in_order()
        if self.isVisible() and not self._seen:
            self._start.setFocus()
        self._seen = True

    def _show_cards(self) -> None:
        journey, text = self.journey, self.reader.text
        profiles = in_order(journey.profiles)
        opened = journey.chosen if _other(journey.chosen, profiles) else journey.extra
        if opened is not None:
            journey.extra = opened
            profiles.insert(0, opened)
        if journey.chosen is None and not journey.everyone:
            journey.choose(profiles[0])
        n = len(journey.profiles)
        words = N_("Compare me with all {n} lists, and show which ones fit.")
        unsure = ChoiceCard(text(N_("I am not sure yet")), text(words, n=n))
        self._types.add_wide(self._offered(unsure, None))
        places = [(self._types, one) for one in profiles if one.kind != EMPLOYER or one is opened]
        places += [
            (self._employers, one) for one in profiles if one.kind == EMPLOYER and one is not opened
        ]
        for place, profile in places:
            card = partial(self._add_card, place, profile)
            if self.isVisible():  # the page is in sight, and the window must not stand still
                self.later(card, within=place)
            else:
                self.put(card, high=CARD, within=place)
        self._show_chosen()

    def _add_card(self, place: Cards, profile: Profile) -> None:
        place.add(self._offered(ChoiceCard(*self._words(profile)), profile))

    def _offered(self, card: ChoiceCard, profile: Profile | None) -> ChoiceCard:
        """A card that chooses a profile, or all of them."""
        journey = self.journey
        self._group.addButton(card)
        card.setObjectName(f"choose-{'all' if profile is None else profile.id}")
        card.setChecked(profile is None if journey.everyone else _same(profile, journey.chosen))
        card.toggled.connect(lambda on: self._choose(profile, on=on))
        return card

    def _words(self, profile: Profile) -> tuple[str, str]:
        """What a card says: whose list, what is special about it, and of an employer's, its age."""
        name, special = self.reader.local(profile.title), self.reader.local(profile.summary)
        asked = [criterion for req in profile.requirements for criterion in req.any_of]
        days = [criterion.source.seen for criterion in asked]
        if profile.kind != EMPLOYER or not days:
            return name, special
        read = self.reader.text(N_("Read on {day}."), day=self.reader.day(max(days)))
        return name, f"{special}\n{read}"

    def _choose(self, profile: Profile | None, *, on: bool) -> None:
        if on:
            self.journey.choose(profile)
            self._show_chosen()

    def _show_chosen(self) -> None:
        """What the chosen list asks about, and what is unusual in it."""
        from ui.guide.unusual import unusual_note

        self._show_looked_at()
        self._name_chosen()
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

    def _review(self) -> None:
        self.journey.reviewing.begin()

    def _choose_file(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        text = self.reader.text
        dialog = QFileDialog(self, text(N_("Open a file")), str(home_folder()))
        words = N_(
            "Invitations, requirements, reports (*.readiness-invitation *.toml *.json *.pdf *.html)"
        )
        dialog.setNameFilter(text(words))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda path: self.journey.open_handed([path]))
        dialog.open()

    def _enter_code(self) -> None:
        from ui.guide.code import CodeDialog

        CodeDialog(self.journey, self).open()


def _other(profile: Profile | None, among: Sequence[Profile]) -> bool:
    """Whether there is a profile that is none of these."""
    return profile is not None and not any(_same(profile, one) for one in among)


def _same(one: Profile | None, other: Profile | None) -> bool:
    return one is not None and other is not None and one.digest == other.digest


def _clear(layout: QVBoxLayout) -> None:
    while layout.count():
        widget = layout.takeAt(0).widget()
        widget.hide()
        widget.deleteLater()
