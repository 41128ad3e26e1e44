"""How a question of one's own is answered: with yes or no, or with one of several answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readiness.model.requirement import AnswerKind
from readiness.model.text import N_
from ui.employer.bound import Bound, Choice, Local, NotUsableError
from ui.employer.edits import OF_A_QUESTION, entries
from ui.theme import STEP
from ui.widgets.beside import Beside
from ui.widgets.button import Button, Look
from ui.widgets.label import caption

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader
    from readiness.profiles.draft import Place, ProfileDraft
    from ui.employer.drafting import Drafting

UNKNOWN = "unknown"
"""The answer that never decides."""
FEWEST, MOST = 2, 80
"""Of the answers to choose from, as the format of a profile has them."""

# --- changes, from draft to draft ----------------------------------------------------------------


def choices_of(draft: ProfileDraft, question: int) -> dict[str, Any]:
    """The answers to choose from, by their names in the file."""
    found = draft.value(("question", question, "choices"))
    return found if isinstance(found, dict) else {}


def answer_by(
    draft: ProfileDraft, question: int, kind: AnswerKind, words: tuple[str, str], language: str
) -> ProfileDraft:
    """With a question that is answered in this way, and every rule about it with what will do.

    ``words`` are yes and no in ``language``: the first two answers to choose from.
    """
    place: Place = ("question", question)
    if draft.value((*place, "kind")) == kind:
        return draft
    first, second = "answer-1", "answer-2"
    after = draft.put((*place, "kind"), kind)
    if kind is AnswerKind.CHOICE:
        pair = {first: {language: words[0]}, second: {language: words[1]}}
        after = after.put((*place, "choices"), pair)
    elif choices_of(after, question):
        after = after.drop((*place, "choices"))
    for number in _asking(after, question):
        accept = [first] if kind is AnswerKind.CHOICE else True
        after = after.put(("requirement", number, "accept"), accept)
    return after


def add_answer(draft: ProfileDraft, question: int, words: str, language: str) -> ProfileDraft:
    """With one more answer to choose from."""
    names, number = choices_of(draft, question), 1
    while f"answer-{number}" in names:
        number += 1
    place: Place = ("question", question, "choices", f"answer-{number}")
    return draft.put(place, {language: words})


def drop_answer(draft: ProfileDraft, question: int, name: str) -> ProfileDraft:
    """Without an answer, which no rule accepts any more."""
    after = draft.drop(("question", question, "choices", name))
    for number in _asking(after, question):
        place: Place = ("requirement", number, "accept")
        accept = after.value(place)
        listed = accept if isinstance(accept, list) else [accept]
        if name in listed:
            after = after.put(place, [one for one in listed if one != name])
    return after


def _asking(draft: ProfileDraft, question: int) -> list[int]:
    """The requirements that ask a question."""
    name = draft.value(("question", question, "id"))
    listed = entries(draft, "requirement")
    return [number for number, one in enumerate(listed) if one.get("question") == name]


# --- fields --------------------------------------------------------------------------------------


class _Answer(Local):
    """The words of an answer, which are never empty."""

    def meant(self, typed: str) -> str:
        """The words. Raises ``NotUsableError`` where there are none."""
        if not typed:
            raise NotUsableError(N_("Write an answer, or remove it."))
        return typed


def kind_choice(state: Drafting, question: int, reader: Reader) -> Bound | None:
    """The choice between yes or no and several answers; none where a text editor must do it."""
    draft, text = state.draft, reader.text
    found = None if draft is None else draft.value(("question", question))
    if not isinstance(found, dict) or set(found) - OF_A_QUESTION:
        return None
    options: list[tuple[object, str]] = [
        (AnswerKind.YES_NO, text(N_("with yes or no"))),
        # Translators: how a question is answered: the person chooses one of several answers.
        (AnswerKind.CHOICE, text(N_("with one of several answers"))),
    ]
    words, chosen = (text(N_("yes")), text(N_("no"))), state.chosen

    def take(kind: AnswerKind) -> None:
        state.change(
            lambda draft: answer_by(draft, question, kind, words, state.language), choose=chosen
        )

    place: Place = ("question", question, "kind")
    return Choice(state, place, text(N_("How it is answered")), options, reader, took=take)


def answer_fields(state: Drafting, question: int, reader: Reader) -> list[QWidget]:
    """A field for each answer to choose from, and the way to one more; none for yes or no."""
    draft, text = state.draft, reader.text
    choices = {} if draft is None else choices_of(draft, question)
    if not choices:
        return []
    found: list[QWidget] = []
    for number, name in enumerate(choices, start=1):
        place: Place = ("question", question, "choices", name)
        # Translators: an answer to choose from, with its number.
        said = text(N_("Answer {n}"), n=reader.number(number))
        remove = _remover(state, question, name, reader) if len(choices) > FEWEST else None
        found.append(_Answer(state, place, said, reader, button=remove))
        if name == UNKNOWN:
            found.append(caption(text(N_("This answer decides nothing."))))
    if len(choices) < MOST:
        found.append(_adder(state, question, reader))
    return found


def _remover(state: Drafting, question: int, name: str, reader: Reader) -> QWidget:
    button = Button(reader.text(N_("Remove")), Look.QUIET, small=True)
    button.setObjectName(f"remove-{name}")
    button.setAccessibleName(reader.text(N_("Remove this answer")))
    chosen = state.chosen
    button.clicked.connect(
        lambda: state.change(lambda draft: drop_answer(draft, question, name), choose=chosen)
    )
    return button


def _adder(state: Drafting, question: int, reader: Reader) -> QWidget:
    button = Button(reader.text(N_("Add an answer")), small=True)
    button.setObjectName("add-answer")
    words, chosen = reader.text(N_("Another answer")), state.chosen
    button.clicked.connect(
        lambda: state.change(
            lambda draft: add_answer(draft, question, words, state.language), choose=chosen
        )
    )
    row = Beside(gap=STEP)
    row.add(button)
    return row
