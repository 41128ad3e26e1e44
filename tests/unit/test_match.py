"""Matching one session with many profiles."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from readiness.match import Nearness, match
from readiness.model.measurement import (
    Evidence,
    EvidenceKind,
    Measurement,
    ProbeRun,
    Session,
)
from readiness.model.requirement import (
    Area,
    Criterion,
    Grade,
    Level,
    Operator,
    Profile,
    ProfileKind,
    Requirement,
    Source,
)

AT = datetime(2026, 1, 31, 12, tzinfo=UTC)
SOURCE = Source(title="a case", seen=date(2026, 1, 31), grade=Grade.P)


def _session(**values: float) -> Session:
    run = ProbeRun(
        probe="case",
        version=1,
        attempt=1,
        started=AT,
        duration_s=0,
        measurements=tuple(
            Measurement(
                metric=f"m.{name}",
                value=value,
                unit="dB",
                evidence=Evidence(kind=EvidenceKind.MEASURED, method="case"),
                at=AT,
            )
            for name, value in values.items()
        ),
    )
    return Session(id="0", started=AT, app_version="0", platform="linux", runs=(run,))


def _profile(name: str, *asked: str) -> Profile:
    """Asks at least 10 of each metric."""
    return Profile(
        id=name,
        kind=ProfileKind.TYPE,
        title={"en": name},
        summary={"en": name},
        requirements=tuple(
            Requirement(
                id=metric,
                level=Level.MUST,
                area=Area.LINE,
                any_of=(
                    Criterion(
                        metric=f"m.{metric}",
                        operator=Operator.AT_LEAST,
                        threshold=(10,),
                        unit="dB",
                        source=SOURCE,
                    ),
                ),
            )
            for metric in asked
        ),
        digest="0",
    )


@pytest.mark.parametrize(
    ("expected", "asked"),
    [
        (Nearness.READY, ("a", "b", "c")),
        (Nearness.NEARLY, ("a", "b", "low")),
        (Nearness.NEARLY, ("a", "b", "never")),
        (Nearness.NOT, ("a", "low")),
        (Nearness.NOT, ("low", "never")),
    ],
)
def test_nearly_is_few_lacks_and_more_met_than_missing(
    expected: Nearness, asked: tuple[str, ...]
) -> None:
    (found,) = match(_session(a=20, b=20, c=20, low=5), [_profile("p", *asked)])

    assert expected is found.nearness


def test_what_is_missing_names_failed_musts_first() -> None:
    (found,) = match(_session(a=20, low=5), [_profile("p", "never", "a", "low")])

    assert [finding.requirement for finding in found.missing] == ["low", "never"]


def test_the_nearest_comes_first() -> None:
    profiles = [
        _profile("far", "low", "never"),
        _profile("near", "a", "b", "low"),
        _profile("is", "a"),
    ]

    found = match(_session(a=20, b=20, low=5), profiles)

    assert [one.profile.id for one in found] == ["is", "near", "far"]


def test_a_session_without_any_value_is_ready_for_nothing_that_is_asked() -> None:
    (found,) = match(_session(), [_profile("p", "a", "b")])

    assert found.nearness is Nearness.NOT
