"""The log file: for us, never the only place where a person could learn something.

It names nobody: the person's folder, account and computer are written as signs.
"""

from __future__ import annotations

import contextlib
import getpass
import logging
import platform
import re
from logging.handlers import RotatingFileHandler
from pathlib import Path

MAX_BYTES = 512 * 1024
FILE_NAME = "readiness.log"


SHORTEST_NAME = 3
"""A shorter account or computer name is a part of too many words to be looked for."""


class Nameless(logging.Formatter):
    """Writes ``~`` for the person's folder, ``<user>`` and ``<computer>`` for their names."""

    def __init__(self, form: str) -> None:
        super().__init__(form)
        self._signs = [
            (re.compile(re.escape(name), re.IGNORECASE), sign) for name, sign in _names().items()
        ]

    def format(self, record: logging.LogRecord) -> str:
        """The line, also of a traceback, without names."""
        line = super().format(record)
        for name, sign in self._signs:
            line = name.sub(sign, line)
        return line


def _names() -> dict[str, str]:
    """What would tell who this is -> the sign for it, the longest first."""
    found: dict[str, str] = {}
    with contextlib.suppress(RuntimeError):  # this system has no such folder for us
        home = str(Path.home())
        # On Windows: as it is, as Python quotes it, and as the window names files.
        found |= dict.fromkeys((home, home.replace("\\", "\\\\"), home.replace("\\", "/")), "~")
    with contextlib.suppress(KeyError, OSError, ImportError):  # nor a name
        found[getpass.getuser()] = "<user>"
    found[platform.node()] = "<computer>"
    return {name: sign for name, sign in found.items() if len(name) >= SHORTEST_NAME}


def start_log(home: Path) -> Path | None:
    """Log into ``home``; returns the file, or none where it cannot be written."""
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    logging.raiseExceptions = False  # a full disk must not print a trace over the person's screen
    try:
        home.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            home / FILE_NAME, maxBytes=MAX_BYTES, backupCount=1, encoding="utf-8", delay=True
        )
    except OSError:
        root.addHandler(logging.NullHandler())
        return None
    handler.setFormatter(Nameless("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    return home / FILE_NAME
