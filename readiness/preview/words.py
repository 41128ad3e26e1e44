"""What a profile would do to many sessions, in words for window and terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.finding import Overall
from readiness.model.text import N_

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.preview import Change, Preview, RuleCount


def headline(preview: Preview, reader: Reader) -> str:
    """How many are ready, open and not ready."""
    return reader.plural(
        # Translators: how many reports of applicants have which result; all four are numbers.
        "Of {n} report: {ready} ready, {open} open, {refused} not ready.",
        "Of {n} reports: {ready} ready, {open} open, {refused} not ready.",
        len(preview.outcomes),
        ready=reader.number(preview.count(Overall.READY)),
        open=reader.number(preview.count(Overall.OPEN)),
        refused=reader.number(preview.count(Overall.NOT_READY)),
    )


def refused_words(rule: RuleCount, reader: Reader) -> str:
    """How many one rule would refuse, and how many of them it alone."""
    total = reader.number(len(rule.verdicts))
    if not rule.refused:
        # Translators: a rule is one requirement of an employer; {total} is a number.
        return reader.text(N_("This rule would refuse none of {total} applicants."), total=total)
    said = reader.text(
        # Translators: a rule is one requirement of an employer; both are numbers.
        N_("This rule would refuse {refused} of {total} applicants."),
        refused=reader.number(rule.refused),
        total=total,
    )
    alone = reader.plural(
        # Translators: applicants whom no other requirement would refuse.
        "{n} of them meets all other requirements or leaves them open.",
        "{n} of them meet all other requirements or leave them open.",
        rule.alone,
    )
    return f"{said} {alone}"


def change_words(change: Change, reader: Reader) -> str:
    """What a change of the profile changes in the results."""
    refused, admitted = change.into(Overall.NOT_READY), change.out_of(Overall.NOT_READY)
    if not change.moved:
        return reader.text(N_("The change changes no result."))
    said = []
    if refused:
        said.append(
            reader.plural(
                # Translators: compared with the requirements before they were changed.
                "{n} applicant more is not ready.",
                "{n} applicants more are not ready.",
                len(refused),
            )
        )
    if admitted:
        said.append(
            reader.plural(
                # Translators: compared with the requirements before they were changed.
                "{n} applicant is not refused any more.",
                "{n} applicants are not refused any more.",
                len(admitted),
            )
        )
    if not said:
        said.append(
            reader.text(
                # Translators: results that go from ready to open or back; two numbers.
                N_("Now ready: {ready}. Now open: {open}."),
                ready=reader.number(len(change.into(Overall.READY))),
                open=reader.number(len(change.into(Overall.OPEN))),
            )
        )
    return " ".join(said)
