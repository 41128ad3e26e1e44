"""Judging, by cases that are data, and the overall result."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest

from readiness.judge import judge, overall
from readiness.model.finding import Finding, Overall, Verdict
from readiness.model.measurement import (
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    ProbeRun,
    Session,
)
from readiness.model.requirement import Area, Level, Profile, ProfileKind, Requirement

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
SOURCE = {"title": "a case", "seen": date(2026, 1, 31), "grade": "P"}
CASES = [
    (f"{path.stem}: {case['name']}", case)
    for path in sorted((Path(__file__).parent.parent / "cases/judging").glob("*.toml"))
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


def _session(found: list[dict[str, Any]]) -> Session:
    measurements = tuple(
        Measurement(
            metric=fact["metric"],
            value=fact["value"],
            unit=fact["unit"],
            uncertainty=fact.get("uncertainty"),
            evidence=Evidence(kind=EvidenceKind(fact.get("kind", "measured")), method="case"),
            at=AT,
        )
        for fact in found
        if "value" in fact
    )
    failures = tuple(
        Failure(metric=fact["metric"], failure=fact["failure"], at=AT)
        for fact in found
        if "failure" in fact
    )
    run = ProbeRun(
        probe="case",
        version=1,
        attempt=1,
        started=AT,
        duration_s=0,
        measurements=measurements,
        failures=failures,
    )
    return Session(id="0", started=AT, app_version="0", platform="linux", runs=(run,))


def _profile(*requirements: Requirement) -> Profile:
    return Profile(
        id="case",
        kind=ProfileKind.TYPE,
        title={"en": "Case"},
        summary={"en": "Case"},
        requirements=requirements,
        digest="0",
    )


def _requirement(case: dict[str, Any]) -> Requirement:
    document = {
        "id": "r",
        "level": "must",
        "area": "computer",
        "any_of": [{**criterion, "source": SOURCE} for criterion in case["any_of"]],
    }
    if "applies_to" in case:
        document["applies_to"] = case["applies_to"]
    return msgspec.convert(document, Requirement)


@pytest.mark.parametrize("case", [case for _, case in CASES], ids=[name for name, _ in CASES])
def test_case_gets_the_verdict_that_the_rule_gives(case: dict[str, Any]) -> None:
    _, (finding,) = judge(_session(case["found"]), _profile(_requirement(case)))

    assert case["verdict"] == finding.verdict
    if "margin" in case:
        assert case["margin"] == finding.margin
    if "rests_on" in case:
        assert case["rests_on"] == finding.rests_on


def test_judging_again_gives_the_same_bytes() -> None:
    """Measure once, be judged by many: the judge adds nothing of its own."""
    profile = _profile(*(_requirement(case) for _, case in CASES))
    session = _session([fact for _, case in CASES for fact in case["found"]])

    first, second = (msgspec.json.encode(judge(session, profile)) for _ in range(2))

    assert first == second


def test_a_session_read_back_from_json_is_judged_alike() -> None:
    profile = _profile(*(_requirement(case) for _, case in CASES))
    session = _session([fact for _, case in CASES for fact in case["found"]])

    again = msgspec.json.decode(msgspec.json.encode(session), type=Session)

    assert judge(session, profile) == judge(again, profile)


@pytest.mark.parametrize(
    ("expected", "verdicts"),
    [
        (Overall.READY, [("must", "pass"), ("should", "fail"), ("must", "not-applicable")]),
        (Overall.NOT_READY, [("must", "pass"), ("must", "fail"), ("must", "unknown")]),
        (Overall.OPEN, [("must", "pass"), ("must", "unknown")]),
        (Overall.OPEN, [("must", "borderline")]),
        (Overall.READY, [("info", "unknown"), ("should", "borderline")]),
    ],
)
def test_overall_follows_the_musts_alone(
    expected: Overall, verdicts: list[tuple[str, str]]
) -> None:
    findings = [
        Finding(requirement="r", level=Level(level), area=Area.LINE, verdict=Verdict(verdict))
        for level, verdict in verdicts
    ]

    assert expected is overall(findings)


def test_the_last_attempt_that_was_not_stopped_counts() -> None:
    """Nobody can pick the best of several attempts, and stopping one loses nothing."""
    good, worse = (
        _session([{"metric": "line.upload", "value": value, "unit": "Mbit/s"}]).runs[0]
        for value in (5.0, 2.0)
    )
    stopped = _session([{"metric": "line.upload", "failure": "cancelled"}]).runs[0]
    session = msgspec.structs.replace(_session([]), runs=(good, worse, stopped))

    counted = session.latest()["line.upload"]

    assert isinstance(counted, Measurement)
    assert counted.value == 2.0
