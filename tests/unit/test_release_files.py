"""What is given out for Linux, as files: nothing of this computer, the same each time."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import tarfile
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from readiness import __version__
from tests.release_code import release_script

if TYPE_CHECKING:
    from collections.abc import Iterator

debian, libraries, packed, steps, packaged_start = map(
    release_script, ("debian", "libraries", "packed", "steps", "start.packaged_start")
)

TIME = 1_700_000_000
DPKG_DEB = "/usr/bin/dpkg-deb"


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(TIME))


@pytest.fixture
def strict() -> Iterator[None]:
    """As on a computer where nobody else may read what is made."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def _folder(place: Path) -> Path:
    """A packaged program, small; its library is a link, as Qt's are."""
    folder = place / "Prüf Büro"
    (folder / "licences").mkdir(parents=True)
    (folder / "licences" / "NOTICE.txt").write_text("the notice", encoding="utf-8")
    program = folder / "readiness"
    program.write_text("#!/bin/sh", encoding="utf-8")
    program.chmod(0o700)
    (folder / "lib.so").symlink_to("readiness")
    return folder


def _deb(place: Path) -> Path:
    place.mkdir()
    needs = libraries.Needs(libraries=(), glibc=(2, 34))
    made: Path = debian.build_deb(_folder(place), needs, place, place)
    return made


def _said(*command: str | Path) -> str:
    return subprocess.run(
        [str(part) for part in command], check=True, capture_output=True, text=True
    ).stdout


@pytest.mark.usefixtures("strict")
def test_everybody_may_start_and_nobody_but_the_system_owns_what_the_package_installs(
    tmp_path: Path,
) -> None:
    """Also where it was built under a strict umask: a folder that is closed hides the program."""
    listed = _said(DPKG_DEB, "--contents", _deb(tmp_path / "one")).splitlines()

    found = {line.split()[5]: tuple(line.split()[:2]) for line in listed}
    assert {owner for _, owner in found.values()} == {"root/root"}
    assert found["./"][0] == found["./usr/lib/readiness/"][0] == "drwxr-xr-x"
    assert found["./usr/lib/readiness/readiness"][0] == "-rwxr-xr-x"
    assert found["./usr/share/applications/readiness.desktop"][0] == "-rw-r--r--"
    assert found["./usr/bin/readiness"][0] == "lrwxrwxrwx"


def test_the_package_says_what_it_is_and_what_it_needs(tmp_path: Path) -> None:
    fields = _said(DPKG_DEB, "--field", _deb(tmp_path / "one"))

    assert f"Package: readiness\nVersion: {__version__}\n" in fields
    assert "Depends: libc6 (>= 2.34), " in fields
    assert "libportaudio2" in fields


def test_a_file_that_was_changed_after_installing_is_found(tmp_path: Path) -> None:
    """By ``dpkg --verify``, which compares with these."""
    sums = _said(DPKG_DEB, "--info", _deb(tmp_path / "one"), "md5sums")

    digest = hashlib.md5(b"#!/bin/sh", usedforsecurity=False).hexdigest()
    assert f"{digest}  usr/lib/readiness/readiness" in sums.splitlines()
    assert "lib.so" not in sums


def test_the_same_folder_gives_the_same_package(tmp_path: Path) -> None:
    one = _deb(tmp_path / "one")
    other = _deb(tmp_path / "other")

    assert one.read_bytes() == other.read_bytes()


def test_an_entry_of_the_archive_tells_nothing_of_the_computer(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x", encoding="utf-8")
    with tarfile.open(fileobj=io.BytesIO(), mode="w") as tar:
        entry = packed.plain(tar.gettarinfo(tmp_path / "a"))

    assert (entry.uid, entry.gid, entry.uname, entry.gname) == (0, 0, "", "")
    assert entry.mtime == TIME


def test_the_sums_are_what_sha256sum_checks(tmp_path: Path) -> None:
    for name in ("b.deb", "a.zip"):
        (tmp_path / name).write_text(name, encoding="utf-8")
    packed.write_sums([tmp_path / "b.deb", tmp_path / "a.zip"], tmp_path / "SHA256SUMS")

    done = subprocess.run(
        ["/usr/bin/sha256sum", "--check", "--strict", "SHA256SUMS"],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.stdout.splitlines() == ["a.zip: OK", "b.deb: OK"]


def test_rights_and_times_of_a_folder_are_settled(tmp_path: Path) -> None:
    program = tmp_path / "program"
    program.write_text("x", encoding="utf-8")
    program.chmod(0o700)
    (tmp_path / "data").write_text("x", encoding="utf-8")

    tmp_path.chmod(0o700)

    steps.settle(tmp_path)

    found = {path.name: path.stat() for path in tmp_path.iterdir()}
    assert {name: oct(stat.st_mode & 0o777) for name, stat in found.items()} == {
        "program": "0o755",
        "data": "0o644",
    }
    assert tmp_path.stat().st_mode & 0o777 == 0o755
    assert {stat.st_mtime for stat in found.values()} == {TIME}


def test_a_running_program_reads_its_own_modules_after_an_update(tmp_path: Path) -> None:
    """As ``dpkg`` and people with an unpacked folder replace it: another file takes its name."""
    program, update = tmp_path / "readiness", tmp_path / "readiness.dpkg-new"
    program.write_text("as it was started", encoding="utf-8")
    update.write_text("the next version", encoding="utf-8")
    archive = SimpleNamespace(_filename=str(program))

    packaged_start.hold_open(archive)
    update.replace(program)

    read = Path(archive._filename).read_text(encoding="utf-8")
    os.close(int(Path(archive._filename).name))
    assert read == "as it was started"
