"""Telephone keys: what ITU-T Q.24 has a receiver accept and reject, and what a room does."""

from __future__ import annotations

import numpy as np
import pytest

from readiness.dsp.phone.dtmf import DtmfDecoder, decode
from tests.fakes.telephone import (
    Presses,
    cadenced,
    chord,
    in_room,
    keys,
    room,
    telephone_band,
    tone,
    white,
    with_noise,
)

RATE = 8000
ALL = "123A456B789C*0#D"
QUICK = Presses(on=0.05, off=0.05)


def heard(sound: np.ndarray, rate: int = RATE) -> str:
    return "".join(digit.symbol for digit in decode(sound, rate))


@pytest.mark.parametrize("rate", [8000, 11_025, 15_999, 16_000, 22_050, 44_100, 48_000, 192_000])
def test_every_key_is_heard_at_any_rate(rate: int) -> None:
    assert heard(keys(ALL, rate, QUICK)[0], rate) == ALL


@pytest.mark.parametrize("rate", [0, 7999, 192_001])
def test_another_rate_is_refused(rate: int) -> None:
    with pytest.raises(ValueError, match="between 8000 and 192000"):
        DtmfDecoder(rate)


@pytest.mark.parametrize("size", [1, 7, 160, 4801])
def test_the_blocks_in_which_sound_comes_make_no_difference(size: int) -> None:
    sound = with_noise(keys("1590", 16_000, QUICK)[0], white(40_000, seed=3), 15)
    decoder = DtmfDecoder(16_000)

    digits = [
        digit
        for start in range(0, sound.size, size)
        for digit in decoder.feed(sound[start : start + size])
    ]

    assert (*digits, *decoder.finish()) == decode(sound, 16_000)
    assert "".join(digit.symbol for digit in digits) == "1590"


def test_a_digit_comes_out_soon_after_its_key_is_released() -> None:
    sound, (at,) = keys("7", RATE, Presses(on=0.2, lead=0.5))
    decoder = DtmfDecoder(RATE)

    ended = next(
        end / RATE
        for end in range(80, sound.size, 80)
        if decoder.feed(sound[end - 80 : end].astype(np.float32))
    )

    assert at + 0.2 < ended < at + 0.2 + 0.06


def test_a_digit_has_its_time_its_twist_and_its_deviation() -> None:
    how = Presses(on=0.12, twist_db=-4, low_percent=1.0, high_percent=-0.5)
    sound, times = keys("28", 48_000, how)

    digits = decode(sound, 48_000)

    assert [digit.at_s for digit in digits] == pytest.approx(times, abs=0.006)
    assert [digit.seconds for digit in digits] == pytest.approx([0.12, 0.12], abs=0.012)
    assert [digit.twist_db for digit in digits] == pytest.approx([-4, -4], abs=0.2)
    for digit in digits:
        assert digit.off_percent == pytest.approx((1.0, -0.5), abs=0.05)


@pytest.mark.parametrize(("milliseconds", "expected"), [(40, "159"), (23, "")])
def test_40_ms_are_a_key_and_23_ms_are_none(milliseconds: int, expected: str) -> None:
    """Q.24 table A-1: signals of 40 ms are received, those below 20 to 24 ms are not."""
    how = Presses(on=milliseconds / 1000, off=0.08)

    assert heard(keys("159", RATE, how)[0]) == expected


def test_a_pause_of_40_ms_parts_two_keys() -> None:
    assert heard(keys("5555", RATE, Presses(on=0.04, off=0.04))[0]) == "5555"


def test_an_interruption_of_10_ms_does_not_part_a_key() -> None:
    sound, (at,) = keys("3", RATE, Presses(on=0.1))
    sound[round((at + 0.04) * RATE) : round((at + 0.05) * RATE)] = 0

    assert heard(sound) == "3"


@pytest.mark.parametrize("low", [-1.5, 1.5])
@pytest.mark.parametrize("high", [-1.5, 1.5])
def test_1_5_percent_off_is_accepted(low: float, high: float) -> None:
    how = Presses(on=0.05, off=0.05, low_percent=low, high_percent=high)

    assert heard(keys(ALL, RATE, how)[0]) == ALL


@pytest.mark.parametrize(("low", "high"), [(3.5, 0), (-3.5, 0), (0, 3.5), (0, -3.5)])
def test_3_5_percent_off_is_rejected(low: float, high: float) -> None:
    how = Presses(low_percent=low, high_percent=high)

    assert heard(keys(ALL, RATE, how)[0]) == ""


@pytest.mark.parametrize("twist", [-8, -6, 6, 8])
def test_levels_may_differ_by_the_8_db_of_q_24(twist: float) -> None:
    how = Presses(on=0.05, off=0.05, twist_db=twist)

    assert heard(keys(ALL, RATE, how)[0]) == ALL


@pytest.mark.parametrize("twist", [-6, 6])
@pytest.mark.parametrize("off", [-1.5, 1.5])
def test_everything_at_once_at_10_db(twist: float, off: float) -> None:
    how = Presses(on=0.05, off=0.05, twist_db=twist, low_percent=off, high_percent=off)
    sound = keys(ALL, RATE, how)[0]

    noisy = with_noise(sound, white(sound.size, seed=1), 10)

    assert heard(telephone_band(noisy, RATE)) == ALL


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("how", [QUICK, Presses()], ids=["50 ms", "100 ms"])
def test_keys_are_heard_in_a_reverberant_room(seed: int, how: Presses) -> None:
    """0.3 s reverberation time, the reverberant sound as loud as half of the direct sound."""
    response = room(RATE, direct_to_reverberant_db=3, seed=seed)

    assert heard(in_room(keys("1592260", RATE, how)[0], response)) == "1592260"


@pytest.mark.parametrize("hertz", [(350, 440), (425,)], ids=["North America", "Europe"])
def test_the_first_key_is_heard_while_the_dial_tone_still_sounds(hertz: tuple[int, ...]) -> None:
    sound, times = keys("4711", RATE, Presses(lead=1.0))
    until = round((times[0] + 0.09) * RATE)
    sound[:until] += 0.1 * chord(hertz, 2, RATE)[:until]

    assert heard(sound) == "4711"


@pytest.mark.parametrize("amplitude", [1e-3, 0.5, 100.0])
def test_the_level_does_not_matter(amplitude: float) -> None:
    assert heard(keys("123", RATE, Presses(amplitude=amplitude))[0]) == "123"


def test_an_overdriven_key_is_a_key() -> None:
    assert heard(np.clip(4 * keys("159D", 16_000)[0], -0.3, 0.3), 16_000) == "159D"


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0),
        np.ones(1),
        np.zeros(RATE),
        np.full(RATE, 0.5),
        np.full(RATE, np.nan),
        np.full(RATE, np.inf),
        np.full(RATE, 1e300),
        white(10 * RATE, seed=1),
        tone(697, 1, RATE),
        tone(1209, 1, RATE),
        chord((697, 770), 1, RATE),
        chord((1209, 1336), 1, RATE),
        chord((697, 1209, 1477), 1, RATE),
        chord((697, 852, 1336), 1, RATE),
        cadenced(chord((480, 620), 5, RATE), RATE, (0.5, 0.5)),
        cadenced(chord((950, 1400), 5, RATE), RATE, (0.3, 0.3)),
        chord((350, 440), 3, RATE),
        np.sign(tone(697, 2, RATE)),
    ],
    ids=[
        "nothing",
        "one sample",
        "silence",
        "constant",
        "not a number",
        "infinite",
        "absurd",
        "noise",
        "one low tone",
        "one high tone",
        "two rows",
        "two columns",
        "two columns of a row",
        "two rows of a column",
        "busy tone",
        "two other tones",
        "dial tone",
        "buzzer",
    ],
)
def test_what_is_no_key_is_none(sound: np.ndarray) -> None:
    assert heard(sound) == ""


@pytest.mark.parametrize("pitch", [120, 233, 302, 403])
def test_a_sung_vowel_with_harmonics_at_a_keys_tones_is_none(pitch: float) -> None:
    """3 and 4 times 302 Hz are 906 and 1208; 3 and 6 times 233 are 699 and 1398, and so on."""
    order = np.arange(1, int(3800 / pitch))
    formants = (
        sum(1 / (1 + ((order * pitch - at) / 90) ** 2) for at in (700, 1220, 2600)) + 0.05 / order
    )
    sung = sum(
        level * tone(number * pitch, 0.4, RATE, phase=float(number))
        for number, level in zip(order, formants, strict=True)
    )
    sound = np.concatenate([np.zeros(2000), 0.1 * np.asarray(sung), np.zeros(2000)])

    assert heard(sound) == ""


def test_nan_in_the_middle_costs_no_other_key() -> None:
    sound, times = keys("159", RATE)
    sound[round(times[1] * RATE) : round((times[1] + 0.1) * RATE)] = np.nan

    assert heard(sound) == "19"
