"""Whose certificates are believed is asked of Windows' own store.

Wine reads it once for each process, so that nothing can be added to it here.
"""

from __future__ import annotations

import socket
import sys
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.model.requirement import Endpoint, Protocol
from readiness.system.reach import SystemReach, places
from tests.fakes.hosts import Authority, tls_host

assert sys.platform == "win32"

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.windows

NAME = "app.example.com"


@pytest.fixture
def leads_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name leads to this computer, and may."""
    monkeypatch.setattr(places, "_is_blocked", lambda _place: False)

    def answer(_host: str, port: int, type: int) -> list[tuple[object, ...]]:  # noqa: A002 - the name of the parameter
        return [(socket.AF_INET, type, 0, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


def _outcome(authority: Authority) -> str:
    """Of a host that sends its authority's certificate along, as most do."""
    pem = authority.certificate(NAME)
    pem.write_bytes(pem.read_bytes() + authority.pem.read_bytes())
    with tls_host(pem) as port:
        endpoint = Endpoint(host=NAME, port=port, protocol=Protocol.TLS)
        return SystemReach(Token(), []).probe(endpoint).outcome


@pytest.mark.usefixtures("leads_here")
def test_an_authority_that_windows_does_not_know_is_not_believed(tmp_path: Path) -> None:
    assert _outcome(Authority(tmp_path)) == "certificate-untrusted"
