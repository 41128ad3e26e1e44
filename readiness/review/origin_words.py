"""What can be said of a report's origin, in words: three statements, marks, what does not fit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness import explain
from readiness.foreign import clean
from readiness.model.text import N_
from readiness.probes import all_metrics
from readiness.review.words import ANSWERS
from readiness.trust.origin import Mark

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.locale import Reader
    from readiness.trust.contradictions import Oddity
    from readiness.trust.origin import Check, Origin

MARKS = {
    Mark.MEASURED: N_("measured"),
    Mark.OBSERVED: N_("observed by your server"),
    Mark.REPORTED: N_("the system says"),
    # Translators: the applicant's own statement; nothing was measured.
    Mark.DECLARED: N_("declared"),
    Mark.NOT_MEASURED: N_("not measured"),
}


def statements(origin: Origin, reader: Reader) -> tuple[str, str, str]:
    """The three things that can be said, and no more."""
    t = reader.text
    yes, no = t(N_("yes")), t(N_("no"))
    answers = t(ANSWERS[origin.answers])
    if origin.why:
        answers = f"{answers}. {t(origin.why)}"
    seen = [check for check in origin.checks if check.mark is Mark.OBSERVED]
    third = t(N_("Measured on the applicant's own computer: cannot be proven."))
    if seen:
        titles = ", ".join(dict.fromkeys(_seen_words(check, reader) for check in seen))
        words = N_(
            "Observed by your server: {figures}. Everything else was measured on the applicant's "
            "own computer: that cannot be proven."
        )
        third = t(words, figures=titles)
    return (
        t(N_("Unchanged since export: {answer}"), answer=yes if origin.unchanged else no),
        t(N_("Answers your invitation: {answer}"), answer=answers),
        third,
    )


def oddity_words(oddity: Oddity, reader: Reader) -> str:
    """One thing that does not fit, with the place where it stands."""
    metric = all_metrics().get(oddity.metric)
    title = reader.text(metric.title) if metric is not None else clean(oddity.metric)
    said = clean(reader.text(oddity.text, **{"title": title, **oddity.values}))
    return f"{said} ({clean(oddity.where)})" if oddity.where else said


def said_in_file(check: Check, reader: Reader) -> str:
    """The verdict that stands in the file for a requirement, in a word."""
    return reader.text(N_("nothing") if check.said is None else explain.VERDICTS[check.said])


def disagreements(origin: Origin, titles: Mapping[str, str], reader: Reader) -> tuple[str, ...]:
    """Verdicts in the file that do not follow from what was measured, a sentence each.

    Args:
        origin: What was found out.
        titles: What the requirements of the list are called, by id.
        reader: Who reads.
    """
    marked = {check.finding.requirement: check for check in origin.checks}
    return tuple(
        reader.text(
            # Translators: a verdict is a word such as "met" or "open"
            N_("{title}: the file says “{other}”, but its values come to “{verdict}”."),
            title=titles[name],
            other=said_in_file(marked[name], reader),
            verdict=reader.text(explain.VERDICTS[marked[name].finding.verdict]),
        )
        for name in origin.disagree
    )


def _seen_words(check: Check, reader: Reader) -> str:
    found, seen = check.finding.measurement, check.seen
    if found is None or seen is None or seen.rate is None:
        return ""
    title = reader.text(all_metrics()[found.metric].title)
    return f"{title} {reader.quantity(seen.rate, 'Mbit/s', 0.1)}"
