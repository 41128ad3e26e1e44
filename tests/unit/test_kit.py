"""An employer's kit: what it holds, what its page says, what it never does."""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from readiness.cli import main
from readiness.kit import write_kit
from readiness.kit.packing import INVITATION, LARGEST, PAGE
from readiness.kit.page import FOLDER, kinds
from readiness.locale import languages
from readiness.model.errors import InputError
from readiness.trust.invitation import open_invitation
from tests.fakes.trust import invitation

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

PROGRAM = bytes(range(256)) * 4000
INVITED = invitation()


@pytest.fixture
def installer(tmp_path: Path) -> Path:
    path = tmp_path / "Readiness-setup.exe"
    path.write_bytes(PROGRAM)
    return path


def _page(path: Path) -> str:
    with zipfile.ZipFile(path) as kit:
        return kit.read(PAGE).decode("utf-8")


def _made(tmp_path: Path, installers: Sequence[Path] = (), name: str = "kit.zip") -> Path:
    write_kit(INVITED, installers, tmp_path / name)
    return tmp_path / name


def test_it_holds_program_invitation_and_page_whole(tmp_path: Path, installer: Path) -> None:
    path = _made(tmp_path, [installer])

    with zipfile.ZipFile(path) as kit:
        assert kit.testzip() is None
        assert set(kit.namelist()) == {"Readiness-setup.exe", INVITATION, PAGE}
        assert kit.read("Readiness-setup.exe") == PROGRAM
        held = open_invitation(kit.read(INVITATION), now=None)
    assert held.terms == INVITED.terms


def test_the_same_parts_give_the_same_bytes_whatever_they_were_called_and_when(
    tmp_path: Path, installer: Path
) -> None:
    first = _made(tmp_path, [installer], "a.zip").read_bytes()
    installer.touch()
    installer.chmod(0o600)

    assert _made(tmp_path, [installer], "b.zip").read_bytes() == first


def test_nothing_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "kit.zip"
    path.write_bytes(b"another's")

    with pytest.raises(InputError, match="file-exists"):
        write_kit(INVITED, [], path)

    assert path.read_bytes() == b"another's"


@pytest.mark.parametrize("name", ["readme.txt", "setup", "virus.scr", ".exe.lnk"])
def test_what_is_no_installer_is_refused_and_leaves_nothing(tmp_path: Path, name: str) -> None:
    other = tmp_path / name
    other.write_bytes(b"x")
    out = tmp_path / "out"
    out.mkdir()

    with pytest.raises(InputError, match="installer-kind-unknown"):
        write_kit(INVITED, [other], out / "kit.zip")

    assert not list(out.iterdir())


def test_an_installer_that_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot-read"):
        write_kit(INVITED, [tmp_path / "gone.exe"], tmp_path / "kit.zip")

    assert not list(tmp_path.iterdir())


def test_a_huge_installer_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.exe"
    with huge.open("wb") as stream:
        stream.truncate(LARGEST + 1)

    with pytest.raises(InputError, match="too-large"):
        write_kit(INVITED, [huge], tmp_path / "kit.zip")

    assert [path.name for path in tmp_path.iterdir()] == ["huge.exe"]


def test_two_installers_of_one_name_are_refused(tmp_path: Path, installer: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    other = again / "readiness-SETUP.exe"
    other.write_bytes(b"other")

    with pytest.raises(InputError, match="installer-twice"):
        write_kit(INVITED, [installer, other], tmp_path / "kit.zip")


def test_names_are_such_that_every_system_can_unpack_them(tmp_path: Path) -> None:
    odd = tmp_path / "Prüfung für Ärzte (v1).exe"
    odd.write_bytes(b"x")

    with zipfile.ZipFile(_made(tmp_path, [odd])) as kit:
        assert all(re.fullmatch(r"[A-Za-z0-9._+-]+", name) for name in kit.namelist())


class _Reading(HTMLParser):
    """What a browser would see: languages of the sections, links, scripts, text."""

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        found = dict(attrs)
        if tag == "section":
            self.sections.append(found.get("lang") or "")
        if tag == "a":
            self.links.append(found.get("href") or "")

    def handle_data(self, data: str) -> None:
        self.text += data


def _read(page: str) -> _Reading:
    reading = _Reading()
    reading.feed(page)
    return reading


def test_the_page_speaks_every_language_and_fetches_nothing(
    tmp_path: Path, installer: Path
) -> None:
    seen = _read(_page(_made(tmp_path, [installer])))

    assert seen.sections == list(languages())
    assert seen.links == [f"#{language}" for language in languages()]
    assert not seen.tags & {"script", "img", "link", "iframe", "form"}
    assert "{" not in seen.text.split("</style>")[-1].split("Readiness", 2)[-1]


def test_the_page_names_who_invites_until_when_by_which_key(tmp_path: Path) -> None:
    text = _read(_page(_made(tmp_path))).text

    assert text.count(INVITED.terms.employer) == 3
    assert text.count(INVITED.fingerprint) == 3
    assert "16 Mar 2026" in text or "Mar 16, 2026" in text
    assert "16.03.2026" in text


def test_the_page_tells_the_digest_that_another_program_computes(
    tmp_path: Path, installer: Path
) -> None:
    expected = hashlib.sha256(PROGRAM).hexdigest()

    assert _read(_page(_made(tmp_path, [installer]))).text.count(expected) == 3


def test_an_employer_s_name_is_no_html(tmp_path: Path) -> None:
    named = invitation(employer="<img src=x> & Söhne {day}")
    write_kit(named, [], tmp_path / "kit.zip")

    seen = _read(_page(tmp_path / "kit.zip"))
    assert "img" not in seen.tags
    assert "<img src=x> & Söhne {day}" in seen.text


def test_without_a_name_nobody_is_named(tmp_path: Path) -> None:
    write_kit(invitation(employer=""), [], tmp_path / "kit.zip")

    assert "You are invited to a check" in _page(tmp_path / "kit.zip")


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_of_installer_has_words_with_its_name(tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"Readiness.{'tar.zst' if kind == 'tar' else kind}"
    path.write_bytes(b"x")

    assert _read(_page(_made(tmp_path, [path]))).text.count(path.name) >= 3


@pytest.mark.parametrize(("name", "warned"), [("a.exe", 1), ("a.zip", 1), ("a.deb", 0)])
def test_of_a_program_for_windows_the_page_says_what_a_warning_means(
    tmp_path: Path, name: str, warned: int
) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")

    assert _page(_made(tmp_path, [path])).count("an antivirus may say") == warned


def test_all_texts_of_the_page_are_there_in_every_language() -> None:
    """The page's words are data; the catalogue's tool does not look at them."""
    import tomllib

    def texts(tree: object) -> list[dict[str, str]]:
        assert isinstance(tree, dict)
        if all(isinstance(value, str) for value in tree.values()):
            return [tree]
        return [found for value in tree.values() for found in texts(value)]

    for text in texts(tomllib.loads((FOLDER / "instructions.toml").read_text(encoding="utf-8"))):
        assert set(text) == set(languages())
        marks = {language: sorted(re.findall(r"\{\w+\}", said)) for language, said in text.items()}
        assert len({tuple(found) for found in marks.values()}) == 1, text


def test_the_command_writes_it_and_says_what_to_publish(
    tmp_path: Path,
    installer: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from datetime import UTC, datetime

    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    source = tmp_path / "ada.readiness-invitation"
    source.write_bytes(invitation(now=datetime.now(UTC)).envelope)
    out = tmp_path / "for-ada.zip"
    arguments = ["kit", "--invitation", str(source), "--installer", str(installer)]

    status = main([*arguments, "--out", str(out), "--json"])

    document = json.loads(capsys.readouterr().out)
    assert status == 0
    assert document["files"][0] == {
        "name": "Readiness-setup.exe",
        "bytes": len(PROGRAM),
        "sha256": hashlib.sha256(PROGRAM).hexdigest(),
    }
    assert main([*arguments, "--out", str(out)]) == 3
    assert "[file-exists]" in capsys.readouterr().err


def test_an_invitation_that_is_over_makes_no_kit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    source = tmp_path / "old.readiness-invitation"
    source.write_bytes(INVITED.envelope)

    status = main(["kit", "--invitation", str(source), "--out", str(tmp_path / "kit.zip")])

    assert status == 3
    assert "[invitation-expired]" in capsys.readouterr().err
    assert not (tmp_path / "kit.zip").exists()
