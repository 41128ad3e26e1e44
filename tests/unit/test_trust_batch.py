"""Hundreds of invitations: whose is which stays outside of them, and no table does harm."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import InputError
from readiness.trust.batch import Written, named, read_table, write_index, write_one
from readiness.trust.invitation import read_invitation
from tests.fakes.trust import MADE, invitation

if TYPE_CHECKING:
    from pathlib import Path


def references(table: bytes, column: str = "") -> list[str]:
    return list(read_table(table, column).found)


def written(reference: str, folder: Path) -> tuple[Written, ...]:
    planned = named([(reference, invitation())], folder)
    for one in planned:
        write_one(one)
    return planned


def first_row(index: Path) -> dict[str, str]:
    return next(csv.DictReader(index.read_text(encoding="utf-8-sig").splitlines()))


def test_the_first_column_or_the_one_named_holds_the_references() -> None:
    table = b"\xef\xbb\xbfreference,mail\r\nA-1,ada@example.org\r\nB-2,ben@example.org\r\n"

    assert references(table) == ["A-1", "B-2"]
    assert references(table, "mail") == ["ada@example.org", "ben@example.org"]


def test_a_table_with_semicolons_and_empty_lines_is_read() -> None:
    assert references("Nr;Ort\n1;Köln\n;\n2;Ulm\n".encode(), "Ort") == ["Köln", "Ulm"]


@pytest.mark.parametrize(
    ("table", "reference", "line"),
    [
        (b"", "table-empty", "line 0"),
        (b"reference\n", "table-empty", "line 1"),
        (b"reference\n\xff\n", "table-not-text", "line 1"),
        (b'reference\n"open\n', "table-broken", "line 2"),
        (b"reference,b\n,x\n", "table-reference", "line 2"),
        ("reference\nAda\u202egnp\n".encode(), "table-reference", "line 2"),
        (b"reference\n" + b"a" * 121 + b"\n", "table-reference", "line 2"),
        (b"reference\n" + b"a" * 5000 + b"\n", "table-broken", "line 2"),
        (b"reference\n" + b"a\n" * 10_001, "table-too-long", "line 10002"),
    ],
)
def test_what_is_wrong_with_a_table_is_said_with_its_line(
    table: bytes, reference: str, line: str
) -> None:
    with pytest.raises(InputError, match=reference) as caught:
        references(table)

    assert caught.value.where == line


def test_the_reference_is_in_the_name_and_in_the_index_and_not_in_the_invitation(
    tmp_path: Path,
) -> None:
    made = written("Ada Lovelace", tmp_path)
    index = write_index(made, tmp_path)

    assert made[0].file.name.startswith("invitation-Ada-Lovelace-")
    found = read_invitation(made[0].file, now=MADE)
    assert found.terms.reference == ""
    assert read_invitation(made[0].code_file, now=MADE).terms == found.terms
    row = first_row(index)
    assert (row["reference"], row["nonce"]) == ("Ada Lovelace", found.terms.nonce)


@pytest.mark.parametrize(
    "reference", ["../../etc/cron.d/x", "..\\..\\x", "CON", "a/b", "/", "x" * 120, "日本"]
)
def test_no_reference_leads_out_of_the_folder(reference: str, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    written(reference, folder)

    assert len(list(folder.iterdir())) == 2
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert all(path.name.startswith("invitation-") for path in folder.iterdir())


@pytest.mark.parametrize("reference", ["=cmd()", "+1", "-1", "@x"])
def test_no_reference_becomes_a_formula(reference: str, tmp_path: Path) -> None:
    index = write_index(written(reference, tmp_path), tmp_path)

    row = first_row(index)
    assert row["reference"] == f"'{reference}"
