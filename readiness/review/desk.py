"""A recruiter's desk: reports that were read once, judged as often as one likes, opened one by one.

Reads, and does nothing else. Of each report its row is at hand; its data lie packed, so that
another list can be tried on all of them though the files were moved or took long to open.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import msgspec

from readiness.desk_archive.stored import Incoming
from readiness.model.errors import StorageError
from readiness.review.anew import Anew
from readiness.review.compare import line_up
from readiness.review.computers import with_alike
from readiness.review.facts import facts_of
from readiness.review.folded import envelope_of, folded
from readiness.review.having import Having, knowing
from readiness.review.held import Held
from readiness.review.intake import intake
from readiness.review.once import Firsts, mark_of, once
from readiness.review.packed import Packed
from readiness.review.received import Refused
from readiness.review.rows import known_for, row_of
from readiness.review.shelf import stored
from readiness.trust.origin import origin_of_arrived

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.remarks import Remark
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.review.compare import Lineup
    from readiness.review.limits import Limits
    from readiness.review.received import Received
    from readiness.review.rows import ReviewRow
    from readiness.trust.answering import Known
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

MOST_FACTS = 16 * 1024 * 1024
"""Bytes of what decides that are held in memory: of some fifteen thousand usual reports."""


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
        self._held: list[Held] = []
        self._packed = Packed()
        self._facts = Packed(MOST_FACTS)
        """What of each report decides; empty: it is judged the whole way, or not at all."""
        self._rows: list[ReviewRow] = []
        self._refused: list[Refused] = []
        self._firsts = Firsts()
        self._remarks: dict[str, Remark] = {}
        self._stopped = False

    def heap(self) -> Heap:
        """What lies here now."""
        rows, _ = with_alike(self._rows)
        if self._remarks:
            rows = [
                msgspec.structs.replace(row, remark=self._remarks.get(row.digest)) for row in rows
            ]
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
        asked = having.profile
        found = self._by_all(asked, base)
        if only_list and asked is not None:
            found = self._by_list(asked, base)
        rows: list[ReviewRow] = []
        for row in found:
            rows.append(row)
            told(len(rows))
            if stop():
                return None
        self._having, self._base, self._rows = having, base, rows
        return self.heap()

    def _by_all(self, asked: Profile | None, base: Callable[[], Known]) -> Iterator[ReviewRow]:
        """Every row anew, the whole way."""
        for number in range(len(self._held)):
            yield self._row(self._received(number), replace(base(), profile=asked))

    def _by_list(self, asked: Profile, base: Callable[[], Known]) -> Iterator[ReviewRow]:
        """The same where only the list is another one: by what decides, which is quick."""
        anew = Anew(asked)
        for number, (row, held) in enumerate(zip(self._rows, self._held, strict=True)):
            facts = self._facts.get(number)
            if facts:
                yield anew.row(row, facts)
            elif held.whole:
                yield self._row(self._received(number), replace(base(), profile=asked))
            else:
                yield row

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
        self._facts.close()

    def _put(self, one: Received) -> None:
        row, arrived = self._row(one, self._known()), one.arrived
        try:
            self._packed.add(folded(arrived))
            self._facts.add(facts_of(arrived.report) if arrived.report is not None else b"")
        except StorageError:
            self._packed.cut(len(self._held))
            self._firsts.forget(
                mark_of(one)
            )  # else it would be taken for its own copy the next time
            raise
        opened = arrived.opened
        held = Held(file=one.file, signed=False, taken_in=one.taken_in)
        if opened is not None:
            held = Held(
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
