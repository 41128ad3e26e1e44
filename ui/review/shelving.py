"""The recruiter's archive behind the desk: opened when somebody wants to keep something."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.remarks import Remark, Written
    from readiness.engine import Engine
    from readiness.review.desk import Desk


class Shelving:
    """What is kept of the desk. All but the attributes is for the worker.

    Attributes:
        address: A file or a team's server; empty: the recruiter's own.
        kept: Keys of reports that are known to lie in the archive.
        drafts: What was typed at a report and is not saved.
        who: The name that was typed last.
    """

    def __init__(self, engine: Callable[[], Engine], desk: Callable[[], Desk]) -> None:
        self._engine, self._desk = engine, desk
        self._archive: DeskArchive | None = None
        self.address = ""
        self.kept: set[str] = set()
        self.drafts: dict[str, tuple[Written, int]] = {}
        self.who = ""

    def archive(self) -> DeskArchive:
        """The archive, opened once. Raises ``InputError`` or ``StorageError``."""
        if self._archive is None:
            self._archive = self._engine().desk_archive(self.address)
        return self._archive

    def keep(self, number: int) -> str:
        """Put one report of the desk into the archive; its key. Raises ``StorageError``."""
        incoming = self._desk().incoming(number)
        self.archive().take_in([incoming])
        self.learn()
        return incoming.digest

    def learn(self) -> None:
        """Look what lies there, and tell the desk what was written at it."""
        stands: dict[str, Remark] = {
            entry.digest: entry.remark for entry in self.archive().entries()
        }
        self.kept = set(stands)
        self._desk().remember(stands)

    def close(self) -> None:
        """Let go of the archive."""
        if self._archive is not None:
            self._archive.close()
            self._archive = None
