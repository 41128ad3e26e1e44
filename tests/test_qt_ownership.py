"""Nothing that outlives a window is taken from a window: see ``ui/widgets/native.py``."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TAKEN_ALONG = frozenset({"screen", "windowHandle", "nextInFocusChain", "previousInFocusChain"})
"""What a widget hands out and PySide then counts as its child, though it is not."""
ROOMS = ("ui", "tests/ui", "tests/fakes", "bench")

SWEPT = """
import gc, sys
from PySide6.QtGui import QCursor, QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import Shiboken
from ui.widgets.native import handle, room_on_screen

app = QApplication([])


class Kept(QWidget):
    def __init__(self):
        super().__init__()
        self.itself = self
        QDialog(self).show()
        self.show()
        self.room, self.handle = room_on_screen(self), handle(self)


def parent(wrapper):
    return [row for row in Shiboken.dump(wrapper).splitlines() if row.startswith("parent")]


window = Kept()
assert not window.room.isEmpty()
assert window.handle.winId() == window.winId()
print(parent(QGuiApplication.primaryScreen()), parent(window.handle))
del window
gc.collect()
print(QCursor.pos() is not None)
"""


def taken(source: str) -> list[int]:
    """Lines on which something that is no child is taken from a widget."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in TAKEN_ALONG
        and not node.args
    ]


def test_nothing_that_outlives_a_widget_is_taken_from_it() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{line}"
        for room in ROOMS
        for path in sorted((ROOT / room).rglob("*.py"))
        for line in taken(path.read_text(encoding="utf-8"))
    ]

    assert found == []


@pytest.mark.parametrize("planted", ["self.screen()", "a.window().windowHandle()"])
def test_a_planted_one_is_found(planted: str) -> None:
    assert taken(f"size = 1\nwhere = {planted}") == [2]


def test_screen_and_handle_belong_to_no_widget_and_the_screen_outlives_it() -> None:
    told = subprocess.run(
        [sys.executable, "-c", SWEPT], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert told.stdout.split("\n") == ["[] []", "True", ""], told.stderr
