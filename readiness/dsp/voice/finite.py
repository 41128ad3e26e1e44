"""Samples one can calculate with: a single NaN would turn every figure into NaN."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


def finite(samples: NDArray[np.floating[Any]], *, channels: int = 1) -> NDArray[np.float64]:
    """Give ``samples`` in double precision: shape (n,) for one channel, else (n, channels).

    Raises:
        ValueError: Another shape, or a sample that is infinite or no number.
    """
    shape = samples.shape[1:]
    if samples.ndim == 0 or shape != (() if channels == 1 else (channels,)):
        raise ValueError(f"expected {channels} channel(s), got an array of shape {samples.shape}")
    if not np.isfinite(samples).all():
        raise ValueError("the samples hold infinite values or values that are no numbers")
    return np.asarray(samples, np.float64)
