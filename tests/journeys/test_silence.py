"""Nothing leaves the computer, and nothing is heard, before the person says so.

The program runs in a network namespace of its own whose interfaces count every packet: the
loopback, and one that stands for the line and has the default route.
"""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING

import pytest

from tests.journeys.desk import home, seated
from tests.journeys.network import FAR_ADDRESS, HOME_SPACE, inside, sent, two_ends
from tests.rig.sound_server import SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = [pytest.mark.rig, pytest.mark.xvfb, pytest.mark.timeout(120)]

NOWHERE = f"http://{FAR_ADDRESS}:8080"
"""Nobody answers there; packets to it are counted."""
SETTLED_S = 2.0
"""Long enough for whatever a page starts when it is shown."""


@pytest.fixture
def counted() -> Iterator[None]:
    """A network whose packets are counted."""
    with two_ends():
        yield


@pytest.mark.usefixtures("counted")
def test_no_packet_and_no_sample_before_the_person_starts_it(tmp_path: Path) -> None:
    """Through the first page, the plan, and with consent given but Start not yet pressed."""
    program = inside(HOME_SPACE, sys.executable, "-m", "readiness")
    with SoundServer() as sound:
        environment = home(tmp_path, **sound.environment)
        with seated(environment, command=program) as person:
            person.press("Check my home office")
            person.press("Measure my line", "check box")
            person.write("Address of the measuring server", NOWHERE)
            person.press("Listen to my microphone", "check box")
            time.sleep(SETTLED_S)
            packets, listeners = sent(), sound.listeners()
            person.press("Start")
            person.wait("Be quiet for a moment")
            packets_then = sent()
            person.press("I am ready")
            end = time.monotonic() + 20
            while not sound.listeners() and time.monotonic() < end:
                time.sleep(0.1)
            listeners_then = sound.listeners()

    assert (packets, listeners) == (0, 0)
    assert packets_then > 0, "the counters see nothing"
    assert listeners_then > 0, "the counter of listeners sees nothing"
