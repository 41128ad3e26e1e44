"""The person in guided steps: at a terminal, absent, or played by a rig."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

from rich.text import Text

from readiness.cli.console import TerminalProgress, err
from readiness.cli.practice import ask_items, sheet_lines, type_lines
from readiness.explain import detail_reason
from readiness.model.errors import Cancelled
from readiness.model.text import N_
from readiness.ports import READ_ALOUD_SENTENCES, Prompt
from readiness.step_words import ANSWERS, HEADLINES, NOTES, QUESTIONS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.locale import Reader
    from readiness.model.practice import Item, Passage, Typed

ALOUD = frozenset({Prompt.READ_ALOUD, Prompt.SPEAK_UP})
"""Steps in which the sentences are read."""


class UnattendedPerson:
    """Nobody is there: every guided step plays its part at once, so that a rig can act."""

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's names
        """Go on at once."""
        return True

    def again(self, prompt: Prompt, *, why: str, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's names
        """Repeat nothing."""
        return False

    def choose(
        self,
        prompt: Prompt,  # noqa: ARG002 - the port's names
        *,
        options: Sequence[str],  # noqa: ARG002 - the port's names
        values: Mapping[str, str],  # noqa: ARG002 - the port's names
    ) -> str | None:
        """Answer nothing."""
        return None

    def type_text(self, passage: Passage, *, seconds: float) -> Typed | None:  # noqa: ARG002 - the port's names
        """Type nothing."""
        return None

    def quiz(self, prompt: Prompt, items: Sequence[Item]) -> tuple[str, ...] | None:  # noqa: ARG002 - the port's names
        """Answer nothing."""
        return None


class AbsentPerson(UnattendedPerson):
    """Nobody is there and nobody said that a rig is: guided steps are skipped."""

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's names
        """Skip."""
        return False


class TerminalPerson:
    """Somebody sits at the terminal and presses Enter when ready."""

    def __init__(self, reader: Reader, progress: TerminalProgress, stop: threading.Event) -> None:
        self._reader = reader
        self._progress = progress
        self._stop = stop

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:
        """Say what comes, wait for Enter; ``s`` or the end of input skips.

        Raises:
            Cancelled: On Stop.
        """
        text = self._reader.text
        said = {"device": "", "output": "", "code": "", **values}
        lines = [text(HEADLINES[prompt], **said), *sheet_lines(said.get("sheet", ""), text)]
        if prompt in ALOUD:
            lines.append(text(N_("“{words}”"), words=text(READ_ALOUD_SENTENCES)))
        lines.append(text(NOTES[prompt], seconds=self._reader.number(seconds), **said))
        if said["device"]:
            lines.append(text(N_("Microphone: {device}"), device=said["device"]))
        return self._agrees(lines, text(N_("Press Enter when ready, or s and Enter to skip.")))

    def again(self, prompt: Prompt, *, why: str, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's names
        """Say what went wrong and what helps; Enter repeats the step, ``s`` goes on without it.

        Raises:
            Cancelled: On Stop.
        """
        text, reason = self._reader.text, detail_reason(why)
        lines = [text(N_("This step could not be used."))]
        if reason is not None:
            lines = [text(reason.what), text(reason.remedy)]
        ask = N_("Press Enter to repeat this step, or s and Enter to go on without it.")
        return self._agrees(lines, text(ask))

    def choose(
        self,
        prompt: Prompt,
        *,
        options: Sequence[str],
        values: Mapping[str, str],  # noqa: ARG002 - the port's names
    ) -> str | None:
        """Ask for one of ``options`` by its number; Enter alone, ``s`` or the end skips.

        Raises:
            Cancelled: On Stop.
        """
        text = self._reader.text
        lines = [text(QUESTIONS[prompt])]
        lines += [f"  {number} {text(ANSWERS[one])}" for number, one in enumerate(options, 1)]
        ask = text(N_("Type a number and press Enter, or press Enter alone to skip."))
        numbers = {str(number): one for number, one in enumerate(options, 1)}
        self._progress.pause()
        try:
            while True:
                line = self._asked(lines, ask).strip().lower()
                if not line or line.startswith("s"):
                    return None
                if line in numbers:
                    return numbers[line]
        finally:
            self._progress.go_on()

    def type_text(self, passage: Passage, *, seconds: float) -> Typed | None:
        """Have the passage typed line by line; see :func:`readiness.cli.practice.type_lines`.

        Raises:
            Cancelled: On Stop.
        """
        self._progress.pause()
        try:
            return type_lines(passage, seconds, self._reader, self._line)
        finally:
            self._progress.go_on()

    def quiz(self, prompt: Prompt, items: Sequence[Item]) -> tuple[str, ...] | None:
        """Ask the items one by one; see :func:`readiness.cli.practice.ask_items`.

        Raises:
            Cancelled: On Stop.
        """
        self._progress.pause()
        try:
            return ask_items(prompt, items, self._reader, self._line)
        finally:
            self._progress.go_on()

    def _agrees(self, lines: Sequence[str], ask: str) -> bool:
        self._progress.pause()
        try:
            line = self._asked(lines, ask)
        finally:
            self._progress.go_on()
        return bool(line) and not line.strip().lower().startswith("s")

    def _asked(self, lines: Sequence[str], ask: str) -> str:
        console = err()
        for line in (*lines, ask):
            console.print(Text(line))
        return self._line()

    def _line(self) -> str:
        """Read a line in a thread of its own, so that Stop is obeyed while waiting.

        Empty at the end of input, also where the terminal has gone.
        """
        said: list[str] = []
        done = threading.Event()

        def read() -> None:
            try:
                said.append(sys.stdin.readline())
            except (OSError, ValueError):
                said.append("")
            done.set()

        threading.Thread(target=read, daemon=True, name="terminal-line").start()
        while not done.wait(0.05):
            if self._stop.is_set():
                raise Cancelled
        return said[0]
