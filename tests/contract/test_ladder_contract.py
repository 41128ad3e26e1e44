"""Every failing outcome has a fix ladder, on every system, in every language that there is.

See ``docs/fix-ladder.md``. A new probe, reason or question is under contract by being there.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from readiness import explain
from readiness.judge import verdict
from readiness.ladder import Climber
from readiness.locale import RESOURCES, Reader, languages
from readiness.model.errors import FailureCode
from readiness.model.finding import Verdict
from readiness.model.measurement import (
    Cost,
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    Metric,
    Place,
    Shape,
    System,
)
from readiness.model.requirement import AnswerKind, Criterion, Grade, Operator, Source
from readiness.probes import all_metrics, all_probes
from readiness.profiles import all_questions, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from readiness.ladder import Ladder
    from readiness.model.measurement import Value
    from readiness.model.requirement import Question
    from readiness.ports import Probe

NOW = datetime(2026, 11, 26, tzinfo=UTC)
DATA_LANGUAGES = ("en", "de", "es")
"""Texts in data files bring these along themselves."""

UNDECIDED = {"unknown"}
"""No criterion can fail with these values, so they need no ladder of a failing value."""

every_system = pytest.mark.parametrize("system", list(System))
every_metric = pytest.mark.parametrize("metric", list(all_metrics().values()), ids=lambda m: m.id)


def _found(metric: str, value: Value) -> Measurement:
    return Measurement(
        metric=metric,
        value=value,
        unit="-",
        evidence=Evidence(kind=EvidenceKind.REPORTED, method="example"),
        at=NOW,
    )


CABLE = {
    "link.kind": _found("link.kind", "ethernet"),
    "link.vpn": _found("link.vpn", value=False),
}
WIFI = {"link.kind": _found("link.kind", "wifi")}


def _climber(system: System, found: Mapping[str, Measurement] | None = None) -> Climber:
    return Climber(reader=Reader("en"), system=system, found=found or {})


def _criterion(metric: Metric, operator: Operator, *threshold: Value) -> Criterion:
    source = Source(title="Own", seen=NOW.date() - timedelta(days=1), grade=Grade.P)
    return Criterion(
        metric=metric.id, operator=operator, threshold=threshold, unit=metric.unit, source=source
    )


def _failing(metric: Metric) -> Iterator[tuple[Value, Criterion]]:
    """Values of a metric that fall short, each with a criterion that they fall short of."""
    if metric.shape is Shape.NUMBER:
        yield 1.0, _criterion(metric, Operator.AT_LEAST, 2.0)
        yield 3.0, _criterion(metric, Operator.AT_MOST, 2.0)
        yield 1.0, _criterion(metric, Operator.BETWEEN, 2.0, 4.0)
        yield 9.0, _criterion(metric, Operator.BETWEEN, 2.0, 4.0)
    elif metric.shape is Shape.TEXT:
        yield "this", _criterion(metric, Operator.EQUALS, "that")
    else:
        values: list[Value] = [True, False] if metric.shape is Shape.YES_NO else [*metric.labels]
        for value in values:
            others = tuple(other for other in values if other != value)
            yield value, _criterion(metric, Operator.ONE_OF, *others)


def _costs(ladder: Ladder) -> list[Cost | None]:
    return [cost for cost, _ in ladder.rungs]


@every_metric
def test_a_value_that_falls_short_has_cause_free_rung_and_one_more(metric: Metric) -> None:
    for system, found in product(System, ({}, CABLE, WIFI)):
        for value, criterion in _failing(metric):
            ladder = _climber(system, found).of_value(metric, value, criterion)
            costs = _costs(ladder)

            assert ladder.cause, (system, value)
            assert Cost.FREE in costs, (system, value)
            assert {Cost.CHEAP, Cost.ASK} & set(costs), (system, value)


@every_metric
def test_a_ladder_is_short_and_in_order(metric: Metric) -> None:
    """A person who is nervous reads six rungs, not ten."""
    order = list(Cost)
    for system in System:
        for value, criterion in _failing(metric):
            ladder = _climber(system).of_value(metric, value, criterion)
            places = [order.index(cost) for cost, _ in ladder.rungs if cost is not None]

            assert places == sorted(places)
            assert len(ladder.rungs) <= 6, (metric.id, value, len(ladder.rungs))


@every_metric
def test_what_a_rung_is_for_exists(metric: Metric) -> None:
    """A misspelt value in ``when`` would silence the rung for ever."""
    known: dict[Shape, tuple[Value, ...]] = {
        Shape.NUMBER: ("below", "above"),
        Shape.YES_NO: (True, False),
        Shape.CHOICE: tuple(metric.labels),
        Shape.TEXT: (),
    }
    parts = [(cause.text, cause.when) for cause in metric.causes]
    parts += [(tip.text, tip.when) for tip in metric.advice]
    for text, when in parts:
        assert set(when) <= set(known[metric.shape]), (metric.id, text)


@every_system
@pytest.mark.parametrize("probe", list(all_probes().values()), ids=lambda probe: probe.id)
def test_every_detail_of_a_failure_has_a_ladder(probe: Probe, system: System) -> None:
    metric = probe.metrics[0].id
    for detail in probe.reasons:
        failure = Failure(metric=metric, failure=FailureCode.UNSUPPORTED, detail=detail, at=NOW)
        ladder = _climber(system).of_failure(failure, metric)

        assert ladder.cause, detail
        assert ladder.rungs, detail


@every_system
@pytest.mark.parametrize("code", list(FailureCode))
def test_every_code_of_a_failure_has_a_ladder(code: FailureCode, system: System) -> None:
    failure = Failure(metric="line.download", failure=code, at=NOW)
    ladder = _climber(system).of_failure(failure, "line.download")

    assert ladder.cause
    assert ladder.rungs


def _answers(question: Question) -> list[Value]:
    if question.kind is AnswerKind.YES_NO:
        return [True, False]
    if question.kind is AnswerKind.WEEK:
        return ["mon 03:00-03:30"]
    return [choice for choice in question.choices if choice not in UNDECIDED]


def _refused() -> dict[tuple[str, Value], Question]:
    """Every answer that some shipped profile refuses, in whatever requirement."""
    found: dict[tuple[str, Value], Question] = {}
    known = {question.metric: question for question in all_questions().values()}
    criteria = [
        criterion
        for profile in shipped().values()
        for requirement in profile.requirements
        for criterion in requirement.any_of
        if criterion.metric in known
    ]
    for criterion in criteria:
        question = known[criterion.metric]
        for answer in _answers(question):
            if verdict(criterion, _found(question.metric, answer)) is Verdict.FAIL:
                found[question.id, answer] = question
    return found


REFUSED = _refused()


@every_system
@pytest.mark.parametrize(("question_id", "answer"), list(REFUSED), ids=str)
def test_every_answer_that_is_refused_has_advice_in_three_languages(
    question_id: str, answer: Value, system: System
) -> None:
    question = REFUSED[question_id, answer]
    ladder = _climber(system).of_answer(question, answer)
    costs = _costs(ladder)

    assert ladder.cause
    assert Cost.FREE in costs
    assert {Cost.CHEAP, Cost.ASK} & set(costs)
    for advice in question.advice:
        assert all(advice.text.get(language, "").strip() for language in DATA_LANGUAGES)


def _sources() -> Iterator[str]:
    """Every text of every ladder, as it stands in the code."""
    for metric in all_metrics().values():
        yield from (cause.text for cause in metric.causes)
        for tip in metric.advice:
            yield tip.text
            yield from _places(tip.where)
    reasons = [reason for probe in all_probes().values() for reason in probe.reasons.values()]
    reasons += explain.GENERIC.values()
    for reason in (*reasons, explain.NOT_CHECKED, explain.NOT_ANSWERED):
        yield from (reason.what, reason.remedy, *_places(reason.where))
        for tip in reason.tips:
            yield tip.text
            yield from _places(tip.where)


def _places(where: Place | None) -> tuple[str, ...]:
    return () if where is None else tuple(filter(None, map(where.on, System)))


def _catalogue(language: str) -> Mapping[str, str]:
    path = RESOURCES / "locale" / language / "LC_MESSAGES" / "readiness.po"
    with path.open("rb") as file:
        found = read_po(file)
    return {str(m.id): str(m.string) for m in found if m.id and m.string and not m.fuzzy}


def test_rungs_and_places_have_no_gaps_to_fill() -> None:
    """Only what happened and its remedy are filled with the facts of the failure."""
    tips = [tip for metric in all_metrics().values() for tip in metric.advice]
    for reason in (r for probe in all_probes().values() for r in probe.reasons.values()):
        tips += reason.tips
    texts = [text for tip in tips for text in (tip.text, *_places(tip.where))]
    texts += [cause.text for metric in all_metrics().values() for cause in metric.causes]

    assert [text for text in texts if "{" in text or "}" in text] == []


@pytest.mark.parametrize("language", [name for name in languages() if name != "en"])
def test_every_rung_is_translated(language: str) -> None:
    known = _catalogue(language)

    assert sorted({text for text in _sources() if text not in known}) == []
