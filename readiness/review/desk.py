"""A recruiter's desk: reports that were read once, judged as often as one likes, opened one by one.

Reads, and does nothing else. Of each report its row is at hand; its data lie packed, so that
another list can be tried on all of them though the files were moved or took long to open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from readiness.desk_archive.stored import Incoming
from readiness.model.errors import StorageError
from readiness.report.codec import decode_report
from readiness.report.seal import Unsealed
from readiness.review.anew import Anew
from readiness.review.compare import line_up
from readiness.review.computers import with_alike
from readiness.review.folded import envelope_of, folded, payload_of
from readiness.review.having import Having, knowing
from readiness.review.intake import intake
from readiness.review.once import Firsts, mark_of, once
from readiness.review.packed import Packed
from readiness.review.received import Received, Refused
from readiness.review.rows import known_for, row_of
from readiness.review.shelf import stored
from readiness.trust.arrived import Arrived
from readiness.trust.origin import origin_of_arrived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.remarks import Remark
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.review.compare import Lineup
    from readiness.review.limits import Limits
    from readiness.review.rows import ReviewRow
    from readiness.trust.answering import Known
    from readiness.trust.contradictions import Oddity
    from readiness.trust.origin import Origin

METRICS = (
    "line.download",
    "line.upload",
    "line.round_trip_median",
    "line.jitter",
    "line.loss",
    "headset.link",
    "voice.snr",
    "machine.memory_usable",
    "machine.disk_free",
)
"""Whose values rows keep, to be shown, sorted and drawn: what most lists ask for."""


@dataclass(frozen=True, kw_only=True)
class Heap:
    """What lies on the desk.

    Attributes:
        rows: One for each report, in the order in which they came.
        refused: Files that were not read, and why.
        stopped: Somebody stopped the reading, so that files are missing.
    """

    rows: tuple[ReviewRow, ...] = ()
    refused: tuple[Refused, ...] = ()
    stopped: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class _Held:
    """A report without its data."""

    file: str
    signed: bool
    intact: bool = False
    payload_type: str = ""
    keyids: tuple[str, ...] = ()
    impossible: Oddity | None = None
    taken_in: datetime | None = None

    def received(self, data: bytes) -> Received:
        """As it came out of the intake."""
        payload = payload_of(data)
        if not self.signed:
            return Received(file=self.file, arrived=Arrived(payload=payload))
        opened = Unsealed(
            payload=payload,
            payload_type=self.payload_type,
            keyids=self.keyids,
            intact=self.intact,
            envelope=envelope_of(data),
        )
        whole = self.intact and self.impossible is None
        report = decode_report(payload) if whole else None
        arrived = Arrived(payload=payload, opened=opened, report=report, impossible=self.impossible)
        return Received(file=self.file, arrived=arrived, taken_in=self.taken_in)


class Desk:
    """Reports from strangers. Used by one thread at a time.

    Args:
        shipped: The list of that id and digest, if the very same is known.
        limits: How much is read; the usual ones by default.
    """

    def __init__(
        self,
        shipped: Callable[[str, str], Profile | None],
        limits: Limits | None = None,
    ) -> None:
        self._shipped = shipped
        self._lists: dict[tuple[str, str], Profile | None] = {}
        self._limits = limits
        self._having = Having()
        self._base = knowing(self._having)
        """Tells what the reader knows, and remembers who answered first."""
        self._held: list[_Held] = []
        self._packed = Packed()
        self._rows: list[ReviewRow] = []
        self._refused: list[Refused] = []
        self._firsts = Firsts()
        self._remarks: dict[str, Remark] = {}
        self._stopped = False

    def heap(self) -> Heap:
        """What lies here now."""
        rows, _ = with_alike(self._rows)
        if self._remarks:
            rows = [replace(row, remark=self._remarks.get(row.digest)) for row in rows]
        return Heap(rows=tuple(rows), refused=tuple(self._refused), stopped=self._stopped)

    def take(
        self,
        paths: Iterable[Path],
        *,
        told: Callable[[int], None] = lambda _number: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Heap:
        """Read files, folders and ZIPs and put their reports to the others.

        Args:
            paths: What was named or dropped.
            told: Hears after each file how many were looked at.
            stop: Whether to stop; what was read until then stays.

        Raises:
            StorageError: The reports cannot be held; those before stay.
        """
        found = intake(paths, self._limits, keys=self._having.keys)
        return self._take(found, told, stop)

    def take_kept(
        self,
        archive: DeskArchive,
        *,
        told: Callable[[int], None] = lambda _number: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Heap:
        """The same with what lies in an archive. Raises ``StorageError``."""
        entries = archive.entries()
        self.remember({entry.digest: entry.remark for entry in entries})
        return self._take(stored(archive, entries), told, stop)

    def remember(self, remarks: Mapping[str, Remark]) -> None:
        """What recruiters wrote, by the keys of reports: it stands in the rows from now on."""
        self._remarks.update(remarks)

    def incoming(self, number: int) -> Incoming:
        """One report as an archive keeps it. Raises ``StorageError``."""
        data = envelope_of(self._packed.get(number))
        return Incoming(digest=self._rows[number].digest, name=self._held[number].file, data=data)

    def _take(
        self,
        found: Iterable[Received | Refused],
        told: Callable[[int], None],
        stop: Callable[[], bool],
    ) -> Heap:
        self._stopped = False
        for number, one in enumerate(once(found, self._firsts), start=1):
            if isinstance(one, Refused):
                self._refused.append(one)
            else:
                self._put(one)
            told(number)
            if stop():
                self._stopped = True
                break
        return self.heap()

    def judge(
        self,
        having: Having,
        *,
        told: Callable[[int], None] = lambda _number: None,
        stop: Callable[[], bool] = lambda: False,
    ) -> Heap | None:
        """Judge all reports anew by what the reader has from now on; none: it was stopped.

        Where it is stopped or raises, everything stays as it was.

        Raises:
            InputError: The ledger cannot be read.
            StorageError: The reports cannot be read back.
        """
        only_list = replace(having, profile=self._having.profile) == self._having
        base = self._base if only_list else knowing(having)  # who was first is found out anew
        anew = Anew(having.profile) if only_list and having.profile is not None else None
        rows: list[ReviewRow] = []
        for number in range(len(self._held)):
            if stop():
                return None
            row = self._quickly(number, anew) if anew is not None else None
            if row is None:
                known = replace(base(), profile=having.profile)
                row = self._row(self._received(number), known)
            rows.append(row)
            told(number + 1)
        self._having, self._base, self._rows = having, base, rows
        return self.heap()

    def _quickly(self, number: int, anew: Anew) -> ReviewRow | None:
        """The row by another list, where nothing else can have changed; else none."""
        row, held = self._rows[number], self._held[number]
        if not held.intact or held.impossible is not None:
            return row
        return anew.row(row, payload_of(self._packed.get(number)))

    def _known(self) -> Known:
        return replace(self._base(), profile=self._having.profile)

    def origin(self, number: int) -> Origin:
        """What can be said about one report, by its number among the rows. Raises as above."""
        received = self._received(number)
        known = known_for(received, self._known(), self._list_of)
        return origin_of_arrived(received.arrived, known)

    def line_up(self, numbers: Sequence[int]) -> Lineup:
        """Some of the reports side by side.

        Raises:
            InputError: Too few or too many, or they name no one list that is known here.
            StorageError: The reports cannot be read back.
        """
        received = [self._received(number) for number in numbers]
        return line_up(received, self._known(), profile_of=self._list_of)

    def asked_of(self, origin: Origin) -> Profile | None:
        """The list by which a report was judged anew; none if it was not."""
        if origin.again is None:
            return None
        own = self._having.profile
        invited = self._having.invitation
        if own is not None:
            return own
        return invited.profile if invited is not None else self._list_of(origin.again)

    def close(self) -> None:
        """Let go of all data."""
        self._packed.close()

    def _put(self, one: Received) -> None:
        row, arrived = self._row(one, self._known()), one.arrived
        try:
            self._packed.add(folded(arrived))
        except StorageError:
            self._firsts.forget(
                mark_of(one)
            )  # else it would be taken for its own copy the next time
            raise
        opened = arrived.opened
        held = _Held(file=one.file, signed=False, taken_in=one.taken_in)
        if opened is not None:
            held = _Held(
                file=one.file,
                signed=True,
                intact=opened.intact,
                payload_type=opened.payload_type,
                keyids=opened.keyids,
                impossible=arrived.impossible,
                taken_in=one.taken_in,
            )
        self._held.append(held)
        self._rows.append(row)

    def _received(self, number: int) -> Received:
        return self._held[number].received(self._packed.get(number))

    def _row(self, received: Received, known: Known) -> ReviewRow:
        return row_of(received, known, metrics=METRICS, profile_of=self._list_of)

    def _list_of(self, report: Report) -> Profile | None:
        """The list that a report names, if the very same is known here."""
        named = report.profile, report.profile_digest
        if named not in self._lists:
            self._lists[named] = self._shipped(*named)
        return self._lists[named]
