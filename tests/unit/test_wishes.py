"""What a probe could do without is asked for like what it needs, and it runs without."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from readiness.engine import Engine
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.measurement import (
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    Metric,
    ProbeRun,
)
from readiness.ports import Choices, Need, Probe, Prompt, measured
from readiness.report.evidence import cautions
from readiness.session import run_probe
from readiness.step_words import ANSWERS, HEADLINES, NOTES, QUESTION_NOTES, QUESTIONS
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from readiness.ports import Context, Result

FOUND = Metric(id="voice.found", title="Found", unit="-", resolution=1)
NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


def _look(ctx: Context) -> Iterator[Result]:
    yield measured(ctx, FOUND, int(Need.LOUDSPEAKER in ctx.agreed), method="look")


PROBE = Probe(
    id="wishing",
    version=1,
    title="Wishing",
    metrics=(FOUND,),
    run=_look,
    seconds=1,
    limit=5,
    methods={"look": "Looked."},
    needs=frozenset({Need.MICROPHONE}),
    wishes=frozenset({Need.LOUDSPEAKER}),
)


@pytest.mark.parametrize(
    ("consent", "values"),
    [
        ({Need.MICROPHONE}, [0]),
        ({Need.MICROPHONE, Need.LOUDSPEAKER}, [1]),
        ({Need.LOUDSPEAKER}, []),
        (set[Need](), []),
    ],
)
def test_it_runs_with_what_it_needs_and_knows_what_was_agreed_to(
    consent: set[Need], values: list[int]
) -> None:
    run = run_probe(
        PROBE,
        world=FakeWorld(),
        choices=Choices(consent=frozenset(consent)),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )

    assert [measurement.value for measurement in run.measurements] == values


def test_a_plan_asks_for_needs_and_wishes(tmp_path: Path) -> None:
    engine = Engine(home=tmp_path)
    plan = engine.plan([engine.profile("typical-voice")], only=["memory"])

    plan = replace(plan, probes=(PROBE,))

    assert plan.needs == {Need.MICROPHONE, Need.LOUDSPEAKER}


def test_an_optional_probe_is_added_and_taken_away(tmp_path: Path) -> None:
    engine = Engine(home=tmp_path)
    plan = engine.plan([engine.profile("typical-voice")])
    usual = [probe.id for probe in plan.probes]

    more = engine.extended(plan, ["unplug"])
    less = engine.extended(more, [])

    assert "unplug" not in usual
    assert [probe.id for probe in more.probes] == [*usual, "unplug"]
    assert [probe.id for probe in less.probes] == usual


def _run(*failures: FailureCode, found: bool) -> ProbeRun:
    evidence = Evidence(kind=EvidenceKind.MEASURED, method="look")
    value = Measurement(metric="voice.found", value=1, unit="-", evidence=evidence, at=NOON)
    return ProbeRun(
        probe="wishing",
        version=1,
        attempt=1,
        started=NOON,
        duration_s=1,
        measurements=(value,) if found else (),
        failures=tuple(Failure(metric="voice.found", failure=code, at=NOON) for code in failures),
    )


@pytest.mark.parametrize(
    ("codes", "found", "stopped"),
    [
        ((FailureCode.SKIPPED,), True, False),
        ((FailureCode.SKIPPED,), False, True),
        ((FailureCode.CANCELLED,), True, True),
        ((FailureCode.UNSUPPORTED,), False, False),
        ((), True, False),
    ],
    ids=["a part left out", "left out as a whole", "stopped", "cannot be measured", "found"],
)
def test_a_part_that_was_left_out_does_not_make_a_stopped_attempt(
    codes: tuple[FailureCode, ...],
    found: bool,  # noqa: FBT001 - what pytest gives
    stopped: bool,  # noqa: FBT001 - what pytest gives
) -> None:
    assert _run(*codes, found=found).stopped is stopped


def test_what_was_repeated_is_told_in_words() -> None:
    (said,) = cautions({"repeated": "stay-silent: not-silent; listen: muted"}, Reader("en"))

    assert "Be quiet for a moment: Someone spoke" in said
    assert "Listen, without speaking: The microphone is muted" in said


@pytest.mark.parametrize("text", ["nonsense", "dance: muted", "stay-silent: never-heard-of; <b>"])
def test_what_another_program_wrote_about_repeating_is_shown_as_it_stands(text: str) -> None:
    (said,) = cautions({"repeated": text}, Reader("en"))

    assert text.rsplit(" ", maxsplit=1)[-1] in said


def test_every_step_and_question_has_words() -> None:
    assert set(HEADLINES) == set(NOTES) == set(Prompt)
    assert set(QUESTIONS) == set(QUESTION_NOTES)
    assert {"left", "right", "both", "none", "yes", "no"} <= set(ANSWERS)
