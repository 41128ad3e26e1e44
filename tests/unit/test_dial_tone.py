"""The dial tone: found in any country, and in nothing else."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.dsp.phone.call_tones import TABLE, CallTone, dial_tones, tones_like
from readiness.dsp.phone.dial_tone import DialToneListener, dial_tone
from tests.fakes.telephone import (
    Presses,
    cadenced,
    chord,
    in_room,
    keys,
    room,
    tone,
    white,
    with_noise,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATE = 8000
SECONDS = 8


def lifted(row: CallTone, rate: int = RATE) -> Signal:
    """A receiver that is lifted after half a second and held to the microphone."""
    sound = 0.05 * chord(row.hertz, SECONDS, rate)
    if row.cadence:
        sound = cadenced(sound, rate, row.cadence)
    return np.concatenate([np.zeros(rate // 2), sound])


def _name(row: CallTone) -> str:
    return f"{row.country} {'+'.join(f'{one:.0f}' for one in row.hertz)} {row.kind}".strip()


ASKED_FOR = {"US", "CA", "GB", "DE", "AT", "CH", "ES", "MX", "FR", "IT", "PL", "PH", "IN", "ZA"}

every_tone = pytest.mark.parametrize("row", dial_tones(), ids=_name)


@every_tone
def test_every_dial_tone_is_found_at_10_db_and_named(row: CallTone) -> None:
    sound = lifted(row)

    found = dial_tone(with_noise(sound, white(sound.size, seed=2), 10), RATE)

    assert found is not None
    assert row.country in found.countries
    assert found.hertz == pytest.approx(sorted(row.hertz), abs=0.5)
    assert found.cadence == row.cadence
    assert found.snr_db >= 10


@pytest.mark.parametrize("country", ["US", "DE", "IT", "GB", "IN"])
def test_a_room_does_not_hide_it(country: str) -> None:
    row = next(row for row in dial_tones() if row.country == country)
    response = room(RATE, direct_to_reverberant_db=3, seed=5)

    found = dial_tone(in_room(lifted(row), response), RATE)

    assert found is not None
    assert country in found.countries


@pytest.mark.parametrize("rate", [8000, 16_000, 44_100, 48_000, 192_000])
def test_any_rate_will_do(rate: int) -> None:
    found = dial_tone(lifted(dial_tones()[0], rate), rate)

    assert found is not None
    assert found.hertz == pytest.approx((420.0,), abs=0.2)


@pytest.mark.parametrize(
    ("hertz", "countries"),
    [
        ((350, 440), {"US", "CA", "GB", "KR", "TW"}),
        ((440,), {"FR"}),
        ((450,), {"CN"}),
        ((414,), {"IL"}),
        ((383, 417), {"ZA"}),
    ],
)
def test_it_is_named_after_its_countries(hertz: tuple[int, ...], countries: set[str]) -> None:
    found = dial_tone(0.1 * chord(hertz, 4, RATE), RATE)

    assert found is not None
    assert set(found.countries) == countries


def test_it_is_heard_as_soon_as_it_has_lasted_long_enough() -> None:
    sound = lifted(next(row for row in dial_tones() if row.country == "US"))
    listener = DialToneListener(RATE)

    heard_at = next(
        end / RATE
        for end in range(2000, sound.size, 2000)
        if listener.feed(sound[end - 2000 : end].astype(np.float32)) is not None
    )

    assert 3.0 <= heard_at <= 3.5


def _vowel(pitch: float, seconds: float) -> Signal:
    parts = [tone(pitch * n, seconds, RATE, phase=n) / n for n in range(1, 9)]
    together: Signal = np.sum(np.array(parts), axis=0)
    return together


def _melody() -> Signal:
    """Flute-like notes around 440 Hz, half a second each, with a second harmonic."""
    notes = (440, 392, 415, 440, 466, 440, 392, 349, 440, 415)
    return np.concatenate([tone(n, 0.5, RATE) + 0.1 * tone(2 * n, 0.5, RATE) for n in notes])


def _hum(mains: float) -> Signal:
    parts = [tone(mains * n, 6, RATE, phase=n) / n for n in range(1, 12)]
    together: Signal = np.sum(np.array(parts), axis=0)
    return together


def _struck() -> Signal:
    return tone(440, 6, RATE) * np.exp(-np.arange(6 * RATE) / RATE)


@pytest.mark.parametrize(
    "sound",
    [
        np.zeros(0),
        np.zeros(1),
        np.zeros(6 * RATE),
        np.full(6 * RATE, 0.3),
        np.full(6 * RATE, np.nan),
        white(6 * RATE, seed=1),
        cadenced(chord((480, 620), 8, RATE), RATE, (0.5, 0.5)),
        cadenced(chord((425,), 8, RATE), RATE, (0.5, 0.5)),
        cadenced(chord((425,), 8, RATE), RATE, (0.48, 0.48)),
        cadenced(chord((425,), 8, RATE), RATE, (0.25, 0.25)),
        cadenced(chord((425,), 8, RATE), RATE, (0.33, 0.33)),
        cadenced(chord((425,), 10, RATE), RATE, (1.0, 4.0)),
        cadenced(chord((440, 480), 10, RATE), RATE, (2.0, 4.0)),
        cadenced(chord((400, 450), 8, RATE), RATE, (0.4, 0.2, 0.4, 2.0)),
        keys("1234567890123456789012345", RATE, Presses(on=0.2, off=0.05))[0],
        tone(600, 6, RATE),
        tone(1004, 6, RATE),
        chord((480, 620), 6, RATE),
        _hum(50),
        _hum(60),
        _vowel(140, 6),
        _vowel(210, 6),
        _vowel(425, 6),
        _melody(),
        _struck(),
        tone(425, 2.0, RATE),
        with_noise(tone(425, 6, RATE), white(6 * RATE, seed=4), 3),
    ],
    ids=[
        "nothing",
        "one sample",
        "silence",
        "constant",
        "not a number",
        "noise",
        "busy in America",
        "busy in Switzerland",
        "busy in Germany",
        "congestion",
        "busy in Czechia",
        "ringing in Europe",
        "ringing in America",
        "ringing in Britain",
        "keys",
        "600 Hz",
        "1004 Hz",
        "busy tone without pauses",
        "hum of 50 Hz",
        "hum of 60 Hz",
        "a man's vowel",
        "a woman's vowel",
        "a soprano's vowel",
        "music",
        "a struck note",
        "too short",
        "3 dB above noise",
    ],
)
def test_what_is_no_dial_tone_is_none(sound: Signal) -> None:
    assert dial_tone(0.1 * sound, RATE) is None


def test_the_table_holds_the_countries_and_a_source_for_each_line() -> None:
    with TABLE.open("rb") as stream:
        sources = tomllib.load(stream)["sources"]
    countries = {row.country for row in dial_tones()}

    assert countries >= ASKED_FOR
    assert len(countries) >= 25
    assert {row.source for row in dial_tones()} == set(sources)


@every_tone
def test_a_row_of_the_table_can_be_heard(row: CallTone) -> None:
    """Its tones lie where they are looked for, and it is found again by its own values."""
    assert all(320 <= one <= 490 for one in row.hertz)
    assert len(row.cadence) in (0, 4)
    assert row in tones_like(row.hertz, row.cadence)


def test_frequencies_of_no_country_have_no_name() -> None:
    assert tones_like((600.0,)) == ()
    assert tones_like(()) == ()
