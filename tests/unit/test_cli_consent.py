"""What the terminal asks before the line is measured, and what a yes to it covers."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import click
import pytest

from readiness.cli.person import ask_consent
from readiness.locale import Reader
from readiness.model.line_method import PUBLIC_METHODS, STUN_SERVERS
from readiness.ports import Choices, Need
from tests.fakes.engine import FakeEngine

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.engine import Plan


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    engine = FakeEngine(tmp_path)
    return engine.plan([engine.profile("typical-voice")], only=("line_speed",))


class Asked:
    """Answers yes to the questions that hold one of ``yes``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *yes: str) -> None:
        self.questions: list[str] = []
        self._yes = yes
        monkeypatch.setattr(click, "confirm", self.confirm)

    def confirm(self, question: str, *, default: bool, err: bool) -> bool:
        """Note the question; no is the default of each."""
        assert (default, err) == (False, True)
        self.questions.append(question)
        return any(part in question for part in self._yes)


def test_a_no_to_the_line_asks_no_further(plan: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = Asked(monkeypatch)
    choices = ask_consent(plan, Reader("en"))

    assert (choices.consent, choices.method, len(asked.questions)) == (frozenset(), "", 1)


def test_each_public_method_is_a_question_of_its_own(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch, "Measure the line?")
    ask_consent(plan, Reader("en"))

    assert len(asked.questions) == 1 + len(PUBLIC_METHODS)


def test_only_what_got_a_yes_is_chosen_the_best_first(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    Asked(monkeypatch, "Measure the line?", "Cloudflare:", "speedtest.net:")
    choices = ask_consent(plan, Reader("en"))

    assert (choices.method, choices.fallbacks) == ("cloudflare", ("speedtest-cli",))


def test_the_question_for_m_lab_says_that_it_publishes_the_internet_address(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch, "Measure the line?")
    ask_consent(plan, Reader("en"))
    question = next(text for text in asked.questions if "M-Lab" in text)

    assert re.search(r"publishes every result together with your internet address", question)


def test_the_servers_of_the_call_stream_are_named(
    plan: Plan, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    Asked(monkeypatch, "Measure the line?")
    ask_consent(plan, Reader("en"))
    said = capsys.readouterr().err.replace("\n", " ")

    for server in STUN_SERVERS.split(","):
        assert server.partition(":")[0] in said


def test_who_named_a_server_is_not_asked_about_public_ones(
    plan: Plan, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = Asked(monkeypatch)
    agreed = Choices(consent=frozenset({Need.NETWORK}), server="http://192.0.2.7:8080")
    choices = ask_consent(replace(plan, choices=agreed), Reader("en"))

    assert (choices, asked.questions) == (agreed, [])
