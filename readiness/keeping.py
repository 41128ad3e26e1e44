"""What a run has found, kept while it goes on; and that no other run goes on beside it."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import msgspec

from readiness.journal import Entry, Journal, others_run
from readiness.model.errors import InputError, StorageError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from readiness.model.measurement import ProbeRun, Session


class Keeping:
    """What a run has found, put on disk as it is found. A disk that fails ends no run.

    Args:
        book: Where to; none: nowhere.
        session: What was found before.
        failed: Told why something could not be put on disk.
    """

    def __init__(
        self, book: Journal | None, session: Session, failed: Callable[[StorageError], None]
    ) -> None:
        self.session = session
        self._book = book
        self._failed = failed

    def whole(self, session: Session) -> None:
        """This is what has been found by now."""
        self.session = session
        self._write(session)

    def part(self, run: ProbeRun) -> None:
        """What stands of a run that is going on; a kill would lose it."""
        before = self.session.runs
        if not any((r.probe, r.attempt) == (run.probe, run.attempt) for r in before):
            self._write(msgspec.structs.replace(self.session, runs=(*before, run)))

    def _write(self, session: Session) -> None:
        if self._book is None:
            return
        try:
            self._book.write(session)
        except StorageError as error:
            self._failed(error)


@contextlib.contextmanager
def keeping(
    folder: Path, entry: Entry, failed: Callable[[StorageError], None]
) -> Iterator[Keeping]:
    """Keep a run's session in a journal in ``folder``; where there can be none, only here.

    Raises:
        filelock.Timeout: Another program is running this very session.
    """
    with contextlib.ExitStack() as held:
        book: Journal | None = None
        try:
            book = held.enter_context(Journal(folder, entry))
        except StorageError as error:
            failed(error)
        yield Keeping(book, entry.session, failed)


def require_alone(folder: Path, session_id: str) -> None:
    """Refuse to measure while another check does on this computer, for this person.

    Raises:
        InputError: ``check-running``.
    """
    if others_run(folder, session_id):
        raise InputError(
            "check-running",
            N_("Another check is running on this computer. Two at once would spoil each other."),
            hint=N_("Wait until it has ended, or stop it. Then start again."),
        )
