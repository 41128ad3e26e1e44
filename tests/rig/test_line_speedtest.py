"""The package ``speedtest-cli`` behind its gate, against a stand-in for its servers on loopback.

Without the gate a refused upload reads as a fast one and a refused latency file as half an hour.
"""

from __future__ import annotations

import subprocess
import sys

import pytest

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.messages import SpeedtestJob
from readiness.system.line.serve_line import SpeedtestLine
from tests.fakes.servers import hang_up, misbehaving, silence
from tests.fakes.speedtest_site import speedtest_site

pytestmark = pytest.mark.rig

PARTS = ("download", "upload")
PACE = 20.0


def _line(mirror: str) -> SpeedtestLine:
    return SpeedtestLine(Token(), SpeedtestJob(part="", mirror=mirror))


def _quiet(_fraction: float, _rate: float | None) -> None:
    return


def _why(mirror: str, part: str) -> str:
    with pytest.raises(CannotMeasure) as caught:
        getattr(_line(mirror), part)(_quiet)
    return caught.value.detail


@pytest.mark.parametrize("part", ["download", "upload"])
def test_a_good_server_gives_an_indicative_figure(part: str) -> None:
    with speedtest_site(mbit=PACE) as site:
        found = getattr(_line(site), part)(_quiet)

    assert found.rate == pytest.approx(PACE, rel=0.3)
    assert found.half_width >= 0.1 * found.rate
    assert found.summary["indicative"] is True
    assert "127.0.0.1" not in str(found.summary)


def test_a_stand_in_has_nobody_for_a_test_call() -> None:
    with pytest.raises(CannotMeasure) as caught:
        _line("http://127.0.0.1:1").call(_quiet)

    assert (caught.value.code, caught.value.detail) == (
        FailureCode.UNSUPPORTED,
        "method-has-no-call",
    )


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("piece", ["config", "servers", "latency"])
@pytest.mark.parametrize(("status", "detail"), [(403, "refused-by-server"), (429, "server-busy")])
def test_a_refused_preparation_gives_no_figure(
    piece: str, part: str, status: int, detail: str
) -> None:
    with speedtest_site(**{piece: status}) as site:
        assert _why(site, part) == detail


@pytest.mark.parametrize("part", ["download", "upload"])
@pytest.mark.parametrize(
    ("status", "detail"),
    [
        (403, "refused-by-server"),
        (429, "server-busy"),
        (302, "captive-portal"),
        (500, "garbage-answer"),
    ],
)
def test_a_refused_transfer_gives_no_figure(part: str, status: int, detail: str) -> None:
    """The package alone would report 37.7 Mbit/s for an upload answered with 403."""
    with speedtest_site(mbit=PACE, **{part: status}) as site:
        assert _why(site, part) == detail


def test_an_upload_refused_before_it_is_through_gives_no_figure() -> None:
    """The package sees only a broken pipe, and would count what it had sent."""
    with speedtest_site(mbit=PACE, upload_at_once=403) as site:
        assert _why(site, "upload") in ("connection-reset", "refused-by-server")


def test_an_upload_answered_by_a_web_page_gives_no_figure() -> None:
    with speedtest_site(mbit=PACE, upload=200) as site:
        assert _why(site, "upload") == "garbage-answer"


def test_a_login_page_instead_of_the_configuration_gives_no_figure() -> None:
    with speedtest_site(config=200) as site:
        assert _why(site, "download") == "garbage-answer"


def test_a_server_that_hangs_up_or_is_gone_gives_no_figure() -> None:
    with misbehaving(hang_up) as address:
        assert _why(address, "download") == "connection-reset"
    assert _why(address, "download") == "connection-refused"


def test_a_server_that_never_answers_is_given_up() -> None:
    with misbehaving(silence) as address, pytest.raises(CannotMeasure) as caught:
        _line(address).download(_quiet)

    assert (caught.value.code, caught.value.detail) == (FailureCode.TIMED_OUT, "stalled")


def test_the_package_is_imported_where_there_are_no_standard_streams() -> None:
    """A windowed program on Windows has none, and the package alone would fail to import."""
    code = (
        "import sys; sys.stdout = sys.stderr = None;"
        "from readiness.system.line.speedtest_cli import load; load()"
    )
    done = subprocess.run([sys.executable, "-c", code], check=False, timeout=30)

    assert done.returncode == 0
