"""The program is killed again and again on the way; nothing already measured is lost.

It is killed with SIGKILL as soon as one more step is on disk, started anew, and resumed over
AT-SPI as a person does, until there is a result; then once more, and the result is still there.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from readiness.engine import Engine
from tests.fakes.line import measuring_server
from tests.journeys.desk import ROOT, Assistive, home, screen_and_bus

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.rig, pytest.mark.xvfb, pytest.mark.timeout(400)]

PROFILE = "chat-email"
"""No sound is asked for, so that the computer and the line make all the steps."""
CARD = "Chat and e-mail only"
ENOUGH = 12
PATIENCE_S = 60.0


class Home:
    """The person's data folder, seen from outside."""

    def __init__(self, folder: Path) -> None:
        self._journals = folder / "home" / "journal"

    def results(self) -> dict[str, Any]:
        """Steps that are on disk: id of the probe -> how it went."""
        found: dict[str, Any] = {}
        for path in self._journals.glob("*.journal.json"):
            runs = json.loads(path.read_bytes())["session"].get("runs", [])
            found |= {run["probe"]: run for run in runs}
        return found


def _start_measuring(person: Assistive, server: str, *, resumed: bool) -> None:
    if resumed:
        person.press("Go on")
    else:
        person.press(CARD, "radio button")
        person.press("Check my home office")
    person.press("Measure my line", "check box")
    person.write("Address of the measuring server", server)
    person.press("Start")


def _until_more(data: Home, before: int, program: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE_S
    while len(data.results()) <= before:
        assert program.poll() is None, "it ended by itself"
        assert time.monotonic() < end, f"no step after {before}"
        time.sleep(0.01)


def test_killed_after_every_step_it_goes_on_and_measures_nothing_twice(tmp_path: Path) -> None:
    engine = Engine(home=tmp_path / "planning")
    steps = len(engine.plan([engine.profile(PROFILE)]).probes)
    data = Home(tmp_path)
    kept: dict[str, Any] = {}
    kills = 0
    with measuring_server() as server, screen_and_bus(home(tmp_path)) as around:
        while len(kept) < steps:
            assert kills < ENOUGH
            program = _program(around)
            with Assistive(around) as person:
                _start_measuring(person, server, resumed=bool(kept))
                _until_more(data, len(kept), program)
                program.kill()
                program.wait(20)
            kills += 1
            now = data.results()
            assert {name: now[name] for name in kept} == kept, "what was measured has changed"
            kept = now
        program = _program(around)
        with Assistive(around) as person:
            person.press("Go on")
            person.press("See the result")
            person.wait("Save report…")
            program.kill()
            program.wait(20)
    engine = Engine(home=tmp_path / "home")
    (entry,) = engine.archived()
    session = engine.archived_session(entry.id)
    assert kills >= 3, "killed too seldom to show anything"  # computer, call and speed at least
    assert sorted(run.probe for run in session.runs if run.probe in kept) == sorted(kept)


def _program(around: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "readiness"], env=around, cwd=ROOT)
