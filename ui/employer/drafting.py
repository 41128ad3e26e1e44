"""The list of requirements that is being written: the state behind the page ``requirements``.

Changes are made on the worker, one after the other.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, Signal

from readiness.locale import languages
from readiness.model.errors import ReadinessError
from ui.employer.trying import Trying

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from readiness.profiles.askable import Askable
    from readiness.profiles.draft import Place, ProfileDraft
    from ui.journey import Journey

MOST_UNDONE = 200
"""So many changes can be taken back; each is a text of some KiB."""


class Drafting(QObject):
    """Opens, changes, takes back, tries, saves.

    Signals:
        moved: The state has changed.
        rebuilt: Something may stand in another place now, or it is another draft.

    Attributes:
        draft: What is written so far; none: nothing was opened yet.
        path: Its file, which need not be there yet.
        chosen: The number of the requirement that is looked at.
        source: The name of the source that is looked at; one that is not there: the first.
        language: The language in which texts are shown and written.
        askables: Everything that can be asked, by id.
        trying: Whom it would let through.
        refused: What could not be done last.
        refused_at: Where; no place: with the file.
        saved: It was saved, and nothing was changed since.
        typing: Something is typed that is not in the draft yet.
    """

    moved = Signal()
    rebuilt = Signal()

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._journey = journey
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self.documents = QStandardPaths.writableLocation(documents)
        self.draft: ProfileDraft | None = None
        self.path: Path | None = None
        self.chosen = 0
        spoken = journey.reader.language
        self.language = spoken if spoken in languages() else "en"
        self.askables: Mapping[str, Askable] = {}
        self.source = ""
        self.refused: Exception | None = None
        self.refused_at: Place = ()
        self.saved = False
        self.typing = False
        # Of the worker alone from here on.
        self._latest: ProfileDraft | None = None
        self._past: list[ProfileDraft] = []
        self._future: list[ProfileDraft] = []
        self._first: ProfileDraft | None = None
        self.trying = Trying(journey, self)
        self.trying.moved.connect(self.moved.emit)
        self._target: Path | None = None
        """Where it was to be saved last."""

    @property
    def changed(self) -> bool:
        """Whether something is written that is not in the file."""
        return self.draft is not None and self.draft.changed

    @property
    def unsaved(self) -> bool:
        """Whether somebody has changed something that is in no file."""
        return self.typing or (self.changed and self.can_undo)

    @property
    def can_undo(self) -> bool:
        """Whether a change can be taken back."""
        return bool(self._past)

    @property
    def can_redo(self) -> bool:
        """Whether one that was taken back can be made again."""
        return bool(self._future)

    def count(self) -> int:
        """How many requirements there are."""
        found = None if self.draft is None else self.draft.seen(("requirement",))
        return len(found) if isinstance(found, list) else 0

    # --- opening -------------------------------------------------------------------------------

    def begin(self, path: Path, reference: str = "") -> None:
        """Begin a list of one's own, short or made from another; nothing is written yet."""
        engine = self._journey.engine
        self._take(lambda: engine.begin_draft(path, reference), path)

    def open(self, path: Path) -> None:
        """Open a file; it may have faults."""
        engine = self._journey.engine
        self._take(lambda: engine.open_draft(path), path)

    def close(self) -> None:
        """Put the draft away, to begin with another one."""
        self.draft, self.path, self.typing = None, None, False
        self.trying.forget()
        self.refused, self.saved = None, False
        self._past, self._future = [], []
        self.rebuilt.emit()

    def _take(self, work: Callable[[], ProfileDraft], path: Path) -> None:
        engine = self._journey.engine

        def take() -> ProfileDraft:
            draft = work()
            self.askables = engine.askables()
            self._latest = self._first = draft
            self._past, self._future = [], []
            return draft

        def done(draft: ProfileDraft) -> None:
            self.draft, self.path, self.chosen, self.source = draft, path, 0, ""
            self.refused, self.saved = None, False
            self.trying.forget()
            self.rebuilt.emit()
            self._try()

        self._journey.runner.call(take, done, self._refuse)

    # --- changing ------------------------------------------------------------------------------

    def change(
        self,
        edit: Callable[[ProfileDraft], ProfileDraft],
        at: Place = (),
        *,
        choose: int | None = None,
    ) -> None:
        """Make a change.

        Args:
            edit: From the draft to the draft after it; works on values alone.
            at: Where what cannot be done is said.
            choose: The requirement that is looked at afterwards, if the change moves any.
        """

        def work() -> ProfileDraft | None:
            before = self._latest
            if before is None:
                return None
            after = edit(before)
            if after.data == before.data:
                return None
            self._past = [*self._past[-MOST_UNDONE:], before]
            self._future = []
            self._latest = after
            return after

        def done(after: ProfileDraft | None) -> None:
            self.refused = None
            if after is None:
                self.moved.emit()
            else:
                self._show(after, choose)

        def failed(error: Exception) -> None:
            self.refused_at = at
            self._refuse(error)

        self._journey.runner.call(work, done, failed)

    def put(self, place: Place, value: object) -> None:
        """Set a value; none: take it out."""

        def edit(draft: ProfileDraft) -> ProfileDraft:
            if value is not None:
                return draft.put(place, value)
            return draft if draft.value(place) is None else draft.drop(place)

        self.change(edit, place)

    def undo(self) -> None:
        """Take the last change back."""
        self._step(back=True)

    def redo(self) -> None:
        """Make the change again that was taken back last."""
        self._step(back=False)

    def _step(self, *, back: bool) -> None:
        def work() -> ProfileDraft | None:
            source, target = (self._past, self._future) if back else (self._future, self._past)
            if not source or self._latest is None:
                return None
            target.append(self._latest)
            found = source.pop()
            self._latest = found
            return found

        def done(found: ProfileDraft | None) -> None:
            if found is not None:
                self.refused = None
                self._show(found, self.chosen)

        self._journey.runner.call(work, done, self._refuse)

    def look_at(self, number: int) -> None:
        """Look at another requirement."""
        if number != self.chosen:
            self.chosen = number
            self.rebuilt.emit()

    def _show(self, draft: ProfileDraft, choose: int | None) -> None:
        if self.draft is None:  # put away meanwhile
            return
        self.draft, self.saved = draft, False
        if choose is not None:
            self.chosen = max(0, min(choose, self.count() - 1))
            self.rebuilt.emit()
        else:
            self.moved.emit()
        self._try()

    def _try(self) -> None:
        """Work out what it would say now."""
        self.trying.attempt(
            lambda: None if self._latest is None else self._latest.profile,
            lambda: None if self._first is None else self._first.profile,
        )

    # --- saving --------------------------------------------------------------------------------

    def save(self, path: Path | None = None, *, anyway: bool = False) -> None:
        """Write the draft to its file, or to another one, which is its file from then on."""
        target = self._target = path or self.path
        if target is None or self.draft is None:
            return
        engine = self._journey.engine

        def work() -> ProfileDraft | None:
            if self._latest is None:
                return None
            found = self._latest = engine.save_draft(self._latest, target, anyway=anyway)
            # What is taken back from now on is compared with the file as it is now.
            self._past = [replace(one, saved=found.saved) for one in self._past]
            self._future = [replace(one, saved=found.saved) for one in self._future]
            return found

        def done(draft: ProfileDraft | None) -> None:
            if draft is not None:
                self.draft, self.path, self.refused = draft, target, None
                self.saved = True
                self.moved.emit()

        self._journey.runner.call(work, done, self._refuse_file)

    def write_over(self) -> None:
        """Save it where that was refused, over whatever is there."""
        self.save(self._target, anyway=True)

    def _refuse_file(self, error: Exception) -> None:
        self.refused_at = ()
        self._refuse(error)

    def _refuse(self, error: Exception) -> None:
        """Keep what was in the way, to be said on the page."""
        if not isinstance(error, ReadinessError):
            self._journey.trouble.emit(error)
            return
        self.refused = error
        self.moved.emit()
