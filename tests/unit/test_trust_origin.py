"""The three statements about a report, and the mark of each figure."""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from readiness.model.errors import InputError
from readiness.model.finding import Overall, Verdict
from readiness.profiles import parse_profile
from readiness.report.codec import encode_report
from readiness.report.seal import seal, unseal
from readiness.trust.answering import Answers, Known
from readiness.trust.ledger import Answered, Book, Issued
from readiness.trust.origin import Mark, Origin, origin_of
from readiness.trust.receipt import sign_receipt
from tests.fakes.trust import (
    BEGUN,
    EMPLOYER,
    MADE,
    PROFILE,
    SERVER,
    answer,
    invitation,
    rate,
    report,
    seen,
    session,
)

if TYPE_CHECKING:
    from readiness.model.invited import Receipt
    from readiness.model.measurement import Measurement

ONE, TWO = invitation(), invitation()
NOW = BEGUN + timedelta(hours=2)


def told(data: bytes, **known: object) -> Origin:
    """What is said about a report that should answer the first invitation."""
    usual: dict[str, object] = {"now": NOW, "invitation": ONE}
    return origin_of(data, Known(**usual | known))  # type: ignore[arg-type]  # as they came


def book(*answered: Answered) -> Book:
    return Book(
        issued={one.terms.nonce: Issued.of(one) for one in (ONE, TWO)},
        answered={one.nonce: one for one in answered},
    )


def test_an_honest_answer_is_unchanged_and_answers() -> None:
    found = told(answer(ONE))

    assert (found.unchanged, found.answers, found.why) == (True, Answers.YES, "")
    assert found.overall is Overall.READY
    assert not found.disagree
    assert not found.oddities


def test_a_value_altered_in_the_file_is_told_and_nothing_of_it_is_shown() -> None:
    tree = json.loads(answer(ONE))
    payload = unseal(answer(ONE)).payload.replace(b"6.5", b"9.5")
    tree["payload"] = base64.b64encode(payload).decode()

    found = told(json.dumps(tree).encode())

    assert (found.unchanged, found.answers) == (False, Answers.NO)
    assert found.report is found.again is None


def test_a_report_without_an_envelope_is_not_unchanged() -> None:
    found = told(encode_report(report(session(ONE))))

    assert (found.unchanged, found.answers) == (False, Answers.NO)


def test_signed_again_with_a_key_of_one_s_own_it_answers_nothing() -> None:
    found = told(answer(ONE, key=EMPLOYER.signing))

    assert (found.unchanged, found.answers) == (True, Answers.NO)


def test_the_answer_to_another_invitation_is_no_answer() -> None:
    found = told(answer(TWO))

    assert (found.unchanged, found.answers) == (True, Answers.NO)


def test_another_s_number_under_one_s_own_key_is_no_answer() -> None:
    found = told(answer(TWO, key=ONE.answer_key))

    assert found.answers is Answers.NO


def test_other_requirements_than_the_invitation_holds_are_no_answer() -> None:
    invited = msgspec.structs.replace(ONE.invited, profile_digest="0" * 64)

    assert told(answer(ONE, invitation=invited)).answers is Answers.NO


def test_a_report_that_names_no_invitation_answers_none() -> None:
    data = seal(encode_report(report(session(None))), ONE.answer_key)

    assert told(data).answers is Answers.NO


def test_without_invitation_and_ledger_it_is_not_asked() -> None:
    assert told(answer(ONE), invitation=None).answers is Answers.NOT_ASKED


def test_the_ledger_alone_knows_its_answers() -> None:
    assert told(answer(TWO), invitation=None, book=book()).answers is Answers.YES


def test_a_stranger_s_invitation_is_not_in_the_ledger() -> None:
    stranger = invitation()

    found = told(answer(stranger), invitation=None, book=book())
    also = told(answer(stranger), invitation=stranger, book=book())

    assert found.answers is also.answers is Answers.NO


def test_a_second_report_finds_the_invitation_used() -> None:
    first = Answered(nonce=ONE.terms.nonce, report="0" * 64, at=BEGUN)

    assert told(answer(ONE), book=book(first)).answers is Answers.USED


def test_the_same_report_may_be_verified_again_at_any_time() -> None:
    data = answer(ONE)
    digest = hashlib.sha256(unseal(data).payload).hexdigest()
    first = Answered(nonce=ONE.terms.nonce, report=digest, at=BEGUN)

    later = told(data, book=book(first), now=MADE + timedelta(days=300))

    assert later.answers is Answers.YES


def test_what_came_after_the_end_is_expired_whatever_its_own_clock_says() -> None:
    assert told(answer(ONE), now=MADE + timedelta(days=15)).answers is Answers.EXPIRED


def test_what_came_in_time_may_be_verified_later() -> None:
    found = told(answer(ONE), now=MADE + timedelta(days=15), received=BEGUN + timedelta(days=1))

    assert found.answers is Answers.YES


def test_what_was_made_after_the_end_is_expired() -> None:
    def late(tree: dict[str, Any]) -> None:
        tree["created"] = "2026-03-20T09:00:00Z"

    assert told(answer(ONE, change=late)).answers is Answers.EXPIRED


def test_only_an_answer_that_holds_is_noted() -> None:
    """Else a stranger could use up an invitation."""
    noted: list[str] = []

    def note(nonce: str, digest: str) -> Answered:
        noted.append(nonce)
        return Answered(nonce=nonce, report=digest, at=NOW)

    told(answer(ONE, key=EMPLOYER.signing), note=note)
    told(answer(TWO), note=note)
    told(answer(ONE), note=note, now=MADE + timedelta(days=15))
    assert noted == []

    told(answer(ONE), note=note)
    assert noted == [ONE.terms.nonce]


def test_a_verdict_that_the_measurement_does_not_bear_out_cannot_be() -> None:
    def flatter(tree: dict[str, Any]) -> None:
        tree["findings"][3]["verdict"] = "pass"

    found = told(answer(ONE, change=flatter))

    assert [one.code for one in found.oddities] == ["report-contradicts-itself"]
    assert found.answers is Answers.NO


def test_a_requirement_left_out_of_the_file_is_judged_again_and_shown() -> None:
    def drop(tree: dict[str, Any]) -> None:
        del tree["findings"][0]

    found = told(answer(ONE, change=drop))

    assert found.disagree == ("download",)
    assert {check.finding.requirement for check in found.checks} >= {"download"}


def test_the_reader_s_own_requirements_decide() -> None:
    stricter = parse_profile(PROFILE.replace(b"at_least = 5,", b"at_least = 50,"), "own.toml")

    found = told(answer(ONE), profile=stricter)

    assert found.overall is Overall.NOT_READY
    assert found.disagree == ("upload",)
    verdicts = {check.finding.requirement: check.finding.verdict for check in found.checks}
    assert verdicts["upload"] is Verdict.FAIL


def test_each_figure_says_what_it_rests_on() -> None:
    found = told(answer(ONE, nonce=ONE.terms.nonce))

    assert {check.finding.requirement: check.mark for check in found.checks} == {
        "download": Mark.OBSERVED,
        "upload": Mark.OBSERVED,
        "memory": Mark.REPORTED,
        "headset": Mark.NOT_MEASURED,
        "door": Mark.DECLARED,
    }


def test_without_a_receipt_a_figure_was_measured_and_no_more() -> None:
    assert [check.mark for check in told(answer(ONE)).checks[:2]] == [Mark.MEASURED] * 2


@pytest.mark.parametrize(
    "changes",
    [
        {"nonce": TWO.terms.nonce},
        {"direction": "upload"},
        {"rate": 8.0},
        {"rate": None},
        {"at": BEGUN + timedelta(days=2)},
    ],
)
def test_a_receipt_of_something_else_observes_nothing(changes: dict[str, Any]) -> None:
    told_seen = msgspec.structs.replace(seen(ONE.terms.nonce, "download", 24.0), **changes)
    receipt = sign_receipt(told_seen, SERVER.signing)
    found = told(_with_receipt(receipt))

    assert found.checks[0].mark is Mark.MEASURED
    assert [one.code for one in found.oddities] == ["receipt-does-not-fit"]


def test_a_receipt_that_somebody_else_signed_observes_nothing() -> None:
    forged = sign_receipt(seen(ONE.terms.nonce, "download", 24.0), EMPLOYER.signing)

    found = told(_with_receipt(forged))

    assert found.checks[0].mark is Mark.MEASURED
    assert [one.code for one in found.oddities] == ["receipt-does-not-fit"]


def test_a_huge_uncertainty_does_not_make_a_receipt_fit() -> None:
    receipt = sign_receipt(seen(ONE.terms.nonce, "download", 24.0), SERVER.signing)
    claimed = msgspec.structs.replace(
        rate("line.download", 60.0, receipt=receipt), uncertainty=1000.0
    )

    assert told(_with_line(claimed)).checks[0].mark is Mark.MEASURED


def test_what_is_no_report_at_all_is_refused() -> None:
    for data in (b"", b"{}", b"%PDF-1.7 nothing", b'{"payloadType": 1}'):
        with pytest.raises(InputError):
            told(data)


def _with_receipt(receipt: Receipt) -> bytes:
    return _with_line(rate("line.download", 24.0, receipt=receipt))


def _with_line(found: Measurement) -> bytes:
    runs = session(ONE).runs
    run = msgspec.structs.replace(runs[0], measurements=(found,))
    return answer(ONE, runs=(run, *runs[1:]))
