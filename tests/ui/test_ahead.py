"""What the next pages need is loaded before they come, and by whom."""

from __future__ import annotations

import contextlib
import importlib
import subprocess
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tests.ui.imports import Watched
from ui.choosing import NEEDED_SOON
from ui.review import working

if TYPE_CHECKING:
    import pytest

ROOT = Path(__file__).parents[2]

STARTED = """
import sys
from pathlib import Path
from PySide6.QtCore import QSettings
from tests.fakes.engine import FakeEngine
from tests.ui.imports import Watched
from tests.ui.walk import opened, until
from ui.choosing import PAGES_SOON

home = Path(sys.argv[1])
with Watched() as watched, opened(home) as walk:
    until(lambda: set(PAGES_SOON) <= set(sys.modules))
    walk.page("welcome")
print(watched.found)
"""

REACHES = """
import importlib, sys
importlib.import_module(sys.argv[1])
print([one for one in ("PySide6.QtCore", "ui") if one in sys.modules])
"""


def _told(source: str, *given: str) -> str:
    command = [sys.executable, "-c", source, *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_a_start_loads_nothing_that_reaches_qt_on_another_thread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")

    assert _told(STARTED, str(tmp_path)) == "[]"


def test_what_a_worker_loads_reaches_no_qt() -> None:
    names = {*NEEDED_SOON, *working.NEEDED_SOON}

    assert {name: _told(REACHES, name) for name in names} == dict.fromkeys(names, "[]")


def test_a_planted_module_that_a_worker_loads_is_found() -> None:
    def load() -> None:
        with contextlib.suppress(ModuleNotFoundError):
            importlib.import_module("none_such")

    with Watched(frozenset({"none_such"})) as watched:
        worker = threading.Thread(target=load)
        worker.start()
        worker.join()

    assert watched.found == ["none_such"]
