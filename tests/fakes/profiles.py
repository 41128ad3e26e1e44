"""The bytes of the shipped profiles, one of our own, and what differs between two texts."""

from __future__ import annotations

import difflib

from readiness.profiles import FOLDER

BYTES = {path.stem: path.read_bytes() for path in sorted(FOLDER.glob("*.toml"))}
"""The shipped profiles by id, read once."""
HOSTS = """
schema = "readiness-profile/1"
id = "example"
kind = "type"
title = "Example"
summary = "Example."
[source.own]
title = "Our own proposal"
seen = 2026-11-23
grade = "P"
[[requirement]]
id = "hosts"
level = "must"
area = "line"
any_of = [{ metric = "endpoints.reachable", equals = true, source = "own" }]
"""
"""A list that asks for nothing but hosts that can be reached; which ones is to be added."""


def endpoint(host: str, port: int, protocol: str) -> str:
    """A host to add to :data:`HOSTS`."""
    return f'[[endpoint]]\nhost = "{host}"\nport = {port}\nprotocol = "{protocol}"\n'


def changed_lines(before: bytes, after: bytes) -> list[str]:
    """The lines that were taken away (``-...``) and put there (``+...``), as ``diff`` says it."""
    told = difflib.ndiff(before.decode().splitlines(), after.decode().splitlines())
    return [f"{line[0]}{line[2:]}" for line in told if line[0] in "+-"]
