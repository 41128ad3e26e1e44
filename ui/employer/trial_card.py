"""Whom the list would let through: made-up home offices, and reports that were loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QVBoxLayout

from readiness.explain import OVERALLS, SYMBOLS, VERDICTS
from readiness.model.text import N_
from readiness.preview import changes
from readiness.preview.words import change_words, refused_words
from readiness.preview.words import headline as counted
from ui.employer.bound import place_words
from ui.employer.entry import choose_files, choose_folder
from ui.employer.told import NEAR
from ui.theme import STEP, Size
from ui.widgets.beside import column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.label import Label, caption, title
from ui.widgets.mirror import begin_inside
from ui.widgets.pill import OVERALL_ROLES, OVERALL_SYMBOLS
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.preview import RuleCount
    from ui.journey import Journey

MOST_NAMED = 5
"""So many unreadable files are named; of the others their number is told."""


class TrialCard(Card):
    """Follows what the last draft without a fault would say."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._reader = journey.reader
        self._state = journey.employer.drafting
        text = self._reader.text
        self.inside.addWidget(title(text(N_("Whom it lets through"))))
        self._stale = caption(text(N_("Mend what is marked to see it again.")))
        self.inside.addWidget(self._stale)
        # Translators: examples that come with the program, not real people's computers.
        self.inside.addWidget(caption(text(N_("Made-up home offices"))))
        self._offices: list[tuple[Label, Label]] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(STEP)
        self.inside.addLayout(self._rows)
        self.inside.addWidget(Rule())
        self._reports = Label("", size=Size.CAPTION, bold=True)
        self._rule = Label("", size=Size.CAPTION)
        self._change = caption("")
        self._unread = caption("")
        for label in (self._reports, self._rule, self._change, self._unread):
            self.inside.addWidget(label)
        self._rule.setObjectName("rule-refuses")
        self._reports.setObjectName("reports-say")
        row = Strip(gap=STEP // 2)
        self._files = Button(text(N_("Try it on reports…")), small=True)
        self._files.setObjectName("load-reports")
        self._files.clicked.connect(self._choose_files)
        self._folder = Button(text(N_("On a folder…")), Look.QUIET, small=True)
        self._folder.setObjectName("load-folder")
        self._folder.clicked.connect(self._choose_folder)
        self._stop = Button(text(N_("Stop")), small=True)
        self._stop.setObjectName("stop-loading")
        self._stop.clicked.connect(self._state.trying.stop)
        for button in (self._files, self._folder, self._stop):
            row.addWidget(button)
        self.inside.addWidget(row)

    def _choose_files(self) -> None:
        text = self._reader.text
        names = text(N_("Reports (*.json *.pdf *.zip)"))
        state = self._state
        choose_files(self, text(N_("Reports")), names, state.documents, state.trying.load)

    def _choose_folder(self) -> None:
        def then(path: Path) -> None:
            self._state.trying.load([path])

        name = self._reader.text(N_("Folder of reports"))
        choose_folder(self, name, self._state.documents, then)

    # --- following -------------------------------------------------------------------------------

    def follow(self) -> None:
        """Show what the last trial says."""
        state, draft = self._state, self._state.draft
        self._stale.setVisible(draft is not None and bool(draft.faults))
        for button in (self._files, self._folder):
            button.setEnabled(not state.trying.loading)
        self._stop.setVisible(state.trying.loading)
        self._follow_offices()
        self._follow_reports()

    def _follow_offices(self) -> None:
        trial, rule = self._state.trying.trial, self._rule_of()
        if trial is None:
            return
        while len(self._offices) < len(self._state.trying.samples):
            self._add_office()
        reader = self._reader
        for number, office in enumerate(self._state.trying.samples):
            first, second = self._offices[number]
            outcome = trial.samples.outcome(number)
            words = reader.text(OVERALLS[outcome])
            # Translators: a made-up home office and its result, as in "Old laptop: not ready".
            said = reader.text(
                N_("{title}: {value}"), title=reader.local(office.title), value=words
            )
            _say(first, f"{OVERALL_SYMBOLS[outcome]} {said}")
            first.set_role(OVERALL_ROLES[outcome])
            if rule is None:
                _say(second, "")
                continue
            verdict = rule.verdict(number)
            words = reader.text(
                N_("This requirement: {value}"), value=reader.text(VERDICTS[verdict])
            )
            _say(second, f"{SYMBOLS[verdict]} {words}")

    def _add_office(self) -> None:
        """A line for its result, and under it one for the requirement that is looked at."""
        first, second = Label("", size=Size.CAPTION), caption("")
        place, holder = column(NEAR)
        place.addWidget(first)
        under = QVBoxLayout()
        begin_inside(under, 2 * STEP, 0, 0, 0)
        under.addWidget(second)
        place.addLayout(under)
        self._rows.addWidget(holder)
        self._offices.append((first, second))

    def _follow_reports(self) -> None:
        state, reader, trial = self._state, self._reader, self._state.trying.trial
        reports = None if trial is None else trial.reports
        if state.trying.loading:
            said = reader.plural("{n} report read…", "{n} reports read…", state.trying.loaded)
        elif reports is None:
            said = reader.text(N_("No reports are loaded."))
        else:
            said = counted(reports, reader)
        _say(self._reports, said)
        rule = self._rule_of(reports=True)
        _say(self._rule, "" if rule is None else refused_words(rule, reader))
        opened = None if trial is None else trial.opened
        changed = (
            ""
            if reports is None or opened is None
            else change_words(changes(opened, reports), reader)
        )
        _say(self._change, changed)
        _say(self._unread, self._unread_words())

    def _unread_words(self) -> str:
        unread, reader = self._state.trying.unread, self._reader
        if not unread:
            return ""
        count = reader.plural("{n} file was not used:", "{n} files were not used:", len(unread))
        named = [f"{one.where}: {place_words(one, reader)}" for one in unread[:MOST_NAMED]]
        return "\n".join([count, *named])

    def _rule_of(self, *, reports: bool = False) -> RuleCount | None:
        """The requirement that is looked at, in the last trial."""
        trial, draft = self._state.trying.trial, self._state.draft
        preview = None if trial is None else trial.reports if reports else trial.samples
        name = None if draft is None else draft.value(("requirement", self._state.chosen, "id"))
        if preview is None:
            return None
        return next((one for one in preview.rules if one.requirement.id == name), None)


def _say(label: Label, said: str) -> None:
    if label.text() != said:
        label.setText(said)
    label.setVisible(bool(said))
