"""How the terminal shows things: streams, colour only where the terminal has it, progress."""

from __future__ import annotations

import codecs
import io
import json
import re
import sys
from typing import TYPE_CHECKING, Any

import msgspec
from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.progress import BarColumn, Progress, TaskID, TextColumn
from rich.table import Column, Table
from rich.text import Text

from readiness.engine import JournalFailed, LiveValue, ProbeEnded, ProbeStarted
from readiness.engine import Progress as ProbeProgress
from readiness.model.finding import Verdict
from readiness.model.text import N_
from readiness.probes import all_metrics, all_probes
from readiness.report.words import cause_lead

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from readiness.engine import Event
    from readiness.locale import Reader
    from readiness.ports import Live
    from readiness.report.words import Practised, Row

VERDICT_STYLE = {
    Verdict.PASS: "green",
    Verdict.FAIL: "red",
    Verdict.BORDERLINE: "yellow",
    Verdict.UNKNOWN: "yellow",
    Verdict.NOT_APPLICABLE: "dim",
}

NARROWEST = 20
WIDEST_VERDICT = 14
NARROWEST_GROUND = 8
"""So that “measured” is not broken in two."""
LONGEST_TITLE = 30
BAR = 16
"""Title, bar and value fit into 80 columns."""
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def out() -> Console:
    """Where results go: standard output."""
    return _wide_enough(Console(highlight=False, soft_wrap=False))


def err() -> Console:
    """Where progress, questions and errors go: standard error."""
    return _wide_enough(Console(stderr=True, highlight=False))


def _wide_enough(console: Console) -> Console:
    """A terminal that says it has no columns (``COLUMNS=0``) would get no text at all."""
    console.width = max(console.width, NARROWEST)
    return console


def print_json(document: object) -> None:
    """Print one JSON document and nothing else."""
    print_raw(msgspec.json.encode(document))


def print_raw(data: bytes) -> None:
    """Print a JSON document, indented. Where the terminal has no UTF-8, letters are escaped."""
    text = msgspec.json.format(data, indent=2).decode()
    if codecs.lookup(sys.stdout.encoding or "ascii").name != "utf-8":
        text = _NOT_ASCII.sub(lambda found: json.dumps(found[0])[1:-1], text)
    sys.stdout.write(text + "\n")


def interactive() -> bool:
    """Whether a person sits there: nothing is asked otherwise."""
    if sys.stdin is None or not sys.stdin.isatty():
        return False
    # On Windows NUL calls itself a terminal; a real console is not read as a file (PEP 528).
    raw = getattr(getattr(sys.stdin, "buffer", None), "raw", None)
    return sys.platform != "win32" or not isinstance(raw, io.FileIO)


def print_rows(rows: Iterable[Row], headline: tuple[str, str], reader: Reader) -> None:
    """Print the result as a table that fits 80 columns, then what to do about it."""
    console = out()
    shown = list(rows)
    console.print(Text(headline[0], style="bold"))
    console.print(Text(headline[1]))
    console.print()
    table = Table(box=None, pad_edge=False, padding=(0, 1), show_edge=False, expand=True)
    table.add_column("", width=1)
    table.add_column(reader.text(N_("Requirement")), ratio=6, overflow="fold")
    table.add_column(reader.text(N_("Found")), ratio=4, overflow="fold")
    table.add_column(reader.text(N_("Asked")), ratio=6, overflow="fold")
    table.add_column(reader.text(N_("Rests on")), ratio=3, width=NARROWEST_GROUND, overflow="fold")
    table.add_column(reader.text(N_("Verdict")), max_width=WIDEST_VERDICT, overflow="fold")
    for row in shown:
        style = VERDICT_STYLE[row.verdict]
        table.add_row(
            Text(row.symbol, style=style),
            Text(row.title),
            Text(" ".join(part for part in (row.course, row.plus_minus) if part)),
            Text(row.asked),
            Text(row.rests_on),
            Text(row.word, style=style),
        )
    console.print(table)
    _print_advice(console, [row for row in shown if _needs_advice(row)], reader)


def print_practised(found: Sequence[Practised], reader: Reader) -> None:
    """Print what was practised: figures without a verdict; nothing if nobody did."""
    from readiness.report.practised import NOTE, TITLE

    if not found:
        return
    console = out()
    console.print()
    console.print(Text(reader.text(TITLE), style="bold"))
    console.print(Text(reader.text(NOTE)))
    console.print()
    values = (" ".join(part for part in (one.found, one.plus_minus) if part) for one in found)
    console.print(key_values(zip((one.title for one in found), values, strict=True)))


def _needs_advice(row: Row) -> bool:
    return row.verdict in (Verdict.FAIL, Verdict.BORDERLINE, Verdict.UNKNOWN)


def _print_advice(console: Console, rows: Sequence[Row], reader: Reader) -> None:
    """Why, and what to do, free things first; rows that want the same share one paragraph."""
    wanted: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        paragraphs = tuple(_paragraphs(row, reader))
        if paragraphs:
            wanted.setdefault(paragraphs, []).append(row)
    if not wanted:
        return
    console.print()
    console.print(Text(reader.text(N_("What you can do")), style="bold"))
    for paragraphs, about in wanted.items():
        titles = ", ".join(row.title for row in about)
        console.print(Padding(Text(f"{about[0].symbol} {titles}", style="bold"), (1, 0, 0, 0)))
        for paragraph in paragraphs:
            console.print(Padding(Text(paragraph), (0, 0, 0, 2)))


def _paragraphs(row: Row, reader: Reader) -> Iterator[str]:
    if row.reason:
        yield row.reason
    if row.cause:
        lead = cause_lead(row, reader)
        yield reader.text(N_("{title}: {value}"), title=lead, value=row.cause)
    for cost, advice in row.advice:
        yield reader.text(N_("{title}: {value}"), title=cost, value=advice) if cost else advice


class TerminalProgress:
    """A listener that draws one progress bar per probe on standard error, each on one line.

    Beside it stands the value of this moment. Where standard error is no terminal, nothing can be
    drawn over: there each probe is one line of plain text when it has ended.
    """

    def __init__(self, reader: Reader, *, shown: bool) -> None:
        self._reader = reader
        console = err()
        self._plain = console if shown and not console.is_terminal else None
        self._bar = Progress(
            TextColumn("{task.description}", table_column=_one_line(LONGEST_TITLE)),
            BarColumn(bar_width=BAR),
            TextColumn("{task.fields[note]}", table_column=_one_line()),
            console=console,
            disable=not shown or self._plain is not None,
            transient=False,
        )
        self._task: TaskID | None = None

    def __enter__(self) -> TerminalProgress:  # noqa: PYI034 - never subclassed
        """Start drawing."""
        self._bar.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop drawing and leave the bars as they are."""
        self._bar.stop()

    def pause(self) -> None:
        """Stop drawing while a person reads or types."""
        self._bar.stop()

    def go_on(self) -> None:
        """Draw again."""
        self._bar.start()

    def __call__(self, event: Event) -> None:
        """Show one event."""
        if isinstance(event, ProbeStarted):
            self._task = self._bar.add_task(escape(self._title(event.probe)), total=1.0, note="")
        elif isinstance(event, JournalFailed):
            self._bar.console.print(Text(event.reason, style="yellow"))
        elif self._task is not None:
            self._update(self._task, event)

    def _title(self, probe: str) -> str:
        return self._reader.text(all_probes()[probe].title)

    def _update(self, task: TaskID, event: Event) -> None:
        if isinstance(event, ProbeProgress):
            self._bar.update(task, completed=event.fraction)
        elif isinstance(event, LiveValue):
            self._bar.update(task, note=escape(self._now(event.live)))
        elif isinstance(event, ProbeEnded):
            missing = bool(event.run.failures) and not event.run.measurements
            note = self._reader.text(N_("could not be measured")) if missing else ""
            self._bar.update(task, completed=1.0, note=note)
            if self._plain is not None:
                said = note or self._reader.text(N_("done"))
                title = self._title(event.run.probe)
                line = self._reader.text(N_("{title}: {value}"), title=title, value=said)
                self._plain.print(Text(line))

    def _now(self, live: Live) -> str:
        """The value of this moment with what it is: "Download 24.6 Mbit/s"."""
        metric = all_metrics()[live.metric]
        title = self._reader.text(metric.live or metric.title)
        step = live.step(metric.resolution)
        return f"{title} {self._reader.quantity(live.value, live.unit, step)}"


def _one_line(width: int | None = None) -> Column:
    """A column that is cut rather than flowing onto a second line, which would jump."""
    return Column(no_wrap=True, overflow="ellipsis", max_width=width)


def key_values(pairs: Iterable[tuple[str, Any]]) -> Table:
    """A plain two-column table."""
    table = Table(box=None, show_header=False, pad_edge=False)
    for key, value in pairs:
        table.add_row(Text(key, style="bold"), Text(str(value)))
    return table
