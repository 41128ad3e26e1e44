"""The journal: after each probe and each answer the session is on disk, to be resumed if killed.

One file per session. The program that runs a session holds a lock beside its file, so that a second
program does not offer to resume what is still running.
"""

from __future__ import annotations

import contextlib
import glob
import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError
from readiness.model.measurement import Session, Value  # noqa: TC001 - read at run time
from readiness.storage import read_limited, storage_error, write_whole

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from filelock import FileLock

log = logging.getLogger(__name__)

ENDING = ".journal.json"
MAX_BYTES = 4 * 1024 * 1024
LOCK_WAIT_S = 1.0
"""Longer than another program needs to look whether the lock is held."""


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a journal file holds.

    Attributes:
        profiles: References by which the profiles were chosen: ids or file paths.
        probes: Ids of the probes that were planned.
        session: What was found so far.
        answers: What the person has answered since then, by question id.
    """

    profiles: tuple[str, ...]
    probes: tuple[str, ...]
    session: Session
    answers: dict[str, Value] = {}


_READER = json_reader(Entry)


@dataclass(frozen=True, kw_only=True)
class Unfinished:
    """A session that was cut off and can be resumed."""

    entry: Entry
    path: Path

    @property
    def session(self) -> Session:
        """What had been found."""
        return self.entry.session


class Journal:
    """The journal of one running session. Use as a context manager; it holds the lock."""

    def __init__(self, folder: Path, entry: Entry) -> None:
        self.path = _path(folder, entry.session.id)
        self.entry = entry
        self._lock = _lock(self.path)

    def __enter__(self) -> Self:
        """Take the lock; answers that an earlier run of the program was given stay.

        Raises:
            filelock.Timeout: Another program is running this very session.
            StorageError: There can be no journal in that folder.
        """
        from filelock import Timeout

        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=LOCK_WAIT_S)
        except Timeout:
            raise
        except OSError as error:
            raise storage_error(error, self.path) from error
        before = _read(self.path) if self.path.exists() else None
        if before is not None:
            self.entry = msgspec.structs.replace(self.entry, answers=before.answers)
        return self

    def __exit__(self, *_: object) -> None:
        """Let go of the lock; the journal stays until :func:`end` removes it."""
        self._lock.release()

    def keep_answers(self, answers: Mapping[str, Value]) -> None:
        """Put answers on disk that are not yet in the session. Raises ``StorageError``."""
        self.entry = msgspec.structs.replace(self.entry, answers=dict(answers))
        write_whole(self.path, msgspec.json.encode(self.entry))

    def write(self, session: Session) -> None:
        """Put the session on disk. Raises ``StorageError``."""
        self.entry = msgspec.structs.replace(self.entry, session=session)
        write_whole(self.path, msgspec.json.encode(self.entry))


def unfinished(folder: Path) -> Iterator[Unfinished]:
    """Journals that no running program holds, newest first. Unreadable ones are set aside."""
    if not folder.is_dir():
        return
    for path in sorted(folder.glob(f"*{ENDING}"), key=_age):
        if _is_held(path):
            continue
        entry = _read(path)
        if entry is not None:
            yield Unfinished(entry=entry, path=path)


def others_run(folder: Path, session_id: str) -> bool:
    """Whether a program is measuring for another session than this one."""
    own = _lock_path(_path(folder, session_id))
    locks = folder.glob(f"*{own.suffix}") if folder.is_dir() else ()  # a lock comes before its file
    others = (path.with_suffix(".json") for path in locks if path != own)
    return any(_is_held(path, LOCK_WAIT_S) for path in others)


def end(folder: Path, session_id: str) -> None:
    """The session is finished and kept elsewhere: remove its journal."""
    _remove(_path(folder, session_id))


def erase(folder: Path, session_id: str) -> None:
    """Remove all that the journal holds of a session: also what was set aside or half written.

    Raises:
        StorageError: A file cannot be removed.
    """
    stem = glob.escape(f"{session_id}.journal")
    for path in (*folder.glob(f"{stem}.*"), *folder.glob(f".{stem}.*")):
        _erase(path)


def erase_all(folder: Path) -> None:
    """Remove everything of sessions that no program is running. Raises ``StorageError``."""
    if not folder.is_dir():
        return
    held = {path.name.removesuffix(ENDING) for path in folder.glob(f"*{ENDING}") if _is_held(path)}
    for path in [*folder.iterdir()]:
        if path.is_file() and path.name.lstrip(".").split(".")[0] not in held:
            _erase(path)


def _erase(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise storage_error(error, path) from error


def forget(found: Unfinished) -> None:
    """The person does not want to resume it."""
    _remove(found.path)


def _path(folder: Path, session_id: str) -> Path:
    return folder / f"{session_id}{ENDING}"


def _remove(path: Path) -> None:
    for doomed in (path, _lock_path(path)):
        with contextlib.suppress(OSError):
            doomed.unlink()


def _age(path: Path) -> float:
    try:
        return -path.stat().st_mtime
    except OSError:
        return 0.0


def _read(path: Path) -> Entry | None:
    try:
        return _READER.decode(read_limited(path, MAX_BYTES))
    except (InputError, msgspec.MsgspecError, ValueError, RecursionError) as fault:
        log.warning("journal %s cannot be read and is set aside: %s", path.name, fault)
        with contextlib.suppress(OSError):
            path.rename(path.with_suffix(".unreadable"))
        return None


def _lock_path(path: Path) -> Path:
    return path.with_suffix(".lock")


def _lock(path: Path) -> FileLock:
    from filelock import FileLock

    return FileLock(_lock_path(path))


def _is_held(path: Path, wait_s: float = 0) -> bool:
    """Whether another program has it; ``wait_s``: and not only looks whether somebody has."""
    from filelock import Timeout

    lock = _lock(path)
    try:
        lock.acquire(timeout=wait_s)
    except (Timeout, OSError):
        return True
    lock.release()
    return False
