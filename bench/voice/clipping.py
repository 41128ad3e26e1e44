"""Clipping: a limit that cuts a known share of the samples, and what may follow it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import lfilter, resample_poly

from bench.rows import Row
from bench.voice.voices import SPEAKERS, published, reading, voices
from readiness.dsp.voice.clipping import clipped_percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]
    Cut = Callable[[Signal], Signal]

PERCENTS = (0.1, 0.5, 1, 2, 5)
ALWAYS_PERCENT = 0.5
"""From this share on clipping must always be found."""

LEAST_FOUND = 0.1
"""What counts as found, percent."""

MORE_VOICES = ("af", "cs", "da", "nl", "sv", "it", "ru", "tr", "en-gb+f1", "en-gb+croak")


def rows(*, stl: Path | None = None, quick: bool = False) -> Iterator[Row]:
    """One row a share and a way to the recording; and one for clean voices."""
    speakers = voices()
    if stl is not None:
        speakers |= published(stl)
    ways = dict(list(WAYS.items())[:: 2 if quick else 1])
    yield _clean(speakers)
    for way, heard in ways.items():
        for percent in PERCENTS:
            found = [clipped_percent(heard(voice, _limit(percent))) for voice in speakers.values()]
            must = percent >= ALWAYS_PERCENT
            yield Row(
                figure=f"clipping {percent} %, {way}",
                asked="found" if must else "nothing asked",
                reached=f"{min(found):.3f} to {max(found):.3f} % of {len(found)} voices",
                met=not must or min(found) >= LEAST_FOUND,
            )


def _clean(speakers: Mapping[str, Signal]) -> Row:
    """Clean voices, loud and quiet, in 8, 16 and 24 bits, and on all ways."""
    others = [
        reading(type(SPEAKERS[0])(voice=name, speed=160, pitch=50, text=SPEAKERS[0].text), 9)
        for name in MORE_VOICES
    ]
    claimed = total = 0
    for voice in (*speakers.values(), *others):
        loudest = voice / np.abs(voice).max()
        for way in WAYS.values():
            claimed += clipped_percent(way(0.95 * loudest, lambda samples: samples)) > 0
            total += 1
        for gain in (0.98, 0.1, 0.01):
            for bits in (8, 16, 24):
                claimed += clipped_percent(_bits(gain * loudest, bits)) > 0
                total += 1
    return Row(
        figure="clipping, clean voices",
        asked="none claimed",
        reached=f"{claimed} of {total}",
        met=not claimed,
    )


def _limit(percent: float) -> Cut:
    """Cut off so much of what it is given, at full scale."""

    def cut(samples: Signal) -> Signal:
        limit = float(np.quantile(np.abs(samples), 1 - percent / 100))
        limited: Signal = np.clip(samples / limit, -1, 1) * (32767 / 32768)
        return limited

    return cut


def _bits(samples: Signal, bits: int = 16) -> Signal:
    steps = 2 ** (bits - 1)
    rounded: Signal = np.clip(np.round(samples * steps), -steps, steps - 1) / steps
    return rounded


def _noisy(dbov: float) -> Callable[[Signal, Cut], Signal]:
    random = np.random.default_rng(2)

    def way(voice: Signal, cut: Cut) -> Signal:
        return _bits(0.9 * cut(voice) + 10 ** (dbov / 20) * random.standard_normal(voice.size))

    return way


def _resampled(up: int, down: int) -> Callable[[Signal, Cut], Signal]:
    """Cut at ``down / up`` of 48 kHz, then resampled to 48 kHz."""

    def way(voice: Signal, cut: Cut) -> Signal:
        return _bits(0.7 * resample_poly(cut(resample_poly(voice, down, up)), up, down))

    return way


WAYS: dict[str, Callable[[Signal, Cut], Signal]] = {
    "at full scale": lambda voice, cut: _bits(cut(voice)),
    "then 6 dB lower": lambda voice, cut: _bits(0.5 * cut(voice)),
    "then 26 dB lower": lambda voice, cut: _bits(0.05 * cut(voice)),
    "then noise of -60 dBov": _noisy(-60),
    "then noise of -50 dBov": _noisy(-50),
    "at 44.1 kHz, resampled to 48": _resampled(160, 147),
    "at 16 kHz, resampled to 48": _resampled(3, 1),
    "then a DC filter of 8 Hz": lambda voice, cut: _bits(
        0.6 * lfilter([1, -1], [1, -0.999], cut(voice))
    ),
    "in 8 bits": lambda voice, cut: _bits(cut(voice), 8),
}
"""What happens to a voice that is cut off: ``WAYS[name](voice, cut)``."""
