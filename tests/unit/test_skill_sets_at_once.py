"""The window and the worker may both want a language first."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = """
import sys, threading
from readiness.skills.sets import FOLDER, read_skill_set

sys.setswitchinterval(1e-6)
begin = threading.Barrier(4)

def read():
    begin.wait()
    read_skill_set(FOLDER / "en.toml")

threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_threads_that_read_for_the_first_time_at_once_do_no_harm() -> None:
    """It ended one program in three; ten runs show it nearly always."""
    ended = [
        subprocess.run([sys.executable, "-c", AT_ONCE], cwd=ROOT, check=False).returncode
        for _ in range(10)
    ]

    assert ended == [0] * 10
