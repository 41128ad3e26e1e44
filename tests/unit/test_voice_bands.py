"""Third-octave bands of this moment, against sines, white noise and the table of IEC 61260-1."""

from __future__ import annotations

import math

import numpy as np
import pytest

from readiness.dsp.voice.bands import (
    NOMINAL_HZ,
    BandMeter,
    band_count,
    edges,
    loudness,
    third_octaves,
)

RATE = 48_000
PIECE = RATE // 20


def _sine(hertz: float, dbov: float, seconds: float = 0.4, rate: int = RATE) -> np.ndarray:
    amplitude = math.sqrt(2) * 10 ** (dbov / 20)
    return amplitude * np.sin(2 * np.pi * hertz * np.arange(round(seconds * rate)) / rate)


def _noise(dbov: float, seconds: float, seed: int = 1) -> np.ndarray:
    return np.random.default_rng(seed).standard_normal(round(seconds * RATE)) * 10 ** (dbov / 20)


def test_edges_are_those_of_the_standard() -> None:
    found = edges(len(NOMINAL_HZ))

    # IEC 61260-1:2014, table of the exact mid-band frequencies, base ten: 1000 * 10**(x/10).
    assert found[NOMINAL_HZ.index(1000)] == pytest.approx(891.25, abs=0.01)
    assert found[NOMINAL_HZ.index(1250)] == pytest.approx(1122.02, abs=0.01)
    assert found[0] == pytest.approx(44.668, abs=0.001)
    for low, high, nominal in zip(found, found[1:], NOMINAL_HZ, strict=False):
        assert low < nominal < high


@pytest.mark.parametrize("hertz", [50, 60, 1000, 3150, 8000])
def test_a_sine_has_its_level_in_its_band(hertz: float) -> None:
    levels = third_octaves(_sine(hertz, -40), RATE)

    place = next(n for n, high in enumerate(edges(len(NOMINAL_HZ))[1:]) if hertz < high)
    assert levels[place] == pytest.approx(-40, abs=0.1)
    assert all(level < -70 for n, level in enumerate(levels) if abs(n - place) > 1)


def test_a_sine_at_full_scale_has_3_db_less_than_a_square_wave() -> None:
    levels = third_octaves(_sine(1000, -3.01), RATE)

    assert max(levels) == pytest.approx(-3.01, abs=0.05)


def test_white_noise_rises_by_a_tenth_of_a_bel_from_band_to_band() -> None:
    tries = [third_octaves(_noise(-30, 0.4, seed), RATE) for seed in range(200)]
    means = 10 * np.log10(np.mean([[10 ** (x / 10) for x in one] for one in tries], axis=0))

    # Its power is spread evenly from 0 to 24 kHz: a band of width w holds w / 24 kHz of it.
    widths = np.diff(edges(len(NOMINAL_HZ)))
    assert means == pytest.approx(-30 + 10 * np.log10(widths / 24_000), abs=0.6)


def test_a_slow_recording_has_fewer_bands() -> None:
    # Half of 8000 Hz is 4000 Hz; the band of 3150 Hz ends at 3548 Hz, the next at 4467 Hz.
    assert NOMINAL_HZ[band_count(8_000) - 1] == 3150
    assert len(third_octaves(_sine(1000, -40, rate=8_000), 8_000)) == band_count(8_000)


def test_silence_and_a_constant_have_the_lowest_level() -> None:
    assert set(third_octaves(np.zeros(4_000), RATE)) == {-120.0}
    assert max(third_octaves(np.full(4_000, 0.5), RATE)) == -120.0


def test_nothing_is_known_of_no_samples_or_no_rate() -> None:
    assert third_octaves(np.zeros(0), RATE) == ()
    assert third_octaves(np.zeros(100), 50) == ()


def test_new_levels_come_ten_times_a_second() -> None:
    meter, told = BandMeter(RATE), 0
    noise = _noise(-60, 10)
    for start in range(0, noise.size, PIECE):
        meter.feed(noise[start : start + PIECE])
        told += bool(meter.take())

    assert told == 97  # after 0.4 s, then every 0.1 s


def test_what_is_no_number_tells_nothing() -> None:
    meter = BandMeter(RATE)
    meter.feed(np.full(RATE, np.nan))

    assert meter.take() == ()


def test_a_bark_stands_out_and_the_hum_of_a_fan_does_not() -> None:
    meter, marks = BandMeter(RATE), []
    room = _noise(-65, 6)
    room += _sine(50, -30, 6)  # loud, but no noise that one notices
    room[3 * RATE : 3 * RATE + RATE // 2] += _noise(-40, 0.5, 7)
    for start in range(0, room.size, PIECE):
        meter.feed(room[start : start + PIECE])
        if meter.stands_out:
            marks.append(start / RATE)

    assert marks
    assert all(2.9 <= mark <= 4.0 for mark in marks)


def test_loudness_is_the_sum_above_200_hertz() -> None:
    levels = [-20.0 if hertz <= 200 else -60.0 for hertz in NOMINAL_HZ]
    above = sum(hertz > 200 for hertz in NOMINAL_HZ)

    assert loudness(levels) == pytest.approx(-60 + 10 * math.log10(above))
