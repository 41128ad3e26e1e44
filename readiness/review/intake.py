"""The one door for reports from strangers: files, folders and ZIPs in; one report at a time out.

What cannot be read is listed with its name and its reason, and the others go through. Only one
report is in memory: the one that was asked for last.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.report.files import is_pdf, is_sealed
from readiness.review.kinds import Kind
from readiness.review.limits import Limits
from readiness.review.received import Received, Refused, refused
from readiness.review.tasks import tasks
from readiness.storage import read_limited
from readiness.trust.arrived import arrive

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from readiness.review.tasks import Task
    from readiness.trust.keys import Keys

__all__ = ["Limits", "Opener", "Received", "Refused", "intake", "open_plain"]

TOO_SLOW = "pdf-too-much"
FOR_READING = "report-for-reading"
"""A page of an older version of this program, or any other: nothing is wrong with it."""


def intake(
    paths: Iterable[Path], limits: Limits | None = None, *, keys: Keys | None = None
) -> Iterator[Received | Refused]:
    """Everything that these files, folders and ZIPs hold, in the order of their names.

    A file that is named itself is looked into whatever it is called; in folders and archives the
    name decides. Links are not followed, also not those that are named.

    Args:
        paths: What was named or dropped.
        limits: How much is read; the usual ones by default.
        keys: Open what was sealed to them; without, sealed reports are refused.
    """
    opener = Opener(limits or Limits(), keys)
    for found in tasks(paths, opener.limits):
        yield found if isinstance(found, Refused) else opener.open(found)


class Opener:
    """Opens the files of one heap, in their order, with what was learned of it so far."""

    def __init__(self, limits: Limits, keys: Keys | None) -> None:
        self.limits, self._keys = limits, keys
        self._slow = Counter[int]()
        """PDFs that took longer than they may, by archive."""

    def open(self, task: Task) -> Received | Refused:
        """The report that the file is, or why it is none."""
        try:
            data = _bytes_of(task, self.limits)
            if self._keys is not None and is_sealed(data):
                from readiness.trust.sealing import open_sealed

                data = open_sealed(data, self._keys)
            if is_pdf(data):
                return self._pdf(task, data)
            return Received(file=task.name, arrived=arrive(data))
        except InputError as error:
            return _refused(task, error)

    def _pdf(self, task: Task, data: bytes) -> Received | Refused:
        """An archive is made by one person: its PDFs are not borne for ever."""
        patience = self.limits.patience
        if task.archive and self._slow[task.archive] >= patience:
            return refused(task.name, _not_tried())
        tired = self._slow.total() >= patience
        seconds = self.limits.hurry if tired else self.limits.seconds
        try:
            return Received(file=task.name, arrived=arrive(data, seconds=seconds))
        except InputError as error:
            self._slow[task.archive] += error.reference == TOO_SLOW
            raise


def open_plain(task: Task, limits: Limits) -> Received | Refused | None:
    """The same for what takes nothing but reading; none: keys or a child process are needed."""
    try:
        data = _bytes_of(task, limits)
        if is_sealed(data) or is_pdf(data):
            return None
        return Received(file=task.name, arrived=arrive(data))
    except InputError as error:
        return _refused(task, error)


def _bytes_of(task: Task, limits: Limits) -> bytes:
    if isinstance(task.source, bytes):
        return task.source
    return read_limited(task.source, limits.of(task.kind), follow=False)


def _refused(task: Task, error: InputError) -> Refused:
    aside = error.reference == FOR_READING and task.kind is Kind.PAGE
    return refused(task.name, error, aside=aside)


def _not_tried() -> InputError:
    return InputError(
        "pdf-not-tried",
        N_("It was not opened: PDFs before it in this archive took more time than they may."),
        hint=N_("Ask for the .readiness.json file instead."),
    )
