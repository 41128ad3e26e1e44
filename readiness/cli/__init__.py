"""The engine without a window: ``readiness`` in a terminal.

Exit status, everywhere: 0 ready or done; 1 not ready; 2 open; 3 bad input; 4 a fault of the
program.
"""

from __future__ import annotations

from readiness.cli.root import main

__all__ = ["main"]
