"""Runs one tool of the operating system under guard: limited in time and output, and stoppable.

Tools are looked up in the system's own folders, never along ``PATH``: a program of the same name
elsewhere is not asked. They run without a shell, without input, in the C locale.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Collection

    from readiness.cancel import Token

TIMEOUT_S = 5.0
OUTPUT_LIMIT = 256 * 1024
POLL_S = 0.02
GONE_S = 0.25

TOOL_MISSING = "tool-missing"
TOOL_FAILED = "tool-failed"
TOOL_REFUSED = "tool-refused"
TOOL_HUNG = "tool-hung"
TOOL_TALKATIVE = "tool-talkative"

_POSIX_FOLDERS = (
    "/usr/bin",
    "/bin",
    "/usr/sbin",
    "/sbin",
    "/usr/libexec/ApplicationFirewall",
    "/run/current-system/sw/bin",
    "/System/Library/PrivateFrameworks/Apple80211.framework/Versions/Current/Resources",
)


def tool_path(name: str) -> Path:
    """The absolute path of a system tool (``ioreg``, ``pmset``, on Windows ``netsh.exe``).

    Raises:
        CannotMeasure: *unsupported*, ``tool-missing``.
    """
    for folder in _folders():
        path = folder / name
        if path.is_file() and os.access(path, os.X_OK):
            return path
    raise CannotMeasure(FailureCode.UNSUPPORTED, TOOL_MISSING, tool=Path(name).name)


def run_tool(
    token: Token,
    name: str,
    *arguments: str,
    timeout: float = TIMEOUT_S,
    statuses: Collection[int] = (0,),
) -> str:
    """Run the system tool ``name`` and return what it wrote to standard output.

    Args:
        token: Stop; the tool is killed at once.
        name: File name, looked up in the system's folders (with ``.exe`` on Windows), or a path.
        arguments: Passed as they are; there is no shell.
        timeout: Seconds after which it is killed.
        statuses: Exit statuses that mean success (``systemctl is-active`` tells by 3).

    Raises:
        CannotMeasure: *unsupported* with ``tool-missing``, ``tool-failed`` (summary: its exit
            status) or ``tool-talkative`` (more than 256 KiB), *permission-denied* with
            ``tool-refused``, *timed-out* with ``tool-hung``.
        Cancelled: Stop was pressed.
    """
    path = tool_path(name)
    token.check()
    run = _Run(path, arguments)
    with token.on_cancel(run.end):
        deadline = time.monotonic() + timeout
        try:
            while not run.done.wait(POLL_S):
                token.check()
                if time.monotonic() >= deadline:
                    raise CannotMeasure(FailureCode.TIMED_OUT, TOOL_HUNG, tool=path.name)
        finally:
            run.end()
            run.done.wait(GONE_S)  # a killed process is there until it has been waited for
        token.check()
    if len(run.output) > OUTPUT_LIMIT:
        raise CannotMeasure(FailureCode.UNSUPPORTED, TOOL_TALKATIVE, tool=path.name)
    if run.status not in statuses:
        raise CannotMeasure(FailureCode.UNSUPPORTED, TOOL_FAILED, tool=path.name, status=run.status)
    return _text(run.output)


class _Run:
    """One running tool. A thread of its own reads, so that whoever waits can look at the token."""

    def __init__(self, path: Path, arguments: Collection[str]) -> None:
        self.output = b""
        self.status = -1
        self.done = threading.Event()
        try:
            self._process = _start(path, arguments)
        except PermissionError as error:
            raise CannotMeasure(
                FailureCode.PERMISSION_DENIED, TOOL_REFUSED, tool=path.name
            ) from error
        except OSError as error:
            raise CannotMeasure(FailureCode.UNSUPPORTED, TOOL_FAILED, tool=path.name) from error
        threading.Thread(target=self._read, name=f"tool-{path.name}", daemon=True).start()

    def _read(self) -> None:
        pipe: IO[bytes] | None = self._process.stdout
        if pipe is not None:
            with pipe:
                self.output = pipe.read(OUTPUT_LIMIT + 1)
            if len(self.output) > OUTPUT_LIMIT:
                self.end()
        self.status = self._process.wait()
        self.done.set()

    def end(self) -> None:
        """Kill it, with its children where the system groups them; nothing if it has ended."""
        if self.done.is_set():
            return
        with contextlib.suppress(OSError):  # it ended by itself in this very moment
            if sys.platform == "win32":
                self._process.kill()
            else:
                os.killpg(self._process.pid, signal.SIGKILL)


def _start(path: Path, arguments: Collection[str]) -> subprocess.Popen[bytes]:
    options: dict[str, Any] = {}  # differing per system, passed through to Popen
    if sys.platform == "win32":
        options["creationflags"] = subprocess.CREATE_NO_WINDOW
    else:
        options["start_new_session"] = True
    return subprocess.Popen(
        [str(path), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        **options,
    )


def _environment() -> dict[str, str]:
    """This process's environment in the C locale, without the libraries of a frozen program."""
    environment = {**os.environ, "LC_ALL": "C", "LANG": "C"}
    environment.pop("LANGUAGE", None)
    return without_own_libraries(environment)


def without_own_libraries(environment: dict[str, str]) -> dict[str, str]:
    """An environment for other programs: without the libraries of a frozen program."""
    if getattr(sys, "frozen", False):
        # A program frozen by PyInstaller points the loader at its own libraries and keeps the
        # former value under _ORIG; a system tool must load the system's.
        former = environment.pop("LD_LIBRARY_PATH_ORIG", "")
        environment.pop("LD_LIBRARY_PATH", None)
        if former:
            environment["LD_LIBRARY_PATH"] = former
    return environment


def _folders() -> tuple[Path, ...]:
    if sys.platform == "win32":
        system = Path(os.environ.get("SYSTEMROOT", r"C:\Windows")) / "System32"
        found: tuple[Path, ...] = (system, system / "wbem", system / "WindowsPowerShell" / "v1.0")
    else:
        found = tuple(Path(folder) for folder in _POSIX_FOLDERS)
    return found


def _text(output: bytes) -> str:
    try:
        return output.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "oem" if sys.platform == "win32" else "utf-8"
        return output.decode(encoding, errors="replace")
