"""Starts the window: ``python -m ui``."""

from __future__ import annotations

import sys

if __name__ == "__main__":  # a helper that reads reports imports this too, and needs no window
    from ui.app import main

    sys.exit(main(sys.argv[1:]))
