"""The program in a process of its own, as a person starts it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 280


def run(*words: str, home: Path, cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    """Run ``readiness`` with what it keeps in ``home``; its streams are pipes."""
    return subprocess.run(
        [sys.executable, "-m", "readiness", *words],
        cwd=cwd or home,
        env={**os.environ, "PYTHONPATH": str(ROOT), "READINESS_HOME": str(home / "kept")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_S,
        check=False,
    )
