"""What an interface is called: only a plain network card with a cable is ethernet.

The fixtures are composed after the systems' documentation (sysfs, ``netioapi.h``,
``networksetup``); they hold no recorded computer.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from readiness.link_kind import link_kind, link_speed

CASES = sorted((Path(__file__).parent.parent / "fixtures" / "link").glob("*.json"))


def _case(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    case = json.loads(path.read_text(encoding="utf-8"))
    return case["facts"], case["expected"]


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_connection_is_told_for_what_it_is(path: Path) -> None:
    facts, expected = _case(path)

    found = link_kind(facts)

    assert (found.kind if found else None) == expected["kind"]
    # A virtual machine's card is no tunnel that could be seen; None means "cannot be told".
    assert (found.vpn if found else None) == expected["vpn"]
    assert link_speed(facts) == expected["speed"]


@pytest.mark.parametrize("path", CASES, ids=[path.stem for path in CASES])
def test_what_is_unlike_a_network_card_is_never_ethernet(path: Path) -> None:
    """The name of the fixture says whether a cable may be claimed."""
    found = link_kind(_case(path)[0])

    if found is not None and found.kind == "ethernet":
        assert path.stem.endswith(("wired-laptop", "cable", "usb-adapter"))
        assert not found.vpn


@pytest.mark.parametrize("system", ["linux", "win32", "darwin", "plan9"])
def test_an_interface_of_which_nothing_is_known_is_unknown(system: str) -> None:
    found = link_kind({"system": system, "interface": {}})

    assert found is not None
    assert found.kind == "unknown"
    assert found.vpn is None


@pytest.mark.parametrize("speed", [-1, 0, 4_294_967_295, None, "1000"])
def test_a_speed_that_cannot_be_true_is_not_told(speed: object) -> None:
    card = {"type": 1, "hardware": True, "driver": "e1000e", "speed_mbit": speed}

    assert link_speed({"system": "linux", "interface": card}) is None


ODD: list[Any] = [[], [1], {}, {"x": []}, "", "x", -1, 1e400, True, None]
KEYS = ("type", "driver", "up", "parents", "hardware", "words", "if_type", "tun_flags", "port")


@pytest.mark.parametrize("system", ["linux", "win32", "darwin"])
@pytest.mark.parametrize("value", ODD, ids=repr)
def test_facts_that_no_system_tells_are_never_a_cable(system: str, value: object) -> None:
    """A recording can hold anything; it must neither crash a probe nor pass for a card."""
    row = dict.fromkeys(KEYS, value)
    facts = {"system": system, "interface": row, "others": value, "manager_type": value}

    found = link_kind(facts)
    assert found is not None
    assert found.kind != "ethernet"
    assert link_speed(facts) is None
