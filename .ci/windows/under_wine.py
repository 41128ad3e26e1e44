"""A plugin of pytest for the room."""

from __future__ import annotations

import faulthandler
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings
from left_out import LEFT_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

BATCH = "READINESS_BATCH"
"""Names of test files with a space between them: nothing else in their folders is read. Named to
pytest one by one, each would be compared with every file beside it, which takes Wine long."""
STDERR = 2
TOLD_AFTER_S = 540
"""A little before ``suite`` ends a batch without a word; one for all its tests, as a limit for each
would begin a thread each time."""
_WANTED = frozenset(os.environ.get(BATCH, "").split())
_found: set[str] = set()


def pytest_configure() -> None:
    """Let chance take its time; say what goes on before the batch's own time is over."""
    faulthandler.dump_traceback_later(TOLD_AFTER_S, exit=True, file=STDERR)
    settings.register_profile("wine", suppress_health_check=[HealthCheck.too_slow], deadline=None)
    settings.load_profile("wine")


@pytest.hookimpl(tryfirst=True)
def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Pass over what is not in the batch; of what is, and of folders, pytest knows best."""
    if not _WANTED or collection_path.suffix != ".py":
        return None
    name = "/".join(collection_path.parts[-3:])
    _found.add(name)
    return None if name in _WANTED else True


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take out what is left out.

    Raises:
        UsageError: A file of the batch was not read.
    """
    if _WANTED - _found:
        raise pytest.UsageError(f"of the batch, not found: {', '.join(sorted(_WANTED - _found))}")
    gone = [item for item in items if item.nodeid.startswith(tuple(LEFT_OUT))]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in set(gone)]


def pytest_report_header() -> Iterator[str]:
    """Say what is left out."""
    yield f"left out under Wine: {len(LEFT_OUT)} names, see .ci/windows/left_out.py"
