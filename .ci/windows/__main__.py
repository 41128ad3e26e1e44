"""The door to ``commands.py``, which says what there is."""

from __future__ import annotations

import sys

from commands import main

sys.exit(main(sys.argv[1:]))
