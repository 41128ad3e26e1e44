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


def release_script(name: str) -> ModuleType:
    """One of the scripts of ``.ci/release``."""
    sys.path.insert(0, str(HERE))
    try:
        return importlib.import_module(name)
    finally:
        sys.path.remove(str(HERE))
