"""The serve client over TLS: the same figures, and no trust in a stranger's certificate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure
from readiness.system.line.messages import CallJob, ServeJob, Stream
from readiness.system.line.process import run_job
from readiness.system.line.serve_line import ServeLine
from tests.fakes.line import measuring_server, relay
from tests.fakes.tls import certificate, encrypted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.rig

PACE = 4.0
"""Slow enough that the encryption of the rig, in one Python thread, is not what is measured."""


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def address(pem: Path) -> Iterator[str]:
    with (
        measuring_server() as server,
        relay(server, down=PACE, up=PACE) as line,
        encrypted(line, pem) as safe,
    ):
        yield safe


def _line(address: str) -> ServeLine:
    job = ServeJob(part="", address=address, seconds=1.5, warm_up=0.4, bin_s=0.1, streams=3)
    return ServeLine(Token(), job)


@pytest.mark.parametrize("part", ["download", "upload"])
def test_the_figure_is_the_pace_of_the_line(
    address: str, pem: Path, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))

    found = getattr(_line(address), part)(lambda _f, _r: None)

    assert found.rate == pytest.approx(PACE, rel=0.2)
    assert found.summary["encrypted"] is True


def test_round_trips_are_taken_over_it(
    address: str, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))

    job = CallJob(transport=Transport.HTTP, address=address, packets=10)
    found = run_job(Token(), job, lambda _f, _ms: None)

    assert isinstance(found, Stream)
    assert len(found.stream.round_trips()) == 10
    assert found.stream.summary["encrypted"] is True


def test_a_certificate_that_nobody_vouches_for_is_not_trusted(address: str) -> None:
    with pytest.raises(CannotMeasure, match="tls-failure"):
        _line(address).download(lambda _f, _r: None)
