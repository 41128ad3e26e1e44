"""A whole heap at once: read, each report once, judged again, a row for each; on two cores.

The same as :func:`intake`, :func:`once` and :func:`row_of` one after the other. What depends on the
order of the files (which of two is the same report again, which answer was the first) is decided
here, one file after the other; all the rest may be done by a second process.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from readiness.model.invited import Invited
from readiness.review.computers import RUN_SALT
from readiness.review.crew import HEAVY, Crew, cores
from readiness.review.intake import Opener, open_plain
from readiness.review.kinds import Kind
from readiness.review.limits import Limits
from readiness.review.once import Firsts, mark_of
from readiness.review.received import Received, Refused
from readiness.review.rows import ReviewRow, row_of
from readiness.review.tasks import tasks
from readiness.trust.answering import Answers, noted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping
    from pathlib import Path

    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.review.tasks import Task
    from readiness.trust.answering import Known
    from readiness.trust.keys import Keys


@dataclass(frozen=True, kw_only=True)
class Reading:
    """How a heap is read.

    Attributes:
        known: What the reader has; an answer that holds is noted as ``known.note`` does.
        metrics: Whose values are to be kept in the rows.
        lists: Requirements that are known here, by digest: each report is judged by the one that
            it names, where ``known`` brings none.
        profile_of: The same for lists that are not among them.
        keys: Open what was sealed to them.
        limits: How much is read.
        salt: For what tells one computer from others; the reader's own, if rows are kept.
        helped: Whether a second process may help.
    """

    known: Known
    metrics: tuple[str, ...] = ()
    lists: Mapping[str, Profile] | None = None
    profile_of: Callable[[Report], Profile | None] | None = None
    keys: Keys | None = None
    limits: Limits = field(default_factory=Limits)
    salt: bytes = RUN_SALT
    helped: bool = True


def rows_of(paths: Iterable[Path], reading: Reading) -> Iterator[ReviewRow | Refused]:
    """A row for each report below these paths, in the order of names; and what is none, and why.

    Args:
        paths: Files, folders and ZIPs; see :func:`intake`.
        reading: How.
    """
    return _Heap(reading).rows(paths)


class _Looked(NamedTuple):
    """One report that was looked at, before it is known what came before it.

    Attributes:
        row: Without the list that it was judged by, which is the same for thousands.
        asked: That list's digest, or empty.
        mark: Equal for the same report again.
        answer: What is to be noted of an answer that holds: number, SHA-256; else nothing.
    """

    row: ReviewRow
    asked: str
    mark: bytes
    answer: tuple[str, str] | None


@dataclass(frozen=True, kw_only=True)
class _Look:
    """The part that needs nobody: it goes to the other process."""

    known: Known
    metrics: tuple[str, ...]
    lists: Mapping[str, Profile]
    limits: Limits
    salt: bytes

    def __call__(self, task: Task | Refused) -> _Looked | Refused | None:
        """Read one file and judge it; none if it takes more than that."""
        if isinstance(task, Refused):
            return task
        found = open_plain(task, self.limits)
        if not isinstance(found, Received):
            return found
        report = found.arrived.report
        own = self.known.profile is not None or self.known.invitation is not None
        if report is not None and not own and report.profile_digest not in self.lists:
            return None
        return self.looked(found, self._named)

    def _named(self, report: Report) -> Profile | None:
        return self.lists.get(report.profile_digest)

    def looked(self, found: Received, profile_of: Callable[[Report], Profile | None]) -> _Looked:
        """What can be said of it alone."""
        row = row_of(found, self.known, metrics=self.metrics, profile_of=profile_of, salt=self.salt)
        return _Looked(
            row=msgspec.structs.replace(row, asked=None) if row.asked is not None else row,
            asked=row.asked.digest if row.asked is not None else "",
            mark=mark_of(found),
            answer=_answer(found) if row.answers is Answers.YES else None,
        )


def _answer(found: Received) -> tuple[str, str] | None:
    report = found.arrived.report
    if report is None or not isinstance(report.session.invitation, Invited):
        return None
    return report.session.invitation.nonce, hashlib.sha256(found.arrived.payload).hexdigest()


class _Heap:
    """One heap, with what came of it so far."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._lists = dict(reading.lists or {})
        self._opener = Opener(reading.limits, reading.keys)
        self._firsts = Firsts()
        known = reading.known
        invited = known.invitation
        for own in (known.profile, invited.profile if invited is not None else None):
            if own is not None:
                self._lists[own.digest] = own
        self._look = _Look(
            known=replace(known, note=None),
            metrics=reading.metrics,
            lists=dict(self._lists),
            limits=reading.limits,
            salt=reading.salt,
        )

    def rows(self, paths: Iterable[Path]) -> Iterator[ReviewRow | Refused]:
        crew: Crew[Task | Refused, _Looked | Refused] = Crew(
            self._look,
            self._here,
            fit=_is_plain,
            weight=_weight,
            helped=self._reading.helped and cores() > 1,
        )
        for found in crew.done(tasks(paths, self._reading.limits)):
            yield found if isinstance(found, Refused) else self._row(found)

    def _here(self, task: Task | Refused) -> _Looked | Refused:
        """What needs keys, a child process, or a list that only the caller knows."""
        found = task if isinstance(task, Refused) else self._opener.open(task)
        return found if isinstance(found, Refused) else self._look.looked(found, self._profile_of)

    def _profile_of(self, report: Report) -> Profile | None:
        asked = self._lists.get(report.profile_digest)
        if asked is None and self._reading.profile_of is not None:
            asked = self._reading.profile_of(report)
            if asked is not None:
                self._lists[asked.digest] = asked
        return asked

    def _row(self, looked: _Looked) -> ReviewRow | Refused:
        """The row, now that it is known what came before."""
        row = looked.row
        twice = self._firsts.twice(looked.mark, row.file)
        if twice is not None:
            return twice
        answers, why = row.answers, row.why
        if looked.answer is not None:
            answers, why = noted(*looked.answer, self._reading.known)
        if not looked.asked:
            if answers is row.answers:
                return row
            return msgspec.structs.replace(row, answers=answers, why=why)
        asked = self._lists[looked.asked]
        return msgspec.structs.replace(row, asked=asked, answers=answers, why=why)


def _is_plain(task: Task | Refused) -> bool:
    """Whether it takes nothing but reading, by its name; and it is not too large to wait."""
    if isinstance(task, Refused):
        return True
    return task.kind in (Kind.DATA, Kind.PAGE) and _weight(task) <= HEAVY


def _weight(task: Task | Refused) -> int:
    """Bytes that it holds in memory."""
    if isinstance(task, Refused) or not isinstance(task.source, bytes):
        return 0
    return len(task.source)
