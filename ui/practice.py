"""What is practised in a step and how far it is; pages show it and may be built anew meanwhile."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.model.practice import Typed

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.practice import Item, Passage


@dataclass(kw_only=True)
class TypingWork:
    """A passage that is being typed. The time begins with the first key.

    Attributes:
        seconds: How long there is.
        text: What stands there.
        began: When the first key was pressed, seconds on ``clock``; none before.
        last: When the last one was.
        clock: Seconds that never go back.
    """

    passage: Passage
    seconds: float
    text: str = ""
    began: float | None = None
    last: float = 0.0
    clock: Callable[[], float] = time.monotonic

    @property
    def left(self) -> float:
        """Seconds that are left; all of them before the first key."""
        if self.began is None:
            return self.seconds
        return max(0.0, self.seconds - (self.clock() - self.began))

    @property
    def over(self) -> bool:
        """Whether the time is over."""
        return self.left <= 0

    def take(self, text: str) -> bool:
        """A key has changed the text; false if the time was over."""
        if self.over:
            return False
        self.last = self.clock()
        if self.began is None:
            self.began = self.last
        self.text = text
        return True

    def result(self) -> Typed:
        """What was typed, ended now by the person or before by the clock."""
        if self.over:
            return Typed(text=self.text, seconds=self.seconds, ended=False)
        passed = 0.0 if self.began is None else self.last - self.began
        return Typed(text=self.text, seconds=passed, ended=True)


@dataclass(kw_only=True)
class QuizWork:
    """Items that are being answered, one after the other.

    Attributes:
        answers: Of the items that were answered.
        chosen: What is chosen for the next one, and not yet an answer.
        explaining: The last answer is being explained.
    """

    items: tuple[Item, ...]
    answers: list[str] = field(default_factory=list)
    chosen: str = ""
    explaining: bool = False

    @property
    def number(self) -> int:
        """Which item is shown, from 1."""
        return len(self.answers) + (0 if self.explaining else 1)

    @property
    def item(self) -> Item:
        """The item that is shown."""
        return self.items[self.number - 1]

    @property
    def last(self) -> bool:
        """Whether it is the last one."""
        return self.number == len(self.items)

    def answer(self) -> None:
        """What is chosen becomes the answer, and is explained. Harmless without a choice."""
        if self.chosen and not self.explaining:
            self.answers.append(self.chosen)
            self.chosen, self.explaining = "", True
