"""The processor probe on recorded computers."""

from __future__ import annotations

import pytest

from readiness.model.measurement import EvidenceKind
from tests.fakes.machine import FakeMachine, Found, recorded


def _named(model: str) -> Found:
    return Found("processor", FakeMachine(topics={"processor": {"model": model}}))


def test_laptop_tells_name_line_series_cores_and_threads() -> None:
    found = Found("processor", recorded("windows-10-laptop-8-gb"))

    assert found.value("cpu_model") == "Intel(R) Core(TM) i5-8250U CPU @ 1.60GHz"
    assert found.value("cpu_line") == "core-i5"
    assert found.value("cpu_series") == 8250
    assert (found.value("cpu_cores"), found.value("cpu_threads")) == (4, 8)


def test_what_the_system_says_is_not_called_measured() -> None:
    found = Found("processor", recorded("windows-10-laptop-8-gb"))

    assert found.measurement("cpu_line").evidence.kind is EvidenceKind.REPORTED
    assert found.measurement("cpu_load_idle").evidence.kind is EvidenceKind.MEASURED


def test_the_clock_in_the_name_counts_before_the_higher_one_of_the_registry() -> None:
    assert Found("processor", recorded("windows-10-laptop-8-gb")).value("cpu_clock") == 1.6


def test_without_a_clock_in_the_name_the_system_is_believed() -> None:
    assert Found("processor", recorded("windows-11-desktop-ryzen")).value("cpu_clock") == 3.6


def test_arm_mac_has_no_clock_to_compare() -> None:
    found = Found("processor", recorded("macos-m2"))

    assert found.failure("cpu_clock") == ("unsupported", "clock-not-told")
    assert (found.value("cpu_line"), found.value("cpu_series")) == ("apple-m", 2)


def test_the_highest_clock_is_not_taken_for_the_base_clock() -> None:
    facts = {"model": "Some chip", "max_mhz": 4200.0}
    found = Found("processor", FakeMachine(topics={"processor": facts}))

    assert found.failure("cpu_clock") == ("unsupported", "clock-not-told")


def test_the_clock_that_an_arm_mac_makes_up_for_intel_programs_is_none() -> None:
    found = _named("VirtualApple @ 2.50GHz processor")

    assert found.failure("cpu_clock") == ("unsupported", "clock-not-told")


def test_a_clock_of_zero_is_none() -> None:
    facts = {"model": "AMD EPYC", "base_mhz": 0.0, "max_mhz": 0.0}
    found = Found("processor", FakeMachine(topics={"processor": facts}))

    assert found.failure("cpu_clock") == ("unsupported", "clock-not-told")


def test_a_chip_newer_than_the_rules_has_neither_line_nor_series() -> None:
    found = Found("processor", recorded("newer-than-any-table"))

    assert found.failure("cpu_line") == ("unsupported", "unknown-processor-line")
    assert found.failure("cpu_series") == ("unsupported", "unknown-processor-line")
    assert found.value("cpu_model") == "Intel(R) Core(TM) Hyper 5 940Z"


def test_a_line_without_order_has_no_series() -> None:
    found = Found("processor", recorded("windows-7-netbook-celeron"))

    assert found.value("cpu_line") == "celeron"
    assert found.failure("cpu_series") == ("unsupported", "unknown-processor-series")


def test_blanks_around_the_name_are_dropped() -> None:
    assert _named(" AMD Ryzen 5 3600   6-Core ").value("cpu_model") == "AMD Ryzen 5 3600 6-Core"


def test_an_absent_name_is_not_told() -> None:
    found = Found("processor", FakeMachine(topics={"processor": {"cores": 4}}))

    assert found.failure("cpu_model") == ("unsupported", "not-told")
    assert found.value("cpu_cores") == 4


def test_no_core_at_all_is_implausible() -> None:
    found = Found("processor", recorded("strange-values"))

    assert found.failure("cpu_cores") == ("unsupported", "implausible")
    assert found.failure("cpu_threads") == ("unsupported", "implausible")
    assert found.measured() == set()


def test_load_is_the_mean_with_the_half_width_of_its_samples() -> None:
    """Six samples 10..60 %: mean 35, sd 18.71, t(5) = 2.571, half width 19.6."""
    load = {"percent": [10, 20, 30, 40, 50, 60], "step_s": 0.1, "tick_s": 0.01}
    found = Found("processor", FakeMachine(topics={"load": load})).measurement("cpu_load_idle")

    assert found.value == 35.0
    assert found.uncertainty == pytest.approx(19.6, abs=0.05)
    assert found.evidence.samples == 6


def test_equal_samples_are_no_finer_than_the_system_counts() -> None:
    """Ticks of 10 ms in 0.6 s: 1.7 %."""
    load = {"percent": [4.0] * 6, "step_s": 0.1, "tick_s": 0.01}
    found = Found("processor", FakeMachine(topics={"load": load})).measurement("cpu_load_idle")

    assert found.uncertainty == pytest.approx(1.7)


def test_nonsense_samples_are_not_averaged() -> None:
    load = {"percent": [float("nan"), -1, 200, 5], "step_s": 0.1, "tick_s": 0.01}
    found = Found("processor", FakeMachine(topics={"load": load}))

    assert found.failure("cpu_load_idle") == ("unsupported", "too-few-samples")


def test_where_the_name_is_refused_the_load_is_still_measured() -> None:
    machine = recorded("macos-m2")
    machine.refused = frozenset({"processor"})
    found = Found("processor", machine)

    assert found.failure("cpu_model") == ("permission-denied", "system-refused")
    assert found.measured() == {"cpu_load_idle"}
