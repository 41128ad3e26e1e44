"""Which modules are loaded off the window's thread: see ``ui/ahead.py``."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Self

REACHING_QT = frozenset({"ui", "PySide6", "shiboken6"})
"""Packages whose modules make kinds of Qt's things."""


class Watched:
    """Notes, as long as it is entered, what of some packages another thread begins to load."""

    def __init__(self, packages: frozenset[str] = REACHING_QT) -> None:
        self._packages = packages
        self.found: list[str] = []

    def __enter__(self) -> Self:
        sys.meta_path.insert(0, self)
        return self

    def __exit__(self, *_: object) -> None:
        sys.meta_path.remove(self)

    def find_spec(
        self,
        name: str,
        path: Sequence[str] | None = None,  # noqa: ARG002 - how Python asks
        target: ModuleType | None = None,  # noqa: ARG002 - the same
    ) -> ModuleSpec | None:
        """Note it, and leave the finding to others."""
        here = threading.current_thread() is threading.main_thread()
        if not here and name.partition(".")[0] in self._packages:
            self.found.append(name)
        return None
