"""Files that are written anew, and files that are read within limits."""

from __future__ import annotations

import errno
from typing import TYPE_CHECKING

import pytest

from readiness import storage
from readiness.model.errors import InputError, StorageError
from readiness.storage import read_limited, refuse_existing, write_new

if TYPE_CHECKING:
    from pathlib import Path


def test_a_new_file_is_written_whole(tmp_path: Path) -> None:
    write_new(tmp_path / "more" / "a.csv", b"new")

    assert (tmp_path / "more" / "a.csv").read_bytes() == b"new"
    assert [one.name for one in (tmp_path / "more").iterdir()] == ["a.csv"]


def test_a_file_that_is_there_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"mine")

    with pytest.raises(InputError, match="file-exists"):
        write_new(path, b"new")
    with pytest.raises(InputError, match="file-exists"):
        refuse_existing(path)

    assert path.read_bytes() == b"mine"


def test_a_link_is_not_written_through(tmp_path: Path) -> None:
    """Also one that leads nowhere: it would make a file elsewhere."""
    path = tmp_path / "a.csv"
    path.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(InputError, match="file-exists"):
        write_new(path, b"new")
    with pytest.raises(InputError, match="file-exists"):
        refuse_existing(path)

    assert not (tmp_path / "elsewhere").exists()


def test_a_write_that_fails_leaves_no_empty_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)

    with pytest.raises(StorageError):
        write_new(tmp_path / "a.csv", b"new")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("size", [0, 1, 99, 100])
def test_a_file_within_the_limit_is_read_whole(size: int, tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * size)

    assert read_limited(tmp_path / "a", 100) == b"x" * size


def test_a_file_beyond_the_limit_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x" * 101)

    with pytest.raises(InputError, match="too-large"):
        read_limited(tmp_path / "a", 100)


@pytest.mark.parametrize("follow", [True, False])
def test_a_file_that_tells_no_length_is_read_up_to_the_limit(*, follow: bool) -> None:
    """Files of the kernel say that they hold nothing."""
    from pathlib import Path

    path = Path("/proc/self/status")
    whole = read_limited(path, 1_000_000, follow=follow)

    assert whole.startswith(b"Name:")
    with pytest.raises(InputError, match="too-large"):
        read_limited(path, 10, follow=follow)


def test_a_link_is_named_as_one_where_links_are_not_followed(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"x")
    for name, target in (("there", "a"), ("nowhere", "gone")):
        (tmp_path / name).symlink_to(tmp_path / target)
        with pytest.raises(InputError, match="not-a-file"):
            read_limited(tmp_path / name, 10, follow=False)

    assert read_limited(tmp_path / "there", 10) == b"x"


def test_where_the_system_cannot_refuse_links_they_are_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Windows has no O_NOFOLLOW."""
    monkeypatch.setattr(storage, "_NOFOLLOW", 0)
    (tmp_path / "a").symlink_to(tmp_path / "b")
    (tmp_path / "b").write_bytes(b"x")

    with pytest.raises(InputError, match="not-a-file"):
        read_limited(tmp_path / "a", 10, follow=False)
    assert read_limited(tmp_path / "b", 10, follow=False) == b"x"
