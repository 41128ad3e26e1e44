"""The power spectrum of short stretches of a recording, one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Spectra = NDArray[np.float64]

FRAME_S = 0.032
"""Long enough to tell voice from noise by 31 Hz, short enough for single sounds of speech."""


def frame_size(rate: int) -> int:
    """Samples in a frame of 32 ms, an even number."""
    return 2 * round(FRAME_S / 2 * rate)


def spectra(samples: NDArray[np.float64], rate: int) -> Spectra:
    """Power of each frame (rows, 32 ms each, Hann window) at each frequency (columns).

    Column ``k`` lies at ``k * rate / frame_size(rate)`` Hz. The columns of a row, except the first
    and the last, add up to half of the frame's mean square (the mirrored half is not there).

    Raises:
        ValueError: Shorter than one frame.
    """
    size = frame_size(rate)
    count = samples.size // size if size else 0
    if count == 0:
        raise ValueError("a spectrum needs one frame of 32 ms")
    window = np.hanning(size + 1)[:-1]
    window /= np.sqrt(size * float(window @ window))
    shaped = samples[: count * size].reshape(count, size) * window
    transformed = np.fft.rfft(shaped, axis=1)
    return transformed.real**2 + transformed.imag**2
