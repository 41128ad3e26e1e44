"""The voice as the customer hears it: the telephone's band and its codec, and nothing else.

What a line adds (delay, loss, other codecs) is not in it. See ``docs/methods/voice-faults.md``.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from readiness.dsp.voice.finite import finite
from readiness.dsp.voice.g711 import Codec, decode, encode

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Samples = NDArray[np.floating[Any]]

TELEPHONE_RATE = 8000
"""Samples a second on a telephone line (ITU-T G.711)."""

BAND_HZ = (200.0, 300.0, 3400.0, 3700.0)
"""The band of ITU-T G.712: let through from 300 to 3400 Hz, with slopes to 200 and 3700 Hz."""

FULL_SCALE = 1 << 15

REST_S = 0.05
"""Silence after the recording, so that its end does not ring into its beginning."""


def as_customer_hears(samples: Samples, rate: int, codec: Codec) -> NDArray[np.float32]:
    """Send ``samples`` (shape (n,), full scale 1.0) over a telephone line and back to ``rate``.

    Beyond full scale it is clipped, as on the line.

    Returns:
        Shape (n,), as long as before and not delayed.

    Raises:
        ValueError: A sample is infinite or no number.
    """
    on_the_line = at_line_rate(samples, rate)
    steps = np.clip(np.round(on_the_line * FULL_SCALE), -FULL_SCALE, FULL_SCALE - 1)
    heard = decode(encode(steps.astype(np.int16), codec), codec)
    back = _in_band(heard.astype(np.float32) / np.float32(FULL_SCALE), TELEPHONE_RATE, rate)
    result = np.zeros(samples.size, np.float32)
    result[: back.size] = back[: samples.size]
    return result


def at_line_rate(samples: Samples, rate: int) -> NDArray[np.float32]:
    """Bring ``samples`` into the telephone's band, at 8000 samples a second.

    Raises:
        ValueError: A sample is infinite or no number.
    """
    finite(samples)
    return _in_band(samples.astype(np.float32), rate, TELEPHONE_RATE)


def _in_band(samples: NDArray[np.float32], rate: int, new_rate: int) -> NDArray[np.float32]:
    """Filter and resample in one: cut the spectrum and read it at another rate.

    Any ratio of rates is exact, and no filter delays.
    """
    from scipy.fft import irfft, next_fast_len, rfft

    common = math.gcd(rate, new_rate)
    units = next_fast_len(-(-math.ceil(samples.size + REST_S * rate) // (rate // common)))
    size, new_size = units * (rate // common), units * (new_rate // common)
    spectrum = rfft(samples, size)
    count = min(math.ceil(BAND_HZ[-1] * size / rate), spectrum.size, new_size // 2 + 1)
    slope = np.interp(np.arange(count) * (rate / size), BAND_HZ, (0.0, 1.0, 1.0, 0.0))
    gain = np.sin(slope * (math.pi / 2)) ** 2 * (new_rate / rate)
    result: NDArray[np.float32] = irfft(spectrum[:count] * gain.astype(np.float32), new_size)
    return result[: -(-samples.size * new_rate // rate)]
