"""The operating system probe on recorded computers; it is always noon of 31 January 2026."""

from __future__ import annotations

import pytest

from tests.fakes.machine import FakeMachine, Found, recorded


@pytest.mark.parametrize(
    ("name", "system", "version", "bits", "architecture"),
    [
        ("windows-10-laptop-8-gb", "windows", 10, 64, "x86-64"),
        ("windows-11-desktop-ryzen", "windows", 11, 64, "x86-64"),
        ("windows-7-netbook-celeron", "windows", 7, 32, "x86"),
        ("macos-m2", "macos", 14.5, 64, "arm64"),
        ("linux-virtual-machine", "linux", 12, 64, "x86-64"),
    ],
)
def test_system(name: str, system: str, version: float, bits: int, architecture: str) -> None:
    found = Found("system", recorded(name))

    assert found.value("os_name") == system
    assert found.value("os_version") == version
    assert found.value("os_bits") == bits
    assert found.value("architecture") == architecture


@pytest.mark.parametrize(
    ("name", "supported"),
    [
        ("windows-10-laptop-8-gb", False),
        ("windows-11-desktop-ryzen", True),
        ("windows-7-netbook-celeron", False),
        ("macos-m2", True),
        ("linux-virtual-machine", True),
    ],
)
def test_support_follows_the_makers_dates(name: str, supported: bool) -> None:  # noqa: FBT001 - data
    assert Found("system", recorded(name)).value("os_supported") is supported


def test_windows_10_tells_that_enrolled_computers_get_more() -> None:
    found = Found("system", recorded("windows-10-laptop-8-gb")).measurement("os_supported")

    assert found.evidence.summary == {
        "until": "2025-10-14",
        "basis": "published",
        "note": "extended-for-enrolled",
    }


def test_a_system_newer_than_the_table_is_unknown_not_supported() -> None:
    found = Found("system", recorded("newer-than-any-table"))

    assert found.failure("os_supported") == ("unsupported", "not-in-table")


def test_a_virtual_machine_is_one_and_says_which() -> None:
    found = Found("system", recorded("linux-virtual-machine")).measurement("virtual")

    assert found.value is True
    assert found.evidence.summary == {"kind": "docker"}


@pytest.mark.parametrize(
    ("system", "text", "number"),
    [
        ("macos", "14.5", 14.5),
        ("macos", "26", 26),
        ("macos", "10.9.5", 10.09),
        ("macos", "10.15.7", 10.15),
        ("linux", "22.04", 22.04),
        ("windows", "8.1", 8.1),
    ],
)
def test_version_as_a_number_that_rises_with_time(system: str, text: str, number: float) -> None:
    facts = {"system": system, "version": text}

    assert Found("system", FakeMachine(topics={"system": facts})).value("os_version") == number


def test_a_rolling_system_has_no_version() -> None:
    facts = {"system": "linux", "distribution": "arch", "version": ""}
    found = Found("system", FakeMachine(topics={"system": facts}))

    assert found.failure("os_version") == ("unsupported", "no-version")
    assert found.failure("os_supported") == ("unsupported", "not-in-table")


def test_a_system_that_is_not_listed_is_another_one() -> None:
    found = Found("system", FakeMachine(topics={"system": {"system": "haiku"}}))

    assert found.value("os_name") == "other"


def test_a_hung_tool_costs_only_its_own_metric() -> None:
    machine = recorded("linux-virtual-machine")
    machine.hung = frozenset({"virtual"})
    found = Found("system", machine)

    assert found.failures() == {("timed-out", "tool-hung")}
    assert found.value("os_name") == "linux"
    assert "virtual" not in found.measured()


def test_strange_values_give_none() -> None:
    assert Found("system", recorded("strange-values")).measured() == set()
