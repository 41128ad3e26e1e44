"""Codes in words: every code, verdict and kind has some, and no failure goes unexplained."""

from __future__ import annotations

from string import Formatter
from typing import TYPE_CHECKING

import pytest

from readiness import explain
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import Cost, EvidenceKind
from readiness.model.requirement import Area, Grade, Level
from readiness.probes import all_probes
from tests.fakes import reports as made

if TYPE_CHECKING:
    from enum import StrEnum

READER = Reader("en")


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (explain.VERDICTS, Verdict),
        (explain.SYMBOLS, Verdict),
        (explain.OVERALLS, Overall),
        (explain.LEVELS, Level),
        (explain.AREAS, Area),
        (explain.EVIDENCE, EvidenceKind),
        (explain.COSTS, Cost),
        (explain.GRADES, Grade),
        (explain.SHORT_FAILURES, FailureCode),
        (explain.GENERIC, FailureCode),
        (explain.GENERIC_METHODS, EvidenceKind),
    ],
)
def test_every_code_has_words(words: dict[StrEnum, object], codes: type[StrEnum]) -> None:
    assert set(words) == set(codes)
    assert all(words.values())


@pytest.mark.parametrize("code", list(FailureCode))
def test_every_failure_says_what_happened_and_what_to_do(code: FailureCode) -> None:
    what, remedy = explain.failure_words(made.failure("nothing.known", code), READER)

    assert what
    assert remedy


def test_a_probes_own_words_come_first() -> None:
    probe = next(probe for probe in all_probes().values() if probe.reasons)
    detail, reason = next(iter(probe.reasons.items()))
    failure = made.failure(probe.metrics[0].id, FailureCode.UNSUPPORTED, detail)

    assert explain.failure_reason(failure) == reason


def test_an_unknown_detail_falls_back_on_the_code() -> None:
    failure = made.failure("line.download", FailureCode.TIMED_OUT, "from-a-later-version")

    assert explain.failure_reason(failure) == explain.GENERIC[FailureCode.TIMED_OUT]


def test_never_checked_is_a_reason_too() -> None:
    assert explain.failure_reason(None) == explain.NOT_CHECKED


def test_a_placeholder_without_a_value_shows_a_question_mark() -> None:
    assert explain.fill("Answer {status} from {place}.", {"status": 403}, READER) == (
        "Answer 403 from ?."
    )


def test_a_hostile_summary_cannot_reach_into_objects() -> None:
    said = explain.fill("It said {text}.", {"text": "{text.__class__} \u202e\x00x"}, READER)

    assert said == "It said {text.__class__} x."


def test_an_unknown_method_is_described_by_its_kind_of_evidence() -> None:
    said = explain.method_source("line.download", "no-such-method", EvidenceKind.DECLARED)

    assert "nothing was measured" in said


def texts() -> list[str]:
    """Every text of every probe that is filled with values."""
    found: list[str] = []
    for probe in all_probes().values():
        found.extend(probe.methods.values())
        found.extend(text for r in probe.reasons.values() for text in (r.what, r.remedy))
    return found


def test_all_placeholders_in_texts_of_probes_are_plain_names() -> None:
    names = [name for text in texts() for _, name, _, _ in Formatter().parse(text) if name]

    assert all(name.isidentifier() for name in names)
