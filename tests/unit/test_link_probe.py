"""The link probe: facts in, measurements and honest failures out."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import FailureCode
from readiness.model.measurement import EvidenceKind
from readiness.ports import Choices
from readiness.probes.link import PROBE
from readiness.session import run_probe
from tests.fakes.world import FactsMachine, FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.model.measurement import Failure, Measurement

FIXTURES = Path(__file__).parent.parent / "fixtures" / "link"


def _found(name: str, **changes: object) -> dict[str, Measurement | Failure]:
    case = json.loads((FIXTURES / f"{name}.json").read_text(encoding="utf-8"))
    facts = {**case["facts"], **changes}
    run = run_probe(
        PROBE,
        world=FakeWorld(machine_port=FactsMachine(topics={"link": facts})),
        choices=Choices(),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )
    found: dict[str, Measurement | Failure] = {}
    found.update({result.metric: result for result in run.measurements})
    found.update({result.metric: result for result in run.failures})
    return found


def _value(found: dict[str, Measurement | Failure], metric: str) -> object:
    return getattr(found[metric], "value", None)


def test_a_wired_laptop_is_reported_by_the_system() -> None:
    found = _found("linux-wired-laptop")

    assert _value(found, "link.kind") == "ethernet"
    assert _value(found, "link.vpn") is False
    assert _value(found, "link.speed") == 1000
    assert found["link.kind"].evidence.kind is EvidenceKind.REPORTED  # type: ignore[union-attr]


def test_a_vpn_is_named_and_hides_the_cable() -> None:
    found = _found("linux-wireguard-over-cable")

    assert _value(found, "link.kind") == "unknown"
    assert _value(found, "link.vpn") is True
    assert found["link.vpn"].evidence.summary["vpn"] == "wireguard"  # type: ignore[union-attr]
    assert found["link.speed"].failure is FailureCode.UNSUPPORTED  # type: ignore[union-attr]


def test_ppp_leaves_the_vpn_open() -> None:
    found = _found("linux-ppp")

    assert found["link.vpn"].detail == "vpn-unclear"  # type: ignore[union-attr]


def test_no_network_is_a_failure_and_the_proxy_is_told_all_the_same() -> None:
    found = _found("linux-no-network")

    assert found["link.kind"].detail == "no-network"  # type: ignore[union-attr]
    assert _value(found, "link.proxy") is False


def test_a_proxy_is_named_by_where_it_is_set() -> None:
    proxy = {"variables": ["https_proxy"], "system": [], "asked": ["environment", "system"]}
    found = _found("windows-wifi", proxy=proxy)

    assert _value(found, "link.proxy") is True
    summary = found["link.proxy"].evidence.summary  # type: ignore[union-attr]
    assert summary == {"asked": "environment, system", "environment": "https_proxy"}


def test_unheard_proxy_settings_are_not_called_none() -> None:
    found = _found("linux-wifi", proxy=None)

    assert found["link.proxy"].detail == "proxy-not-told"  # type: ignore[union-attr]
