"""The levels of the eight key tones over time, in short frames, with the sound they came from."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from readiness.dsp.phone.key_tones import HIGHEST, LOWEST, ROWS, TONES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

WINDOW_S, HOP_S = 0.032, 0.004
"""A Hann window of 32 ms does not let the 73 Hz between two rows run together, and its level falls
by half where a tone begins or ends, so that times are those of the tone."""

PAIR_BAND = (560.0, 1800.0)
PAIR_SHARE = 0.3
"""The two strongest tones hold at least this share of the keys' band, or no key is pressed."""

WIDEST_TWIST_DB = 26.0
QUIETEST_DB = -85.0
"""No tone below this level (mean square, full scale 1) is looked at: the last bit of 16 is -98."""

FADE_DB, FADE_DB_A_SECOND = 6.0, 100.0
"""A tone this far below its latest peak is a tail and no key; the peak is forgotten at a rate at
which a room with 0.6 s reverberation time falls silent."""

KEPT_S = 2.0
"""So much is kept for looking back."""

NOTHING = 1e-20


@dataclass(frozen=True, kw_only=True)
class Frame:
    """32 ms of sound.

    Attributes:
        levels: Mean squares of the eight tones, dB.
        pair: The row and the column (indices into ``TONES``) that may be those of a key, or none.
        band: Mean square of the band that a key leaves empty but for its tones.
    """

    levels: Signal
    pair: tuple[int, int] | None
    band: float

    def mean(self, pair: tuple[int, int]) -> float:
        """Mean level of two tones, dB."""
        return float(self.levels[pair[0]] + self.levels[pair[1]]) / 2


class KeyFrames:
    """Frames by their number, from sound that is fed in blocks of any size.

    Attributes:
        hop_s: Seconds from frame to frame; frame 0 is centred on the first sample.
        end: Number of the frame that comes next.
    """

    def __init__(self, rate: float) -> None:
        self.rate = rate
        self._size, self._hop = round(WINDOW_S * rate), round(HOP_S * rate)
        self.hop_s = self._hop / rate
        self.end = 0
        self._frames: list[Frame] = []
        self._window = np.hanning(self._size + 1)[:-1]
        time = np.arange(self._size)[:, None] / rate
        gain = math.sqrt(2) / self._window.sum()
        self._tones = gain * self._window[:, None] * np.exp(-2j * np.pi * time * np.array(TONES))
        hertz = np.fft.rfftfreq(self._size, 1 / rate)
        self._pair_band = (hertz >= PAIR_BAND[0]) & (hertz <= PAIR_BAND[1])
        self._band = (hertz >= LOWEST) & (hertz <= HIGHEST)
        self._scale = 2 / (self._size * float(np.sum(self._window**2)))
        self._sound: Signal = np.zeros(self._size // 2)
        self._origin = -(self._size // 2)
        self._peaks: Signal = np.full(len(TONES), -math.inf)

    @property
    def start(self) -> int:
        """Number of the oldest frame that is kept."""
        return self.end - len(self._frames)

    def __getitem__(self, number: int) -> Frame:
        return self._frames[number - self.start]

    def sound(self, first: int, last: int) -> Signal:
        """The samples from the middle of one frame to the middle of another."""
        from_, to = (number * self._hop - self._origin for number in (first, last))
        return self._sound[max(0, from_) : max(0, to + 1)]

    def feed(self, sound: Signal) -> None:
        """Add the frames that are complete now, and forget those that are old."""
        self._sound = np.concatenate([self._sound, sound])
        begin = self.end * self._hop - self._size // 2 - self._origin
        count = max(0, (self._sound.size - begin - self._size) // self._hop + 1)
        if count:
            views = np.lib.stride_tricks.sliding_window_view(self._sound[begin:], self._size)
            self._add(views[:: self._hop][:count])
            self._forget()

    def finish(self) -> None:
        """Add the last frames, as if silence followed."""
        self.feed(np.zeros(self._size))

    def _add(self, windows: Signal) -> None:
        powers = np.abs(windows @ self._tones) ** 2
        spectra = self._scale * np.abs(np.fft.rfft(windows * self._window, axis=1)) ** 2
        around = spectra[:, self._pair_band].sum(axis=1)
        bands = spectra[:, self._band].sum(axis=1)
        levels = 10 * np.log10(np.maximum(powers, NOTHING))
        for number in range(len(powers)):
            pair = self._pair(powers[number], levels[number], float(around[number]))
            self._frames.append(
                Frame(levels=levels[number], pair=pair, band=float(bands[number])),
            )
        self.end += len(powers)

    def _pair(self, powers: Signal, levels: Signal, around: float) -> tuple[int, int] | None:
        fallen = self._peaks - FADE_DB_A_SECOND * self.hop_s
        self._peaks = np.maximum(fallen, levels)
        rows = len(ROWS)
        row, column = int(np.argmax(levels[:rows])), rows + int(np.argmax(levels[rows:]))
        pair = [row, column]
        key = (
            powers[pair].sum() >= PAIR_SHARE * max(around, NOTHING)
            and bool(np.all(levels[pair] >= fallen[pair] - FADE_DB))
            and levels[pair].min() > QUIETEST_DB
            and abs(levels[row] - levels[column]) <= WIDEST_TWIST_DB
        )
        return (row, column) if key else None

    def _forget(self) -> None:
        kept = round(KEPT_S / self.hop_s)
        if len(self._frames) > 2 * kept:
            del self._frames[:-kept]
            cut = self.start * self._hop - self._size - self._origin
            self._sound = self._sound[max(0, cut) :]
            self._origin += max(0, cut)
