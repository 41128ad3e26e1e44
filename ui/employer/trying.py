"""Whom a draft would let through: made-up home offices, and reports that are loaded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from readiness.model.errors import InputError
    from readiness.model.requirement import Profile
    from readiness.preview import Crowd, Preview
    from readiness.preview.samples import Sample
    from ui.journey import Journey

MOST_REPORTS = 2000
"""So many reports are tried on: they stay in memory, and more say nothing else."""
LOOK_MS = 100
"""How often the page looks how many reports have been read."""


@dataclass(frozen=True, kw_only=True)
class Trial:
    """What a draft would say.

    Attributes:
        samples: Of the made-up home offices.
        reports: Of the reports that were loaded; none: there are none.
        opened: What the profile said of them as it was opened; none: it had faults.
    """

    samples: Preview
    reports: Preview | None
    opened: Preview | None


class Trying(QObject):
    """Everything is worked out on the worker; of several drafts in a row only the last.

    Signals:
        moved: The state has changed.

    Attributes:
        samples: The made-up home offices.
        trial: What the last draft without a fault would say.
        loading: Reports are being read.
        loaded: How many were.
        unread: What could not be used of them.
    """

    moved = Signal()

    def __init__(self, journey: Journey, parent: QObject) -> None:
        super().__init__(parent)
        self._journey = journey
        self.samples: tuple[Sample, ...] = ()
        self.trial: Trial | None = None
        self.loading = False
        self.loaded = 0
        self.unread: list[InputError] = []
        self._number = 0
        self._stopped = False
        self._again: Callable[[], None] = lambda: None
        # Of the worker alone.
        self._offices: Crowd | None = None
        self._crowd: Crowd | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.moved.emit)

    def attempt(
        self, latest: Callable[[], Profile | None], opened: Callable[[], Profile | None]
    ) -> None:
        """Work out what a draft would say, unless a later one comes before that begins.

        Args:
            latest: The profile as it is when the worker comes to it; none: it has faults.
            opened: The profile with which it began.
        """
        self._again = lambda: self.attempt(latest, opened)
        self._number += 1
        number = self._number

        def work() -> Trial | None:
            profile = latest()
            if number != self._number or profile is None:
                return None
            first, crowd = opened(), self._crowd
            return Trial(
                samples=self._made_up().preview(profile),
                reports=crowd.preview(profile) if crowd is not None else None,
                opened=crowd.preview(first) if crowd is not None and first is not None else None,
            )

        def done(trial: Trial | None) -> None:
            if trial is not None:
                self.trial = trial
                self.moved.emit()

        self._journey.runner.call(work, done, self._journey.trouble.emit)

    def forget(self) -> None:
        """Another draft begins: nothing was worked out of it yet."""
        self.trial = None
        self._number += 1

    def load(self, paths: Sequence[Path]) -> None:
        """Read the signed reports in files, folders and ZIPs, to try drafts on them."""
        if self.loading:
            return
        self.loading, self.loaded, self._stopped = True, 0, False
        self._look.start()
        self.moved.emit()
        engine = self._journey.engine

        def going(count: int) -> bool:
            self.loaded = count
            return not self._stopped

        def work() -> tuple[int, list[InputError]]:
            sessions, unread = engine.heap(paths, MOST_REPORTS, going)
            self._crowd = engine.crowd(sessions) if sessions else None
            return len(sessions), unread

        def done(found: tuple[int, list[InputError]]) -> None:
            self._rest()
            self.loaded, self.unread = found
            self.moved.emit()
            self._again()

        def failed(error: Exception) -> None:
            self._rest()
            self.moved.emit()
            self._journey.trouble.emit(error)

        self._journey.runner.call(work, done, failed)

    def stop(self) -> None:
        """Read no more reports; those that were read stay."""
        self._stopped = True

    def _made_up(self) -> Crowd:
        """The samples, to try profiles on; on the worker."""
        if self._offices is None:
            self.samples = self._journey.engine.samples()
            self._offices = self._journey.engine.crowd([one.session for one in self.samples])
        return self._offices

    def _rest(self) -> None:
        self.loading = False
        self._look.stop()
