"""What stands under a row that is not met or open: why, and the fix ladder; each of them once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness import explain
from readiness.model.finding import Verdict
from readiness.model.measurement import EvidenceKind
from readiness.model.text import N_
from readiness.report.told import as_for

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.locale import Reader
    from readiness.report.row import Row


@dataclass(frozen=True, kw_only=True)
class Panel:
    """The ladder under one row.

    Attributes:
        title: Names the row, so that it makes sense also on the next page.
        lead: What the cause is called; empty where the title says it.
        cause: Why it is so; empty if nothing is known or an earlier row says it.
        rungs: What it costs and what to do; the cost may be empty.
        refers: Instead of the rungs: which earlier row has them; empty if they stand here.
    """

    title: str
    lead: str = ""
    cause: str = ""
    rungs: tuple[tuple[str, str], ...] = ()
    refers: str = ""


def cause_lead(row: Row, reader: Reader) -> str:
    """What the cause of a row that is not met is called."""
    if row.kind is EvidenceKind.DECLARED:
        # Translators: stands before a sentence about why something is asked or what counts.
        return reader.text(N_("Good to know"))
    # Translators: stands before one or two sentences: why a value usually falls short.
    return reader.text(N_("Likely cause"))


def panels(rows: Iterable[Row], reader: Reader) -> tuple[Panel | None, ...]:
    """For each row what stands under it; none where nothing is to be said."""
    plain = {reader.text(r.what) for r in (explain.NOT_CHECKED, explain.NOT_ANSWERED)}
    first: dict[tuple[tuple[str, str], ...], Row] = {}
    found: list[Panel | None] = []
    for row in rows:
        if row.reason in plain or not (row.reason or row.cause or row.advice):
            found.append(None)
            continue
        earlier = first.setdefault(row.advice, row) if row.advice else row
        found.append(_panel(row, earlier, reader))
    return tuple(found)


def _panel(row: Row, earlier: Row, reader: Reader) -> Panel:
    why = row.reason or row.cause
    told = earlier is not row and (earlier.reason or earlier.cause) == why
    cause = "" if told else why
    return Panel(
        title=_title(row, reader),
        lead=cause_lead(row, reader) if row.cause and cause else "",
        cause=cause,
        rungs=row.advice if earlier is row else (),
        refers="" if earlier is row else as_for(earlier, reader),
    )


def _title(row: Row, reader: Reader) -> str:
    if row.verdict is Verdict.UNKNOWN:
        return reader.text(N_("{title}: why it is open"), title=row.title)
    return reader.text(N_("{title}: what usually helps"), title=row.title)
