"""The person's folders, also where the system knows none: ``HOME`` unset, in a container."""

from __future__ import annotations

import os
from pathlib import Path

NOWHERE = Path("/nonexistent")
"""The home of accounts that have none (Debian Policy 9.2.3): nothing can be written there, and
whoever tries is told so, as with any other folder that may not be written to."""


def home_folder() -> Path:
    """Return the person's own folder; :data:`NOWHERE` where the system knows none."""
    try:
        return Path.home()
    except RuntimeError:
        return NOWHERE


def program_folder() -> Path:
    """Return where journals, the archive and the log are kept; ``READINESS_HOME`` names another."""
    from platformdirs import user_data_path

    stated = os.environ.get("READINESS_HOME")
    if stated:
        return Path(stated)
    try:
        return user_data_path("Readiness", appauthor=False)
    except RuntimeError:
        return NOWHERE / "Readiness"
