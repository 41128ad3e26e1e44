"""Several recruiters in one archive, in a file and on a real PostgreSQL: no update is lost."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.desk_archive.database import Database
from readiness.desk_archive.forward import form_of, make_ready
from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.place import place_of
from readiness.desk_archive.remarks import ChangedMeanwhile, Decision, Written
from readiness.desk_archive.schema import HEAD, VERSION_TABLE, tables
from readiness.desk_archive.stored import Incoming, Swept
from readiness.model.errors import InputError, StorageError
from tests.fakes import next_forms
from tests.fakes.next_forms import later_forms
from tests.rig.postgres_server import OWNER, PostgresServer
from tests.rig.recruiters import LINES, take_in_all_at_once, write_all_at_once

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from readiness.desk_archive.archive import DeskArchive

pytestmark = pytest.mark.rig

ADA = "a" * 64


@pytest.fixture(scope="module")
def server() -> Iterator[PostgresServer]:
    """One server for all tests here; each has a database of its own."""
    with PostgresServer() as running:
        yield running


@pytest.fixture
def team(server: PostgresServer) -> str:
    """The address of an empty database."""
    return server.new_database()


@pytest.fixture(params=["file", "server"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where an archive with one report lies."""
    found = (
        str(tmp_path / "desk.sqlite3")
        if request.param == "file"
        else request.getfixturevalue("team")
    )
    with opened(found, tmp_path) as archive:
        archive.take_in([Incoming(digest=ADA, name="ada.json", data=b"{}")])
    return str(found)


def opened(address: str, folder: Path) -> DeskArchive:
    return open_archive(address, folder / "usual.sqlite3")


# --- at the same time ----------------------------------------------------------------------------


def test_no_line_of_two_recruiters_is_lost(address: str, tmp_path: Path) -> None:
    write_all_at_once(address, ADA, ["Eve", "Max"])

    with opened(address, tmp_path) as archive:
        history = archive.history(ADA)
    lines = history[0].written.note.splitlines()
    expected = {f"{name} {n}" for name in ("Eve", "Max") for n in range(LINES)}
    assert (set(lines), len(lines)) == (expected, 2 * LINES)
    assert [one.version for one in history] == list(range(2 * LINES, 0, -1))


def test_the_same_reports_taken_in_by_two_at_once_are_there_once(
    address: str, tmp_path: Path
) -> None:
    assert take_in_all_at_once(address, 300, 2) == [300, 300]

    with opened(address, tmp_path) as archive:
        assert len(archive.entries()) == 301


def test_two_programs_may_begin_an_archive_at_once(team: str, tmp_path: Path) -> None:
    for place in (team, str(tmp_path / "new.sqlite3")):
        assert take_in_all_at_once(place, 5, 2) == [5, 5]


def test_the_second_is_told_what_the_first_wrote(address: str, tmp_path: Path) -> None:
    with opened(address, tmp_path) as eve, opened(address, tmp_path) as max_:
        read = max_.remark(ADA)
        eve.save(ADA, Written(decision=Decision.INVITE, note="Grüße ✓", who="Eve"), on=0)

        with pytest.raises(ChangedMeanwhile) as told:
            max_.save(ADA, Written(decision=Decision.REJECT), on=read.version)

        assert told.value.stands.written == Written(
            decision=Decision.INVITE, note="Grüße ✓", who="Eve"
        )
        max_.save(ADA, Written(decision=Decision.REJECT), on=told.value.stands.version)
        assert [one.written.decision for one in eve.history(ADA)] == ["reject", "invite"]


def test_who_writes_at_what_another_deleted_is_told(address: str, tmp_path: Path) -> None:
    with opened(address, tmp_path) as eve, opened(address, tmp_path) as max_:
        eve.save(ADA, Written(note="x"), on=0)
        assert max_.forget([ADA]) == 1

        with pytest.raises(InputError) as told:
            eve.save(ADA, Written(note="y"), on=1)

        assert told.value.reference == "archive-no-such-report"
        assert eve.entries() == ()


# --- on a server ---------------------------------------------------------------------------------


def test_times_are_the_server_s_in_whatever_zone_it_stands(team: str, tmp_path: Path) -> None:
    wrong = datetime(2099, 1, 1, tzinfo=UTC)
    before = datetime.now(UTC) - timedelta(seconds=5)
    with open_archive(team, tmp_path / "unused", lambda: wrong) as archive:
        came = archive.take_in([Incoming(digest=ADA, name="ada.json", data=b"\0\xff")])
        saved = archive.save(ADA, Written(note="x"), on=0)
        assert archive.data(ADA) == b"\0\xff"
        assert archive.remark(ADA).at == saved.at
    assert saved.at is not None
    assert before < came[ADA] <= saved.at < before + timedelta(minutes=10)


def test_old_reports_go_with_what_belongs_to_them(
    server: PostgresServer, team: str, tmp_path: Path
) -> None:
    name = team.partition("@/")[2].partition("?")[0]
    with opened(team, tmp_path) as archive:
        archive.take_in([Incoming(digest=n * 64, name=n, data=b"{}") for n in "abc"])
        archive.save("b" * 64, Written(note="x"), on=0)
        archive.set_keep_days(30)
        archive.set_keep_days(31)
        older = "UPDATE readiness_report SET taken_in = taken_in - interval "
        server.sql(name, older + "'32 days' WHERE name = 'b'")
        server.sql(name, older + "'4000 days' WHERE name = 'c'")

        assert archive.sweep() == Swept(deleted=1, doubtful=1)

        assert sorted(entry.name for entry in archive.entries()) == ["a", "c"]
    assert server.sql(name, "SELECT count(*) FROM readiness_remark") == [(0,)]


def test_the_migrations_lead_to_the_tables_that_are_used(team: str, tmp_path: Path) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    opened(team, tmp_path).close()
    database = Database(place_of(team, tmp_path))
    with database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, tables().everything) == []
    database.close()


def test_an_older_archive_is_brought_forward_or_stays_as_it_was(team: str, tmp_path: Path) -> None:
    with opened(team, tmp_path) as archive:
        archive.take_in([Incoming(digest=ADA, name="ada.json", data=b"{}")])
    database = Database(place_of(team, tmp_path))
    with pytest.raises(StorageError):
        make_ready(database, later_forms(tmp_path / "bad", fails=True), next_forms.HEAD)
    with database.reading() as connection:
        assert form_of(connection) == HEAD
        kept = connection.exec_driver_sql("SELECT * FROM readiness_report").one()
    assert "stars" not in kept._fields

    make_ready(database, later_forms(tmp_path / "good"), next_forms.HEAD)

    with database.reading() as connection:
        row = connection.exec_driver_sql("SELECT name, stars FROM readiness_report").one()
    database.close()
    assert tuple(row) == ("ada.json", 3)
    with pytest.raises(InputError) as told:
        opened(team, tmp_path)
    assert told.value.reference == "archive-newer"


def test_other_things_in_the_same_database_are_left_alone(
    server: PostgresServer, team: str, tmp_path: Path
) -> None:
    name = team.partition("@/")[2].partition("?")[0]
    server.sql(name, "CREATE TABLE report (id integer)")

    opened(team, tmp_path).close()

    assert server.sql(name, "SELECT count(*) FROM report") == [(0,)]


# --- what a server may do ------------------------------------------------------------------------


def test_a_wrong_password_is_refused_kindly_and_not_repeated(
    server: PostgresServer, team: str, tmp_path: Path
) -> None:
    name = team.partition("@/")[2].partition("?")[0]
    address = server.address(name, password="wr0ng-pa55word")

    with pytest.raises(StorageError) as told:
        opened(address, tmp_path)

    assert told.value.reference == "archive-away"
    assert told.value.where == f"postgresql:///{name}"
    assert "wr0ng-pa55word" not in "".join(traceback.format_exception(told.value))


@pytest.mark.parametrize(("database", "user"), [("nowhere", OWNER), ("postgres", "nobody-known")])
def test_what_is_not_on_the_server_is_said(
    server: PostgresServer, tmp_path: Path, database: str, user: str
) -> None:
    with pytest.raises(StorageError) as told:
        opened(server.address(database, user=user), tmp_path)

    assert told.value.reference == "archive-away"
    assert server.password not in str(told.value)


def test_one_who_may_not_make_tables_is_told(
    server: PostgresServer, team: str, tmp_path: Path
) -> None:
    name = team.partition("@/")[2].partition("?")[0]
    server.sql(name, "CREATE ROLE guest LOGIN PASSWORD 'guest'")
    server.sql(name, "REVOKE CREATE ON SCHEMA public FROM PUBLIC")

    with pytest.raises(StorageError) as told:
        opened(server.address(name, user="guest", password="guest"), tmp_path)

    assert told.value.reference == "archive-no-access"


def test_a_server_that_was_restarted_is_found_again(tmp_path: Path) -> None:
    with PostgresServer() as own, opened(own.new_database(), tmp_path) as archive:
        archive.take_in([Incoming(digest=ADA, name="ada.json", data=b"{}")])
        own.stop()
        with pytest.raises(StorageError) as told:
            archive.remark(ADA)
        assert told.value.reference == "archive-away"

        own.start_again()

        assert archive.save(ADA, Written(note="back"), on=0).version == 1
