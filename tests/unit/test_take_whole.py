"""A take of which something was lost is refused while it runs; a noise gate's zeros are not."""

from __future__ import annotations

import numpy as np
import pytest

from readiness.model.errors import CannotMeasure
from readiness.system.audio.capture import Stream
from readiness.system.audio.takes import require_whole

RATE = 16_000
LEAD_IN = 4_800
HISS = np.random.default_rng(1).standard_normal(3 * RATE).astype(np.float32)


def _stream(*late_at: int, lost: int = 0) -> Stream:
    stream = Stream()
    stream.rate, stream.lost = RATE, lost
    stream.late_at.extend(late_at)
    return stream


def _holes(*starts_s: float, long_s: float = 0.1) -> np.ndarray:
    samples = HISS.copy()
    for start in starts_s:
        samples[round(start * RATE) : round((start + long_s) * RATE)] = 0
    return samples


def _require(stream: Stream, samples: np.ndarray) -> None:
    require_whole(stream, samples, len(samples) - RATE // 20, LEAD_IN)


@pytest.mark.parametrize("long_s", [0.025, 0.1, 0.4])
def test_zeros_in_a_block_that_came_late_are_a_loss(long_s: float) -> None:
    with pytest.raises(CannotMeasure, match="interrupted"):
        _require(_stream(round(2.6 * RATE)), _holes(2.55, long_s=long_s))


def test_samples_that_the_system_lost_are_a_loss() -> None:
    with pytest.raises(CannotMeasure, match="interrupted"):
        _require(_stream(lost=1), HISS)


def test_zeros_that_came_in_time_are_left_to_be_judged() -> None:
    _require(_stream(), _holes(2.6))


def test_a_late_block_without_zeros_lost_nothing() -> None:
    _require(_stream(round(2.6 * RATE)), HISS)


def test_a_gate_on_a_busy_computer_is_no_loss() -> None:
    """It sent zeros before, when nothing was late."""
    _require(_stream(round(2.6 * RATE)), _holes(1.0, 2.6))


def test_nothing_but_zeros_is_left_to_be_judged() -> None:
    _require(_stream(round(2.6 * RATE)), np.zeros(3 * RATE, dtype=np.float32))


def test_what_was_lost_before_the_take_does_not_count() -> None:
    stream = _stream(lost=1)

    require_whole(stream, HISS[:LEAD_IN], 0, LEAD_IN)

    assert stream.lost == 0
