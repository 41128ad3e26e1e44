"""The file of the list: what is wrong in it, whether it is saved, and what was in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.employer.begin_card import ask_where
from ui.employer.bound import place_words
from ui.employer.edits import by_hand
from ui.employer.entry import fault_words
from ui.theme import STEP, Size
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.label import Label, breakable, caption, title
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from pathlib import Path

    from ui.journey import Journey

MOST = 5
"""So many faults are told here; each stands at its own field too."""
CHANGED = "profile-changed-meanwhile"


class FileCard(Card):
    """Follows the draft; what could not be saved is offered again in another way."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._reader, self._state = journey.reader, journey.employer.drafting
        text = self._reader.text
        self.inside.addWidget(title(text(N_("The file"))))
        self._name = Label("", size=Size.CAPTION)
        self._told = caption("")
        self._told.setObjectName("file-told")
        self._faults = Label("", size=Size.CAPTION, role="not_met")
        self._faults.setObjectName("file-faults")
        self._refused = Label("", role="not_met")
        self._refused.setObjectName("file-refused")
        words = N_(
            "This list has parts that only a text editor changes: conditions, values that decide "
            "nothing, headsets, pictures. They are kept as they are."
        )
        self._by_hand = caption(text(words))
        self._by_hand.setObjectName("by-hand")
        for label in (self._name, self._told, self._by_hand, self._faults, self._refused):
            self.inside.addWidget(label)
        row = Strip(gap=STEP // 2)
        other = Button(text(N_("Save as…")), Look.QUIET, small=True)
        other.setObjectName("save-as")
        other.clicked.connect(self._save_as)
        self._over = Button(text(N_("Write over it")), small=True)
        self._over.setObjectName("write-over")
        self._over.clicked.connect(self._state.write_over)
        close = Button(text(N_("Another list…")), Look.QUIET, small=True)
        close.setObjectName("another-list")
        close.clicked.connect(self._close)
        for button in (other, self._over, close):
            row.addWidget(button)
        self.inside.addWidget(row)

    def _save_as(self) -> None:
        def then(path: Path) -> None:
            self._state.save(path)

        ask_where(self, self._reader.text(N_("Save as")), str(self._state.path or ""), then)

    def _close(self) -> None:
        """Put the list away; what is not saved is asked about first."""
        if not self._state.unsaved:
            self._state.close()
            return
        from ui.employer.leave import ask_to_lose

        ask_to_lose(self, self._reader, self._state.close)

    def follow(self) -> str:
        """Show the present state; what is new in it, to be announced."""
        state, reader, draft = self._state, self._reader, self._state.draft
        self._name.setText(breakable(str(state.path or "")))
        said = N_("Saved.") if state.saved else N_("Nothing is changed.")
        if state.changed:
            said = N_("There are changes that are not saved.")
        before = self._told.text(), self._refused.text()
        self._told.setText(reader.text(said))
        faults = () if draft is None else draft.faults
        lines = [f"✕ {place_words(fault, reader)}" for fault in faults[:MOST]]
        if faults:
            count = reader.plural(
                "{n} thing is missing or wrong. It can be saved, but not used yet.",
                "{n} things are missing or wrong. It can be saved, but not used yet.",
                len(faults),
            )
            lines.insert(0, count)
        self._faults.setText("\n".join(lines))
        self._faults.setVisible(bool(lines))
        self._by_hand.setVisible(draft is not None and by_hand(draft))
        error = state.refused if not state.refused_at else None
        self._refused.setText("" if error is None else f"✕ {fault_words(error, reader)}")
        self._refused.setVisible(error is not None)
        self._over.setVisible(getattr(error, "reference", "") == CHANGED)
        now = self._told.text(), self._refused.text()
        return "" if now == before else now[1] or (now[0] if state.saved else "")
