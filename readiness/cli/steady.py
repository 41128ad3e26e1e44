"""``steady``: watch the line for a long time, and set watches of different hours side by side."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.table import Table
from rich.text import Text

from readiness.cli.check import METHODS, PUBLIC, check_line, stop_on_interrupt
from readiness.cli.console import TerminalProgress, err, interactive, key_values, out, print_json
from readiness.cli.guided import AbsentPerson
from readiness.cli.person import ask_consent
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.explain import evening_words, failure_words
from readiness.locale import Reader
from readiness.model.text import N_
from readiness.ports import LONGEST_MINUTES, SHORTEST_MINUTES, Choices, Need
from readiness.probes import all_metrics
from readiness.profiles import DEFAULT
from readiness.steady_runs import PROBE_ID, SteadyRun, worse_in_the_evening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.engine import Engine, Plan
    from readiness.model.measurement import Session
    from readiness.steady_runs import Worse

with_minutes = click.option(
    "--minutes",
    default=SHORTEST_MINUTES,
    show_default=True,
    type=click.IntRange(SHORTEST_MINUTES, LONGEST_MINUTES),
    metavar="N",
    help="How long the line is watched.",
)


@cli.command(epilog="Example: readiness steady --minutes 20 --server http://192.0.2.7:8077")
@with_minutes
@click.option(
    "--server",
    default="",
    metavar="URL",
    help="Address of a measuring server: a readiness serve, or one of --method's kind.",
)
@click.option(
    "--method",
    default="",
    type=click.Choice(("", *METHODS)),
    metavar="NAME",
    help=f"Whose server answers: {', '.join(METHODS)}. Without --server {', '.join(PUBLIC)} "
    "send one small packet a second to public servers of Cloudflare and Google.",
)
@click.option("--list", "listed", is_flag=True, help="Show all watches that were kept.")
@with_json
@with_language
def steady(
    *, minutes: int, server: str, method: str, listed: bool, as_json: bool, language: str
) -> Exit:
    """Watch the line for 10 to 60 minutes: drop-outs, Wi-Fi dips, slow hours.

    With a readiness serve 10 small packets a second go there and back, 14 MB an hour. Ctrl+C ends
    it; what was seen until then is kept. Do it again at other times of day: all watches are kept,
    and --list sets them side by side.
    """
    engine, reader = make_engine(), Reader(language)
    if listed:
        return _list(engine, reader, as_json=as_json)
    check_line(server, method, ())
    engine.check_clock()
    consent = frozenset({Need.NETWORK} if server or method else ())
    choices = Choices(consent=consent, server=server, method=method, minutes=minutes)
    plan = engine.plan([engine.profile(DEFAULT)], only=[PROBE_ID], choices=choices)
    said = reader.text(
        N_("Watching the line for {minutes} minutes. Ctrl+C ends it; what was seen is kept."),
        minutes=reader.number(minutes),
    )
    err().print(Text(said))
    if interactive():
        plan = replace(plan, choices=ask_consent(plan, reader))
    session = _watch(engine, plan, reader)
    engine.keep_watch(session)
    if not session.runs:  # stopped before it began
        return Exit.OPEN
    run = SteadyRun(session=session.id, run=session.runs[-1])
    if as_json:
        print_json({"session": session.id, "run": run.run})
    else:
        _show(run, reader)
    return Exit.READY if run.run.measurements else Exit.OPEN


def _watch(engine: Engine, plan: Plan, reader: Reader) -> Session:
    stop = threading.Event()
    with stop_on_interrupt(stop), TerminalProgress(reader, shown=True) as progress:
        return engine.run(plan, person=AbsentPerson(), listener=progress, stop=stop)


def _show(one: SteadyRun, reader: Reader) -> None:
    """The figures of one watch, and why some are missing."""
    metrics = all_metrics()
    pairs = []
    for found in one.run.measurements:
        metric = metrics[found.metric]
        value = _quantity(one, found.metric, reader)
        if found.uncertainty:
            value += f" ± {reader.number(found.uncertainty, metric.resolution)}"
        pairs.append((reader.text(metric.title), value))
    out().print(key_values(pairs))
    if one.ended_by not in ("", "through"):
        out().print(Text(reader.text(N_("It was ended early; this is what was seen until then."))))
    for failure in one.run.failures:
        words = " ".join(failure_words(failure, reader))
        out().print(Text(f"{reader.text(metrics[failure.metric].title)}: {words}"))


def _quantity(one: SteadyRun, metric: str, reader: Reader) -> str:
    found = one.measurement(metric)
    if found is None or isinstance(found.value, str):
        return "-"
    return reader.quantity(found.value, found.unit, all_metrics()[metric].resolution)


def _list(engine: Engine, reader: Reader, *, as_json: bool) -> Exit:
    runs = engine.watches()
    worse = worse_in_the_evening(runs)
    if as_json:
        print_json(_document(runs, worse))
        return Exit.READY
    if not runs:
        out().print(Text(reader.text(N_("The line has not been watched yet."))))
        return Exit.READY
    table = Table(box=None, pad_edge=False, padding=(0, 1))
    for title in (
        N_("Begun"),
        N_("Minutes"),
        # Translators: short for: how often the line dropped out.
        N_("Drop-outs"),
        N_("Longest"),
        # Translators: short for: share of lost packets.
        N_("Lost"),
        # Translators: short for: round trip that 95 of 100 packets do not exceed.
        N_("Round trip"),
    ):
        table.add_column(reader.text(title), overflow="fold")
    for one in runs:
        columns = (
            reader.date(one.run.started),
            reader.number(one.run.duration_s / 60),  # s => min
            _quantity(one, "line.dropouts", reader),
            _quantity(one, "line.dropout_longest", reader),
            _quantity(one, "line.loss_steady", reader),
            _quantity(one, "line.round_trip_steady_p95", reader),
        )
        table.add_row(*map(Text, columns))
    out().print(table)
    for one_worse in worse:
        out().print(Text(evening_words(one_worse, reader)))
    return Exit.READY


def _document(runs: Sequence[SteadyRun], worse: Sequence[Worse]) -> dict[str, object]:
    return {
        "runs": [
            {
                "session": one.session,
                "local_time": one.run.started.astimezone().isoformat(),
                "evening": one.in_evening(),
                "run": one.run,
            }
            for one in runs
        ],
        "evening_congestion": [
            {"metric": one.metric, "evening": one.evening.value, "others": one.others.value}
            for one in worse
        ],
    }
