"""The way in: what is installed, when nothing is, and what happens after an interruption."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readiness import bootstrap, packages
from readiness.packages import PIECES, For, Piece

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(bootstrap.__file__).resolve().parent.parent
PYTHON = "Scripts/python.exe" if sys.platform == "win32" else "bin/python"
DEBIAN_12 = 'ID=debian\nVERSION_ID="12"\n'
DEBIAN_13 = 'ID=debian\nVERSION_ID="13"\n'


@dataclass
class Commands:
    """Stands for the operating system: remembers what was run and does what it would leave behind.

    Attributes:
        ran: Each command, as words.
        broken: A word; the command that has it fails.
        killed: A word; the person presses Ctrl-C while the command that has it runs.
    """

    ran: list[list[str]] = field(default_factory=list)
    broken: str = ""
    killed: str = ""

    def run(self, command: Sequence[str], **_how: object) -> subprocess.CompletedProcess[str]:
        """Stand in for ``subprocess.run``."""
        words = [str(word) for word in command]
        self.ran.append(words)
        if words[1:3] == ["-m", "venv"]:
            python = Path(words[3]) / PYTHON
            python.parent.mkdir(parents=True)
            python.touch()
            (Path(words[3]) / "pyvenv.cfg").touch()
        if self.killed in words:
            raise KeyboardInterrupt
        return subprocess.CompletedProcess(words, int(self.broken in words))

    def said(self, *words: str) -> list[list[str]]:
        """The commands that hold all of these words."""
        return [command for command in self.ran if set(words) <= set(command)]


@pytest.fixture
def commands(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Commands:
    """Let bootstrap work in an empty folder of a system that lacks nothing."""
    fake = Commands()
    monkeypatch.setattr(subprocess, "run", fake.run)
    monkeypatch.setattr(bootstrap, "missing", lambda _goal: [])
    monkeypatch.setattr(bootstrap, "can_make_environments", lambda: True)
    monkeypatch.setattr(bootstrap, "LOCK", tmp_path / "lock")
    (tmp_path / "lock").write_text("one==1\n", encoding="utf-8")
    monkeypatch.setenv("READINESS_VENV", str(tmp_path / "venv"))
    monkeypatch.setattr(bootstrap, "has_screen", lambda: False)
    return fake


# --- the Python environment --------------------------------------------------------------------


def test_makes_an_environment_and_runs_what_was_asked_in_it(
    commands: Commands, tmp_path: Path
) -> None:
    assert bootstrap.main(["--", "check", "--json"]) == 0
    python = str(tmp_path / "venv" / PYTHON)
    assert commands.ran[-1] == [python, "-m", "readiness", "check", "--json"]
    assert commands.said("-m", "venv")
    assert commands.said("install", "-c", str(tmp_path / "lock"), "-e")


def test_installs_nothing_the_second_time(commands: Commands) -> None:
    bootstrap.main([])
    commands.ran.clear()
    bootstrap.main(["--", "probes"])
    assert [words[1:] for words in commands.ran] == [["-m", "readiness", "probes"]]


def test_new_pins_are_installed_into_the_same_environment(
    commands: Commands, tmp_path: Path
) -> None:
    bootstrap.main([])
    commands.ran.clear()
    (tmp_path / "lock").write_text("one==2\n", encoding="utf-8")
    bootstrap.main([])
    assert commands.said("install", "-e")
    assert not commands.said("venv")


def test_another_python_gets_a_new_environment(
    commands: Commands, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bootstrap.main([])
    left_over = tmp_path / "venv" / "left-over"
    left_over.touch()
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    bootstrap.main([])
    assert not left_over.exists()
    assert len(commands.said("venv")) == 2


@pytest.mark.parametrize("cut", ["venv", "setuptools", "--no-build-isolation", "compile"])
def test_an_interrupted_installation_is_not_believed_whole(
    commands: Commands, tmp_path: Path, cut: str
) -> None:
    commands.killed = cut
    assert bootstrap.main([]) == 130
    left_over = tmp_path / "venv" / "half-a-package"
    left_over.touch()
    commands.killed = ""
    commands.ran.clear()
    assert bootstrap.main([]) == 0
    assert not left_over.exists()
    assert commands.said("venv")
    assert commands.said("install", "-e")


def test_a_failed_installation_ends_with_4_and_says_which_command(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    commands.broken = "--no-build-isolation"
    assert bootstrap.main([]) == 4
    told = capsys.readouterr()
    assert "--no-build-isolation" in told.err
    assert told.out == ""


def test_a_folder_that_is_no_environment_is_left_alone(commands: Commands, tmp_path: Path) -> None:
    letter = tmp_path / "venv" / "letter.txt"
    letter.parent.mkdir()
    letter.touch()
    assert bootstrap.main([]) == 3
    assert letter.exists()
    assert commands.ran == []


def test_the_environment_of_the_tests_serves_for_use_too(commands: Commands) -> None:
    bootstrap.main(["test"])
    commands.ran.clear()
    bootstrap.main(["--", "probes"])
    assert not commands.said("install")


def test_use_does_not_install_what_only_tests_need(commands: Commands) -> None:
    bootstrap.main([])
    assert not commands.said(f"{ROOT}[dev]")
    bootstrap.main(["test"])
    assert commands.said(f"{ROOT}[dev]")


# --- what is run -------------------------------------------------------------------------------


def test_without_a_screen_it_checks_and_says_where_the_report_is(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    bootstrap.main([])
    assert commands.ran[-1][1:] == ["-m", "readiness", "check", "--out", "reports"]
    assert str(ROOT / "reports") in capsys.readouterr().err


def test_with_a_screen_it_opens_the_window(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bootstrap, "has_screen", lambda: True)
    bootstrap.main([])
    assert commands.ran[-1][1:] == ["-m", "readiness"]


def test_a_failing_step_of_the_tests_stops_the_next(commands: Commands) -> None:
    commands.broken = "mypy"
    assert bootstrap.main(["test"]) == 1
    assert commands.said("ruff")
    assert not commands.said("pytest")


def test_the_last_step_of_the_tests_is_all_of_pytest(commands: Commands) -> None:
    bootstrap.main(["test"])
    assert commands.ran[-1][1:] == [
        *("-m", "pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder")
    ]


def test_an_unknown_word_shows_the_help(
    commands: Commands, capsys: pytest.CaptureFixture[str]
) -> None:
    assert bootstrap.main(["tset"]) == 3
    assert "Usage:" in capsys.readouterr().err
    assert commands.ran == []


def test_runs_on_a_python_without_any_package() -> None:
    """``-S`` leaves out everything that was installed; ``-I`` everything of the environment."""
    code = f"import sys; sys.path.insert(0, {str(ROOT)!r}); import readiness.bootstrap"
    subprocess.run([sys.executable, "-I", "-S", "-c", code], check=True)


# --- the system's packages ---------------------------------------------------------------------


def test_without_the_rights_it_says_the_command_and_changes_nothing(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "missing", lambda _goal: [PIECES[0]])
    monkeypatch.setattr(bootstrap, "installer", lambda: "apt-get")
    monkeypatch.setattr(bootstrap, "_may_install", lambda: False)
    assert bootstrap.main([]) == 3
    wanted = "sudo apt-get install -y --no-install-recommends libportaudio2"
    assert wanted in capsys.readouterr().err
    assert commands.ran == []


def test_with_the_rights_it_installs_what_is_missing(
    commands: Commands, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacking = [PIECES[0]]

    def missing(_goal: For) -> list[Piece]:
        return [] if commands.said("libportaudio2") else lacking

    monkeypatch.setattr(bootstrap, "missing", missing)
    monkeypatch.setattr(bootstrap, "installer", lambda: "apt-get")
    monkeypatch.setattr(bootstrap, "_may_install", lambda: True)
    assert bootstrap.main([]) == 0
    assert commands.ran[0] == ["apt-get", "update", "-qq"]
    assert "libportaudio2" in commands.ran[1]


def test_a_package_that_does_not_bring_the_library_is_a_fault(
    commands: Commands, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "missing", lambda _goal: [PIECES[0]])
    monkeypatch.setattr(bootstrap, "installer", lambda: "apt-get")
    monkeypatch.setattr(bootstrap, "_may_install", lambda: True)
    assert bootstrap.main([]) == 4
    assert "still missing: libportaudio.so.2" in capsys.readouterr().err
    assert not commands.said("venv")


@pytest.mark.skipif(sys.platform != "linux", reason="other systems need no packages")
def test_the_terminal_needs_no_library_of_the_window() -> None:
    def names(goal: For) -> set[str]:
        return {piece.apt for piece in packages.missing(goal, lambda _piece: False)}

    assert names(For.TERMINAL) == {"libportaudio2", "libpulse0", "libudev1"}
    assert "libegl1" in names(For.WINDOW)
    assert "xvfb" not in names(For.WINDOW)
    assert names(For.TESTS) == {piece.apt for piece in PIECES}


@pytest.mark.skipif(sys.platform != "linux", reason="names of Linux")
@pytest.mark.parametrize(
    ("name", "there"),
    [
        ("libc.so.6", True),
        ("libno-such-thing.so.9", False),
        ("sh", True),
        ("no-such-tool", False),
        ("share/*", True),
        ("share/no-such-file", False),
    ],
)
def test_a_library_is_there_if_it_loads_and_the_rest_if_it_is_found(
    name: str, *, there: bool
) -> None:
    assert packages.present(Piece(name, For.TERMINAL, "", "", "")) is there


@pytest.mark.parametrize(
    ("release", "package"),
    [
        (DEBIAN_12, "libglib2.0-0"),
        (DEBIAN_13, "libglib2.0-0t64"),
        ("ID=debian\n", "libglib2.0-0t64"),
        ('ID=ubuntu\nVERSION_ID="22.04"\n', "libglib2.0-0"),
        ('ID=ubuntu\nVERSION_ID="24.04"\n', "libglib2.0-0t64"),
        ("ID=linuxmint\n", "libglib2.0-0"),
        ("", "libglib2.0-0"),
    ],
)
def test_renamed_libraries_are_asked_for_by_their_name_there(release: str, package: str) -> None:
    glib = [piece for piece in PIECES if piece.apt == "libglib2.0-0"]
    command = packages.install_command("apt-get", glib, environments=False, release=release)
    assert command[-1] == package


@pytest.mark.parametrize(
    ("tool", "last"),
    [
        ("apt-get", ["libegl1", "espeak-ng"]),
        ("dnf", ["libEGL.so.1()(64bit)", "/usr/bin/espeak-ng"]),
        ("zypper", ["libEGL.so.1()(64bit)", "/usr/bin/espeak-ng"]),
        ("pacman", ["libglvnd", "espeak-ng"]),
    ],
)
def test_each_package_tool_is_asked_in_its_own_words(tool: str, last: list[str]) -> None:
    pieces = [piece for piece in PIECES if piece.name in {"libEGL.so.1", "espeak-ng"}]
    command = packages.install_command(tool, pieces, environments=False, release="")
    assert command[0] == tool
    assert command[-2:] == last


def test_debian_is_asked_for_the_environments_of_this_very_python() -> None:
    command = packages.install_command("apt-get", [], environments=True, release=DEBIAN_12)
    assert command[-1] == f"python3.{sys.version_info.minor}-venv"
