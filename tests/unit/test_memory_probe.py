"""The memory probe on recorded computers."""

from __future__ import annotations

from tests.fakes.machine import FakeMachine, Found, recorded

GIB = 2**30


def test_eight_built_in_and_seven_point_seven_for_programs_are_two_values() -> None:
    found = Found("memory", recorded("windows-10-laptop-8-gb"))

    assert found.value("memory_installed") == 8
    assert found.value("memory_usable") == 7.7


def test_usable_memory_is_never_passed_off_as_built_in() -> None:
    machine = FakeMachine(topics={"memory": {"usable_bytes": 7.7 * GIB}})
    found = Found("memory", machine)

    assert found.failure("memory_installed") == ("unsupported", "only-usable-told")
    assert found.value("memory_usable") == 7.7


def test_a_count_of_blocks_is_uncertain_by_one_block() -> None:
    found = Found("memory", recorded("linux-virtual-machine")).measurement("memory_installed")

    assert (found.value, found.uncertainty) == (24, 0.125)
    assert found.evidence.method == "memory-blocks"


def test_the_list_of_modules_is_exact() -> None:
    found = Found("memory", recorded("macos-m2")).measurement("memory_installed")

    assert (found.value, found.uncertainty) == (8, None)


def test_less_built_in_than_usable_is_implausible() -> None:
    facts = {"usable_bytes": 8 * GIB, "installed_bytes": 4 * GIB, "installed_source": "firmware"}
    found = Found("memory", FakeMachine(topics={"memory": facts}))

    assert found.failure("memory_installed") == ("unsupported", "implausible")


def test_strange_values_give_none() -> None:
    found = Found("memory", recorded("strange-values"))

    assert found.measured() == set()
    assert found.failures() == {("unsupported", "implausible")}


def test_a_refusing_system_is_told_as_such() -> None:
    machine = recorded("macos-m2")
    machine.refused = frozenset({"memory"})

    assert Found("memory", machine).failures() == {("permission-denied", "system-refused")}
