"""The person port as guided steps: the worker asks, the page answers, Stop ends the waiting."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from readiness.model.errors import Cancelled
from readiness.model.practice import Typed
from readiness.ports import Prompt
from ui.practice import QuizWork, TypingWork

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from readiness.model.practice import Item, Passage

WAKE_S = 0.05

Answer = bool | str | Typed | tuple[str, ...]
"""Ready or not, what was chosen, what was typed, or the answers to items."""


@dataclass(frozen=True, kw_only=True)
class Step:
    """A guided step that waits for the person.

    Attributes:
        prompt: Which step.
        seconds: How long it takes; 0 if it is over and something is asked about it.
        values: What its words name.
        why: The step could not be used: a detail of the probe's reasons. May be repeated.
        options: What can be answered to the question about it.
        work: What is practised in it and how far that is.
    """

    prompt: Prompt
    seconds: float
    values: Mapping[str, str]
    why: str = ""
    options: tuple[str, ...] = ()
    work: TypingWork | QuizWork | None = None

    @property
    def goes_on(self) -> bool:
        """Whether something goes on after the answer: not where that was all there was to do."""
        return not (self.why or self.options or self.work)


class GuidedPerson(QObject):
    """Asks through a page.

    Signals:
        asked: A :class:`Step`; answer it with :meth:`answer`.

    Args:
        stopping: Gives the stop of the run that is going on.
    """

    asked = Signal(object)

    def __init__(
        self, stopping: Callable[[], threading.Event], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._stopping = stopping
        self._changed = threading.Condition()
        self._question = 0
        self._answer: Answer | None = None

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:
        """Wait on the worker until the person answers. Raises ``Cancelled`` soon after Stop."""
        return bool(self._ask(Step(prompt=prompt, seconds=seconds, values=dict(values))))

    def again(self, prompt: Prompt, *, why: str, values: Mapping[str, str]) -> bool:
        """Wait until the person repeats the step or goes on. Raises ``Cancelled`` after Stop."""
        return bool(self._ask(Step(prompt=prompt, seconds=0, values=dict(values), why=why)))

    def choose(
        self, prompt: Prompt, *, options: Sequence[str], values: Mapping[str, str]
    ) -> str | None:
        """Wait until the person answers or skips. Raises ``Cancelled`` after Stop."""
        step = Step(prompt=prompt, seconds=0, values=dict(values), options=tuple(options))
        answer = self._ask(step)
        return answer if isinstance(answer, str) else None

    def type_text(self, passage: Passage, *, seconds: float) -> Typed | None:
        """Wait until it is typed or skipped. Raises ``Cancelled`` after Stop."""
        work = TypingWork(passage=passage, seconds=seconds)
        answer = self._ask(Step(prompt=Prompt.TYPE, seconds=seconds, values={}, work=work))
        return answer if isinstance(answer, Typed) else None

    def quiz(self, prompt: Prompt, items: Sequence[Item]) -> tuple[str, ...] | None:
        """Wait until all are answered or the part is skipped. Raises ``Cancelled`` after Stop."""
        work = QuizWork(items=tuple(items))
        answer = self._ask(Step(prompt=prompt, seconds=0, values={}, work=work))
        return answer if isinstance(answer, tuple) else None

    def _ask(self, step: Step) -> Answer:
        stop = self._stopping()
        with self._changed:
            self._question += 1
            mine = self._question
            self._answer = None
        self.asked.emit(step)
        with self._changed:
            while not self._changed.wait_for(lambda: self._settled(mine), WAKE_S):
                if stop.is_set():
                    raise Cancelled
            return self._taken(mine)

    def _settled(self, question: int) -> bool:
        return self._answer is not None or self._question != question

    def _taken(self, question: int) -> Answer:
        if self._question != question or self._answer is None:
            raise Cancelled
        return self._answer

    def answer(self, *, go: Answer) -> None:
        """The person is ready, skips the step or has answered. A second one changes nothing."""
        with self._changed:
            if self._answer is None:
                self._answer = go
                self._changed.notify_all()

    def release(self) -> None:
        """Nobody waits for the answer any more: the probe was ended."""
        with self._changed:
            self._question += 1
            self._changed.notify_all()
