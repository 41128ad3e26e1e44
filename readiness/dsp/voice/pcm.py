"""Samples as the 16-bit numbers of a WAV file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FULL_SCALE = 1 << 15


def sixteen_bits(samples: NDArray[np.floating[Any]]) -> bytes:
    """Little-endian, two bytes a sample; cut off beyond full scale, 0 for what is no number."""
    safe = np.nan_to_num(samples.astype(np.float64), nan=0.0, posinf=1.0, neginf=-1.0)
    steps = np.clip(np.round(safe * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
    return steps.astype("<i2").tobytes()
