"""Two channels whose levels are known."""

from __future__ import annotations

import numpy as np
import pytest

from readiness.dsp.voice.balance import Side, balance

RANDOM = np.random.default_rng(1)
NOISE = RANDOM.standard_normal(48_000)
OTHER = RANDOM.standard_normal(48_000)


def _pair(left: float, right: float) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    return np.stack((left * NOISE, right * NOISE), axis=1)


@pytest.mark.parametrize(("gain", "db"), [(1, 0.0), (2, 6.02), (0.5, -6.02), (10, 20.0)])
def test_the_difference_is_that_of_the_gains(gain: float, db: float) -> None:
    found = balance(_pair(0.1 * gain, 0.1))

    assert found.db == pytest.approx(db, abs=0.005)
    assert found.half_width_db == pytest.approx(0, abs=0.001)
    assert found.dead is None


def test_an_offset_does_not_count() -> None:
    assert balance(_pair(0.1, 0.1) + np.array([0.5, 0.0])).db == pytest.approx(0, abs=0.001)


def test_channels_that_do_not_move_together_have_a_half_width() -> None:
    """40 blocks of 1200 values: a mean square of 48000 scatters by sqrt(2 / 48000) = 0.65 %."""
    found = balance(np.stack((NOISE, OTHER), axis=1))

    assert found.half_width_db == pytest.approx(1.96 * 4.34 * 0.0065 * 2**0.5, rel=0.4)
    assert found.db is not None
    assert abs(found.db) < 2 * found.half_width_db


@pytest.mark.parametrize(
    ("left", "right", "dead"),
    [(0, 1, Side.LEFT), (1, 0, Side.RIGHT), (0, 0, Side.BOTH), (0.005, 1, Side.LEFT)],
)
def test_a_dead_channel_is_named(left: float, right: float, dead: Side) -> None:
    """0.005 is 46 dB below."""
    assert balance(_pair(left, right)).dead == dead


def test_digital_silence_has_no_level_to_compare() -> None:
    """A converter's offset is not a signal."""
    assert balance(_pair(0, 0.1) + np.array([0.25, 0.0])).db is None


@pytest.mark.parametrize("shape", [(0, 2), (79, 2), (100,), (100, 1), (100, 3)])
def test_what_is_not_two_channels_is_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match=r"channel|samples"):
        balance(np.ones(shape))


def test_values_that_are_no_numbers_are_refused() -> None:
    with pytest.raises(ValueError, match="infinite"):
        balance(np.full((100, 2), np.nan))
