"""Takes the pictures of the guide for the docs.

python bench/screenshots.py [FOLDER] [--dark] [--language TAG] [--size 910x512]

Every page is the real one, built by a whole check with the real judge, profiles and reports; only
the measured values are played, so that the pictures do not depend on who takes them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from PySide6.QtCore import QSettings, QSize  # noqa: E402 - after the path and the platform
from PySide6.QtWidgets import QApplication, QDialog, QPushButton  # noqa: E402

from bench.contact_sheet import save  # noqa: E402
from readiness.locale import languages  # noqa: E402
from readiness.ports import Choices, Need  # noqa: E402
from readiness.pseudo import PSEUDO  # noqa: E402
from tests.fakes.engine import FakeEngine  # noqa: E402
from ui.app import prepare  # noqa: E402
from ui.settings import Settings  # noqa: E402
from ui.theme import Appearance  # noqa: E402
from ui.window import Window  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

PATIENCE_S = 20
ENOUGH = 16


def until(holds: Callable[[], object]) -> None:
    """Let the window live until something holds."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        QApplication.processEvents()
        time.sleep(0.005)
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")
    settle()


def settle(seconds: float = 0.15) -> None:
    """Let layouts come to rest."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        QApplication.processEvents()
        time.sleep(0.005)


class Camera:
    """Walks through a whole check and takes a picture of each page."""

    def __init__(self, window: Window, folder: Path, suffix: str) -> None:
        self.window, self.folder, self.suffix = window, folder, suffix

    def take(self, name: str) -> None:
        """Save the window as a picture."""
        page = self.window.page
        until(lambda: page is None or page.whole)
        path = self.folder / f"{name}{self.suffix}.png"
        save(self.window.grab().toImage(), path)

    def _dialog(self, button: str, name: str) -> None:
        """Open a dialog, take its picture, close it."""
        found = self.window.findChild(QPushButton, button)
        if found is None:
            raise LookupError(button)
        found.click()
        settle()
        for dialog in self.window.findChildren(QDialog):
            path = self.folder / f"{name}{self.suffix}.png"
            save(dialog.grab().toImage(), path)
            dialog.reject()

    def _values(self) -> int:
        state = self.window.journey.state
        return len(state.live) if state is not None else 0

    def _measures(self, metric: str) -> int:
        """How many live values of a metric there are."""
        state = self.window.journey.state
        return 0 if state is None else sum(live.metric == metric for live in state.live)

    def _speaking(self) -> bool:
        state = self.window.journey.state
        return state is not None and state.started_step is not None

    def _asked(self) -> bool:
        state = self.window.journey.state
        return state is not None and state.step is not None

    def walk(self) -> None:
        """From the first page to the last."""
        window, journey = self.window, self.window.journey
        until(lambda: journey.profiles)
        self.take("welcome")
        journey.choices = Choices(
            consent=frozenset(Need), server="https://measure.example", input="7"
        )
        journey.consider()
        self.take("plan")
        journey.start(journey.choices)
        until(lambda: self._measures("line.round_trip_median") > ENOUGH)
        self.take("call")
        until(lambda: self._measures("line.upload") > ENOUGH)
        self.take("run")
        until(self._asked)
        journey.ready()
        until(self._asked)
        self.take("ready")
        journey.ready()
        until(lambda: self._values() > ENOUGH and self._speaking())
        self.take("voice")
        until(lambda: window.name == "questions")
        journey.answers = {
            "headset_corded": True,
            "antivirus": True,
            "line_type": "cable",
            "quiet_room": True,
            "work_hours": "mon 09:00-12:30,14:00-18:00; tue 09:00-17:00; sat 18:00-24:00",
        }
        for question, name in (("door", "questions"), ("work_hours", "week")):
            journey.asked_at = question
            window.again()
            self.take(name)
        journey.finish()
        until(lambda: window.name == "result")
        self.take("result")
        journey.sharing.begin()
        until(lambda: journey.sharing.draft)
        self.take("share")
        journey.compare()
        until(lambda: window.name == "match")
        self.take("match")
        journey.turned.emit("earlier")
        settle(0.6)
        self.take("earlier")


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--language", default="en", choices=(*languages(), *PSEUDO))
    parser.add_argument("--size", default="1120x720", help="WIDTHxHEIGHT in pixels")
    return parser.parse_args()


def main() -> None:
    """Take the pictures; their names end in -de and -dark where they are."""
    wanted = asked()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    suffix = "" if wanted.language == "en" else f"-{wanted.language}"
    suffix += "-dark" if wanted.dark else ""
    with tempfile.TemporaryDirectory() as home:
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, home)
        settings = Settings()
        settings.appearance = Appearance.DARK if wanted.dark else Appearance.LIGHT
        prepare(settings)
        window = Window(lambda: FakeEngine(Path(home), pace=0.05), settings)
        window.speak(wanted.language)
        window.resize(QSize(*map(int, wanted.size.split("x"))))
        window.show()
        window.begin()
        Camera(window, wanted.folder, suffix).walk()
        window.close()


if __name__ == "__main__":
    main()
