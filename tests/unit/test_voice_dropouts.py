"""Dropouts that were put in are found where they are; sound that is merely quiet has none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.dsp.voice.dropouts import Filling, dropouts

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATES = (8000, 16_000, 44_100, 48_000, 96_000)
SECONDS = 4.0


def _voice(rate: int, *, noise_dbov: float = -60.0, seed: int = 1) -> Signal:
    """Syllables of 0.3 s, 0.2 s apart, of tones that never keep their pitch; in 16 bits."""
    random = np.random.default_rng(seed)
    time = np.arange(round(SECONDS * rate)) / rate
    pitch = 2 * np.pi * np.cumsum(120 + 15 * np.sin(2 * np.pi * 0.7 * time)) / rate
    tones = sum(np.sin(k * pitch + k * k) / k for k in range(1, 20))
    syllables = np.clip(np.sin(2 * np.pi * time / 0.5) + 0.3, 0, 1)
    noise = 10 ** (noise_dbov / 20) * random.standard_normal(time.size)
    return np.round((0.1 * tones * syllables + noise) * 32768) / 32768


def _zeros(part: Signal, _before: Signal) -> Signal:
    return np.zeros_like(part)


def _frozen(part: Signal, before: Signal) -> Signal:
    return np.full_like(part, before[-1] or 1 / 32768)


def _repeated(part: Signal, before: Signal) -> Signal:
    return before[-part.size :]


FILLED: dict[Filling, Callable[[Signal, Signal], Signal]] = {
    Filling.ZEROS: _zeros,
    Filling.FROZEN: _frozen,
    Filling.REPEATED: _repeated,
}


def _with(signal: Signal, rate: int, filling: Filling, start_s: float, ms: float) -> Signal:
    start, length = round(start_s * rate), round(ms * rate / 1000)
    broken = signal.copy()
    broken[start : start + length] = FILLED[filling](signal[start : start + length], signal[:start])
    return broken


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("ms", [5, 10, 40, 400])
@pytest.mark.parametrize("filling", Filling)
def test_a_dropout_is_found_where_it_is(rate: int, ms: int, filling: Filling) -> None:
    broken = _with(_voice(rate), rate, filling, 1.234, ms)

    (found,) = dropouts(broken, rate).at

    assert found.filling == filling
    assert found.start_s == pytest.approx(1.234, abs=0.0005)
    assert found.length_ms == pytest.approx(ms, abs=0.5)


@pytest.mark.parametrize("filling", Filling)
def test_dropouts_in_a_pause_are_found_as_well_if_the_pause_has_noise(filling: Filling) -> None:
    broken = _with(_voice(48_000), 48_000, filling, 1.375, 5)

    assert [dropout.filling for dropout in dropouts(broken, 48_000).at] == [filling]


@pytest.mark.parametrize("rate", RATES)
def test_a_whole_voice_has_none(rate: int) -> None:
    found = dropouts(_voice(rate), rate)

    assert found.at == ()
    assert found.longest_ms == 0
    assert not found.gated


def test_dropouts_shorter_than_five_milliseconds_are_not_claimed() -> None:
    broken = _with(_voice(48_000), 48_000, Filling.ZEROS, 1.234, 4.5)

    assert dropouts(broken, 48_000).count == 0


def test_all_of_several_are_counted_in_the_order_of_time() -> None:
    broken = _voice(48_000)
    for start, filling in ((3.1, "zeros"), (0.6, "repeated"), (2.1, "frozen")):
        broken = _with(broken, 48_000, Filling(filling), start, 20)

    found = dropouts(broken, 48_000)

    assert [dropout.filling for dropout in found.at] == ["repeated", "frozen", "zeros"]
    assert found.count == 3
    assert found.longest_ms == pytest.approx(20, abs=0.5)


def test_a_block_that_stutters_is_one_dropout() -> None:
    """10 ms that come five times in all: 40 ms repeat."""
    broken = _voice(48_000)
    block = broken[48_000:48_480].copy()
    broken[48_480:50_400] = np.tile(block, 4)

    (found,) = dropouts(broken, 48_000).at

    assert found.length_ms == pytest.approx(40, abs=0.5)


def test_digital_silence_between_words_is_none() -> None:
    """As from a gate or a synthesiser: the pauses are zeros, the words fade into them."""
    voice = _voice(48_000, noise_dbov=-200)

    found = dropouts(voice, 48_000)

    assert found.gated
    assert found.at == ()


def test_digital_silence_that_is_not_zero_is_none_either() -> None:
    """A converter's offset stays when the gate has closed."""
    found = dropouts(_voice(48_000, noise_dbov=-200) + 100 / 32768, 48_000)

    assert found.gated
    assert found.at == ()


def test_a_gate_that_cuts_the_noise_off_hard_is_none() -> None:
    voice = _voice(48_000, noise_dbov=-55)
    loud = np.convolve(np.abs(voice) > 0.02, np.ones(2400), "same") > 0

    found = dropouts(np.where(loud, voice, 0), 48_000)

    assert found.gated
    assert found.at == ()


@pytest.mark.parametrize("filling", [Filling.FROZEN, Filling.REPEATED])
def test_in_gated_sound_what_is_not_silence_is_still_found(filling: Filling) -> None:
    broken = _with(_voice(48_000, noise_dbov=-200), 48_000, filling, 1.1, 20)

    found = dropouts(broken, 48_000)

    assert found.gated
    assert [dropout.filling for dropout in found.at] == [filling]


def test_silence_that_cuts_gated_sound_in_full_swing_is_found() -> None:
    voice = _voice(48_000, noise_dbov=-200)
    start = 52_000 + int(np.argmax(np.abs(voice[52_000:52_400])))
    end = start + 960 + int(np.argmax(np.abs(voice[start + 960 : start + 1360])))
    voice[start + 1 : end] = 0

    assert [dropout.filling for dropout in dropouts(voice, 48_000).at] == ["zeros"]


def test_missing_samples_are_not_claimed() -> None:
    voice = _voice(48_000)

    assert dropouts(np.delete(voice, slice(60_000, 60_480)), 48_000).count == 0


def test_the_steps_of_a_quiet_converter_are_none() -> None:
    """Noise of a third of a step of 16 bits: mostly zeros, for long stretches."""
    random = np.random.default_rng(4)
    quiet = np.round(random.standard_normal(480_000) / 4) / 32768

    assert dropouts(quiet, 48_000).count == 0


def test_zeros_before_the_stream_begins_and_after_a_file_ends_are_none() -> None:
    voice = _voice(48_000)
    voice[:4800] = voice[-4800:] = 0

    assert dropouts(voice, 48_000).count == 0


def test_overdriven_peaks_are_no_frozen_samples() -> None:
    """A bass of 20 Hz, ten times too loud, lies at the top for 24 ms at a time."""
    time = np.arange(4 * 48_000) / 48_000
    voice = np.clip(_voice(48_000) + 10 * np.sin(2 * np.pi * 20 * time), -1, 1)

    assert dropouts(voice, 48_000).count == 0


def test_a_generated_tone_is_not_taken_for_repeated_blocks() -> None:
    """1 kHz at 48 kHz repeats every 48 samples."""
    tone = np.tile(np.round(8000 * np.sin(2 * np.pi * np.arange(48) / 48)) / 32768, 4000)

    assert dropouts(tone, 48_000).count == 0


@pytest.mark.parametrize(
    "samples",
    [
        np.empty(0),
        np.zeros(1),
        np.ones(1),
        np.zeros(48_000),
        np.full(48_000, 0.3),
        np.eye(1, 99)[0],
    ],
    ids=["empty", "a zero", "one sample", "silence", "offset", "a click"],
)
def test_where_there_is_no_sound_there_are_none(samples: Signal) -> None:
    assert dropouts(samples, 48_000).count == 0


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf, 2**31, -1e38])
def test_values_that_are_no_numbers_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="infinite"):
        dropouts(np.array([0.1, bad, 0.2]), 48_000)


@pytest.mark.parametrize("gain", [1e-6, 1e6])
def test_the_scale_does_not_matter(gain: float) -> None:
    broken = _with(_voice(48_000), 48_000, Filling.ZEROS, 1.234, 10)

    assert dropouts(gain * broken, 48_000).count == 1
