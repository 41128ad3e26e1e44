"""What a plan says beforehand: how long, whether a measuring server is wanted, the date."""

from __future__ import annotations

import threading
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from readiness.engine import Engine
from readiness.model.errors import InputError
from readiness.ports import Choices
from readiness.profiles import parse_profile, shipped
from tests.fakes.profiles import HOSTS, endpoint
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.engine import Plan

ONE = endpoint("app.example.com", 443, "tls")
SPEED = """
[[requirement]]
id = "download"
level = "must"
area = "line"
any_of = [{ metric = "line.download", at_least = 3, unit = "Mbit/s", source = "own" }]
"""


def _plan(text: str) -> Plan:
    return Engine().plan([parse_profile(text.encode(), "x.toml")])


@pytest.mark.parametrize(("thorough", "seconds"), [(False, 17 + 18), (True, 32 + 35)])
def test_measuring_longer_lengthens_the_line_alone(*, thorough: bool, seconds: float) -> None:
    chosen, names = [shipped()["typical-voice"]], ("line_call", "line_speed")
    plan = Engine().plan(chosen, only=names, choices=Choices(thorough=thorough))

    assert plan.seconds == seconds


def test_what_does_not_change_lasts_as_usual() -> None:
    chosen = [shipped()["typical-voice"]]
    plan = Engine().plan(chosen, only=("memory",), choices=Choices(thorough=True))

    assert (plan.seconds, plan.has_thorough) == (0.1, False)


@pytest.mark.parametrize(("text", "alone"), [(HOSTS + ONE, True), (HOSTS + SPEED + ONE, False)])
def test_hosts_alone_are_told_from_a_line_that_is_measured_too(text: str, *, alone: bool) -> None:
    assert _plan(text).hosts_only is alone


def test_without_a_host_that_is_named_a_server_is_wanted() -> None:
    """What stands between is found with the hosts of the chosen method."""
    assert not Engine().plan([shipped()["typical-voice"]], only=("middlebox",)).hosts_only


@pytest.mark.parametrize(
    "day", [datetime(2009, 1, 1, tzinfo=UTC), datetime(2106, 2, 7, tzinfo=UTC)]
)
def test_nothing_is_measured_on_a_day_that_nobody_believes(tmp_path: Path, day: datetime) -> None:
    """The day of an empty battery, and that on which 32 bits of seconds end."""
    engine = Engine(tmp_path, FakeWorld(), now=lambda: day)
    plan = engine.plan([shipped()["typical-voice"]], only=("memory",))
    heard: list[object] = []

    with pytest.raises(InputError, match="clock-wrong"):
        engine.run(plan, person=WillingPerson(), listener=heard.append, stop=threading.Event())
    assert heard == []
    assert list(tmp_path.iterdir()) == []


def test_a_usual_day_is_believed(tmp_path: Path) -> None:
    Engine(tmp_path, now=lambda: datetime(2027, 6, 1, tzinfo=UTC)).check_clock()
