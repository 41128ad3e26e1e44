"""The order of test files: those that take minutes begin first, so that no core waits at the end.

Within a group the order stays random, as pytest-randomly has made it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest

LONGEST_FIRST = ("tests/journeys/", "tests/ui/test_window_everywhere.py", "tests/rig/", "tests/ui/")


def _group(item: pytest.Item) -> int:
    return next(
        (n for n, start in enumerate(LONGEST_FIRST) if item.nodeid.startswith(start)),
        len(LONGEST_FIRST),
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Sort by group; files stay whole, as ``--dist loadfile`` needs it."""
    items.sort(key=_group)
