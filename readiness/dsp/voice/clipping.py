"""Clipping: runs of samples that lie on a flat top, because something could not go higher."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTEST_RUN = 3
"""A peak may have two equal samples by chance; three mean that it was cut off."""

LOUD_ENOUGH = 0.25
"""A flat top below -12 dBFS is left alone: the steps of 16 bits flatten slow, quiet peaks."""

FLATNESS = 1e-5
"""Samples this close to the top lie on it: less than half a step of 16 bits."""

FEWEST_RUNS = 2
"""One flat peak may be the voice's own; a limit is hit again and again."""


def clipped_percent(samples: NDArray[np.floating[Any]]) -> float:
    """Percent of samples on flat tops, both polarities together, 0 to 100.

    Exact for samples as the converter delivered them. It does not see clipping that happened
    before a resampler, an encoder or added noise.
    """
    if samples.size == 0:
        return 0.0
    count = sum(_on_flat_top(samples * sign) for sign in (1, -1))
    return 100.0 * count / samples.size


def _on_flat_top(samples: NDArray[np.floating[Any]]) -> int:
    top = float(samples.max())
    if top < LOUD_ENOUGH:
        return 0
    on_top = (samples >= top - FLATNESS).view(np.int8)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], on_top, [0]))))
    lengths = edges[1::2] - edges[::2]
    runs = lengths[lengths >= SHORTEST_RUN]
    return int(runs.sum()) if runs.size >= FEWEST_RUNS else 0
