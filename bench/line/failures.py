"""The failure list: how many wrong figures get through."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from bench.rows import Row
from tests.rig.emulator import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

LISTS = (
    "test_line_failures.py",
    "test_line_loopback.py",
    "test_line_ndt7.py",
    "test_line_shapes.py",
    "test_line_speedtest.py",
    "test_call_stamp.py",
)
"""Each case there asks for a reason and no figure, or for a figure that is right."""


def failures(lists: tuple[str, ...] = LISTS) -> Iterator[Row]:
    """Run the lists; what is not as it must be is a wrong figure, reason or delay."""
    with tempfile.TemporaryDirectory() as folder:
        for name in lists:
            told = Path(folder) / "told.xml"
            path = f"tests/rig/{name}"
            command = [sys.executable, "-m", "pytest", "-q", path, f"--junitxml={told}"]
            subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=False)
            suite = ET.parse(told).getroot().find("testsuite")  # noqa: S314 - our own, just written
            assert suite is not None
            cases = int(suite.get("tests", "0"))
            wrong = sum(int(suite.get(kind, "0")) for kind in ("failures", "errors", "skipped"))
            yield Row(
                figure=f"failure list, {name.removeprefix('test_').removesuffix('.py')}",
                asked="0 wrong, each with its reason within 15 s",
                reached=f"{wrong} wrong of {cases} cases",
                met=not wrong and cases > 0,
            )
