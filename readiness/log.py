"""The log file: for us, never the only place where a person could learn something."""

from __future__ import annotations

import logging
from logging.handlers import RotatingFileHandler
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 512 * 1024
FILE_NAME = "readiness.log"


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
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root.addHandler(handler)
    return home / FILE_NAME
