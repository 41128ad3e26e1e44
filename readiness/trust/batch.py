"""Hundreds of invitations at once: a table of references in, files and an index out."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.foreign import cell
from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.storage import write_whole
from readiness.trust.accepted import INVITATION_ENDING
from readiness.trust.code import to_code
from readiness.trust.terms import LONGEST_NAME, is_name

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from readiness.trust.invitation import Invitation

MAX_TABLE = 4 * 1024 * 1024
MAX_ROWS = 10_000
MAX_CELL = 2000
CODE_ENDING = ".code.txt"
INDEX = "invitations"
COLUMNS = ("reference", "file", "code_file", "nonce", "answer_key", "created", "expires")

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_NAME_LENGTH = 60


@dataclass(frozen=True, kw_only=True)
class Written:
    """One invitation and its files."""

    invitation: Invitation
    reference: str
    file: Path
    code_file: Path


@dataclass(frozen=True, kw_only=True)
class References:
    """A table of those who are invited.

    Attributes:
        heads: Its columns, as they are called in the first line; foreign text.
        column: The number of the one in which the references stand.
        found: The references, line by line.
    """

    heads: tuple[str, ...]
    column: int
    found: tuple[str, ...]

    @property
    def repeated(self) -> int:
        """How many lines hold a reference that stands in an earlier one."""
        return len(self.found) - len(set(self.found))


def read_table(data: bytes, column: str = "") -> References:
    """Read the references of a CSV table with a head, row by row.

    Args:
        data: The file's bytes, UTF-8.
        column: Its head; empty: the first column.

    Raises:
        InputError: ``table-...``, with the line.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong("table-not-text", N_("This is not a table in UTF-8."), 1) from error
    before = csv.field_size_limit(MAX_CELL)
    try:
        return _column(
            csv.reader(io.StringIO(text, newline=""), _dialect(text), strict=True), column
        )
    finally:
        csv.field_size_limit(before)


def _dialect(text: str) -> type[csv.Dialect]:
    """Comma; or semicolon, as spreadsheet programs write where the comma is in numbers."""
    head = text.split("\n", 1)[0]

    class Semicolon(csv.excel):
        delimiter = ";"

    return Semicolon if head.count(";") > head.count(",") else csv.excel


def _column(rows: Iterable[Sequence[str]], column: str) -> References:
    found: list[str] = []
    heads: tuple[str, ...] = ()
    place = 0
    line = 0
    try:
        for line, row in enumerate(rows, start=1):
            if line == 1:
                place, heads = _place(row, column), tuple(row) or ("",)
            elif any(row):
                found.append(_reference(row, place, line))
            if len(found) > MAX_ROWS:
                raise _wrong("table-too-long", N_("The table has more than {most} rows."), line)
    except csv.Error as error:
        raise _wrong("table-broken", N_("This is not a table as CSV."), line + 1) from error
    if not found:
        raise _wrong("table-empty", N_("The table has no row."), line)
    return References(heads=heads, column=place, found=tuple(found))


def _place(head: Sequence[str], column: str) -> int:
    if not column:
        return 0
    if column not in head:
        raise _wrong("table-no-column", N_("The table has no column of that name."), 1)
    return list(head).index(column)


def _reference(row: Sequence[str], place: int, line: int) -> str:
    text = row[place].strip() if place < len(row) else ""
    if not text or not is_name(text):
        raise _wrong(
            "table-reference",
            N_("The reference is missing, longer than {longest} characters, or hides something."),
            line,
        )
    return text


def _wrong(reference: str, what: str, line: int) -> InputError:
    return InputError(
        reference,
        what,
        where=f"line {line}",
        hint=N_("Save it as CSV in UTF-8: a head, then one applicant a line."),
        most=MAX_ROWS,
        longest=LONGEST_NAME,
    )


def named(made: Sequence[tuple[str, Invitation]], folder: Path) -> tuple[Written, ...]:
    """What the files of each invitation are called: one for a double click, one with its code.

    The reference goes into the name; a part of the nonce makes every name new.
    """
    return tuple(_named(reference, invitation, folder) for reference, invitation in made)


def _named(reference: str, invitation: Invitation, folder: Path) -> Written:
    safe = _UNSAFE.sub("-", reference).strip("-")[:_NAME_LENGTH]
    parts = ("invitation", safe, invitation.terms.nonce[:8])
    stem = "-".join(part for part in parts if part)
    file, code_file = folder / f"{stem}{INVITATION_ENDING}", folder / f"{stem}{CODE_ENDING}"
    return Written(invitation=invitation, reference=reference, file=file, code_file=code_file)


def write_one(one: Written) -> None:
    """Write an invitation as a file and as a code beside it. Raises ``StorageError``."""
    write_whole(one.file, one.invitation.envelope)
    write_whole(one.code_file, to_code(one.invitation.envelope).encode("ascii"))


def write_index(written: Sequence[Written], folder: Path) -> Path:
    """Write which invitation is whose: stays with the employer. Never over an earlier one."""
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for one in written:
        terms = one.invitation.terms
        table.writerow(
            [
                cell(one.reference),
                one.file.name,
                one.code_file.name,
                terms.nonce,
                one.invitation.answer_keyid,
                terms.created.isoformat(),
                terms.expires.isoformat(),
            ]
        )
    stamp = f"{written[0].invitation.terms.created:%Y-%m-%d-%H%M%S}"
    path = folder / f"{INDEX}-{stamp}-{written[0].invitation.terms.nonce[:8]}.csv"
    write_whole(path, text.getvalue().encode("utf-8-sig"))
    return path
