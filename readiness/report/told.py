"""How the values were found, check by check: what HTML, PDF and terminal have in common.

The values of one check share most of their evidence. It stands once, above them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.model.measurement import QUESTIONS
from readiness.model.text import N_
from readiness.probes import all_probes
from readiness.report.attempts import attempts_line
from readiness.report.rows import DASH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from readiness.locale import Reader
    from readiness.report.evidence import Fact
    from readiness.report.row import Row


@dataclass(frozen=True, kw_only=True)
class Told:
    """How one value was found.

    Attributes:
        row: The requirement.
        how: Method unless the check tells it, readings and interval; a reference to an earlier row
            with the same value.
        attempts: All attempts on one line, if there were several and ``how`` does not only refer.
        cautions: As in the row; empty where ``how`` only refers.
        own: The facts that are not common to the check.
        everything: All facts; empty where ``how`` only refers.
        drawn: Whether the course of the value belongs here: it is not drawn elsewhere.
    """

    row: Row
    how: str
    attempts: str = ""
    cautions: tuple[str, ...] = ()
    own: tuple[Fact, ...] = ()
    everything: tuple[Fact, ...] = ()
    drawn: bool = False


@dataclass(frozen=True, kw_only=True)
class Check:
    """Values that one check found together.

    Attributes:
        title: Its name; empty for values that have nothing in common with another.
        method: The sentence that most of them would say.
        facts: What several of them state and none contradicts.
        told: The values.
    """

    title: str = ""
    method: str = ""
    facts: tuple[Fact, ...] = ()
    told: tuple[Told, ...]


def check_title(probe: str, reader: Reader) -> str:
    """What a check is called; its id if nobody here knows it."""
    known = all_probes().get(probe)
    if known is not None:
        return reader.text(known.title)
    return reader.text(N_("Own answers")) if probe == QUESTIONS else clean(probe)


def told(rows: Iterable[Row], drawn: Collection[str], reader: Reader) -> tuple[Check, ...]:
    """Every row that has something to tell: first the single ones, then check by check.

    Args:
        rows: The requirements.
        drawn: Metrics whose course is drawn elsewhere.
        reader: Who reads.
    """
    checks: dict[str, list[Row]] = {}
    for row in rows:
        if row.how or row.source:
            checks.setdefault(row.probe or f"alone {row.requirement}", []).append(row)
    found = [
        _check(probe, part, drawn, reader)
        for probe, own in checks.items()
        for part in _by_method(own)
    ]
    return tuple(sorted(found, key=lambda check: bool(check.title)))


def _by_method(rows: list[Row]) -> list[list[Row]]:
    """The rows of one check, those found in another way apart; a single one stays with the rest."""
    metrics: dict[str, set[str]] = {}
    for row in rows:
        if row.method:
            metrics.setdefault(row.method, set()).add(row.metric)
    ways = [method for method, found in metrics.items() if len(found) > 1]
    parts: dict[str, list[Row]] = {method: [] for method in ways}
    usual = max(ways, key=lambda method: len(metrics[method]), default="")
    for row in rows:
        parts.setdefault(row.method if row.method in ways else usual, []).append(row)
    return [part for part in parts.values() if part]


def _check(probe: str, rows: list[Row], drawn: Collection[str], reader: Reader) -> Check:
    single = {row.metric: row for row in rows if row.facts}
    shared = _agreed([row.facts for row in single.values()])
    methods = [row.method for row in single.values() if row.method]
    method = max(methods, key=methods.count, default="")
    if not shared or methods.count(method) < 2:  # noqa: PLR2004 - nothing to have in common
        return Check(told=_entries(rows, "", (), drawn, reader))
    return Check(
        title=check_title(probe, reader),
        method=method,
        facts=shared,
        told=_entries(rows, method, shared, drawn, reader),
    )


def _agreed(stated: list[tuple[Fact, ...]]) -> tuple[Fact, ...]:
    every = [fact for facts in stated for fact in facts]
    values: dict[str, set[str]] = {}
    for name, value in every:
        values.setdefault(name, set()).add(value)
    return tuple(
        fact for fact in dict.fromkeys(every) if len(values[fact[0]]) == 1 and every.count(fact) > 1
    )


def _entries(
    rows: list[Row],
    method: str,
    shared: tuple[Fact, ...],
    drawn: Collection[str],
    reader: Reader,
) -> tuple[Told, ...]:
    first: dict[tuple[str, str], Row] = {}
    entries = []
    for row in rows:
        earlier = first.setdefault((row.metric, row.how), row)
        if earlier is not row and row.how:
            entries.append(Told(row=row, how=as_for(earlier, reader)))
            continue
        how = (row.basis if method and row.method == method else row.how) or row.reason
        own = tuple(fact for fact in row.facts if fact not in shared)
        entries.append(
            Told(
                row=row,
                how=how or ("" if own else DASH),
                attempts=attempts_line(row.attempts, reader),
                cautions=row.cautions,
                own=own,
                everything=row.facts,
                drawn=_has_course(row) and row.metric not in drawn,
            )
        )
    return tuple(entries)


def as_for(earlier: Row, reader: Reader) -> str:
    """Refer to what an earlier row says."""
    return reader.text(N_("As for “{title}”."), title=earlier.title)


def _has_course(row: Row) -> bool:
    return row.trace is not None and len(row.trace.values) > 1
