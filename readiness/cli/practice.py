"""Skills practised at a terminal: a passage line by line, and items answered by their number."""

from __future__ import annotations

import textwrap
import time
from typing import TYPE_CHECKING

from rich.text import Text

from readiness.cli.console import err
from readiness.model.practice import Typed
from readiness.model.text import N_
from readiness.skills.scores import FASTEST, WORD
from readiness.step_words import HEADLINES, NOTES

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from readiness.locale import Reader
    from readiness.model.practice import Item, Passage
    from readiness.ports import Prompt

WIDTH = 60
"""Characters of a line to be typed: it fits any terminal, with what was typed right below."""


def sheet_lines(sheet: str, text: Callable[[str], str]) -> list[str]:
    """What helps with a step, point by point, and the example at its end; nothing if none."""
    *points, example = sheet.splitlines() or [""]
    if not points:
        return []
    return [*(f"  • {point}" for point in points), f"{text(N_('For example:'))} {example}"]


def type_lines(
    passage: Passage,
    seconds: float,
    reader: Reader,
    read: Callable[[], str],
    clock: Callable[[], float] = time.monotonic,
) -> Typed | None:
    """Have a passage typed, each line below its model, Enter at the end of each.

    A terminal hands over whole lines, so the time begins with the Enter that starts it. A line
    that came faster than anybody types was pasted: it does not count, and is asked for again.

    Args:
        passage: The text.
        seconds: How long there is; the line that is being typed then may be finished, and all the
            time that it took counts.
        reader: Who types.
        read: Gives the next line with its end; empty at the end of input.
        clock: Seconds that never go back.

    Returns:
        What was typed; none if it was skipped.
    """
    text = reader.text
    lines = textwrap.wrap(passage.text, WIDTH, break_long_words=False, break_on_hyphens=False)
    _say(
        text(N_("Type the lines that appear, each below its model, and press Enter after each.")),
        text(
            N_("You have {seconds} seconds; stop early with an empty line."),
            seconds=reader.number(seconds),
        ),
        text(N_("Press Enter to begin, or s and Enter to skip.")),
    )
    if not _agreed(read()):
        return None
    began = ended = clock()
    typed: list[str] = []
    while len(typed) < len(lines) and ended - began < seconds:
        _say("", lines[len(typed)])
        asked = clock()
        line = read()
        if not line.strip():
            break
        ended = clock()
        if len(line) / WORD * 60 > FASTEST * (ended - asked):
            _say(text(N_("That came faster than anybody types. Please type it key by key.")))
            continue
        typed.append(line.strip())
    return Typed(text=" ".join(typed), seconds=ended - began, ended=ended - began < seconds)


def ask_items(
    prompt: Prompt, items: Sequence[Item], reader: Reader, read: Callable[[], str]
) -> tuple[str, ...] | None:
    """Ask items by number and explain each; ``s`` or the end of input skips the part."""
    text = reader.text
    _say("", text(HEADLINES[prompt]), text(NOTES[prompt]))
    answers = []
    for number, item in enumerate(items, start=1):
        count = text(N_("{n} of {all}"), n=number, all=len(items))
        _say("", f"{count}  {item.text}")
        _say(*(f"  {place} {choice}" for place, choice in enumerate(item.choices, start=1)))
        answer = _answer(item, reader, read)
        if answer is None:
            return None
        answers.append(answer)
        right = answer == item.right
        words = N_("Right. {why}") if right else N_("The right answer is: {right}. {why}")
        _say(text(words, right=item.right, why=item.why))
    return tuple(answers)


def _answer(item: Item, reader: Reader, read: Callable[[], str]) -> str | None:
    numbers = {str(place): choice for place, choice in enumerate(item.choices, start=1)}
    ask = reader.text(N_("Type a number and press Enter, or s and Enter to skip this part."))
    while True:
        _say(ask)
        line = read()
        if not _agreed(line):
            return None
        if line.strip() in numbers:
            return numbers[line.strip()]


def _agreed(line: str) -> bool:
    """Whether somebody is there and does not skip."""
    return bool(line) and not line.strip().lower().startswith("s")


def _say(*lines: str) -> None:
    for line in lines:
        err().print(Text(line))
