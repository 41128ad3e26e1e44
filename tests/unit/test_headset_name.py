"""Names in reports tell the product and nobody's name, number or address."""

from __future__ import annotations

import pytest

from readiness.audio_name import clean_name, product_name


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Jabra Link 370 Mono", "Jabra Link 370 Mono"),
        ("Poly Blackwire 3320 Series", "Poly Blackwire 3320 Series"),
        ("Logitech PRO X 2 LIGHTSPEED", "Logitech PRO X 2 LIGHTSPEED"),
        ("Anna's AirPods Pro", "AirPods Pro"),
        ("Anna\u2019s AirPods Pro", "AirPods Pro"),
        ("AirPods Pro von Anna", "AirPods Pro"),
        ("AirPods de Ana Mar\u00eda", "AirPods"),
        ("Headset (Anna's Buds)", "Headset (Buds)"),
        ("Headset 70:BF:92:01:02:03", "Headset"),
        ("Plantronics Blackwire 3220 Series 1F2E3D4C5B6A7988", "Plantronics Blackwire 3220 Series"),
        (
            "Headset (@System32\\drivers\\bthhfenum.sys,#2;%1 Hands-Free%0\r\n;(Jabra Talk 25))",
            "Headset (Jabra Talk 25)",
        ),
        ("Micr\u00f3fono de Jabra Link 370", "Micr\u00f3fono de Jabra Link 370"),
        ("   ", ""),
    ],
)
def test_a_name_keeps_the_product_only(told: str, expected: str) -> None:
    assert clean_name(told) == expected


def test_a_name_is_never_longer_than_120_characters() -> None:
    assert len(clean_name("Headset " * 100)) <= 120


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        ("Jabra Evolve 20 SE Mono", "Jabra Evolve 20 SE Mono"),
        ("Headset (Poly Blackwire 3320 Series)", "Headset Poly Blackwire 3320 Series"),
        (
            "Mikrofonarray (Realtek High Definition Audio)",
            "Mikrofonarray Realtek High Definition Audio",
        ),
        ("Aurelia Winterbourne", ""),
        ("Aurelia 1987", ""),
        ("Winterbourne Jabra Headset", "Jabra Headset"),
        ("AURELIA-SCHREIBTISCH Headset", "Headset"),
    ],
)
def test_a_report_names_only_words_that_many_devices_share(told: str, expected: str) -> None:
    assert product_name(told) == expected
