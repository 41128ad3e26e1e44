"""Clipping: what was cut off is found, at full scale and below; what was not, is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.signal import resample_poly

from readiness.dsp.voice.clipping import clipped_percent
from tests.fakes.talk import noise, talk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]


def _cut(samples: Signal, percent: float) -> Signal:
    """Cut that share of the samples off at 0.9 of full scale."""
    limit = float(np.quantile(np.abs(samples), 1 - percent / 100))
    cut: Signal = np.clip(samples / limit, -1, 1) * 0.9
    return cut


def _bits(samples: Signal, bits: int = 16) -> Signal:
    steps = 2 ** (bits - 1)
    rounded: Signal = np.clip(np.round(samples * steps), -steps, steps - 1) / steps
    return rounded


@pytest.mark.parametrize("percent", [0.5, 2.0])
@pytest.mark.parametrize("gain", [1.0, 0.5, 0.05])
def test_a_limit_is_found_below_full_scale_too(percent: float, gain: float) -> None:
    voice = _bits(gain * _cut(talk(), percent))

    assert clipped_percent(voice) == pytest.approx(percent, rel=0.2)


@pytest.mark.parametrize("percent", [0.5, 2.0])
def test_a_limit_is_found_under_noise(percent: float) -> None:
    voice = _bits(_cut(talk(), percent) + noise(-60, 10))

    assert clipped_percent(voice) == pytest.approx(percent, rel=0.25)


@pytest.mark.parametrize(("up", "down"), [(160, 147), (3, 1)])
def test_a_limit_is_found_after_a_resampler(up: int, down: int) -> None:
    """Cut at 44.1 or 16 kHz, resampled to 48 kHz: the tops are no longer flat."""
    before = _cut(resample_poly(talk(), down, up), 0.5)

    assert clipped_percent(_bits(0.7 * resample_poly(before, up, down))) > 0.2


def test_a_limit_is_found_in_8_bits() -> None:
    assert clipped_percent(_bits(_cut(talk(), 1), 8)) == pytest.approx(1, rel=0.2)


@pytest.mark.parametrize("sign", [1, -1])
def test_a_limit_of_one_polarity_is_found(sign: int) -> None:
    voice = sign * talk()
    limit = float(np.quantile(voice, 0.99))

    assert clipped_percent(_bits(np.minimum(voice, limit) / 2)) == pytest.approx(1, rel=0.2)


@pytest.mark.parametrize("bits", [8, 16, 24])
@pytest.mark.parametrize("gain", [0.98, 0.1, 0.01])
def test_a_clean_voice_is_not_called_clipped(bits: int, gain: float) -> None:
    voice = talk()

    assert clipped_percent(_bits(gain * voice / np.abs(voice).max(), bits)) == 0


@pytest.mark.parametrize("hertz", [20, 50, 440, 997, 1000])
@pytest.mark.parametrize("rate", [8_000, 48_000, 192_000])
def test_a_tone_is_not_called_clipped(hertz: float, rate: int) -> None:
    """A sine dwells at its crest, and its crests are all alike."""
    time = np.arange(5 * rate) / rate

    assert clipped_percent(_bits(0.8 * np.sin(2 * np.pi * hertz * time))) == 0


@pytest.mark.parametrize("samples", [np.zeros(1000), np.full(1000, 0.5), np.array([0.3])])
def test_what_has_no_tops_is_not_called_clipped(samples: Signal) -> None:
    assert clipped_percent(samples) < 100


def test_nothing_can_be_said_of_nothing() -> None:
    with pytest.raises(ValueError, match="sample"):
        clipped_percent(np.array([]))


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        clipped_percent(np.array([0.1, np.nan, 0.1]))
