"""Cells and lines of reports that stand side by side, in words: what they hold, and the words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from readiness.model.finding import Overall, Verdict
from readiness.model.text import N_
from readiness.review.compare import Difference, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

DIFFERENCES: Mapping[Difference, str] = {
    # Translators: of one requirement, in a table of the reports of several applicants.
    Difference.VERDICT: N_("the verdict differs"),
    # Translators: of one requirement, in a table of the reports of several applicants.
    Difference.VALUE: N_("the value differs"),
    # Translators: a value was measured for one applicant, and another only declared the same.
    Difference.BASIS: N_("what it rests on differs"),
    # Translators: of one requirement, in a table of the reports of several applicants.
    Difference.NONE: N_("no difference"),
}
STANDINGS: Mapping[Standing, str] = {
    # Translators: of one value among those of two to six applicants, against what is asked.
    Standing.BEST: N_("best of these"),
    # Translators: of one value among those of two to six applicants, against what is asked.
    Standing.WORST: N_("worst of these"),
}
STANDING_SIGNS: Mapping[Standing, str] = {Standing.BEST: "▲", Standing.WORST: "▼"}


class Tone(StrEnum):
    """The colour that goes with a word, as a role of the window's theme; the word says it all."""

    MET = "met"
    NOT_MET = "not_met"
    OPEN = "open"
    QUIET = "quiet"


TONES: Mapping[Verdict, Tone] = {
    Verdict.PASS: Tone.MET,
    Verdict.FAIL: Tone.NOT_MET,
    Verdict.BORDERLINE: Tone.OPEN,
    Verdict.UNKNOWN: Tone.OPEN,
    Verdict.NOT_APPLICABLE: Tone.QUIET,
}
OVERALL_TONES: Mapping[Overall, Tone] = {
    Overall.READY: Tone.MET,
    Overall.NOT_READY: Tone.NOT_MET,
    Overall.OPEN: Tone.OPEN,
}
OVERALL_SIGNS: Mapping[Overall, str] = {
    Overall.READY: "✓",
    Overall.NOT_READY: "✕",
    Overall.OPEN: "?",
}
ODD = "!"
"""Beside what somebody should look at."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CellWords:
    """One report in one line, in words; what there is nothing to say about is empty.

    Attributes:
        symbol: A sign for ``word``, never without it.
        word: The verdict.
        tone: Its colour.
        value: What was found, or in a few words why nothing was.
        mark: What it rests on.
        declared: Whether that is the applicant's own answer.
        standing: Best or worst of these.
        standing_sign: A sign for ``standing``, never without it.
        said: All of it with report and requirement, for a screen reader.
    """

    symbol: str = ""
    word: str = ""
    tone: Tone = Tone.QUIET
    value: str = ""
    mark: str = ""
    declared: bool = False
    standing: str = ""
    standing_sign: str = ""
    said: str = ""

    @property
    def verdict(self) -> str:
        """The sign and the word."""
        return " ".join(part for part in (self.symbol, self.word) if part)

    @property
    def place(self) -> str:
        """Best or worst, with its sign."""
        return " ".join(part for part in (self.standing_sign, self.standing) if part)

    @property
    def parts(self) -> tuple[str, ...]:
        """What is shown below each other."""
        return tuple(p for p in (self.verdict, self.value, self.mark, self.place) if p)

    @property
    def heard(self) -> str:
        """The same without signs."""
        return ", ".join(p for p in (self.word, self.value, self.mark, self.standing) if p)


@dataclass(frozen=True, kw_only=True, slots=True)
class LineWords:
    """One line in words.

    Attributes:
        name: Id of the requirement or metric; of a line about the reports themselves another.
        title: What it is called.
        asked: "required: at least 5 Mbit/s"; may be empty.
        difference: In what the reports differ; none in a line about the reports themselves.
        differs: The same in words, or empty.
        cells: One for each report.
    """

    name: str
    title: str
    asked: str = ""
    difference: Difference | None = None
    differs: str = ""
    cells: tuple[CellWords, ...]

    @property
    def said(self) -> str:
        """The heading of the line, for a screen reader."""
        return "; ".join(part for part in (self.title, self.asked, self.differs) if part)
