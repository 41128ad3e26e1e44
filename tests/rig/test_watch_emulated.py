"""The long watch on an emulated line whose cuts are known."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from tests.rig.emulator import ROOT, SERVER, Bed, Shape

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.rig

SERVE = ("-m", "readiness", "serve", "--listen", f"{SERVER}:8077")
LINE = Shape(mbit=25, delay_ms=10)
BEAT = 0.1


@pytest.fixture
def bed() -> Iterator[Bed]:
    """A line of 25 Mbit/s with a measuring server at its end."""
    with Bed() as made, made.serving(sys.executable, *SERVE, until="Ctrl+C"):
        made.shape(LINE)
        yield made


def _watch(bed: Bed, seconds: float, transport: str) -> subprocess.Popen[str]:
    job = {
        "type": "watch",
        "paths": [{"transport": transport, "address": f"http://{SERVER}:8077"}],
        "seconds": seconds,
        "tell_s": 0.2,
        "gentle_s": 0.25,
    }
    return subprocess.Popen(
        bed.at_client(sys.executable, "-m", "tests.rig.watch_drive", json.dumps(job)),
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )


def _until(child: subprocess.Popen[str], times: int) -> None:
    assert child.stdout is not None
    for _ in range(times):
        assert child.stdout.readline().startswith("going on")


def _outcome(child: subprocess.Popen[str]) -> dict[str, Any]:
    said, _ = child.communicate(timeout=60)
    outcome: dict[str, Any] = json.loads(said.splitlines()[-1])
    return outcome


def test_a_line_cut_for_3_s_is_one_dropout_of_3_s(bed: Bed) -> None:
    """Within the beat, and what the moments of cutting themselves are off by on a busy computer."""
    with _watch(bed, 14.0, "stamp") as child:
        _until(child, 12)
        begin = time.monotonic()
        bed.shape(Shape(cut=True))
        cut = time.monotonic()
        time.sleep(3.0)
        mended = time.monotonic()
        bed.shape(LINE)
        end = time.monotonic()
        outcome = _outcome(child)

    (one,) = outcome["found"]["outages"]
    assert mended - cut - 2 * BEAT <= one["seconds"] <= end - begin + 2 * BEAT
    assert outcome["found"]["pauses"] == []
    assert outcome["packets"] == 140


def test_the_same_is_seen_by_connections(bed: Bed) -> None:
    """Fewer of them, so the length is known less well."""
    with _watch(bed, 12.0, "tcp") as child:
        _until(child, 10)
        bed.shape(Shape(cut=True))
        time.sleep(3.0)
        bed.shape(LINE)
        outcome = _outcome(child)

    assert len(outcome["found"]["outages"]) == 1


def test_loss_at_random_is_no_dropout(bed: Bed) -> None:
    bed.shape(Shape(mbit=25, delay_ms=10, loss=0.1))
    with _watch(bed, 10.0, "stamp") as child:
        outcome = _outcome(child)

    assert outcome["found"]["outages"] == []
    assert 5 < outcome["found"]["loss"]["value"] < 35


def test_another_address_of_this_computer_is_no_end(bed: Bed) -> None:
    """The network hands out a new one; a socket that was bound to the old one is of no use."""
    with _watch(bed, 12.0, "stamp") as child:
        _until(child, 10)
        new = "10.77.0.7"
        route = bed.at_server("ip", "route", "add", new, "dev", "line1")
        subprocess.run(route, check=True)
        for change in (("flush",), ("add", new, "peer", SERVER)):
            command = bed.at_client("ip", "addr", change[0], *change[1:], "dev", "line0")
            subprocess.run(command, check=True)
        outcome = _outcome(child)

    assert outcome["summary"]["opened_anew"] >= 1
    last = outcome["found"]["outages"][-1]
    assert last["begin"] + last["seconds"] < 11, "it was found again before the end"
