"""Whoever is asked for the network sees which hosts will be contacted, and no others are."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING

import click
import pytest

from readiness.cli import main
from readiness.cli import person as person_module
from readiness.engine import Engine
from readiness.locale import Reader
from readiness.ports import Need
from readiness.profiles import parse_profile
from readiness.system.reach import places
from tests.fakes.hosts import HERE, serving, until_the_end
from tests.fakes.profiles import HOSTS, endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def _profile(port: int = 5061) -> str:
    return (
        HOSTS
        + endpoint("app.example.com", port, "tcp")
        + endpoint("voice.example.com", port, "tcp")
        + endpoint("voice.example.com", 443, "tls")
    )


def _asked(monkeypatch: pytest.MonkeyPatch, *, yes: bool = False, **plan: object) -> list[str]:
    """The questions that a terminal would put to one who says yes or no to them all."""
    asked: list[str] = []

    def confirm(question: str, **_: object) -> bool:
        asked.append(question)
        return yes

    monkeypatch.setattr(click, "confirm", confirm)
    profile = parse_profile(_profile().encode(), "x.toml")
    planned = Engine().plan([profile], **plan)  # type: ignore[arg-type]  # as plan takes it
    agreed = {Need.NETWORK} if yes else set()
    assert person_module.ask_consent(planned, Reader("en")).consent == agreed
    return asked


def test_the_question_names_every_host_once(monkeypatch: pytest.MonkeyPatch) -> None:
    (question,) = _asked(monkeypatch, only=["endpoints", "line_speed"])

    assert question.endswith("contacted too: app.example.com, voice.example.com.")


def test_where_no_host_is_contacted_none_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    (question,) = _asked(monkeypatch, only=["line_speed"])

    assert "example.com" not in question


def test_where_nothing_but_hosts_is_contacted_nothing_else_is_asked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No amount of data, no measuring server."""
    asked = _asked(monkeypatch, only=["endpoints"], yes=True)

    (question,) = asked
    assert "app.example.com, voice.example.com" in question
    assert "MB" not in question


def _check(folder: Path, *arguments: str) -> None:
    status = main(["check", "--json", "--format", "json", "--out", str(folder), *arguments])
    assert status in (0, 1, 2)


@pytest.fixture
def port(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[int]:
    """A host on loopback to which every name leads."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(places, "_is_blocked", lambda _place: False)
    with serving(until_the_end) as port:
        place = [socket.AF_INET, socket.SOCK_STREAM, 0, "", (HERE, port)]
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [tuple(place)])
        yield port


def test_without_a_yes_a_whole_check_contacts_no_host(
    port: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    looked_up: list[object] = []
    monkeypatch.setattr(socket, "getaddrinfo", lambda *asked, **_: looked_up.append(asked))
    (tmp_path / "mine.toml").write_text(_profile(port), encoding="utf-8")

    _check(tmp_path, "--profile", str(tmp_path / "mine.toml"))

    found = json.loads(capsys.readouterr().out)["session"]["runs"]
    assert {f["detail"] for run in found for f in run["failures"]} == {"no-consent"}
    assert looked_up == []


def test_with_a_yes_on_the_command_line_the_hosts_are_said_and_tried(
    port: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text(_profile(port), encoding="utf-8")

    _check(tmp_path, "--profile", str(tmp_path / "mine.toml"), "--server", "http://192.0.2.1")

    told = capsys.readouterr()
    assert "app.example.com, voice.example.com" in " ".join(told.err.split())
    (run,) = json.loads(told.out)["session"]["runs"]
    summary = run["measurements"][0]["evidence"]["summary"]
    assert summary[f"tcp app.example.com:{port}"].startswith("reached ")


def test_a_profile_that_is_shown_shows_its_hosts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "mine.toml").write_text(_profile(), encoding="utf-8")

    assert main(["profile", "show", str(tmp_path / "mine.toml")]) == 0

    said = " ".join(capsys.readouterr().out.split())
    assert "tcp app.example.com:5061, tcp voice.example.com:5061, tls voice.example.com:443" in said
