"""Ways through the skills: the steps are real, what is practised in them is always the same."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

from readiness.model.practice import Item, Passage, Typed
from readiness.ports import Prompt
from readiness.skills.sets import draw_items, draw_passage, skill_set
from tests.ui.walk import settle, until
from tests.ui.ways import ALL
from ui.person import Step
from ui.practice import QuizWork, TypingWork

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.skills.sets import Pooled
    from tests.ui.walk import Walk

SECONDS = 120.0
TYPED = 140
"""Characters of the passage that stand there."""
ITEMS = 8
PLACED = 40
"""Rounds of the event loop in which the page finds out how much it can show."""


def plan(walk: Walk) -> None:
    walk.journey.turned.emit("result")
    walk.journey.practise()
    walk.page("plan")


def typing(walk: Walk) -> None:
    walk.journey.start(ALL)
    walk.page("run")
    given = _given(walk, Prompt.TYPE)
    drawn = draw_passage(skill_set(walk.journey.reader.language), _draw())
    passage = Passage(id=drawn.id, text=_said(walk, drawn.text))
    work = TypingWork(passage=passage, seconds=SECONDS, text=passage.text[:TYPED])
    _show(walk, Step(prompt=Prompt.TYPE, seconds=SECONDS, values={}, work=work))
    settle(PLACED)
    if not isinstance(given.work, TypingWork):
        raise TypeError(given)
    walk.practised = Typed(text=given.work.passage.text[:TYPED], seconds=45.0, ended=True)


def arithmetic(walk: Walk) -> None:
    walk.journey.answer_step(walk.practised)
    _quiz(walk, Prompt.ARITHMETIC)


def explained(walk: Walk) -> None:
    """An answer that was not right."""
    state = walk.journey.state
    work = None if state is None or state.step is None else state.step.work
    if not isinstance(work, QuizWork):
        raise TypeError(work)
    work.chosen = next(choice for choice in work.item.choices if choice != work.item.right)
    work.answer()
    walk.again()


def grammar(walk: Walk) -> None:
    walk.journey.answer_step(walk.practised)
    _quiz(walk, Prompt.GRAMMAR)


def greeting(walk: Walk) -> None:
    walk.journey.answer_step(walk.practised)
    _given(walk, Prompt.GREETING)
    told = skill_set(walk.journey.reader.language).greeting
    sheet = "\n".join(_said(walk, line) for line in (*told.points, told.example))
    _show(walk, Step(prompt=Prompt.GREETING, seconds=12.0, values={"sheet": sheet}))


def greeted(walk: Walk) -> None:
    walk.choose(Prompt.GREETING, ("again", "go-on"))


def result(walk: Walk) -> None:
    """The figures, below everything else."""
    walk.journey.skip()
    walk.page("result")
    walk.drained()
    if walk.window.page is None:
        raise RuntimeError("there is no page")
    bar = walk.window.page.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())


def _given(walk: Walk, prompt: Prompt) -> Step:
    """Wait for the real step."""

    def asked() -> bool:
        state = walk.journey.state
        return state is not None and state.step is not None and state.step.prompt is prompt

    until(asked)
    state = walk.journey.state
    if state is None or state.step is None:
        raise RuntimeError("nothing is asked")
    return state.step


def _show(walk: Walk, step: Step) -> None:
    state = walk.journey.state
    if state is None:
        raise RuntimeError("nothing is measured")
    state.step = step
    walk.again()


def _quiz(walk: Walk, prompt: Prompt) -> None:
    given = _given(walk, prompt)
    found = skill_set(walk.journey.reader.language)
    pool = found.arithmetic if prompt is Prompt.ARITHMETIC else found.grammar
    work = QuizWork(items=_items(walk, pool, found.gap))
    work.chosen = work.item.choices[1]
    _show(walk, Step(prompt=prompt, seconds=0, values={}, work=work))
    if not isinstance(given.work, QuizWork):
        raise TypeError(given)
    walk.practised = tuple(item.right for item in given.work.items)


def _items(walk: Walk, pool: Sequence[Pooled], gap: str) -> tuple[Item, ...]:
    drawn = draw_items(pool, ITEMS, gap, _draw())
    return tuple(
        Item(
            id=item.id,
            text=_said(walk, item.text),
            spoken=_said(walk, item.spoken),
            choices=tuple(_said(walk, choice) for choice in item.choices),
            right=_said(walk, item.right),
            why=_said(walk, item.why),
        )
        for item in drawn
    )


def _draw() -> Random:
    return Random(1)  # noqa: S311 - no secret; always the same pages


def _said(walk: Walk, text: str) -> str:
    """In a pseudo-language strange too, as everything else."""
    return walk.journey.reader.local({"en": text})
