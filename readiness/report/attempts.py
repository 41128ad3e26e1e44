"""All attempts at one value, in words: nothing is picked, and it is said which one counts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness import explain
from readiness.model.measurement import Measurement
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from readiness.locale import Reader
    from readiness.model.measurement import Failure, ProbeRun, Session
    from readiness.report.values import Vocabulary

ARROW = "→"


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """One attempt.

    Attributes:
        at: When the check began, or the question was answered.
        shown: The value, or in a few words why there is none.
        plus_minus: 95 % half width, ``± 0.1``, or empty.
        missing: There is no value.
        counts: This is the one that is judged.
        stopped: It was stopped or skipped, and counts only where no other has anything to say.
    """

    at: datetime
    shown: str
    plus_minus: str
    missing: bool
    counts: bool
    stopped: bool

    @property
    def value(self) -> str:
        """Value and half width."""
        return " ".join(part for part in (self.shown, self.plus_minus) if part)


def attempts(session: Session, metric: str, words: Vocabulary) -> tuple[Attempt, ...]:
    """Every attempt at ``metric`` in the session's order, oldest first."""
    counting = session.latest().get(metric)
    found = list(_found(session, metric))
    last = max((n for n, (_, fact) in enumerate(found) if fact is counting), default=-1)
    return tuple(
        _attempt(run, fact, words, counts=number == last)
        for number, (run, fact) in enumerate(found)
    )


def before(tried: tuple[Attempt, ...]) -> str:
    """What the first attempt came to, where another one counts and says something else; or empty.

    The first one, whether it was better or worse: otherwise the nicest pair could be shown.
    """
    whole = [one for one in tried if not one.stopped]
    if len(whole) < 2 or not whole[-1].counts or whole[0].shown == whole[-1].shown:  # noqa: PLR2004 - before and after
        return ""
    return whole[0].shown


def attempt_words(tried: tuple[Attempt, ...], reader: Reader) -> tuple[tuple[str, str], ...]:
    """All attempts as (when, what came of it), the one that counts marked in words."""
    # Translators: of several attempts, this is the one that is judged. {value} is "24.6 Mbit/s".
    counted = N_("{value} (this one counts)")
    return tuple(
        (
            reader.date(one.at),
            reader.text(counted, value=one.value) if one.counts and len(tried) > 1 else one.value,
        )
        for one in tried
    )


def attempts_line(tried: tuple[Attempt, ...], reader: Reader) -> str:
    """All attempts on one line; empty where there was only one."""
    if len(tried) < 2:  # noqa: PLR2004 - one attempt is the value itself
        return ""
    parts = (f"{when}: {what}" for when, what in attempt_words(tried, reader))
    return reader.text(
        # Translators: {attempts} is a list of times with values, separated by semicolons.
        N_("All attempts: {attempts}."),
        attempts="; ".join(parts),
    )


def _found(session: Session, metric: str) -> Iterator[tuple[ProbeRun, Measurement | Failure]]:
    for run in session.runs:
        facts: list[Measurement | Failure] = [*run.failures, *run.measurements]
        own = [fact for fact in facts if fact.metric == metric]
        if own:
            yield run, own[-1]


def _attempt(
    run: ProbeRun, fact: Measurement | Failure, words: Vocabulary, *, counts: bool
) -> Attempt:
    if isinstance(fact, Measurement):
        shown, plus_minus = words.found(fact, None)
    else:
        shown, plus_minus = words.reader.text(explain.short_failure(fact)), ""
    return Attempt(
        at=run.started,
        shown=shown,
        plus_minus=plus_minus,
        missing=not isinstance(fact, Measurement),
        counts=counts,
        stopped=run.stopped,
    )
