"""Before and after a measurement: what makes it another line, and what does not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from readiness.link_kind import CHANGED_REASONS, LINK_CHANGED, link_changed

FIXTURES = Path(__file__).parent.parent / "fixtures" / "link"


def _facts(name: str, index: int | None = 2) -> dict[str, Any]:
    case = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    return {**case["facts"], "index": index}


CABLE, WIFI = _facts("linux-wired-laptop"), _facts("linux-wifi")
VPN = _facts("linux-wireguard-over-cable")
NONE = _facts("linux-no-network", index=None)


@pytest.mark.parametrize("facts", [CABLE, WIFI, VPN, NONE], ids=["cable", "wifi", "vpn", "none"])
def test_the_same_line_has_not_changed(facts: dict[str, Any]) -> None:
    assert not link_changed(facts, facts)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (CABLE, WIFI),
        (CABLE, {**CABLE, "index": 7}),  # a second card, or an adapter that was plugged in anew
        (CABLE, VPN),
        (CABLE, NONE),
        (CABLE, {**CABLE, "interface": {**CABLE["interface"], "up": False}}),
        (VPN, _facts("linux-tun-over-wifi")),
        (_facts("linux-tap", index=9), _facts("linux-tun-over-cable-and-wifi", index=9)),
    ],
    ids=["kind", "index", "vpn", "gone", "unplugged", "under-the-vpn", "other-tunnel"],
)
def test_another_line_has_changed_either_way(before: dict[str, Any], after: dict[str, Any]) -> None:
    assert link_changed(before, after)
    assert link_changed(after, before)


def test_another_speed_is_no_other_line() -> None:
    slower = {**WIFI, "interface": {**WIFI["interface"], "speed_mbit": 6}}

    assert not link_changed(WIFI, slower)


def test_without_a_number_the_kind_alone_decides() -> None:
    """Facts that were recorded before there was one."""
    assert not link_changed(CABLE, {**CABLE, "index": None})
    assert link_changed(CABLE, {**WIFI, "index": None})


@pytest.mark.parametrize("odd", [{}, {"interface": 7}, {"interface": {}, "manager_type": [1]}])
def test_facts_that_make_no_sense_are_compared_all_the_same(odd: dict[str, Any]) -> None:
    assert not link_changed(odd, odd)


def test_the_reason_is_there_for_every_line_probe() -> None:
    assert set(CHANGED_REASONS) == {LINK_CHANGED} == {"link-changed"}
