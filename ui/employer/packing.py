"""Putting a kit together for an applicant: the state behind the pages ``kit`` and ``packed``."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, Signal

from readiness.model.errors import InputError, ReadinessError, StorageError
from readiness.model.text import N_
from ui.sharing import folder_of
from ui.trouble import NoFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from readiness.kit import Packed
    from readiness.model.handed import Shown
    from readiness.trust.invitation import Invitation
    from ui.journey import Journey

T = TypeVar("T")

ENDING = ".zip"
FIELDS = ("invitation", "installers", "kit-file")
"""What can be wrong, in the order of the page."""
OF_THE_FILE = frozenset({"file-exists"})
"""Faults of a kit that belong to its own file; all others are an installer's."""
SHOWN_DIGITS = 8
"""So much of an invitation's number stands in the names of its files."""


@dataclass(frozen=True, kw_only=True)
class Kit:
    """A kit that was written.

    Attributes:
        file: The ZIP.
        invitation: Whose it is.
        programs: The installers in it, in the order in which they came.
        rest: The other files in it.
    """

    file: Path
    invitation: Invitation
    programs: tuple[Packed, ...]
    rest: tuple[Packed, ...]

    @property
    def size(self) -> int:
        """Bytes of all its files; nothing is compressed."""
        return sum(one.size for one in (*self.programs, *self.rest))


class Packing(QObject):
    """Chooses and packs. What was chosen stays until another kit is begun.

    Signals:
        moved: The state has changed.

    Attributes:
        invitation: Whose kit it is; none: not chosen yet.
        source: The file in which it came.
        installers: The programs to go with it.
        file: Where the ZIP goes, as the person wrote it.
        faults: Field -> what is wrong with it.
        busy: It is being written.
        kit: What was written last.
        shown: What the file manager shows.
    """

    moved = Signal()

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._journey = journey
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self.documents = QStandardPaths.writableLocation(documents)
        self.folder = self.documents
        """Where somebody looks for invitations first."""
        self.invitation: Invitation | None = None
        self.source: Path | None = None
        self.installers: tuple[Path, ...] = ()
        self.file = ""
        self.faults: dict[str, Exception] = {}
        self.busy = False
        self.kit: Kit | None = None
        self.shown: Shown | None = None
        self._own_name = False

    # --- choosing ------------------------------------------------------------------------------

    def begin(self, folder: str = "") -> None:
        """Begin a kit; the programs stay, for they are the same for everybody."""
        self.folder = folder or self.folder
        self.invitation, self.source = None, None
        self.file, self._own_name = "", False
        self.faults = {}
        self._journey.turned.emit("kit")

    def choose(self, path: Path) -> None:
        """Take an invitation; the kit is proposed beside it."""
        engine = self._journey.engine

        def done(found: Invitation) -> None:
            self.invitation, self.source = found, path
            if not self._own_name:
                number = found.terms.nonce[:SHOWN_DIGITS]
                self.file = str(path.parent / f"readiness-kit-{number}{ENDING}")
            self.faults.pop("invitation", None)
            self.moved.emit()

        self._call(lambda: engine.open_invitation(path), done, lambda _: "invitation")

    def add(self, paths: Sequence[Path]) -> None:
        """Let programs go with it, each once."""
        fresh = [path for path in paths if path not in self.installers]
        self.installers = (*self.installers, *fresh)
        self.faults.pop("installers", None)
        self.moved.emit()

    def drop(self, path: Path) -> None:
        """Let a program not go with it."""
        self.installers = tuple(one for one in self.installers if one != path)
        self.faults.pop("installers", None)
        self.moved.emit()

    def name(self, written: str) -> None:
        """Take where the ZIP goes; from then on it is not proposed."""
        self.file, self._own_name = written, bool(written.strip())

    # --- packing -------------------------------------------------------------------------------

    def write(self) -> None:
        """Write the kit; a second click meanwhile does nothing."""
        if self.busy:
            return
        invitation, installers, path = self.invitation, self.installers, self._path()
        self.faults = {}
        if invitation is None:
            self.faults["invitation"] = InputError(
                "kit-invitation-missing", N_("Choose whose kit it is.")
            )
        if path is None:
            self.faults["kit-file"] = NoFolder()
        if invitation is None or path is None:
            self.moved.emit()
            return
        self.busy = True
        self.moved.emit()
        engine = self._journey.engine

        def done(found: tuple[Packed, ...]) -> None:
            self.busy, self.shown = False, None
            count = len(installers)
            self.kit = Kit(
                file=path, invitation=invitation, programs=found[:count], rest=found[count:]
            )
            self._journey.turned.emit("packed")

        def field(error: ReadinessError) -> str:
            self.busy = False
            own = isinstance(error, StorageError) or error.reference in OF_THE_FILE
            return "kit-file" if own else "installers"

        self._call(lambda: engine.write_kit(invitation, installers, path), done, field)

    def _path(self) -> Path | None:
        """The ZIP that somebody wrote; none: it cannot be one."""
        written = self.file.strip()
        path = folder_of(written) if written else None
        if path is None or not path.name:
            return None
        whole = path.suffix.casefold() == ENDING
        return path if whole else path.with_name(f"{path.name}{ENDING}")

    def show(self) -> None:
        """Show the kit in the file manager."""
        if self.kit is None:
            return
        path, engine = self.kit.file, self._journey.engine

        def done(shown: Shown) -> None:
            self.shown = shown
            self.moved.emit()

        self._journey.runner.call(lambda: engine.show(path), done, self._journey.trouble.emit)

    def _call(
        self,
        work: Callable[[], T],
        done: Callable[[T], None],
        field: Callable[[ReadinessError], str],
    ) -> None:
        """Work on the worker; say a fault at its field, a fault of the program where such go."""

        def failed(error: Exception) -> None:
            if not isinstance(error, ReadinessError):
                self.busy = False
                self._journey.trouble.emit(error)
                self.moved.emit()
                return
            self.faults[field(error)] = error
            self.moved.emit()

        self._journey.runner.call(work, done, failed)
