"""Balance of two channels: which is louder, and whether one of them is dead.

See ``docs/methods/voice-faults.md``.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite

if TYPE_CHECKING:
    from numpy.typing import NDArray

DEAD_DB = 40.0
"""A channel so far below the other carries its own noise or crosstalk, and no voice."""

BLOCKS = 40
"""The recording is divided into so many blocks, from whose spread the half width is taken."""


class Side(StrEnum):
    """One of two channels, or both."""

    LEFT = "left"
    RIGHT = "right"
    BOTH = "both"


@dataclass(frozen=True, kw_only=True)
class Balance:
    """Two channels compared.

    Attributes:
        db: Level of the left channel minus that of the right one, dB, constant parts left out;
            none if one of them is digital silence.
        half_width_db: How sure that is (95 %), dB; 0 if there is no ``db``.
        dead: The channel that carries nothing: digital silence, or 40 dB below the other.
    """

    db: float | None
    half_width_db: float
    dead: Side | None


def balance(channels: NDArray[np.floating[Any]]) -> Balance:
    """Compare left (column 0) and right (column 1) of ``channels``, shape (n, 2).

    Raises:
        ValueError: Another shape, fewer than 80 samples, or one that is infinite or no number.
    """
    both = finite(channels, channels=2)
    size = both.shape[0] // BLOCKS
    if size < 2:  # noqa: PLR2004 - one sample has no power
        raise ValueError(f"a balance needs {2 * BLOCKS} samples")
    left, right = (_powers(side[: BLOCKS * size].copy()) for side in both.T)
    if not (left.any() and right.any()):
        dead = Side.RIGHT if left.any() else Side.LEFT if right.any() else Side.BOTH
        return Balance(db=None, half_width_db=0.0, dead=dead)
    db = 10 * math.log10(float(left.sum()) / float(right.sum()))
    return Balance(
        db=db,
        half_width_db=_half_width(left, right),
        dead=None if abs(db) < DEAD_DB else Side.LEFT if db < 0 else Side.RIGHT,
    )


def _powers(side: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean squares of the blocks, without the constant part; 0 if there is nothing else."""
    if side.max() == side.min():
        return np.zeros(BLOCKS)
    side -= side.mean()
    blocks = side.reshape(BLOCKS, -1)
    powers: NDArray[np.float64] = np.einsum("ij,ij->i", blocks, blocks) / blocks.shape[1]
    return powers


def _half_width(left: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """95 % half width of the ratio of two means whose values belong together, dB."""
    ratio = float(left.sum() / right.sum())
    differences = left - ratio * right
    deviation = math.sqrt(float(np.sum(differences**2)) * BLOCKS / (BLOCKS - 1))
    return 10 * math.log10(1 + 1.96 * deviation / float(left.sum()))
