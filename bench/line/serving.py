"""The measuring server under a thousand clients, as rows of the table."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

from bench.rows import Row
from tests.rig.emulator import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

_LINE = re.compile(r"\| (\d+) \| (\w+) \| (.*)\|$")
_ERROR = re.compile(r"[+-]\d+\.\d+")
WORST = 5.0
CONNECTED = 1000


def serving(minutes: float = 1.0) -> Iterator[Row]:
    """1,000 clients connected, 50 of them measuring at 10 Mbit/s; see ``bench.serve_load``."""
    command = [sys.executable, "-m", "bench.serve_load", "--minutes", str(minutes)]
    told = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    sizes = []
    for line in told.stdout.splitlines():
        found = _LINE.match(line)
        if found is None:
            continue
        cells = [cell.strip() for cell in found[3].split("|")]
        errors = [abs(float(text)) for cell in cells[:3] for text in _ERROR.findall(cell)]
        held = int(cells[-1])
        sizes.append(float(cells[-2]))
        yield Row(
            figure=f"50 clients measure at once, {found[2]}, worst error %",
            asked=f"at most {WORST:g}, {CONNECTED} others stay connected",
            reached=f"{max(errors):.2f}, {held} connected",
            met=max(errors) <= WORST and held == CONNECTED,
        )
    yield Row(
        figure=f"the server's memory over {minutes:g} min of it, MiB",
        asked="flat",
        reached=f"{sizes[0]:.1f} to {sizes[-1]:.1f}",
        met=sizes[-1] - sizes[0] <= 0.1 * sizes[0],
    )
