"""Whether a window can be shown at all."""

from __future__ import annotations

import os
import sys

_NAMES = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def has_screen() -> bool:
    """Whether there is a screen: on Linux the toolkit would abort without saying what to do."""
    return sys.platform != "linux" or any(os.environ.get(name) for name in _NAMES)
