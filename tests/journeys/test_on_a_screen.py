"""The program as a person starts it, on a real window server: a window appears, a check ends."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
import time
from ctypes import byref, c_char_p, c_int, c_uint, c_ulong, c_void_p
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60

pytestmark = [
    pytest.mark.xvfb,
    pytest.mark.skipif(sys.platform != "linux", reason="X is the window server of Linux"),
]


@pytest.fixture
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    """A person's environment: the virtual screen, and a home of its own."""
    screen = request.getfixturevalue("xvfb")
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("QT_", "XDG_", "WAYLAND"))}
    home = {"HOME": str(tmp_path), "READINESS_HOME": str(tmp_path / "data")}
    return {**kept, **home, "DISPLAY": f":{screen.display}", "QT_QPA_PLATFORM": "xcb"}


def window_names(display: str) -> Iterator[str]:
    """The names of all top-level windows, asked of the window server itself."""
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = c_void_p
    x11.XDefaultRootWindow.argtypes = [c_void_p]
    x11.XDefaultRootWindow.restype = c_ulong
    x11.XQueryTree.argtypes = [c_void_p, c_ulong, *[c_void_p] * 4]
    x11.XFetchName.argtypes = [c_void_p, c_ulong, c_void_p]
    x11.XCloseDisplay.argtypes = [c_void_p]
    opened = x11.XOpenDisplay(display.encode())
    assert opened, f"no window server at {display}"
    root, parent, count = c_ulong(), c_ulong(), c_uint()
    children = ctypes.POINTER(c_ulong)()
    top = x11.XDefaultRootWindow(opened)
    x11.XQueryTree(opened, top, byref(root), byref(parent), byref(children), byref(count))
    for index in range(count.value):
        name = c_char_p()
        found: int = c_int(x11.XFetchName(opened, children[index], byref(name))).value
        if found and name.value:
            yield name.value.decode("utf-8", "replace")
    x11.XCloseDisplay(opened)


def test_without_arguments_a_window_appears_and_ends_when_told(
    environment: dict[str, str],
) -> None:
    program = subprocess.Popen(
        [sys.executable, "-m", "readiness"],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    end = time.monotonic() + PATIENCE_S
    try:
        while not any("Readiness" in name for name in window_names(environment["DISPLAY"])):
            assert program.poll() is None, program.communicate()[0]
            assert time.monotonic() < end, "no window"
            time.sleep(0.1)
    finally:
        program.send_signal(signal.SIGTERM)
        said = program.communicate(timeout=PATIENCE_S)[0]
    assert "Traceback" not in said


def test_a_whole_check_ends_with_saved_files_on_a_real_window_server(
    environment: dict[str, str],
) -> None:
    """The journey of ``tests/ui``, with real windows instead of drawn ones."""
    journey = "tests/ui/test_window_journey.py::test_a_whole_check_ends_with_saved_files"
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:xvfb", "-p", "no:cacheprovider", journey],
        cwd=ROOT,
        env={**environment, "READINESS_TEST_PLATFORM": "xcb"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert "1 passed" in told.stdout, told.stdout + told.stderr
