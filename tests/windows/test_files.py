"""Files that other programs hold: Windows refuses to replace them while they do."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import InputError, StorageError
from readiness.storage import write_new, write_whole

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.windows

HOLD = """
import sys, time
with open(sys.argv[1], "rb"):
    print("held", flush=True)
    time.sleep(float(sys.argv[2]))
"""


def _held(path: Path, seconds: float) -> subprocess.Popen[str]:
    """Another program that reads the file for so long."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path), str(seconds)], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline().strip() == "held"
    return holder


def test_a_file_that_another_program_keeps_open_stays_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(b"before")
    with _held(path, 60) as holder:
        with pytest.raises(StorageError, match="cannot-write"):
            write_whole(path, b"after")

        assert path.read_bytes() == b"before"
        assert [one.name for one in tmp_path.iterdir()] == ["a.json"]
        holder.kill()


def test_a_file_that_is_looked_at_for_a_moment_is_waited_for(tmp_path: Path) -> None:
    """As virus scanners and indexers do with every new file."""
    path = tmp_path / "a.json"
    path.write_bytes(b"before")
    with _held(path, 0.4):
        write_whole(path, b"after")

    assert path.read_bytes() == b"after"


def test_what_is_refused_for_good_is_not_waited_for_long(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    begin = time.perf_counter()

    with pytest.raises(StorageError, match="cannot-write"):
        write_whole(tmp_path / "a", b"after")

    assert time.perf_counter() - begin < 10


def test_a_name_in_other_letters_is_the_same_file(tmp_path: Path) -> None:
    (tmp_path / "Report.json").write_bytes(b"before")

    with pytest.raises(InputError, match="file-exists"):
        write_new(tmp_path / "report.JSON", b"after")

    assert (tmp_path / "Report.json").read_bytes() == b"before"


@pytest.mark.parametrize("name", ["a:b.json", "a?.json", "a*.json", "a|b.json", 'a"b.json'])
def test_a_name_that_windows_does_not_take_is_refused_in_words(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="cannot-write"):
        write_whole(tmp_path / name, b"x")

    assert list(tmp_path.iterdir()) == []
