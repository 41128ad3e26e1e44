"""Where a packaged program begins. Alone in its folder: PyInstaller looks for modules beside it."""

from __future__ import annotations

import sys

from readiness.__main__ import main

if __name__ == "__main__":
    sys.exit(main())
