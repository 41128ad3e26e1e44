"""A saved report is handed to the desktop and to a mail program; nothing is sent."""

from __future__ import annotations

import re
import sys
from email import policy
from email.parser import BytesParser
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from readiness.cancel import Token
from readiness.engine import Engine
from readiness.model.errors import InputError
from readiness.model.handed import MailOpened, Shown
from readiness.report.seal import unseal
from readiness.system import desktop, tool
from readiness.system.desktop import SystemDesktop, explorer_line
from tests.fakes import reports as made
from tests.fakes.world import FakeDesktop, FakeWorld

if TYPE_CHECKING:
    from email.message import EmailMessage

    from readiness.report.files import Draft

posix = pytest.mark.skipif(sys.platform == "win32", reason="the tools here are shell scripts")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where reports are saved: spaces, umlauts and signs of the shell, as people have them."""
    return tmp_path / "Meine Berichte, Übung & 'Test'"


def _engine(tmp_path: Path, hands: FakeDesktop) -> Engine:
    return Engine(home=tmp_path / "data", world=FakeWorld(desktop_port=hands))


def _saved(engine: Engine, folder: Path, kind: str = "pdf") -> tuple[Draft, Path]:
    draft = engine.draft(made.report(), made.profile(), language="en")
    (path,) = engine.write(draft, folder, formats=[kind])
    return draft, path


def _read(letter: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(letter)


def test_the_bytes_that_were_looked_at_are_the_bytes_that_are_written(
    tmp_path: Path, folder: Path
) -> None:
    engine = _engine(tmp_path, FakeDesktop())
    draft = engine.draft(made.report(), made.profile(), language="de")
    paths = engine.write(draft, folder, formats=["json", "html", "pdf"])
    assert [path.read_bytes() for path in paths] == [
        draft.contents[kind] for kind in ("json", "html", "pdf")
    ]
    assert [path.name for path in paths] == [draft.name(kind) for kind in ("json", "html", "pdf")]
    assert unseal(paths[0].read_bytes()).payload == draft.payload
    for path in paths[::2]:
        assert engine.open(path) == made.report()


@pytest.mark.parametrize("kind", ["pdf", "html", "json"])
def test_a_mail_is_a_draft_with_the_very_file_attached(
    tmp_path: Path, folder: Path, kind: str
) -> None:
    hands = FakeDesktop()
    engine = _engine(tmp_path, hands)
    draft, path = _saved(engine, folder, kind)

    assert engine.mail(draft, made.profile(), path, language="de") is MailOpened.DRAFT

    letter = _read(hands.opened[0])
    assert letter["X-Unsent"] == "1"
    assert letter["Subject"]
    for name in ("To", "Cc", "Bcc", "From", "Sender", "Reply-To", "Message-ID", "Date"):
        assert letter[name] is None
    (attached,) = letter.iter_attachments()
    assert attached.get_filename() == path.name
    assert (
        attached.get_content_type()
        == {
            "pdf": "application/pdf",
            "html": "text/html",
            "json": "application/json",
        }[kind]
    )
    assert attached.get_payload(decode=True) == path.read_bytes()
    assert [p.suffix for p in sorted(folder.iterdir())] == [".eml", f".{kind}"]


def test_a_mail_keeps_to_rfc_5322(tmp_path: Path, folder: Path) -> None:
    """ASCII, CRLF, no line of more than 998 characters; names with umlauts are encoded."""
    hands = FakeDesktop()
    engine = _engine(tmp_path, hands)
    draft, path = _saved(engine, folder)
    named = msgspec.structs.replace(made.profile(), title={"en": "Grüße 📞 \r\nBcc: x@y.example"})
    engine.mail(draft, named, path, language="en")
    letter = hands.opened[0]
    letter.decode("ascii")
    assert b"\n" not in letter.replace(b"\r\n", b"")
    assert max(map(len, letter.split(b"\r\n"))) <= 998
    assert _read(letter)["Bcc"] is None
    assert "Grüße 📞" in _read(letter)["Subject"]


def test_a_mail_names_neither_the_person_nor_the_computer(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("USER", "USERNAME", "LOGNAME", "HOSTNAME", "COMPUTERNAME", "EMAIL"):
        monkeypatch.setenv(name, "canary-user")
    monkeypatch.setattr("socket.gethostname", lambda: "canary-host")
    monkeypatch.setattr("socket.getfqdn", lambda _name="": "canary-host.example")
    hands = FakeDesktop()
    engine = _engine(tmp_path, hands)
    draft, path = _saved(engine, folder)
    engine.mail(draft, made.profile(), path, language="en")
    head = hands.opened[0].lower()
    assert b"canary" not in head
    assert "canary" not in path.name
    assert re.fullmatch(r"readiness-[a-z-]+-\d{4}-\d\d-\d\d-\d{4}\.readiness\.pdf", path.name)


def test_without_a_program_for_drafts_a_mail_without_the_file_is_opened(
    tmp_path: Path, folder: Path
) -> None:
    hands = FakeDesktop(letters=False)
    engine = _engine(tmp_path, hands)
    draft, path = _saved(engine, folder)

    assert engine.mail(draft, made.profile(), path, language="en") is MailOpened.ADDRESS

    address = urlsplit(hands.asked[0])
    said = parse_qs(address.query)
    assert (address.scheme, address.path) == ("mailto", "")
    assert said.keys() == {"subject", "body"}
    assert "Voice calls, example" in said["subject"][0]
    assert [p.name for p in folder.iterdir()] == [path.name]


def test_without_any_mail_program_nothing_is_left_behind(tmp_path: Path, folder: Path) -> None:
    engine = _engine(tmp_path, FakeDesktop(letters=False, addresses=False))
    draft, path = _saved(engine, folder)
    assert engine.mail(draft, made.profile(), path, language="en") is MailOpened.NOTHING
    assert [p.name for p in folder.iterdir()] == [path.name]


def test_a_second_draft_does_not_replace_the_first(tmp_path: Path, folder: Path) -> None:
    engine = _engine(tmp_path, FakeDesktop())
    draft, path = _saved(engine, folder)
    for _ in range(2):
        engine.mail(draft, made.profile(), path, language="en")
    stem = path.name.removesuffix(".readiness.pdf")
    assert sorted(p.name for p in folder.glob("*.eml")) == [f"{stem}-2.eml", f"{stem}.eml"]


def test_a_report_that_was_deleted_meanwhile_is_told(tmp_path: Path, folder: Path) -> None:
    engine = _engine(tmp_path, FakeDesktop())
    draft, path = _saved(engine, folder)
    path.unlink()
    with pytest.raises(InputError, match="cannot-read"):
        engine.mail(draft, made.profile(), path, language="en")


# --- the desktop of this computer --------------------------------------------------------------


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of system tools with none in it."""
    made_here = tmp_path / "bin"
    made_here.mkdir()
    monkeypatch.setattr(tool, "_POSIX_FOLDERS", (str(made_here),))
    monkeypatch.setattr(sys, "platform", "linux")
    return made_here


def _tool(folder: Path, name: str, text: str) -> Path:
    """A tool that notes each of its arguments on a line of its own, and then does as told."""
    path, notes = folder / name, folder / f"{name}.notes"
    path.write_text(f'#!/bin/sh\nprintf "%s\\n" "$@" >"{notes}"\n{text}\n', encoding="utf-8")
    path.chmod(0o755)
    return notes


@posix
@pytest.mark.parametrize("name", ["busctl", "gdbus"])
def test_the_file_manager_is_asked_over_the_bus(tools: Path, folder: Path, name: str) -> None:
    notes = _tool(tools, name, "exit 0")
    assert SystemDesktop().show(folder / "a b.pdf") is Shown.FILE
    said = notes.read_text(encoding="utf-8")
    assert "org.freedesktop.FileManager1" in said
    assert (folder / "a b.pdf").as_uri() in said
    assert "%2C" in said or "," not in (folder / "a b.pdf").as_uri()


@posix
def test_without_a_file_manager_on_the_bus_the_folder_is_opened(tools: Path, folder: Path) -> None:
    _tool(tools, "busctl", "exit 1")
    notes = _tool(tools, "xdg-open", "exit 0")
    assert SystemDesktop().show(folder / "a b.pdf") is Shown.FOLDER
    assert notes.read_text(encoding="utf-8") == f"{folder}\n"


@posix
def test_where_nothing_can_show_it_that_is_said(tools: Path, folder: Path) -> None:
    assert SystemDesktop().show(folder / "a.pdf") is Shown.NOTHING
    _tool(tools, "xdg-open", "exit 3")
    assert SystemDesktop().show(folder / "a.pdf") is Shown.NOTHING


@posix
@pytest.mark.parametrize(
    ("default", "status", "opened"), [("mail.desktop", 0, True), ("", 0, False), ("x", 4, False)]
)
def test_a_letter_is_opened_only_by_a_mail_program(
    tools: Path, folder: Path, default: str, status: int, *, opened: bool
) -> None:
    """With no program set for letters, xdg-open would show it as text or in a browser."""
    asked = _tool(tools, "xdg-mime", f"echo '{default}'")
    _tool(tools, "xdg-open", f"exit {status}")
    assert SystemDesktop().open_letter(folder / "a.eml") is opened
    assert asked.read_text(encoding="utf-8").split() == ["query", "default", "message/rfc822"]
    assert SystemDesktop().open_address("mailto:?subject=x") is opened
    assert asked.read_text(encoding="utf-8").split()[-1] == "x-scheme-handler/mailto"


@posix
def test_a_program_that_runs_on_has_taken_it_and_is_left_alone(
    tools: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "REFUSED_S", 0.05)
    ended = tmp_path / "ended"
    _tool(tools, "xdg-mime", "echo mail.desktop")
    _tool(tools, "xdg-open", f'/bin/sleep 0.3; : >"{ended}"')
    assert SystemDesktop().open_letter(tmp_path / "a.eml")
    assert Token().wait_for(ended.exists, timeout=10)


def test_explorer_is_given_a_line_that_it_can_read() -> None:
    """Microsoft: /select,<path>; the quotes belong around the path alone."""
    line = explorer_line(
        Path(r"C:\Windows\explorer.exe"), Path(r"C:\Users\Ana Ruiz\Documents\r, 2.readiness.pdf")
    )
    assert line == (
        r'"C:\Windows\explorer.exe" /select,"C:\Users\Ana Ruiz\Documents\r, 2.readiness.pdf"'
    )
    assert PureWindowsPath(line.split('"')[3]).name == "r, 2.readiness.pdf"
