"""Where in a recording something begins that was played: for recordings that were started before.

A recorder is started by hand seconds before the tone; the search for its echo looks at a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

AHEAD_S = 0.1
"""The recording is cut so long before the beginning, so that what comes first is not lost."""


def from_the_beginning(played: Samples, heard: Samples, rate: int, *, after_s: float) -> Samples:
    """Cut what was recorded before ``played`` began, but for a tenth of a second.

    The beginning is where both are most alike. If nothing of it is there, some stretch of the same
    length is returned.

    Args:
        played: Shape (n,).
        heard: Shape (m,), longer than ``played`` by ``after_s``.
        rate: Of both, Hz.
        after_s: How much must be left after the end of ``played``, seconds.
    """
    from scipy.signal import correlate

    last = heard.size - played.size - round(after_s * rate)
    alike = correlate(heard - heard.mean(), played, mode="valid", method="fft")[: last + 1]
    start = int(np.argmax(np.abs(alike)))
    return heard[max(0, start - round(AHEAD_S * rate)) :]
