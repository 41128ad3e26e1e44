"""What a report file tells, field by field in words: shown before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness import explain
from readiness.model.invited import Invited
from readiness.model.measurement import Measurement
from readiness.model.text import N_
from readiness.report.attempts import attempts
from readiness.report.evidence import facts
from readiness.report.told import check_title
from readiness.report.values import Vocabulary

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.measurement import Failure, Session
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.report.attempts import Attempt
    from readiness.report.evidence import Fact


@dataclass(frozen=True, kw_only=True)
class Field:
    """One value that can be left out.

    Attributes:
        metric: What is struck out.
        title: What it is called.
        value: What counts, in words, or in a few words why there is none.
        rests_on: "measured", "the system says", "own answer"; empty where there is no value.
        declared: It is the person's own answer.
        facts: What else the file tells about it, as (noun, value).
        course: The file holds its course over time.
        attempts: All attempts, oldest first.
    """

    metric: str
    title: str
    value: str
    rests_on: str
    declared: bool
    facts: tuple[Fact, ...]
    course: bool
    attempts: tuple[Attempt, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """The values of one check."""

    probe: str
    title: str
    fields: tuple[Field, ...]


def contents(session: Session, profile: Profile | None, reader: Reader) -> tuple[Part, ...]:
    """Every value of a session, check by check in the order in which they were first run."""
    words, counting = Vocabulary(profile, reader), session.latest()
    checks: dict[str, dict[str, None]] = {}
    for run in session.runs:
        own = checks.setdefault(run.probe, {})
        found: tuple[Measurement | Failure, ...] = (*run.measurements, *run.failures)
        own.update(dict.fromkeys(fact.metric for fact in found))
    return tuple(
        Part(
            probe=probe,
            title=check_title(probe, reader),
            fields=tuple(_field(session, counting[metric], words) for metric in metrics),
        )
        for probe, metrics in checks.items()
        if metrics
    )


def frame(report: Report, profile: Profile | None, reader: Reader) -> tuple[Fact, ...]:
    """What every report tells whatever is left out, as (noun, value)."""
    from readiness.report.document import facts as versions
    from readiness.report.headline import profile_title

    session = report.session
    return (
        (reader.text(N_("Judged against")), profile_title(report, profile, reader)),
        *versions(report, reader),
        (reader.text(N_("Saved")), reader.date(report.created)),
        (reader.text(N_("Its random number")), session.id),
        *_invited(session, reader),
        (
            reader.text(N_("Times")),
            reader.plural(
                "start and length of {n} check",
                "start and length of {n} checks",
                len(session.runs),
            ),
        ),
    )


def _invited(session: Session, reader: Reader) -> tuple[Fact, ...]:
    if not isinstance(session.invitation, Invited):
        return ()
    return ((reader.text(N_("Number of the invitation")), session.invitation.nonce),)


def _field(session: Session, fact: Measurement | Failure, words: Vocabulary) -> Field:
    reader = words.reader
    title, tried = words.title(fact.metric), attempts(session, fact.metric, words)
    if isinstance(fact, Measurement):
        evidence = fact.evidence
        return Field(
            metric=fact.metric,
            title=title,
            value=" ".join(part for part in words.found(fact, None) if part),
            rests_on=reader.text(explain.EVIDENCE[evidence.kind]),
            declared=fact.metric.startswith(explain.DECLARED),
            facts=facts(evidence.summary, reader),
            course=evidence.trace is not None,
            attempts=tried,
        )
    return Field(
        metric=fact.metric,
        title=title,
        value=reader.text(explain.short_failure(fact)),
        rests_on="",
        declared=fact.metric.startswith(explain.DECLARED),
        facts=facts(fact.summary, reader),
        course=False,
        attempts=tried,
    )
