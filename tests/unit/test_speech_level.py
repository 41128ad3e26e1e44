"""Active speech level beside the reference program of ITU-T G.191.

The signals are made by arithmetic, so that they need not be stored. They were written as 16-bit
samples and measured with ``actlev`` of https://github.com/openitu/STL (compiled with gcc 12).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.dsp.voice.speech_level import active_level
from tests.fakes.talk import talk

if TYPE_CHECKING:
    from numpy.typing import NDArray

RATE = 16_000


def _swelling(on_s: float, off_s: float, hertz: float, peak: float) -> NDArray[np.float64]:
    """8 s of a tone that swells, on and off in turn, in 16 bits."""
    time = np.arange(8 * RATE) / RATE
    swell = peak * (0.6 + 0.4 * np.cos(2 * np.pi * 0.7 * time))
    tone = np.where(time % (on_s + off_s) < on_s, swell * np.sin(2 * np.pi * hertz * time), 0)
    return np.round(tone * 32767) / 32768


@pytest.mark.parametrize(
    ("signal", "dbov", "percent"),
    [
        ((0.6, 0.8, 440, 0.3), -17.084, 64.028),
        ((0.3, 0.5, 200, 0.9), -9.992, 71.329),
        ((1.1, 2.9, 300, 0.05), -33.690, 33.881),
        ((0.2, 0.1, 150, 0.02), -42.309, 99.808),
        ((0.15, 0.7, 700, 0.6), -15.591, 53.437),
        ((2, 0.3, 1000, 0.99), -7.091, 97.794),
        ((0.5, 1.5, 250, 0.004), -56.456, 38.186),
    ],
)
def test_it_agrees_with_the_reference_program(
    signal: tuple[float, float, float, float], dbov: float, percent: float
) -> None:
    found = active_level(_swelling(*signal), RATE, as_reference=True)

    assert found.dbov == pytest.approx(dbov, abs=0.001)
    assert 100 * found.activity == pytest.approx(percent, abs=0.02)


@pytest.mark.parametrize("gain_db", np.arange(0, 12, 0.7))
def test_the_reference_form_stays_within_its_tolerance(gain_db: float) -> None:
    """It stops within 0.5 dB of the margin, so within 0.5 dB of the exact level."""
    voice = talk(4, RATE, -30) * 10 ** (gain_db / 20)

    exact, reference = (active_level(voice, RATE, as_reference=form) for form in (False, True))

    assert reference.dbov == pytest.approx(exact.dbov, abs=0.5)


@pytest.mark.parametrize("samples", [np.array([]), np.zeros(RATE), np.full(1, 1e-9)])
def test_nothing_has_no_level(samples: NDArray[np.float64]) -> None:
    assert active_level(samples, RATE).dbov == -np.inf


@pytest.mark.parametrize("rate", [8_000, 44_100, 192_000])
def test_the_rate_does_not_matter(rate: int) -> None:
    assert active_level(talk(4, rate), rate).dbov == pytest.approx(
        active_level(talk(4, 48_000), 48_000).dbov, abs=0.2
    )


def test_what_is_not_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        active_level(np.array([0.1, np.nan]), RATE)
