"""``--details``: how the measured values were found, in 80 columns, check by check."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click
from rich.padding import Padding
from rich.text import Text

from readiness.cli.console import out
from readiness.model.measurement import EvidenceKind
from readiness.model.text import N_
from readiness.report.told import told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from readiness.locale import Reader
    from readiness.report.evidence import Fact
    from readiness.report.told import Check
    from readiness.report.words import Row


def with_details(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a subcommand ``--details``."""
    return click.option("--details", is_flag=True, help="Tell how each measured value was found.")(
        command
    )


def print_details(rows: Iterable[Row], reader: Reader) -> None:
    """Print method, readings, interval and facts of everything that was measured."""
    measured = [row for row in rows if row.kind is EvidenceKind.MEASURED and row.method]
    checks = told(_once(measured), (), reader)
    if not checks:
        return
    console = out()
    console.print()
    console.print(Text(reader.text(N_("How it was measured")), style="bold"))
    for check in checks:
        console.print()
        _print_check(check)


def _once(rows: Iterable[Row]) -> list[Row]:
    """Of several requirements of one metric the first."""
    return list({row.metric: row for row in reversed(list(rows))}.values())[::-1]


def _print_check(check: Check) -> None:
    if check.title:
        out().print(Text(check.title, style="bold"))
    _print_indented((check.method, _joined(check.facts)))
    for one in check.told:
        value = " ".join(part for part in (one.row.course, one.row.plus_minus) if part)
        out().print(Padding(Text.assemble((one.row.title, "bold"), f"  {value}"), (0, 0, 0, 2)))
        _print_indented((one.how, _joined(one.own)), by=4)
        _print_indented((one.attempts,), by=4)
        _print_indented(one.cautions, by=4, style="yellow")


def _print_indented(paragraphs: Iterable[str], *, by: int = 2, style: str = "") -> None:
    for paragraph in paragraphs:
        if paragraph:
            out().print(Padding(Text(paragraph, style=style), (0, 0, 0, by)))


def _joined(facts: Iterable[Fact]) -> str:
    return "; ".join(f"{name}: {value}" for name, value in facts)
