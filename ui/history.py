"""Earlier checks: which two are compared, and which are deleted for good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from ui.journey import Journey

PAIR = 2


@dataclass(frozen=True, kw_only=True)
class Comparison:
    """Two checks, the earlier one first, judged against one list."""

    before: Report
    after: Report
    profile: Profile


class History(QObject):
    """The state behind the pages ``earlier`` and ``compare``.

    Attributes:
        picked: Ids of the checks to be compared, at most two.
        comparison: What the page ``compare`` shows.
        gone: Ids of checks that were deleted: nothing may be added to them any more.
    """

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._journey = journey
        self._busy = False
        self.picked: tuple[str, ...] = ()
        self.comparison: Comparison | None = None
        self.gone: set[str] = set()

    def pick(self, session_id: str, *, wanted: bool) -> None:
        """Take a check into the comparison or out of it; of three the first one gives way."""
        others = tuple(name for name in self.picked if name != session_id)
        self.picked = (*others, session_id)[-PAIR:] if wanted else others

    def compare(self, profile_id: str) -> None:
        """Judge the two against a list and show them side by side."""
        journey = self._journey
        known = {profile.id: profile for profile in journey.profiles}
        if self._busy or len(self.picked) != PAIR or profile_id not in known:
            return
        self._busy = True
        engine, picked, profile = journey.engine, self.picked, known[profile_id]

        def work() -> Comparison:
            found = sorted(map(engine.archived_session, picked), key=lambda one: one.started)
            before, after = (engine.judge(session, profile) for session in found)
            journey.wording.compared(before, after, profile, journey.reader)
            return Comparison(before=before, after=after, profile=profile)

        def done(found: Comparison) -> None:
            self._busy = False
            self.comparison = found
            journey.turned.emit("compare")

        journey.runner.call(work, done, self._refused)

    def delete(self, session_id: str) -> None:
        """Delete a check for good."""
        engine = self._journey.engine
        self._delete((session_id,), lambda: engine.delete(session_id))

    def delete_all(self, ids: tuple[str, ...]) -> None:
        """Delete all checks for good, and those that were cut off."""
        journey = self._journey
        here = [] if journey.session is None else [journey.session.id]
        cut_off = [found.session.id for found in journey.unfinished]
        everything = (*ids, *here, *cut_off, journey.watch.belongs)
        self._delete(everything, journey.engine.delete_all)

    def _delete(self, ids: tuple[str, ...], work: Callable[[], None]) -> None:
        journey = self._journey
        if self._busy:
            return
        self._busy = True
        self.gone.update(ids)
        self.picked = tuple(name for name in self.picked if name not in ids)
        self.comparison = None
        if journey.watch.going and journey.watch.belongs in ids:
            journey.watch.stop()
        journey.let_go(ids)

        def done(_: None) -> None:
            self._busy = False
            journey.turned.emit("earlier")

        journey.runner.call(work, done, self._refused)

    def _refused(self, error: Exception) -> None:
        self._busy = False
        self._journey.trouble.emit(error)
