"""Whom an employer invites, and to what: the state behind the pages ``invite`` and ``issued``."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from readiness.model.errors import InputError, ReadinessError, StorageError
from readiness.model.text import N_
from ui.sharing import folder_of
from ui.trouble import NoFolder

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from readiness.model.handed import Shown
    from readiness.model.requirement import Profile
    from readiness.trust.batch import References
    from readiness.trust.inviting import Inviting as Facade
    from readiness.trust.inviting import KeyFiles
    from readiness.trust.wanted import Issue, Wanted
    from ui.journey import Journey

T = TypeVar("T")

DAYS = (3, 7, 14, 30, 60, 90, 180, 366)
"""How long an invitation may last, to choose from."""
USUAL_DAYS = 14
FOLDER = "Readiness-invitations"
"""The folder among the person's documents into which invitations go unless they say otherwise."""
LOOK_MS = 100
"""How often the page looks how far the writing is."""

FIELDS = (
    *("keys", "profile", "reference", "table"),
    *("employer", "days", "server", "receipt", "folder", "passphrase", "issue"),
)
"""What can be wrong, in the order of the page."""
_FIELD_OF = {
    "passphrase-wrong": "passphrase",
    "keys-invalid": "keys",
    "profile-changed-meanwhile": "profile",
}
"""Where a fault belongs that is found while the invitations are written."""


class Inviting(QObject):
    """Chooses, checks, writes. The passphrase passes through and is kept nowhere.

    Signals:
        moved: The state has changed.

    Attributes:
        keys: The employer's private file; none: not chosen yet.
        fingerprint: Its signing key in 16 letters.
        profile: What is asked; none: not chosen yet.
        reference: Its id or path.
        employer: How the employer calls itself.
        days: How long the invitations last.
        server: Address of the measuring server; may be empty.
        receipt: A file with that server's public keys; may be missing.
        receipt_print: Its signing key in 16 letters.
        seal: Whether answers are sealed to the employer.
        many: Whether those in a table are invited, or one.
        single: The mark for the one; may be empty.
        inside: Whether the mark stands in the invitation.
        table: The file of the table; none: not chosen yet.
        found: What stands in it.
        folder: Where the files go, as the person wrote it.
        faults: Field -> what is wrong with it.
        busy: Invitations are being written.
        step: How far that is, 0 to 1.
        issue: What was written last.
        shown: What the file manager shows.
    """

    moved = Signal()

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._journey = journey
        self.keys: Path | None = None
        self.fingerprint = ""
        self.profile: Profile | None = None
        self.reference = ""
        self.employer = self.server = self.single = ""
        self.days = USUAL_DAYS
        self.receipt: Path | None = None
        self.receipt_print = ""
        self.seal = True
        self.many = self.inside = False
        self.table: Path | None = None
        self.found: References | None = None
        documents = QStandardPaths.StandardLocation.DocumentsLocation
        self.documents = QStandardPaths.writableLocation(documents)
        self.folder = f"{self.documents}/{FOLDER}"
        self.faults: dict[str, Exception] = {}
        self.busy = False
        self.step = 0.0
        self.issue: Issue | None = None
        self.shown: Shown | None = None
        self._stopped = False
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self.moved.emit)

    @property
    def _facade(self) -> Facade:
        return self._journey.engine.inviting

    @property
    def shortest(self) -> int:
        """How many characters a new passphrase has at least."""
        return self._facade.shortest_passphrase

    @property
    def names(self) -> tuple[str, ...]:
        """The marks of those who are invited."""
        if not self.many:
            return (self.single.strip(),)
        return self.found.found if self.found is not None else ()

    # --- choosing ------------------------------------------------------------------------------

    def choose_keys(self, path: Path) -> None:
        """Take the employer's private file; its passphrase is asked when it is used."""

        def done(found: str) -> None:
            self.keys, self.fingerprint = path, found
            self._mended("keys")

        self._call(lambda: self._facade.own_fingerprint(path), done, "keys")

    def make_keys(
        self, folder: str, name: str, passphrase: str, then: Callable[[Exception | None], None]
    ) -> None:
        """Make new keys and use them; ``then`` is told what was in the way, or nothing."""
        place, facade = folder_of(folder.strip()), self._facade
        if place is None or not folder.strip():
            then(NoFolder())
            return

        def done(made: KeyFiles) -> None:
            self.keys, self.fingerprint = made.private, made.fingerprint
            self._mended("keys")
            then(None)

        typed = [passphrase]  # the worker remembers its last work: not what was typed

        def work() -> KeyFiles:
            return facade.make_keys(place, name.strip(), typed.pop())

        self._journey.runner.call(work, done, then)

    def choose_profile(self, reference: str) -> None:
        """Take a list of requirements by its id or path."""

        def done(profile: Profile) -> None:
            self.profile, self.reference = profile, reference
            self._mended("profile")

        self._call(lambda: self._journey.engine.profile(reference), done, "profile")

    def choose_table(self, path: Path, column: str = "") -> None:
        """Take those who stand in a table; without a name, in its first column."""

        def done(found: References) -> None:
            self.table, self.found = path, found
            self._mended("table")

        self._call(lambda: self._facade.table(path, column), done, "table")

    def choose_receipt(self, path: Path | None) -> None:
        """Take the public keys of the measuring server; none: it does not sign."""
        if path is None:
            self.receipt, self.receipt_print = None, ""
            self._mended("receipt")
            return

        def done(found: str) -> None:
            self.receipt, self.receipt_print = path, found
            self._mended("receipt")

        self._call(lambda: self._facade.server_fingerprint(path), done, "receipt")

    def invite_many(self, many: bool) -> None:  # noqa: FBT001 - a signal brings it
        """Invite those in a table, or one."""
        if many != self.many:
            self.many = many
            self.faults.pop("table", None)
            self.faults.pop("reference", None)
            self.moved.emit()

    # --- writing -------------------------------------------------------------------------------

    def write(self, passphrase: str) -> None:
        """Sign and write everything; a second click meanwhile does nothing."""
        if self.busy:
            return
        place = folder_of(self.folder.strip())
        self.faults = self._lacking(place, passphrase)
        keys, wanted = self.keys, self._wanted(place)
        if self.faults or keys is None or wanted is None:
            self.moved.emit()
            return
        self.busy, self._stopped, self.step = True, False, 0.0
        self._look.start()
        self.moved.emit()
        facade, typed = self._facade, [passphrase]

        def going(done: int, steps: int) -> bool:
            self.step = done / steps
            return not self._stopped

        def work() -> Issue | None:
            return facade.invite(wanted, facade.open_keys(keys, typed.pop()), going)

        self._journey.runner.call(work, self._written, self._not_written)

    def stop(self) -> None:
        """Write no more invitations; those that are written stay, and so does their table."""
        self._stopped = True

    def show(self) -> None:
        """Show what was written in the file manager."""
        if self.issue is None:
            return
        path, engine = self.issue.index, self._journey.engine

        def done(shown: Shown) -> None:
            self.shown = shown
            self.moved.emit()

        self._journey.runner.call(lambda: engine.show(path), done, self._journey.trouble.emit)

    def _wanted(self, folder: Path | None) -> Wanted | None:
        if folder is None:
            return None
        from readiness.trust.wanted import Wanted

        return Wanted(
            profile=self.reference,
            digest="" if self.profile is None else self.profile.digest,
            employer=self.employer.strip(),
            days=self.days,
            server=self.server.strip(),
            receipt_key=self.receipt if self.server.strip() else None,
            seal=self.seal,
            names=self.names,
            inside=self.inside,
            folder=folder,
        )

    def _lacking(self, folder: Path | None, passphrase: str) -> dict[str, Exception]:
        """What is still to be filled in, or cannot be meant, by its field."""
        missing = {
            "keys": (self.keys is None, N_("Open your keys, or make new ones.")),
            "profile": (self.profile is None, N_("Choose what you ask of them.")),
            "table": (self.many and self.found is None, N_("Choose the table of applicants.")),
            "employer": (not self.employer.strip(), N_("Say who invites.")),
            "passphrase": (not passphrase, N_("Enter the passphrase of your keys.")),
        }
        found: dict[str, Exception] = {
            name: InputError(f"invite-{name}-missing", what)
            for name, (lacks, what) in missing.items()
            if lacks
        }
        if folder is None or not self.folder.strip():
            found["folder"] = NoFolder()
        wanted = self._wanted(folder)
        if wanted is not None and self.many:  # those of a table were looked at as it was read
            wanted = replace(wanted, names=())
        for fault in self._facade.unfit(wanted) if wanted is not None else ():
            found.setdefault(fault.where, fault)
        return found

    def _written(self, issue: Issue | None) -> None:
        self._rest()
        if issue is None:
            words = N_("It was stopped before anything was written.")
            self._fault("issue", InputError("invite-stopped", words))
            return
        self.issue, self.shown = issue, None
        self._journey.turned.emit("issued")

    def _not_written(self, error: Exception) -> None:
        self._rest()
        named = getattr(error, "where", "")
        chosen = {"keys": self.keys, "receipt": self.receipt, "profile": self.reference}
        own = [field for field, one in chosen.items() if one and named == str(one)]
        field = "folder" if isinstance(error, StorageError) else "issue"
        self._fault(own[0] if own else field, error)

    def _rest(self) -> None:
        self.busy = False
        self._look.stop()

    # --- what is wrong -------------------------------------------------------------------------

    def _call(self, work: Callable[[], T], done: Callable[[T], None], field: str) -> None:
        self._journey.runner.call(work, done, lambda error: self._fault(field, error))

    def _fault(self, field: str, error: Exception) -> None:
        """Say it at its field; a fault of the program goes where such faults go."""
        if not isinstance(error, ReadinessError):
            self._journey.trouble.emit(error)
            return
        self.faults[_FIELD_OF.get(error.reference, field)] = error
        self.moved.emit()

    def _mended(self, field: str) -> None:
        self.faults.pop(field, None)
        self.moved.emit()
