"""Echoes of known loss and delay are found as they are; where there is none, none is claimed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.signal import butter, fftconvolve, resample_poly, sosfilt

from readiness.dsp.voice.echo import echo_by_side, echo_return
from readiness.dsp.voice.sweep import left_then_right, make_sweep

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATE = 16_000
SWEEP = make_sweep(RATE).astype(np.float64)
SIZE = SWEEP.size + round(1.5 * RATE)


def _noise(dbov: float, size: int = SIZE, *, seed: int = 1) -> Signal:
    return 10 ** (dbov / 20) * np.random.default_rng(seed).standard_normal(size)


def _late(signal: Signal, delay_s: float, size: int = SIZE, *, rate: int = RATE) -> Signal:
    start = round(delay_s * rate)
    late = np.zeros(size)
    late[start : start + signal.size] = signal[: size - start]
    return late


def _echo(loss_db: float, delay_s: float = 0.2) -> Signal:
    return 10 ** (-loss_db / 20) * _late(SWEEP, delay_s)


@pytest.mark.parametrize("loss", [0, 10, 20, 30, 40, 50])
@pytest.mark.parametrize("delay", [0, 0.0931, 1.0])
def test_an_echo_has_its_loss_and_its_delay(loss: float, delay: float) -> None:
    found = echo_return(SWEEP, _echo(loss, delay) + _noise(-70), RATE)

    assert found.loss_db == pytest.approx(loss, abs=min(0.5, found.half_width_db))
    assert found.delay_ms == pytest.approx(1000 * delay, abs=1)
    assert found.at_least_db == pytest.approx(loss - found.half_width_db, abs=0.5)


@pytest.mark.parametrize("reverberation", [0.1, 0.3])
@pytest.mark.parametrize("loss", [10, 40])
def test_the_loss_is_that_of_all_that_comes_back(reverberation: float, loss: float) -> None:
    """A loudspeaker in a room: a direct pulse and a tail that falls by 60 dB in this time."""
    time = np.arange(round(0.5 * RATE)) / RATE
    room = np.random.default_rng(2).standard_normal(time.size) * 10 ** (-3 * time / reverberation)
    room[0] = 5
    answer = fftconvolve(SWEEP, room)
    answer *= math.sqrt(float(np.sum(SWEEP**2) / np.sum(answer**2))) * 10 ** (-loss / 20)

    found = echo_return(SWEEP, _late(answer, 0.2) + _noise(-70), RATE)

    assert found.loss_db == pytest.approx(loss, abs=0.5)
    assert found.delay_ms == pytest.approx(200, abs=1)


def test_an_earphone_that_passes_three_octaves_only_is_heard() -> None:
    band = butter(2, (300, 3000), "band", fs=RATE, output="sos")
    leak = sosfilt(band, SWEEP)
    leak *= math.sqrt(float(np.sum(SWEEP**2) / np.sum(leak**2))) / 100

    found = echo_return(SWEEP, _late(leak, 0.2) + _noise(-70), RATE)

    assert found.loss_db == pytest.approx(40, abs=0.5)


@pytest.mark.parametrize("clock", [1e-4, -1e-4, 3e-4, -3e-4])
def test_clocks_that_differ_do_not_matter(clock: float) -> None:
    """The microphone's clock runs so much faster than the earphones'."""
    fine = resample_poly(_echo(30), 16, 1)
    heard = np.interp(np.arange(SIZE) / (1 + clock) * 16, np.arange(fine.size), fine)

    found = echo_return(SWEEP, heard + _noise(-70), RATE)

    assert found.loss_db == pytest.approx(30, abs=0.5)
    assert found.delay_ms == pytest.approx(200, abs=1)


def _speech() -> Signal:
    """Harmonics whose pitch and strength wander, as loud as the sweep."""
    time = np.arange(SIZE) / RATE
    pitch = 2 * np.pi * np.cumsum(130 * 2 ** (0.3 * np.sin(2 * np.pi * 0.9 * time))) / RATE
    tones = sum(np.sin(k * pitch) / k for k in range(1, 40))
    return 0.05 * tones * np.clip(np.sin(2 * np.pi * 2.3 * time), 0, 1)


def _bang() -> Signal:
    bang = np.zeros(SIZE)
    bang[30_000:31_600] = 0.2 * np.random.default_rng(3).standard_normal(1600)
    return bang


def _step() -> Signal:
    return np.where(np.arange(SIZE) > 20_000, 0.3, 0.0)


def _tone() -> Signal:
    return 0.1 * np.sin(2 * np.pi * 697 * np.arange(SIZE) / RATE)


NO_ECHOES = {
    "quiet": np.zeros(SIZE),
    "speech": _speech(),
    "a bang": _bang(),
    "a step": _step(),
    "a tone": _tone(),
    "loud noise": _noise(-20, seed=7),
    "another sweep, from high to low": SWEEP[::-1].copy(),
}


@pytest.mark.parametrize("name", NO_ECHOES)
@pytest.mark.parametrize("seed", range(3))
def test_what_is_no_echo_is_not_claimed_as_one(name: str, seed: int) -> None:
    sound = NO_ECHOES[name]
    heard = _noise(-75, seed=seed)
    heard[: sound.size] += sound

    found = echo_return(SWEEP, heard, RATE)

    assert found.loss_db is None
    assert found.delay_ms is None
    assert found.half_width_db == 0


def test_without_an_echo_the_loss_that_is_certain_rises_as_the_noise_falls() -> None:
    loud, quiet = (echo_return(SWEEP, _noise(level), RATE) for level in (-50, -70))

    assert quiet.at_least_db == pytest.approx(loud.at_least_db + 20, abs=0.01)
    assert quiet.at_least_db > 50


def test_a_recording_as_long_as_the_sweep_will_do() -> None:
    heard = _echo(30, 0.05)[: SWEEP.size] + _noise(-70, SWEEP.size)

    assert echo_return(SWEEP, heard, RATE).loss_db == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize("seed", range(5))
def test_an_echo_of_the_loss_that_is_certain_is_found(seed: int) -> None:
    noise = _noise(-60, seed=seed)
    certain = echo_return(SWEEP, noise, RATE).at_least_db

    assert echo_return(SWEEP, _echo(certain - 1) + noise, RATE).loss_db is not None


def test_an_offset_changes_nothing() -> None:
    found = echo_return(SWEEP, _echo(30) + _noise(-70) + 0.4, RATE)

    assert found.loss_db == pytest.approx(30, abs=0.5)


@pytest.mark.parametrize("rate", [8000, 44_100, 192_000])
def test_any_rate_will_do(rate: int) -> None:
    sweep = make_sweep(rate).astype(np.float64)
    size = sweep.size + round(1.5 * rate)
    heard = 0.01 * _late(sweep, 0.2, size, rate=rate) + _noise(-70, size)

    found = echo_return(sweep, heard, rate)

    assert found.loss_db == pytest.approx(40, abs=0.5)
    assert found.delay_ms == pytest.approx(200, abs=1)


def test_left_and_right_are_told_apart() -> None:
    """The left earphone leaks 20 dB below, the right one 45; one microphone hears both."""
    played = left_then_right(SWEEP.astype(np.float32), RATE)
    mixed = played @ [10 ** (-20 / 20), 10 ** (-45 / 20)]
    heard = _late(mixed, 0.25, mixed.size + RATE) + _noise(-70, mixed.size + RATE)

    left, right = echo_by_side(played, heard, RATE)

    assert left.loss_db == pytest.approx(20, abs=0.5)
    assert right.loss_db == pytest.approx(45, abs=0.5)
    assert left.delay_ms == pytest.approx(250, abs=1)
    assert right.delay_ms == pytest.approx(250, abs=1)


def test_a_side_that_does_not_leak_has_no_echo() -> None:
    played = left_then_right(SWEEP.astype(np.float32), RATE)
    heard = _late(0.1 * played[:, 1].astype(np.float64), 0.25, played.shape[0] + RATE)

    left, right = echo_by_side(played, heard + _noise(-70, heard.size), RATE)

    assert left.loss_db is None
    assert right.loss_db == pytest.approx(20, abs=0.5)


@pytest.mark.parametrize(
    ("played", "heard", "why"),
    [
        (np.zeros(SIZE), np.ones(SIZE), "nothing was played"),
        (np.empty(0), np.ones(100), "shorter than 1 s"),
        (SWEEP[:15_999], np.ones(SIZE), "shorter than 1 s"),
        (SWEEP, SWEEP[:-1], "shorter"),
        (SWEEP, np.empty(0), "shorter"),
        (SWEEP, np.zeros(SIZE), "digital silence"),
        (SWEEP, np.full(SIZE, 0.3), "digital silence"),
        (SWEEP, np.full(SIZE, np.nan), "infinite"),
        (np.full(100, np.inf), np.ones(100), "infinite"),
        (np.ones((100, 2)), np.ones(100), "channel"),
    ],
)
def test_what_tells_nothing_is_refused(played: Signal, heard: Signal, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        echo_return(played, heard, RATE)


def test_a_rate_without_octaves_is_refused() -> None:
    with pytest.raises(ValueError, match="1000 samples"):
        echo_return(SWEEP, _noise(-70), 999)


def test_a_side_on_which_nothing_was_played_is_refused() -> None:
    one_sided = np.stack((SWEEP, np.zeros(SWEEP.size)), axis=1)

    with pytest.raises(ValueError, match="one side"):
        echo_by_side(one_sided, _noise(-70), RATE)


@pytest.mark.parametrize("dbov", [-40.0, -26.0, -3.1])
def test_a_sweep_has_its_length_and_level(dbov: float) -> None:
    sweep = make_sweep(48_000, 2.0, dbov)

    assert sweep.size == 96_000
    assert 10 * math.log10(float(np.mean(sweep.astype(np.float64) ** 2))) == pytest.approx(
        dbov, abs=0.01
    )
    assert float(np.abs(sweep).max()) <= 1


@pytest.mark.parametrize(("rate", "highest"), [(48_000, 8000), (8000, 3600)])
def test_a_sweep_goes_from_100_hertz_up(rate: int, highest: float) -> None:
    """Counting zero crossings: 100 Hz in its first tenth of a second, ``highest`` in its last.

    In 0.1 s of 3 s it rises by 3.3 % of its octaves: to 116 Hz, and from 6913 or 3195 Hz.
    """
    crossings = np.flatnonzero(np.diff(np.signbit(make_sweep(rate)))) / rate

    assert np.sum(crossings < 0.1) == pytest.approx(2 * 0.1 * 108, abs=2)
    last = np.sum(crossings > 2.9) / 0.2
    assert highest * 0.9 < last < highest


@pytest.mark.parametrize(
    "arguments",
    [(0, 3.0, -26.0), (48_000, 0.0, -26.0), (48_000, 3.0, 0.0), (48_000, 3.0, math.nan)],
)
def test_a_sweep_that_cannot_be_is_refused(arguments: tuple[int, float, float]) -> None:
    with pytest.raises(ValueError, match="no sweep"):
        make_sweep(*arguments)
