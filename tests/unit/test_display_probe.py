"""The display probe on recorded computers."""

from __future__ import annotations

import pytest

from tests.fakes.machine import FakeMachine, Found, recorded


def test_of_two_screens_the_larger_one_counts() -> None:
    found = Found("display", recorded("windows-11-desktop-ryzen"))

    assert found.value("screen_count") == 2
    assert (found.value("screen_width"), found.value("screen_height")) == (2560, 1440)
    assert found.measurement("screen_count").evidence.summary["screens"] == (
        "1920 x 1080, 2560 x 1440"
    )


@pytest.mark.parametrize(
    ("name", "inches"),
    [
        ("windows-10-laptop-8-gb", 14.0),
        ("windows-11-desktop-ryzen", 27.0),
        ("macos-m2", 13.6),
    ],
)
def test_diagonal_is_what_the_screen_is_sold_as(name: str, inches: float) -> None:
    assert Found("display", recorded(name)).value("screen_diagonal") == pytest.approx(
        inches, abs=0.1
    )


def test_a_screen_may_not_tell_its_size() -> None:
    found = Found("display", recorded("windows-7-netbook-celeron"))

    assert found.failure("screen_diagonal") == ("unsupported", "screen-size-not-told")
    assert found.value("screen_width") == 1366


def test_no_screen_is_no_device() -> None:
    found = Found("display", recorded("linux-virtual-machine"))

    assert found.failures() == {("no-device", "no-screen")}


def test_screens_of_no_size_are_no_screens() -> None:
    found = Found("display", recorded("strange-values"))

    assert found.measured() == set()
    assert found.failures() == {("unsupported", "implausible")}


def test_what_is_not_told_is_not_no_screen() -> None:
    found = Found("display", FakeMachine(topics={"display": {}}))

    assert found.failures() == {("unsupported", "not-told")}


def test_a_refusing_system_is_told_as_such() -> None:
    machine = FakeMachine(refused=frozenset({"display"}))

    assert Found("display", machine).failures() == {("permission-denied", "system-refused")}
