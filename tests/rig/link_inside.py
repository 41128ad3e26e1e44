"""Runs inside a network namespace of its own: makes interfaces, tells what the link facts are.

``link_inside.py JSON`` with ``steps``, a list of lists of commands for ``ip``, and ``address``,
towards which the link is looked up. Prints the facts after each step, as one JSON list. ``null``
stands for a step that the kernel refused.
"""

from __future__ import annotations

import fcntl
import json
import os
import struct
import subprocess
import sys

from readiness.cancel import Token
from readiness.system.link import link_facts, netlink

TUNSETIFF, IFF_TUN, IFF_TAP, IFF_NO_PI = 0x400454CA, 1, 2, 0x1000


def attach(name: str, mode: str) -> int:
    """Hold a tun or tap device open, as a VPN does: only then it has a carrier."""
    device = os.open("/dev/net/tun", os.O_RDWR)
    flags = (IFF_TUN if mode == "tun" else IFF_TAP) | IFF_NO_PI
    fcntl.ioctl(device, TUNSETIFF, struct.pack("16sH22x", name.encode("ascii"), flags))
    return device


def take(command: str) -> bool:
    """One command: ``attach NAME tun|tap``, or what ``ip`` is to do. False if it was refused."""
    words = command.split()
    if words[0] == "attach":
        attach(words[1], words[2])
        return True
    done = subprocess.run(["/usr/bin/env", "ip", *words], stderr=subprocess.PIPE, check=False)
    return done.returncode == 0


def main(steps: list[list[str]], address: str) -> None:
    """Take the steps and print the facts after each."""
    found: list[object] = []
    for step in steps:
        if all(take(command) for command in step):
            found.append(link_facts(Token(), address))
        else:
            found.append(None)
    numbers = [netlink.family_number("nlctrl"), netlink.route_index("127.0.0.1")]
    print(json.dumps({"facts": found, "numbers": numbers}))  # noqa: T201 - its result


if __name__ == "__main__":
    asked = json.loads(sys.argv[1])
    main(asked["steps"], asked["address"])
