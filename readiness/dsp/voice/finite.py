"""Samples one can calculate with: a single NaN would turn every figure into NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

LARGEST = 1e6
"""Full scale is 1.0. What is so far beyond it was never sound, and overflows when it is squared."""


def finite(samples: NDArray[np.floating[Any]], *, channels: int = 1) -> NDArray[np.float64]:
    """Give ``samples`` in double precision: shape (n,) for one channel, else (n, channels).

    Raises:
        ValueError: Another shape, or a sample that is infinite, no number, or beyond a million.
    """
    shape = samples.shape[1:]
    if samples.ndim == 0 or shape != (() if channels == 1 else (channels,)):
        raise ValueError(f"expected {channels} channel(s), got an array of shape {samples.shape}")
    precise = np.asarray(samples, np.float64)
    # A comparison with what is no number is false.
    if precise.size and not (precise.min() >= -LARGEST and precise.max() <= LARGEST):
        raise ValueError("the samples hold infinite values or values that are no numbers")
    return precise
