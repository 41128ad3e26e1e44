"""Mains hum of a level known by arithmetic; and the constant offset."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.dsp.voice.hum import hum
from readiness.dsp.voice.offset import dc_offset
from tests.fakes.talk import noise, talk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATE = 48_000


def _hum(dbov: float, hertz: float, lines: int = 8, seconds: float = 5, rate: int = RATE) -> Signal:
    """Lines that each have 1/n of the first one's amplitude."""
    time = np.arange(round(seconds * rate)) / rate
    parts = [np.sin(2 * np.pi * hertz * n * time + n) / n for n in range(1, lines + 1)]
    mean_square = sum(0.5 / n**2 for n in range(1, lines + 1))
    levelled: Signal = np.sum(parts, axis=0) * 10 ** (dbov / 20) / np.sqrt(mean_square)
    return levelled


@pytest.mark.parametrize("hertz", [50, 49.9, 60, 60.05])
@pytest.mark.parametrize("dbov", [-20, -40, -50, -60])
@pytest.mark.parametrize("lines", [1, 8])
def test_hum_in_a_room_has_its_level_and_its_mains(hertz: float, dbov: float, lines: int) -> None:
    found = hum(_hum(dbov, hertz, lines) + noise(-62, 5), RATE)

    assert found.mains_hz == round(hertz, -1)
    assert found.dbov == pytest.approx(dbov, abs=0.5)


def test_a_rectifier_hums_at_twice_the_mains() -> None:
    found = hum(_hum(-50, 100, 1) + noise(-62, 5), RATE)

    assert found.mains_hz == 50
    assert found.dbov == pytest.approx(-50, abs=0.5)


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 192_000])
def test_the_rate_does_not_matter(rate: int) -> None:
    found = hum(_hum(-50, 50, rate=rate) + noise(-62, 5, rate), rate)

    assert found.mains_hz == 50
    assert found.dbov == pytest.approx(-50, abs=0.5)


@pytest.mark.parametrize("dbov", [-20, -62, -95])
def test_noise_does_not_hum(dbov: float) -> None:
    assert hum(noise(dbov, 5), RATE).dbov is None


@pytest.mark.parametrize("hertz", [45, 55, 117, 351, 440])
def test_another_tone_is_no_hum(hertz: float) -> None:
    assert hum(_hum(-30, hertz, 1) + noise(-62, 5), RATE).dbov is None


def test_a_voice_is_no_hum() -> None:
    assert hum(talk(5) + noise(-62, 5), RATE).dbov is None


def test_a_tone_that_comes_and_goes_is_no_hum() -> None:
    burst = _hum(-30, 100, 1)
    burst[2 * RATE :] = 0

    assert hum(burst + noise(-62, 5), RATE).dbov is None


def test_where_none_is_found_it_is_below_what_would_be_found() -> None:
    floor = hum(noise(-62, 5), RATE).floor_dbov

    assert hum(_hum(floor + 3, 50, 1) + noise(-62, 5), RATE).mains_hz == 50
    assert hum(_hum(floor - 6, 50, 1) + noise(-62, 5), RATE).mains_hz is None


@pytest.mark.parametrize("samples", [np.zeros(5 * RATE), np.full(5 * RATE, 0.3)])
def test_a_constant_does_not_hum(samples: Signal) -> None:
    assert hum(samples, RATE).dbov is None


@pytest.mark.parametrize("size", [0, 1, RATE])
def test_too_short_a_silence_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="2 s"):
        hum(np.zeros(size), RATE)


@pytest.mark.parametrize("offset", [0.02, -0.02])
def test_an_offset_is_the_distance_of_the_mean_from_zero(offset: float) -> None:
    """A whole number of periods has the mean 0."""
    assert dc_offset(_hum(-20, 50) + offset) == pytest.approx(2, abs=1e-6)


def test_nothing_has_no_offset() -> None:
    with pytest.raises(ValueError, match="sample"):
        dc_offset(np.array([]))


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        dc_offset(np.array([np.inf]))
