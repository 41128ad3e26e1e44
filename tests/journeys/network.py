"""Networks of a test's own, and programs inside them."""

from __future__ import annotations

import contextlib
import os
import subprocess
from typing import TYPE_CHECKING

from tests.rig.sound_server import tool

if TYPE_CHECKING:
    from collections.abc import Iterator

HOME_SPACE, FAR_SPACE = (f"readiness-{end}-{os.getpid()}" for end in ("home", "far"))
"""Of this process alone: tests of other files run at the same time."""
LINE = "line0"
HOME_ADDRESS, FAR_ADDRESS = "198.51.100.77", "198.51.100.2"
"""Addresses that documentation alone may use (RFC 5737)."""
HARDWARE_ADDRESS = "02:5e:c0:ff:ee:77"


def ip(*words: str) -> str:
    """Run ``ip`` and give back what it says."""
    done = subprocess.run([tool("ip"), *words], check=True, capture_output=True, text=True)
    return done.stdout


@contextlib.contextmanager
def two_ends() -> Iterator[None]:
    """A home and a far end, joined by one cable, in namespaces of their own."""
    made = []
    try:
        for space in (HOME_SPACE, FAR_SPACE):
            ip("netns", "add", space)
            made.append(space)
            # What the kernel itself says about a new interface is no packet of the program's.
            for name in ("all", "default"):
                key = f"net.ipv6.conf.{name}.disable_ipv6=1"
                ip("netns", "exec", space, "sysctl", "-qw", key)
            ip("-n", space, "link", "set", "lo", "up")
        ip(
            "-n",
            HOME_SPACE,
            *f"link add {LINE} address {HARDWARE_ADDRESS} type veth".split(),
            *f"peer name {LINE} netns {FAR_SPACE}".split(),
        )
        for space, address in ((HOME_SPACE, HOME_ADDRESS), (FAR_SPACE, FAR_ADDRESS)):
            ip("-n", space, "addr", "add", f"{address}/24", "dev", LINE)
            ip("-n", space, "link", "set", LINE, "up")
        ip("-n", HOME_SPACE, "route", "add", "default", "via", FAR_ADDRESS)
        yield
    finally:
        for space in made:
            ip("netns", "del", space)


def inside(space: str, *command: str) -> list[str]:
    """The command that runs ``command`` there."""
    return [tool("ip"), "netns", "exec", space, *command]


def sent() -> int:
    """Packets that the home sent so far, on all interfaces."""
    table = ip("netns", "exec", HOME_SPACE, "cat", "/proc/net/dev")
    lines = [line.replace(":", " ").split() for line in table.splitlines()[2:]]
    return sum(int(line[10]) for line in lines)
