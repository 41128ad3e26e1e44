"""Files that are dropped or named: what opens, and in which words the rest is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.handed_file import FileKind, handed_file, looks_like_file
from readiness.model.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("mine.toml", FileKind.REQUIREMENTS),
        ("MINE.TOML", FileKind.REQUIREMENTS),
        ("readiness-typical-voice-2026-11-26-0912.readiness.json", FileKind.REPORT),
        ("report.pdf", FileKind.REPORT),
        ("report.HTML", FileKind.REPORT),
    ],
)
def test_what_it_is_is_told_by_its_name(tmp_path: Path, name: str, kind: FileKind) -> None:
    path = tmp_path / name

    found = handed_file([str(path)])

    assert (found.path, found.kind) == (path, kind)


@pytest.mark.parametrize(
    ("reference", "why"),
    [
        ("", "no-file"),
        ("\0.toml", "no-file"),
        ("https://evil.example/list.toml", "not-on-this-computer"),
        ("file:///etc/list.toml", "not-on-this-computer"),
        ("smb://server/list.toml", "not-on-this-computer"),
        ("data:text/plain,x.toml", "not-on-this-computer"),
        (r"\\server\share\list.toml", "not-on-this-computer"),
        ("//server/share/list.toml", "not-on-this-computer"),
        ("virus.exe", "file-kind-unknown"),
        ("link.lnk", "file-kind-unknown"),
        ("noending", "file-kind-unknown"),
    ],
)
def test_what_cannot_be_opened_is_refused_with_a_reason(reference: str, why: str) -> None:
    with pytest.raises(InputError) as refused:
        handed_file([reference])

    assert refused.value.reference == why
    assert refused.value.hint


def test_a_folder_is_refused_whatever_it_is_called(tmp_path: Path) -> None:
    folder = tmp_path / "list.toml"
    folder.mkdir()

    with pytest.raises(InputError) as refused:
        handed_file([str(folder)])

    assert refused.value.reference == "not-a-file"


def test_several_at_once_are_refused() -> None:
    with pytest.raises(InputError) as refused:
        handed_file(["a.toml", "b.toml", "c.toml"])

    assert refused.value.reference == "several-files"
    assert str(refused.value).startswith("These are 3 files")


def test_none_at_all_is_refused() -> None:
    with pytest.raises(InputError, match="no-file"):
        handed_file([])


def test_a_path_of_windows_is_a_path() -> None:
    assert handed_file([r"C:\Users\me\list.toml"]).kind is FileKind.REQUIREMENTS


@pytest.mark.parametrize(
    ("argument", "file"),
    [("list.toml", True), ("C:\\x\\R.PDF", True), ("check", False), ("--help", False)],
)
def test_a_start_with_a_file_is_told_from_a_command(argument: str, *, file: bool) -> None:
    assert looks_like_file(argument) is file


def test_an_endless_or_hostile_name_is_shown_short_and_harmless() -> None:
    with pytest.raises(InputError) as refused:
        handed_file(["https://evil.example/\x1b[31m\u202e" + "x" * 100_000])

    assert len(refused.value.where) <= 81
    assert not {"\x1b", "\u202e"} & set(refused.value.where)
