"""What stands in a report where this program never puts it: listed, not judged.

Each value is found by one check, once in each attempt, and all attempts stay, counted from 1. Who
adds, moves or removes one by hand leaves a trace unless they mend all of that too.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from readiness.model.invited import Invited
from readiness.model.text import N_
from readiness.trust.contradictions import CLOCKS_APART, Oddity
from readiness.trust.grounds import claims_too_much, home_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.measurement import ProbeRun
    from readiness.model.report import Report

LONGEST_NAME = 40
WATCH = "line_steady"
"""May be taken over from a session of its own, which began before."""


def misplaced(report: Report) -> tuple[Oddity, ...]:
    """Everything of that kind, in the order of the session."""
    return tuple(_found(report))


def _found(report: Report) -> Iterator[Oddity]:
    session, invited = report.session, report.session.invitation
    if isinstance(invited, Invited) and invited.profile_digest != report.profile_digest:
        yield Oddity(
            code="another-list",
            text=N_("It was saved for other requirements than its invitation holds."),
            where="$.profile_digest",
        )
    counted: dict[str, int] = {}
    for index, run in enumerate(session.runs):
        where = f"$.session.runs[{index}]"
        if run.attempt != counted.get(run.probe, 0) + 1:
            yield Oddity(
                code="attempt-missing",
                text=N_("An attempt at a check is missing, or stands in the wrong order."),
                where=f"{where}.attempt",
            )
        counted[run.probe] = run.attempt
        if run.probe != WATCH and run.started + CLOCKS_APART < session.started:
            yield Oddity(
                code="found-before-check",
                text=N_("Something was measured before the check began."),
                where=f"{where}.started",
            )
        for code, text, metric in _of_run(run):
            yield Oddity(code=code, text=text, metric=metric, where=where)


def _of_run(run: ProbeRun) -> Iterator[tuple[str, str, str]]:
    """Code, text and metric of what is wrong with single values of one attempt."""
    names = [found.metric for found in run.measurements]
    names += [failure.metric for failure in run.failures]
    if len(set(names)) < len(names):
        for name, times in Counter(names).items():
            if times > 1:
                yield "found-twice", N_("{title}: found twice in one attempt."), _short(name)
    for found in run.measurements:
        home = home_of(found.metric)
        if home is not None and home != run.probe:
            text = N_("{title}: it stands in another check than the one that finds it.")
            yield "of-another-check", text, _short(found.metric)
        if claims_too_much(found):
            text = N_("{title}: the file calls it better founded than it ever is.")
            yield "ground-too-good", text, _short(found.metric)


def _short(metric: str) -> str:
    """A name that a stranger may have chosen, not long enough for a sentence of its own."""
    return metric if len(metric) <= LONGEST_NAME else f"{metric[: LONGEST_NAME - 1]}…"
