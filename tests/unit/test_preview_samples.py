"""The made-up home offices: marked as such, complete, and possible values only."""

from __future__ import annotations

import pytest

from readiness.judge import judge
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import Measurement, Session, Shape
from readiness.preview.samples import METHOD, PREFIX, Sample, samples
from readiness.probes import all_metrics
from readiness.profiles import all_questions, shipped

EACH = pytest.mark.parametrize("sample", samples(), ids=lambda sample: sample.id)


def _found(sample: Sample) -> list[Measurement]:
    return [one for one in sample.session.latest().values() if isinstance(one, Measurement)]


@EACH
def test_sample_is_marked_as_one(sample: Sample) -> None:
    assert sample.session.id.startswith(PREFIX)
    assert {METHOD} == {found.evidence.method for found in _found(sample)}


@EACH
def test_sample_is_named_in_all_languages(sample: Sample) -> None:
    assert {"en", "de", "es"} == sample.title.keys() == sample.summary.keys()


@EACH
def test_sample_holds_only_what_can_be_found(sample: Sample) -> None:
    """Metrics and questions that exist, with values that they can have."""
    for metric, fact in sample.session.latest().items():
        name = metric.removeprefix("declared.")
        if name != metric:
            assert isinstance(fact, Measurement)
            assert all_questions()[name].allows(fact.value)
            continue
        known = all_metrics()[metric]
        if isinstance(fact, Measurement) and known.shape is Shape.CHOICE:
            assert fact.value in known.labels
        elif isinstance(fact, Measurement):
            assert isinstance(fact.value, bool) is (known.shape is Shape.YES_NO)


@EACH
def test_sample_says_something_to_all_that_profiles_measure(sample: Sample) -> None:
    """A value, or why there is none."""
    asked = {metric for profile in shipped().values() for metric in profile.metrics()}
    measured = {metric for metric in asked if metric in all_metrics()}

    assert not measured - sample.session.latest().keys()


def test_good_office_meets_the_usual_list() -> None:
    overall, findings = judge(_of("good-office"), shipped()["typical-voice"])

    assert Overall.READY is overall
    assert not [one.requirement for one in findings if one.verdict is Verdict.FAIL]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("fast-bluetooth", Overall.NOT_READY),
        ("old-laptop", Overall.NOT_READY),
        ("mobile-mac", Overall.NOT_READY),
        ("half-done", Overall.OPEN),
    ],
)
def test_sample_fares_with_the_usual_list_as_it_says(name: str, expected: Overall) -> None:
    assert expected is judge(_of(name), shipped()["typical-voice"])[0]


def _of(name: str) -> Session:
    return next(sample.session for sample in samples() if sample.id == name)
