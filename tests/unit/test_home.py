"""The person's folders where the system knows none."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from readiness.engine import Engine
from readiness.home import NOWHERE, home_folder, program_folder

if TYPE_CHECKING:
    from pathlib import Path

UNKNOWN = 2**31 - 5
"""An account that no list of accounts has."""


@pytest.fixture
def homeless(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs as a number: no ``HOME``, and no entry that names one."""
    for name in ("HOME", "XDG_DATA_HOME", "READINESS_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("os.getuid", lambda: UNKNOWN)


@pytest.mark.skipif(sys.platform == "win32", reason="there the system always knows one")
@pytest.mark.usefixtures("homeless")
def test_without_a_home_folder_there_is_one_where_nothing_can_be_written() -> None:
    assert home_folder() == NOWHERE
    assert program_folder() == Engine().home == NOWHERE / "Readiness"


def test_another_folder_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("READINESS_HOME", str(tmp_path))

    assert program_folder() == tmp_path
