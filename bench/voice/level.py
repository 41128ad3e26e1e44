"""Active speech level against what the reference program of ITU-T G.191 prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.rows import Row
from readiness.dsp.voice.speech_level import active_level

if TYPE_CHECKING:
    from collections.abc import Iterator

# File, rate, level and activity as printed by actlev of the ITU-T Software Tool Library.
PUBLISHED = (
    ("src/sv56/test_data/voice.src", 16_000, -25.329, 96.625),
    ("src/sv56/test_data/voice.nrm", 16_000, -29.992, 96.407),
    ("src/sv56/test_data/voice.ltl", 16_000, -29.845, 96.452),
    ("src/mnru/test_data/P501_D_EN_fm_SWB_48k.pcm", 48_000, -26.081, 80.212),
    ("src/mnru/test_data/P501_D_AM_fm_FB_48k.pcm", 48_000, -25.917, 74.264),
)
ASKED_DB = 0.01


def rows(*, stl: Path | None = None) -> Iterator[Row]:
    """One row a recording; none without a checkout of openitu/STL."""
    if stl is None:
        return
    for name, rate, level, activity in PUBLISHED:
        samples = np.fromfile(stl / name, "<i2") / 32768
        found = active_level(samples, rate, as_reference=True)
        exact = active_level(samples, rate)
        yield Row(
            figure=f"active level, {Path(name).name}",
            asked=f"{level:.3f} dBov ({activity:.3f} %) within {ASKED_DB} dB",
            reached=(
                f"{found.dbov:.3f} dBov ({100 * found.activity:.3f} %);"
                f" {exact.dbov:.3f} interpolated exactly"
            ),
            met=abs(found.dbov - level) <= ASKED_DB,
        )
