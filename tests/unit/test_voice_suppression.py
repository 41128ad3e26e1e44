"""Suppression: noise that is held down in the silence only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.signal import butter, lfilter, sosfilt

from readiness.dsp.voice.guided import guided_voice
from readiness.dsp.voice.speech_level import active_level
from readiness.dsp.voice.suppression import suppression
from tests.fakes.talk import noise, talk

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATES = (8_000, 16_000, 48_000)
WITHIN_DB = {8_000: 3.0, 16_000: 2.0, 48_000: 2.0}
"""This voice fills all of a telephone's band."""
ROOM_DBOV = -50.0


def _take(rate: int, held_db: float, *, closes: bool) -> tuple[Signal, Signal]:
    """A gate holds the room down in the silence, and, if it ``closes``, between words too."""
    voice = talk(10, rate)
    silence = noise(ROOM_DBOV - held_db, 5, rate)
    room = noise(ROOM_DBOV, 10, rate, seed=2)
    if closes:
        room[voice == 0] *= 10 ** (-held_db / 20)
    return silence, voice + room


@pytest.mark.parametrize("rate", RATES)
@pytest.mark.parametrize("held_db", [6.0, 12.0, 30.0])
@pytest.mark.parametrize("closes", [False, True])
def test_what_a_gate_holds_down_is_found(rate: int, held_db: float, *, closes: bool) -> None:
    found = suppression(*_take(rate, held_db, closes=closes), rate)

    assert found.found
    assert found.db == pytest.approx(held_db, abs=WITHIN_DB[rate])


@pytest.mark.parametrize("rate", RATES)
def test_without_a_gate_none_is_found(rate: int) -> None:
    found = suppression(*_take(rate, 0, closes=False), rate)

    assert not found.found
    assert abs(found.db) < WITHIN_DB[rate]


def _whisper(seconds: float, rate: int) -> Signal:
    """Nothing but hiss: syllables of 0.2 s up to 5 kHz, and sharp ones from 0.7 kHz."""
    hiss = noise(0, seconds, rate, seed=11)
    dull = sosfilt(butter(4, (50, 5000), "bandpass", fs=rate, output="sos"), hiss)
    sharp = sosfilt(butter(4, 700, "highpass", fs=rate, output="sos"), hiss)
    syllable, through = np.divmod(np.arange(hiss.size) / rate, 0.2)
    voice: Signal = np.sin(np.pi * through / 0.2) * np.where(syllable % 3 == 0, sharp, dull)
    voice *= 10 ** (-26 / 20) / voice.std()
    return voice


def _fan(dbov: float, seconds: float, rate: int, seed: int) -> Signal:
    """Noise that falls by 6 dB an octave, so that a hiss stands far above most of it."""
    rumble: Signal = lfilter([1], [1, -0.9], noise(0, seconds, rate, seed=seed))
    rumble *= 10 ** (dbov / 20) / rumble.std()
    return rumble


@pytest.mark.parametrize("held_db", [0.0, 6.0, 20.0])
def test_a_voice_that_hisses_is_not_taken_for_noise(held_db: float) -> None:
    """A whisper 30 dB above a fan, as a wide-band headset at 16 kHz delivers it."""
    rate = 16_000
    silence, room = _fan(-56 - held_db, 5, rate, 1), _fan(-56, 10, rate, 2)

    found = suppression(silence, _whisper(10, rate) + room, rate)

    assert found.found == (held_db > 0)
    assert found.db == pytest.approx(held_db, abs=2)


def test_the_distance_of_voice_and_noise_is_corrected_by_it() -> None:
    silence, reading = _take(48_000, 12, closes=True)
    true = active_level(talk(10), 48_000).dbov - ROOM_DBOV

    found = guided_voice(silence, reading, 48_000)

    assert found.snr == pytest.approx(true, abs=2)
    assert found.snr == pytest.approx(found.level - found.noise.dbov - found.suppression.db)


def test_the_distance_is_left_alone_without_it() -> None:
    found = guided_voice(*_take(48_000, 0, closes=False), 48_000)

    assert found.snr == found.level - found.noise.dbov


def test_in_unsteady_noise_none_is_claimed_and_little_is_known() -> None:
    """The noise of the silence comes and goes twice a second."""
    time = np.arange(15 * 48_000) / 48_000
    room = noise(ROOM_DBOV, 15) * (1 + 0.95 * np.sin(2 * np.pi * 2 * time))
    size = 5 * 48_000

    found = suppression(room[:size], talk() + room[size:], 48_000)

    assert not found.found
    assert found.half_width > 3


@pytest.mark.parametrize(
    ("silence", "reading"),
    [
        (np.zeros(48_000), noise(-30, 1)),
        (noise(-30, 1), noise(-31, 1)),
        (noise(-30, 0.1), noise(-20, 1)),
        (np.array([0.1]), noise(-20, 1)),
        (np.array([]), np.array([])),
    ],
)
def test_what_cannot_be_compared_is_refused(silence: Signal, reading: Signal) -> None:
    with pytest.raises(ValueError, match="silence"):
        suppression(silence, reading, 48_000)


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        suppression(np.full(48_000, np.nan), noise(-30, 1), 48_000)
