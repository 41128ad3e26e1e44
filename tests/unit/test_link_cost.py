"""Metered or not: what each system says about the cost of a connection."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readiness.ports import Choices
from readiness.probes.link import PROBE
from readiness.session import run_probe
from readiness.system.link import network_cost, network_manager
from tests.fakes.world import FactsMachine, FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.model.measurement import ProbeRun

FIXTURES = Path(__file__).parent.parent / "fixtures" / "link"


@pytest.mark.parametrize(
    ("cost", "metered"),
    [
        (0x0, None),  # NLM_CONNECTION_COST_UNKNOWN
        (0x1, False),  # UNRESTRICTED
        (0x2, True),  # FIXED
        (0x4, True),  # VARIABLE
        (0x40001, True),  # ROAMING
        (0x10002, True),  # OVERDATALIMIT
        (0x20001, False),  # CONGESTED says nothing about cost
    ],
)
def test_windows_cost_is_read_after_netlistmgr(cost: int, metered: bool | None) -> None:  # noqa: FBT001 - expected value
    assert network_cost.metered(cost) is metered


@pytest.mark.parametrize(
    ("value", "facts"),
    [
        (0, {}),
        (1, {"metered": True, "metered_how": "told"}),
        (2, {"metered": False, "metered_how": "told"}),
        (3, {"metered": True, "metered_how": "guessed"}),
        (4, {"metered": False, "metered_how": "guessed"}),
        (5, {}),
    ],
)
def test_linux_reads_networkmanagers_numbers(value: int, facts: dict[str, object]) -> None:
    """``NMMetered`` of NetworkManager's D-Bus API."""
    reply = f'{{"type":"u","data":{value}}}\n{{"type":"u","data":2}}\n'

    assert network_manager.shape(reply) == {**facts, "manager_type": 2}


@pytest.mark.parametrize(
    "reply", ["", "u 4", "[]", '{"data":"4"}', '{"data":true}\n{"data":null}', '{"data":[]}']
)
def test_linux_nonsense_is_not_told(reply: str) -> None:
    assert network_manager.shape(reply) == {}


def _run(**facts: object) -> ProbeRun:
    case = json.loads((FIXTURES / "linux-wired-laptop.json").read_text(encoding="utf-8"))
    link = {**case["facts"], **facts}
    return run_probe(
        PROBE,
        world=FakeWorld(machine_port=FactsMachine(topics={"link": link})),
        choices=Choices(),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def test_a_guess_of_the_system_is_called_one() -> None:
    run = _run(metered=True, metered_how="guessed")

    found = next(one for one in run.measurements if one.metric == "link.metered")
    assert found.value is True
    assert found.evidence.method == "network-cost-guessed"


@pytest.mark.parametrize("said", [None, 1, "yes"])
def test_what_is_not_told_is_not_called_unmetered(said: object) -> None:
    run = _run(metered=said)

    assert [f.detail for f in run.failures if f.metric == "link.metered"] == ["metered-not-told"]


def test_the_number_of_the_interface_is_in_no_evidence() -> None:
    assert "987654" not in repr(_run(index=987654))
