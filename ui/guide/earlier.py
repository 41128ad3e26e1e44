"""Earlier checks: open one, judge it against another list, compare two, delete for good."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget
from shiboken6 import isValid

from readiness.explain import OVERALLS
from readiness.home import home_folder
from readiness.model.text import N_
from ui.guide.confirm import ask
from ui.history import PAIR
from ui.theme import STEP
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.choice import CheckBox
from ui.widgets.field import Select
from ui.widgets.label import caption, headline, lead, title
from ui.widgets.page import Page
from ui.widgets.pill import OVERALL_ROLES, OVERALL_SYMBOLS, Pill

if TYPE_CHECKING:
    from readiness.archive import ArchiveEntry
    from ui.journey import Journey

MOST_SHOWN = 50
"""More would make the page slow to build; the newest are shown."""


class EarlierPage(Page):
    """The list is read in the background when the page comes into sight."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey, widest=860)
        text = self.reader.text
        self._history = journey.history
        self._entries: tuple[ArchiveEntry, ...] = ()
        self._boxes: dict[str, CheckBox] = {}
        self.said = text(N_("Earlier checks"))
        self.column.addWidget(headline(self.said))
        self._note = lead(
            text(
                N_(
                    "They are kept on this computer only. Open one to judge it against a list, or "
                    "tick two to see them side by side."
                )
            )
        )
        self.column.addWidget(self._note)
        self._card = Card()
        self._card.inside.setSpacing(2 * STEP)
        self._card.hide()
        self.column.addWidget(self._card)
        self._more = caption("")
        self._more.hide()
        self.column.addWidget(self._more)
        self._all = Button(text(N_("Delete all…")), Look.QUIET)
        self._all.setObjectName("delete-all")
        self._all.clicked.connect(self._ask_all)
        self._all.hide()
        self.column.addWidget(self._all, 0, Qt.AlignmentFlag.AlignRight)
        self.column.addStretch(1)
        self._make_foot()

    def _make_foot(self) -> None:
        text, foot = self.reader.text, self.foot()
        back = Button(text(N_("Back")), Look.TEXT)
        back.setObjectName("back")
        back.clicked.connect(self.journey.home)
        file = Button(text(N_("Open a report file…")))
        file.setObjectName("open-report")
        file.clicked.connect(self._choose_file)
        self._compare = Button(text(N_("Compare the two")), Look.FILLED)
        self._compare.setObjectName("compare")
        self._compare.clicked.connect(self._go)
        self._compare.hide()
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(file)
        foot.addWidget(self._compare)
        self.first = back

    def shown(self) -> None:
        """Read the list."""
        journey = self.journey
        journey.runner.call(journey.engine.archived, self._show, journey.trouble.emit)

    def _show(self, entries: tuple[ArchiveEntry, ...]) -> None:
        if not isValid(self):
            return
        self._entries = entries
        if not entries:
            self._note.setText(
                self.reader.text(N_("There are none yet. A finished check is kept here."))
            )
            return
        self._card.show()
        self._all.show()
        self._compare.setVisible(len(entries) >= PAIR)
        for number, entry in enumerate(entries[:MOST_SHOWN]):
            if number:
                self._card.inside.addWidget(Rule())
            self._card.inside.addWidget(self._row(entry))
        older = len(entries) - MOST_SHOWN
        if older > 0:
            said = self.reader.plural(
                "{n} older check is not shown.", "{n} older checks are not shown.", older
            )
            self._more.setText(said)
            self._more.show()
        self.tab_in_order()
        self._follow()

    # --- one check -----------------------------------------------------------------------------

    def _row(self, entry: ArchiveEntry) -> Beside:
        row = Beside(gap=3 * STEP, lines=34)
        row.add(self._words(entry), 1)
        row.add(self._actions(entry), 1)
        return row

    def _words(self, entry: ArchiveEntry) -> QWidget:
        text, names = self.reader.text, self._names()
        place, holder = column(STEP // 2)
        place.addWidget(title(self.reader.date(entry.started)))
        for profile_id, overall in list(entry.judged.items())[:3]:
            line = QHBoxLayout()
            word = text(OVERALLS[overall])
            line.addWidget(Pill(f"{OVERALL_SYMBOLS[overall]} {word}", OVERALL_ROLES[overall]))
            line.addWidget(caption(names.get(profile_id, profile_id)), 1)
            place.addLayout(line)
        when = self.reader.date(entry.started)
        box = CheckBox(text(N_("Compare")))
        box.setObjectName(f"compare-{entry.id}")
        box.setAccessibleName(text(N_("Compare the check of {when}"), when=when))
        box.setChecked(entry.id in self._history.picked)
        box.clicked.connect(lambda on: self._pick(entry.id, on=on))
        self._boxes[entry.id] = box
        place.addWidget(box)
        return holder

    def _actions(self, entry: ArchiveEntry) -> QWidget:
        text, names = self.reader.text, self._names()
        when = self.reader.date(entry.started)
        place, holder = column(STEP // 2)
        against = Select(text(N_("Judge the check of {when} against"), when=when))
        against.setMinimumWidth(120)
        for profile in self.journey.profiles:
            against.addItem(names[profile.id], profile.id)
        for name in entry.judged:  # a list that was opened here, or of an invitation
            if name not in names:
                against.addItem(name, name)
        first = next(iter(entry.judged), "")
        against.setCurrentIndex(max(0, against.findData(first)))
        open_it = Button(text(N_("Open")))
        open_it.setObjectName(f"open-{entry.id}")
        open_it.setAccessibleName(text(N_("Open the check of {when}"), when=when))
        open_it.clicked.connect(lambda: self._open(entry.id, str(against.currentData())))
        delete = Button(text(N_("Delete…")), Look.QUIET)
        delete.setObjectName(f"delete-{entry.id}")
        delete.setAccessibleName(text(N_("Delete the check of {when}"), when=when))
        delete.clicked.connect(lambda: self._ask(entry))
        line = QHBoxLayout()
        line.addWidget(against, 1)
        line.addWidget(open_it)
        place.addLayout(line)
        place.addWidget(delete, 0, Qt.AlignmentFlag.AlignRight)
        return holder

    def _names(self) -> dict[str, str]:
        return {p.id: self.reader.local(p.title) for p in self.journey.profiles}

    # --- comparing -----------------------------------------------------------------------------

    def _pick(self, session_id: str, *, on: bool) -> None:
        self._history.pick(session_id, wanted=on)
        self._follow()

    def _follow(self) -> None:
        for name, box in self._boxes.items():
            box.setChecked(name in self._history.picked)
        self._compare.setEnabled(len(self._history.picked) == PAIR)

    def _go(self) -> None:
        """Compare by the list that the newer one was judged against last."""
        picked = [entry for entry in self._entries if entry.id in self._history.picked]
        known = {profile.id for profile in self.journey.profiles}
        judged = [name for entry in picked for name in entry.judged if name in known]
        self._history.compare(judged[0] if judged else self.journey.profiles[0].id)

    # --- deleting ------------------------------------------------------------------------------

    def _ask(self, entry: ArchiveEntry) -> None:
        text = self.reader.text
        ask(
            self,
            text(N_("Delete the check of {when} for good?"), when=self.reader.date(entry.started)),
            text(
                N_(
                    "Its values, answers and watches are removed from this computer and cannot be "
                    "brought back. Reports that you saved as files stay where they are."
                )
            ),
            yes=text(N_("Delete for good")),
            no=text(N_("Keep it")),
            then=lambda: self._history.delete(entry.id),
        )

    def _ask_all(self) -> None:
        text = self.reader.text
        ids = tuple(entry.id for entry in self._entries)
        ask(
            self,
            self.reader.plural(
                "Delete {n} check for good?", "Delete all {n} checks for good?", len(ids)
            ),
            text(
                N_(
                    "Also those that were cut off. They are removed from this computer and cannot "
                    "be brought back. Reports that you saved as files stay where they are."
                )
            ),
            yes=text(N_("Delete all for good")),
            no=text(N_("Keep them")),
            then=lambda: self._history.delete_all(ids),
        )

    # --- opening -------------------------------------------------------------------------------

    def _open(self, session_id: str, profile_id: str) -> None:
        journey = self.journey
        journey.open_session(lambda: journey.engine.archived_session(session_id), profile_id)

    def _choose_file(self) -> None:
        text = self.reader.text
        dialog = QFileDialog(self, text(N_("Open a report")), str(home_folder()))
        dialog.setNameFilter(text(N_("Reports (*.json *.pdf *.html)")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._open_file)
        dialog.open()

    def _open_file(self, path: str) -> None:
        self.journey.open_report(Path(path))
