"""Earlier checks: open one, judge it against another list, or open a report file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout
from shiboken6 import isValid

from readiness.explain import OVERALLS
from readiness.model.text import N_
from ui.theme import STEP
from ui.widgets.button import Button
from ui.widgets.card import Card, Rule
from ui.widgets.field import Select
from ui.widgets.label import caption, headline, lead, title
from ui.widgets.page import Page
from ui.widgets.pill import OVERALL_ROLES, OVERALL_SYMBOLS, Pill

if TYPE_CHECKING:
    from readiness.archive import ArchiveEntry
    from ui.journey import Journey

MOST_SHOWN = 50


class EarlierPage(Page):
    """The list is read in the background when the page comes into sight."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey, widest=860)
        text = self.reader.text
        self.said = text(N_("Earlier checks"))
        self.column.addWidget(headline(self.said))
        self._note = lead(text(N_("They are kept on this computer only.")))
        self.column.addWidget(self._note)
        self._card = Card()
        self._card.inside.setSpacing(2 * STEP)
        self._card.hide()
        self.column.addWidget(self._card)
        self.column.addStretch(1)
        foot = self.foot()
        back = Button(text(N_("Back")))
        back.setObjectName("back")
        back.clicked.connect(journey.home)
        file = Button(text(N_("Open a report file…")))
        file.setObjectName("open-report")
        file.clicked.connect(self._choose_file)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(file)
        self.first = back

    def shown(self) -> None:
        """Read the list."""
        journey = self.journey
        journey.runner.call(journey.engine.archived, self._show, journey.trouble.emit)

    def _show(self, entries: tuple[ArchiveEntry, ...]) -> None:
        if not isValid(self):
            return
        if not entries:
            self._note.setText(
                self.reader.text(N_("There are none yet. A finished check is kept here."))
            )
            return
        self._card.show()
        for number, entry in enumerate(entries[:MOST_SHOWN]):
            if number:
                self._card.inside.addWidget(Rule())
            self._card.inside.addLayout(self._row(entry))
        self.tab_in_order()

    def _row(self, entry: ArchiveEntry) -> QHBoxLayout:
        text = self.reader.text
        when = self.reader.date(entry.started)
        names = {p.id: self.reader.local(p.title) for p in self.journey.profiles}
        row = QHBoxLayout()
        words = QVBoxLayout()
        words.setSpacing(STEP // 2)
        words.addWidget(title(when))
        for profile_id, overall in list(entry.judged.items())[:3]:
            line = QHBoxLayout()
            word = text(OVERALLS[overall])
            line.addWidget(Pill(f"{OVERALL_SYMBOLS[overall]} {word}", OVERALL_ROLES[overall]))
            line.addWidget(caption(names.get(profile_id, profile_id)), 1)
            words.addLayout(line)
        row.addLayout(words, 1)
        against = Select(text(N_("Judge the check of {when} against"), when=when))
        against.setMaximumWidth(240)
        for profile in self.journey.profiles:
            against.addItem(names[profile.id], profile.id)
        first = next(iter(entry.judged), "")
        against.setCurrentIndex(max(0, against.findData(first)))
        open_it = Button(text(N_("Open")))
        open_it.setObjectName(f"open-{entry.id}")
        open_it.setAccessibleName(text(N_("Open the check of {when}"), when=when))
        open_it.clicked.connect(lambda: self._open(entry.id, str(against.currentData())))
        row.addWidget(against, 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(open_it, 0, Qt.AlignmentFlag.AlignVCenter)
        return row

    def _open(self, session_id: str, profile_id: str) -> None:
        journey = self.journey
        journey.open_session(lambda: journey.engine.archived_session(session_id), profile_id)

    def _choose_file(self) -> None:
        text = self.reader.text
        dialog = QFileDialog(self, text(N_("Open a report")), str(Path.home()))
        dialog.setNameFilter(text(N_("Reports (*.json *.pdf)")))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._open_file)
        dialog.open()

    def _open_file(self, path: str) -> None:
        self.journey.open_report(Path(path))
