"""Plain levels: root mean square in dBov, with how sure a level of steady noise is.

0 dBov is the level of a square wave at full scale (ITU-T G.100.1), so a full-scale sine has
-3.01 dBov.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

BLOCK_S = 0.25
"""Length of the blocks from whose spread the uncertainty of a noise level is taken."""

FLOOR_DBOV = -120.0
"""What a meter shows for digital silence, which has no level."""


@dataclass(frozen=True, kw_only=True)
class NoiseLevel:
    """Level of a stretch of noise.

    Attributes:
        dbov: Root mean square, dBov.
        half_width: 95 % half width from the spread of its blocks, dB.
        blocks: How many blocks that rests on.
    """

    dbov: float
    half_width: float
    blocks: int


def power(samples: Samples) -> float:
    """Mean square without the constant part (a DC offset cannot be heard)."""
    return float(np.var(samples, dtype=np.float64)) if samples.size else 0.0


def dbov(mean_square: float) -> float:
    """Level of a mean square in dBov; ``-inf`` for 0."""
    return 10 * math.log10(mean_square) if mean_square > 0 else -math.inf


def meter_level(samples: Samples) -> float:
    """Level for a meter, dBov, never below -120."""
    return max(FLOOR_DBOV, dbov(power(samples)))


def noise_level(samples: Samples, rate: int) -> NoiseLevel:
    """Level of the noise in ``samples``, which must not be digital silence.

    Raises:
        ValueError: Less than two blocks (0.5 s), or nothing but zeros.
    """
    count = int(samples.size / (BLOCK_S * rate))
    size = int(BLOCK_S * rate)
    mean = power(samples)
    if count < 2 or mean <= 0:  # noqa: PLR2004 - a spread needs two blocks
        raise ValueError("a noise level needs 0.5 s that is not digital silence")
    blocks = samples[: count * size].reshape(count, size).var(axis=1, dtype=np.float64)
    relative = 1.96 * float(blocks.std(ddof=1)) / math.sqrt(count) / mean
    return NoiseLevel(dbov=dbov(mean), half_width=10 * math.log10(1 + relative), blocks=count)
