"""What an employer does with keys and invitations: one place for terminal and window.

A passphrase comes as an argument, is used once and kept nowhere.
"""

from __future__ import annotations

import contextlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import InputError, StorageError
from readiness.model.text import N_
from readiness.profiles import parse_profile, profile_bytes
from readiness.storage import read_limited, too_large, write_whole
from readiness.trust.batch import MAX_TABLE, named, read_table, write_index, write_one
from readiness.trust.invitation import Offer, issue
from readiness.trust.keys import (
    MAX_FILE,
    PRIVATE_ENDING,
    PUBLIC_ENDING,
    SHORTEST_PASSPHRASE,
    fingerprint,
    locked,
    new_keys,
    public_file,
    read_locked,
    read_public,
    unlocked,
)
from readiness.trust.ledger import Ledger
from readiness.trust.terms import LONGEST_DAYS, LONGEST_PROFILE, is_name
from readiness.trust.wanted import Issue, unfit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from readiness.trust.batch import References
    from readiness.trust.invitation import Invitation
    from readiness.trust.keys import Keys, PublicKeys
    from readiness.trust.wanted import Wanted

LEDGER = "invitations.readiness-ledger"
"""What the ledger is called that lies beside the invitations."""


@dataclass(frozen=True, kw_only=True)
class KeyFiles:
    """An employer's two files, and what may be known of them."""

    private: Path
    public: Path
    keys: PublicKeys

    @property
    def fingerprint(self) -> str:
        """The signing key in 16 letters."""
        return fingerprint(self.keys.signing)


class Inviting:
    """Keys and invitations as an employer uses them.

    Args:
        now: The date and time that invitations carry, UTC.
    """

    shortest_passphrase = SHORTEST_PASSPHRASE
    longest_days = LONGEST_DAYS

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now

    # --- keys ----------------------------------------------------------------------------------

    def key_paths(self, folder: Path, name: str) -> tuple[Path, Path]:
        """Where new keys go, private and public.

        Raises:
            InputError: ``keys-name``; ``file-exists``: keys are never written over.
        """
        if not is_key_name(name):
            raise InputError(
                "keys-name",
                N_("This name cannot be the name of a file of keys."),
                where=name if is_name(name) else "",
                hint=N_("Write a short one without folders, such as: {example}"),
                example="acme",
            )
        private, public = folder / f"{name}{PRIVATE_ENDING}", folder / f"{name}{PUBLIC_ENDING}"
        refuse_existing(private, public)
        return private, public

    def make_keys(self, folder: Path, name: str, passphrase: str) -> KeyFiles:
        """Make keys and write both files.

        Raises:
            InputError: As :meth:`key_paths`; ``passphrase-short``.
            StorageError: The disk refuses; there is no half of a pair then.
        """
        private, public = self.key_paths(folder, name)
        made = new_keys()
        write_whole(private, locked(made, passphrase))
        try:
            write_whole(public, public_file(made.public))
        except StorageError:
            with contextlib.suppress(OSError):
                private.unlink()
            raise
        return KeyFiles(private=private, public=public, keys=made.public)

    def public_keys(self, path: Path) -> PublicKeys:
        """Public keys out of either kind of file. Raises ``InputError``."""
        with _naming(path):
            return read_public(read_limited(path, MAX_FILE))

    def server_fingerprint(self, path: Path) -> str:
        """The signing key of either kind of file in 16 letters. Raises ``InputError``."""
        return fingerprint(self.public_keys(path).signing)

    def own_fingerprint(self, path: Path) -> str:
        """The same of a private file, without its passphrase.

        Raises:
            InputError: ``keys-public``: it cannot sign; ``keys-invalid``: it is none.
        """
        with _naming(path):
            data = read_limited(path, MAX_FILE)
            try:
                return fingerprint(read_locked(data).signing)
            except InputError:
                read_public(data)
            raise InputError(
                "keys-public",
                N_("This file holds public keys alone: they sign nothing."),
                hint=N_("Open the file beside it whose name ends in {ending}."),
                ending=PRIVATE_ENDING,
            )

    def open_keys(self, path: Path, passphrase: str) -> Keys:
        """Unlock private keys. Raises ``InputError``: ``keys-invalid``, ``passphrase-wrong``."""
        with _naming(path):
            return unlocked(read_limited(path, MAX_FILE), passphrase)

    # --- who is invited ------------------------------------------------------------------------

    def table(self, path: Path, column: str = "") -> References:
        """The references in a column of a CSV file; without a name, in its first one.

        Raises:
            InputError: ``table-...``, with file and line.
        """
        data = read_limited(path, MAX_TABLE)
        try:
            return read_table(data, column)
        except InputError as error:
            error.where = f"{path.name}: {error.where}"
            raise

    # --- invitations ---------------------------------------------------------------------------

    def unfit(self, wanted: Wanted) -> tuple[InputError, ...]:
        """What no invitation can hold, each with the name of its field as its place."""
        return tuple(unfit(wanted))

    def invite(
        self, wanted: Wanted, keys: Keys, going: Callable[[int, int], bool] = lambda *_: True
    ) -> Issue | None:
        """Sign, note in the ledger, write the index, then the files: none leaves without a note.

        Args:
            wanted: What to issue.
            keys: The employer's.
            going: Told how many of how many steps are done; to be stopped it answers no.

        Returns:
            What was written; none if it was stopped before that began.

        Raises:
            InputError: What is wanted cannot be meant, or its profile has a fault.
            StorageError: The disk refuses.
        """
        for fault in unfit(wanted):
            raise fault
        made = self._signed(wanted, keys, going)
        if made is None:
            return None
        ledger = wanted.ledger or wanted.folder / LEDGER
        Ledger(ledger).issue(invitation for _, invitation in made)
        planned = named(made, wanted.folder)
        index = write_index(planned, wanted.folder)
        written = 0
        for one in planned:
            write_one(one)
            written += 1
            if not going(len(made) + written, 2 * len(made)):
                break
        if written < len(planned):
            write_index(planned[:written], wanted.folder)
        return Issue(written=planned[:written], wanted=len(planned), index=index, ledger=ledger)

    def _signed(
        self, wanted: Wanted, keys: Keys, going: Callable[[int, int], bool]
    ) -> list[tuple[str, Invitation]] | None:
        offer, now = self._offer(wanted, keys), self._now()
        made: list[tuple[str, Invitation]] = []
        for name in wanted.names:
            if not going(len(made), 2 * len(wanted.names)):
                return None
            reference = name if wanted.inside else ""
            made.append((name, issue(offer, keys.signing, now=now, reference=reference)))
        return made

    def _offer(self, wanted: Wanted, keys: Keys) -> Offer:
        data = profile_bytes(wanted.profile)
        if len(data) > LONGEST_PROFILE:
            raise too_large(wanted.profile, LONGEST_PROFILE)
        if wanted.digest and parse_profile(data, wanted.profile).digest != wanted.digest:
            raise InputError(
                "profile-changed-meanwhile",
                N_("The file holds something else than what was opened."),
                where=wanted.profile,
                hint=N_("Choose it once more to see what is there."),
            )
        receipt = wanted.receipt_key
        return Offer(
            profile=data,
            days=wanted.days,
            employer=wanted.employer,
            server=wanted.server,
            receipt_key=self.public_keys(receipt).signing if receipt is not None else "",
            seal_to=keys.public.sealing if wanted.seal else "",
        )


def is_key_name(name: str) -> bool:
    """Whether it is one short name without folders."""
    return bool(name) and Path(name).name == name and name not in {".", ".."} and is_name(name)


def refuse_existing(*paths: Path) -> None:
    """Keys and answers are never written over. Raises ``InputError``: ``file-exists``."""
    for path in paths:
        if path.exists() or path.is_symlink():
            raise InputError(
                "file-exists",
                N_("There is a file of that name already."),
                where=str(path),
                hint=N_("Choose another name or folder."),
            )


@contextlib.contextmanager
def _naming(path: Path) -> Iterator[None]:
    """Name the file in what is said about its content."""
    try:
        yield
    except InputError as error:
        error.where = error.where or path.name
        raise
