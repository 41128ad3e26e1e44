"""The disk probe on recorded computers."""

from __future__ import annotations

import pytest

from tests.fakes.machine import FakeMachine, Found, recorded


def test_free_and_total_are_told_in_gib() -> None:
    found = Found("disk", recorded("windows-10-laptop-8-gb"))

    assert found.value("disk_free") == pytest.approx(45.0, abs=0.01)
    assert found.value("disk_total") == pytest.approx(237.23, abs=0.01)


def test_a_full_disk_has_nothing_free() -> None:
    machine = FakeMachine(topics={"disk": {"total_bytes": 2**30, "free_bytes": 0}})

    assert Found("disk", machine).value("disk_free") == 0


def test_more_free_than_there_is_is_implausible() -> None:
    assert Found("disk", recorded("strange-values")).failure("disk_free") == (
        "unsupported",
        "implausible",
    )


def test_an_absent_size_is_not_told() -> None:
    assert Found("disk", FakeMachine(topics={"disk": {}})).failures() == {
        ("unsupported", "not-told")
    }


def test_a_refusing_system_is_told_as_such() -> None:
    machine = FakeMachine(refused=frozenset({"disk"}))

    assert Found("disk", machine).failures() == {("permission-denied", "system-refused")}
