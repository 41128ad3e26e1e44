"""Servers that rig tests run against; each is started by the test that asks for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.rig.sound_server import SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def sound_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    """Start a private PulseAudio with one corded USB microphone; this process is pointed at it."""
    with SoundServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server
