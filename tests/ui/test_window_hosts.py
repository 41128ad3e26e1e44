"""The window names the hosts that a list of requirements wants contacted, before it asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel

from readiness.profiles import parse_profile

if TYPE_CHECKING:
    from tests.ui.conftest import Guide

PROFILE = b"""
schema = "readiness-profile/1"
id = "example"
kind = "type"
title = "Example"
summary = "Example."
[source.own]
title = "Our own proposal"
seen = 2026-11-23
grade = "P"
[[requirement]]
id = "hosts"
level = "must"
area = "line"
any_of = [{ metric = "endpoints.reachable", equals = true, source = "own" }]
[[endpoint]]
host = "app.example.com"
port = 443
protocol = "tls"
[[endpoint]]
host = "voice.example.com"
port = 3478
protocol = "udp"
"""


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
