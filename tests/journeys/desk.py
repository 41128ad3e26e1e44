"""A desk for a journey: a screen, an accessibility bus, the program, and who acts on it."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from readiness.locale import Reader

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).parents[2]
SYSTEM_PYTHON = "/usr/bin/python3"
BUS_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
PROGRAM = os.environ.get("READINESS_PROGRAM", "")
"""A packaged program to be started instead of the source, as before a release."""

PATIENCE_S = 120.0
"""The longest guided step takes half a minute, more on a busy computer."""
LOCALES = {"en": "C.UTF-8", "de": "de_DE.UTF-8", "es": "es_ES.UTF-8"}
"""What the system says where it speaks a language; the locale need not be installed for it."""


class Assistive:
    """The driver process; each call is one thing that a person does or waits for.

    What stands on the screen is named by its English source text and looked for in the language
    of the journey.
    """

    def __init__(self, environment: dict[str, str], language: str = "en") -> None:
        self.reader = Reader(language)
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
        self.do(press=self.reader.text(name), role=role)

    def wait(self, name: str, role: str = "") -> str:
        """Wait until it is on the screen; its whole name."""
        return str(self.do(wait=self.reader.text(name), role=role)["name"])

    def write(self, field: str, text: str, role: str = "") -> None:
        """Put text into a field."""
        self.do(type=self.reader.text(field), text=text, role=role)

    def first_of(self, *names: str) -> str:
        """Wait until one of these is on the screen, and say which."""
        said = {name: self.reader.text(name) for name in names}
        end = time.monotonic() + PATIENCE_S
        while time.monotonic() < end:
            shown = self.screen()
            for name, words in said.items():
                if any(words in line for line in shown):
                    return name
            time.sleep(1)  # as seldom as a person looks
        raise AssertionError(f"none of {names}: on the screen is\n" + "\n".join(self.screen()))

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
def process(*command: str, environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    started = subprocess.Popen(command, env=environment, cwd=ROOT)
    try:
        yield started
    finally:
        started.terminate()
        started.wait(20)


@contextlib.contextmanager
def screen_and_bus(environment: dict[str, str]) -> Iterator[dict[str, str]]:
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
        with process(BUS_LAUNCHER, "--launch-immediately", environment=environment):
            yield environment
    finally:
        for helper in (bus, screen):
            helper.terminate()
            helper.wait(20)
        bus.stdout.close()


def _tool(name: str) -> str:
    path = shutil.which(name)
    assert path is not None, f"{name} is not installed"
    return path


def home(folder: Path, language: str = "en", **more: str) -> dict[str, str]:
    """What a program is told whose person speaks ``language`` and has their data in ``folder``."""
    spoken = LOCALES[language]
    return {
        **os.environ,
        **more,
        "HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder / "config"),
        "READINESS_HOME": str(folder / "home"),
        "QT_QPA_PLATFORM": "xcb",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "LANG": spoken,
        "LC_ALL": spoken,
    }


@contextlib.contextmanager
def seated(
    environment: dict[str, str], language: str = "en", *, command: Sequence[str] = ()
) -> Iterator[Assistive]:
    """The program on a screen of its own, and somebody who acts on it."""
    start = command or ((PROGRAM,) if PROGRAM else (sys.executable, "-m", "readiness"))
    with (
        screen_and_bus(environment) as around,
        process(*start, environment=around) as program,
        Assistive(around, language) as person,
    ):
        try:
            yield person
        finally:
            ended = program.poll()
            if ended is not None:
                sys.stderr.write(f"the program ended by itself: {ended}\n")
        assert ended is None
