"""Exact repetitions: a block of samples that comes a second time, as from a stalled ring buffer.

No microphone delivers the same 5 ms twice; a sound system that has nothing new does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

LONGEST_LAG_S = 1.0
"""No ring buffer holds more."""

FEWEST_CHANGES = 8
"""Half a block with fewer changes of value (quantised quiet) may come again by chance."""

PERIODIC_SHARE = 0.5
"""If more of the recording repeats, it is a generated tone, and repeating is its nature."""

ANCHORS_HZ = 6000
"""About so many places a second are fingerprinted: some 15 in the first half of a 5 ms block."""

CHUNK = 1 << 15
"""So many samples are hashed at once: what fits into a processor's cache is done twice as fast."""

FACTOR = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse modulo 2**64, and well mixed (2**64 / the golden ratio)."""


def repeats(
    signal: NDArray[np.float64], rate: int, shortest: int, *, at_once: bool
) -> list[tuple[int, int]]:
    """Find stretches of ``shortest`` samples or more that repeat what was up to 1 s before.

    Args:
        signal: Shape (n,), finite.
        rate: Hz.
        shortest: Samples.
        at_once: Take only what repeats all that was since its original began.

    Returns:
        Start and length of the repetitions in samples, in the order of time, not overlapping.
    """
    if signal.size < 2 * shortest or shortest <= 2 * FEWEST_CHANGES:
        return []
    runs: list[tuple[int, int]] = []
    seen = {0: 0}
    for place, lag in _suspects(signal, rate, shortest // 2):
        if place < max(seen.get(lag, 0), sum(runs[-1]) if runs else 0):
            continue
        start = place - _alike(signal[:place][::-1], signal[: place - lag][::-1])
        seen[lag] = place + _alike(signal[place:], signal[place - lag :])
        length = seen[lag] - start
        if length >= (max(lag, shortest) if at_once else shortest):
            runs.append((start, length))
    if sum(length for _, length in runs) > PERIODIC_SHARE * signal.size:
        return []
    return runs


def _suspects(signal: NDArray[np.float64], rate: int, size: int) -> Iterator[tuple[int, int]]:
    """Places, in order, where ``size`` samples look like those a lag before; and that lag."""
    anchors, prints = _fingerprints(signal, size, max(1, rate // ANCHORS_HZ))
    # Fingerprint and number in one word: sorting values is ten times faster than their order.
    bits = np.uint64(anchors.size.bit_length())
    keys = np.sort(prints >> bits << bits | np.arange(anchors.size, dtype=np.uint64))
    same = np.flatnonzero(keys[1:] >> bits == keys[:-1] >> bits)
    numbers = (keys & (np.uint64(1) << bits) - np.uint64(1)).astype(np.intp)
    later, earlier = anchors[numbers[same + 1]], anchors[numbers[same]]
    near = later - earlier <= LONGEST_LAG_S * rate
    pairs = zip(later[near].tolist(), (later - earlier)[near].tolist(), strict=True)
    yield from sorted(pairs)


def _fingerprints(
    signal: NDArray[np.float64], size: int, spacing: int
) -> tuple[NDArray[np.intp], NDArray[np.uint64]]:
    """Choose about every ``spacing``-th place by its value, and hash ``size`` samples there.

    The same samples choose the same places in them, wherever they stand. The hash is a polynomial
    of the samples' bits modulo 2**64, taken from its running sum.
    """
    powers = np.cumprod(np.full(CHUNK + size, FACTOR, np.uint64))
    inverse = np.cumprod(np.full(CHUNK + size, pow(FACTOR, -1, 1 << 64), np.uint64))
    all_places, all_prints = [], []
    for at in range(0, signal.size - size, CHUNK):
        part = signal[at : at + CHUNK + size]
        mixed = _mixed(part)
        changes = np.cumsum(part[1:] != part[:-1])
        lively = changes[size - 1 :] - changes[: changes.size - size + 1] >= FEWEST_CHANGES
        chosen = lively & (mixed[1 : lively.size + 1] % np.uint64(spacing) == 0)
        places = np.flatnonzero(chosen) + 1
        sums = np.cumsum(mixed * powers[: part.size])
        all_prints.append((sums[places + size - 1] - sums[places - 1]) * inverse[places])
        all_places.append(places + at)
    return np.concatenate(all_places), np.concatenate(all_prints)


def _mixed(signal: NDArray[np.float64]) -> NDArray[np.uint64]:
    """Scatter the bits of every sample over 64 bits."""
    # + 0.0 makes negative zeros positive ones.
    bits = (signal + 0.0).view(np.uint64)
    mixed = (bits ^ (bits >> np.uint64(29))) * np.uint64(FACTOR)
    return mixed ^ (mixed >> np.uint64(32))


def _alike(one: NDArray[np.float64], other: NDArray[np.float64]) -> int:
    """How many samples are the same from the beginning on."""
    size, window = min(one.size, other.size), 1024
    at = 0
    while at < size:
        end = min(size, at + window)
        different = np.flatnonzero(one[at:end] != other[at:end])
        if different.size:
            return at + int(different[0])
        at, window = end, 2 * window
    return size
