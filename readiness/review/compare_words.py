"""Reports side by side in words, for one reader: the same in a terminal and in a window."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from readiness import explain
from readiness.foreign import clean
from readiness.locale import NARROW_NO_BREAK_SPACE
from readiness.model.measurement import Measurement
from readiness.model.text import N_
from readiness.report.asked import asked_rows
from readiness.report.rows import DASH, Writer
from readiness.report.values import NO, YES
from readiness.review.compare_cells import (
    DIFFERENCES,
    ODD,
    OVERALL_SIGNS,
    OVERALL_TONES,
    STANDING_SIGNS,
    STANDINGS,
    TONES,
    CellWords,
    LineWords,
    Tone,
)
from readiness.review.origin_words import MARKS
from readiness.review.rows import system_of
from readiness.review.words import ANSWERS, OTHER_NAME, SYSTEM_NAMES
from readiness.trust.answering import Answers
from readiness.trust.origin import Mark

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readiness.locale import Reader
    from readiness.model.finding import Finding
    from readiness.review.compare import Cell, Line, Lineup, Side
    from readiness.trust.origin import Origin

LETTERS = "ABCDEF"
"""One for each report: names may look alike, and be longer than a column is wide."""

HEAD = 32
"""Letters of a name that stand above a column; those at its end, where files differ."""

LONGEST = 80
"""Letters of a value that are shown; a text may have 500, and a column has few in a line."""


class LineupWords:
    """Puts reports that stand side by side into words.

    Attributes:
        lineup: What is put into words.
        reader: Who reads.
        names: What each report is called: a letter, and its file without the folder of all.
        heads: The same without the ending of all, of long names only the end.
        about: Lines about the reports themselves: outcome, where they are from, when and on what.
        lines: What is asked, in the order of ``lineup.lines``.
    """

    def __init__(self, lineup: Lineup, reader: Reader) -> None:
        self.lineup, self.reader = lineup, reader
        self._writers = [
            None if side.session is None else Writer(lineup.profile, reader, side.session)
            for side in lineup.sides
        ]
        self._titles = Writer(lineup.profile, reader).words
        self._asked = {row.requirement: row for row in asked_rows(lineup.profile, reader)}
        names = _without_folder([side.name for side in lineup.sides])
        self.names = self._lettered(names)
        self.heads = self._lettered([_end(name) for name in _without_ending(names)])
        text = reader.text
        about = {
            "overall": (text(N_("Verdict")), self._overall),
            "origin": (text(N_("Where it is from")), self._origin),
            "check": (text(N_("Check begun")), self._check),
        }
        if all(side.origin is None for side in lineup.sides):
            del about["origin"]
        self.about = tuple(
            self._heard(name, title, map(words, lineup.sides))
            for name, (title, words) in about.items()
        )
        self.lines = tuple(map(self._line, lineup.lines))

    @property
    def title(self) -> str:
        """What all were judged by."""
        title = clean(self.reader.local(self.lineup.profile.title))
        return self.reader.text(N_("Side by side, judged by: {title}"), title=title)

    @property
    def summary(self) -> str:
        """How much differs."""
        number = len(self.lineup.differing)
        if not number:
            return self.reader.text(N_("These reports do not differ in anything that is asked."))
        return self.reader.plural(
            "These reports differ in {n} of {total} things.",
            "These reports differ in {n} of {total} things.",
            number,
            total=self.reader.number(len(self.lineup.lines)),
        )

    def _lettered(self, names: Sequence[str]) -> tuple[str, ...]:
        return tuple(
            # Translators: a letter that stands for a report, and the name of its file.
            self.reader.text(N_("{letter}: {name}"), letter=letter, name=name)
            for letter, name in zip(LETTERS, names, strict=False)
        )

    # --- about the reports ---------------------------------------------------------------------

    def _overall(self, side: Side) -> CellWords:
        if side.overall is None:
            return CellWords(symbol=ODD, word=self.reader.text(N_("not judged")), tone=Tone.OPEN)
        return CellWords(
            symbol=OVERALL_SIGNS[side.overall],
            word=self.reader.text(explain.OVERALLS[side.overall]),
            tone=OVERALL_TONES[side.overall],
        )

    def _origin(self, side: Side) -> CellWords:
        """The three statements, as short as a cell is, and how much does not fit together."""
        origin, text = side.origin, self.reader.text
        if origin is None:
            return CellWords(word=DASH)
        bad = not origin.unchanged or origin.answers in _BAD
        odd = len(origin.oddities) + len(origin.disagree)
        return CellWords(
            symbol=ODD if bad or odd else "",
            # Translators: whether a report is unchanged since it was saved: yes or no.
            word=text(N_("unchanged: {answer}"), answer=text(YES if origin.unchanged else NO)),
            tone=Tone.NOT_MET if bad else Tone.OPEN if odd else Tone.QUIET,
            # Translators: whether a report answers the reader's invitation: yes, no, expired.
            value=text(N_("invitation: {answer}"), answer=text(ANSWERS[origin.answers])),
            mark=self._third(origin, odd),
        )

    def _third(self, origin: Origin, odd: int) -> str:
        if odd:
            return self.reader.plural(
                "{n} thing does not fit together.", "{n} things do not fit together.", odd
            )
        if origin.report is None:
            return ""
        # Translators: of the figures in a report: the employer's measuring server saw some itself.
        said = N_("observed in part") if origin.observed else N_("cannot be proven")
        return self.reader.text(said)

    def _check(self, side: Side) -> CellWords:
        if side.session is None:
            return CellWords(word=DASH)
        system = SYSTEM_NAMES.get(system_of(side.session.platform))
        return CellWords(
            word=self.reader.date(side.session.started),
            value=system or self.reader.text(OTHER_NAME),
        )

    # --- what is asked -------------------------------------------------------------------------

    def _line(self, line: Line) -> LineWords:
        cells = map(self._cell, line.cells, self._writers)
        differs = self.reader.text(DIFFERENCES[line.difference])
        if not line.requirement:
            title = clean(self._titles.title(line.metric))
            asked = self.reader.text(N_("not asked for"))
            words = self._heard(line.metric, title, cells)
        else:
            row = self._asked[line.requirement]
            asked = self.reader.text(N_("{title}: {value}"), title=row.level, value=row.asked)
            words = self._heard(line.requirement, row.title, cells)
        return replace(words, asked=asked, difference=line.difference, differs=differs)

    def _cell(self, cell: Cell, writer: Writer | None) -> CellWords:
        if writer is None or cell.mark is None:
            # Translators: of a report that was changed, so that no value in it is shown.
            word = self.reader.text(N_("not looked at"))
            return CellWords(symbol=ODD, word=word, tone=Tone.OPEN)
        found = (
            self._bare(cell, writer)
            if cell.finding is None
            else self._judged(cell, cell.finding, writer)
        )
        standing = cell.standing
        return replace(
            found,
            mark=self.reader.text(MARKS[cell.mark]),
            declared=cell.mark is Mark.DECLARED,
            standing="" if standing is None else self.reader.text(STANDINGS[standing]),
            standing_sign="" if standing is None else STANDING_SIGNS[standing],
        )

    def _judged(self, cell: Cell, finding: Finding, writer: Writer) -> CellWords:
        """A requirement: the verdict and what was found."""
        row = writer.row(finding)
        word = row.word
        if cell.disagrees:
            said = N_("nothing") if cell.said is None else explain.VERDICTS[cell.said]
            other = self.reader.text(said)
            word = self.reader.text(
                N_("{verdict} (the file says: {other})"), verdict=word, other=other
            )
        return CellWords(
            symbol=row.symbol,
            word=word,
            tone=TONES[row.verdict],
            value=_value(row.found, row.plus_minus),
        )

    def _bare(self, cell: Cell, writer: Writer) -> CellWords:
        """A value that nothing is asked of, or why there is none."""
        if isinstance(cell.fact, Measurement):
            value = _value(*writer.words.found(cell.fact, None))
        elif cell.fact is None:
            value = self.reader.text(N_("not checked"))
        else:
            value = self.reader.text(explain.short_failure(cell.fact))
        return CellWords(value=value)

    def _heard(self, name: str, title: str, cells: Iterable[CellWords]) -> LineWords:
        """A line each cell of which makes sense alone."""
        heard = tuple(
            replace(
                cell,
                # Translators: read by screen readers for one cell of a table: whose, what, value.
                said=self.reader.text(
                    N_("{report}; {title}: {value}"), report=report, title=title, value=cell.heard
                ),
            )
            for report, cell in zip(self.heads, cells, strict=True)
        )
        return LineWords(name=name, title=title, cells=heard)


_BAD = (Answers.NO, Answers.USED, Answers.EXPIRED)


def _without_folder(names: Sequence[str]) -> list[str]:
    """The names without the folders that all have in common."""
    shared = 0
    while all(name.find("/", shared) >= 0 for name in names):
        end = names[0].index("/", shared) + 1
        if len({name[:end] for name in names}) > 1:
            break
        shared = end
    return [name[shared:] or name for name in names]


def _without_ending(names: Sequence[str]) -> list[str]:
    """The names without an ending that all have in common, such as ``.readiness.json``."""
    parts = [name.split(".")[::-1] for name in names]
    shared = 0
    while all(len(one) > shared + 1 for one in parts) and len({one[shared] for one in parts}) == 1:
        shared += 1
    cut = [".".join(one[shared:][::-1]) for one in parts]
    return cut if all(cut) else list(names)


def _end(name: str) -> str:
    return name if len(name) <= HEAD else f"…{name[1 - HEAD :]}"


def _value(found: str, plus_minus: str) -> str:
    """A value that breaks before its uncertainty, never within it."""
    half = plus_minus.replace(" ", NARROW_NO_BREAK_SPACE)
    return " ".join(part for part in (_short(found), half) if part)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"
