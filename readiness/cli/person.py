"""The person at a terminal: consent and questions."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err
from readiness.model.errors import InputError
from readiness.model.line_method import PUBLIC_INTRODUCTION, PUBLIC_METHODS
from readiness.model.requirement import AnswerKind
from readiness.model.text import N_
from readiness.model.week import DAYS, parse_answer
from readiness.ports import Need
from readiness.week_words import a_week_words, week_words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.engine import Plan
    from readiness.locale import Reader
    from readiness.model.measurement import Value
    from readiness.model.requirement import Question
    from readiness.ports import Choices


def ask_consent(plan: Plan, reader: Reader) -> Choices:
    """Ask for each need of the plan that is not agreed to yet; no is the default.

    Where no measuring server was named, each public one is a question of its own.
    """
    choices = plan.choices
    agreed = set(choices.consent)
    texts = {
        Need.NETWORK: N_("Measure the line? This sends and receives up to {megabytes} MB."),
        Need.MICROPHONE: N_("Record your microphone for some seconds? Nothing is stored or sent."),
        Need.LOUDSPEAKER: N_("Play a sound on your loudspeaker or headset?"),
    }
    for need in sorted(plan.needs - agreed):
        question = reader.text(texts[need], megabytes=plan.megabytes)
        if need is Need.NETWORK and plan.hosts_only:
            question = hosts_asked(plan.hosts, reader)
        elif need is Need.NETWORK and plan.hosts:
            question = f"{question} {hosts_said(plan.hosts, reader)}"
        if not click.confirm(question, default=False, err=True):
            continue
        agreed.add(need)
        named = choices.server or choices.method or plan.hosts_only
        if need is Need.NETWORK and not named:
            chosen = _ask_public(reader)
            choices = replace(choices, method=next(iter(chosen), ""), fallbacks=chosen[1:])
    return replace(choices, consent=frozenset(agreed))


def ask_playing(plan: Plan, reader: Reader) -> Choices:
    """Ask whether a recording may be played, where no probe of the plan has asked for it."""
    choices = plan.choices
    if Need.LOUDSPEAKER in plan.needs | choices.consent:
        return choices
    question = reader.text(N_("Play a sound on your loudspeaker or headset?"))
    if not click.confirm(question, default=False, err=True):
        return choices
    return replace(choices, consent=choices.consent | {Need.LOUDSPEAKER})


def _ask_public(reader: Reader) -> tuple[str, ...]:
    """Which public servers may be used, each with who runs it, what it learns and publishes."""
    err().print(Text(reader.text(PUBLIC_INTRODUCTION)))
    return tuple(
        method.id
        for method in PUBLIC_METHODS
        if click.confirm(
            f"{method.title}: {reader.text(method.who)} {reader.text(method.learns)} "
            f"{reader.text(method.publishes)} {reader.text(N_('Use it?'))}",
            default=False,
            err=True,
        )
    )


def hosts_asked(hosts: tuple[str, ...], reader: Reader) -> str:
    """The question where nothing but the profile's hosts is contacted."""
    return reader.text(
        N_(
            "Try whether the hosts that the list of requirements names can be reached from here: "
            "{hosts}?"
        ),
        hosts=", ".join(hosts),
    )


def hosts_said(hosts: tuple[str, ...], reader: Reader) -> str:
    """Which hosts are contacted because the profile names them."""
    return reader.text(
        N_("The list of requirements names these hosts, which are contacted too: {hosts}."),
        hosts=", ".join(hosts),
    )


def ask_questions(
    questions: tuple[Question, ...],
    known: Mapping[str, Value],
    reader: Reader,
    keep: Callable[[Mapping[str, Value]], None],
) -> dict[str, Value]:
    """Ask what only the person knows; an empty answer leaves it open, the end of input the rest.

    ``keep`` is handed all answers after each.
    """
    answers: dict[str, Value] = dict(known)
    for question in questions:
        if question.id in answers:
            continue
        try:
            answer = _ask(question, reader)
        except click.Abort as ended:
            if isinstance(ended.__context__, EOFError):
                return answers
            raise
        if answer is not None:
            answers[question.id] = answer
            keep(answers)
    return answers


def _ask(question: Question, reader: Reader) -> Value | None:
    return (_ask_week if question.kind is AnswerKind.WEEK else _ask_choice)(question, reader)


def _ask_week(question: Question, reader: Reader) -> Value | None:
    """Hours of a week as text; days may be named in English or in the reader's language."""
    names = {name: day for day, name in enumerate(DAYS)}
    for day in range(7):
        for short in (False, True):
            names[reader.weekday(day, short=short).lower().rstrip(".")] = day
    first, last, other = (reader.weekday(day, short=True).lower().rstrip(".") for day in (0, 4, 5))
    example = f"{first}-{last} 9-17; {other} 10:30-14"
    # Translators: how to type hours of a week at a terminal.
    how = reader.text(N_("for instance {example}; press Enter to skip"), example=example)
    while True:
        prompt = f"{reader.local(question.text)} [{how}]"
        said = click.prompt(prompt, default="", show_default=False, err=True).strip()
        if not said:
            return None
        try:
            week = parse_answer(said, names)
        except InputError as error:
            problem, hint = (reader.text(text, **error.values) for text in (error.what, error.hint))
            err().print(Text(f"{problem} {hint}"))
            continue
        hours = a_week_words(week.hours, reader)
        err().print(Text(f"{week_words(week, reader)} ({hours})"))
        return week.text()


def _ask_choice(question: Question, reader: Reader) -> Value | None:
    choices: dict[str, Value] = {}
    labels: list[str] = []
    if question.kind is AnswerKind.YES_NO:
        yes, no = reader.text(N_("yes")), reader.text(N_("no"))
        choices = {yes: True, no: False, yes[0]: True, no[0]: False, "yes": True, "no": False}
        labels = [yes, no]
    else:
        for number, (value, label) in enumerate(question.choices.items(), start=1):
            choices[str(number)] = value
            labels.append(f"{number} {reader.local(label)}")
    prompt = f"{reader.local(question.text)} [{' / '.join(labels)}]"
    while True:
        said = click.prompt(prompt, default="", show_default=False, err=True).strip().lower()
        if not said:
            return None
        if said in choices:
            return choices[said]
        err().print(Text(reader.text(N_("Please choose one of these, or press Enter to skip."))))
