"""The scripts that build a release, for the tests: they find each other beside themselves."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
HERE = ROOT / ".ci" / "release"
WINDOWS = ROOT / ".ci" / "windows"


def release_script(name: str, *folders: Path) -> ModuleType:
    """One of the scripts of ``.ci/release``, or of the folders that are named."""
    before = list(sys.path)
    sys.path[:0] = [str(folder) for folder in (*folders, HERE)]
    try:
        return importlib.import_module(name)
    finally:
        sys.path[:] = before


def windows_script(name: str) -> ModuleType:
    """One of the scripts of ``.ci/windows``."""
    return release_script(name, WINDOWS, WINDOWS / "start")
