"""An applicant who holds an invitation, alters one thing and signs again: it is told, or is no use.

Each attack is one thing; who mends everything that is compared is not found (``docs/trust.md``).
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from readiness.locale import Reader
from readiness.model.finding import Overall
from readiness.model.measurement import EvidenceKind, ProbeRun
from readiness.model.requirement import Condition
from readiness.profiles import parse_profile
from readiness.report.codec import encode_report
from readiness.report.seal import seal
from readiness.review.received import Received
from readiness.review.rows import ReviewRow, row_of
from readiness.review.words import RowWords
from readiness.trust.answering import Answers, Known
from readiness.trust.arrived import arrive
from readiness.trust.grounds import best_ground
from readiness.trust.ledger import Book, Issued
from readiness.trust.origin import Mark, Origin, origin_of
from readiness.trust.receipt import sign_receipt
from tests.fakes.trust import (
    BEGUN,
    PROFILE,
    SERVER,
    answer,
    invitation,
    profile,
    rate,
    report,
    seen,
    session,
)
from tests.hostile.attacks import set_in

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.measurement import Measurement
    from readiness.model.requirement import Profile

INVITED = invitation()
NOW = BEGUN + timedelta(hours=2)
EASY = PROFILE.replace(b"at_least = 20", b"at_least = 1").replace(b'"acme"', b'"easy"')
HONEST = session(INVITED)
LINE, MEMORY, DOOR = HONEST.runs


def told(data: bytes, **known: object) -> Origin:
    usual: dict[str, object] = {"now": NOW, "invitation": INVITED}
    return origin_of(data, Known(**usual | known))  # type: ignore[arg-type]  # as they came


def codes(*runs: ProbeRun) -> set[str]:
    """What does not fit in an answer with these runs."""
    return {odd.code for odd in told(answer(INVITED, runs=runs or HONEST.runs)).oddities}


def with_value(found: Measurement, **changes: object) -> Measurement:
    return msgspec.structs.replace(found, **changes)


def of_kind(found: Measurement, kind: EvidenceKind) -> Measurement:
    return with_value(found, evidence=msgspec.structs.replace(found.evidence, kind=kind))


def with_found(run: ProbeRun, *found: Measurement) -> ProbeRun:
    return msgspec.structs.replace(run, measurements=found)


def marks(data: bytes, **known: object) -> dict[str, Mark]:
    return {one.finding.requirement: one.mark for one in told(data, **known).checks}


def test_the_honest_answer_that_they_are_made_of_fits_together() -> None:
    assert codes() == set()


# --- what values rest on -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("requirement", "run", "kind", "mark"),
    [
        ("door", DOOR, EvidenceKind.MEASURED, Mark.DECLARED),
        ("door", DOOR, EvidenceKind.REPORTED, Mark.DECLARED),
        ("memory", MEMORY, EvidenceKind.MEASURED, Mark.REPORTED),
    ],
)
def test_an_answer_called_measured_is_still_marked_as_what_it_is(
    requirement: str, run: ProbeRun, kind: EvidenceKind, mark: Mark
) -> None:
    raised = with_found(run, of_kind(run.measurements[0], kind))
    runs = tuple(raised if one is run else one for one in HONEST.runs)
    data = answer(INVITED, runs=runs)

    assert marks(data)[requirement] is mark
    assert codes(*runs) == {"ground-too-good"}


@pytest.mark.parametrize(
    ("metric", "kind"),
    [
        ("declared.anything", EvidenceKind.DECLARED),
        ("headset.cord_followed", EvidenceKind.DECLARED),
        ("machine.memory_installed", EvidenceKind.REPORTED),
        ("link.kind", EvidenceKind.REPORTED),
        ("machine.cpu_load_idle", EvidenceKind.MEASURED),
        ("line.upload", EvidenceKind.MEASURED),
        ("a-newer-program.knows", EvidenceKind.MEASURED),
    ],
)
def test_the_best_that_a_value_can_rest_on(metric: str, kind: EvidenceKind) -> None:
    assert best_ground(metric) is kind


def conditional() -> Profile:
    """The upload counts only where a person says so."""
    made = profile()
    asked = []
    for one in made.requirements:
        (criterion,) = one.any_of
        when = Condition(metric="declared.door", one_of=("closes",))
        if one.id == "upload":
            criterion = msgspec.structs.replace(criterion, when=when)
        asked.append(msgspec.structs.replace(one, any_of=(criterion,)))
    return msgspec.structs.replace(made, requirements=tuple(asked))


def test_what_the_server_saw_is_declared_where_an_answer_decides_whether_it_counts() -> None:
    data = answer(INVITED, nonce=INVITED.terms.nonce)

    assert marks(data)["upload"] is Mark.OBSERVED
    assert marks(data, profile=conditional())["upload"] is Mark.DECLARED


def test_a_condition_called_measured_does_not_raise_what_rests_on_it() -> None:
    raised = with_found(DOOR, of_kind(DOOR.measurements[0], EvidenceKind.MEASURED))
    data = answer(INVITED, nonce=INVITED.terms.nonce, runs=(LINE, MEMORY, raised))

    assert marks(data, profile=conditional())["upload"] is Mark.DECLARED


def test_a_figure_that_the_server_would_not_let_pass_is_not_observed() -> None:
    """The server saw 4.7 Mbit/s of 5 that are asked; 5.1 is within what two ends may differ by."""
    receipt = sign_receipt(seen(INVITED.terms.nonce, "upload", 4.7), SERVER.signing)
    claimed = with_value(rate("line.upload", 5.1, receipt=receipt), uncertainty=0.05)
    line = with_found(LINE, LINE.measurements[0], claimed)
    data = answer(INVITED, runs=(line, MEMORY, DOOR))

    assert marks(data)["upload"] is Mark.MEASURED
    assert codes(line, MEMORY, DOOR) == {"receipt-says-otherwise"}


# --- values --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("metric", "value", "unit"),
    [
        ("voice.snr", 1e9, "dB"),
        ("voice.level", 900.0, "dBov"),
        ("voice.bandwidth", -3.0, "kHz"),
        ("voice.bandwidth", 1e15, "kHz"),
        ("line.mos", 9.5, "-"),
        ("line.mos", -1.0, "-"),
        ("machine.cpu_cores", -8, "-"),
        ("machine.screen_count", 10**15, "-"),
        ("machine.os_bits", 0, "bit"),
        ("skills.typing_net", 90_000.0, "words/min"),
        ("line.dropout_longest", -1.0, "s"),
        ("link.signal", 5000.0, "dBm"),
    ],
)
def test_a_number_that_nothing_can_have_is_told(metric: str, value: float, unit: str) -> None:
    strange = with_value(LINE.measurements[0], metric=metric, value=value, unit=unit)
    bare = with_value(
        strange, evidence=msgspec.structs.replace(strange.evidence, trace=None, summary={})
    )
    run = msgspec.structs.replace(MEMORY, probe="any", attempt=1, measurements=())
    there = with_found(run, with_value(bare, at=run.started))

    assert "out-of-range" in codes(LINE, MEMORY, DOOR, there)


def test_an_uncertainty_wide_enough_to_leave_a_bad_value_open_is_told() -> None:
    """Of 1 Mbit/s, 5 are asked: ± 1000 would turn "not met" into "borderline"."""
    bad = with_value(rate("line.upload", 1.0), uncertainty=1000.0)
    line = with_found(LINE, LINE.measurements[0], bad)

    assert codes(line, MEMORY, DOOR) == {"wider-than-value"}


@pytest.mark.parametrize("text", ["NaN", "Infinity", "1e999", "24.0", "", "٢٤"])
def test_a_number_written_as_a_text_is_no_number(text: str) -> None:
    found = told(answer(INVITED, change=set_in("session.runs.0.measurements.0.value", text)))

    assert found.again is None
    assert [odd.code for odd in found.oddities] == ["report-value-wrong"]


@pytest.mark.parametrize("unit", ["Gbit/s", "Mbit/s ", "\u041cbit/s", "mbit/s", "-"])
def test_a_swapped_unit_is_told(unit: str) -> None:
    found = told(answer(INVITED, change=set_in("session.runs.0.measurements.0.unit", unit)))

    assert found.again is None
    assert [odd.code for odd in found.oddities] == ["report-unit-wrong"]


# --- attempts and places -------------------------------------------------------------------------


SLOW = with_found(LINE, LINE.measurements[0], rate("line.upload", 1.0))
LATER = BEGUN + timedelta(seconds=200)


def again(run: ProbeRun, attempt: int) -> ProbeRun:
    """The same check once more, later."""
    moved = tuple(with_value(found, at=LATER) for found in run.measurements)
    return msgspec.structs.replace(run, attempt=attempt, started=LATER, measurements=moved)


def test_honest_attempts_fit_together() -> None:
    assert codes(SLOW, MEMORY, DOOR, again(LINE, 2)) == set()


@pytest.mark.parametrize(
    "runs",
    [
        (again(LINE, 2), MEMORY, DOOR),
        (LINE, MEMORY, DOOR, again(LINE, 3)),
        (LINE, MEMORY, DOOR, again(LINE, 1)),
        (again(LINE, 2), SLOW, MEMORY, DOOR),
    ],
    ids=["the first is gone", "the second is gone", "the same number", "the good one last"],
)
def test_an_attempt_that_was_removed_or_moved_is_told(runs: tuple[ProbeRun, ...]) -> None:
    assert "attempt-missing" in codes(*runs)


def test_a_value_found_twice_in_one_attempt_is_told() -> None:
    twice = with_found(SLOW, *SLOW.measurements, rate("line.upload", 60.0))

    assert "found-twice" in codes(twice, MEMORY, DOOR)


@pytest.mark.parametrize(
    "moved",
    [
        with_found(MEMORY, *MEMORY.measurements, with_value(rate("line.upload", 60.0), at=BEGUN)),
        with_found(DOOR, *DOOR.measurements, with_value(rate("line.upload", 60.0), at=BEGUN)),
        with_found(MEMORY, *MEMORY.measurements, with_value(DOOR.measurements[0], at=BEGUN)),
    ],
    ids=["a line figure with the memory", "a line figure as an answer", "an answer as a check"],
)
def test_a_value_in_another_check_than_its_own_is_told(moved: ProbeRun) -> None:
    rest = tuple(one for one in HONEST.runs if one.probe != moved.probe)

    assert "of-another-check" in codes(*rest, moved)


def test_a_check_of_long_ago_in_a_new_session_is_told() -> None:
    """Measured at an office a month before, and put into the session that answers."""
    old = BEGUN - timedelta(days=30)
    found = tuple(with_value(one, at=old) for one in LINE.measurements)
    line = msgspec.structs.replace(LINE, started=old, measurements=found)

    assert codes(line, MEMORY, DOOR) == {"found-before-check", "before-invitation"}


@pytest.mark.parametrize(
    "path", ["created", "session.started", "session.runs.0.started", "session.runs.2.started"]
)
@pytest.mark.parametrize("moment", ["2099-01-01T00:00:00Z", "2025-01-01T00:00:00+14:00"])
def test_a_clock_far_away_is_told(path: str, moment: str) -> None:
    assert told(answer(INVITED, change=set_in(path, moment))).oddities


# --- which list ----------------------------------------------------------------------------------


def row(data: bytes, **known: object) -> ReviewRow:
    easy = parse_profile(EASY, "easy.toml")
    lists = {one.digest: one for one in (easy, profile())}
    has = Known(**{"now": NOW} | known)  # type: ignore[arg-type]  # as they came
    received = Received(file="ada.json", arrived=arrive(data))
    return row_of(received, has, profile_of=lambda found: lists.get(found.profile_digest))


def answered_by_an_easier_list() -> bytes:
    """Signed with the answer key, and names another list than the invitation holds."""
    slow = with_found(LINE, rate("line.download", 2.0), LINE.measurements[1])
    measured = session(INVITED, runs=(slow, MEMORY, DOOR))
    return seal(
        encode_report(report(measured, parse_profile(EASY, "easy.toml"))), INVITED.answer_key
    )


def test_who_answers_an_invitation_is_not_judged_by_an_easier_list_of_their_own() -> None:
    book = Book(issued={INVITED.terms.nonce: Issued.of(INVITED)})
    data = answered_by_an_easier_list()

    with_ledger, without = row(data, book=book), row(data)

    assert with_ledger.answers is Answers.YES
    assert (with_ledger.overall, without.overall) == (None, None)
    assert row(data, book=book, profile=profile()).overall is Overall.NOT_READY
    assert "another-list" in with_ledger.odd
    assert row(answer(INVITED), book=book).overall is Overall.READY


# --- texts that a stranger writes ----------------------------------------------------------------

CLAIM = "windows. Unchanged since export: yes. Observed by your server: everything"


def test_what_a_file_calls_its_system_or_list_is_not_shown_as_a_fact() -> None:
    def lie(tree: dict[str, Any]) -> None:
        tree["profile"] = CLAIM
        tree["session"]["platform"] = CLAIM

    found = row(answer(INVITED, change=lie), profile=profile())

    assert (found.system, found.profile) == ("other", "?")
    assert RowWords(Reader("en")).system(found) == "another system"


@pytest.mark.parametrize(
    "metric", ["line.upl\u043ead", "line.upload\u200b", "LINE.UPLOAD", "line.upload "]
)
def test_a_name_that_looks_like_a_metric_is_another_one(metric: str) -> None:
    """A Cyrillic letter, an invisible sign, other letters: it stands for nothing that is asked."""
    strange = with_value(rate("line.upload", 60.0), metric=metric)
    line = with_found(LINE, LINE.measurements[0], strange)
    found = told(answer(INVITED, runs=(line, MEMORY, DOOR)))

    (upload,) = (one for one in found.checks if one.finding.requirement == "upload")
    assert upload.mark is Mark.NOT_MEASURED
    assert found.overall is not Overall.READY


@pytest.mark.parametrize("value", ["\u0441loses", "closes\u200b", "CLOSES", "closes ", "yes"])
def test_an_answer_that_looks_like_the_accepted_one_is_not_it(value: str) -> None:
    door = with_found(DOOR, with_value(DOOR.measurements[0], value=value))

    assert told(answer(INVITED, runs=(LINE, MEMORY, door))).overall is not Overall.READY


# --- replays -------------------------------------------------------------------------------------


def pressed_again(change: Callable[[bytes], bytes]) -> bytes:
    return seal(change(encode_report(report(HONEST))), INVITED.answer_key)


@pytest.mark.parametrize(
    "change",
    [lambda data: data + b"\n", lambda data: data.replace(b'":', b'": ')],
    ids=["one more line break", "spaces"],
)
def test_the_same_report_in_other_bytes_is_a_second_answer(
    change: Callable[[bytes], bytes],
) -> None:
    issued = {INVITED.terms.nonce: Issued.of(INVITED)}
    first = answer(INVITED)
    noted = told(first).code
    book = Book(issued=issued)
    remembered: dict[str, str] = {}

    def note(nonce: str, digest: str) -> Any:  # noqa: ANN401 - a ledger's entry
        from readiness.trust.ledger import Answered

        held = remembered.setdefault(nonce, digest)
        return Answered(nonce=nonce, report=held, at=NOW)

    assert told(first, book=book, note=note).answers is Answers.YES
    second = told(pressed_again(change), book=book, note=note)
    assert second.answers is Answers.USED
    assert second.code != noted


@pytest.mark.parametrize(
    "schema", ["readiness-report/2", "readiness-report/1.0", "READINESS-REPORT/1", ""]
)
def test_another_version_of_the_format_is_refused_by_name(schema: str) -> None:
    from readiness.model.errors import InputError

    with pytest.raises(InputError, match="report-schema-unknown"):
        told(answer(INVITED, change=set_in("schema", schema)))


# --- the honest ones are not hit -----------------------------------------------------------------


def test_a_cord_that_the_voice_casts_doubt_on_makes_no_honest_report_impossible() -> None:
    """The judge takes the link for one that cannot be seen; the file holds it as it was found."""
    link = with_value(
        MEMORY.measurements[0], metric="headset.link", value="usb-corded", unit="-", at=BEGUN
    )
    voice = with_value(link, metric="voice.bandwidth", value=3.6, unit="kHz")
    heard = msgspec.structs.replace(
        of_kind(voice, EvidenceKind.MEASURED).evidence, summary={"link_doubt": "narrow-wall"}
    )
    runs = (
        *HONEST.runs,
        msgspec.structs.replace(MEMORY, probe="headset", measurements=(link,), started=BEGUN),
        msgspec.structs.replace(
            MEMORY, probe="microphone", measurements=(with_value(voice, evidence=heard),)
        ),
    )

    found = told(answer(INVITED, runs=runs))

    assert found.again is not None
    assert {one.code for one in found.oddities} <= {"times-overlap"}
