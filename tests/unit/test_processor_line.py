"""Names of processors, as systems tell them, against what their makers sell them as."""

from __future__ import annotations

import pytest

from readiness.processor_line import LABELS, processor_line


@pytest.mark.parametrize(
    ("model", "line", "series"),
    [
        ("Intel(R) Core(TM) i5-7200U CPU @ 2.50GHz", "core-i5", 7200),
        ("Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz", "core-i5", 8250),
        ("Intel(R) Core(TM) i5-10210U CPU @ 1.60GHz", "core-i5", 10210),
        ("Intel(R) Core(TM) i5-1035G1 CPU @ 1.00GHz", "core-i5", 10035),
        ("11th Gen Intel(R) Core(TM) i7-1165G7 @ 2.80GHz", "core-i7", 11065),
        ("12th Gen Intel(R) Core(TM) i5-1235U", "core-i5", 12035),
        ("13th Gen Intel(R) Core(TM) i9-13900K", "core-i9", 13900),
        ("Intel(R) Core(TM) i9-14900KS", "core-i9", 14900),
        ("Intel(R) Core(TM) i7-1060NG7 CPU @ 1.20GHz", "core-i7", 10060),
        ("Intel(R) Core(TM) i5-7Y54 CPU @ 1.20GHz", "core-i5", 7054),
        ("Intel(R) Core(TM) i3-2310M CPU @ 2.10GHz", "core-i3", 2310),
        ("Intel(R) Core(TM) i5 CPU       M 520  @ 2.40GHz", "core-i5", 1520),
        ("Intel(R) Core(TM) i5 CPU         650  @ 3.20GHz", "core-i5", 1650),
        ("Intel(R) Core(TM) i7 CPU       Q 720  @ 1.60GHz", "core-i7", 1720),
        ("Intel(R) Core(TM) Ultra 7 155H", "core-ultra-7", 155),
        ("Intel(R) Core(TM) Ultra 5 225U", "core-ultra-5", 225),
        ("Intel(R) Core(TM) Ultra X7 358H", "core-ultra-x7", 358),
        ("Intel(R) Core(TM) 5 120U", "core-5", 120),
        ("AMD Ryzen 5 3600 6-Core Processor", "ryzen-5", 3600),
        ("AMD Ryzen 3 2200G with Radeon Vega Graphics", "ryzen-3", 2200),
        ("AMD Ryzen 5 PRO 4650U with Radeon Graphics", "ryzen-5", 4650),
        ("AMD Ryzen 9 7950X3D 16-Core Processor", "ryzen-9", 7950),
        ("AMD Ryzen AI 9 HX 370 w/ Radeon 890M", "ryzen-ai", 370),
        ("AMD RYZEN AI MAX+ 395 w/ Radeon 8060S", "ryzen-ai", 395),
        ("Apple M1 Pro", "apple-m", 1),
        ("Apple M2", "apple-m", 2),
    ],
)
def test_line_and_series_follow_the_makers_naming(model: str, line: str, series: int) -> None:
    place = processor_line(model)

    assert place is not None
    assert (place.line, place.series) == (line, series)


@pytest.mark.parametrize(
    ("model", "line"),
    [
        ("Intel(R) Core(TM) i3-N305", "core-i3"),
        ("Intel(R) Core(TM) i5-L16G7 CPU @ 1.40GHz", "core-i5"),
        ("Intel(R) Core(TM) i5-20500", "core-i5"),
        ("Intel(R) Core(TM) i5-15400", "core-i5"),
        ("Intel(R) Core(TM) 3 N355", "core-3"),
        ("Intel(R) Core(TM) m3-7Y30 CPU @ 1.00GHz", "core-m"),
        ("Intel(R) Core(TM)2 Duo CPU     E8400  @ 3.00GHz", "core-2"),
        ("Intel(R) Celeron(R) N4020 CPU @ 1.10GHz", "celeron"),
        ("Intel(R) Celeron(R) CPU  N2840  @ 2.16GHz", "celeron"),
        ("Intel(R) Pentium(R) Silver N5030 CPU @ 1.10GHz", "pentium"),
        ("Intel(R) Atom(TM) x5-Z8350  CPU @ 1.44GHz", "atom"),
        ("Intel(R) N100", "intel-n"),
        ("Intel(R) Processor U300", "intel-u"),
        ("Intel(R) Xeon(R) CPU E5-2670 v2 @ 2.50GHz", "xeon"),
        ("AMD Ryzen 5 220 w/ Radeon 740M Graphics", "ryzen-5"),
        ("AMD Ryzen 5 10600 6-Core Processor", "ryzen-5"),
        ("AMD Ryzen Threadripper 1950X 16-Core Processor", "threadripper"),
        ("AMD Athlon(tm) II X2 250 Processor", "athlon"),
        ("AMD A10-9700 RADEON R7, 10 COMPUTE CORES 4C+6G", "a-series"),
        ("AMD E-450 APU with Radeon(tm) HD Graphics", "amd-e"),
        ("AMD FX(tm)-8350 Eight-Core Processor", "fx"),
        ("AMD EPYC 7R13 Processor", "epyc"),
        ("Snapdragon(R) X Elite - X1E78100 - Qualcomm(R) Oryon(TM) CPU", "snapdragon"),
    ],
)
def test_a_line_may_be_known_where_the_place_in_it_cannot_be_ordered(model: str, line: str) -> None:
    place = processor_line(model)

    assert place is not None
    assert (place.line, place.series) == (line, None)


@pytest.mark.parametrize(
    "model",
    [
        "Intel(R) Core(TM) Hyper 5 940Z",
        "Intel(R) Core(TM) i6-9000",
        "Genuine Intel(R) CPU 0000 @ 2.00GHz",
        "AMD Ryzen 11 9999",
        "AMD Ryzen Z1 Extreme",
        "VirtualApple @ 2.50GHz processor",
        "QEMU Virtual CPU version 2.5+",
        "Common KVM processor",
        "",
    ],
)
def test_a_name_that_no_rule_knows_has_no_line(model: str) -> None:
    assert processor_line(model) is None


def test_a_newer_generation_never_ranks_below_an_older_one() -> None:
    by_year = [
        "Intel(R) Core(TM) i5 CPU         650  @ 3.20GHz",
        "Intel(R) Core(TM) i5-2520M CPU @ 2.50GHz",
        "Intel(R) Core(TM) i5-7200U CPU @ 2.50GHz",
        "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz",
        "Intel(R) Core(TM) i5-1035G1 CPU @ 1.00GHz",
        "11th Gen Intel(R) Core(TM) i5-1135G7 @ 2.40GHz",
        "12th Gen Intel(R) Core(TM) i5-1235U",
        "13th Gen Intel(R) Core(TM) i5-1335U",
    ]
    places = [processor_line(model) for model in by_year]
    series = [place.series for place in places if place and place.series]

    assert len(series) == len(by_year)
    assert series == sorted(series)


def test_every_label_is_a_product_name() -> None:
    assert all(LABELS.values())
