"""Which invitations were issued, and which report was the first to answer each: JSON lines.

Nothing in it is secret: nonces, public keys, days and digests. Several recruiters may share one
file; every change is made under a lock and is on disk before anything else happens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime  # noqa: TC003 - msgspec reads the annotation at run time
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError, StorageError
from readiness.model.invited import DIGEST, KEY_ID, NONCE
from readiness.model.text import N_
from readiness.storage import append_lines, read_limited, storage_error

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from readiness.trust.invitation import Invitation

MAX_LEDGER = 128 * 1024 * 1024
"""Bytes: some 250,000 invitations and their answers."""

MAX_LINE = 2048
LOCK_WAIT_S = 20.0


class Issued(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="issued",
    tag_field="kind",
):
    """One invitation: what is needed to know its answer, and nothing by which to make one."""

    nonce: str
    issuer: str
    answer_key: str
    created: datetime
    expires: datetime
    profile: str
    profile_digest: str
    receipt_key: str = ""

    def __post_init__(self) -> None:
        """Refuse what this program never writes."""
        named = (NONCE, self.nonce), (DIGEST, self.profile_digest), (KEY_ID, self.answer_key)
        if not all(form.fullmatch(text) for form, text in named):
            raise ValueError(self.nonce)
        if self.created.tzinfo is None or self.expires.tzinfo is None:
            raise ValueError("a time has a zone")

    @classmethod
    def of(cls, invitation: Invitation) -> Issued:
        """The public side of ``invitation``."""
        terms = invitation.terms
        return cls(
            nonce=terms.nonce,
            issuer=invitation.issuer,
            answer_key=invitation.answer_keyid,
            created=terms.created,
            expires=terms.expires,
            profile=invitation.profile.id,
            profile_digest=invitation.profile.digest,
            receipt_key=terms.receipt_key,
        )


class Answered(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag="answered",
    tag_field="kind",
):
    """The first report that answered: SHA-256 of its signed bytes, and when it was verified."""

    nonce: str
    report: str
    at: datetime

    def __post_init__(self) -> None:
        """Refuse what this program never writes."""
        named = (NONCE, self.nonce), (DIGEST, self.report)
        if not all(form.fullmatch(text) for form, text in named) or self.at.tzinfo is None:
            raise ValueError(self.nonce)


_READER: msgspec.json.Decoder[Issued | Answered] = json_reader(Issued | Answered)


@dataclass(kw_only=True)
class Book:
    """What a ledger holds, by nonce."""

    issued: dict[str, Issued] = field(default_factory=dict)
    answered: dict[str, Answered] = field(default_factory=dict)


class Ledger:
    """The ledger in one file, which is made with the first invitation."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def read(self) -> Book:
        """Everything in it. Raises ``InputError``: ``ledger-invalid``, or it cannot be read."""
        book = Book()
        for number, line in enumerate(self._lines(), start=1):
            entry = self._entry(line, number)
            if isinstance(entry, Issued):
                if book.issued.setdefault(entry.nonce, entry) != entry:
                    raise self._invalid(number)
            else:
                book.answered.setdefault(entry.nonce, entry)
        return book

    def issue(self, invitations: Iterable[Invitation]) -> None:
        """Note invitations, before they are handed out.

        Raises:
            InputError: The file is there and is no ledger.
            StorageError: It cannot be written.
        """
        lines = b"".join(_line(Issued.of(one)) for one in invitations)
        with self._lock():
            if self.path.exists():
                self.read()
            append_lines(self.path, lines)

    def answer(self, nonce: str, report: str, at: datetime) -> Answered:
        """The first report that answered this invitation; this one, if there was none before.

        Raises:
            InputError: The ledger cannot be read.
            StorageError: It cannot be written.
        """
        mine = Answered(nonce=nonce, report=report, at=at)
        with self._lock():
            first = self._first_answer(nonce)
            if first is None:
                append_lines(self.path, _line(mine))
        return first or mine

    def _first_answer(self, nonce: str) -> Answered | None:
        """Looks into the lines that name the nonce alone: thousands are verified in a row."""
        named = nonce.encode()
        for number, line in enumerate(self._lines(), start=1):
            if named in line:
                entry = self._entry(line, number)
                if isinstance(entry, Answered) and entry.nonce == nonce:
                    return entry
        return None

    def _lines(self) -> list[bytes]:
        """The whole lines; one that was cut off does not count."""
        whole, _, _ = read_limited(self.path, MAX_LEDGER, follow=False).rpartition(b"\n")
        return whole.split(b"\n") if whole else []

    def _lock(self) -> AbstractContextManager[object]:
        from filelock import FileLock, Timeout

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            lock = FileLock(self.path.with_name(f"{self.path.name}.lock"), timeout=LOCK_WAIT_S)
            return lock.acquire()
        except Timeout as error:
            raise StorageError(
                "ledger-busy",
                N_("Another program has been writing this list of invitations for a while."),
                where=str(self.path),
                hint=N_("Wait for it to end, then try again."),
            ) from error
        except OSError as error:
            raise storage_error(error, self.path) from error

    def _entry(self, line: bytes, number: int) -> Issued | Answered:
        try:
            if len(line) <= MAX_LINE:
                return _READER.decode(line)
        except msgspec.MsgspecError as error:
            raise self._invalid(number) from error
        raise self._invalid(number)

    def _invalid(self, number: int) -> InputError:
        return InputError(
            "ledger-invalid",
            N_("Line {line} of the list of invitations is not as this program writes it."),
            where=self.path.name,
            hint=N_("Take the file from a backup; do not edit it by hand."),
            line=number,
        )


def _line(entry: Issued | Answered) -> bytes:
    return msgspec.json.encode(entry) + b"\n"
