"""The telephone's codec, ITU-T G.711: eight bits a sample, finer steps where it is quiet.

A-law is used in Europe and most of the world, mu-law in North America and Japan. Samples are 16
bits here, left-justified: A-law looks at the upper 13 of them, mu-law at 14. On a decision value
itself, which the standard leaves open, it decides as the ITU-T Software Tool Library (G.191) does.
"""

from __future__ import annotations

import functools
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

SEGMENTS = np.array([1 << power for power in range(6, 13)])
"""Where the segments begin after the first, in steps of the law's own resolution."""

BIAS = 33
"""What mu-law adds to a magnitude (14 bits) so that every segment is twice the one before."""

EVEN_BITS = 0x55
"""A-law inverts these bits of a character (G.711, table 1a, note 2)."""


class Codec(StrEnum):
    """The two laws of G.711."""

    A_LAW = "a-law"
    MU_LAW = "mu-law"


def encode(samples: NDArray[np.int16], codec: Codec) -> NDArray[np.uint8]:
    """Turn samples into the characters that travel on the line; same shape."""
    result: NDArray[np.uint8] = _encoder(codec)[samples.astype(np.int32) + (1 << 15)]
    return result


def decode(characters: NDArray[np.uint8], codec: Codec) -> NDArray[np.int16]:
    """Turn characters into samples; same shape."""
    result: NDArray[np.int16] = _decoder(codec)[characters]
    return result


@functools.cache
def _encoder(codec: Codec) -> NDArray[np.uint8]:
    """Characters of the samples -32768 to 32767."""
    samples = np.arange(-(1 << 15), 1 << 15)
    # Ones' complement: -1 lies as near to zero as +0.
    magnitude = np.where(samples < 0, ~samples, samples)
    sign = np.where(samples < 0, 0, 0x80)
    if codec is Codec.A_LAW:
        steps = magnitude >> 3
        segment = np.searchsorted(SEGMENTS >> 1, steps, side="right")
        # The first two segments have the same step, 2 of 4096.
        interval = (steps >> np.maximum(segment, 1)) & 0xF
        characters: NDArray[np.uint8] = (sign | segment << 4 | interval).astype(np.uint8)
        return characters ^ np.uint8(EVEN_BITS)
    steps = np.minimum((magnitude >> 2) + BIAS, (1 << 13) - 1)
    segment = np.searchsorted(SEGMENTS, steps, side="right")
    interval = (steps >> (segment + 1)) & 0xF
    inverted: NDArray[np.uint8] = (sign | 0x7F - (segment << 4 | interval)).astype(np.uint8)
    return inverted


@functools.cache
def _decoder(codec: Codec) -> NDArray[np.int16]:
    """Samples of the characters 0 to 255: the middles of their intervals."""
    characters = np.arange(256)
    if codec is Codec.A_LAW:
        characters = characters ^ EVEN_BITS
        segment, interval = characters >> 4 & 7, characters & 0xF
        steps = (2 * (interval + 16 * (segment > 0)) + 1) << np.maximum(segment, 1) - 1
        magnitude = steps << 3
    else:
        inverted = ~characters & 0x7F
        segment, interval = inverted >> 4, inverted & 0xF
        magnitude = (((2 * interval + BIAS) << segment) - BIAS) << 2
    samples: NDArray[np.int16] = np.where(characters & 0x80, magnitude, -magnitude).astype(np.int16)
    return samples
