"""The recruiter's desk: reports that are read once, judged as often as one likes, and ordered."""

from __future__ import annotations

import errno
import pickle
import zlib
from datetime import timedelta
from typing import IO, TYPE_CHECKING, cast

import msgspec
import pytest

from readiness.locale import Reader
from readiness.model.errors import StorageError
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import Measurement
from readiness.probes import all_metrics
from readiness.profiles import parse_profile
from readiness.report.codec import decode_report, encode_report
from readiness.report.seal import unseal
from readiness.review.anew import VERDICTS, Anew, Job
from readiness.review.desk import METRICS, Desk
from readiness.review.having import Having
from readiness.review.lean import Lean
from readiness.review.packed import Packed
from readiness.review.view import View, Wish
from readiness.review.words import RowWords
from readiness.trust.answering import Answers
from readiness.trust.keys import new_keys
from readiness.trust.ledger import Ledger
from tests.fakes import reports as made
from tests.fakes.trust import (
    BEGUN,
    EMPLOYER,
    PROFILE,
    SERVER,
    answer,
    invitation,
    profile,
    rate,
    session,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from readiness.model.measurement import Failure
    from readiness.trust.invitation import Invitation

ONE, TWO = invitation(), invitation()
CAME = BEGUN + timedelta(hours=2)
ASKED = profile()
STRICTER = parse_profile(PROFILE.replace(b"at_least = 5,", b"at_least = 8,"), "strict.toml")
EN = Reader("en")
COLUMNS = ("file", "verdict", "missing", "line.upload")


def slow(found: Invitation, upload: float) -> bytes:
    """An honest answer with another upload in Mbit/s; 5 are asked."""
    from msgspec.structs import replace

    line = session(found).runs[0]
    figures = (line.measurements[0], rate("line.upload", upload))
    runs = (replace(line, measurements=figures), *session(found).runs[1:])
    return answer(found, runs=runs)


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """Ada and Ben answer two invitations; a third file is none."""
    folder = tmp_path / "heap"
    folder.mkdir()
    (folder / "ada.json").write_bytes(answer(ONE))
    (folder / "ben.json").write_bytes(slow(TWO, 2.0))
    (folder / "other.json").write_bytes(b"{}")
    return folder


@pytest.fixture
def desk() -> Desk:
    """A desk that knows no list."""
    return Desk(lambda _id, _digest: None)


def shown(view: View, **wish: object) -> list[str]:
    """Names of the rows that are shown, in order."""
    found = view.shown(Wish(**wish))  # type: ignore[arg-type]  # as they came
    return [view.rows[number].file for number in found]


def view_of(desk: Desk) -> View:
    return View(desk.heap().rows, COLUMNS, RowWords(EN))


# --- reading and judging --------------------------------------------------------------------------


def test_each_report_is_a_row_and_each_bad_file_has_its_reason(desk: Desk, heap: Path) -> None:
    found = desk.take([heap])

    assert [row.file for row in found.rows] == ["heap/ada.json", "heap/ben.json"]
    assert [one.file for one in found.refused] == ["heap/other.json"]


def test_another_list_judges_what_was_read_although_the_files_are_gone(
    desk: Desk, heap: Path
) -> None:
    desk.take([heap])
    for path in heap.iterdir():
        path.unlink()

    by_own = desk.judge(Having(profile=ASKED))
    by_stricter = desk.judge(Having(profile=STRICTER))

    assert by_own is not None
    assert by_stricter is not None
    assert [row.overall for row in by_own.rows] == [Overall.READY, Overall.NOT_READY]
    assert [row.overall for row in by_stricter.rows] == [Overall.NOT_READY] * 2


def test_judging_by_another_list_gives_the_rows_of_a_whole_judgement(
    desk: Desk, heap: Path
) -> None:
    """The quick way, where nothing but the list is different, and the long one."""
    (heap / "seen.json").write_bytes(answer(ONE, nonce=ONE.terms.nonce))
    (heap / "changed.json").write_bytes(answer(ONE).replace(b'"sig": "', b'"sig": "AAAA', 1))
    key = SERVER.public.signing
    desk.judge(Having(profile=ASKED, receipt_key=key))
    desk.take([heap])
    quick = desk.judge(Having(profile=STRICTER, receipt_key=key))
    other = Desk(lambda _id, _digest: None)
    other.judge(Having(profile=STRICTER, receipt_key=key))

    assert quick is not None
    assert quick.rows == other.take([heap]).rows
    assert any(row.seen for row in quick.rows)
    assert any(row.disagree for row in quick.rows)


def test_a_list_says_the_same_in_another_process() -> None:
    """What goes there and comes back is pickled."""
    payload = unseal(slow(TWO, 2.0)).payload
    job = Job(0, zlib.compress(bytes(9) + payload))
    there = pickle.loads(pickle.dumps(Anew(ASKED)))  # noqa: S301 - of this program

    assert there(job) == Anew(ASKED)(job)
    assert there(job).codes.count(VERDICTS.index(Verdict.FAIL)) == 1


def test_nothing_that_counts_is_left_out_where_a_report_is_read_quickly() -> None:
    data = encode_report(made.report())
    lean = msgspec.json.decode(data, type=Lean).session.latest()
    whole = decode_report(data).session.latest()

    assert facts_of(lean) == facts_of(whole)


def facts_of(latest: Mapping[str, Measurement | Failure]) -> dict[str, object]:
    """All of them but how they were found and their course."""
    return {
        name: (one.value, one.unit, one.uncertainty, one.evidence.kind, one.evidence.summary)
        if isinstance(one, Measurement)
        else one.failure
        for name, one in latest.items()
    }


def test_the_first_answer_stays_the_first_whichever_is_opened_first(
    desk: Desk, heap: Path, tmp_path: Path
) -> None:
    (heap / "second.json").write_bytes(slow(ONE, 9.0))
    ledger = Ledger(tmp_path / "invitations.readiness-ledger")
    ledger.issue([ONE, TWO])
    desk.take([heap])
    desk.judge(Having(profile=ASKED, ledger=ledger, received=CAME))
    desk.judge(Having(profile=STRICTER, ledger=ledger, received=CAME))

    assert desk.origin(2).answers is Answers.USED
    assert desk.origin(0).answers is Answers.YES


def test_what_is_read_later_is_judged_by_the_same_list(desk: Desk, heap: Path) -> None:
    desk.judge(Having(profile=ASKED))

    assert [row.overall for row in desk.take([heap]).rows] == [Overall.READY, Overall.NOT_READY]


def test_stopping_keeps_what_was_read(desk: Desk, heap: Path) -> None:
    found = desk.take([heap], stop=lambda: True)

    assert (len(found.rows), found.stopped) == (1, True)


def test_judging_that_is_stopped_changes_nothing(desk: Desk, heap: Path) -> None:
    desk.take([heap])

    assert desk.judge(Having(profile=ASKED), stop=lambda: True) is None
    assert [row.overall for row in desk.heap().rows] == [None, None]


def test_the_same_folder_again_brings_nothing_new(desk: Desk, heap: Path) -> None:
    desk.take([heap])

    assert len(desk.take([heap]).rows) == 2


def test_the_first_answer_is_found_out_anew_each_time(
    desk: Desk, heap: Path, tmp_path: Path
) -> None:
    (heap / "second.json").write_bytes(slow(ONE, 9.0))
    ledger = Ledger(tmp_path / "invitations.readiness-ledger")
    ledger.issue([ONE, TWO])
    desk.take([heap])

    for _ in range(2):
        found = desk.judge(Having(profile=ASKED, ledger=ledger, received=CAME))
        assert found is not None
        assert [row.answers for row in found.rows] == [Answers.YES, Answers.YES, Answers.USED]
    assert ledger.read().answered == {}


def test_one_report_is_opened_as_it_was_judged(desk: Desk, heap: Path) -> None:
    desk.judge(Having(profile=ASKED))
    desk.take([heap])

    origin = desk.origin(1)

    assert origin.overall is Overall.NOT_READY
    assert desk.asked_of(origin) is ASKED
    assert origin.code == desk.heap().rows[1].code


def test_a_report_whose_signature_does_not_hold_stays_one(desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "changed.json"
    path.write_bytes(answer(ONE).replace(b'"sig": "', b'"sig": "AAAA', 1))
    desk.take([path])

    found = desk.judge(Having(profile=ASKED))

    assert found is not None
    assert (found.rows[0].unchanged, found.rows[0].overall) == (False, None)
    assert (desk.origin(0).unchanged, desk.origin(0).report) == (False, None)


def test_the_metrics_of_the_table_exist() -> None:
    assert set(METRICS) <= all_metrics().keys()


def test_sealed_answers_are_read_once_the_keys_are_open(desk: Desk, tmp_path: Path) -> None:
    from readiness.trust.sealing import seal_to

    path = tmp_path / "ada.readiness-sealed"
    path.write_bytes(seal_to(EMPLOYER.public.sealing, answer(ONE)))
    refused = desk.take([path])
    desk.judge(Having(profile=ASKED, keys=new_keys()))
    desk.take([path])
    desk.judge(Having(profile=ASKED, keys=EMPLOYER))

    assert (refused.rows, refused.refused[0].reference) == ((), "report-sealed")
    assert [row.overall for row in desk.take([path]).rows] == [Overall.READY]


# --- data that lie packed -------------------------------------------------------------------------


@pytest.mark.parametrize("most", [0, 40, 10_000])
def test_what_is_packed_comes_back_whether_it_lies_in_memory_or_in_a_file(most: int) -> None:
    packed = Packed(most)
    data = [bytes([number]) * 50 + str(number).encode() for number in range(9)]
    for one in data:
        packed.add(one)

    assert [packed.get(number) for number in (8, 0, 3)] == [data[8], data[0], data[3]]
    packed.close()


class FullDisk:
    """A file on a disk that is full after so many bytes."""

    def __init__(self, room: int) -> None:
        self.room = room
        self.held = bytearray()
        self.place = 0

    def seek(self, place: int) -> int:
        """Go there."""
        self.place = place
        return place

    def read(self, size: int) -> bytes:
        """From there."""
        return bytes(self.held[self.place : self.place + size])

    def write(self, data: bytes) -> int:
        """As much as there is room for."""
        room = self.room - self.place
        if room <= 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        written = data[:room]
        self.held[self.place :] = written
        return len(written)


def test_a_full_disk_is_told_and_harms_nothing_that_was_there() -> None:
    packed, disk = Packed(0), FullDisk(room=20)
    packed._file = cast("IO[bytes]", disk)
    packed.add(b"first")

    with pytest.raises(StorageError) as caught:
        packed.add(bytes(range(256)))

    assert caught.value.reference == "cannot-write"
    assert (len(packed), packed.get(0)) == (1, b"first")
    disk.room = 10_000
    packed.add(b"third")
    assert packed.get(1) == b"third"


def test_a_report_that_found_no_room_can_be_read_again(
    desk: Desk, heap: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    add: Callable[[Packed, bytes], None] = Packed.add

    def full(_packed: Packed, _data: bytes) -> None:
        raise StorageError("cannot-write", "full")

    monkeypatch.setattr(Packed, "add", full)
    with pytest.raises(StorageError):
        desk.take([heap])
    monkeypatch.setattr(Packed, "add", add)

    assert len(desk.take([heap]).rows) == 2


# --- sorting and filtering ------------------------------------------------------------------------


@pytest.fixture
def view(desk: Desk, tmp_path: Path) -> View:
    """Ready, not ready by its upload, and changed."""
    for name, data in (
        ("b-slow.json", slow(TWO, 2.0)),
        ("a-good.json", answer(ONE)),
        ("c-changed.json", answer(ONE).replace(b'"sig": "', b'"sig": "AAAA', 1)),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        desk.take([path])
    desk.judge(Having(profile=ASKED))
    return view_of(desk)


GOOD, SLOW, CHANGED = "a-good.json", "b-slow.json", "c-changed.json"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, [SLOW, GOOD, CHANGED]),
        ({"key": "file"}, [GOOD, SLOW, CHANGED]),
        ({"key": "line.upload"}, [SLOW, GOOD, CHANGED]),
        ({"key": "line.upload", "falling": True}, [GOOD, SLOW, CHANGED]),
        ({"verdict": "ready"}, [GOOD]),
        ({"verdict": "none"}, [CHANGED]),
        ({"unchanged": "no"}, [CHANGED]),
        ({"unchanged": "yes", "key": "file"}, [GOOD, SLOW]),
        ({"answers": "not-asked"}, [SLOW, GOOD]),
        ({"missing": "upload"}, [SLOW]),
        ({"odd": True}, []),
        ({"text": " GOOD "}, [GOOD]),
        ({"text": "not ready"}, [SLOW]),
        ({"text": "line.upload<5"}, [SLOW]),
        ({"text": "line.upload>=5"}, [GOOD]),
        ({"text": "verdict!=ready"}, [SLOW, CHANGED]),
        ({"text": "nobody"}, []),
        ({"text": "no.such<5"}, []),
        ({"verdict": "ready", "unchanged": "no"}, []),
    ],
)
def test_rows_are_shown_as_wished(
    view: View, wish: dict[str, object], expected: Sequence[str]
) -> None:
    assert shown(view, **wish) == expected


def test_the_requirements_that_are_missing_are_counted(view: View) -> None:
    assert [(one.requirement, one.title, one.reports) for one in view.missing] == [
        ("upload", "Upload", 1)
    ]


def test_a_wish_narrows_unless_it_only_sorts() -> None:
    assert not Wish(key="file", falling=True).narrows
    assert Wish(odd=True).narrows
