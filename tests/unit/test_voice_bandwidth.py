"""Bandwidth: recordings that were cut off at a known frequency."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.signal import firwin, oaconvolve, resample_poly

from readiness.dsp.voice.bandwidth import bandwidth
from tests.fakes.talk import noise, talk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATE = 48_000


def _take(rate: int = RATE) -> tuple[Signal, Signal]:
    return noise(-56, 3, rate), talk(6, rate) + noise(-56, 6, rate, seed=2)


@pytest.mark.parametrize(
    ("khz", "klass"), [(3.4, "narrow"), (7.0, "wide"), (14.0, "super-wide"), (20.0, "full")]
)
def test_a_codec_leaves_a_wall_at_its_limit(khz: float, klass: str) -> None:
    """The limits of ITU-T P.10: telephone, wide band, super-wide band, full band."""
    taps = firwin(801, khz * 1000, fs=RATE)
    silence, reading = (
        np.round(oaconvolve(part, taps, mode="same") * 32768) / 32768 for part in _take()
    )

    found = bandwidth(silence, reading, RATE)

    assert found.klass == klass
    assert found.khz == pytest.approx(khz, abs=found.half_width_khz)
    assert found.wall == (found.fall_db >= 40)


def test_a_codec_in_a_quiet_room_is_called_a_wall() -> None:
    taps = firwin(801, 3400, fs=RATE)
    silence, reading = (oaconvolve(part, taps, mode="same") for part in _take())

    assert bandwidth(silence, reading, RATE).wall


def test_without_a_limit_the_rate_is_the_limit() -> None:
    found = bandwidth(*_take(), RATE)

    assert (found.klass, found.khz, found.wall) == ("full", 24, False)


@pytest.mark.parametrize(
    ("rate", "klass"),
    [(8_000, "narrow"), (16_000, "wide"), (32_000, "super-wide"), (44_100, "full")],
)
def test_the_rate_of_the_recording_is_a_limit(rate: int, klass: str) -> None:
    assert bandwidth(*_take(rate), rate).klass == klass


@pytest.mark.parametrize(("rate", "klass"), [(8_000, "narrow"), (16_000, "wide")])
def test_the_rate_before_a_resampler_is_found(rate: int, klass: str) -> None:
    silence, reading = (
        np.round(resample_poly(part, RATE // rate, 1) * 32768) / 32768 for part in _take(rate)
    )

    assert bandwidth(silence, reading, RATE).klass == klass


def test_a_gap_in_the_voice_is_no_end() -> None:
    """Nothing from 4 to 8 kHz, but something above."""
    taps = firwin(801, [4000, 8000], fs=RATE, pass_zero="bandstop")
    silence, reading = (oaconvolve(part, taps, mode="same") for part in _take())

    assert bandwidth(silence, reading, RATE).klass == "full"


@pytest.mark.parametrize("size", [0, 1, 100])
def test_too_short_a_reading_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="frame"):
        bandwidth(noise(-56, 3), np.full(size, 0.1), RATE)


def test_a_reading_of_zeros_is_refused() -> None:
    with pytest.raises(ValueError, match="zeros"):
        bandwidth(noise(-56, 3), np.zeros(RATE), RATE)


@pytest.mark.parametrize("rate", [4_000, 5_000, 192_000])
def test_any_rate_has_a_class(rate: int) -> None:
    assert bandwidth(*_take(rate), rate).khz <= rate / 2000
