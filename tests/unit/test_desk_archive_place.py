"""Where an archive lies is read with care; a password is never shown."""

from __future__ import annotations

import logging
import sys
import traceback
from pathlib import Path

import pytest

from readiness.desk_archive.opening import open_archive
from readiness.desk_archive.place import place_of
from readiness.model.errors import InputError, ReadinessError

USUAL = Path("home") / "desk.sqlite3"
PASSWORD = "s3cr3t-Passwort"


@pytest.mark.parametrize("text", ["", "default"])
def test_without_a_name_it_is_the_usual_one(text: str) -> None:
    assert place_of(text, USUAL).file == USUAL.absolute()


@pytest.mark.parametrize(
    "text", ["team.sqlite3", "./default", "folder/with space/ä.sqlite3", "C:\\team\\desk.sqlite3"]
)
def test_everything_without_a_scheme_is_a_file(text: str) -> None:
    place = place_of(text, USUAL)

    assert place.shown == text
    assert place.file == Path(text).absolute()


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        (f"postgresql://eve:{PASSWORD}@db.example:5432/team", "postgresql://db.example/team"),
        (f"postgres://eve:{PASSWORD}@db.example/team", "postgresql://db.example/team"),
        (f"POSTGRESQL://eve:{PASSWORD}@db.example/team", "postgresql://db.example/team"),
        (
            f"postgresql://db.example/team?user=eve&password={PASSWORD}",
            "postgresql://db.example/team",
        ),
        (f"postgresql:///team?host=/run/postgresql&password={PASSWORD}", "postgresql:///team"),
        (f"postgresql://eve:{PASSWORD}@[2001:db8::1]:5432/team", "postgresql://[2001:db8::1]/team"),
        (f"postgresql://eve:{PASSWORD}@one:1,two:2/team", "postgresql://one,two/team"),
        ("postgresql://", "postgresql:///"),
    ],
)
def test_an_address_is_shown_without_name_password_and_options(address: str, shown: str) -> None:
    place = place_of(address, USUAL)

    assert place.shown == shown
    assert PASSWORD not in repr(place)
    assert place.address.startswith("postgresql://")


def test_a_driver_that_repeats_a_password_is_not_repeated() -> None:
    place = place_of("postgresql://eve:a%2Fb%40c@db.example/team", USUAL)

    assert place.without_secrets("no a/b@c and no a%2Fb%40c") == "no *** and no ***"


@pytest.mark.parametrize(
    "address",
    [
        f"postgresql://eve:{PASSWORD}/x@db.example/team",
        f"postgresql://eve:{PASSWORD}@x@db.example/team",
        f"postgresql://eve:{PASSWORD}",
        f"postgresql://eve:{PASSWORD}%@db.example/team",
        f"postgresql://eve:{PASSWORD}%zz@db.example/team",
        f"postgresql://eve:{PASSWORD}#@db.example/team",
        f"postgresql://eve:{PASSWORD}?@db.example/team",
        f"postgresql://eve: {PASSWORD}@db.example/team",
        f"mysql://eve:{PASSWORD}@db.example/team",
        f"sqlite://{PASSWORD}",
        f"\\\\server\\share\\{PASSWORD}",
        f"//server/share/{PASSWORD}",
        f"{PASSWORD}\0",
        f"postgresql://db.example/team?passwrod={PASSWORD}",
        f"postgresql:///team?host=/nowhere&user=eve&password={PASSWORD}",
    ],
)
def test_an_address_that_cannot_be_read_is_refused_and_not_repeated(
    address: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """A part of such a password would be taken for a host or a port, and named, by libpq."""
    caplog.set_level(logging.DEBUG)

    with pytest.raises(ReadinessError) as told:
        open_archive(address, tmp_path / "desk.sqlite3")

    assert isinstance(told.value, InputError) or told.value.reference == "archive-away"
    everything = f"{told.value}{told.value.values}{''.join(traceback.format_exception(told.value))}"
    assert PASSWORD not in everything + caplog.text
    assert list(tmp_path.iterdir()) == []


def test_without_the_team_s_package_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)

    with pytest.raises(InputError) as told:
        open_archive("postgresql://db.example/team", tmp_path / "desk.sqlite3")

    assert told.value.reference == "archive-needs-team"
    assert "psycopg" in told.value.hint
