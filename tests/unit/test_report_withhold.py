"""What is left out of a report is gone from it everywhere, and never helps."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import product

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.judge import judge
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import (
    WITHHELD,
    Failure,
    Measurement,
    ProbeRun,
    Session,
    Trace,
)
from readiness.profiles import shipped
from readiness.report.codec import decode_report, encode_report
from readiness.report.html import render_html
from readiness.report.withhold import is_withheld, withhold
from readiness.report.words import rows
from tests.fakes import reports as made

TEXT = "CANARY-7Q"
NUMBER = 73.1357


def _fact(metric: str, value: object, **evidence: object) -> Measurement:
    plain = made.measurement(metric, value, "-")  # type: ignore[arg-type]  # values of every kind
    return msgspec.structs.replace(
        plain, evidence=msgspec.structs.replace(plain.evidence, **evidence)
    )


def _session(*runs: ProbeRun) -> Session:
    return Session(
        id="ab" * 16, started=made.STARTED, app_version="1.0", platform="linux", runs=runs
    )


TRACE = Trace(step_s=0.5, unit="-", values=(NUMBER, NUMBER + 1))
PLANTED: dict[str, Measurement | Failure] = {
    "its value, a text": _fact("headset.microphone", TEXT),
    "its value, a number": _fact("headset.microphone", NUMBER),
    "its method": _fact("headset.microphone", "x", method=f"by-{TEXT}"),
    "its evidence": _fact("headset.microphone", "x", summary={"device": TEXT, TEXT: 1}),
    "its course": _fact("headset.microphone", NUMBER, trace=TRACE),
    "why there was none": Failure(
        metric="headset.microphone",
        failure=FailureCode.NO_DEVICE,
        detail=TEXT.lower(),
        summary={"device": TEXT},
        at=made.STARTED,
    ),
}


@pytest.mark.parametrize("place", PLANTED)
def test_nothing_is_left_of_it_in_any_attempt(place: str) -> None:
    session = _session(
        made.run("headset", PLANTED[place]),
        made.run("headset", made.reported("headset.microphone", "later"), attempt=2),
        made.run("headset", PLANTED[place], attempt=3),
    )
    told = msgspec.json.encode(withhold(session, {"headset.microphone"})).decode()
    assert TEXT.lower() not in told.lower()
    assert str(NUMBER)[:4] not in told
    assert told.count(f'"{WITHHELD}"') == 3


@pytest.mark.parametrize(
    "repeated",
    [
        {"device": TEXT},
        {"device": f"{TEXT} (USB)"},
        {f"tcp {TEXT.lower()}:443": "reached"},
        {"of": NUMBER},
        {"of": round(NUMBER, 1)},
        {"at": f"12.0 {NUMBER}"},
    ],
)
@pytest.mark.parametrize("failing", [False, True])
def test_what_its_check_repeats_of_it_goes_too(
    repeated: dict[str, str | float], *, failing: bool
) -> None:
    other: Measurement | Failure = _fact("headset.muted", value=False, summary={**repeated, "n": 4})
    if failing:
        other = Failure(
            metric="headset.muted",
            failure=FailureCode.UNSUPPORTED,
            summary={**repeated, "n": 4},
            at=made.STARTED,
        )
    session = _session(
        made.run("headset", _fact("headset.microphone", TEXT), _fact("voice.snr", NUMBER), other)
    )
    (run,) = withhold(session, {"headset.microphone", "voice.snr"}).runs
    told = msgspec.json.encode(run).decode().lower()
    assert TEXT.lower() not in told
    assert str(NUMBER)[:4] not in told
    assert '"n":4' in told


def test_a_name_goes_from_every_check() -> None:
    session = _session(
        made.run("headset", _fact("headset.microphone", TEXT)),
        made.run("microphone", _fact("voice.level", -25.0, summary={"device": TEXT})),
    )
    assert TEXT not in msgspec.json.encode(withhold(session, {"headset.microphone"})).decode()


def test_the_course_of_a_sister_figure_goes_too() -> None:
    session = _session(
        made.run(
            "line_call",
            made.measurement("line.round_trip_p95", 44.0, "ms"),
            made.measurement(
                "line.round_trip_median",
                31.0,
                "ms",
                trace=Trace(step_s=1, unit="ms", values=(30.0, 44.0)),
            ),
            made.measurement(
                "line.loss", 0.1, "%", trace=Trace(step_s=1, unit="%", values=(0.0, 0.1))
            ),
        )
    )
    (run,) = withhold(session, {"line.round_trip_p95"}).runs
    assert [m.evidence.trace is None for m in run.measurements] == [True, False]


def test_the_time_of_the_slowest_host_goes_and_what_came_out_stays() -> None:
    summary = {"tcp a.example:1": "reached 12.5 ms", "tcp b.example:1": "reached 43.1 ms"}
    session = _session(
        made.run(
            "endpoints",
            _fact("endpoints.reachable", value=True, summary=summary),
            made.measurement("endpoints.slowest", 43.1, "ms"),
        )
    )
    (run,) = withhold(session, {"endpoints.slowest"}).runs
    told = run.measurements[0].evidence.summary
    assert told == {"tcp a.example:1": "reached 12.5 ms", "tcp b.example:1": "reached"}


CODES = (None, FailureCode.SKIPPED, FailureCode.CANCELLED, FailureCode.UNSUPPORTED)
NAMES = ("machine.memory_installed", "machine.memory_usable")


def _tried(codes: tuple[FailureCode | None, ...], number: int) -> ProbeRun:
    return made.run(
        "memory",
        *(
            made.measurement(name, 4.0 + number, "GiB")
            if code is None
            else made.failure(name, code)
            for name, code in zip(NAMES, codes, strict=True)
        ),
        attempt=number,
    )


@pytest.mark.parametrize("codes", list(product(CODES, repeat=4)))
def test_which_attempt_of_the_others_counts_does_not_change(
    codes: tuple[FailureCode | None, ...],
) -> None:
    """Two attempts at two values, each measured, skipped, stopped or not readable: 256 sessions."""
    session = _session(_tried(codes[:2], 1), _tried(codes[2:], 2))
    less = withhold(session, {NAMES[0]}).latest()
    assert is_withheld(less[NAMES[0]])
    assert less[NAMES[1]] == session.latest()[NAMES[1]]


@settings(deadline=None, max_examples=80)
@given(data=st.data())
def test_leaving_out_never_makes_anything_better(data: st.DataObject) -> None:
    """Nothing becomes met, nothing that rests on other values changes, and it can be read."""
    profile = made.profile()
    report = made.report()
    known = sorted({m.metric for run in report.session.runs for m in run.measurements})
    struck = frozenset(data.draw(st.sets(st.sampled_from(known))))
    session = withhold(report.session, struck)
    overall, findings = judge(session, profile)
    asked = {one.id: one for one in profile.requirements}
    for old, new in zip(report.findings, findings, strict=True):
        mentioned = asked[old.requirement].metrics()
        if not mentioned & struck:
            assert new.verdict is old.verdict
        if mentioned and mentioned <= struck:
            assert new.verdict is Verdict.UNKNOWN
        if new.verdict is Verdict.PASS:
            assert old.verdict is Verdict.PASS
    if overall is Overall.READY:
        assert report.overall is Overall.READY
    again = msgspec.structs.replace(report, session=session, findings=findings, overall=overall)
    assert decode_report(encode_report(again)).session.id == session.id


def test_a_reader_is_told_who_left_it_out() -> None:
    profile = shipped()["typical-voice"]
    session = withhold(
        _session(made.run("disk", made.reported("machine.disk_free", 200.0, "GiB"))),
        {"machine.disk_free"},
    )
    overall, findings = judge(session, profile)
    report = msgspec.structs.replace(
        made.report(), session=session, overall=overall, findings=findings
    )
    (row,) = [
        row for row in rows(report, profile, Reader("en")) if row.metric == "machine.disk_free"
    ]
    assert row.found == "withheld by the applicant"
    assert row.reason == "The applicant left this out of the report."
    assert row.word == "open"
    assert row.advice == (("Ask", "Ask the applicant about it."),)
    assert "withheld by the applicant" in render_html(report, profile, Reader("en"))


def test_a_struck_answer_is_no_open_question() -> None:
    session = withhold(
        _session(made.run("questions", made.declared("quiet_room", value=True))),
        {"declared.quiet_room"},
    )
    fact = session.latest()["declared.quiet_room"]
    assert is_withheld(fact)
    assert json.loads(msgspec.json.encode(fact)) == {
        "metric": "declared.quiet_room",
        "failure": "skipped",
        "detail": "withheld",
        "at": (made.STARTED + timedelta(seconds=50)).isoformat().replace("+00:00", "Z"),
    }
