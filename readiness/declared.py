"""What the person answers, as measurements that say of themselves that they were declared."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.explain import DECLARED
from readiness.model.measurement import (
    NO_UNIT,
    QUESTIONS,
    Evidence,
    EvidenceKind,
    Measurement,
    ProbeRun,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from readiness.model.measurement import Session, Value
    from readiness.model.requirement import Question

DECLARED_VERSION = 1


def declared(
    session: Session, questions: Sequence[Question], answers: Mapping[str, Value], now: datetime
) -> ProbeRun:
    """The session's next run of questions: those answers, by question id, that were asked for."""
    asked = {question.id: question for question in questions}
    return ProbeRun(
        probe=QUESTIONS,
        version=DECLARED_VERSION,
        attempt=session.attempts(QUESTIONS) + 1,
        started=now,
        duration_s=0,
        measurements=tuple(
            Measurement(
                metric=asked[name].metric,
                value=value,
                unit=NO_UNIT,
                evidence=Evidence(kind=EvidenceKind.DECLARED, method="answer"),
                at=now,
            )
            for name, value in answers.items()
            if name in asked
        ),
    )


def declared_before(
    session: Session, later: Mapping[str, Value], questions: Sequence[Question]
) -> dict[str, Value]:
    """What was answered in a session and ``later``, by question id, as far as it is asked now."""
    said: dict[str, Value] = {
        metric.removeprefix(DECLARED): fact.value
        for metric, fact in session.latest().items()
        if metric.startswith(DECLARED) and isinstance(fact, Measurement)
    }
    said |= later
    asked = {question.id: question for question in questions}
    return {
        name: value for name, value in said.items() if name in asked and asked[name].allows(value)
    }
