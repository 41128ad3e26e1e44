"""The package where its installation goes wrong: nothing of the person's is lost, and again works.

In the bare tree, as root: over a running copy, over an older and a newer one, on a full disk, on a
disk that may not be written to, and broken off half way.
"""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

from chroot import inside
from odd_places import ON_SCREEN, STANDS_S
from steps import NAME, Stop, run, say, tool

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

OLDER, NEWER = "0.0.1", "999.0"
"""Of no release."""

OF_THE_PERSON = "root/.local/share/Readiness/earlier-check"
INSTALL = "dpkg --install"
PROGRAM = f"usr/lib/{NAME}"
UNFINISHED = f'find /{PROGRAM} -name "*.dpkg-*"'
"""What the package tool has unpacked and not yet put in its place."""

SMALL_DISK = "20m"


def try_bad_luck(tree: Path, deb: str) -> None:
    """Install the package again and again, each time where something is in the way.

    Args:
        tree: Where it is installed, with a screen.
        deb: Its path in the tree.

    Raises:
        Stop: An attempt does not end as it should.
    """
    kept = tree / OF_THE_PERSON
    kept.parent.mkdir(parents=True, exist_ok=True)
    kept.write_text(OF_THE_PERSON, encoding="utf-8")
    older, newer = (_as(tree, deb, version) for version in (OLDER, NEWER))
    for what, attempt in (
        ("over a newer one", f"{INSTALL} {newer} && {INSTALL} {deb}"),
        ("over an older one", f"{INSTALL} {older} && {INSTALL} {deb}"),
        ("over a running copy", _while_running(newer)),
        ("broken off half way", _broken_off(deb)),
    ):
        say(f"Install {what} …")
        inside(tree, attempt)
        _again(tree, deb)
    for what, mount, message in _disks():
        say(f"Install on {what} …")
        refused = _refused(tree, f"{INSTALL} {deb}", mount)
        if message not in refused:
            raise Stop(f"on {what} the installation says: {refused}")
        _again(tree, deb)
    inside(tree, f"{NAME} --self-test")
    if kept.read_text(encoding="utf-8") != OF_THE_PERSON:
        raise Stop("a file of the person's was changed")


def _as(tree: Path, deb: str, version: str) -> str:
    """The same package under another version; its path in the tree."""
    deb_tool, parts = tool("dpkg-deb", "dpkg"), tree / "srv" / "parts"
    run([deb_tool, "--raw-extract", tree / deb.lstrip("/"), parts])
    control = parts / "DEBIAN" / "control"
    text = control.read_text(encoding="utf-8")
    control.write_text(
        re.sub(r"^Version: .*$", f"Version: {version}", text, flags=re.MULTILINE), encoding="utf-8"
    )
    made = f"{deb}.{version}.deb"
    run([deb_tool, "--root-owner-group", "-Znone", "--build", parts, tree / made.lstrip("/")])
    shutil.rmtree(parts)
    return made


def _while_running(deb: str) -> str:
    """Start the window, install, and look whether the window is still there."""
    return f"{ON_SCREEN} {NAME} & sleep {STANDS_S}; {INSTALL} {deb} && kill -0 $!"


def _broken_off(deb: str) -> str:
    """End the installation as soon as the first new file lies beside the old ones."""
    return (
        f"{INSTALL} {deb} & until {UNFINISHED} | grep -q .; "
        "do kill -0 $! || exit; sleep 0.1; done; kill -KILL $!; wait $!; test $? = 137"
    )


def _disks() -> Iterator[tuple[str, str, str]]:
    """Name, the commands that make such a disk for one attempt, and what is said then."""
    usr = '"$tree/usr"'
    yield (
        "a full disk",
        f'mount -t tmpfs -o size={SMALL_DISK} small "$tree/{PROGRAM}"',
        "No space left on device",
    )
    yield (
        "a disk that may not be written to",
        f"mount --bind {usr} {usr} && mount -o remount,bind,ro {usr}",
        "Read-only file system",
    )


def _refused(tree: Path, command: str, mount: str) -> str:
    """What a command says that must fail."""
    try:
        inside(tree, command, before=mount)
    except Stop as stop:
        return str(stop)
    return "nothing, and succeeds"


def _again(tree: Path, deb: str) -> None:
    """The next attempt works, every file is as it was packed, and none lies beside them."""
    whole = f'test -z "$(dpkg --verify {NAME})" && test -z "$({UNFINISHED})"'
    inside(tree, f"{INSTALL} {deb} && {whole}")
