"""``readiness check``: plan, measure, ask, judge, write the report files."""

from __future__ import annotations

import contextlib
import signal
import threading
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.answers import Answers, read_answers
from readiness.cli.console import TerminalProgress, err, interactive
from readiness.cli.details import with_details
from readiness.cli.guided import AbsentPerson, TerminalPerson, UnattendedPerson
from readiness.cli.hear import offer_hearing
from readiness.cli.invited import opened, show_invitation
from readiness.cli.person import ask_consent, ask_playing, ask_questions, hosts_said
from readiness.cli.result import (
    Output,
    check_withheld,
    chosen_formats,
    finish,
    with_withhold,
)
from readiness.cli.root import Exit, cli, make_engine, with_json, with_language
from readiness.engine import Recorded
from readiness.locale import Reader
from readiness.model.errors import InputError, StorageError
from readiness.model.line_method import LINE_METHODS, PUBLIC_METHODS, line_method
from readiness.model.text import N_
from readiness.ports import LONGEST_MINUTES, SHORTEST_MINUTES, Choices, Need
from readiness.probes import all_metrics, all_probes
from readiness.profiles import DEFAULT, all_questions

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from readiness.engine import Engine, Event, Plan
    from readiness.journal import Unfinished
    from readiness.model.measurement import Session, Value
    from readiness.ports import Person, Take

SERVE = "serve"
METHODS = tuple(method.id for method in LINE_METHODS)
PUBLIC = tuple(method.id for method in PUBLIC_METHODS)


@cli.command(
    epilog="Example: readiness check --profile germany-eu --server http://192.0.2.7:8080 "
    "--answers mine.toml --out reports"
)
@click.option("--profile", "references", multiple=True, metavar="ID|FILE", help="Whose list.")
@click.option(
    "--invitation",
    "invitation_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Answer this invitation: its list, its measuring server.",
)
@click.option("--only", multiple=True, metavar="PROBE", help="Measure just this.")
@click.option(
    "--with",
    "extras",
    multiple=True,
    metavar="PROBE",
    help="Measure this too: unplug, line_steady, skills.",
)
@click.option("--skip", multiple=True, metavar="PROBE", help="Do not measure this.")
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="What only you know, as TOML: [answers] and [prompts].",
)
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
    help=f"How the line is measured: {', '.join(METHODS)}. Without --server {', '.join(PUBLIC)} "
    "use public servers, and those of Cloudflare and Google for the stream of a call. "
    "ndt7 publishes results with your internet address.",
)
@click.option(
    "--fallback",
    "fallbacks",
    multiple=True,
    type=click.Choice(PUBLIC),
    metavar="NAME",
    help=f"If that fails, this public one is tried: {', '.join(PUBLIC)}. May be repeated.",
)
@click.option("--thorough", is_flag=True, help="Measure the line for longer and more exactly.")
@click.option(
    "--minutes",
    default=SHORTEST_MINUTES,
    show_default=True,
    type=click.IntRange(SHORTEST_MINUTES, LONGEST_MINUTES),
    metavar="N",
    help="How long --only line_steady watches the line.",
)
@click.option("--input", "input_device", default="", metavar="DEVICE", help="The microphone.")
@click.option("--output", "output_device", default="", metavar="DEVICE", help="The headset.")
@click.option(
    "--budget-mb",
    default=250,
    show_default=True,
    type=click.IntRange(1, 100_000),
    metavar="N",
    help="The line may move so much data.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="Where the report goes; here by default.",
)
@click.option(
    "--format",
    "formats",
    default="json,html,pdf",
    show_default=True,
    callback=chosen_formats,
    metavar="LIST",
    help="Kinds of report file.",
)
@with_withhold
@click.option("--resume", is_flag=True, help="Go on with the check that was cut off last.")
@click.option("--discard", is_flag=True, help="Forget checks that were cut off; begin a new one.")
@with_details
@with_json
@with_language
def check(
    *,
    references: tuple[str, ...],
    invitation_file: Path | None,
    only: tuple[str, ...],
    extras: tuple[str, ...],
    skip: tuple[str, ...],
    answers_file: Path | None,
    server: str,
    method: str,
    fallbacks: tuple[str, ...],
    thorough: bool,
    minutes: int,
    input_device: str,
    output_device: str,
    budget_mb: int,
    out: Path,
    formats: tuple[str, ...],
    withheld: tuple[str, ...],
    resume: bool,
    discard: bool,
    details: bool,
    as_json: bool,
    language: str,
) -> Exit:
    """Measure this home office and write a report.

    Nothing is sent or recorded before you agree: on a terminal you are asked; elsewhere --server or
    --method agrees to measuring the line, and [prompts] in the answers file to recording.
    """
    _check_together(resume, discard, references, invitation_file, (*only, *extras, *skip))
    engine, reader = make_engine(), Reader(language)
    engine.check_clock()
    agreed, session = server, None
    if invitation_file:
        references, session = _accepted(engine, invitation_file, reader)
    unfinished = _cut_off(engine) if resume else None
    session = unfinished.session if unfinished else session
    server = _server_of(engine, session, server, method)
    check_line(server, method, fallbacks)
    if discard:
        _discard(engine)
    named = unfinished.entry.profiles if unfinished else references or (DEFAULT,)
    own = {q.id: q for reference in named for q in engine.profile(reference).questions}
    known = {**own, **all_questions()}
    output = Output(
        reader=reader,
        folder=out,
        formats=formats,
        as_json=as_json,
        details=details,
        withheld=check_withheld(withheld, {*all_metrics(), *(q.metric for q in known.values())}),
    )
    answers = read_answers(answers_file, known) if answers_file else Answers()
    choices = Choices(
        consent=_consent(agreed, method, answers),
        server=server,
        method=method,
        fallbacks=fallbacks,
        thorough=thorough,
        minutes=minutes,
        input=input_device,
        output=output_device,
        budget_mb=budget_mb,
        language=reader.language,
    )
    if unfinished:
        plan = engine.resume_plan(unfinished, choices)
    else:
        _check_names((*only, *extras, *skip))
        chosen = [engine.profile(reference) for reference in named]
        plan = engine.plan(chosen, only=only, skip=skip, choices=choices, references=named)
        plan = _extended(engine, plan, extras)
        _mention_unfinished(engine, reader)
    plan = _agree(plan, reader)
    said = dict(answers.answers)
    if unfinished:
        said = {**engine.resumed_answers(unfinished, plan), **said}
    try:
        recorded: list[Take] = []
        session, stopped = _measure(engine, plan, session, answers, reader, recorded=recorded)
        if interactive() and not stopped:
            choices = ask_playing(plan, reader) if recorded else plan.choices
            if recorded and Need.LOUDSPEAKER in choices.consent:
                offer_hearing(engine.own_voice(recorded[-1], choices), reader)
            keep = partial(_keep_answers, engine, session, plan)
            said = ask_questions(plan.questions, said, reader, keep)
        if said:
            session = engine.answer(session, plan, said)
        return finish(engine, plan.profiles, session, output, stopped=stopped)
    except (click.Abort, KeyboardInterrupt):
        _say_stopped(reader)
        raise


def _check_together(
    resume: bool,  # noqa: FBT001 - as click hands it over
    discard: bool,  # noqa: FBT001 - the same
    references: Sequence[str],
    invitation: Path | None,
    named: Sequence[str],
) -> None:
    """Refuse options that contradict each other."""
    if resume and (references or invitation or named):
        raise click.UsageError(
            "--resume goes on as planned: leave out --profile, --only, --with, --skip."
        )
    if resume and discard:
        raise click.UsageError("--resume goes on with what --discard forgets: choose one.")
    if references and invitation:
        raise click.UsageError("--invitation brings its own list: leave out --profile.")


def _accepted(engine: Engine, file: Path, reader: Reader) -> tuple[tuple[str, ...], Session]:
    """Show and accept an invitation: what a plan calls its list, and the session that answers."""
    invitation = opened(engine, file)
    show_invitation(invitation, reader, aside=True)
    reference, session = engine.accept(invitation)
    return (reference,), session


def _server_of(engine: Engine, session: Session | None, server: str, method: str) -> str:
    """The server to measure with: the one named, else the invitation's.

    Not for methods that use other servers. It is no consent: nobody agrees by being invited.
    """
    invitation = engine.answered_by(session) if session is not None else None
    if server or invitation is None or method not in ("", SERVE):
        return server
    return invitation.terms.server


def _keep_answers(
    engine: Engine, session: Session, plan: Plan, answers: Mapping[str, Value]
) -> None:
    """Put them on disk; where that is refused, they are in the report all the same."""
    try:
        engine.keep_answers(session, plan, answers)
    except StorageError as error:
        err().print(Text(str(error)))


def _consent(server: str, method: str, answers: Answers) -> frozenset[Need]:
    """Naming a server or a method, or a way of prompting, is agreeing to it."""
    agreed = set()
    if server or method:
        agreed.add(Need.NETWORK)
    if answers.mode:
        agreed |= {Need.MICROPHONE, Need.LOUDSPEAKER}
    return frozenset(agreed)


def check_line(server: str, method: str, fallbacks: Sequence[str]) -> None:
    """Refuse what goes together badly before anything is sent."""
    known = line_method(method)
    if known is not None and server and not known.takes_server:
        raise click.UsageError(f"--server is not for --method {method}, which uses other servers.")
    if known is not None and known.needs_server and not server:
        raise click.UsageError(f"--method {method} needs the address of one: add --server.")
    if fallbacks and not (server or method):
        raise click.UsageError("--fallback is for when --server or --method fails: name that too.")


def _check_names(names: Sequence[str]) -> None:
    for name in names:
        if name not in all_probes():
            raise InputError(
                "no-such-probe",
                N_("There is no probe named {name}."),
                where="--only/--with/--skip",
                hint=N_("Known are: {known}."),
                name=name,
                known=", ".join(all_probes()),
            )


def _extended(engine: Engine, plan: Plan, extras: Sequence[str]) -> Plan:
    """The plan with these probes, and the optional ones that it holds."""
    if not extras:
        return plan
    held = [probe.id for probe in plan.probes if probe.optional]
    return engine.extended(plan, [*held, *extras])


def _cut_off(engine: Engine) -> Unfinished:
    """The newest check that was cut off."""
    found = engine.unfinished()
    if not found:
        raise InputError(
            "nothing-to-resume",
            N_("No check was cut off."),
            where="--resume",
            hint=N_("Start a new one without --resume."),
        )
    return found[0]


def _discard(engine: Engine) -> None:
    """Forget every check that was cut off."""
    for found in engine.unfinished():
        engine.forget(found)


def _mention_unfinished(engine: Engine, reader: Reader) -> None:
    words = N_("An earlier check was cut off; --resume goes on with it, --discard forgets it.")
    if engine.unfinished():
        err().print(Text(reader.text(words)))


def _agree(plan: Plan, reader: Reader) -> Plan:
    """Say what will be done; at a terminal ask for what was not agreed to."""
    err().print(
        Text(
            reader.text(
                N_("Measuring {count} things, about {seconds} seconds."),
                count=len(plan.probes),
                seconds=reader.number(plan.seconds),
            )
        )
    )
    if plan.hosts and Need.NETWORK in plan.choices.consent:
        err().print(Text(hosts_said(plan.hosts, reader)))
    if not interactive():
        return plan
    return replace(plan, choices=ask_consent(plan, reader))


def _measure(
    engine: Engine,
    plan: Plan,
    session: Session | None,
    answers: Answers,
    reader: Reader,
    *,
    recorded: list[Take],
) -> tuple[Session, bool]:
    """Run the plan; returns what was found and whether the person stopped it.

    What the person may hear of themselves is put into ``recorded``.
    """
    stop = threading.Event()
    with stop_on_interrupt(stop), TerminalProgress(reader, shown=True) as progress:
        person: Person
        if answers.mode == "unattended":
            person = UnattendedPerson()
        elif interactive():
            person = TerminalPerson(reader, progress, stop)
        else:
            person = AbsentPerson()

        def listen(event: Event) -> None:
            if isinstance(event, Recorded):
                recorded.append(event.take)
            else:
                progress(event)

        session = engine.run(plan, person=person, listener=listen, stop=stop, session=session)
    if stop.is_set():
        _say_stopped(reader)
    return session, stop.is_set()


def _say_stopped(reader: Reader) -> None:
    err().print(Text(reader.text(N_("Stopped. What was measured is kept; --resume goes on."))))


@contextlib.contextmanager
def stop_on_interrupt(stop: threading.Event) -> Iterator[None]:
    """Ctrl+C, or being told to end, stops the measuring and the report is still written.

    A second time ends the program.
    """

    def interrupt(_number: int, _frame: object) -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()

    numbers = (getattr(signal, name, None) for name in ("SIGINT", "SIGTERM", "SIGHUP"))
    before = {number: signal.signal(number, interrupt) for number in numbers if number is not None}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
