"""What every step of a release needs, for what is tried under Wine too."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RELEASE = HERE.parent / "release"

sys.path.append(str(RELEASE))

from steps import (  # noqa: E402 - they lie there
    NAME,
    ROOT,
    TITLE,
    Stop,
    epoch,
    run,
    say,
    settle,
    settled,
    tool,
    version,
)

__all__ = [
    "HERE",
    "NAME",
    "RELEASE",
    "ROOT",
    "TITLE",
    "Stop",
    "epoch",
    "install",
    "run",
    "say",
    "settle",
    "settled",
    "tool",
    "version",
]


def install(programs: dict[str, str]) -> None:
    """Install packages of Debian of which a program is not there: program -> package.

    Raises:
        Stop: They cannot be installed.
    """
    lacking = [package for program, package in programs.items() if shutil.which(program) is None]
    if not lacking:
        return
    if sys.platform != "linux" or os.geteuid() != 0:
        raise Stop(f"please install these packages of Debian: {' '.join(lacking)}")
    say(f"Install {' '.join(lacking)} …")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "-qq", "update"], env=quiet)
    run(["apt-get", "-qq", "-y", "--no-install-recommends", "install", *lacking], env=quiet)
