"""The window with Qt's own platform for Windows, on a screen, in a process of its own."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.windows.program import PATIENCE_S, ROOT, run

assert sys.platform == "win32"

from tests.windows.settings import PERSON

if TYPE_CHECKING:
    from tests.windows.settings import Settings

pytestmark = [pytest.mark.windows, pytest.mark.timeout(300)]

PERSONALIZE = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize"
LIGHT_PAGE, DARK_PAGE = "#F5F6F3", "#121816"


def _seen(home: Path) -> dict[str, object]:
    """What the window is like."""
    told = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("seen.py")), str(home)],
        cwd=home,
        env={**os.environ, "PYTHONPATH": str(ROOT), "READINESS_HOME": str(home / "kept")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
    assert told.returncode == 0, told.stderr.decode(errors="replace")
    found: dict[str, object] = json.loads(told.stdout)
    return found


def test_the_window_is_one_of_windows(tmp_path: Path) -> None:
    found = _seen(tmp_path)

    assert (found["platform"], found["handle"]) == ("windows", True)


@pytest.mark.parametrize(("light", "page"), [(1, LIGHT_PAGE), (0, DARK_PAGE)])
def test_dark_and_light_are_the_system_s(
    settings: Settings, tmp_path: Path, light: int, page: str
) -> None:
    settings.set(PERSON, PERSONALIZE, AppsUseLightTheme=light)

    assert _seen(tmp_path)["page"] == page


def test_the_window_is_scaled_as_the_system_is(tmp_path: Path) -> None:
    """``READINESS_DOTS``: how many to an inch were set before Windows began, where they were."""
    asked = os.environ.get("READINESS_DOTS")

    assert _seen(tmp_path)["ratio"] == (int(asked) if asked else _dots()) / 96


def _dots() -> int:
    """What Windows says to a program that scales itself."""
    ctypes.windll.user32.SetThreadDpiAwarenessContext(ctypes.c_void_p(-4))  # per monitor, V2
    return int(ctypes.windll.user32.GetDpiForSystem())


def test_all_its_pages_are_shown_on_the_screen(tmp_path: Path) -> None:
    """In every language, with every font, icon and picture."""
    told = run("--self-test", "--on-screen", "--json", home=tmp_path)

    assert told.returncode == 0, told.stdout
    found = {step["id"]: step["facts"] for step in json.loads(told.stdout)["steps"]}
    assert found["window"]["platform"] == "windows"
