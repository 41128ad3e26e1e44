"""Drafts on disk: begun, opened, saved; nothing that somebody else wrote is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import InputError
from readiness.profiles import check_profile, load_profile, shipped
from readiness.profiles.draft.files import begin_draft, id_of, open_draft, save_draft
from tests.fakes.profiles import BYTES, changed_lines

if TYPE_CHECKING:
    from pathlib import Path


def test_new_profile_has_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    save_draft(begin_draft(path), path)

    assert check_profile(path) == []


def test_new_profile_has_the_name_of_its_file(tmp_path: Path) -> None:
    assert "acme-support-2" == begin_draft(tmp_path / "Acme Support_2.toml").value(("id",))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("ÄÖ.toml", "my-employer"), ("a" * 80, "a" * 64), ("--x--.toml", "x"), ("3.5.toml", "3-5")],
)
def test_id_after_a_strange_name_is_an_id(tmp_path: Path, name: str, expected: str) -> None:
    assert expected == id_of(tmp_path / name)


def test_profile_from_another_differs_in_name_and_kind_alone(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    begun = begin_draft(path, "typical-voice")

    assert [
        '-id = "typical-voice"',
        '-kind = "type"',
        '+id = "acme"',
        '+kind = "employer"',
    ] == sorted(changed_lines(BYTES["typical-voice"], begun.data), key=lambda line: line[0] == "+")


def test_profile_from_another_asks_the_same(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    save_draft(begin_draft(path, "typical-voice"), path)

    assert shipped()["typical-voice"].requirements == load_profile(str(path)).requirements


def test_profile_from_one_that_is_not_known_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError) as refused:
        begin_draft(tmp_path / "acme.toml", "typical-voise")

    assert refused.value.reference == "profile-unknown"


def test_saved_draft_is_not_changed_any_more(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    begun = begin_draft(path)

    assert (True, False) == (begun.changed, save_draft(begun, path).changed)


def test_draft_with_faults_is_saved_too(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    save_draft(begin_draft(path).put(("requirement", 0, "level"), "perhaps"), path)

    assert ["profile-unknown-word"] == [fault.reference for fault in open_draft(path).faults]


def test_file_that_somebody_else_changed_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    mine = save_draft(begin_draft(path), path).put(("title", "en"), "Mine")
    theirs = open_draft(path).put(("title", "en"), "Theirs")
    save_draft(theirs, path)

    with pytest.raises(InputError) as refused:
        save_draft(mine, path)

    assert refused.value.reference == "profile-changed-meanwhile"
    assert theirs.data == path.read_bytes()


def test_person_may_write_over_it_anyway(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    path.write_bytes(b"something else")
    begun = begin_draft(path)
    save_draft(begun, path, anyway=True)

    assert begun.data == path.read_bytes()


def test_link_is_not_followed(tmp_path: Path) -> None:
    path = tmp_path / "acme.toml"
    save_draft(begin_draft(path), path)
    link = tmp_path / "link.toml"
    link.symlink_to(path)

    with pytest.raises(InputError) as refused:
        open_draft(link)

    assert refused.value.reference == "not-a-file"
