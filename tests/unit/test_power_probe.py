"""The power probe on recorded computers."""

from __future__ import annotations

import pytest

from tests.fakes.machine import FakeMachine, Found, recorded


@pytest.mark.parametrize(
    ("name", "source"),
    [
        ("windows-10-laptop-8-gb", "mains"),
        ("macos-m2", "battery"),
        ("windows-11-desktop-ryzen", "no-battery"),
    ],
)
def test_power_source(name: str, source: str) -> None:
    assert Found("power", recorded(name)).value("power_source") == source


def test_battery_level_is_told_in_per_cent() -> None:
    assert Found("power", recorded("macos-m2")).value("battery_level") == 54


def test_a_desktop_has_no_battery_level() -> None:
    found = Found("power", recorded("windows-11-desktop-ryzen"))

    assert found.failure("battery_level") == ("no-device", "no-battery")


@pytest.mark.parametrize("percent", [-1, 255, float("nan"), float("inf")])
def test_a_level_that_cannot_be_is_none(percent: float) -> None:
    facts = {"battery": True, "mains": True, "percent": percent}
    found = Found("power", FakeMachine(topics={"power": facts}))

    assert found.failure("battery_level") == ("unsupported", "implausible")
    assert found.value("power_source") == "mains"


def test_a_battery_without_word_of_the_mains_has_no_known_source() -> None:
    found = Found("power", recorded("strange-values"))

    assert found.failure("power_source") == ("unsupported", "not-told")


def test_whether_there_is_a_battery_may_be_unknown() -> None:
    found = Found("power", FakeMachine(topics={"power": {"battery": None, "mains": True}}))

    assert found.measured() == set()
