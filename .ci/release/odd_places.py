"""The installed program where a computer lacks something, as an ordinary person.

In the bare tree, which has no sound and, here, no network: a folder with spaces and umlauts, no
screen or one that has gone, no HOME, an unknown account, a folder of one's own that may not be
written to or is full, two starts at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from chroot import inside
from steps import NAME, Stop, say

if TYPE_CHECKING:
    from pathlib import Path

NEW_PERSON = "useradd --uid 1000 --create-home person"
PERSON = "setpriv --reuid=1000 --regid=1000 --clear-groups"
STRANGER = "setpriv --reuid=4711 --regid=4711 --clear-groups"
"""An account that has no entry anywhere."""
HOME = "/home/jürgen müller"
STANDS_S = 15
"""After which a window stands, also on a busy computer."""

STANDS = f"timeout {STANDS_S} {NAME}"
STOOD = "test $? = 124"
"""What ``timeout`` says where it had to end the program itself."""

ON_SCREEN = (
    "Xvfb :9 -ac >/dev/null 2>&1 & until test -S /tmp/.X11-unix/X9; do sleep 0.2; done; "
    "export DISPLAY=:9; "
)
ELSEWHERE = "/srv/Prüf Büro ñ"


@dataclass(frozen=True, kw_only=True)
class Place:
    """What is odd, and what the program does there.

    Attributes:
        what: In words.
        command: Fails where the program does not do what it should.
        said: What it says there.
        before: What is done outside of the tree first.
    """

    what: str
    command: str
    said: str = ""
    before: str = ":"


PLACES = (
    Place(
        what="a folder with spaces and umlauts",
        command=f'mkdir "{ELSEWHERE}" && cp -r /usr/lib/{NAME} "{ELSEWHERE}/{NAME} 1" && '
        f'cd "{ELSEWHERE}" && "./{NAME} 1/{NAME}" --self-test',
        said="whole",
    ),
    Place(what="no screen", command=f"{NAME}; test $? = 3", said="no screen"),
    Place(
        what="a screen that is named and not there",
        command=f"DISPLAY=:8 {NAME}; test $? = 3",
        said="no screen",
    ),
    Place(
        what="no sound",
        command=f"{NAME} check --only headset --out /tmp/reports; test $? = 2",
        said="Headset: could not be measured",
    ),
    Place(
        what="no HOME",
        command=f"{ON_SCREEN} cd /tmp; unset HOME; {PERSON} {STANDS}; {STOOD} && ! test -e /tmp/~",
    ),
    Place(
        what="an account that the system does not know",
        command=f"{ON_SCREEN} cd /tmp; unset HOME; {STRANGER} {STANDS}; {STOOD} && "
        f"{STRANGER} {NAME} check --only memory --out /tmp/reports; test $? = 4",
        said="could not be saved",
    ),
    Place(
        what="a folder of one's own that may not be written to",
        command=f"{ON_SCREEN} {PERSON} env HOME=/usr {STANDS}; {STOOD} && "
        f"{PERSON} env HOME=/usr {NAME} check --only memory --out /usr/reports; test $? = 4",
        said="could not be saved",
    ),
    Place(
        what="a folder of one's own that is full",
        command=f"head -c 1M /dev/zero > /mnt/filled; {ON_SCREEN} export HOME=/mnt; {STANDS}; "
        f"{STOOD} && {NAME} check --only memory --out /mnt/reports; test $? = 4",
        said="could not be saved",
        before='mount -t tmpfs -o size=64k small "$tree/mnt"',
    ),
    Place(
        what="two starts at once",
        command=f'{ON_SCREEN} export HOME="{HOME}"; mkdir -p "$HOME" && chown 1000 "$HOME" && '
        f"{{ {PERSON} {STANDS} & one=$!; {PERSON} {STANDS} & two=$!; "
        f"wait $one; {STOOD} && wait $two; {STOOD}; }} && "
        '! grep -r "fault of the program" "$HOME"',
    ),
)


def try_odd_places(tree: Path) -> None:
    """Start the program in every place.

    Raises:
        Stop: In one it does something else than it should, or shows what is for programmers.
    """
    inside(tree, NEW_PERSON)
    for place in PLACES:
        say(f"With {place.what} …")
        told = inside(tree, f"exec 2>&1; {place.command}", before=place.before)
        if place.said not in told or "Traceback" in told:
            raise Stop(f"with {place.what} the program says: {told}")
