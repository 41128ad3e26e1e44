"""How long a recruiter's heap takes, and how much memory. ``python -m bench.review_intake``.

A second process begins with the main module, so that this one holds nothing, as the program's own.
"""

from __future__ import annotations

import argparse
import sys

FILES = 10_000


def main() -> None:
    """Print the figures; ends with status 1 if one is not met."""
    from bench.intake_figures import figures
    from bench.rows import show

    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=FILES)
    if not show(figures(parser.parse_args().files)):
        sys.exit(1)


if __name__ == "__main__":
    main()
