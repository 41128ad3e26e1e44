"""Skills at a terminal: line by line, by number, and skipped where nobody is."""

from __future__ import annotations

import io
import os
import sys
import threading
from typing import TYPE_CHECKING

import pytest

from readiness.cli.console import TerminalProgress
from readiness.cli.guided import AbsentPerson, TerminalPerson, UnattendedPerson
from readiness.cli.person import ask_playing
from readiness.cli.practice import ask_items, type_lines
from readiness.engine import Engine
from readiness.locale import Reader
from readiness.model.errors import Cancelled
from readiness.model.practice import Item, Passage
from readiness.ports import Need, Prompt
from readiness.profiles import shipped
from readiness.skills.scores import typing_score

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.model.practice import Typed

READER = Reader("en")
PASSAGE = Passage(id="example", text=" ".join(["one two three four five six"] * 12))
ITEM = Item(
    id="due",
    text="It is ___ late.",
    spoken="It is blank late.",
    choices=("to", "too", "two"),
    right="too",
    why="Too means more than is good.",
)


class Typist:
    """Types what stands on the screen, each line in so many seconds of their own clock."""

    def __init__(self, seconds: float, *lines: str) -> None:
        self.seconds, self.lines, self.now = seconds, list(lines), 0.0

    def read(self) -> str:
        """The next line."""
        self.now += self.seconds
        return f"{self.lines.pop(0)}\n" if self.lines else ""

    def clock(self) -> float:
        """Seconds."""
        return self.now


def _lines(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(text, 60)


def _type(typist: Typist, seconds: float = 120) -> Typed | None:
    return type_lines(PASSAGE, seconds, READER, typist.read, typist.clock)


def test_lines_are_typed_below_their_models(capsys: pytest.CaptureFixture[str]) -> None:
    lines = _lines(PASSAGE.text)

    typed = _type(Typist(6, "", *lines))

    assert typed is not None
    assert typed.text == PASSAGE.text
    assert typed.seconds == 6 * len(lines)
    assert typed.ended
    assert all(line in capsys.readouterr().err.replace("\n\n", "\n") for line in lines[:1])
    assert typing_score(PASSAGE.text, typed).accuracy == 100


def test_the_time_ends_with_the_line_that_is_being_typed() -> None:
    typed = _type(Typist(50, "", *_lines(PASSAGE.text)), seconds=120)

    assert typed is not None
    assert typed.seconds == 150
    assert typed.text == " ".join(_lines(PASSAGE.text)[:3])
    assert not typed.ended


def test_an_empty_line_ends_it_early() -> None:
    first = _lines(PASSAGE.text)[0]

    typed = _type(Typist(6, "", first, ""))

    assert typed is not None
    assert (typed.text, typed.seconds) == (first, 6)


def test_a_pasted_line_does_not_count(capsys: pytest.CaptureFixture[str]) -> None:
    """60 characters in half a second would be 1,440 words a minute."""
    lines = _lines(PASSAGE.text)
    typed = _type(Typist(0.5, "", lines[0], lines[0], ""))

    assert typed is not None
    assert typed.text == ""
    assert "type it key by key" in capsys.readouterr().err


@pytest.mark.parametrize("said", [["s"], ["Skip"], []])
def test_typing_can_be_skipped(said: list[str]) -> None:
    assert _type(Typist(1, *said)) is None


def _reads(*lines: str) -> Callable[[], str]:
    left = [f"{line}\n" for line in lines]
    return lambda: left.pop(0) if left else ""


def test_items_are_answered_by_number_and_explained(capsys: pytest.CaptureFixture[str]) -> None:
    answers = ask_items(Prompt.GRAMMAR, [ITEM, ITEM], READER, _reads("7", "too", "2", "1"))

    assert answers == ("too", "to")
    said = capsys.readouterr().err
    assert "Right. Too means more than is good." in said
    assert "The right answer is: too." in said


@pytest.mark.parametrize("lines", [("s",), (), ("2", "s"), ("2",)])
def test_the_part_can_be_skipped_at_any_item(lines: tuple[str, ...]) -> None:
    assert ask_items(Prompt.GRAMMAR, [ITEM, ITEM], READER, _reads(*lines)) is None


@pytest.mark.parametrize("person", [UnattendedPerson(), AbsentPerson()])
def test_where_nobody_is_nothing_is_practised(person: UnattendedPerson) -> None:
    assert person.type_text(PASSAGE, seconds=120) is None
    assert person.quiz(Prompt.GRAMMAR, [ITEM]) is None


def test_the_person_at_the_terminal_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("s\n2\n"))
    person = TerminalPerson(READER, TerminalProgress(READER, shown=False), threading.Event())

    assert person.type_text(PASSAGE, seconds=120) is None
    assert person.quiz(Prompt.GRAMMAR, [ITEM]) == ("too",)


def test_the_sheet_of_the_greeting_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n"))
    person = TerminalPerson(READER, TerminalProgress(READER, shown=False), threading.Event())

    assert person.ready(Prompt.GREETING, seconds=12, values={"sheet": "Name the firm.\nHello!"})

    said = capsys.readouterr().err
    assert "Name the firm." in said
    assert "For example: Hello!" in said


@pytest.mark.parametrize(
    ("only", "said", "agreed"),
    [("skills", "y\n", True), ("skills", "n\n", False), ("microphone", "y\n", False)],
    ids=["agreed", "refused", "was asked before"],
)
def test_a_greeting_is_played_only_after_asking(
    monkeypatch: pytest.MonkeyPatch,
    only: str,
    said: str,
    agreed: bool,  # noqa: FBT001 - what pytest gives
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO(said))
    plan = Engine().plan([shipped()["typical-voice"]], only=[only])

    assert (Need.LOUDSPEAKER in ask_playing(plan, READER).consent) is agreed


def test_stop_ends_the_waiting_for_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    said, typed = os.pipe()
    with os.fdopen(said, encoding="utf-8") as keyboard, os.fdopen(typed, "w", encoding="utf-8"):
        monkeypatch.setattr(sys, "stdin", keyboard)
        stop = threading.Event()
        person = TerminalPerson(READER, TerminalProgress(READER, shown=False), stop)
        threading.Timer(0.1, stop.set).start()

        with pytest.raises(Cancelled):
            person.type_text(PASSAGE, seconds=120)
