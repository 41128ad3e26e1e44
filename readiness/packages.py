"""What Linux itself must bring: libraries and programs, and in which package they come.

Found by trying: a library is there if it can be loaded, a program if it is on the path. Windows and
macOS bring everything with Python's own wheels. Standard library only: this runs before anything
has been installed.
"""

from __future__ import annotations

import ctypes
import importlib.util
import shutil
import sys
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence


class For(Enum):
    """What a piece is needed for; each includes the ones before it."""

    TERMINAL = 0
    WINDOW = 1
    TESTS = 2


@dataclass(frozen=True)
class Piece:
    """One library, program or file of the system.

    Attributes:
        name: Library (``libEGL.so.1``), program (``Xvfb``), or the end of a path, with a slash.
        wanted: For what.
        why: Why the product needs it, in plain words.
        apt: Package of Debian and Ubuntu.
        pacman: Package of Arch.
        package: Package of Fedora and openSUSE; they find libraries and programs by themselves.
    """

    name: str
    wanted: For
    why: str
    apt: str
    pacman: str
    package: str = ""

    @property
    def is_library(self) -> bool:
        """Whether it is loaded rather than started or read."""
        return ".so." in self.name

    @property
    def rpm(self) -> str:
        """How Fedora's and openSUSE's package tools find what brings it."""
        found = f"{self.name}()(64bit)" if self.is_library else f"/usr/bin/{self.name}"
        return self.package or found


PIECES = (
    Piece(
        "libportaudio.so.2", For.TERMINAL, "records and plays sound", "libportaudio2", "portaudio"
    ),
    Piece(
        "libpulse.so.0", For.TERMINAL, "tells how a headset is connected", "libpulse0", "libpulse"
    ),
    Piece(
        "libudev.so.1", For.TERMINAL, "tells which plug a headset is", "libudev1", "systemd-libs"
    ),
    Piece("libglib-2.0.so.0", For.WINDOW, "Qt's event loop", "libglib2.0-0", "glib2"),
    Piece("libEGL.so.1", For.WINDOW, "Qt draws with it", "libegl1", "libglvnd"),
    Piece("libGL.so.1", For.WINDOW, "Qt draws with it", "libgl1", "libglvnd"),
    Piece("libdbus-1.so.3", For.WINDOW, "screen readers and dark mode", "libdbus-1-3", "dbus"),
    Piece("libfontconfig.so.1", For.WINDOW, "finds fonts", "libfontconfig1", "fontconfig"),
    Piece("libxkbcommon.so.0", For.WINDOW, "keyboard layouts", "libxkbcommon0", "libxkbcommon"),
    Piece(
        "libxkbcommon-x11.so.0",
        For.WINDOW,
        "keyboard layouts under X",
        "libxkbcommon-x11-0",
        "libxkbcommon-x11",
    ),
    Piece("libxcb-cursor.so.0", For.WINDOW, "Qt under X", "libxcb-cursor0", "xcb-util-cursor"),
    Piece("libxcb-icccm.so.4", For.WINDOW, "Qt under X", "libxcb-icccm4", "xcb-util-wm"),
    Piece("libxcb-keysyms.so.1", For.WINDOW, "Qt under X", "libxcb-keysyms1", "xcb-util-keysyms"),
    Piece("libxcb-shape.so.0", For.WINDOW, "Qt under X", "libxcb-shape0", "libxcb"),
    Piece("Xvfb", For.TESTS, "a screen without a monitor", "xvfb", "xorg-server-xvfb"),
    Piece("pulseaudio", For.TESTS, "a sound server with virtual cards", "pulseaudio", "pulseaudio"),
    Piece("pactl", For.TESTS, "sets up the virtual cards", "pulseaudio-utils", "libpulse"),
    Piece(
        "alsa-lib/libasound_module_pcm_pulse.so",
        For.TESTS,
        "leads PortAudio to the virtual cards",
        "libasound2-plugins",
        "alsa-plugins",
        "alsa-plugins-pulseaudio",
    ),
    Piece(
        "libexec/at-spi-bus-launcher",
        For.TESTS,
        "lets tests use the window as a screen reader does",
        "at-spi2-core",
        "at-spi2-core",
        "at-spi2-core",
    ),
    Piece("dbus-daemon", For.TESTS, "the bus that carries it", "dbus-daemon", "dbus"),
    Piece(
        "python3*/*-packages/gi/__init__.py",
        For.TESTS,
        "speaks with that bus",
        "python3-gi",
        "python-gobject",
        "python3-gobject",
    ),
    Piece(
        "girepository-1.0/Atspi-2.0.typelib",
        For.TESTS,
        "the same",
        "gir1.2-atspi-2.0",
        "at-spi2-core",
        "at-spi2-core",
    ),
    Piece(
        "espeak-ng", For.TESTS, "speaks, so that voice metrics are tested", "espeak-ng", "espeak-ng"
    ),
    Piece(
        "multimon-ng",
        For.TESTS,
        "another opinion on a telephone's keys",
        "multimon-ng",
        "multimon-ng",
    ),
    Piece("sox", For.TESTS, "another's telephone coding", "sox", "sox"),
    Piece("umockdev-run", For.TESTS, "made-up USB devices", "umockdev", "umockdev"),
    Piece("pipewire", For.TESTS, "the other sound server", "pipewire", "pipewire"),
    Piece("pw-cli", For.TESTS, "sets up its devices", "pipewire-bin", "pipewire"),
    Piece("wireplumber", For.TESTS, "lets it work", "wireplumber", "wireplumber"),
    Piece("pipewire-pulse", For.TESTS, "its door for others", "pipewire-pulse", "pipewire-pulse"),
    Piece("ip", For.TESTS, "makes the network of the emulated line", "iproute2", "iproute2"),
    Piece("sysctl", For.TESTS, "sets how both ends of it send", "procps", "procps-ng"),
    Piece("unshare", For.TESTS, "shuts it off from the computer's own", "util-linux", "util-linux"),
    Piece("iperf3", For.TESTS, "another opinion on download and upload", "iperf3", "iperf3"),
    Piece("irtt", For.TESTS, "another opinion on delay, jitter and loss", "irtt", "irtt"),
    Piece("turnserver", For.TESTS, "another's STUN server", "coturn", "coturn"),
    Piece("node", For.TESTS, "runs M-Lab's own client", "nodejs", "nodejs"),
    Piece("npm", For.TESTS, "fetches M-Lab's own client", "npm", "npm"),
    Piece("busctl", For.TESTS, "asks NetworkManager's stand-in", "systemd", "systemd"),
    Piece(
        "bin/initdb",
        For.TESTS,
        "makes a database server for a team's archive",
        "postgresql",
        "postgresql",
        "postgresql-server",
    ),
)

FOLDERS = ("usr", "usr/lib", "usr/lib64", "usr/lib/*", "usr/lib/postgresql/*")
"""Where the ends of paths are looked for."""

INSTALL = {
    "apt-get": ("apt-get", "install", "-y", "--no-install-recommends"),
    "dnf": ("dnf", "install", "-y"),
    "zypper": ("zypper", "--non-interactive", "install", "--no-recommends"),
    "pacman": ("pacman", "-S", "--needed", "--noconfirm"),
}
RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
"""Debian 13 and Ubuntu 24.04 gave libraries new names when time became 64 bits wide."""


def present(piece: Piece) -> bool:
    """Whether the system has it, by trying."""
    if "/" in piece.name:
        return any(any(Path("/").glob(f"{folder}/{piece.name}")) for folder in FOLDERS)
    if not piece.is_library:
        return shutil.which(piece.name) is not None
    try:
        ctypes.CDLL(piece.name)
    except OSError:
        return False
    return True


def missing(goal: For, has: Callable[[Piece], bool] = present) -> list[Piece]:
    """What is needed for ``goal`` and not there, in the table's order. Empty outside Linux."""
    asked = PIECES if sys.platform == "linux" else ()
    return [piece for piece in asked if piece.wanted.value <= goal.value and not has(piece)]


def can_make_environments() -> bool:
    """Whether this Python can make virtual environments: Debian ships that part separately."""
    return all(importlib.util.find_spec(name) is not None for name in ("venv", "ensurepip"))


def installer() -> str | None:
    """The system's package tool, if it is one that we know."""
    return next((name for name in INSTALL if shutil.which(name)), None)


def install_command(
    tool: str, pieces: Iterable[Piece], *, environments: bool, release: str
) -> list[str]:
    """Build the command that installs ``pieces``.

    Args:
        tool: One of :data:`INSTALL`.
        pieces: What is missing.
        environments: Whether the part of Python that makes virtual environments is missing too.
        release: The text of ``/etc/os-release``.
    """
    names: list[str] = []
    if environments:
        version = f"{sys.version_info.major}.{sys.version_info.minor}"
        names.append(f"python{version}-venv" if tool == "apt-get" else "python3-pip")
    for piece in pieces:
        if tool == "apt-get":
            names.append(RENAMED.get(piece.apt, piece.apt) if wide(release) else piece.apt)
        else:
            names.append(piece.pacman if tool == "pacman" else piece.rpm)
    return [*INSTALL[tool], *dict.fromkeys(names)]


def wide(release: str) -> bool:
    """Whether this Debian or Ubuntu has the new names; unknown ones also answer to the old."""
    pairs = (line.partition("=") for line in release.splitlines())
    values = {key: value.strip("\"'") for key, _, value in pairs}
    since = {"debian": 13.0, "ubuntu": 24.04}.get(values.get("ID", ""))
    try:
        return since is not None and float(values.get("VERSION_ID", "")) >= since
    except ValueError:
        return since is not None  # testing and unstable state no version


def refresh_command(tool: str) -> Sequence[str] | None:
    """Build the command that fetches the list of packages first; none where that is not needed."""
    return ("apt-get", "update", "-qq") if tool == "apt-get" else None
