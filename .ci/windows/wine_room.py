"""A room with Wine in it, apart from this system: its own tree, processes, network, screen, sound.

``make_tree`` puts Debian 13's Wine into a folder: that of Debian 12 is too old for Qt's windows. A
``Room`` is that tree and a folder for what Wine keeps. While it is open, one process holds the
room's namespaces; when that process ends, or the one that opened the room does, however it does,
everything in the room ends with it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Self

from given import Stop, install, run, tool

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from types import TracebackType

RELEASE = "trixie"
PACKAGES = (
    "wine64",
    "fonts-liberation",
    "iproute2",
    "locales",
    "mount",
    "pulseaudio",
    "pulseaudio-utils",
    "xvfb",
    # for wine_crt
    "binutils-mingw-w64-x86-64",
    "mingw-w64-x86-64-dev",
)
LEFT_OUT = (
    *(f"/usr/share/{name}/*" for name in ("man", "doc", "locale", "info", "lintian")),
    "/usr/share/mingw-w64/include/*",
    "/usr/x86_64-w64-mingw32/include/*",
)
LOCALES = ("ja_JP", "tr_TR")
"""Wine takes the code page from the locale: 932 and 1254."""

NAME = "room"
WINE = "/usr/lib/wine/wine64"
OVERRIDES = "mscoree=;mshtml=;winedbg.exe=d;ucrtbase=n,b"
"""No questions for parts that are not there, no debugger that waits for minutes after a crash, and
what ``wine_crt`` made before Wine's own."""

ENVIRONMENT = {
    "PATH": "/usr/lib/wine:/usr/sbin:/usr/bin:/sbin:/bin",
    "HOME": "/w/home",
    "LANG": "C.UTF-8",
    "DISPLAY": ":0",
    "PULSE_SERVER": "unix:/w/home/sound",
    "WINEPREFIX": "/w/prefix",
    "WINEARCH": "win64",
    "WINEDEBUG": "-all",
    "WINEDLLOVERRIDES": OVERRIDES,
}

HOLD = r"""
set -e
tree=$1
read -r me _ < /proc/self/stat  # outside's number of this process, while outside's /proc is seen
echo "$3" > /proc/sys/kernel/hostname
mount -t proc own "$tree/proc"
mount -t sysfs own "$tree/sys"
mount --rbind /dev "$tree/dev"
mount -t tmpfs own "$tree/dev/shm"
mount -t tmpfs own "$tree/tmp"
mount --bind "$2" "$tree/w"
exec chroot "$tree" /bin/sh -c 'ip link set lo up && echo '"$me"'; cat >/dev/null; :'
"""
"""Holds the room until its standard input ends; says the number of the process that does."""

APART = ("-m", "-p", "-n", "-i", "-u", "-r")
"""What ``nsenter`` enters: mounts, processes, network, shared memory, name, root."""

SCREEN = "Xvfb :0 -screen 0 1280x800x24 -noreset -nolisten tcp"
PATIENCE_S = 60


def make_tree(tree: Path) -> None:
    """Put Debian with Wine into a folder that is not there yet.

    Raises:
        Stop: It fails.
    """
    install({"mmdebstrap": "mmdebstrap"})
    without = [f"--dpkgopt=path-exclude={path}" for path in LEFT_OUT]
    include = f"--include={','.join(PACKAGES)}"
    command = [tool("mmdebstrap", "mmdebstrap"), "--quiet", "--variant=apt", include, *without]
    for name in LOCALES:
        command += [f'--customize-hook=chroot "$1" localedef -i {name} -f UTF-8 {name}.UTF-8']
    run([*command, RELEASE, tree, _mirror()], cwd=Path("/"))
    (tree / "w").mkdir()
    hosts = f"127.0.0.1 localhost {NAME}\n::1 localhost\n"
    (tree / "etc" / "hosts").write_text(hosts, encoding="ascii")


def _mirror() -> str:
    """Where this system gets its packages.

    Raises:
        Stop: It is not known.
    """
    apt = tool("apt-get", "apt")
    told = run([apt, "indextargets", "--format", "$(REPO_URI) $(ORIGIN)", "Identifier: Packages"])
    known = [line.split(maxsplit=1) for line in told.splitlines() if line.endswith(" Debian")]
    plain = [uri for uri, _ in known if "security" not in uri]
    if not plain:
        raise Stop("apt knows no mirror of Debian; run apt-get update first")
    return plain[0]


class Room:
    """Runs commands in the tree; a context manager.

    Attributes:
        tree: Made by ``make_tree``. Several rooms may share it.
        state: What this room keeps; inside it is ``/w``.
    """

    def __init__(self, tree: Path, state: Path) -> None:
        self.tree = tree
        self.state = state
        self._holder: subprocess.Popen[str] | None = None
        self._pid = 0

    @property
    def drive(self) -> Path:
        """Where Windows' drive C lies."""
        return self.state / "prefix" / "drive_c"

    def __enter__(self) -> Self:
        """Open the room."""
        (self.state / "home").mkdir(parents=True, exist_ok=True)
        apart = ["--mount", "--pid", "--net", "--ipc", "--uts", "--fork", "--kill-child"]
        command = [tool("unshare", "util-linux"), *apart, "--propagation", "private"]
        self._holder = subprocess.Popen(
            [*command, "/bin/sh", "-c", HOLD, "sh", str(self.tree), str(self.state), NAME],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd="/",
        )
        assert self._holder.stdout is not None  # noqa: S101 - asked for above
        said = self._holder.stdout.readline().strip()
        if not said.isdecimal():
            rest = self._holder.stdout.read()
            self._holder.wait()
            raise Stop(f"the room cannot be opened (it needs root):\n{said}\n{rest}")
        self._pid = int(said)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End everything in the room."""
        holder = self._holder
        assert holder is not None  # noqa: S101 - it was entered
        assert holder.stdin is not None  # noqa: S101 - asked for there
        try:
            if self.drive.exists():  # else Wine's registry would not be on disk; 2: it ran no more
                self.run(["wineserver", "-k"], limit_s=PATIENCE_S, statuses=(0, 1, 2))
        finally:
            holder.stdin.close()
            holder.wait(PATIENCE_S)
            self._holder = None

    def run(
        self,
        command: Sequence[str],
        *,
        limit_s: float,
        cwd: str = "/w",
        env: Mapping[str, str] | None = None,
        statuses: Sequence[int] = (0,),
    ) -> str:
        """Run a command to its end; returns what it said.

        Args:
            command: As it is called inside.
            limit_s: It must end by then.
            cwd: Its folder, as it is called inside.
            env: What differs from ``ENVIRONMENT``.
            statuses: With which it may end.

        Raises:
            Stop: It lasted too long, or ended with another status.
        """
        status, text = self.tried(command, limit_s=limit_s, cwd=cwd, env=env)
        if status not in statuses:
            raise Stop(f"{' '.join(command[:3])} …: {status}\n{text}")
        return text

    def tried(
        self,
        command: Sequence[str],
        *,
        limit_s: float,
        cwd: str = "/w",
        env: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """The same; returns its status and what it said.

        Raises:
            Stop: It lasted too long.
        """
        # Wine's services inherit the stream and would hold a pipe open after the command's end.
        with tempfile.TemporaryFile() as said:
            started = self._start(command, said, cwd, env)
            try:
                return started.wait(limit_s), _read(said)
            except subprocess.TimeoutExpired as error:
                os.killpg(started.pid, signal.SIGKILL)
                started.wait(PATIENCE_S)
                what = " ".join(command[:3])
                raise Stop(f"{what} … lasted longer than {limit_s:g} s\n{_read(said)}") from error

    def wine(
        self,
        command: Sequence[str],
        *,
        limit_s: float,
        cwd: str = "/w",
        env: Mapping[str, str] | None = None,
        statuses: Sequence[int] = (0,),
    ) -> str:
        """Run a Windows program, as ``run`` does."""
        return self.run([WINE, *command], limit_s=limit_s, cwd=cwd, env=env, statuses=statuses)

    def start(self, command: Sequence[str], log: str) -> subprocess.Popen[bytes]:
        """Start a command that goes on until it or the room is ended; it writes to the log."""
        with (self.state / log).open("wb") as said:
            return self._start(command, said, "/w", None)

    def wait_for(self, path: str) -> None:
        """Wait until there is such a file inside.

        Raises:
            Stop: It does not come.
        """
        place = Path(f"/proc/{self._pid}/root{path}")
        until = time.monotonic() + PATIENCE_S
        while not place.exists():
            if time.monotonic() > until:
                raise Stop(f"no {path} within {PATIENCE_S} s")
            time.sleep(0.05)

    def _start(
        self, command: Sequence[str], said: IO[bytes], cwd: str, env: Mapping[str, str] | None
    ) -> subprocess.Popen[bytes]:
        enter = [tool("nsenter", "util-linux"), "-t", str(self._pid), *APART]
        given = [f"{name}={value}" for name, value in {**ENVIRONMENT, **(env or {})}.items()]
        return subprocess.Popen(
            [*enter, "/usr/bin/env", "-i", "-C", cwd, *given, *command],
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd="/",
        )


def _read(said: IO[bytes]) -> str:
    said.seek(0)
    return said.read().decode("utf-8", "replace")


def begin_windows(room: Room) -> str:
    """Start the screen; let Wine make its folder if it is not there; hold Wine's server.

    Returns:
        What Windows calls itself.

    Raises:
        Stop: It fails.
    """
    room.start(SCREEN.split(), "screen.log")
    room.wait_for("/tmp/.X11-unix/X0")  # noqa: S108 - the room's own
    if not room.drive.exists():
        room.wine(["wineboot", "-i"], limit_s=120)
        room.wine(["winecfg", "/v", "win11"], limit_s=60)
    room.run(["wineserver", "-p"], limit_s=60, statuses=(0, 2))  # 2: it runs already
    return room.wine(["cmd", "/c", "ver"], limit_s=60).strip()
