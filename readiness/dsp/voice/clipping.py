"""Clipping: samples that lie where something could not go higher, at full scale or below.

Two marks, looked for in each polarity by itself. Flat tops: runs of samples that are all equal to
the highest; exact, but gone as soon as a resampler, an encoder or noise follows. The bump: a limit
heaps up samples near one amplitude, where a voice has ever fewer; it survives all of these. See
``docs/methods/voice.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

SHORTEST_RUN = 3
"""A peak may have two equal samples by chance; three mean that it was cut off."""

FEWEST_RUNS = 2
"""One flat peak may be the voice's own; a limit is hit again and again."""

FLATNESS = 1e-5
"""Samples this close to the top, as a share of it, lie on it."""

ROUND_TOP = 1e-3
"""Below a flat top, down to this share of it, there is next to nothing; below a sine's top there
are five times more samples than on it."""

FINEST_STEPS = 8000
"""Fewer steps from zero to the top (16 bits below -12 dBFS, or 8 bits) flatten slow peaks by
themselves: no flat tops are claimed."""

BINS = 400
"""Steps of the histogram from zero to the highest sample, a quarter percent of it each."""

WIDTHS = (2, 4, 8, 16, 32)
"""Widths of bumps that are looked for, in bins: 0.5 to 8 % of the highest sample."""

LOWEST_BUMP = 0.7
"""A resampler's overshoot is not higher than that: the limit is above this share of the top."""

HEAPED = 3.3
"""A bump holds this many times more samples than the widths below it. The crest of a sine holds
3.1 times more, whatever the width, and is not clipped."""

LEAST_SHARE = 0.0004
"""A bump of fewer samples is a vowel at its loudest."""

PARTS = 100
NEAR_TOP = 0.9
ALIKE = 0.97
"""If so many of a recording's loud parts come that near to its top, it may be a tone instead of a
voice, or a voice that is hopelessly overdriven."""

HEAPED_ALIKE = 13.0
BROAD = 64
"""Then a bump must hold that many times more than what lies below it over 16 % of the top. A tone's
crests do not, even if its samples fall on few amplitudes only."""

UPPER_HALF = 0.5
STEP_SAMPLES = 20_000


def clipped_percent(samples: Samples) -> float:
    """Percent of samples that were cut off, both polarities together, 0 to 100.

    Raises:
        ValueError: No sample, or something that is not a finite number.
    """
    signal = finite(samples)
    if signal.size == 0:
        raise ValueError("clipping needs a sample")
    count = sum(_cut_off(signal * sign) for sign in (1, -1))
    return 100.0 * count / signal.size


def _cut_off(signal: NDArray[np.float64]) -> float:
    """Count the samples that were cut off at the top."""
    top = float(signal.max())
    if top <= 0:
        return 0.0
    step = _step(signal, top)
    flat = _on_flat_tops(signal, top) if step * FINEST_STEPS <= top else 0
    return max(flat, _in_bump(signal, top, step))


def _step(signal: NDArray[np.float64], top: float) -> float:
    """Smallest difference of two amplitudes in the upper half: a step of the converter."""
    upper = np.unique(signal[signal > UPPER_HALF * top][:STEP_SAMPLES])
    return float(np.diff(upper).min()) if upper.size > 1 else top


def _on_flat_tops(signal: NDArray[np.float64], top: float) -> int:
    on_top = signal >= top * (1 - FLATNESS)
    if 2 * np.count_nonzero(on_top) < np.count_nonzero(signal >= top * (1 - ROUND_TOP)):
        return 0
    edges = np.flatnonzero(np.diff(np.concatenate(([0], on_top.view(np.int8), [0]))))
    lengths = edges[1::2] - edges[::2]
    runs = lengths[lengths >= SHORTEST_RUN]
    return int(runs.sum()) if runs.size >= FEWEST_RUNS else 0


def _in_bump(signal: NDArray[np.float64], top: float, step: float) -> float:
    """Count the samples that are too many near one amplitude, and those above it."""
    alike = _alike(signal, top)
    upper = signal[signal > 0]
    histogram = np.histogram(upper, BINS, (0, top))[0]
    below = np.concatenate(([0], np.cumsum(histogram)))
    found, heaped = 0.0, HEAPED_ALIKE if alike else HEAPED
    for width in WIDTHS:
        if width * top < 2 * step * BINS:
            continue
        ends = np.arange(BINS, int(LOWEST_BUMP * BINS), -1)
        inside = below[ends] - below[ends - width]
        above = below[BINS] - below[ends]
        # Half a width is left out: a bump's own slope is not what lies below it.
        start = ends - width - width // 2
        usual = (below[start] - below[start - 2 * width]) / 2
        if alike:
            usual = np.maximum(usual, (below[start] - below[start - BROAD]) * width / BROAD)
        times = inside / np.maximum(usual, 1)
        times[(inside < LEAST_SHARE * signal.size) | (above > inside)] = 0
        best = int(times.argmax())
        if times[best] >= heaped:
            heaped = float(times[best])
            found = float(inside[best] - usual[best] + above[best])
    return found


def _alike(signal: NDArray[np.float64], top: float) -> bool:
    """Tell whether all loud parts are equally loud."""
    length = max(1, signal.size // PARTS)
    parts = signal[: signal.size // length * length].reshape(-1, length)
    crests = parts.max(axis=1)
    loud = crests[crests > UPPER_HALF * top]
    return bool(np.count_nonzero(loud > NEAR_TOP * top) >= ALIKE * loud.size)
