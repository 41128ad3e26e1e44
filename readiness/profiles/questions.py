"""Questions to the person: yes or no, one of some choices, hours of a week. Never free text."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from readiness.locale import RESOURCES
from readiness.model.requirement import AnswerKind, Question
from readiness.model.text import N_
from readiness.profiles.advice import read_advice
from readiness.profiles.faults import Faults, nearest, shown
from readiness.profiles.table import KEBAB, LONGEST_ID, SNAKE, Table
from readiness.profiles.tree import MAX_BYTES, read_tree
from readiness.storage import read_limited

if TYPE_CHECKING:
    from collections.abc import Container, Mapping

    from readiness.model.text import LocalText

MAX_QUESTIONS = 100
MAX_CHOICES = 80
FEWEST_CHOICES = 2
YES_NO = ("yes", "no")
"""How pictures name the answers to a question for yes or no."""


@cache
def shipped_questions() -> Mapping[str, Question]:
    """The questions that every profile may use, by id.

    Raises:
        InputError: The file that came with the product is damaged.
    """
    path = RESOURCES / "questions.toml"
    faults = Faults(path.name)
    tree = read_tree(read_limited(path, MAX_BYTES), faults)
    found: dict[str, Question] = {}
    if tree is not None:
        whole = Table(tree, "", faults)
        whole.only("schema", "question")
        found = read_questions(whole, taken=())
    if faults.found:
        raise faults.found[0]
    return found


def read_questions(whole: Table, taken: Container[str]) -> dict[str, Question]:
    """The ``[[question]]`` entries of a file, by id. ``taken``: ids that it must not use anew."""
    found: dict[str, Question] = {}
    for table in whole.tables("question", MAX_QUESTIONS):
        question = _question(table)
        if question.id in taken:
            table.fault(
                "profile-question-taken",
                N_("The question {question} comes with the product."),
                "id",
                N_("Choose another id, or leave this entry out and use the question as it is."),
                question=question.id,
            )
        elif question.id in found:
            table.fault(
                "profile-duplicate-id",
                N_("The id {id} stands here twice."),
                "id",
                N_("Give each entry an id of its own."),
                id=question.id,
            )
        found[question.id] = question
    return found


def _question(table: Table) -> Question:
    table.only("id", "kind", "text", "title", "why", "choices", "advice", "picture", "pictures")
    kind = table.word("kind", AnswerKind)
    choices = _choices(table, kind)
    return Question(
        id=table.name("id", SNAKE, "quiet_room"),
        kind=kind,
        text=table.local("text"),
        title=table.local("title"),
        why=table.local("why", required=False),
        choices=choices,
        advice=read_advice(table, (True, False) if kind is AnswerKind.YES_NO else tuple(choices)),
        picture=_picture(table, "picture") if "picture" in table else "",
        pictures=_pictures(table, YES_NO if kind is AnswerKind.YES_NO else choices),
    )


@cache
def known_pictures() -> frozenset[str]:
    """Names of the drawings that come with the product."""
    return frozenset(path.stem for path in (RESOURCES / "pictures").glob("*.svg"))


def _picture(table: Table, key: str) -> str:
    name = table.string(key, "phone-corded")
    if not name or name in known_pictures():
        return name
    near = nearest(name, known_pictures())
    table.fault(
        "profile-unknown-picture",
        N_("There is no picture {picture}."),
        key,
        N_("Did you mean {near}?") if near else N_("Write one of: {allowed}."),
        picture=shown(name),
        near=near,
        allowed=", ".join(sorted(known_pictures())),
    )
    return ""


def _pictures(table: Table, answers: Container[str]) -> dict[str, str]:
    pictures = table.table("pictures", 'pictures = { yes = "door-closed", no = "door-none" }')
    if pictures is None:
        return {}
    for answer in pictures.tree:
        if answer not in answers:
            pictures.fault(
                "profile-picture-of-nothing",
                N_("{answer} is no answer to this question."),
                shown(answer),
                N_("Name an answer: yes, no, or one of the choices."),
                answer=shown(answer),
            )
    return {answer: _picture(pictures, answer) for answer in pictures.tree}


def _choices(table: Table, kind: AnswerKind) -> dict[str, LocalText]:
    example = 'choices = { daily = { en = "every day" }, never = { en = "never" } }'
    choices = table.table("choices", example)
    if kind is not AnswerKind.CHOICE:
        if choices is not None:
            table.fault(
                "profile-choices-of-yes-no",
                N_("A question for yes or no has no choices.")
                if kind is AnswerKind.YES_NO
                else N_("A question for hours of a week has no choices."),
                "choices",
                N_('Leave them out, or write kind = "choice".'),
            )
        return {}
    if choices is None:
        if "choices" not in table:
            table.missing("choices", example)
        return {}
    if not FEWEST_CHOICES <= len(choices.tree) <= MAX_CHOICES:
        table.fault(
            "profile-number-of-choices",
            N_("A question has {fewest} to {most} choices."),
            "choices",
            N_("Add some or leave some out."),
            fewest=FEWEST_CHOICES,
            most=MAX_CHOICES,
        )
        return {}
    return {name: _choice(choices, name) for name in choices.tree}


def _choice(choices: Table, name: str) -> LocalText:
    if len(name) > LONGEST_ID or not KEBAB.fullmatch(name):
        choices.fault(
            "profile-id",
            N_("{value} cannot be an id."),
            shown(name),
            N_("Use small letters, digits and one kind of dash, like this: {example}"),
            value=shown(name),
            example="no-children",
        )
    return choices.local(name)
