"""Keys and invitations as terminal and window both make them."""

from __future__ import annotations

import csv
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import InputError, StorageError
from readiness.storage import write_whole
from readiness.trust import inviting as module
from readiness.trust.invitation import read_invitation
from readiness.trust.inviting import Inviting, KeyFiles
from readiness.trust.keys import unlocked
from readiness.trust.ledger import Ledger
from readiness.trust.wanted import Wanted
from tests.fakes.trust import EMPLOYER, MADE, PROFILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PASSPHRASE = "four words nobody guesses"


@pytest.fixture
def acme() -> Inviting:
    return Inviting(lambda: MADE)


@pytest.fixture
def files(acme: Inviting, tmp_path: Path) -> KeyFiles:
    return acme.make_keys(tmp_path / "keys", "acme", PASSPHRASE)


@pytest.fixture
def wanted(tmp_path: Path) -> Wanted:
    profile = tmp_path / "acme.toml"
    profile.write_bytes(PROFILE)
    names = ("A-1", "B-2", "C-3", "D-4")
    return Wanted(profile=str(profile), employer="Acme", names=names, folder=tmp_path / "out")


def stopping_after(steps: int) -> Callable[[int, int], bool]:
    return lambda done, _: done < steps


def test_the_private_file_opens_with_its_passphrase_to_the_keys_of_the_public_one(
    acme: Inviting, files: KeyFiles
) -> None:
    assert files.keys == unlocked(files.private.read_bytes(), PASSPHRASE).public
    assert files.keys == acme.public_keys(files.public)


def test_where_the_second_file_cannot_be_written_no_half_of_a_pair_is_left(
    acme: Inviting, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = write_whole

    def full(path: Path, data: bytes) -> None:
        if path.suffix == ".readiness-public":
            raise StorageError("cannot-write", "The disk is full.")
        written(path, data)

    monkeypatch.setattr(module, "write_whole", full)
    with pytest.raises(StorageError):
        acme.make_keys(tmp_path, "acme", PASSPHRASE)

    assert [] == list(tmp_path.iterdir())


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "x" * 121, "a\u202eb", "a\0b"])
def test_a_name_that_is_none_is_refused(acme: Inviting, tmp_path: Path, name: str) -> None:
    with pytest.raises(InputError, match="keys-name"):
        acme.make_keys(tmp_path, name, PASSPHRASE)


def test_keys_are_never_written_over(acme: Inviting, files: KeyFiles) -> None:
    before = files.private.read_bytes()
    with pytest.raises(InputError, match="file-exists"):
        acme.make_keys(files.private.parent, "acme", PASSPHRASE)

    assert before == files.private.read_bytes()


def test_a_public_file_is_told_from_the_one_that_signs(acme: Inviting, files: KeyFiles) -> None:
    assert files.fingerprint == acme.own_fingerprint(files.private)
    with pytest.raises(InputError, match="keys-public"):
        acme.own_fingerprint(files.public)


def test_what_is_no_file_of_keys_is_refused(acme: Inviting, tmp_path: Path) -> None:
    (tmp_path / "x.readiness-keys").write_bytes(b"{}")
    with pytest.raises(InputError, match="keys-invalid"):
        acme.own_fingerprint(tmp_path / "x.readiness-keys")


def test_every_invitation_is_noted_and_stands_in_the_index(acme: Inviting, wanted: Wanted) -> None:
    made = acme.invite(wanted, EMPLOYER)

    assert made is not None
    nonces = {read_invitation(one.file, now=MADE).terms.nonce for one in made.written}
    assert set(Ledger(made.ledger).read().issued) == nonces
    assert ["A-1", "B-2", "C-3", "D-4"] == rows(made.index)


def test_what_was_stopped_leaves_an_index_of_what_was_written(
    acme: Inviting, wanted: Wanted
) -> None:
    made = acme.invite(wanted, EMPLOYER, stopping_after(4 + 2))

    assert made is not None
    assert (2, 4) == (len(made.written), made.wanted)
    assert ["A-1", "B-2"] == rows(made.index)
    assert 2 == len(list(wanted.folder.glob("*.readiness-invitation")))


def test_what_was_stopped_before_it_began_writes_nothing(acme: Inviting, wanted: Wanted) -> None:
    assert acme.invite(wanted, EMPLOYER, stopping_after(2)) is None
    assert not wanted.folder.exists()


def test_a_list_that_changed_since_it_was_looked_at_is_not_sent(
    acme: Inviting, wanted: Wanted
) -> None:
    looked_at = Wanted(profile=wanted.profile, digest="0" * 64, folder=wanted.folder)
    with pytest.raises(InputError, match="profile-changed-meanwhile"):
        acme.invite(looked_at, EMPLOYER)


@pytest.mark.parametrize(
    ("field", "changes"),
    [
        ("employer", {"employer": "x" * 121}),
        ("employer", {"employer": "Acme\u202e"}),
        ("days", {"days": 0}),
        ("days", {"days": 367}),
        ("server", {"server": "ftp://measure.example"}),
        ("server", {"server": "https://user:secret@measure.example"}),
        ("reference", {"names": ("A-1", "\x07")}),
    ],
)
def test_what_cannot_be_meant_is_named_with_its_field(
    acme: Inviting, tmp_path: Path, field: str, changes: dict[str, object]
) -> None:
    plain = Wanted(profile="typical-voice", folder=tmp_path / "out")
    meant = replace(plain, **changes)  # type: ignore[arg-type]  # passed on as they came

    assert [field] == [fault.where for fault in acme.unfit(meant)]
    with pytest.raises(InputError):
        acme.invite(meant, EMPLOYER)
    assert not (tmp_path / "out").exists()


def test_a_table_tells_its_columns_and_which_marks_stand_there_twice(
    acme: Inviting, tmp_path: Path
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(b"number,name\n1,Ada\n2,Ben\n3,Ada\n")

    assert ("number", "name") == acme.table(path).heads
    assert ("1", "2", "3") == acme.table(path).found
    assert 1 == acme.table(path, "name").repeated


def rows(index: Path) -> list[str]:
    text = index.read_text(encoding="utf-8-sig")
    return [row["reference"] for row in csv.DictReader(text.splitlines())]
