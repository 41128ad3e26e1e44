"""Reports in words: rows and headlines say what is so, and nothing that is not."""

from __future__ import annotations

from datetime import timedelta

import msgspec
import pytest

from readiness.explain import SYMBOLS
from readiness.foreign import clean
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.finding import Verdict
from readiness.model.measurement import EvidenceKind, Failure, Measurement
from readiness.model.requirement import Area, Criterion, Level, Operator, Profile
from readiness.report.rows import DASH
from readiness.report.values import Vocabulary
from readiness.report.words import Row, headline, overall_word, rows
from tests.fakes import reports as made

READER = Reader("en")
NARROW = "\u202f"
"""The space between number and unit."""


@pytest.fixture(scope="module")
def by_id() -> dict[str, Row]:
    return {row.requirement: row for row in rows(made.report(), made.profile(), READER)}


def single(criterion: Criterion, *found: Measurement | Failure) -> Row:
    """The row of a report with one requirement."""
    asked = made.large_profile((made.requirement("one", Area.LINE, {"en": "One"}, criterion),))
    session = msgspec.structs.replace(made.session(), runs=(made.run("line_speed", *found),))
    return rows(made.report(session, asked), asked, READER)[0]


def test_there_is_a_row_for_every_finding_in_the_reports_order() -> None:
    report = made.report()

    shown = [row.requirement for row in rows(report, made.profile(), READER)]

    assert shown == [finding.requirement for finding in report.findings]


def test_a_measured_row_says_value_uncertainty_demand_and_lack(by_id: dict[str, Row]) -> None:
    row = by_id["upload"]

    assert row.found.startswith("2.1")
    assert row.found.endswith(f"{NARROW}Mbit/s")
    assert row.plus_minus.startswith("± 0.1")
    assert row.asked == f"at least 3{NARROW}Mbit/s"
    assert row.margin.startswith("0.9")
    assert row.margin.endswith("missing")
    assert (row.symbol, row.word, row.rests_on) == ("✕", "too slow", "measured")


def test_how_names_readings_and_uncertainty(by_id: dict[str, Row]) -> None:
    assert "80 readings." in by_id["upload"].how
    assert f"95 % interval: 2.0 to 2.2{NARROW}Mbit/s." in by_id["upload"].how


def test_a_weak_signal_is_told_in_dbm_and_its_lack_in_db() -> None:
    """A difference of two levels is in dB, and so is an uncertainty."""
    found = msgspec.structs.replace(made.reported("link.signal", -76.0, "dBm"), uncertainty=5.0)
    row = single(made.criterion("link.signal", Operator.AT_LEAST, -67, unit="dBm"), found)

    assert row.found.endswith(f"76{NARROW}dBm")
    assert row.margin == f"9{NARROW}dB missing"
    assert row.word == "too weak"
    assert f"95 % interval: -81 to -71{NARROW}dBm." in row.how


@pytest.mark.parametrize("metric", ["voice.hum", "voice.echo"])
def test_what_should_lie_further_below_the_voice_is_too_loud(metric: str) -> None:
    """Too low, of mains hum below the voice, would sound like praise."""
    found = made.measurement(metric, 12.0, "dB", uncertainty=0.5)
    row = single(made.criterion(metric, Operator.AT_LEAST, 20, unit="dB"), found)

    assert row.word == "too loud"


def test_an_answer_is_never_called_measured(by_id: dict[str, Row]) -> None:
    row = by_id["cord"]

    assert (row.kind, row.rests_on, row.found) == (
        EvidenceKind.DECLARED,
        "own answer",
        "with a cord",
    )
    assert "nothing was measured" in row.how


def test_what_the_system_states_is_not_called_measured(by_id: dict[str, Row]) -> None:
    assert by_id["memory"].rests_on == "the system says"


def test_an_unmeasured_row_says_why_and_what_to_do(by_id: dict[str, Row]) -> None:
    row = by_id["clock"]

    assert (row.found, row.word, row.symbol, row.rests_on) == (
        "not readable here",
        "open",
        "?",
        DASH,
    )
    assert row.reason
    assert row.advice


def test_every_verdict_has_a_symbol_of_its_own() -> None:
    assert len(set(SYMBOLS.values())) == len(Verdict)


def test_free_advice_comes_first(by_id: dict[str, Row]) -> None:
    assert [cost for cost, _ in by_id["upload"].advice] == ["Free", "Free", "Cheap", "Ask"]


def test_a_met_row_gives_no_advice(by_id: dict[str, Row]) -> None:
    assert by_id["download"].advice == ()


def test_our_own_proposals_are_named_as_such(by_id: dict[str, Row]) -> None:
    assert by_id["snr"].source == "our own proposal"
    assert by_id["snr"].source_address == ""


def test_a_source_says_who_and_when(by_id: dict[str, Row]) -> None:
    assert by_id["upload"].source.startswith("Example Support equipment policy, seen Nov 2, 2026")
    assert by_id["upload"].source_address == "https://support.example/equipment?lang=en&v=2"


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "//host/share"])
def test_only_web_addresses_are_passed_on(address: str) -> None:
    source = msgspec.structs.replace(made.PAGE, address=address)
    asked = made.criterion("line.upload", Operator.AT_LEAST, 3, unit="Mbit/s", source=source)

    assert single(asked, made.measurement("line.upload", 2.1, "Mbit/s")).source_address == ""


def test_a_value_just_short_of_its_threshold_does_not_look_equal() -> None:
    asked = made.criterion("line.upload", Operator.AT_LEAST, 3, unit="Mbit/s")

    row = single(asked, made.measurement("line.upload", 2.996, "Mbit/s", uncertainty=0.001))

    assert row.verdict is Verdict.FAIL
    assert row.found == f"2.996{NARROW}Mbit/s"
    assert row.margin == f"0.004{NARROW}Mbit/s missing"


def test_a_pass_within_the_tolerance_says_so(by_id: dict[str, Row]) -> None:
    assert by_id["memory"].verdict is Verdict.PASS
    assert by_id["memory"].margin == "within the tolerance"


def test_a_borderline_row_claims_neither_room_nor_lack(by_id: dict[str, Row]) -> None:
    assert by_id["round-trip"].verdict is Verdict.BORDERLINE
    assert by_id["round-trip"].margin == "within the uncertainty"


def test_an_interval_names_its_unit_once(by_id: dict[str, Row]) -> None:
    assert by_id["level"].asked == f"between -36 and -16{NARROW}dBov"


def test_a_list_of_allowed_values_is_joined_with_or(by_id: dict[str, Row]) -> None:
    assert by_id["system"].asked == "Windows 11, Windows 10 or macOS 15"


def test_what_does_not_apply_claims_nothing(by_id: dict[str, Row]) -> None:
    row = by_id["dial-tone"]

    assert (row.found, row.word, row.margin) == (DASH, "does not apply", "")


def test_the_drawing_gets_the_threshold_in_its_own_unit(by_id: dict[str, Row]) -> None:
    assert by_id["upload"].trace is not None
    assert by_id["upload"].limit == 3.0
    assert by_id["download"].limit is None


def test_an_unanswered_question_is_called_that() -> None:
    asked = made.criterion("declared.door", Operator.EQUALS, True)  # noqa: FBT003 - threshold

    row = single(asked, made.failure("declared.door", FailureCode.SKIPPED))

    assert row.found == "not answered"


def test_without_the_profile_titles_are_those_of_the_metrics() -> None:
    row = {r.requirement: r for r in rows(made.report(), None, READER)}["upload"]

    assert row.title == "Upload"
    assert row.asked == f"at least 3{NARROW}Mbit/s"


def test_foreign_text_loses_controls_and_overrides_but_no_letters(by_id: dict[str, Row]) -> None:
    found = by_id["hostile"].found

    assert "\u202e" not in found
    assert "\x00" not in found
    assert all(part in found for part in ("محمد", "日本語", "<script>"))


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\u202eevil\u202c", "evil"),
        ("\u2066x\u2069", "x"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u200c\u062e\u0648"),
        ("\ud800x", "x"),
        ("x" * 900, "x" * 500),
    ],
)
def test_cleaning(foreign: str, shown: str) -> None:
    assert clean(foreign) == shown


def test_not_ready_counts_what_must_be_put_right() -> None:
    first, second = headline(made.report(), made.profile(), READER)

    assert first == "Not ready yet: two things to put right"
    assert second.startswith("8 of 12 requirements are met. One could not be decided.")
    assert "something free" in second


def only(*names: str) -> Profile:
    """The made-up profile with these requirements alone."""
    whole = made.profile()
    kept = tuple(r for r in whole.requirements if r.id in names)
    return msgspec.structs.replace(whole, requirements=kept)


@pytest.mark.parametrize(
    ("names", "first"),
    [
        (("download", "snr"), "Ready for Voice calls, example"),
        (("upload",), "Not ready yet: one thing to put right"),
        (("download", "snr", "clock"), "Almost: one thing is still open"),
        (("download", "snr", "clock", "round-trip"), "Almost: two things are still open"),
        (("clock", "round-trip"), "Not decided yet: two things are still open"),
    ],
)
def test_headlines(names: tuple[str, ...], first: str) -> None:
    asked = only(*names)

    assert headline(made.report(asked=asked), asked, READER)[0] == first


def test_a_missed_recommendation_is_told_but_does_not_stand_in_the_way() -> None:
    asked = only("download", "screens")
    report = made.report(asked=asked)

    first, second = headline(report, asked, READER)

    assert first == "Ready for Voice calls, example"
    assert second == "1 of 1 requirement is met. One recommendation is not met."
    assert overall_word(report.overall, READER) == "ready"


def test_levels_below_must_are_marked() -> None:
    found = {r.requirement: r for r in rows(made.report(), made.profile(), READER)}

    assert found["screens"].level is Level.SHOULD
    assert found["screens"].level_word == "recommended"


def test_the_readers_language_is_used_for_titles_and_numbers() -> None:
    found = {r.requirement: r for r in rows(made.report(), made.profile(), Reader("de"))}

    assert found["memory"].title == "Arbeitsspeicher"
    assert found["snr"].found.startswith("31,2")


def test_words_do_not_depend_on_when_they_are_read() -> None:
    report = made.report()
    later = msgspec.structs.replace(report, created=report.created + timedelta(days=400))

    assert rows(report, made.profile(), READER) == rows(later, made.profile(), READER)


@pytest.mark.parametrize(("value", "shown"), [(11, "11"), (14.5, "14.5"), (22.04, "22.04")])
def test_a_version_is_written_as_it_is(value: float, shown: str) -> None:
    found = made.reported("machine.os_version", value)

    assert Vocabulary(None, READER).found(found, None) == (shown, "")
