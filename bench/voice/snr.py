"""Voice above noise in a guided take, with distances that were set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.rows import Row
from bench.voice.voices import NOISES, RATE, at_level, published, voices
from readiness.dsp.voice.guided import guided_voice
from readiness.dsp.voice.speech_level import active_level

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from numpy.typing import NDArray

SILENCE_S = 5
DISTANCES = (5, 10, 15, 20, 30, 40)
ROOMS = ("white", "pink", "fan", "babble")
MOST_DB, MEAN_DB = 0.9, 0.3


def rows(*, stl: Path | None = None, quick: bool = False) -> Iterator[Row]:
    """One row for each noise and distance, and one for the uncertainties."""
    speakers = voices()
    if stl is not None:
        speakers |= published(stl)
    random = np.random.default_rng(1)
    within, errors = [], []
    for room in ROOMS:
        for distance in DISTANCES[:: 2 if quick else 1]:
            found = [_take(voice, room, distance, random) for voice in speakers.values()]
            here = [abs(error) for error, _, _ in found]
            errors += here
            within += [error <= sure for error, (_, sure, _) in zip(here, found, strict=True)]
            claimed = sum(flagged for _, _, flagged in found)
            yield Row(
                figure=f"voice above noise, {room}, {distance} dB",
                asked=f"error at most {MOST_DB} dB, no suppression claimed",
                reached=(
                    f"mean {np.mean(here):.2f}, largest {max(here):.2f} dB of {len(here)} voices;"
                    f" {claimed} claimed"
                ),
                met=max(here) <= MOST_DB and not claimed,
            )
    yield Row(
        figure="voice above noise, all of them",
        asked=f"mean error at most {MEAN_DB} dB",
        reached=f"{np.mean(errors):.3f} dB of {len(errors)}",
        met=bool(np.mean(errors) <= MEAN_DB),
    )
    yield Row(
        figure="voice above noise, within the stated half width",
        asked="95 %",
        reached=f"{sum(within)} of {len(within)}",
        met=sum(within) >= 0.95 * len(within),
    )


def _take(
    voice: NDArray[np.float64], room: str, distance: float, random: np.random.Generator
) -> tuple[float, float, bool]:
    """Error, half width, and whether suppression was claimed."""
    noise = active_level(voice, RATE).dbov - distance
    silence = at_level(NOISES[room](SILENCE_S * RATE, random), noise)
    reading = voice + at_level(NOISES[room](voice.size, random), noise)
    found = guided_voice(silence, reading, RATE)
    return found.snr - distance, found.snr_half_width, found.suppression.found
