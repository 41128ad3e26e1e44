"""What the connection is, whether it stayed the same, and what may be said of it. Pure.

The rules for one interface are in ``readiness.link_rules``; ``docs/methods/link.md`` explains them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from readiness.link_rules import CELLULAR, ETHERNET, OTHER, UNKNOWN, WIFI, Row, rows, seen
from readiness.model.text import N_
from readiness.ports import Reason

LINK_CHANGED = "link-changed"
CHANGED_REASONS: Mapping[str, Reason] = {
    LINK_CHANGED: Reason(
        what=N_("The connection changed while it was measured, so no figure holds for it."),
        remedy=N_("Stay with one network, leave a VPN as it is, and measure again."),
    ),
}
"""For the ``reasons`` of every probe that measures the line."""


@dataclass(frozen=True, kw_only=True)
class LinkKind:
    """What the connection is; ``under`` is what a tunnel seems to run over, if known."""

    kind: str
    evidence: str
    vpn: str | None
    under: str = ""


def link_kind(facts: Row) -> LinkKind | None:
    """Judge the facts of the topic ``link``; none if there is no connection."""
    row = facts.get("interface")
    if not isinstance(row, Mapping):
        return None
    guest = bool(facts.get("virtual_machine"))
    system = str(facts.get("system"))
    what = seen(system, row, guest=guest)
    if not what.vpn:
        return _agreed(facts, LinkKind(kind=what.kind, evidence=what.evidence, vpn=what.vpn))
    beneath = {seen(system, other, guest=guest).kind for other in rows(facts, "others")}
    under = beneath.pop() if len(beneath) == 1 else ""
    # Whatever the tunnel is, all its packets go through the air: that is certain enough to say.
    kind = under if under in (WIFI, CELLULAR) else UNKNOWN
    return LinkKind(kind=kind, evidence=what.evidence, vpn=what.vpn, under=under)


def link_speed(facts: Row) -> float | None:
    """Mbit/s as the system states it, if that can be true; none otherwise."""
    found = link_kind(facts)
    row = facts.get("interface")
    if found is None or not isinstance(row, Mapping) or found.vpn is None or found.vpn:
        return None
    speed = row.get("speed_mbit")
    if found.kind in (UNKNOWN, OTHER) or not isinstance(speed, int | float):
        return None
    return float(speed) if 1 <= speed <= 400_000 else None  # noqa: PLR2004 - the fastest Ethernet


NM_ETHERNET = 1
NM_SILENT = {None, 0, 14}
"""NetworkManager's device types *unknown* and *generic* say nothing (``NMDeviceType``)."""
NM_STACKED = {10, 11, 13}
"""bond, vlan, bridge: what they rest on is looked at by the rules."""


def _agreed(facts: Row, found: LinkKind) -> LinkKind:
    """A cable counts only if NetworkManager, where it was asked, does not see something else."""
    told = facts.get("manager_type")
    said = told if isinstance(told, int) else None
    if found.kind != ETHERNET or said in NM_SILENT or said == NM_ETHERNET:
        return found
    if said in NM_STACKED and found.evidence != "network-card":
        return found
    return LinkKind(kind=UNKNOWN, evidence="system-disagrees", vpn=None)


def link_changed(before: Row, after: Row) -> bool:
    """Whether a measurement between two readings of the topic ``link`` holds for no one line.

    True if another interface carries the traffic, if it is of another kind, if a VPN was switched
    on or off, or if the connection came or went. Another signal or speed is no change.
    """
    first, second = link_kind(before), link_kind(after)
    if first is None or second is None:
        return first is not second
    indices = before.get("index"), after.get("index")
    if None not in indices and indices[0] != indices[1]:
        return True
    return (first.kind, first.vpn) != (second.kind, second.vpn)


def has_wifi(facts: Row) -> bool | None:
    """Whether the connection goes over Wi-Fi; none if there is none or that cannot be told."""
    found = link_kind(facts)
    return None if found is None or found.kind == UNKNOWN else found.kind == WIFI
