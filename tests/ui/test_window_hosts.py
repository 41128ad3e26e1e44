"""The window names the hosts that a list of requirements wants contacted, before it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from readiness.profiles import parse_profile
from tests.fakes.profiles import HOSTS, endpoint

if TYPE_CHECKING:
    from tests.ui.conftest import Guide

PROFILE = (
    HOSTS + endpoint("app.example.com", 443, "tls") + endpoint("voice.example.com", 3478, "udp")
).encode()


def test_hosts_stand_beside_the_question(guide: Guide) -> None:
    guide.journey.choose(parse_profile(PROFILE, "x.toml"))
    guide.to_plan()

    label = guide.window.findChild(QLabel, "hosts")
    assert label is not None
    assert not label.isHidden()
    assert "app.example.com, voice.example.com" in label.text()


def test_where_no_host_is_named_none_is_said(guide: Guide) -> None:
    guide.to_plan()

    assert guide.window.findChild(QLabel, "hosts") is None
