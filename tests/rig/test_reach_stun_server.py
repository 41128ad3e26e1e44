"""UDP tries against a STUN server that nobody here wrote: coturn."""

from __future__ import annotations

import subprocess
import threading
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.system.reach import SystemReach
from tests.fakes.hosts import HERE, refused_port, udp

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.rig


@pytest.fixture
def stun_port(tmp_path: Path) -> Iterator[int]:
    """The UDP port of a turnserver that answers binding requests only."""
    import socket

    port = refused_port(socket.SOCK_DGRAM)
    settings = tmp_path / "turnserver.conf"
    settings.write_text("no-cli\nno-tls\nno-dtls\nno-tcp\nstun-only\n", encoding="utf-8")
    command = ["turnserver", "-c", str(settings), "-L", HERE, "-p", str(port), "-l", "stdout"]
    command += ["--pidfile", str(tmp_path / "pid"), "-b", str(tmp_path / "users")]
    with subprocess.Popen(
        command, cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            yield port
        finally:
            server.kill()


def test_coturn_answers(stun_port: int) -> None:
    """It takes a moment to start; until then its port refuses."""
    reach = SystemReach(Token(), [])
    outcomes = []
    for _ in range(200):
        reading = reach.probe(udp(stun_port))
        outcomes.append(reading.outcome)
        if reading.outcome == "reached":
            break
        threading.Event().wait(0.1)

    assert outcomes[-1] == "reached"
    assert set(outcomes[:-1]) <= {"connection-refused", "sent"}
