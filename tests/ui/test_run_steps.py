"""The rail: the computer's own facts are one step, which tells the worst of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.locale import Reader
from ui.guide.outcome import Outcome, together
from ui.guide.run_steps import RunSteps
from ui.widgets.rail import Rail, RailStep

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide

MET = Outcome(sign="✓", role="met", words="as asked")
OPEN = Outcome(sign="?", role="open", words="not found")
FAILED = Outcome(sign="!", role="not_met", words="Memory: too little")
SHOWN = Outcome(sign="✓", role="quiet", words="16 GiB")


@pytest.mark.parametrize(
    ("found", "sign", "words"),
    [
        ([MET, MET], "✓", "everything as asked"),
        ([MET, OPEN, FAILED], "!", "Memory: too little"),
        ([OPEN, FAILED, FAILED], "!", "Memory: too little, and 1 more"),
        ([MET, OPEN], "?", "not found"),
        ([SHOWN, SHOWN], "✓", "2 things looked at"),
    ],
)
def test_several_outcomes_come_to_the_worst(found: list[Outcome], sign: str, words: str) -> None:
    whole = together(found, Reader("en"))

    assert (whole.sign, whole.words) == (sign, words)


def test_the_computer_is_one_step_in_a_run(guide: Guide) -> None:
    guide.to_run()
    names = [step.accessibleName() for step in guide.window.findChildren(RailStep)]

    assert names[:3] == ["Computer", "Connection", "Line during a call"]


def test_it_ends_with_its_last_check(guide: Guide, engine: FakeEngine) -> None:
    plan = engine.plan(guide.journey.profiles[:1], only=["memory", "disk", "link"])
    steps = RunSteps(Rail("Steps"), plan.probes, Reader("en"))

    assert len(steps) == 2
    assert steps.end("memory", MET) is None
    assert steps.end("disk", OPEN) == ("Computer", "not found")
    assert steps.number("link") == 2


def test_a_single_fact_keeps_its_name(guide: Guide, engine: FakeEngine) -> None:
    plan = engine.plan(guide.journey.profiles[:1], only=["memory", "link"])
    steps = RunSteps(Rail("Steps"), plan.probes, Reader("en"))

    assert steps.end("memory", MET) == ("Memory", "as asked")
