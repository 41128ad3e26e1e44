"""A world whose ports are given: the engine runs against it as against this computer."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.handed import Shown

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from readiness.cancel import Token
    from readiness.model.practice import Item, Passage, Typed
    from readiness.ports import Audio, Choices, Clock, Facts, Line, Machine, Prompt, Reach, Watch

NOON = datetime(2026, 1, 31, 12, tzinfo=UTC)


@dataclass(kw_only=True)
class FixedClock:
    """Always noon; waiting takes no time but obeys the token."""

    token: Token

    def now(self) -> datetime:
        """Noon."""
        return NOON

    def monotonic(self) -> float:
        """Real seconds."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:  # noqa: ARG002
        """Only look whether to stop."""
        self.token.check()


@dataclass(kw_only=True)
class FactsMachine:
    """A computer that tells just these facts."""

    topics: Mapping[str, Facts] = field(default_factory=dict)

    def facts(self, topic: str) -> Facts:
        """The facts of the topic; a computer that does not tell cannot be measured."""
        if topic not in self.topics:
            raise CannotMeasure(FailureCode.UNSUPPORTED)
        return self.topics[topic]


@dataclass(kw_only=True)
class FakeDesktop:
    """A desktop that remembers what it was handed, and opens what it has programs for.

    Attributes:
        letters: Whether there is a program for ``.eml`` files.
        addresses: Whether there is one for ``mailto:``.
    """

    shows: Shown = Shown.FILE
    letters: bool = True
    addresses: bool = True
    shown: list[Path] = field(default_factory=list)
    opened: list[bytes] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)

    def show(self, path: Path) -> Shown:
        """Remember the file."""
        self.shown.append(path)
        return self.shows

    def open_letter(self, path: Path) -> bool:
        """Read the draft, as a mail program would."""
        if self.letters:
            self.opened.append(path.read_bytes())
        return self.letters

    def open_address(self, address: str) -> bool:
        """Remember the address."""
        if self.addresses:
            self.asked.append(address)
        return self.addresses


@dataclass(kw_only=True)
class FakeWorld:
    """Ports as given; what is not given cannot be measured."""

    machine_port: Machine = field(default_factory=FactsMachine)
    line_port: Line | None = None
    audio_port: Audio | None = None
    reach_port: Reach | None = None
    watch_port: Watch | None = None
    desktop_port: FakeDesktop = field(default_factory=FakeDesktop)

    def desktop(self) -> FakeDesktop:
        """The given desktop."""
        return self.desktop_port

    def clock(self, token: Token) -> Clock:
        """Always noon."""
        return FixedClock(token=token)

    def machine(self, choices: Choices, token: Token) -> Machine:  # noqa: ARG002
        """The given computer."""
        return self.machine_port

    def line(self, choices: Choices, token: Token) -> Line:  # noqa: ARG002
        """The given line."""
        if self.line_port is None:
            raise CannotMeasure(FailureCode.UNREACHABLE)
        return self.line_port

    def watch(self, choices: Choices, token: Token) -> Watch:  # noqa: ARG002
        """The given watch."""
        if self.watch_port is None:
            raise CannotMeasure(FailureCode.UNREACHABLE)
        return self.watch_port

    def reach(self, choices: Choices, token: Token) -> Reach:  # noqa: ARG002
        """The given hosts."""
        if self.reach_port is None:
            raise CannotMeasure(FailureCode.UNREACHABLE)
        return self.reach_port

    def audio(self, choices: Choices, token: Token) -> Audio:  # noqa: ARG002
        """The given sound system."""
        if self.audio_port is None:
            raise CannotMeasure(FailureCode.NO_DEVICE)
        return self.audio_port


@dataclass(kw_only=True)
class WillingPerson:
    """Does what is asked, at once, and remembers it."""

    prompts: list[Prompt] = field(default_factory=list)
    willing: bool = True
    skips: frozenset[Prompt] = frozenset()
    """Steps that are skipped although the person is willing."""
    patience: int = 0
    """How often a step that failed is repeated."""
    failed: list[tuple[Prompt, str]] = field(default_factory=list)
    chooses: Mapping[Prompt, str] = field(default_factory=dict)
    asked: list[tuple[Prompt, tuple[str, ...]]] = field(default_factory=list)
    types: Callable[[Passage], Typed | None] | None = None
    """How a passage is typed."""
    knows: Mapping[Prompt, Callable[[Item], str]] = field(default_factory=dict)
    """How the items of a part are answered."""

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002
        """Ready at once, or never."""
        self.prompts.append(prompt)
        return self.willing and prompt not in self.skips

    def again(self, prompt: Prompt, *, why: str, values: Mapping[str, str]) -> bool:  # noqa: ARG002
        """Once more, as long as the patience lasts."""
        self.failed.append((prompt, why))
        return len(self.failed) <= self.patience

    def choose(
        self,
        prompt: Prompt,
        *,
        options: Sequence[str],
        values: Mapping[str, str],  # noqa: ARG002
    ) -> str | None:
        """What was given for the step; nothing else."""
        self.asked.append((prompt, tuple(options)))
        return self.chooses.get(prompt)

    def type_text(self, passage: Passage, *, seconds: float) -> Typed | None:  # noqa: ARG002
        """What the typist makes of it; nothing where there is none."""
        return None if self.types is None else self.types(passage)

    def quiz(self, prompt: Prompt, items: Sequence[Item]) -> tuple[str, ...] | None:
        """What was learnt for the part; nothing where nothing was."""
        answers = self.knows.get(prompt)
        return None if answers is None else tuple(map(answers, items))
