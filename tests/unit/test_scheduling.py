"""How test files are given out when a test takes its worker down."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest

ROOT = Path(__file__).resolve().parents[2]
CONFTEST = "from tests.conftest import pytest_xdist_make_scheduler\n"
OPTIONS = [
    "-q",
    "-n",
    "3",
    "--dist",
    "loadfile",
    "-p",
    "no:cacheprovider",
    "-p",
    "no:randomly",
    "-p",
    "no:xvfb",
]
FILES = {
    "tests/journeys/test_waits.py": "def test_waits(): pass\n",
    "tests/unit/test_first.py": """
        import os
        def test_goes_down(): os._exit(1)
        def test_after(): pass
        """,
    "tests/unit/test_second.py": "def test_other(): pass\n",
}


def run(room: Path, files: dict[str, str]) -> str:
    """What three workers say of some test files; they have a minute for seconds of work."""
    for name, text in {**files, "conftest.py": CONFTEST}.items():
        path = room / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    told = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS, "tests"],
        cwd=room,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    return told.stdout


@pytest.fixture
def room(tmp_path: Path) -> Path:
    """A project of its own."""
    (tmp_path / "pytest.ini").write_text("[pytest]\n", encoding="utf-8")
    return tmp_path


def test_the_rest_of_the_file_is_done_and_the_run_ends(room: Path) -> None:
    assert "1 failed, 3 passed" in run(room, FILES)


def test_what_takes_a_worker_down_is_given_out_once(room: Path) -> None:
    alone = {name: text for name, text in FILES.items() if "second" not in name}

    assert "1 failed, 2 passed" in run(room, alone)


def test_the_worker_that_waits_may_go_down_too(room: Path) -> None:
    waiting = {"tests/journeys/test_waits.py": FILES["tests/unit/test_first.py"]}

    assert "1 failed, 3 passed" in run(
        room, {**waiting, "tests/unit/test_a.py": "def test_a(): pass\ndef test_b(): pass\n"}
    )
