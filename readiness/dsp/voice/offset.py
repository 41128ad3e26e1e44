"""Constant offset: a sound input whose zero is not at zero wastes room and clicks at each cut."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from readiness.dsp.voice.finite import finite

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def dc_offset(samples: NDArray[np.floating[Any]]) -> float:
    """Distance of the mean from zero, percent of full scale, 0 to 100.

    Raises:
        ValueError: No sample, or something that is not a finite number.
    """
    signal = finite(samples)
    if signal.size == 0:
        raise ValueError("an offset needs a sample")
    return 100.0 * abs(float(signal.mean()))
