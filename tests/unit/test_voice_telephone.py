"""G.711 against its tables and another program; the band against tones."""

from __future__ import annotations

import hashlib
import itertools
import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.dsp.voice.g711 import Codec, decode, encode
from readiness.dsp.voice.telephone import as_customer_hears, at_line_rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

ALL = np.arange(-32768, 32768).astype(np.int16)
CHARACTERS = np.arange(256).astype(np.uint8)

ENCODED = {
    Codec.A_LAW: "38488f6fd710f4686360edc4d38639f96c491595ef93f8eb8d62d5e07ca6ce7b",
    Codec.MU_LAW: "90c29de505fb68e766118303bd552a16005dcf810873698bee1d8f3b247ce28c",
}
"""SHA-256 of what ``alaw_compress`` and ``ulaw_compress`` of the ITU-T Software Tool Library make
of all 65536 samples. For A-law ``audioop`` of Python 3.11 gives the same; for mu-law it differs on
508 decision values."""

DECODED = {
    Codec.A_LAW: "e04788d110e58ff8c70c93b8480190d973e3b67876b6119abbaec766cc75c174",
    Codec.MU_LAW: "3dab54339e520bb2c924826e3b72a917a2b612e9fd12fc867500f1d983a75827",
}
"""SHA-256 of what ``alaw_expand`` and ``ulaw_expand``, and ``audioop``, make of all characters: 16
bits, little-endian."""

A_LAW_ENDS = (0, 64, 128, 256, 512, 1024, 2048, 4096)
"""G.711, table 1a: where its segments end; the first has 32 intervals, the others 16."""

MU_LAW_ENDS = (31, 95, 223, 479, 991, 2015, 4063, 8159)
"""G.711, table 2a: where its segments end; each has 16 intervals, the first begins with half."""


def _digest(values: NDArray[np.generic]) -> str:
    return hashlib.sha256(values.tobytes()).hexdigest()


def _mu_law_decisions() -> list[int]:
    """Decision values of table 2a, in its unit: 1, 3, 5 ... 31, 35, 39 ... 8159."""
    values = list(range(1, 32, 2))
    for low, high in itertools.pairwise(MU_LAW_ENDS):
        values += list(range(low + (high - low) // 16, high + 1, (high - low) // 16))
    return values


@pytest.mark.parametrize("codec", Codec)
def test_all_samples_become_what_the_reference_program_makes_of_them(codec: Codec) -> None:
    assert _digest(encode(ALL, codec)) == ENCODED[codec]


@pytest.mark.parametrize("codec", Codec)
def test_all_characters_become_what_other_programs_make_of_them(codec: Codec) -> None:
    assert _digest(decode(CHARACTERS, codec).astype("<i2")) == DECODED[codec]


def test_a_law_decides_where_table_1a_does() -> None:
    """Its unit is 8 of 16 bits. Characters count up from 1 0000000, even bits inverted (0x55)."""
    decisions = list(range(0, 64, 2))
    for low, high in itertools.pairwise(A_LAW_ENDS[1:]):
        decisions += list(range(low, high, (high - low) // 16))
    for number, value in enumerate(decisions):
        character = (0x80 + number) ^ 0x55
        assert encode(np.array([8 * value], np.int16), Codec.A_LAW)[0] == character
        if value:
            before = encode(np.array([8 * value - 1], np.int16), Codec.A_LAW)[0]
            assert before == (0x80 + number - 1) ^ 0x55


def test_mu_law_decides_where_table_2a_does() -> None:
    """Its unit is 4 of 16 bits. Characters count down from 1 1111111."""
    for number, value in enumerate(_mu_law_decisions()[:-1], start=1):
        above = encode(np.array([4 * value + 1, 4 * value - 1], np.int16), Codec.MU_LAW)
        below = encode(np.array([-4 * value - 1, -4 * value + 1], np.int16), Codec.MU_LAW)
        assert above.tolist() == [0xFF - number, 0xFF - number + 1]
        assert below.tolist() == [0x7F - number, 0x7F - number + 1]


@pytest.mark.parametrize(("codec", "loudest"), [(Codec.A_LAW, 8 * 4032), (Codec.MU_LAW, 4 * 8031)])
def test_the_loudest_values_are_those_of_the_tables(codec: Codec, loudest: int) -> None:
    """Tables 1a and 2a: y128 is 4032 of 4096, and 8031 of 8159."""
    assert decode(encode(ALL[[0, -1]], codec), codec).tolist() == [-loudest, loudest]


@pytest.mark.parametrize("codec", Codec)
def test_what_was_decoded_is_encoded_as_it_was(codec: Codec) -> None:
    """Only mu-law's negative zero becomes the positive one."""
    again = encode(decode(CHARACTERS, codec), codec)

    changed = CHARACTERS[again != CHARACTERS].tolist()
    assert changed == ([] if codec is Codec.A_LAW else [0x7F])


@pytest.mark.parametrize("codec", Codec)
def test_shapes_are_kept(codec: Codec) -> None:
    samples = np.zeros((3, 4), np.int16)

    assert decode(encode(samples, codec), codec).shape == (3, 4)


def _tone(hertz: float, rate: int, amplitude: float = 0.5) -> NDArray[np.float64]:
    return amplitude * np.sin(2 * np.pi * hertz * np.arange(rate) / rate)


def _gain_db(hertz: float, rate: int) -> float:
    """In the middle half of a second, where nothing begins or ends."""
    middle = slice(rate // 4, 3 * rate // 4)
    tone = _tone(hertz, rate)
    heard = as_customer_hears(tone, rate, Codec.A_LAW)
    return 20 * math.log10(float(np.std(heard[middle])) / float(np.std(tone[middle])) + 1e-9)


@pytest.mark.parametrize("rate", [8000, 11_025, 44_100, 47_999, 48_000, 192_000])
@pytest.mark.parametrize("hertz", [300, 1000, 3400])
def test_the_telephone_band_passes(rate: int, hertz: float) -> None:
    assert _gain_db(hertz, rate) == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize("rate", [8000, 44_100, 48_000])
@pytest.mark.parametrize("hertz", [50, 150, 3800])
def test_what_is_outside_does_not(rate: int, hertz: float) -> None:
    assert _gain_db(hertz, rate) < -60


def test_what_is_far_above_is_not_folded_into_the_band() -> None:
    assert _gain_db(7000, 48_000) < -60


@pytest.mark.parametrize("codec", Codec)
def test_a_tone_keeps_the_distance_to_its_quantising_noise(codec: Codec) -> None:
    """ITU-T G.712 asks for 33 dB or more at -10 dBm0, 13.1 dB below the loudest sine."""
    rate = 48_000
    tone = _tone(820, rate, 10 ** (-13.1 / 20))
    middle = slice(rate // 4, 3 * rate // 4)

    noise = (as_customer_hears(tone, rate, codec) - tone)[middle]

    assert 20 * math.log10(float(np.std(tone[middle])) / float(np.std(noise))) > 33


@pytest.mark.parametrize("size", [0, 1, 2, 999, 48_001])
def test_the_length_stays(size: int) -> None:
    heard = as_customer_hears(np.full(size, 0.1), 48_000, Codec.MU_LAW)

    assert heard.shape == (size,)
    assert heard.dtype == np.float32


def test_nothing_is_delayed() -> None:
    rate = 48_000
    voice = np.zeros(rate)
    voice[20_000:20_480] = _tone(1000, rate)[:480]

    heard = as_customer_hears(voice, rate, Codec.A_LAW)

    shift = int(np.argmax(np.correlate(heard, voice, "same"))) - rate // 2
    assert abs(shift) <= 1


def test_the_line_has_8000_samples_a_second() -> None:
    assert at_line_rate(np.zeros(96_000), 48_000).shape == (16_000,)


def test_silence_stays_silent() -> None:
    """A-law has no zero: its quietest value is 1 of 4096 (-72 dBFS); mu-law has one."""
    silence = np.zeros(48_000)

    assert not as_customer_hears(silence, 48_000, Codec.MU_LAW).any()
    assert np.abs(as_customer_hears(silence, 48_000, Codec.A_LAW)).max() < 2 / 4096


@pytest.mark.parametrize("gain", [10, 1e5])
def test_what_is_too_loud_is_cut_off_and_does_not_wrap(gain: float) -> None:
    tone = _tone(1000, 48_000)

    heard = as_customer_hears(gain * tone, 48_000, Codec.A_LAW)

    assert float(np.corrcoef(heard, tone)[0, 1]) > 0.9
    assert np.abs(heard).max() < 1.5


@pytest.mark.parametrize("bad", [np.nan, np.inf, 1e39])
def test_values_that_are_no_numbers_are_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="infinite"):
        as_customer_hears(np.array([0.1, bad]), 48_000, Codec.A_LAW)
