"""Levels of signals whose level is known by arithmetic."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.dsp.voice.clipping import clipped_percent
from readiness.dsp.voice.gaps import gaps
from readiness.dsp.voice.guided import guided_voice, sounds_in_silence, was_silent
from readiness.dsp.voice.level import meter_level, noise_level
from readiness.dsp.voice.speech_level import active_level
from tests.fakes.audio import RATE, bursts, noise

if TYPE_CHECKING:
    from numpy.typing import NDArray


def _sine(amplitude: float, seconds: float = 5, *, hertz: float = 440) -> NDArray[np.float64]:
    time = np.arange(round(seconds * RATE)) / RATE
    return amplitude * np.sin(2 * np.pi * hertz * time)


@pytest.mark.parametrize("amplitude", [1.0, 0.1, 0.01, 0.001])
def test_a_steady_tone_has_its_own_level_and_is_always_active(amplitude: float) -> None:
    """A sine's level is 3.01 dB below its amplitude (ITU-T G.100.1)."""
    found = active_level(_sine(amplitude), RATE)

    assert found.dbov == pytest.approx(20 * math.log10(amplitude) - 3.01, abs=0.1)
    assert found.activity > 0.98


def test_a_tone_that_is_on_half_of_the_time_is_active_for_half_of_it_and_the_hangover() -> None:
    """1 s on, 1 s off: P.56 adds 0.2 s of hangover and the decay of its envelope."""
    time = np.arange(20 * RATE) / RATE
    signal = np.where(time % 2 < 1, _sine(0.1, 20), 0)

    found = active_level(signal, RATE)

    assert found.rms_dbov == pytest.approx(-23.01 - 3.01, abs=0.01)
    assert 0.6 < found.activity < 0.68
    assert found.dbov == pytest.approx(found.rms_dbov - 10 * math.log10(found.activity))


def test_pauses_shorter_than_the_hangover_count_as_speech() -> None:
    time = np.arange(20 * RATE) / RATE
    signal = np.where(time % 0.3 < 0.15, _sine(0.1, 20), 0)

    assert active_level(signal, RATE).activity > 0.98


def test_the_active_level_rises_as_the_signal_does() -> None:
    voice = bursts(-26)

    louder = active_level(voice * 2, RATE).dbov - active_level(voice, RATE).dbov

    assert louder == pytest.approx(20 * math.log10(2), abs=1e-6)


def test_the_active_level_is_the_same_at_another_rate() -> None:
    from scipy.signal import resample_poly

    voice = bursts(-26)

    assert active_level(resample_poly(voice, 3, 1), 3 * RATE).dbov == pytest.approx(
        active_level(voice, RATE).dbov, abs=0.05
    )


def test_silence_has_no_level() -> None:
    found = active_level(np.zeros(RATE), RATE)

    assert found.dbov == -math.inf
    assert found.activity == 0


@pytest.mark.parametrize("dbov", [-20.0, -60.0, -90.0])
def test_noise_has_its_level_within_what_it_claims(dbov: float) -> None:
    found = noise_level(noise(dbov, 4), RATE)

    assert abs(found.dbov - dbov) <= max(found.half_width, 0.05)


def test_unsteady_noise_is_less_sure() -> None:
    steady, unsteady = noise_level(noise(-60, 4), RATE), noise_level(bursts(-60, 4), RATE)

    assert unsteady.half_width > 5 * steady.half_width


def test_a_constant_offset_is_not_noise() -> None:
    assert noise_level(noise(-60, 4) + np.float32(0.1), RATE).dbov == pytest.approx(-60, abs=0.1)


def test_digital_silence_has_no_noise_level() -> None:
    with pytest.raises(ValueError, match="digital silence"):
        noise_level(np.zeros(RATE), RATE)


def test_a_meter_shows_digital_silence_as_its_floor() -> None:
    assert meter_level(np.zeros(100)) == -120


@pytest.mark.parametrize("distance", [10, 15, 20, 30, 40, 60])
def test_voice_above_noise_is_as_set(distance: float) -> None:
    voice = bursts(-26, 9)
    level = active_level(voice, RATE).dbov
    room = level - distance

    found = guided_voice(noise(room, 4), voice + noise(room, 9, seed=2), RATE)

    assert abs(found.snr - distance) <= found.snr_half_width
    assert abs(found.level - level) <= found.level_half_width
    assert found.snr_half_width < 1.3


def test_a_reading_that_is_not_louder_is_refused() -> None:
    with pytest.raises(ValueError, match="not louder"):
        guided_voice(noise(-40, 4), noise(-50, 9, seed=2), RATE)


def test_steady_noise_holds_no_sounds() -> None:
    assert sounds_in_silence(noise(-60, 4), RATE) is None


def test_a_click_in_the_silence_is_no_speech() -> None:
    silence = noise(-60, 4)
    silence[RATE : RATE + 200] += 0.1

    assert was_silent(silence, bursts(-26, 9), RATE)


def test_the_own_voice_in_the_silence_is_noticed() -> None:
    assert not was_silent(noise(-60, 4) + bursts(-28, 4), bursts(-26, 9), RATE)


@pytest.mark.parametrize("percent", [0.5, 1.0, 5.0])
def test_clipped_samples_are_counted(percent: float) -> None:
    """A limit that cuts exactly that share of the samples, except single cut samples."""
    voice = _sine(1.0, 4, hertz=201.3) * np.repeat(np.linspace(0.5, 1, 4 * 20), RATE // 20)
    limit = float(np.quantile(np.abs(voice), 1 - percent / 100))

    assert clipped_percent(np.clip(voice, -limit, limit)) == pytest.approx(percent, rel=0.1)


@pytest.mark.parametrize("signal", [_sine(1.0), _sine(0.5, hertz=50), noise(-20), bursts(-26)])
def test_what_is_not_clipped_is_not_called_so(signal: NDArray[np.float64]) -> None:
    assert clipped_percent(np.round(0.9 * signal * 32767) / 32768) == 0


def test_only_one_polarity_clipped_is_found() -> None:
    assert clipped_percent(np.minimum(_sine(1.0, hertz=201.3), 0.8)) > 15


def test_a_hole_is_found_with_its_length() -> None:
    broken = noise(-40, 4)
    broken[RATE : RATE + RATE // 10] = 0

    found = gaps(broken, RATE)

    assert found.count == 1
    assert found.longest_s == pytest.approx(0.1, abs=0.001)
    assert not found.everything


def test_zero_crossings_are_no_holes() -> None:
    quiet = np.round(noise(-75, 4) * 32767) / 32768

    assert gaps(quiet, RATE).count == 0


def test_nothing_but_zeros_is_everything() -> None:
    assert gaps(np.zeros(RATE), RATE).everything
    assert gaps(np.zeros(0), RATE).everything
