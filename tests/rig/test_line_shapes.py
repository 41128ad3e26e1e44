"""LibreSpeed- and Cloudflare-shaped servers: the pace of the line, and no figure from a fault."""

from __future__ import annotations

import time

import pytest

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure
from readiness.system.line.messages import ShapeJob
from readiness.system.line.public import ShapeLine
from tests.fakes.http_sites import CLOUDFLARE, LIBRESPEED_GO, LIBRESPEED_PHP, http_site
from tests.fakes.servers import garbage, hang_up, misbehaving, silence

pytestmark = pytest.mark.rig

PACE = 40.0
LIMIT_S = 15.0
SHAPES = [
    ("librespeed", LIBRESPEED_PHP),
    ("librespeed", LIBRESPEED_GO),
    ("cloudflare", CLOUDFLARE),
]
BOTH = ("download", "upload")


def _line(shape: str, address: str, **changes: float) -> ShapeLine:
    values = {"seconds": 2.0, "warm_up": 0.5, "bin_s": 0.1, "stall_s": 1.0, **changes}
    return ShapeLine(
        Token(),
        ShapeJob(part="", shape=shape, address=address, **values),  # type: ignore[arg-type]  # by name
    )


def _quiet(_fraction: float, _rate: float | None) -> None:
    return


def _why(shape: str, address: str, part: str) -> str:
    begun = time.monotonic()
    with pytest.raises(CannotMeasure) as caught:
        getattr(_line(shape, address), part)(_quiet)
    assert time.monotonic() - begun < LIMIT_S
    return caught.value.detail


@pytest.mark.parametrize(("shape", "paths"), SHAPES)
@pytest.mark.parametrize("part", BOTH)
def test_the_figure_is_the_pace_of_the_line(shape: str, paths: tuple[str, str], part: str) -> None:
    begun = time.monotonic()
    with http_site(paths, mbit=PACE) as site:
        found = getattr(_line(shape, site.base), part)(_quiet)

    # When it was: the call beside it is cut to these moments.
    assert begun < found.begin < found.end < time.monotonic()
    assert found.half_width is not None
    assert found.rate == pytest.approx(PACE, abs=found.half_width + 0.05 * PACE)
    assert found.summary["counted_by"] == ("receiver" if part == "download" else "sender")


@pytest.mark.parametrize("close", [False, True])
def test_a_download_in_chunks_counts_payload_alone(close: bool) -> None:  # noqa: FBT001 - a case
    """As PHP answers: no length is announced."""
    with http_site(LIBRESPEED_PHP, chunked=True, close=close, mbit=PACE) as site:
        found = _line("librespeed", site.base).download(_quiet)

    assert found.half_width is not None
    assert found.rate == pytest.approx(PACE, abs=found.half_width + 0.05 * PACE)


def test_an_upload_is_never_more_than_the_server_received() -> None:
    with http_site(CLOUDFLARE, mbit=PACE) as site:
        found = _line("cloudflare", site.base).upload(_quiet)

    assert isinstance(found.summary["bytes"], int)
    assert found.summary["bytes"] <= site.received


def test_an_upload_without_a_counter_states_a_wider_uncertainty() -> None:
    with http_site(CLOUDFLARE, mbit=PACE) as site:
        found = _line("cloudflare", site.base).upload(_quiet)

    assert found.half_width is not None
    assert found.half_width >= 0.05 * found.rate


@pytest.mark.parametrize("part", BOTH)
def test_no_more_than_the_budget_is_moved(part: str) -> None:
    with http_site(CLOUDFLARE, mbit=PACE) as site:
        found = getattr(_line("cloudflare", site.base, budget=4_000_000), part)(_quiet)

    assert found.summary["ended_by"] == "budget"
    assert found.summary["bytes"] <= 4_000_000


def test_no_request_asks_for_as_much_as_cloudflare_refuses() -> None:
    """1e8 bytes and more are answered with 403."""
    with http_site(CLOUDFLARE, mbit=400.0) as site:
        _line("cloudflare", site.base, budget=3_000_000_000, seconds=0.5).download(_quiet)

    assert 0 < site.largest < 100_000_000


def test_no_two_requests_are_alike() -> None:
    """So that no store on the way can answer one."""
    with http_site(CLOUDFLARE, mbit=PACE) as site:
        _line("cloudflare", site.base).download(_quiet)

    assert len(set(site.asked)) == len(site.asked) > 6


FAULTS = {
    "403": ("refused-by-server", "refused-by-server"),
    "404": ("garbage-answer", "garbage-answer"),
    "429": ("server-busy", "server-busy"),
    "302": ("captive-portal", "captive-portal"),
    "511": ("captive-portal", "captive-portal"),
    "portal": ("captive-portal", "captive-portal"),
    "cached": ("cached-answer", "cached-answer"),
    "hit": ("cached-answer", "cached-answer"),
    "packed": ("garbage-answer", "garbage-answer"),
    "reset": ("connection-reset", "connection-reset"),
    "stall": ("stalled", "stalled"),
}
"""Fault of the server -> what is found of the download and of the upload."""


@pytest.mark.parametrize("part", BOTH)
@pytest.mark.parametrize("fault", FAULTS)
def test_a_server_that_fails_gives_no_figure(fault: str, part: str) -> None:
    with http_site(LIBRESPEED_GO, fault=fault, mbit=PACE) as site:
        assert _why("librespeed", site.base, part) == FAULTS[fault][BOTH.index(part)]


@pytest.mark.parametrize("chunked", [False, True])
def test_a_body_that_ends_early_is_none(chunked: bool) -> None:  # noqa: FBT001 - a case
    with http_site(LIBRESPEED_GO, fault="truncated", chunked=chunked, mbit=PACE) as site:
        assert _why("librespeed", site.base, "download") == "truncated"


def test_a_body_of_another_size_is_none() -> None:
    with http_site(CLOUDFLARE, fault="short", mbit=PACE) as site:
        assert _why("cloudflare", site.base, "download") == "garbage-answer"


def test_an_upload_that_is_confirmed_unread_gives_no_figure() -> None:
    """A server that lies about what it has."""
    with http_site(CLOUDFLARE, fault="early", mbit=4.0) as site:
        assert _why("cloudflare", site.base, "upload") == "unconfirmed"


def test_an_upload_that_is_never_confirmed_gives_no_figure() -> None:
    with http_site(CLOUDFLARE, fault="mute-upload", mbit=PACE) as site:
        assert _why("cloudflare", site.base, "upload") == "stalled"


@pytest.mark.parametrize("shape", ["librespeed", "cloudflare"])
@pytest.mark.parametrize(
    ("behave", "detail"),
    [(silence, "stalled"), (garbage, "garbage-answer"), (hang_up, "connection-reset")],
    ids=["silence", "garbage", "hang-up"],
)
def test_what_is_no_such_server_gives_no_figure(shape: str, behave: object, detail: str) -> None:
    with misbehaving(behave) as address:  # type: ignore[arg-type]  # one of the three
        assert _why(shape, address, "download") == detail


def test_a_server_that_is_not_there_is_told_from_a_name_that_is_not_there() -> None:
    with misbehaving(hang_up) as address:
        pass
    assert _why("cloudflare", address, "download") == "connection-refused"
    assert _why("cloudflare", "http://nowhere.invalid", "upload") == "dns-failure"
