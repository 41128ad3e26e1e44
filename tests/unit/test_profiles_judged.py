"""What the shipped profiles say about real desks: judged by the real judge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from readiness.judge import judge
from readiness.model.errors import FailureCode
from readiness.model.finding import Verdict
from readiness.model.measurement import Failure, Measurement, Session, Value
from readiness.model.requirement import Level
from readiness.probes import probe_of
from readiness.profiles import DEFAULT, shipped
from tests.fakes.reports import declared, failure, measurement, reported, run

PASS, FAIL, UNKNOWN, NOT = Verdict.PASS, Verdict.FAIL, Verdict.UNKNOWN, Verdict.NOT_APPLICABLE


def _verdict(profile: str, requirement: str, *found: Measurement | Failure) -> Verdict:
    session = Session(
        id="0" * 32,
        started=datetime(2026, 11, 24, tzinfo=UTC),
        app_version="0",
        platform="linux",
        runs=(run("any", *found),),
    )
    _, findings = judge(session, shipped()[profile])
    return {finding.requirement: finding.verdict for finding in findings}[requirement]


@pytest.mark.parametrize("profile", ["typical-voice", "strict-voice", "employer-business-hero"])
@pytest.mark.parametrize(
    ("link", "answer", "expected"),
    [
        ("usb-corded", None, PASS),
        ("usb-unknown", None, UNKNOWN),
        ("usb-unknown", True, PASS),
        ("usb-unknown", False, FAIL),
        ("jack", True, FAIL),
        ("bluetooth", None, FAIL),
        ("bluetooth", True, FAIL),
        ("dongle", True, FAIL),
        ("built-in", True, FAIL),
        ("virtual", True, UNKNOWN),
        ("unknown", True, UNKNOWN),
    ],
)
def test_only_a_cord_is_a_corded_headset(
    *, profile: str, link: str, answer: bool | None, expected: Verdict
) -> None:
    """Saying so does not make a wireless headset corded; what cannot be seen stays open."""
    found = [reported("headset.link", link)]
    if answer is not None:
        found.append(declared("headset_corded", answer))

    assert expected is _verdict(profile, "corded-headset", *found)


@pytest.mark.parametrize("profile", ["employer-yoummday", "germany-eu"])
@pytest.mark.parametrize(
    ("link", "answer", "expected"),
    [("jack", True, PASS), ("jack", None, UNKNOWN), ("jack", False, FAIL), ("dongle", True, FAIL)],
)
def test_where_any_cord_will_do_the_round_socket_does_too(
    *, profile: str, link: str, answer: bool | None, expected: Verdict
) -> None:
    found = [reported("headset.link", link)]
    if answer is not None:
        found.append(declared("headset_corded", answer))

    assert expected is _verdict(profile, "corded-headset", *found)


def test_headset_that_could_not_be_looked_at_is_open() -> None:
    nothing = failure("headset.link", FailureCode.NO_DEVICE)

    assert _verdict("typical-voice", "corded-headset", nothing) is UNKNOWN
    assert (
        _verdict("typical-voice", "corded-headset", nothing, declared("headset_corded", value=True))
        is UNKNOWN
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("ethernet", PASS),
        ("wifi", FAIL),
        ("cellular", FAIL),
        ("other", FAIL),
        ("unknown", UNKNOWN),
    ],
)
def test_only_a_cable_is_a_wired_line(kind: str, expected: Verdict) -> None:
    for profile in ("typical-voice", "strict-voice", "germany-eu", "employer-expertcloud"):
        assert expected is _verdict(profile, "wired-line", reported("link.kind", kind))


@pytest.mark.parametrize(
    ("line", "series", "typical", "listed"),
    [
        ("core-i3", 9100, PASS, PASS),
        ("core-i3", 8100, FAIL, FAIL),
        ("core-i5", 7200, PASS, PASS),
        ("core-i5", 6500, FAIL, FAIL),
        ("core-i7", 5600, PASS, PASS),
        ("core-i7", 4790, FAIL, FAIL),
        ("core-i9", 9900, PASS, PASS),
        ("ryzen-3", 2200, PASS, PASS),
        ("core-i5", None, UNKNOWN, UNKNOWN),
        ("celeron", None, FAIL, FAIL),
        ("pentium", None, FAIL, FAIL),
        ("atom", None, FAIL, FAIL),
        ("intel-n", None, UNKNOWN, UNKNOWN),
        ("core-ultra-5", 125, PASS, UNKNOWN),
        ("apple-m", 2, PASS, UNKNOWN),
        (None, None, UNKNOWN, UNKNOWN),
    ],
)
def test_processor_class(
    line: str | None, series: int | None, typical: Verdict, listed: Verdict
) -> None:
    """Lines that the employer's list does not name stay open there."""
    unsure = FailureCode.UNSUPPORTED
    found: list[Measurement | Failure] = [
        failure("machine.cpu_line", unsure) if line is None else reported("machine.cpu_line", line),
        failure("machine.cpu_series", unsure)
        if series is None
        else reported("machine.cpu_series", series),
    ]

    assert typical is _verdict("typical-voice", "processor", *found)
    assert listed is _verdict("employer-business-hero", "processor", *found)


def test_agency_that_names_no_ryzen_leaves_it_open() -> None:
    ryzen = reported("machine.cpu_line", "ryzen-5")

    assert _verdict("employer-gd-tech-work", "processor", ryzen) is UNKNOWN


@pytest.mark.parametrize(
    ("installed", "usable", "expected"),
    [
        (4.0, 3.4, PASS),
        (None, 3.4, PASS),
        (None, 3.1, UNKNOWN),
        (3.0, 2.8, FAIL),
        (2.0, 1.9, FAIL),
        (8.0, 7.7, PASS),
    ],
)
def test_four_gigabytes_are_four_as_sold(
    installed: float | None, usable: float, expected: Verdict
) -> None:
    """What the graphics chip keeps does not count against the person."""
    found: list[Measurement | Failure] = [
        failure("machine.memory_installed", FailureCode.UNSUPPORTED)
        if installed is None
        else reported("machine.memory_installed", installed, "GiB"),
        reported("machine.memory_usable", usable, "GiB"),
    ]

    assert expected is _verdict("typical-voice", "memory", *found)


@pytest.mark.parametrize(("free", "expected"), [(18.63, PASS), (20.0, PASS), (18.5, FAIL)])
def test_twenty_gigabytes_are_met_by_twenty_decimal_ones(free: float, expected: Verdict) -> None:
    """20 GB = 18.63 GiB."""
    found = reported("machine.disk_free", free, "GiB")

    assert expected is _verdict("typical-voice", "disk", found)


@pytest.mark.parametrize(
    ("profile", "name", "version", "system", "number"),
    [
        ("typical-voice", "windows", 11.0, PASS, PASS),
        ("typical-voice", "windows", 8.1, PASS, FAIL),
        ("typical-voice", "macos", 15.0, UNKNOWN, NOT),
        ("typical-voice", "linux", 6.1, FAIL, NOT),
        ("typical-voice", "chromeos", 140.0, FAIL, NOT),
        ("employer-business-hero", "macos", 15.0, FAIL, NOT),
        ("employer-expertcloud", "windows", 8.0, PASS, PASS),
        ("employer-expertcloud", "windows", 7.0, PASS, FAIL),
        ("employer-gd-tech-work", "windows", 7.0, PASS, PASS),
        ("employer-gd-tech-work", "windows", 8.1, PASS, UNKNOWN),
        ("employer-gd-tech-work", "windows", 11.0, PASS, UNKNOWN),
    ],
)
def test_windows_is_asked_for_by_name_and_by_version(
    profile: str, name: str, version: float, system: Verdict, number: Verdict
) -> None:
    found = [reported("machine.os_name", name), reported("machine.os_version", version)]
    row = "system" if profile == "typical-voice" else "windows"

    assert system is _verdict(profile, row, *found)
    assert number is _verdict(profile, "windows-version", *found)


@pytest.mark.parametrize(
    ("profile", "name", "version", "expected"),
    [
        ("employer-yoummday", "macos", 11.0, PASS),
        ("employer-yoummday", "macos", 10.15, FAIL),
        ("employer-yoummday", "windows", 10.0, PASS),
        ("employer-yoummday", "windows", 8.1, FAIL),
        ("employer-yoummday", "linux", 6.1, NOT),
        ("employer-reading-development", "macos", 10.09, FAIL),
        ("employer-reading-development", "macos", 10.1, PASS),
        ("employer-reading-development", "macos", 10.15, PASS),
        ("employer-reading-development", "windows", 7.0, PASS),
    ],
)
def test_where_two_systems_will_do_each_has_its_own_oldest_version(
    profile: str, name: str, version: float, expected: Verdict
) -> None:
    """10.10 is told as 10.1 and 10.9 as 10.09: older is smaller."""
    found = [reported("machine.os_name", name), reported("machine.os_version", version)]

    assert expected is _verdict(profile, "system-version", *found)


def test_linux_is_not_waved_through_where_its_version_does_not_apply() -> None:
    assert _verdict("employer-yoummday", "system", reported("machine.os_name", "linux")) is FAIL


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        ("cable", PASS),
        ("dsl", PASS),
        ("fibre", PASS),
        ("fixed-wireless", UNKNOWN),
        ("mobile", FAIL),
        ("satellite", FAIL),
        ("dial-up", FAIL),
        ("unknown", UNKNOWN),
    ],
)
def test_satellite_and_mobile_lines_are_refused(answer: str, expected: Verdict) -> None:
    assert expected is _verdict("typical-voice", "line-type", declared("line_type", answer))


@pytest.mark.parametrize(
    ("profile", "requirement", "question", "answer", "expected"),
    [
        ("typical-voice", "childcare", "childcare", "nobody-to-care-for", PASS),
        ("typical-voice", "childcare", "childcare", "not-arranged", FAIL),
        ("employer-yoummday", "door", "door", "none-alone", PASS),
        ("employer-yoummday", "door", "door", "none", FAIL),
        ("employer-teleflora", "door", "door", "none-alone", FAIL),
        ("corded-phone", "corded-phone", "corded_phone", "cordless", FAIL),
        ("corded-phone", "corded-phone", "corded_phone", "corded", PASS),
        ("germany-eu", "desk", "desk_size", "unknown", UNKNOWN),
        ("employer-expertcloud", "trade-licence", "trade_licence", "can-get", FAIL),
    ],
)
def test_answers_are_judged_as_they_were_given(
    profile: str, requirement: str, question: str, answer: Value, expected: Verdict
) -> None:
    assert expected is _verdict(profile, requirement, declared(question, answer))


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (measurement("phone.keypad_code", value=True), PASS),
        (measurement("phone.keypad_code", value=False), FAIL),
        (failure("phone.keypad_code", FailureCode.UNSUPPORTED), UNKNOWN),
    ],
    ids=["the code", "another code", "no key"],
)
def test_only_the_code_confirms_the_telephone(
    found: Measurement | Failure, expected: Verdict
) -> None:
    assert expected is _verdict("corded-phone", "keypad-code", found)


def test_a_confirmed_code_does_not_stand_for_a_cord() -> None:
    """Cord and base station are seen by the person alone."""
    heard = [measurement(metric, value=True) for metric in ("phone.dial_tone", "phone.powered")]

    assert _verdict("corded-phone", "corded-phone", *heard) is UNKNOWN


def test_unanswered_question_is_never_a_pass() -> None:
    for profile in shipped().values():
        for question in profile.questions:
            rows = [
                req.id
                for req in profile.requirements
                if {criterion.metric for criterion in req.any_of} == {question.metric}
            ]
            assert all(_verdict(profile.id, row) is UNKNOWN for row in rows)


def test_speed_within_its_uncertainty_of_the_threshold_is_borderline() -> None:
    found = measurement("line.download", 10.2, "Mbit/s", uncertainty=0.5)

    assert _verdict("typical-voice", "download", found) is Verdict.BORDERLINE


def test_speed_over_a_vpn_does_not_satisfy_the_one_who_asks_for_it_without() -> None:
    assert _verdict("employer-connexionpoint", "no-vpn", reported("link.vpn", value=True)) is FAIL


@pytest.mark.parametrize(
    ("requirement", "metric", "value", "half_width", "expected"),
    [
        ("jitter-15s", "line.jitter_worst_15s", 29.0, 0.5, PASS),
        ("jitter-15s", "line.jitter_worst_15s", 31.0, 0.5, FAIL),
        ("loss-15s", "line.loss_worst_15s", 0.0, 0.51, PASS),
        ("loss-15s", "line.loss_worst_15s", 2.4, 1.3, FAIL),
        ("loss-15s", "line.loss_worst_15s", 0.8, 0.9, Verdict.BORDERLINE),
        ("loss-burst", "line.loss_burst", 1.0, None, PASS),
        ("loss-burst", "line.loss_burst", 2.0, None, FAIL),
        ("reordering", "line.reordering", 0.0, 0.51, PASS),
        ("reordering", "line.reordering", 2.0, 1.2, FAIL),
    ],
)
@pytest.mark.parametrize("profile", ["call-path", "strict-voice"])
def test_limits_of_teams_are_those_of_its_table(
    *,
    profile: str,
    requirement: str,
    metric: str,
    value: float,
    half_width: float | None,
    expected: Verdict,
) -> None:
    """Loss below 1 % and jitter below 30 ms in any 15 s, two packets in 0.2 s, reordering 0.05 %.

    The half widths of shares are Wilson's for 750 packets.
    """
    unit = {"line.jitter_worst_15s": "ms", "line.loss_burst": "packets"}.get(metric, "%")
    found = measurement(metric, value, unit, uncertainty=half_width)

    assert expected is _verdict(profile, requirement, found)


def test_public_server_that_cannot_tell_jitter_does_not_keep_the_usual_check_open() -> None:
    """Of 200 packets to a STUN server none was lost: at most 1.9 % (Wilson)."""
    profile = shipped()["typical-voice"]
    asked = {requirement.id: requirement.level for requirement in profile.requirements}

    assert {asked["jitter"], asked["loss"]} == {Level.SHOULD}
    found = measurement("line.loss", 0.0, "%", uncertainty=1.9)
    assert _verdict("call-path", "loss", found) is PASS
    assert _verdict("typical-voice", "loss", found) is Verdict.BORDERLINE


def test_the_default_check_runs_the_test_call() -> None:
    """Its profile asks for what only that probe measures."""
    metrics = shipped()[DEFAULT].metrics()

    assert {"line.jitter", "line.loss"} <= metrics
    assert {probe_of(metric) for metric in metrics} >= {"line_call", "line_speed", "link"}


@pytest.mark.parametrize(("profile", "limit"), [("typical-voice", 300.0), ("strict-voice", 160.0)])
@pytest.mark.parametrize("way", ["down", "up"])
def test_a_full_line_may_delay_a_call_only_so_far(profile: str, limit: float, way: str) -> None:
    for value, expected in ((limit - 20, PASS), (limit + 20, FAIL)):
        found = measurement(f"line.round_trip_loaded_{way}", value, "ms", uncertainty=5.0)
        assert expected is _verdict(profile, f"round-trip-loaded-{way}", found)


@pytest.mark.parametrize(
    ("metric", "requirement", "value", "half_width", "expected"),
    [
        ("voice.hum", "voice-hum", 30.0, 0.3, PASS),
        ("voice.hum", "voice-hum", 14.0, 0.3, FAIL),
        ("voice.hum", "voice-hum", 70.0, 45.0, PASS),
        ("voice.hum", "voice-hum", 60.0, 45.0, Verdict.BORDERLINE),
        ("voice.echo", "voice-echo", 20.0, 0.3, FAIL),
        ("voice.bandwidth", "voice-bandwidth", 7.3, 0.25, PASS),
        ("voice.bandwidth", "voice-bandwidth", 3.6, 0.25, FAIL),
    ],
    ids=[
        "little hum",
        "hum 14 dB below the voice",
        "no hum found, and 25 dB would have been",
        "no hum found, and 15 dB would not have been",
        "a loudspeaker",
        "wideband",
        "narrowband",
    ],
)
def test_a_voice_is_judged_by_the_range_in_which_its_figures_lie(
    metric: str, requirement: str, value: float, half_width: float, expected: Verdict
) -> None:
    unit = "kHz" if metric == "voice.bandwidth" else "dB"
    found = measurement(metric, value, unit, uncertainty=half_width)

    assert _verdict("typical-voice", requirement, found) is expected
