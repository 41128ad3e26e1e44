"""The recruiter's desk: reports that are read once, judged as often as one likes, and ordered."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.audio_devices import LISTED_BY
from readiness.audio_link_words import DOUBT
from readiness.judge import judge
from readiness.link_doubt import LINK, NARROW, VOICE
from readiness.locale import Reader
from readiness.model.errors import StorageError
from readiness.model.finding import Overall, Verdict
from readiness.preview.samples import samples
from readiness.probes import all_metrics
from readiness.profiles import parse_profile, shipped
from readiness.report.codec import decode_report
from readiness.report.seal import unseal
from readiness.review.anew import Anew
from readiness.review.desk import METRICS, Desk
from readiness.review.facts import facts_of
from readiness.review.having import Having
from readiness.review.packed import Packed
from readiness.review.rows import ReviewRow
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
    session,
    slow,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from readiness.model.measurement import Measurement, Scalar, Session
    from readiness.model.requirement import Profile
    from readiness.preview.samples import Sample

ONE, TWO = invitation(), invitation()
CAME = BEGUN + timedelta(hours=2)
ASKED = profile()
STRICTER = parse_profile(PROFILE.replace(b"at_least = 5,", b"at_least = 8,"), "strict.toml")
EN = Reader("en")
COLUMNS = ("file", "verdict", "missing", "line.upload")


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


def judged_by(profile: Profile, session: Session) -> tuple[Verdict, ...]:
    """What a row says after what decides was written down and read."""
    report = made.report(session)
    base = ReviewRow(file="", code="", unchanged=True, answers=Answers.NOT_ASKED)
    return Anew(profile).row(base, facts_of(report)).verdicts


@pytest.mark.parametrize("sample", samples(), ids=lambda one: one.id)
def test_what_is_kept_of_a_report_decides_as_the_whole_of_it(sample: Sample) -> None:
    """Every sample by every list that comes with the program: the verdicts of the judge."""
    found = {one.id: judged_by(one, sample.session) for one in shipped().values()}

    assert found == {
        one.id: tuple(finding.verdict for finding in judge(sample.session, one)[1])
        for one in shipped().values()
    }


def test_what_a_link_rests_on_is_kept_too() -> None:
    """A cord of which the voice says that it is none, and one that another's list vouches for."""
    asked = parse_profile(PROFILE.replace(b'level = "should"', b'level = "must"'), "must.toml")
    cases: dict[str, tuple[dict[str, Scalar], dict[str, Scalar]]] = {
        "good": ({}, {}),
        "doubted": ({}, {DOUBT: NARROW}),
        "vouched": ({LISTED_BY: "f" * 32}, {}),
    }
    verdicts = {}
    for name, (link, voice) in cases.items():
        found = session(
            None,
            runs=(
                made.run("headset", with_summary(made.reported(LINK, "usb-corded"), link)),
                made.run("microphone", with_summary(made.reported(VOICE, 3.4, "kHz"), voice)),
            ),
        )
        place = [one.id for one in asked.requirements].index("headset")
        verdicts[name] = judged_by(asked, found)[place]
        assert verdicts[name] is judge(found, asked)[1][place].verdict

    assert verdicts == {
        "good": Verdict.PASS,
        "doubted": Verdict.FAIL,
        "vouched": Verdict.UNKNOWN,
    }


def with_summary(found: Measurement, summary: dict[str, Scalar]) -> Measurement:
    """The same value, resting on something."""
    from msgspec.structs import replace

    return replace(found, evidence=replace(found.evidence, summary=summary))


def test_nothing_is_kept_of_what_a_server_saw() -> None:
    """Receipts are looked at by other means than the verdicts."""
    data = unseal(answer(ONE, nonce=ONE.terms.nonce)).payload

    assert facts_of(decode_report(data)) == b""


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


@pytest.mark.parametrize("first", [0, 1], ids=["its data", "what decides"])
def test_a_report_that_found_no_room_can_be_read_again(
    desk: Desk, heap: Path, monkeypatch: pytest.MonkeyPatch, first: int
) -> None:
    add: Callable[[Packed, bytes], None] = Packed.add
    left = [first]

    def full(packed: Packed, data: bytes) -> None:
        if not left[0]:
            raise StorageError("cannot-write", "full")
        left[0] -= 1
        add(packed, data)

    monkeypatch.setattr(Packed, "add", full)
    with pytest.raises(StorageError):
        desk.take([heap])
    monkeypatch.setattr(Packed, "add", add)

    assert len(desk.take([heap]).rows) == 2
    found = desk.judge(Having(profile=STRICTER))
    assert found is not None
    assert [row.missing for row in found.rows] == [("upload",), ("upload",)]
    assert [desk.origin(number).overall for number in (0, 1)] == [Overall.NOT_READY] * 2
