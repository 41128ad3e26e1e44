"""Digital silence: samples that are exactly zero, which no real microphone delivers by itself.

They come from a mute switch, a refused permission, a noise gate, or a sound system that lost a
stretch of the recording (a stalled PulseAudio fills the hole with zeros and reports nothing).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SHORTEST_S = 0.02
"""Shorter runs of zeros are left alone: a quiet 16-bit signal crosses zero slowly."""


@dataclass(frozen=True, kw_only=True)
class Gaps:
    """The zeros in a recording.

    Attributes:
        share: Share of the samples that lie in runs of zeros of 20 ms or more, 0 to 1.
        longest_s: The longest run, seconds.
        count: How many such runs there are.
    """

    share: float
    longest_s: float
    count: int

    @property
    def everything(self) -> bool:
        """Whether there is nothing else in the recording."""
        return self.share > 0.999  # noqa: PLR2004 - a click when the stream opens is no signal


def gaps(samples: NDArray[np.floating[Any]], rate: int) -> Gaps:
    """Find the runs of zeros in ``samples``."""
    if samples.size == 0:
        return Gaps(share=1.0, longest_s=0.0, count=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], (samples == 0).view(np.int8), [0]))))
    lengths = edges[1::2] - edges[::2]
    lengths = lengths[lengths >= min(SHORTEST_S * rate, samples.size)]
    longest = float(lengths.max()) / rate if lengths.size else 0.0
    return Gaps(
        share=float(lengths.sum()) / samples.size, longest_s=longest, count=int(lengths.size)
    )
