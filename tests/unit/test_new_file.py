"""A file that must be new: whole or not there, and nobody else's is touched."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import InputError, StorageError
from readiness.storage import new_file

if TYPE_CHECKING:
    from pathlib import Path


def test_it_is_there_whole_when_the_block_has_ended(tmp_path: Path) -> None:
    path = tmp_path / "new" / "a.zip"

    with new_file(path) as stream:
        stream.write(b"one")
        assert path.read_bytes() == b"", "the name is taken, nothing half shows under it"
        stream.write(b"two")

    assert path.read_bytes() == b"onetwo"
    assert [found.name for found in path.parent.iterdir()] == ["a.zip"]


@pytest.mark.parametrize("end", [KeyboardInterrupt, InputError("wrong", "wrong"), OSError(28, "x")])
def test_whatever_ends_it_early_leaves_nothing(
    tmp_path: Path, end: BaseException | type[BaseException]
) -> None:
    def write_half() -> None:
        with new_file(tmp_path / "a") as stream:
            stream.write(b"half")
            raise end

    with pytest.raises((KeyboardInterrupt, InputError, StorageError)):
        write_half()

    assert not list(tmp_path.iterdir())


def test_what_has_the_name_stays(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"theirs")

    with pytest.raises(InputError, match="file-exists"), new_file(path):
        pass

    assert path.read_bytes() == b"theirs"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_cannot_be_made_is_the_disk_s_refusal(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")

    with pytest.raises(StorageError), new_file(tmp_path / "file" / "a"):
        pass
