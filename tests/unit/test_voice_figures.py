"""Figures of the voice out of arrays: which stand, which do not, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.model.errors import CannotMeasure
from readiness.model.measurement import Failure, Measurement
from readiness.voice_figures import Found, Takes, figures, results
from readiness.voice_metrics import METRICS, RECORDINGS, VOICE_METHODS
from readiness.voice_reasons import TAKE_REASONS
from tests.fakes.audio import RATE, bursts, noise
from tests.fakes.world import NOON

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOM = noise(-60, 5)
READING = bursts(-26, 10) + noise(-60, 10, seed=2)
HANGOVER_DB = 10 * np.log10(0.6 / 0.8)
NEEDS_SILENCE = {"voice.level", "voice.noise", "voice.snr"}


def _takes(
    silence: NDArray[np.float32] = ROOM,
    reading: NDArray[np.float32] = READING,
    *,
    rate: int = RATE,
    bits: int | None = None,
) -> Takes:
    return Takes(silence=silence, reading=reading, rate=rate, bits=bits)


def _details(takes: Takes) -> dict[str, str]:
    told = figures(takes)
    return {name: one.detail for name, one in told.items() if isinstance(one, CannotMeasure)}


def _value(takes: Takes, metric: str) -> float:
    found = figures(takes)[metric]
    assert isinstance(found, Found)
    return found.value


def test_every_metric_is_told_or_refused() -> None:
    assert set(figures(_takes())) == {metric.id for metric in METRICS}
    assert set(figures(_takes(silence=ROOM[:10]))) == {metric.id for metric in METRICS}


def _nan(samples: NDArray[np.float32], value: float) -> NDArray[np.float32]:
    spoilt = samples.copy()
    spoilt[1000] = value
    return spoilt


@pytest.mark.parametrize(
    ("reading", "detail"),
    [
        (READING[:0], "too-short"),
        (READING[:1], "too-short"),
        (READING[:RATE], "too-short"),
        (_nan(READING, np.nan), "not-finite"),
        (_nan(READING, np.inf), "not-finite"),
        (_nan(READING, -np.inf), "not-finite"),
        (np.full_like(READING, np.nan), "not-finite"),
        (READING * 32768, "beyond-full-scale"),
        (np.full_like(READING, 3e38), "beyond-full-scale"),
        (READING * 0, "all-zero"),
        (READING * 0 + np.float32(0.1), "constant"),
    ],
)
def test_a_reading_that_is_no_sound_has_no_figure_at_all(
    reading: NDArray[np.float32], detail: str
) -> None:
    details = _details(_takes(reading=reading))

    assert details == {metric.id: detail for metric in METRICS}


@pytest.mark.parametrize(
    ("silence", "detail"),
    [
        (ROOM[:0], "too-short"),
        (ROOM[: RATE // 2], "too-short"),
        (_nan(ROOM, np.nan), "not-finite"),
        (ROOM * 1e6, "beyond-full-scale"),
        (ROOM * 0, "gated-silence"),
        (ROOM * 0 + np.float32(0.1), "gated-silence"),
        (READING, "not-silent"),
    ],
)
def test_without_a_silence_nothing_is_said_that_rests_on_one(
    silence: NDArray[np.float32], detail: str
) -> None:
    details = _details(_takes(silence=silence))

    assert {details[name] for name in NEEDS_SILENCE} == {detail}
    assert "voice.clipping" not in details


@pytest.mark.parametrize("level", [-100.0, -140.0])
def test_a_voice_below_what_p56_can_tell_is_refused(level: float) -> None:
    """The lowest of its thresholds is one half to the power of 15: -90 dBov."""
    gain = np.float32(10 ** ((level + 26) / 20))

    details = _details(_takes(ROOM * gain, READING * gain))

    assert details["voice.level"] == "too-quiet"
    assert details["voice.snr"] == "too-quiet"


def test_full_scale_is_measured() -> None:
    """A sine of full scale has -3.01 dBov; P.56 adds 0.2 s to each burst of 0.6 s."""
    loud = bursts(-3.02, 10) + noise(-90, 10, seed=2)

    assert _value(_takes(noise(-90, 5), loud), "voice.level") == pytest.approx(
        -3.0 + HANGOVER_DB, abs=0.4
    )


@pytest.mark.parametrize("offset", [0.01, 0.2, -0.2])
def test_a_constant_part_changes_no_level(offset: float) -> None:
    shifted = _takes(ROOM + np.float32(offset), READING + np.float32(offset))

    for metric in NEEDS_SILENCE:
        assert _value(shifted, metric) == pytest.approx(_value(_takes(), metric), abs=0.05)


def test_a_constant_part_does_not_hide_somebody_who_spoke_in_the_silence() -> None:
    assert (
        _details(_takes(READING + np.float32(0.3), READING + np.float32(0.3)))["voice.snr"]
        == "not-silent"
    )


@pytest.mark.parametrize("rate", [8_000, 11_025, 44_100, 96_000, 192_000])
def test_a_level_does_not_depend_on_the_rate(rate: int) -> None:
    """The same 220 Hz bursts and the same noise power at every rate."""
    time = np.arange(6 * rate) / rate
    dice = np.random.default_rng(5)
    tone = np.where(time % 1.4 < 0.6, np.sqrt(2) * 0.05 * np.sin(2 * np.pi * 220 * time), 0)
    reading = (tone + 0.001 * dice.standard_normal(time.size)).astype(np.float32)
    silence = (0.001 * dice.standard_normal(3 * rate)).astype(np.float32)

    takes = _takes(silence, reading, rate=rate)

    assert _value(takes, "voice.noise") == pytest.approx(-60, abs=0.2)
    assert _value(takes, "voice.level") == pytest.approx(-26 + HANGOVER_DB, abs=0.4)


def test_eight_bits_are_blamed_rather_than_a_gate_or_a_loss() -> None:
    coarse = np.round(READING * 128).astype(np.float32) / 128

    assert _details(_takes(ROOM * 0, coarse, bits=8))["voice.snr"] == "eight-bit"
    assert _details(_takes(noise(-40, 5), coarse, bits=8))["voice.snr"] == "eight-bit"
    assert _details(_takes(noise(-40, 5), coarse, bits=16))["voice.snr"] == "interrupted"


def test_results_carry_method_time_and_unit() -> None:
    made = list(results(figures(_takes()), method=RECORDINGS, at=NOON))

    assert [one.metric for one in made] == [metric.id for metric in METRICS]
    units = {metric.id: metric.unit for metric in METRICS}
    for one in made:
        assert one.at == NOON
        if isinstance(one, Measurement):
            assert one.unit == units[one.metric]
            assert one.evidence.method in VOICE_METHODS


def test_a_failure_keeps_its_facts() -> None:
    broken = READING.copy()
    broken[RATE : RATE + RATE // 10] = 0

    made = list(results(figures(_takes(reading=broken)), method=RECORDINGS, at=NOON))

    level = next(one for one in made if one.metric == "voice.level")
    assert isinstance(level, Failure)
    assert (level.detail, level.summary) == ("interrupted", {"longest_ms": 100})
    assert TAKE_REASONS[level.detail].remedy
