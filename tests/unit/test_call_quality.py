"""The E-model against published numbers, and how a stream is rated with it.

Published: J. Rozhon, M. Voznak, VSB-TUO course 440-2216, lecture 05 (on G.107 06/2015); the
table of G.109 as quoted in Mitel's MX-ONE guide.
"""

from __future__ import annotations

import pytest

from readiness.dsp.call_quality import burst_ratio, connection, error_band, estimate
from readiness.dsp.call_stream import analyse
from readiness.dsp.codec import CODECS, G711_PLC
from readiness.dsp.e_model import Connection, effective_equipment, mos_of, rate
from tests.fakes.streams import made_stream

R, MOS = 0.1, 0.01
G729 = CODECS["g729a-vad"]


def test_row_1_the_defaults() -> None:
    found = rate(Connection())

    assert found.ro == pytest.approx(94.77, abs=0.01)
    assert found.simultaneous == pytest.approx(1.41, abs=0.01)
    assert found.delay == pytest.approx(0.15, abs=0.01)
    assert found.r == pytest.approx(93.2, abs=R)
    assert found.mos == pytest.approx(4.41, abs=MOS)


@pytest.mark.parametrize(("r", "mos"), [(90, 4.34), (80, 4.03), (70, 3.60), (60, 3.10), (50, 2.58)])
def test_row_2_from_r_to_mos(r: float, mos: float) -> None:
    assert mos_of(r) == pytest.approx(mos, abs=MOS)


def test_row_3_delay_with_echo() -> None:
    found = rate(connection(delay_ms=150, loss=0, codec=G711_PLC))

    assert found.delay == pytest.approx(3.8, abs=R)


@pytest.mark.parametrize(
    ("codec", "equipment", "r", "mos"), [(G729, 19.0, 70.5, 3.62), (G711_PLC, 7.0, 82.5, 4.12)]
)
def test_rows_4_and_5_two_percent_at_150_ms(
    codec: object, equipment: float, r: float, mos: float
) -> None:
    found = rate(connection(delay_ms=150, loss=2, codec=codec))  # type: ignore[arg-type]  # a case

    assert found.equipment == pytest.approx(equipment, abs=R)
    assert found.r == pytest.approx(r, abs=R)
    assert found.mos == pytest.approx(mos, abs=MOS)


@pytest.mark.parametrize(
    ("name", "loss", "burst", "published"),
    [
        ("g729a-vad", 8, 1, 35.9),
        ("g729a-vad", 16, 1, 49.4),
        ("gsm-efr", 5, 1, 35.0),
        ("g711-plc", 10, 1, 27.1),
        ("g711", 1, 1, 17.9),
        ("g711", 2, 2, 35.8),
        ("g711", 2, 1, 30.2),
        ("g711-plc", 2, 2, 7.3),
        ("g711-plc", 2, 1, 7.0),
    ],
)
def test_rows_6_to_8_lost_packets(name: str, loss: float, burst: float, published: float) -> None:
    line = connection(delay_ms=0, loss=loss, burst=burst, codec=CODECS[name])

    assert effective_equipment(line) == pytest.approx(published, abs=R)


@pytest.mark.parametrize("r", [-40.0, 0.0, 3.0, 6.4])
def test_row_9_where_the_curve_turns_it_is_one(r: float) -> None:
    assert mos_of(r) == 1.0


def test_the_scale_ends_at_four_and_a_half() -> None:
    assert mos_of(100) == mos_of(140) == 4.5


def test_the_curve_never_goes_down() -> None:
    values = [mos_of(r / 10) for r in range(-100, 1100)]

    assert values == sorted(values)


def test_no_codec_has_a_value_that_g113_does_not_publish() -> None:
    assert not [name for name in CODECS if "opus" in name]
    assert all("G.113" in codec.source for codec in CODECS.values())


def test_loss_is_not_rated_where_no_robustness_is_published() -> None:
    with pytest.raises(ValueError, match="robustness"):
        connection(delay_ms=20, loss=1, codec=CODECS["g728"])


def test_the_burst_ratio_of_gilberts_channel() -> None:
    """P = 0.01, q = 0.49: runs of 1 / q packets, loss 2 %; BurstR = 1 / (p + q) = 2."""
    assert burst_ratio(runs=49, count=100, carried=5000) == pytest.approx(2.0, abs=0.001)


@pytest.mark.parametrize(("runs", "count", "carried"), [(0, 0, 750), (1, 750, 750), (3, 3, 750)])
def test_the_burst_ratio_of_nothing_all_and_single_packets_is_one(
    runs: int, count: int, carried: int
) -> None:
    assert burst_ratio(runs, count, carried) == 1.0


def test_a_stream_is_rated_with_half_its_round_trip_a_packet_and_the_buffer() -> None:
    """40 ms there and back: 20 + 20 + 60 = 100 ms from mouth to ear."""
    found = estimate(analyse(made_stream(750, up_ms=20, down_ms=20)))

    assert found is not None
    assert found.delay_ms == pytest.approx(100)
    assert found.loss == 0
    assert found.rating.r == pytest.approx(rate(Connection(t=100, ta=100, tr=200)).r)


def test_the_worse_direction_is_rated() -> None:
    lost = frozenset(range(0, 750, 50))
    found = estimate(analyse(made_stream(750, lost_down=lost)))

    assert found is not None
    assert found.direction == "down"
    assert found.loss == pytest.approx(2.0)


def test_late_packets_count_as_lost() -> None:
    late = dict.fromkeys(range(0, 750, 75), 100.0)
    found = estimate(analyse(made_stream(750, extra_up=late)))

    assert found is not None
    assert found.direction == "up"
    assert found.loss == pytest.approx(100 * 10 / 750)


def test_what_one_direction_does_not_tell_is_not_rated() -> None:
    assert estimate(analyse(made_stream(750, told=False))) is None


def test_the_band_is_what_the_ends_of_delay_and_loss_change() -> None:
    """By hand: G.711 with concealment, 150 ms, 2 % +- 1 %: MOS 3.96 to 4.24; delay +- 0."""
    middle, low, high = (
        rate(connection(delay_ms=150, loss=loss, codec=G711_PLC)).mos for loss in (2, 3, 1)
    )
    band = error_band(middle, G711_PLC, delay=(150, 0), loss=(2, 1), burst=1)

    assert band == pytest.approx(max(middle - low, high - middle))
    assert band > 0.1
