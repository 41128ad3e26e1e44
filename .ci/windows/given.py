"""What every step of a release needs, for what is tried under Wine too."""

from __future__ import annotations

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
    "run",
    "say",
    "settle",
    "settled",
    "tool",
    "version",
]
