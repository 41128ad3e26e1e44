"""From a bare Python to a running program: ``python3 -m readiness.bootstrap``.

Makes a virtual environment in ``.venv``, installs what is missing, then opens the window, or checks
in the terminal where there is no screen. ``test`` installs what the tests need and runs them all.
Standard library only. Everything it says goes to standard error; standard output is the program's.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.packages import (
    For,
    can_make_environments,
    install_command,
    installer,
    missing,
    refresh_command,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
OLDEST = (3, 11)
NEEDS_YOU = 3
FAULT = 4
READY = "readiness-installed"
UNFINISHED = "readiness-unfinished"

HELP = """Usage: python3 -m readiness.bootstrap [test] [-- ARGUMENTS]

Installs what is missing, then opens the window; without a screen it checks in the
terminal and writes the report to the folder "reports".

  test            installs what the tests need too, and runs all of them
  -- ARGUMENTS    runs "readiness ARGUMENTS" instead (after test: "pytest ARGUMENTS")

READINESS_VENV names another folder than .venv for the virtual environment.
Exit status: that of what was run; 3 where something must be installed by hand; 4 if
installing failed.
"""


class Stop(Exception):  # noqa: N818 - it ends the run with a status; it is no fault of the code
    """Ends the run.

    Attributes:
        status: Exit status.
    """

    def __init__(self, said: str, status: int) -> None:
        super().__init__(said)
        self.status = status


def main(arguments: Sequence[str]) -> int:
    """Do what the command line says; returns the exit status."""
    own, rest = _split(arguments)
    if own in (["-h"], ["--help"]):
        sys.stdout.write(HELP)
        return 0
    if own not in ([], ["test"]):
        sys.stderr.write(HELP)
        return NEEDS_YOU
    try:
        return _test(rest) if own else _use(rest)
    except Stop as stop:
        _say(str(stop))
        return stop.status
    except KeyboardInterrupt:
        _say("Stopped. Start again at any time: it goes on from there.")
        return 130


def _split(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Our own arguments, and those behind ``--``."""
    given = list(arguments)
    cut = given.index("--") if "--" in given else len(given)
    return given[:cut], given[cut + 1 :]


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def _use(rest: Sequence[str]) -> int:
    """Install and run the program."""
    window = not rest and has_screen()
    python = install(For.WINDOW if window else For.TERMINAL)
    if rest or window:
        return _call([python, "-m", "readiness", *rest])
    _say("There is no screen here, so the check runs in the terminal.")
    status = _call([python, "-m", "readiness", "check", "--out", "reports"])
    _say(f"The report is in {ROOT / 'reports'}")
    return status


def _test(rest: Sequence[str]) -> int:
    """Install and run every check of the code, each stopping the next."""
    python = install(For.TESTS)
    steps = [[python, "-m", "pytest", *rest]] if rest else test_steps(python)
    for step in steps:
        _say(f"\n$ {shlex.join(['python', *step[1:]])}")
        status = _call(step)
        if status:
            return status
    return 0


def test_steps(python: str) -> list[list[str]]:
    """Build the commands of ``test``, in order."""
    return [
        [python, "-m", "ruff", "format", "--check", "."],
        [python, "-m", "ruff", "check", "."],
        [python, "-m", "mypy"],
        [python, "-m", "mypy", "--platform", "win32", "readiness"],
        [python, "-m", "mypy", "--platform", "darwin", "readiness"],
        [python, str(Path(".ci", "catalogue.py")), "--check"],
        # Most of the time is spent waiting for lines and sound, which go on in real time.
        [python, "-m", "pytest", "-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"],
    ]


def has_screen() -> bool:
    """Whether a window could be seen here."""
    if sys.platform == "linux":
        found = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))
    else:
        found = "SSH_CONNECTION" not in os.environ
    return found


def install(goal: For) -> str:
    """Install what ``goal`` needs and is not there; returns the environment's Python.

    Raises:
        Stop: Something must be done by hand, or a command failed.
    """
    if sys.version_info < OLDEST:
        raise Stop(f"Python {OLDEST[0]}.{OLDEST[1]} or newer is needed.", NEEDS_YOU)
    _install_system(goal)
    venv = Path(os.environ.get("READINESS_VENV") or ROOT / ".venv").absolute()
    python = venv / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    wanted = fingerprint(goal)
    if _installed(venv) not in {wanted, fingerprint(For.TESTS)} or not python.exists():
        _install_python(venv, python, goal, wanted)
    return str(python)


def _install_system(goal: For) -> None:
    """Install missing packages of the system; where we may not, say the command and stop."""
    lacking = missing(goal)
    environments = not can_make_environments()
    if not lacking and not environments:
        return
    for piece in lacking:
        _say(f"Missing: {piece.name} ({piece.why})")
    if environments:
        _say("Missing: the part of Python that makes virtual environments")
    tool = installer()
    if tool is None:
        raise Stop("Please install these with your system's package tool.", NEEDS_YOU)
    command = install_command(
        tool, lacking, environments=environments, release=_text(Path("/etc/os-release"))
    )
    if not _may_install():
        raise Stop(f"Please run this, then start again:\n\n  sudo {shlex.join(command)}", NEEDS_YOU)
    os.environ.setdefault("DEBIAN_FRONTEND", "noninteractive")
    refresh = refresh_command(tool)
    for step in [refresh, command] if refresh else [command]:
        _must(step, "The system's packages could not be installed.")
    left = [piece.name for piece in missing(goal)]
    if left:
        raise Stop(f"Installed, but still missing: {', '.join(left)}", FAULT)


def _may_install() -> bool:
    """Whether we may install packages of the system."""
    return sys.platform != "win32" and os.geteuid() == 0


def _install_python(venv: Path, python: Path, goal: For, wanted: str) -> None:
    """Fill the virtual environment. The mark of a finished one is set last, in one step."""
    unfinished, ready = venv / UNFINISHED, venv / READY
    before = _installed(venv)
    ours = unfinished.exists() or (venv / "pyvenv.cfg").exists()
    if venv.exists() and not ours and any(venv.iterdir()):
        raise Stop(f"{venv} is not a virtual environment; please move it away.", NEEDS_YOU)
    stale = unfinished.exists() or not python.exists()
    if venv.exists() and (stale or _place(before) not in {"", _place(wanted)}):
        try:
            shutil.rmtree(venv)
        except OSError as error:
            raise Stop(f"An unfinished {venv} cannot be removed: {error}", FAULT) from error
    venv.mkdir(parents=True, exist_ok=True)
    unfinished.write_text(wanted, encoding="utf-8")
    ready.unlink(missing_ok=True)
    _say(f"Installing into {venv} (this takes a few minutes the first time) ...")
    failed = "The Python packages could not be installed. Is the internet reachable?"
    if not python.exists():
        _must([sys.executable, "-m", "venv", str(venv)], failed)
    pip = [str(python), "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "-q"]
    pip += ["-c", str(LOCK)]
    # Without build isolation the pins hold for the builder too, and nothing is fetched twice.
    _must([*pip, "setuptools", "babel"], failed)
    extra = "[dev]" if goal is For.TESTS else ""
    _must([*pip, "--no-build-isolation", "-e", f"{ROOT}{extra}"], failed)
    _must([str(python), str(ROOT / ".ci" / "catalogue.py"), "compile"], failed)
    unfinished.replace(ready)


def fingerprint(goal: For) -> str:
    """What an environment for ``goal`` was or would be made of: place on line 1, content after."""
    version = ".".join(map(str, sys.version_info[:2]))
    content = hashlib.sha256()
    for path in (ROOT / "pyproject.toml", LOCK):
        content.update(path.read_bytes())
    extra = "tests" if goal is For.TESTS else "use"
    return f"{version} {ROOT}\n{content.hexdigest()} {extra}\n"


def _installed(venv: Path) -> str:
    return _text(venv / READY)


def _place(mark: str) -> str:
    """The line of a fingerprint that cannot change without a new environment."""
    return mark.partition("\n")[0]


def _text(path: Path) -> str:
    """The file's text; empty if there is no such file."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _must(command: Sequence[str], otherwise: str) -> None:
    """Run a command of the installation, its output to standard error."""
    sys.stderr.flush()
    try:
        done = subprocess.run(command, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False)
    except OSError as error:
        raise Stop(f"{otherwise}\n{error}", FAULT) from error
    if done.returncode:
        raise Stop(f"{otherwise}\nThis failed: {shlex.join(command)}", FAULT)


def _call(command: Sequence[str]) -> int:
    """Run the program itself; returns its exit status."""
    sys.stderr.flush()
    return subprocess.run(command, cwd=ROOT, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
