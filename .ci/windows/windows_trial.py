"""The installer under Wine 10: installed, started, used, removed; what is a person's is left.

What the program finds there must be what it finds from its source. "Runs under Wine 10" is all that
this shows: docs/platforms.md.
"""

from __future__ import annotations

import json
import os
import shutil
import time
from typing import TYPE_CHECKING

from given import NAME, ROOT, Stop, run, say
from trial import EQUAL, facts
from windows_desk import (
    OVERRIDES,
    close_window,
    files_of,
    forget_types,
    host,
    install,
    open_window,
    registry,
    running,
    show_types,
    uninstall,
)
from windows_mishaps import try_mishaps

if TYPE_CHECKING:
    from pathlib import Path

    from wine_room import Room

ELSEWHERE = r"C:\Prüf Büro ñ\Readiness 1"
KEPT = r"C:\Prüf Büro ñ\Berichte 1"
PROFILE = r"C:\users\root"
OF_THE_PERSON = ("AppData/Local/Readiness", "AppData/Roaming/Readiness", "AppData/Local/Temp")
PASSPHRASE = "only for this trial, long"  # noqa: S105 - of keys that are thrown away
LONGEST_INSTALL_S, LONGEST_UNINSTALL_S = 15, 10
PATIENCE_S = 300
STANDS_S = 4
BAD_INPUT, NOT_WHOLE = 3, 64


def try_setup(room: Room, setup: Path, icon: Path, python: Path) -> None:
    """Do all of it in a room in which Windows has begun.

    Args:
        room: Where; its Windows must be able to load numpy (``wine_crt.py``).
        setup: The installer.
        icon: For installers of other versions.
        python: A Python of this system that can run the product from its source.

    Raises:
        Stop: Something is not as it should be.
    """
    shutil.copyfile(setup, room.state / setup.name)
    before, known = files_of(room), registry(room)
    seconds = install(room, setup.name, ELSEWHERE)
    say(f"Installed in {seconds:.1f} s")
    if seconds > LONGEST_INSTALL_S:
        raise Stop(f"at most {LONGEST_INSTALL_S} s are allowed")
    _self_tests(room, python)
    _command_line(room)
    _file_types(room)
    seconds = uninstall(room, ELSEWHERE)
    say(f"Removed in {seconds:.1f} s")
    if seconds > LONGEST_UNINSTALL_S:
        raise Stop(f"at most {LONGEST_UNINSTALL_S} s are allowed")
    _nothing_left(room, before, known)
    try_mishaps(room, setup.name, icon)


def _self_tests(room: Room, python: Path) -> None:
    """As the desktop starts it: no console, no streams; then on the screen.

    Raises:
        Stop: It finds something else than the source.
    """
    say("Self-test …")
    bare = {"PATH": os.defpath, "HOME": str(room.state), "LANG": "C.UTF-8"}
    source = facts(run([python, "-m", NAME, "--self-test", "--json"], env=bare, cwd=ROOT))
    for number, more in enumerate(((), ("--on-screen",))):
        out = f"C:\\self-test-{number}.json"
        arguments = ["--self-test", "--json", "--out", out, *more]
        # "start" hands it to the shell, which gives a program for windows no streams.
        start = ["start", "/wait", f"{ELSEWHERE}\\{NAME}.exe", *arguments]
        room.wine(start, limit_s=PATIENCE_S, env=OVERRIDES, statuses=(0, 4))
        document = host(room, out)
        found = facts(document.read_text(encoding="utf-8"))
        document.unlink()
        differing = [
            f"{step}.{fact}: {found[step].get(fact)} instead of {source[step].get(fact)}"
            for step, fact in EQUAL
            if found[step].get(fact) != source[step].get(fact)
        ]
        if differing:
            raise Stop("; ".join(differing))
        say(f"Whole; the window by the plug-in {found['window']['platform']}")


def _command_line(room: Room) -> None:
    """Its streams, its exit statuses, a report in its three forms, an invitation."""
    say("Command line …")
    program = f"{ELSEWHERE}\\{NAME}-cli.exe"

    def cli(*arguments: str, status: int = 0) -> str:
        return room.wine(
            [program, *arguments], limit_s=PATIENCE_S, env=OVERRIDES, statuses=(status,)
        )

    if NAME not in cli("--version"):
        raise Stop("the command line says nothing")
    part = host(room, f"{ELSEWHERE}\\program\\lib\\msgspec")
    apart = part.rename(room.state / part.name)
    if "install it again" not in cli("probes", status=NOT_WHOLE):
        raise Stop("a part that is missing is not told")
    apart.rename(part)
    cli("judge", r"C:\no such report.json", status=BAD_INPUT)
    cli("check", "--only", "memory", "--only", "disk", "--out", KEPT, status=2)
    found = sorted(path.suffix for path in host(room, KEPT).iterdir())
    if found != [".html", ".json", ".pdf"]:
        raise Stop(f"of the report there is: {found}")
    report = next(host(room, KEPT).glob("*.json")).name
    cli("render", f"{KEPT}\\{report}", "--format", "html", "--out", f"{KEPT}\\anew")
    secret = host(room, r"C:\secret.txt")
    secret.write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    word = ("--passphrase-file", r"C:\secret.txt")
    cli("keys", "new", "beispiel", "--out", KEPT, *word)
    invite = ("--keys", f"{KEPT}\\beispiel.readiness-keys", "--profile", "typical-voice")
    cli("invite", *invite, "--employer", "Beispiel GmbH", "--for", "ada", "--out", KEPT, *word)
    secret.unlink()


def _file_types(room: Room) -> None:
    """An invitation and a report are opened as a double click opens them.

    Raises:
        Stop: No window comes, or it was not given the file.
    """
    kept = host(room, KEPT)
    invitation = next(kept.glob("*.readiness-invitation"))
    say("A double click …")
    show_types(room)
    open_window(room, f"{KEPT}\\{invitation.name}")
    _opened(room, invitation.name)
    forget_types(room)
    if not {r"\.json\OpenWithProgids]", '"Readiness.Report"=""'} <= _parts(registry(room)):
        raise Stop("the program is not offered for reports")
    report = next(kept.glob("*.readiness.json"))
    # What stands in the registry for a report, acted on as the shell does.
    open_window(room, f"{ELSEWHERE}\\{NAME}.exe", f"{KEPT}\\{report.name}")
    _opened(room, report.name)


def _opened(room: Room, name: str) -> None:
    """The program was given the file, and its window stands."""
    if not any(name in line for line in running(room)):
        raise Stop(f"nobody opens {name}: {running(room)}")
    time.sleep(STANDS_S)
    if not running(room):
        raise Stop(f"the window with {name} does not stand")
    close_window(room)


def _parts(exported: str) -> set[str]:
    """Values, and the ends of keys, of an exported registry."""
    return {
        line.rpartition("Classes")[2] if line.startswith("[") else line
        for line in exported.splitlines()
    }


def _nothing_left(room: Room, before: set[str], known: str) -> None:
    """Compare with what was there before.

    Raises:
        Stop: Something is left, or something of the person's is gone.
    """
    own = (*(f"users/root/{one}" for one in OF_THE_PERSON), KEPT[3:].replace("\\", "/"))
    around = KEPT[3:].partition("\\")[0]
    added = files_of(room) - before
    left = sorted(one for one in added if not one.startswith(own) and one != around)
    if left:
        raise Stop(f"left after removing: {', '.join(left[:20])}")
    old = set(known.splitlines())
    noted = [line for line in registry(room).splitlines() if NAME in line.lower()]
    fresh = [line for line in noted if line not in old]
    if fresh:
        raise Stop(f"left in the registry: {fresh}")
    if not any(host(room, KEPT).glob("*.json")):
        raise Stop("removing took a report along")
    say(f"Nothing is left; kept: {json.dumps(sorted(added - set(left))[:3])} …")
