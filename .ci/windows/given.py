"""What every step of a release needs, for what is tried under Wine too."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
RELEASE = HERE.parent / "release"

sys.path.append(str(RELEASE))

from steps import ROOT, Stop, run, say, tool  # noqa: E402 - they lie there

__all__ = ["HERE", "RELEASE", "ROOT", "Stop", "install", "run", "say", "tool"]


def install(program: str, package: str) -> None:
    """Install a package of Debian if its program is not there.

    Raises:
        Stop: It cannot be installed.
    """
    if shutil.which(program):
        return
    if sys.platform != "linux" or os.geteuid() != 0:
        raise Stop(f"{program} is needed (Debian: {package})")
    say(f"Install {package} …")
    settled = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "-qq", "update"], env=settled)
    run(["apt-get", "-qq", "-y", "--no-install-recommends", "install", package], env=settled)
