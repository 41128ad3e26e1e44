"""What a value rests on, in words: intervals, cautions, facts, and what a check shares."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.finding import Verdict
from readiness.model.measurement import Evidence, EvidenceKind, Measurement, Trace
from readiness.model.requirement import Area, Operator
from readiness.report.evidence import cautions, facts, interval
from readiness.report.html import render_html
from readiness.report.told import told
from readiness.report.words import rows
from tests.fakes import reports as made

if TYPE_CHECKING:
    from readiness.model.measurement import Failure, Scalar
    from readiness.model.requirement import Profile
    from readiness.report.words import Row

READER = Reader("en")
NARROW = "\u202f"
CALL: dict[str, Scalar] = {
    "server": "serve",
    "protocol": "stamp over udp",
    "sent": 750,
    "interval_ms": 20.0,
    "seconds": 15.0,
}


def found(
    metric: str,
    value: float,
    unit: str,
    half_width: float | None,
    summary: dict[str, Scalar],
    *,
    method: str = "call-stamp",
    trace: Trace | None = None,
) -> Measurement:
    """A measurement with its evidence."""
    evidence = Evidence(
        kind=EvidenceKind.MEASURED, method=method, samples=750, summary=summary, trace=trace
    )
    return Measurement(
        metric=metric,
        value=value,
        unit=unit,
        uncertainty=half_width,
        evidence=evidence,
        at=made.STARTED,
    )


def line_profile(**asked: tuple[str, float, str]) -> Profile:
    """Requirement id -> metric, what it may be at most, unit."""
    return made.large_profile(
        tuple(
            made.requirement(
                name,
                Area.LINE,
                {"en": name},
                made.criterion(metric, Operator.AT_MOST, limit, unit=unit),
            )
            for name, (metric, limit, unit) in asked.items()
        )
    )


def line_rows(asked: Profile, *results: Measurement | Failure) -> tuple[Row, ...]:
    """The rows of a report with these results."""
    session = msgspec.structs.replace(made.session(), runs=(made.run("line_call", *results),))
    return rows(made.report(session, asked), asked, READER)


JITTER = found("line.jitter", 6.0, "ms", 0.4, {**CALL, "direction": "up"})
MEDIAN = found(
    "line.round_trip_median",
    42.0,
    "ms",
    0.5,
    {**CALL, "direction": "round trip"},
    trace=Trace(step_s=1.0, unit="ms", values=(41.0, 43.0, 42.0)),
)
ASKED = line_profile(
    trip=("line.round_trip_median", 300, "ms"),
    jitter=("line.jitter", 30, "ms"),
    quiet=("line.jitter", 20, "ms"),
)


@pytest.mark.parametrize(
    ("value", "half_width", "unit", "summary", "said"),
    [
        (24.6, 0.5, "Mbit/s", {}, f"24.1 to 25.1{NARROW}Mbit/s."),
        (0.0, 0.51, "%", {}, f"0.0 to 0.5{NARROW}%."),
        (99.9, 0.5, "%", {}, f"99.4 to 100.0{NARROW}%."),
        (-60.0, 5.0, "dBm", {}, f"-65.0 to -55.0{NARROW}dBm."),
        (
            1.6,
            1.2,
            "%",
            {"interval_low_percent": 0.917, "interval_high_percent": 2.776},
            f"0.9 to 2.8{NARROW}%.",
        ),
        (4.19, 0.15, "-", {}, "4.0 to 4.3."),
    ],
)
def test_interval_of_95_percent(
    *, value: float, half_width: float, unit: str, summary: dict[str, Scalar], said: str
) -> None:
    """A share lost of 12 in 750 is 0.92 to 2.78 % after Wilson; nothing falls below zero."""
    measurement = found("x.y", value, unit, half_width, summary)

    assert interval(measurement, 0.1, READER) == f"95 % interval: {said}"


@pytest.mark.parametrize("half_width", [None, 0.0])
def test_exact_values_have_no_interval(half_width: float | None) -> None:
    assert interval(found("x.y", 3.0, "packets", half_width, {}), 1, READER) == ""


def test_numbers_get_their_unit_and_codes_their_words() -> None:
    said = dict(facts({**CALL, "bytes": 23_800_000, "encrypted": True, "direction": "up"}, READER))

    assert said["One packet every"] == f"20{NARROW}ms"
    assert said["Data moved"] == f"23.8{NARROW}MB"
    assert said["Encrypted"] == "yes"
    assert said["Direction"] == "outgoing"
    assert said["Other end"] == "a measuring server (readiness serve)"


def test_what_goes_without_saying_is_not_said() -> None:
    assert facts({"strange_answers": 0, "congestion_control": "unknown"}, READER) == ()
    assert len(facts({"strange_answers": 2, "congestion_control": "bbr"}, READER)) == 2


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("from_tomorrow", "fine", ("from_tomorrow", "fine")),
        ("from_tomorrow", 0.12345, ("from_tomorrow", "0.123")),
        ("<b>\u202e", "<script>\x00", ("<b>", "<script>")),
        ("direction", "sideways-down", ("Direction", "sideways down")),
        ("direction", 7, ("Direction", "7")),
        ("sent", "many", ("Packets sent", "many")),
        ("encrypted", "perhaps", ("Encrypted", "perhaps")),
        ("sent", math.inf, ("Packets sent", "inf")),
        ("from_tomorrow", math.nan, ("from_tomorrow", "nan")),
    ],
)
def test_what_nobody_here_knows_is_shown_as_it_stands_and_clean(
    key: str, value: Scalar, said: tuple[str, str]
) -> None:
    assert facts({key: value}, READER) == (said,)


def test_hosts_are_facts_with_their_outcome_in_words() -> None:
    summary: dict[str, Scalar] = {
        "tls app.example.com:443": "reached 23.4 ms",
        "tcp app.example.com:5061": "connection-refused",
        "udp app.example.com:3478": "sent",
    }

    said = dict(facts(summary, READER))

    assert said["tls app.example.com:443"] == "reached 23.4 ms"
    assert said["udp app.example.com:3478"] == "sent, without an answer"
    assert "refused" in said["tcp app.example.com:5061"]
    assert "-" not in said["tcp app.example.com:5061"]


@pytest.mark.parametrize(
    ("key", "value", "word"),
    [
        ("limited_by_this_computer", True, "This computer was busy"),
        ("ended_by", "budget", "agreed amount of data"),
        ("udp", "udp-blocked", "UDP"),
        ("within_model", False, "does not answer for it"),
        ("fell_back", "ndt7: server-busy", "M-Lab (ndt7): The server has too much to do"),
        ("fell_back", "new-way: new-reason; <b>", "NEW-WAY: new-reason; <b>"),
        ("fell_back", "stun: no-answer", "STUN: No packet of the test call was answered"),
        ("ended_by", "stalled", "Ended early: Nothing arrived for several seconds"),
        ("ended_by", "from-tomorrow", "Ended early: from-tomorrow."),
        ("call_beside", "no-call-beside", "Without packets of a call beside it:"),
    ],
)
def test_what_limited_a_value_is_a_sentence(key: str, value: Scalar, word: str) -> None:
    (said,) = cautions({key: value}, READER)

    assert word in said
    assert facts({key: value}, READER) == ()


@pytest.mark.parametrize(
    "summary",
    [
        {"limited_by_this_computer": False},
        {"ended_by": "time"},
        {"ended_by": "through"},
        {"within_model": True},
        {"udp": "other"},
    ],
)
def test_nothing_to_be_careful_about_is_no_caution(summary: dict[str, Scalar]) -> None:
    assert cautions(summary, READER) == ()


def test_values_of_one_check_share_what_they_have_in_common() -> None:
    (check,) = told(line_rows(ASKED, MEDIAN, JITTER), (), READER)

    assert check.title == "Line during a call"
    assert check.method.startswith("50 small packets a second")
    assert ("Packets sent", "750") in check.facts
    assert [one.own for one in check.told] == [
        (("Direction", "there and back"),),
        (("Direction", "outgoing"),),
        (),
    ]


def test_second_requirement_of_a_value_refers_to_the_first() -> None:
    (check,) = told(line_rows(ASKED, MEDIAN, JITTER), (), READER)

    assert [one.how for one in check.told][1:] == [
        f"750 readings. 95 % interval: 5.6 to 6.4{NARROW}ms.",
        "As for “jitter”.",
    ]


def test_values_found_in_different_ways_share_only_among_their_own() -> None:
    """A transfer and the packets beside it are one check and two ways."""
    asked = line_profile(
        down=("line.download", 100, "Mbit/s"),
        up=("line.upload", 100, "Mbit/s"),
        full=("line.round_trip_loaded_down", 300, "ms"),
        full_up=("line.round_trip_loaded_up", 300, "ms"),
    )
    rate: dict[str, Scalar] = {"server": "serve", "streams": 6}
    results = (
        found("line.download", 23.1, "Mbit/s", 0.5, rate, method="serve"),
        found("line.upload", 7.7, "Mbit/s", 0.1, rate, method="serve"),
        found("line.round_trip_loaded_down", 50.0, "ms", 2.0, CALL),
        found("line.round_trip_loaded_up", 111.0, "ms", 4.0, CALL),
    )

    transfers, packets = told(line_rows(asked, *results), (), READER)

    assert [one.row.requirement for one in transfers.told] == ["down", "up"]
    assert "One packet every" not in dict(transfers.facts)
    assert "Connections at once" not in dict(packets.facts)
    assert packets.method.startswith("50 small packets a second")


def test_a_fact_that_another_value_contradicts_is_not_shared() -> None:
    other = found("line.jitter", 6.0, "ms", 0.4, {**CALL, "sent": 400})

    (check,) = told(line_rows(ASKED, MEDIAN, other), (), READER)

    assert "Packets sent" not in dict(check.facts)
    assert ("Packets sent", "400") in check.told[1].own


def test_failure_tells_its_facts_too() -> None:
    lost = msgspec.structs.replace(
        made.failure("line.jitter", FailureCode.UNREACHABLE),
        detail="server-busy",
        summary={"status": 429},
    )

    row = line_rows(ASKED, MEDIAN, lost)[1]

    assert row.verdict is Verdict.UNKNOWN
    assert row.facts == (("Status", "429"),)


def test_course_of_a_met_value_is_drawn_in_the_folded_part_alone() -> None:
    session = msgspec.structs.replace(made.session(), runs=(made.run("line_call", MEDIAN, JITTER),))
    page = render_html(made.report(session, ASKED), ASKED, READER)

    assert page.count("<svg") == 1
    assert page.index("<details>") < page.index("<svg")
    assert page.index("<svg") < page.rindex("</details>")


def test_hostile_summary_is_only_text_in_the_page() -> None:
    hostile = found(
        "line.jitter", 6.0, "ms", 0.4, {"<img src=x>": "</dl><script>", "fell_back": "<i>: a"}
    )
    session = msgspec.structs.replace(made.session(), runs=(made.run("line_call", hostile),))
    page = render_html(made.report(session, ASKED), ASKED, READER)

    assert "<script" not in page
    assert "<img" not in page
    assert "<i>" not in page
    assert "&lt;img src=x&gt;" in page
