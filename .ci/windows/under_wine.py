"""A plugin of pytest for the room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, settings
from left_out import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest


def pytest_configure() -> None:
    """Let chance take its time."""
    settings.register_profile("wine", suppress_health_check=[HealthCheck.too_slow], deadline=None)
    settings.load_profile("wine")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what is left out."""
    gone = [item for item in items if item.nodeid.startswith(tuple(LEFT_OUT))]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


def pytest_report_header() -> Iterator[str]:
    """Say what is left out."""
    yield f"left out under Wine: {len(LEFT_OUT)} names, see .ci/windows/left_out.py"
