"""Mains hum of a known level under the noise of a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.rows import Row
from bench.voice.voices import NOISES, RATE, at_level
from bench.voice.voices import hum as hum_of
from readiness.dsp.voice.hum import hum

if TYPE_CHECKING:
    from collections.abc import Iterator

SILENCE_S = 5
ROOM_DBOV = -62.0
ROOMS = ("white", "pink", "fan")
LEVELS = (-40, -50, -60, -70)
MAINS = (50.0, 49.96, 50.15, 60.0, 59.96, 60.1)
MOST_DB = 0.5
LOWEST_ASKED = -60
SILENCES = 24


def rows(*, quick: bool = False) -> Iterator[Row]:
    """One row a room and level, and one for rooms without hum."""
    random = np.random.default_rng(3)
    mains = MAINS[:: 3 if quick else 1]
    for room in ROOMS:
        for level in LEVELS:
            yield _row(room, level, mains, random)
    claimed = [
        hum(at_level(NOISES[room](SILENCE_S * RATE, random), dbov), RATE).dbov is not None
        for room in (*ROOMS, "babble")
        for dbov in (-30.0, ROOM_DBOV, -90.0)
        for _ in range(SILENCES // 12)
    ]
    yield Row(
        figure="hum, rooms without it",
        asked="none claimed",
        reached=f"{sum(claimed)} of {len(claimed)}",
        met=not any(claimed),
    )


def _row(room: str, level: float, mains: tuple[float, ...], random: np.random.Generator) -> Row:
    errors, within, right = [], 0, 0
    # Eight lines, each weaker than the one before, and the first alone.
    cases = [(hertz, lines) for hertz in mains for lines in (8, 1)]
    for hertz, lines in cases:
        size = SILENCE_S * RATE
        noise = at_level(NOISES[room](size, random), ROOM_DBOV)
        added = at_level(hum_of(size, random, mains_hz=hertz, lines=lines), level)
        found = hum(noise + added, RATE)
        if found.dbov is None:
            continue
        errors.append(abs(found.dbov - level))
        within += errors[-1] <= found.half_width_db
        right += found.mains_hz == (50 if hertz < 55 else 60)  # noqa: PLR2004 - between the two
    asked = level >= LOWEST_ASKED
    largest = max(errors, default=float("inf"))
    return Row(
        figure=f"hum of {level} dBov, {room} noise of {ROOM_DBOV:.0f} dBov",
        asked=f"error at most {MOST_DB} dB, mains right" if asked else "mains right if found",
        reached=(
            f"largest {largest:.2f} dB; mains right {right}, within half width {within}"
            f" of {len(errors)} found of {len(cases)}"
        ),
        met=right == len(errors)
        and (not asked or (len(errors) == len(cases) and largest <= MOST_DB)),
    )
