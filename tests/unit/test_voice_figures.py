"""Figures of the voice out of arrays: which stand, which do not, and why."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.dsp.voice.echo import Echo
from readiness.dsp.voice.soundness import Flaw
from readiness.model.errors import CannotMeasure
from readiness.model.measurement import Failure, Measurement
from readiness.probes.microphone import PROBE as MICROPHONE
from readiness.voice_figures import Found, Takes, echo_below, figures, results
from readiness.voice_metrics import METRICS, RECORDINGS, VOICE_METHODS
from tests.fakes.audio import RATE, bursts, noise
from tests.fakes.world import NOON

if TYPE_CHECKING:
    from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2] / "readiness"
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
    ],
)
def test_a_reading_that_is_no_sound_has_no_figure_at_all(
    reading: NDArray[np.float32], detail: str
) -> None:
    details = _details(_takes(reading=reading))

    assert details == {metric.id: detail for metric in METRICS}


def test_of_a_reading_that_is_constant_only_the_offset_is_told() -> None:
    takes = _takes(reading=READING * 0 + np.float32(0.1))

    assert _value(takes, "voice.dc_offset") == pytest.approx(10)
    assert _details(takes) == {
        metric.id: "constant" for metric in METRICS if metric.id != "voice.dc_offset"
    }


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
    coarse = (np.round(READING * 128) / 128).astype(np.float32)

    assert _details(_takes(ROOM * 0, coarse, bits=8))["voice.snr"] == "eight-bit"
    assert _details(_takes(noise(-40, 5), coarse, bits=8))["voice.snr"] == "eight-bit"
    assert _details(_takes(noise(-40, 5), coarse, bits=16))["voice.snr"] == "interrupted"


@pytest.mark.parametrize(("mains", "level"), [(50, -50), (60, -40)])
def test_hum_is_told_in_proportion_to_the_voice(mains: int, level: float) -> None:
    """A sine of that level in the silence; the voice's level is what the take itself says."""
    time = np.arange(ROOM.size) / RATE
    sine = (np.sqrt(2) * 10 ** (level / 20) * np.sin(2 * np.pi * mains * time)).astype(np.float32)
    takes = _takes(silence=ROOM + sine)

    found = figures(takes)["voice.hum"]

    assert isinstance(found, Found)
    assert found.summary["mains_hz"] == mains
    assert found.value == pytest.approx(_value(takes, "voice.level") - level, abs=0.5)


def test_a_band_that_a_filter_ends_is_told_with_its_class() -> None:
    """A telephone's low-pass at 3.4 kHz, 60 dB deep, in a recording of 16 kHz."""
    from scipy.signal import firwin, lfilter

    taps = firwin(801, 3400, fs=RATE, window=("kaiser", 8))
    silence, reading = (
        lfilter(taps, [1.0], part).astype(np.float32) for part in (ROOM, READING + noise(-40, 10))
    )

    found = figures(_takes(silence, reading))["voice.bandwidth"]

    assert isinstance(found, Found)
    assert found.value == pytest.approx(3.4, abs=0.3)
    assert found.summary["band"] == "narrow"
    assert found.summary["codec_wall"] is True


def test_a_band_without_an_end_says_that_none_was_found() -> None:
    found = figures(_takes())["voice.bandwidth"]

    assert isinstance(found, Found)
    assert found.value == RATE / 2000
    assert found.summary["no_end_found"] is True


def test_hum_that_was_not_found_may_lie_anywhere_below_what_would_have_been() -> None:
    found = figures(_takes())["voice.hum"]

    assert isinstance(found, Found)
    assert found.summary["hum_found"] is False
    assert found.half_width is not None
    quietest = _value(_takes(), "voice.level") + 120
    assert found.value + found.half_width == pytest.approx(quietest, abs=0.1)
    assert found.value - found.half_width > 34


def test_a_silence_of_a_second_is_too_short_for_hum_alone() -> None:
    assert _details(_takes(silence=ROOM[: RATE + 1]))["voice.hum"] == "too-short"
    assert "voice.snr" not in _details(_takes(silence=ROOM[: RATE + 1]))


@pytest.mark.parametrize("offset", [0.0, 0.02, -0.05])
def test_a_constant_part_is_told_in_percent_of_full_scale(offset: float) -> None:
    shifted = _takes(reading=READING + np.float32(offset))

    assert _value(shifted, "voice.dc_offset") == pytest.approx(100 * abs(offset), abs=0.01)


def test_interruptions_are_counted_with_their_times() -> None:
    broken = READING.copy()
    for second in (2, 4, 7):
        broken[second * RATE : second * RATE + RATE // 50] = 0

    found = figures(_takes(reading=broken))["voice.dropouts"]

    assert isinstance(found, Found)
    assert found.value == 3
    assert found.summary["longest_ms"] == 20
    assert str(found.summary["dropouts_at"]).startswith("2.00 s: 20 ms, 4.00 s: 20 ms")


def test_a_whole_reading_has_no_interruption() -> None:
    assert _value(_takes(), "voice.dropouts") == 0


def test_many_interruptions_do_not_fill_the_report() -> None:
    broken = READING.copy()
    for second in np.arange(1, 9, 0.25):
        broken[round(second * RATE) : round(second * RATE) + RATE // 100] = 0

    found = figures(_takes(reading=broken))["voice.dropouts"]

    assert isinstance(found, Found)
    assert found.value > 20
    assert len(str(found.summary["dropouts_at"])) < 200


@pytest.mark.parametrize("metric", ["voice.dropouts", "voice.clipping"])
def test_no_fault_is_not_claimed_where_none_could_be_seen(metric: str) -> None:
    takes = Takes(silence=ROOM, reading=READING, rate=RATE, lossy=True)

    assert _details(takes)[metric] == "lossy-recording"


@pytest.mark.parametrize(("right", "expected"), [(1.0, 0.0), (0.5, 6.02), (2.0, -6.02)])
def test_balance_is_left_over_right(right: float, expected: float) -> None:
    both = np.stack([READING, READING * np.float32(right)], axis=1)
    takes = Takes(silence=ROOM, reading=READING, rate=RATE, both=both)

    assert _value(takes, "voice.balance") == pytest.approx(expected, abs=0.01)


def test_of_one_channel_there_is_no_balance() -> None:
    assert _details(_takes()) == {"voice.balance": "one-channel"}


def test_a_dead_channel_is_named() -> None:
    both = np.stack([READING * 0, READING], axis=1)
    found = figures(Takes(silence=ROOM, reading=READING, rate=RATE, both=both))["voice.balance"]

    assert isinstance(found, CannotMeasure)
    assert (found.detail, found.summary) == ("dead-channel", {"dead_channel": "left"})


LEVEL = Found(value=-20.0, half_width=0.3)


def _echo(loss: float | None, *, at_least: float = 50.0) -> Echo:
    return Echo(
        loss_db=loss,
        half_width_db=0.0 if loss is None else 0.4,
        delay_ms=None if loss is None else 100.0,
        peak_to_background=30.0,
        at_least_db=at_least,
    )


def test_an_echo_is_compared_with_a_customer_at_the_nominal_level() -> None:
    """The customer at -26 dBov comes back at -26 - 40 = -66, that is 46 dB below a voice of -20."""
    found = echo_below(LEVEL, _echo(40.0, at_least=39.6))

    assert found.value == pytest.approx(46.0)
    assert found.half_width == pytest.approx(0.5)


def test_of_two_ears_the_louder_echo_counts() -> None:
    found = echo_below(LEVEL, _echo(60.0, at_least=59.6), _echo(30.0, at_least=29.6))

    assert found.value == pytest.approx(36.0)


def test_an_echo_that_was_not_found_may_lie_anywhere_below_what_would_have_been() -> None:
    """From 50 to 80 dB of loss, that is 56 to 86 dB below the voice."""
    found = echo_below(LEVEL, _echo(None, at_least=50.0))

    assert found.half_width is not None
    assert found.value - found.half_width == pytest.approx(56, abs=0.02)
    assert found.value + found.half_width == pytest.approx(86, abs=0.02)


def test_every_reason_has_words() -> None:
    """The sources are read: a detail that is given on one bad day only must have words as well."""
    sources = ("voice_figures.py", "voice_values.py", "recorded_voice.py")
    details = {
        found
        for name in sources
        for found in re.findall(r'"([a-z]+(?:-[a-z]+)+)"', (ROOT / name).read_text("utf-8"))
    }

    words = set(MICROPHONE.reasons)
    assert details - {"recordings-differ"} <= words
    assert {flaw.value for flaw in Flaw} <= words


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
    assert MICROPHONE.reasons[level.detail].remedy
