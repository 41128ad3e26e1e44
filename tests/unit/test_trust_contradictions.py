"""What does not fit together is found; an honest report has nothing of the kind."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness.trust.contradictions import contradictions
from tests.fakes.trust import BEGUN, MADE, invitation, rate, report, session

if TYPE_CHECKING:
    from datetime import datetime

    from readiness.model.measurement import Measurement, ProbeRun

INVITATION = invitation()
NOW = BEGUN + timedelta(hours=1)


def codes(*runs: ProbeRun, now: datetime = NOW, **changes: object) -> list[str]:
    """The codes that are found in a session with these runs."""
    measured = msgspec.structs.replace(session(INVITATION), **changes)
    if runs:
        measured = msgspec.structs.replace(measured, runs=runs)
    found = contradictions(report(measured), now=now, invited=MADE)
    return [one.code for one in found]


def line(*found: Measurement, **changes: object) -> ProbeRun:
    """The run of the line with other figures."""
    run = session(INVITATION).runs[0]
    return msgspec.structs.replace(run, measurements=found or run.measurements, **changes)


def fact(metric: str, value: float, unit: str = "-") -> Measurement:
    found = session(INVITATION).runs[1].measurements[0]
    return msgspec.structs.replace(found, metric=metric, value=value, unit=unit, at=BEGUN)


def test_an_honest_report_fits_together() -> None:
    assert codes() == []


def test_a_value_above_its_own_readings_is_found() -> None:
    """The readings lie between 5.85 and 6.825 Mbit/s."""
    altered = msgspec.structs.replace(rate("line.upload", 6.5), value=9.0)

    assert "outside-its-course" in codes(line(altered))


def test_what_a_call_beside_it_used_belongs_to_the_figure() -> None:
    honest = rate("line.upload", 2.0)
    summary = {**honest.evidence.summary, "call_beside_mbit": 0.5}
    evidence = msgspec.structs.replace(honest.evidence, summary=summary)

    assert codes(line(msgspec.structs.replace(honest, value=2.5, evidence=evidence))) == []


def test_too_few_bytes_for_the_rate_are_found() -> None:
    """100 Mbit/s for 4.25 s are 53 MB; 4.9 MB were moved."""
    honest = rate("line.upload", 6.5)
    evidence = msgspec.structs.replace(honest.evidence, trace=None)
    altered = msgspec.structs.replace(honest, value=100.0, evidence=evidence)

    assert codes(line(altered)) == ["bytes-do-not-fit"]


def test_a_transfer_longer_than_its_check_is_found() -> None:
    assert "longer-than-its-check" in codes(line(rate("line.upload", 6.5, seconds=60)))


def test_two_checks_at_the_same_time_are_found() -> None:
    second = msgspec.structs.replace(
        session(INVITATION).runs[1], started=BEGUN + timedelta(seconds=10)
    )

    assert codes(line(), second) == ["times-overlap"]


def test_checks_that_follow_at_once_do_not_overlap() -> None:
    """Starts are cut to whole seconds, so one may seem to begin before the other's end."""
    second = msgspec.structs.replace(
        session(INVITATION).runs[1], started=BEGUN + timedelta(seconds=24)
    )

    assert codes(line(), second) == []


@pytest.mark.parametrize(
    ("smaller", "greater", "unit"),
    [
        ("machine.memory_usable", "machine.memory_installed", "GiB"),
        ("machine.disk_free", "machine.disk_total", "GiB"),
        ("machine.cpu_cores", "machine.cpu_threads", "-"),
        ("line.round_trip_median", "line.round_trip_p95", "ms"),
    ],
)
def test_a_part_greater_than_its_whole_is_found(smaller: str, greater: str, unit: str) -> None:
    assert codes(line(fact(smaller, 16, unit), fact(greater, 8, unit))) == ["greater-than-whole"]
    assert codes(line(fact(smaller, 8, unit), fact(greater, 16, unit))) == []


@pytest.mark.parametrize(
    ("metric", "value", "unit"), [("line.loss", -1, "%"), ("line.loss", 101, "%")]
)
def test_a_value_that_nothing_can_have_is_found(metric: str, value: float, unit: str) -> None:
    assert codes(line(fact(metric, value, unit))) == ["out-of-range"]


def test_a_check_before_the_invitation_was_made_is_found() -> None:
    assert "before-invitation" in codes(started=MADE - timedelta(hours=1))


def test_a_report_from_the_future_is_found() -> None:
    assert codes(now=BEGUN - timedelta(days=1)) == ["from-tomorrow"]


def test_something_measured_after_the_report_was_made_is_found() -> None:
    late = msgspec.structs.replace(
        session(INVITATION).runs[1], started=BEGUN + timedelta(minutes=20), measurements=()
    )

    assert codes(line(), late) == ["judged-before-found"]


def test_a_value_from_outside_of_its_check_is_found() -> None:
    found = session(INVITATION).runs[1].measurements[0]
    late = msgspec.structs.replace(found, at=BEGUN + timedelta(hours=3))
    run = msgspec.structs.replace(session(INVITATION).runs[1], measurements=(late,))

    assert codes(run) == ["outside-its-check"]


def test_bytes_that_were_moved_in_no_time_are_found() -> None:
    honest = rate("line.upload", 6.5)
    summary = {**honest.evidence.summary, "seconds": 0.0}
    evidence = msgspec.structs.replace(honest.evidence, summary=summary)

    assert codes(line(msgspec.structs.replace(honest, evidence=evidence))) == ["bytes-do-not-fit"]


def test_every_oddity_has_words_for_the_table() -> None:
    """Read from the sources, so that a new one is not forgotten."""
    import re
    from pathlib import Path

    from readiness.review.words import ODDITIES
    from readiness.trust.arrived import IMPOSSIBLE

    trust = Path(__file__).parents[2] / "readiness" / "trust"
    names = ("contradictions.py", "observed.py", "misplaced.py", "origin.py")
    sources = [(trust / name).read_text("utf-8") for name in names]
    named = {code for text in sources for code in re.findall(r'(?:code=|yield )"([a-z-]+)"', text)}

    assert named | IMPOSSIBLE == ODDITIES.keys()
