"""A clean copy of what the product is, with its translations compiled."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

from steps import ROOT, run

if TYPE_CHECKING:
    from pathlib import Path

TREE = ("readiness", "ui", "resources")
"""What of the tree is in the product."""


def copy_product(target: Path, python: Path) -> None:
    """Copy the product without what Python and tools have left in it; compile its translations.

    Args:
        target: The folder; made anew.
        python: A Python that can compile them.

    Raises:
        Stop: They cannot be compiled.
    """
    shutil.rmtree(target, ignore_errors=True)
    for name in TREE:
        unwanted = shutil.ignore_patterns("__pycache__", "*.pyc", "*.mo")
        shutil.copytree(ROOT / name, target / name, ignore=unwanted)
    (target / ".ci").mkdir()
    tool = shutil.copy(ROOT / ".ci" / "catalogue.py", target / ".ci")
    run([python, tool, "compile"])
    shutil.rmtree(target / ".ci")
