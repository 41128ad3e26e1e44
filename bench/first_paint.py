"""Time from process start to the first paint: our window against an empty QMainWindow.

python bench/first_paint.py    warm, medians of nine, both measured in turns in the same run.
The budget is 1.8 times the empty window. Both have their modules compiled, as installed ones are.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RUNS = 9
BUDGET = 1.8
EMPTY = """
import sys, time
from PySide6.QtWidgets import QApplication, QMainWindow
class First(QMainWindow):
    def paintEvent(self, event):
        print(time.monotonic(), flush=True)
        import os; os._exit(0)
app = QApplication([])
window = First()
window.resize(1120, 720)
window.show()
app.exec()
"""
OURS = """
import sys, time
sys.path.insert(0, {root!r})
from ui.app import make_engine, prepare
from ui.settings import Settings
from ui.window import Window
class First(Window):
    def paintEvent(self, event):
        print(time.monotonic(), flush=True)
        import os; os._exit(0)
settings = Settings()
app = prepare(settings)
window = First(make_engine, settings)
window.show()
window.begin()
app.exec()
"""


def once(program: str, compiled: str) -> float:
    """Milliseconds from starting the process to its first paint; ``compiled``: where modules go."""
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": compiled}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    begin = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-c", program],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return (float(done.stdout.split()[-1]) - begin) * 1000


def main() -> None:
    """Measure in turns and print both medians and their ratio."""
    programs = {"empty": EMPTY, "ours": OURS.format(root=str(ROOT))}
    times: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as compiled:
        for program in programs.values():
            once(program, compiled)
        for _ in range(RUNS):
            for name, program in programs.items():
                times[name].append(once(program, compiled))
    medians = {name: statistics.median(found) for name, found in times.items()}
    ratio = medians["ours"] / medians["empty"]
    for name, median in medians.items():
        print(f"{name}: {median:.0f} ms (median of {RUNS}, {min(times[name]):.0f} at best)")
    print(f"ratio: {ratio:.2f} (budget {BUDGET})")


if __name__ == "__main__":
    main()
