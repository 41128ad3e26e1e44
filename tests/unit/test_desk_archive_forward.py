"""An older archive is brought forward whole or not at all; a newer one is left alone."""

from __future__ import annotations

import shutil
import sqlite3
from typing import TYPE_CHECKING

import pytest

from readiness.desk_archive.database import Database
from readiness.desk_archive.forward import MIGRATIONS, form_of, make_ready
from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.place import place_of
from readiness.desk_archive.remarks import Written
from readiness.desk_archive.schema import HEAD, VERSION_TABLE, tables
from readiness.desk_archive.stored import Incoming
from readiness.model.errors import InputError, StorageError
from tests.fakes import next_forms
from tests.fakes.next_forms import later_forms

if TYPE_CHECKING:
    from pathlib import Path

ADA = "a" * 64


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """An archive of this program with one report and a remark."""
    path = tmp_path / "desk.sqlite3"
    with open_archive("", path) as archive:
        archive.take_in([Incoming(digest=ADA, name="ada.json", data=b"{}")])
        archive.save(ADA, Written(note="kept"), on=0)
    return path


def everything(path: Path) -> list[str]:
    """The whole content as SQL."""
    with sqlite3.connect(path) as connection:
        dump = list(connection.iterdump())
    connection.close()
    return dump


def test_an_older_archive_is_brought_forward_with_all_that_it_holds(
    file: Path, tmp_path: Path
) -> None:
    database = Database(place_of(str(file), file))

    make_ready(database, later_forms(tmp_path / "later"), next_forms.HEAD)

    with database.reading() as connection:
        assert form_of(connection) == next_forms.HEAD
        row = connection.exec_driver_sql("SELECT name, stars FROM readiness_report").one()
    assert tuple(row) == ("ada.json", 3)
    assert any("kept" in line for line in everything(file))


def test_one_that_cannot_be_brought_forward_stays_as_it_was(file: Path, tmp_path: Path) -> None:
    before = everything(file)
    database = Database(place_of(str(file), file))

    with pytest.raises(StorageError):
        make_ready(database, later_forms(tmp_path / "later", fails=True), next_forms.HEAD)

    assert everything(file) == before
    with open_archive("", file) as archive:
        assert archive.remark(ADA).written.note == "kept"


def test_a_newer_archive_is_refused_and_not_touched(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE readiness_archive_version SET version_num = '0099'")
    connection.close()
    before = everything(file)

    with pytest.raises(InputError) as told:
        open_archive("", file)

    assert told.value.reference == "archive-newer"
    assert everything(file) == before


def test_the_migrations_lead_to_the_tables_that_are_used(file: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    database = Database(place_of("", file))
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, tables().everything) == []


def test_the_form_that_is_used_is_the_last_one() -> None:
    from alembic.script import ScriptDirectory

    assert ScriptDirectory(str(MIGRATIONS)).get_heads() == [HEAD]


def test_a_folder_with_a_percent_sign_in_its_name_does_no_harm(tmp_path: Path) -> None:
    odd = tmp_path / "100%s done"
    shutil.copytree(MIGRATIONS, odd)
    database = Database(place_of("", tmp_path / "desk.sqlite3"))

    make_ready(database, odd)

    with database.reading() as connection:
        assert form_of(connection) == HEAD


def test_readers_and_a_writer_work_side_by_side(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
