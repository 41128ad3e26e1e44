"""About Windows alone: what is here is collected there and nowhere else.

Some tests change settings of the account and of the computer for as long as they last: they belong
on a Windows that can be thrown away.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

collect_ignore_glob = [] if sys.platform == "win32" else ["test_*.py"]

if sys.platform == "win32":
    from tests.windows.settings import Settings

    if TYPE_CHECKING:
        from collections.abc import Iterator

    @pytest.fixture
    def settings() -> Iterator[Settings]:
        """The registry; what a test writes there is taken back after it."""
        with Settings() as found:
            yield found
