"""An invitation beside the program: which one is offered, and which is not."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import pytest

from readiness.engine import Engine
from readiness.trust.beside import program_folders
from tests.fakes.trust import MADE, invitation

if TYPE_CHECKING:
    from readiness.trust.invitation import Invitation

NOW = MADE + timedelta(days=1)


def _put(folder: Path, found: Invitation, name: str = "invitation") -> Path:
    path = folder / f"{name}.readiness-invitation"
    path.write_bytes(found.envelope)
    return path


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    (tmp_path / "kit").mkdir()
    return Engine(tmp_path / "home", now=lambda: NOW, beside=(tmp_path / "kit",))


def test_the_one_beside_the_program_is_found(engine: Engine, tmp_path: Path) -> None:
    made = invitation()
    _put(tmp_path / "kit", made)

    found = engine.invitation_beside()

    assert found is not None
    assert found.terms == made.terms
    assert not (tmp_path / "home").exists(), "nothing is kept before it is accepted"


def test_one_that_was_accepted_is_not_offered_again(engine: Engine, tmp_path: Path) -> None:
    made = invitation()
    _put(tmp_path / "kit", made)
    engine.accept(made)

    assert engine.invitation_beside() is None


def test_of_several_the_newest_is_offered_and_after_it_the_other(
    engine: Engine, tmp_path: Path
) -> None:
    older, newer = invitation(), invitation(now=MADE + timedelta(hours=5))
    _put(tmp_path / "kit", newer, "a")
    _put(tmp_path / "kit", older, "b")

    first = engine.invitation_beside()
    assert first is not None
    assert first.terms == newer.terms
    engine.accept(first)
    second = engine.invitation_beside()
    assert second is not None
    assert second.terms == older.terms


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"\x00" * 100, invitation(now=MADE - timedelta(days=60)).envelope],
    ids=["empty", "cut", "noughts", "over"],
)
def test_what_cannot_be_opened_is_passed_over(engine: Engine, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "kit" / "broken.readiness-invitation").write_bytes(data)
    assert engine.invitation_beside() is None

    made = invitation()
    _put(tmp_path / "kit", made, "good")
    found = engine.invitation_beside()
    assert found is not None
    assert found.terms == made.terms


def test_a_folder_of_that_name_and_no_folder_at_all_are_none(
    engine: Engine, tmp_path: Path
) -> None:
    (tmp_path / "kit" / "x.readiness-invitation").mkdir()
    assert engine.invitation_beside() is None

    (tmp_path / "kit" / "x.readiness-invitation").rmdir()
    (tmp_path / "kit").rmdir()
    assert engine.invitation_beside() is None


def test_a_program_that_runs_from_source_looks_nowhere() -> None:
    assert program_folders() == ()


@pytest.mark.parametrize(
    ("program", "folders"),
    [
        ("/kit/Readiness/readiness", ["/kit/Readiness", "/kit"]),
        ("/Volumes/Kit/Readiness.app/Contents/MacOS/readiness", ["/Volumes/Kit", "/Volumes"]),
    ],
)
def test_beside_is_the_program_s_folder_and_the_one_around_it(
    program: str, folders: list[str]
) -> None:
    found = [PurePosixPath(folder.as_posix()) for folder in program_folders(Path(program))]

    assert found == [PurePosixPath(folder) for folder in folders]
