"""Recorded and played through WASAPI. A headset on USB hears a tone of 440 Hz.

Wine does not hand on the switch that mutes a microphone: of that nothing can be shown here.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure
from readiness.ports import Choices, Need
from readiness.system.audio import open_audio

assert sys.platform == "win32"

if TYPE_CHECKING:
    from readiness.ports import Take
    from readiness.system.audio import SystemAudio

pytestmark = pytest.mark.windows

CONSENT = frozenset({Need.MICROPHONE, Need.LOUDSPEAKER})
TONE_HZ = 440.0
TONE_DBOV = -13.3
"""A sine of 10,000 in 16 bits: 20 lg(10,000 / 32,768) - 3.01 dB."""


def _audio(*, wish: str = "microphone") -> SystemAudio:
    return open_audio(Choices(consent=CONSENT, input=wish, output="phones"), Token())


def _dbov(take: Take) -> float:
    return float(10 * np.log10(np.mean(np.square(take.samples, dtype=np.float64))))


def _loudest_hz(take: Take) -> float:
    spectrum = np.abs(np.fft.rfft(take.samples * np.hanning(len(take.samples))))
    return float(np.argmax(spectrum)) * take.rate / len(take.samples)


def test_what_the_microphone_hears_is_recorded_at_its_pitch_and_level() -> None:
    audio = _audio()

    take = audio.record(audio.chosen("input"), 2.0, lambda *_: None)

    assert len(take.samples) == 2 * take.rate
    assert _loudest_hz(take) == pytest.approx(TONE_HZ, abs=1)
    assert _dbov(take) == pytest.approx(TONE_DBOV, abs=0.2)


def test_what_is_played_is_heard() -> None:
    """The headset's own monitor stands for an ear."""
    audio = _audio(wish="Monitor of Headset phones")
    rate = 48_000
    played = 0.1 * np.sin(2 * np.pi * 660 * np.arange(2 * rate) / rate).astype(np.float32)

    take = audio.play_and_record(
        audio.chosen("output"), audio.chosen("input"), played, rate, lambda *_: None
    )

    assert _loudest_hz(take) == pytest.approx(660, abs=1)


def test_a_headset_on_usb_is_known_by_its_numbers() -> None:
    facts = _audio().chosen("input").facts

    assert (facts["vendor_id"], facts["product_id"]) == ("0b0e", "0301")


def test_without_consent_nothing_is_recorded() -> None:
    audio = open_audio(Choices(), Token())

    with pytest.raises(CannotMeasure, match="no-consent"):
        audio.record(audio.chosen("input"), 1.0, lambda *_: None)
