"""What is tried under Wine, by one command; root on Debian 12.

    python .ci/windows lane        everything, from nothing: Wine, the tests in it, the installer
    python .ci/windows package     the installer alone, built and tried

Python is that of the tests' environment. ``--work DIR`` names another folder than build/windows for
what lies in between. See CONTRIBUTING.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from given import ROOT, Stop, say
from lane import run_lane
from windows_packaged import run_package

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

STEPS: dict[str, Callable[[Path], None]] = {
    "lane": run_lane,
    "package": run_package,
}


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="python .ci/windows",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("step", choices=STEPS)
    parser.add_argument("--work", type=Path, default=ROOT / "build" / "windows")
    given = parser.parse_args(arguments)
    try:
        STEPS[given.step](given.work.resolve())
    except Stop as stop:
        say(str(stop))
        return 1
    return 0
