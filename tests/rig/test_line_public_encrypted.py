"""The public shapes over TLS: the same figures, and no trust in a stranger's certificate."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure
from readiness.system.line.messages import Ndt7Job, ShapeJob
from readiness.system.line.public import Ndt7Line, ShapeLine
from tests.fakes.http_sites import CLOUDFLARE, http_site
from tests.fakes.line import relay
from tests.fakes.ndt7_site import ndt7_site
from tests.fakes.tls import certificate, encrypted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.rig

PACE = 4.0
"""Slow enough that the encryption of the rig, in one Python thread, is not what is measured."""

BOTH = ("download", "upload")
METHODS = ("cloudflare", "ndt7")


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("tls"))


@contextlib.contextmanager
def _line(method: str, pem: Path) -> Iterator[ShapeLine | Ndt7Line]:
    timing = {"seconds": 3.0, "warm_up": 0.5, "bin_s": 0.1, "streams": 3}
    with contextlib.ExitStack() as stack:
        if method == "ndt7":
            inner = stack.enter_context(ndt7_site(tcp_info=True)).address.replace("ws:", "http:")
        else:
            inner = stack.enter_context(http_site(CLOUDFLARE)).base
        paced = stack.enter_context(relay(inner, down=PACE, up=PACE))
        address = stack.enter_context(encrypted(paced, pem))
        if method == "ndt7":
            job = Ndt7Job(part="", address=address.replace("https:", "wss:"), **timing)  # type: ignore[arg-type]  # by name
            yield Ndt7Line(Token(), job)
        else:
            shape = ShapeJob(part="", shape=method, address=address, **timing)  # type: ignore[arg-type]  # by name
            yield ShapeLine(Token(), shape)


@pytest.mark.parametrize("part", BOTH)
@pytest.mark.parametrize("method", METHODS)
def test_the_figure_is_the_pace_of_the_line(
    method: str, part: str, pem: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(pem))
    with _line(method, pem) as line:
        found = getattr(line, part)(lambda _f, _r: None)

    assert found.half_width is not None
    assert found.rate == pytest.approx(PACE, abs=found.half_width + 0.1 * PACE)
    assert found.summary["encrypted"] is True


@pytest.mark.parametrize("part", BOTH)
@pytest.mark.parametrize("method", METHODS)
def test_a_stranger_s_certificate_is_not_trusted(method: str, part: str, pem: Path) -> None:
    with _line(method, pem) as line, pytest.raises(CannotMeasure) as caught:
        getattr(line, part)(lambda _f, _r: None)

    assert caught.value.detail == "tls-failure"
