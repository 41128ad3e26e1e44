"""An applicant goes the whole way in the real window on a real X server, without a mouse.

The program is started as a person starts it, measures over the virtual sound server and the
loopback line, and is acted on over AT-SPI, as a screen reader does.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pytest

from readiness.engine import Engine
from readiness.model.measurement import EvidenceKind, Measurement
from tests.fakes.line import measuring_server
from tests.rig.sound_server import ROOM_DBOV, SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [pytest.mark.rig, pytest.mark.xvfb, pytest.mark.timeout(300)]

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
BUS_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
SENTENCES = "Good morning, you have reached customer service. I will look up your order right away."


class Assistive:
    """The driver process; each call is one thing that a person does or waits for."""

    def __init__(self, environment: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore", str(Path(__file__).with_name("assistive.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment,
            text=True,
            encoding="utf-8",
        )

    def do(self, **command: object) -> dict[str, Any]:
        """Carry out one command; what is on the screen is in the message if it fails."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(command) + "\n")
        self._process.stdin.flush()
        answer: dict[str, Any] = json.loads(self._process.stdout.readline())
        assert answer["ok"], f"{command}: on the screen is\n" + "\n".join(answer.get("tree", []))
        return answer

    def press(self, name: str, role: str = "push button") -> None:
        """Press a button, tick a box."""
        self.do(press=name, role=role)

    def wait(self, name: str, role: str = "") -> str:
        """Wait until it is on the screen; its whole name."""
        return str(self.do(wait=name, role=role)["name"])

    def screen(self) -> list[str]:
        """Role and name of everything on the screen."""
        return [str(line) for line in self.do(tree=True)["tree"]]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait(20)
        self._process.stdout.close()


@contextlib.contextmanager
def _process(*command: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


@contextlib.contextmanager
def _screen_and_bus(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """A screen and an accessibility bus of this test's own."""
    read, write = os.pipe()
    screen = subprocess.Popen(
        [
            _tool("Xvfb"),
            "-displayfd",
            str(write),
            "-screen",
            "0",
            "1280x900x24",
            "-nolisten",
            "tcp",
        ],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read, encoding="ascii") as stream:
        display = f":{stream.readline().strip()}"
    bus = subprocess.Popen(
        [_tool("dbus-daemon"), "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        text=True,
    )
    assert bus.stdout is not None
    environment = {
        **environment,
        "DISPLAY": display,
        "DBUS_SESSION_BUS_ADDRESS": bus.stdout.readline().strip(),
    }
    try:
        with _process(BUS_LAUNCHER, "--launch-immediately", environment=environment):
            yield environment
    finally:
        for process in (bus, screen):
            process.terminate()
            process.wait(20)
        bus.stdout.close()


def _tool(name: str) -> str:
    path = shutil.which(name)
    assert path is not None, f"{name} is not installed"
    return path


def _go(person: Assistive, sound: SoundServer, server: str, folder: Path) -> str:
    """From the first page to the saved report; the headline of the result."""
    person.press("Check my home office")
    person.press("Measure my line", "check box")
    person.do(type="Address of the measuring server", text=server)
    person.press("Listen to my microphone", "check box")
    person.press("Start")
    person.wait("Be quiet for a moment")
    person.press("I am ready")
    person.wait("Read this aloud")
    sound.play(sound.say(SENTENCES * 3, dbov=-26))
    person.press("I am ready")
    person.wait("as loud as you ever get")
    person.press("I am ready")
    person.wait("let the room be as it is")
    person.press("I am ready")
    person.wait("A few things only you can know")
    person.press("Room")
    person.press("street noise? Yes", "radio button")
    person.press("See the result")
    headline = person.wait("ready", "label")
    person.press("Save report…")
    person.do(type="Folder", role="text", text=str(folder))
    person.press("Save", "push button")
    person.wait("Written:")
    return headline


def test_an_applicant_gets_from_the_first_page_to_a_saved_report(tmp_path: Path) -> None:
    """Every step can be found by role and name, and the file holds what the rig played."""
    folder = tmp_path / "reports"
    folder.mkdir()
    with SoundServer() as sound, measuring_server() as server:
        environment = {
            **os.environ,
            **sound.environment,
            "HOME": str(tmp_path),
            "XDG_CONFIG_HOME": str(tmp_path / "config"),
            "READINESS_HOME": str(tmp_path / "home"),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "LANG": "C.UTF-8",
            "LC_ALL": "C.UTF-8",
        }
        with (
            _screen_and_bus(environment) as environment,
            _process(sys.executable, "-m", "readiness", environment=environment),
            Assistive(environment) as person,
        ):
            headline = _go(person, sound, server, folder)

    (path,) = folder.glob("*.readiness.json")
    report = Engine(home=tmp_path / "home").open(path)
    noise = report.session.latest()["voice.noise"]
    assert "ready" in headline.lower()
    assert isinstance(noise, Measurement)
    assert noise.value == pytest.approx(ROOM_DBOV, abs=0.5)
    room = report.session.latest()["declared.quiet_room"]
    assert isinstance(room, Measurement)
    assert room.evidence.kind is EvidenceKind.DECLARED
    assert sorted(p.suffix for p in folder.iterdir()) == [".html", ".json", ".pdf"]
