"""Rows in words, for one reader: the same in a terminal, a table for spreadsheets and a window."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from readiness import explain
from readiness.foreign import clean
from readiness.model.text import N_
from readiness.report.asked import asked_rows
from readiness.report.rows import DASH
from readiness.report.values import NO, YES, Vocabulary
from readiness.trust.answering import Answers

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.locale import Reader
    from readiness.model.measurement import Value
    from readiness.model.requirement import Profile
    from readiness.review.rows import ReviewRow

ANSWERS = {
    Answers.YES: N_("yes"),
    Answers.NO: N_("no"),
    # Translators: of an invitation: another report has answered it before.
    Answers.USED: N_("already used"),
    # Translators: of an invitation.
    Answers.EXPIRED: N_("expired"),
    Answers.NOT_ASKED: N_("not asked"),
}
SYSTEM_NAMES = {"windows": "Windows", "macos": "macOS", "linux": "Linux"}
# Translators: an operating system that is none of Windows, macOS and Linux.
OTHER_NAME = N_("another system")
ODDITIES = {
    "before-invitation": N_("begun before it was invited"),
    "from-tomorrow": N_("made in the future"),
    "judged-before-found": N_("measured after the report was made"),
    "times-overlap": N_("two checks at the same time"),
    "outside-its-check": N_("a value from outside of its check"),
    "greater-than-whole": N_("a part greater than its whole"),
    "out-of-range": N_("a value that is not possible"),
    "outside-its-course": N_("a value outside of its own readings"),
    "longer-than-its-check": N_("a transfer longer than its check"),
    "bytes-do-not-fit": N_("bytes that do not fit the rate"),
    "receipt-does-not-fit": N_("a receipt of another figure"),
    "receipt-says-otherwise": N_("a receipt that says otherwise"),
    "another-list": N_("other requirements than its invitation's"),
    "attempt-missing": N_("an attempt that is missing"),
    "found-before-check": N_("a value from before the check"),
    "found-twice": N_("a value found twice"),
    "of-another-check": N_("a value of another check"),
    "ground-too-good": N_("a value called better founded than it is"),
    "wider-than-value": N_("an uncertainty greater than its value"),
    "report-time-absurd": N_("a time that cannot be"),
    "report-unit-wrong": N_("a unit that cannot be"),
    "report-value-wrong": N_("a value that cannot be"),
    "report-finding-unfounded": N_("a verdict on something that was not found"),
    "report-contradicts-itself": N_("a verdict that does not follow"),
}
"""Code of what does not fit together -> a few words; ``readiness verify`` says it at length."""

MOST_NAMED = 3
"""So many requirements are named in a cell; the rest is counted."""


class RowWords:
    """Puts the cells of rows into words."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self._lists: dict[str, Mapping[str, str]] = {}

    @cached_property
    def words(self) -> Vocabulary:
        """For metrics; a profile's own questions are not known to it."""
        return Vocabulary(None, self.reader)

    def titles(self, asked: Profile) -> Mapping[str, str]:
        """What the requirements of a list are called, by id."""
        if asked.digest not in self._lists:
            self._lists[asked.digest] = {
                row.requirement: row.title for row in asked_rows(asked, self.reader)
            }
        return self._lists[asked.digest]

    def named(self, row: ReviewRow, requirements: Iterable[str], most: int | None = None) -> str:
        """Requirements of the row's list by their titles: "Upload, Headset and 2 others"."""
        if row.asked is None:
            return ""
        titles = self.titles(row.asked)
        found = [titles[requirement] for requirement in requirements]
        if most is None or len(found) <= most:
            return ", ".join(found)
        return self.reader.plural(
            "{names} and {n} other",
            "{names} and {n} others",
            len(found) - most,
            names=", ".join(found[:most]),
        )

    def against(self, row: ReviewRow) -> str:
        """What counts against a report, worst first; a dash if nothing does, or is known to."""
        said = (self.named(row, row.worst, MOST_NAMED), self.odd(row), self.alike(row))
        return "; ".join(part for part in said if part) or DASH

    def why(self, row: ReviewRow) -> str:
        """The reason behind the second statement, or behind there being no verdict; or empty."""
        if row.overall is None and row.unchanged and not row.odd:
            return self.not_judged
        asked = row.why and row.answers is not Answers.NOT_ASKED
        return self.reader.text(row.why) if asked else ""

    def odd(self, row: ReviewRow) -> str:
        """How much does not fit together; empty if nothing is known of that kind."""
        odd = len(row.odd) + len(row.disagree)
        if not odd:
            return ""
        return self.reader.plural(
            "{n} thing does not fit together.", "{n} things do not fit together.", odd
        )

    def oddities(self, row: ReviewRow) -> str:
        """The same, one by one: what it is, and which verdicts in the file do not follow."""
        said = []
        if row.odd:
            names = dict.fromkeys(self.reader.text(ODDITIES.get(one, one)) for one in row.odd)
            said.append(
                self.reader.text(N_("Does not fit together: {things}."), things="; ".join(names))
            )
        if row.disagree:
            names = dict.fromkeys(self._requirements(row))
            said.append(
                self.reader.text(
                    N_("The file says something else about: {things}."), things=", ".join(names)
                )
            )
        return " ".join(said)

    def _requirements(self, row: ReviewRow) -> list[str]:
        titles = self.titles(row.asked) if row.asked is not None else {}
        return [titles.get(requirement, clean(requirement)) for requirement in row.disagree]

    def alike(self, row: ReviewRow) -> str:
        """That other reports seem to come from the same computer; empty if none does."""
        if not row.alike:
            return ""
        # Translators: {group} is a number that these reports have in common.
        return self.reader.plural(
            "Seems to be the same computer as in {n} other report (group {group}).",
            "Seems to be the same computer as in {n} other reports (group {group}).",
            row.alike,
            group=row.group,
        )

    @property
    def not_judged(self) -> str:
        """Said where there are no requirements to judge by."""
        return self.reader.text(N_("Its list of requirements is not known here."))

    @property
    def not_judged_word(self) -> str:
        """The same in a cell."""
        return self.reader.text(N_("not judged"))

    def verdict(self, row: ReviewRow) -> str:
        """The verdict as a word; a dash where nothing was judged."""
        return DASH if row.overall is None else self.reader.text(explain.OVERALLS[row.overall])

    def yes_no(self, *, said: bool) -> str:
        """The word."""
        return self.reader.text(YES if said else NO)

    def answers(self, row: ReviewRow) -> str:
        """The second statement."""
        return self.reader.text(ANSWERS[row.answers])

    def system(self, row: ReviewRow) -> str:
        """Windows, macOS, Linux, another system; empty where nothing is looked at."""
        return self.system_name(row.system) if row.system else ""

    def system_name(self, system: str) -> str:
        """The same for the name of a system in a row."""
        return SYSTEM_NAMES.get(system) or self.reader.text(OTHER_NAME)

    def made(self, row: ReviewRow) -> str:
        """The day of the check; a dash where nothing is looked at."""
        return DASH if row.made is None else self.reader.day(row.made.astimezone().date())

    def value(self, metric: str, value: Value | None) -> str:
        """A value with its unit; a dash where there is none."""
        if value is None:
            return DASH
        if isinstance(value, bool | str):
            return self.words.word(metric, value)
        known = self.words.metric(metric)
        step = self.words.resolution(metric, value)
        unit = known.unit if known is not None else "-"
        return self.reader.quantity(value, unit, step)

    def metric(self, metric: str) -> str:
        """What a metric is called."""
        return clean(self.words.title(metric))
