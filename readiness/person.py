"""What a probe may ask of the person: to be silent, to read aloud, to say what they heard.

A window, a terminal, an answers file or a test stands behind the port. Where nobody is there, a
step is neither repeated nor answered.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.model.practice import Item, Passage, Typed


class Prompt(StrEnum):
    """Guided steps that a person takes part in."""

    STAY_SILENT = "stay-silent"
    READ_ALOUD = "read-aloud"
    LISTEN = "listen"
    SPEAK_UP = "speak-up"
    ROOM_SILENT = "room-silent"
    UNPLUG = "unplug"
    PLUG_IN = "plug-in"
    DIAL_TONE = "dial-tone"
    KEYPAD = "keypad"
    POWER_OFF = "power-off"
    TYPE = "type"
    ARITHMETIC = "arithmetic"
    GRAMMAR = "grammar"
    GREETING = "greeting"


READ_ALOUD_SENTENCES = N_(
    "Good morning, you have reached customer service. I will look up your order right away; "
    "could you read me the number on your receipt?"
)
"""What is read aloud in the guided take: everyday words of the work, with stops and hisses."""


class Person(Protocol):
    """The applicant: a window, a terminal, an answers file or a test.

    Every call blocks until the person has answered and raises ``Cancelled`` within 0.2 s of Stop.
    ``values`` hold what the words of the step name: ``device`` (the microphone), ``output`` (the
    loudspeaker), ``code`` (six digits), ``sheet`` (what helps to do it, line by line).
    """

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:
        """Announce a guided step and wait until the person is ready; false if they skip it.

        ``seconds`` is how long the step takes.
        """

    def again(self, prompt: Prompt, *, why: str, values: Mapping[str, str]) -> bool:
        """Say that a step could not be used and offer to repeat just that step.

        Args:
            prompt: The step.
            why: A detail of the probe's ``reasons``.
            values: As for the step itself.

        Returns:
            Whether to repeat it; false where nobody is there.
        """

    def choose(
        self, prompt: Prompt, *, options: Sequence[str], values: Mapping[str, str]
    ) -> str | None:
        """Ask what only the person can know about a step, e.g. on which side they heard it.

        Args:
            prompt: The step that the question is about.
            options: Ids of the answers, e.g. ``left``, ``right``, ``both``, ``none``.
            values: As for the step itself.

        Returns:
            One of ``options``; none if they skip the question or nobody is there.
        """

    def type_text(self, passage: Passage, *, seconds: float) -> Typed | None:
        """Have a passage typed. What is pasted, dropped or repeated by a held key does not count.

        Args:
            passage: The text.
            seconds: How long there is from the first key on.

        Returns:
            What stood there at the end; none if they skip it or nobody is there.
        """

    def quiz(self, prompt: Prompt, items: Sequence[Item]) -> tuple[str, ...] | None:
        """Ask one item after the other, and explain each once it was answered.

        Args:
            prompt: ``ARITHMETIC`` or ``GRAMMAR``.
            items: At least one.

        Returns:
            For each item one of its choices; none if they skip the rest or nobody is there.
        """
