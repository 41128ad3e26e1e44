"""Sounds put into a noise are found when they are; the noise alone has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.signal import butter, sosfilt

from readiness.dsp.voice.noise_events import noise_events

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATE = 16_000
SECONDS = 30
TIME = np.arange(SECONDS * RATE) / RATE


def _noise(dbov: float = -60.0, *, seed: int = 1) -> Signal:
    return 10 ** (dbov / 20) * np.random.default_rng(seed).standard_normal(TIME.size)


def _sound(start: float, seconds: float, dbov: float, *, hertz: float = 1000) -> Signal:
    """A tone of that level; a sine's is 3.01 dB below its amplitude."""
    on = (start <= TIME) & (start + seconds > TIME)
    sound = on * 10 ** ((dbov + 3.01) / 20) * np.sin(2 * np.pi * hertz * TIME)
    return sound.astype(np.float64)


@pytest.mark.parametrize("above", [12, 20, 40])
@pytest.mark.parametrize("seconds", [0.2, 1, 5])
def test_an_event_has_its_time_length_and_level(above: float, seconds: float) -> None:
    (event,) = noise_events(_noise() + _sound(10, seconds, above - 60), RATE).events

    assert event.start_s == pytest.approx(10, abs=0.02)
    assert event.seconds == pytest.approx(seconds, abs=0.04)
    assert event.dbov == pytest.approx(above - 60, abs=0.5)
    # White noise above 200 Hz has lost 200 of 8000 Hz: 0.11 dB.
    assert event.above_db == pytest.approx(above + 0.11, abs=event.half_width_db)


def test_events_apart_are_counted_and_near_ones_are_one() -> None:
    """Two barks 0.5 s apart are one dog; a door 4 s later is another event."""
    sounds = _sound(5, 0.3, -40) + _sound(5.8, 0.3, -40) + _sound(10, 0.3, -40)

    found = noise_events(_noise() + sounds, RATE)

    assert [event.start_s for event in found.events] == pytest.approx([5, 10], abs=0.02)
    assert found.events[0].seconds == pytest.approx(1.1, abs=0.04)
    assert found.half_width == 0


@pytest.mark.parametrize("start", [0, 29.5])
def test_an_event_at_the_edge_counts(start: float) -> None:
    assert noise_events(_noise() + _sound(start, 0.5, -40), RATE).count == 1


@pytest.mark.parametrize("seed", range(5))
def test_steady_noise_has_none(seed: int) -> None:
    found = noise_events(_noise(seed=seed), RATE)

    assert found.count == 0
    assert found.floor_dbov == pytest.approx(-60.11, abs=0.3)
    assert found.seconds == SECONDS


@pytest.mark.parametrize(
    "drift", [0.2 * TIME, -0.2 * TIME, 3 * np.sin(TIME / 5), 3 * np.sin(TIME / 3)]
)
def test_a_fan_that_drifts_by_six_decibels_has_none(drift: Signal) -> None:
    assert noise_events(_noise() * 10 ** (drift / 20), RATE).count == 0


def test_a_fan_that_is_switched_on_for_good_is_noise() -> None:
    assert noise_events(_noise() * np.where(TIME > 14, 10, 1), RATE).count == 0


def test_deep_noise_and_hum_has_none_and_hides_none() -> None:
    """Rumble that is 20 dB louder than the sound, but lower than a telephone carries."""
    hum = 0.1 * np.sin(2 * np.pi * 50 * TIME)
    deep = sosfilt(butter(6, 40, fs=RATE, output="sos"), _noise(5, seed=3))
    noise = hum + deep + _noise(-80)

    assert noise_events(noise, RATE).count == 0
    assert noise_events(noise + _sound(10, 0.5, -40, hertz=2000), RATE).count == 1


def test_clicks_are_none() -> None:
    clicks = np.zeros(TIME.size)
    clicks[:: 3 * RATE] = 0.5

    assert noise_events(_noise() + clicks, RATE).count == 0


def test_a_sound_near_the_least_level_makes_the_count_doubtful() -> None:
    found = noise_events(_noise() + _sound(10, 0.5, -60 + 7), RATE)

    assert found.least_db == 8
    assert found.half_width == 1


def test_a_hole_of_digital_silence_makes_no_event_of_the_noise() -> None:
    holed = _noise()
    holed[RATE : 2 * RATE] = 0

    assert noise_events(holed, RATE).count == 0


def test_an_offset_is_no_event() -> None:
    assert noise_events(_noise() + 0.3, RATE).count == 0


@pytest.mark.parametrize("rate", [8000, 48_000, 192_000])
def test_any_rate_will_do(rate: int) -> None:
    random = np.random.default_rng(2)
    silence = 1e-3 * random.standard_normal(8 * rate)
    silence[4 * rate : 5 * rate] *= 10

    (event,) = noise_events(silence, rate).events

    assert event.start_s == pytest.approx(4, abs=0.02)
    assert event.above_db == pytest.approx(20, abs=1)


@pytest.mark.parametrize(
    ("silence", "why"),
    [
        (np.empty(0), "5 s"),
        (np.ones(1), "5 s"),
        (_noise()[: 5 * RATE - 1], "5 s"),
        (np.zeros(6 * RATE), "digital silence"),
        (np.full(6 * RATE, 0.2), "digital silence"),
        (np.full(6 * RATE, np.nan), "infinite"),
    ],
    ids=["empty", "one sample", "short", "zeros", "offset", "no numbers"],
)
def test_what_tells_nothing_is_refused(silence: Signal, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        noise_events(silence, RATE)
