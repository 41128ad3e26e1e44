"""Resident memory of the idle window, some seconds after it has painted and loaded the profiles.

python bench/idle_memory.py    prints MiB; the budget is 110.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import psutil  # noqa: E402 - after the path
from PySide6.QtWidgets import QApplication  # noqa: E402

from ui.app import make_engine, prepare  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.window import Window  # noqa: E402

BUDGET_MIB = 110
SECONDS = 5


def main() -> None:
    """Open the window, wait, and print what it holds."""
    with tempfile.TemporaryDirectory() as home:
        os.environ["READINESS_HOME"] = home
        settings = Settings()
        prepare(settings)
        window = Window(make_engine, settings)
        window.show()
        window.begin()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            QApplication.processEvents()
            time.sleep(0.01)
        held = psutil.Process().memory_info().rss / 2**20
        print(f"idle: {held:.0f} MiB resident (budget {BUDGET_MIB})")
        print(f"profiles known: {len(window.journey.profiles)}")
        heavy = ("numpy", "scipy", "typst", "babel", "speedtest", "sqlalchemy", "cryptography")
        print("loaded though costly:", ", ".join(n for n in heavy if n in sys.modules) or "nothing")
        window.close()


if __name__ == "__main__":
    main()
