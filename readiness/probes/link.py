"""How this computer is connected: cable, Wi-Fi, mobile; through a VPN; through a proxy.

Nothing is sent. The rules are in ``readiness.link_kind`` and ``docs/methods/link.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from readiness.link_kind import link_kind, link_speed
from readiness.machine_facts import REASONS
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cost, Metric, Shape, Tip
from readiness.model.text import N_
from readiness.ports import Probe, Reason, failed, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Context, Result

METHOD = "route-lookup"
PROXY_METHOD = "proxy-settings"

KIND = Metric(
    id="link.kind",
    title=N_("Connection"),
    shape=Shape.CHOICE,
    labels={
        "ethernet": N_("network cable"),
        # Translators: a wireless local network.
        "wifi": N_("Wi-Fi"),
        "cellular": N_("mobile network"),
        # Translators: a connection that is neither cable nor Wi-Fi, e.g. a phone's by USB.
        "other": N_("another kind"),
        "unknown": N_("not clear"),
    },
    advice=(
        Tip(Cost.CHEAP, N_("Connect the computer to the router with a network cable.")),
        Tip(Cost.FREE, N_("Switch a VPN off for the test, so that the connection can be seen.")),
    ),
)
VPN = Metric(
    id="link.vpn",
    # Translators: virtual private network, a tunnel.
    title=N_("VPN in use"),
    shape=Shape.YES_NO,
    advice=(Tip(Cost.FREE, N_("Switch the VPN off, then measure again.")),),
)
PROXY = Metric(
    id="link.proxy",
    title=N_("Proxy in use"),
    shape=Shape.YES_NO,
    advice=(Tip(Cost.ASK, N_("Ask whoever set this computer up whether the proxy is needed.")),),
)
SPEED = Metric(
    id="link.speed",
    # Translators: speed between computer and router, not of the internet connection.
    title=N_("Speed up to the router"),
    unit="Mbit/s",
    resolution=1,
    advice=(Tip(Cost.CHEAP, N_("Use a network cable of category 5e or better.")),),
)


def run(ctx: Context) -> Iterator[Result]:
    """Look the route up and judge the interface behind it."""
    facts = ctx.machine.facts("link")
    yield _proxy(ctx, facts.get("proxy"))
    found = link_kind(facts)
    if found is None:
        for metric in (KIND, VPN, SPEED):
            yield failed(ctx, metric, FailureCode.UNREACHABLE, "no-network")
        return
    over = {"tunnel_over": found.under} if found.under else {}
    route = str(facts.get("route", ""))
    yield reported(
        ctx, KIND, found.kind, method=METHOD, evidence=found.evidence, route=route, **over
    )
    if found.vpn is None:
        yield failed(ctx, VPN, FailureCode.UNSUPPORTED, "vpn-unclear", evidence=found.evidence)
    elif found.vpn:
        yield reported(ctx, VPN, value=True, method=METHOD, vpn=found.vpn, route=route)
    else:
        yield reported(ctx, VPN, value=False, method=METHOD, route=route)
    speed = link_speed(facts)
    if speed is None:
        yield failed(ctx, SPEED, FailureCode.UNSUPPORTED, "speed-not-told")
    else:
        yield reported(ctx, SPEED, speed, method=METHOD)


def _proxy(ctx: Context, said: object) -> Result:
    """Yes where any setting names a proxy; no only for what was asked, which is listed."""
    values = said if isinstance(said, Mapping) else {}
    variables, system, asked = (
        ", ".join(map(str, values.get(key) or ())) for key in ("variables", "system", "asked")
    )
    if not asked:
        return failed(ctx, PROXY, FailureCode.UNSUPPORTED, "proxy-not-told")
    summary = {"asked": asked}
    if variables:
        summary["environment"] = variables
    if system:
        summary["system"] = system
    return reported(ctx, PROXY, bool(variables or system), method=PROXY_METHOD, **summary)


PROBE = Probe(
    id="link",
    version=1,
    title=N_("Connection"),
    metrics=(KIND, VPN, PROXY, SPEED),
    run=run,
    seconds=1,
    limit=20,
    methods={
        METHOD: N_("The network interface that leads to the server or the internet; sends nothing"),
        PROXY_METHOD: N_("The proxy settings of this computer"),
    },
    reasons={
        **REASONS,
        "no-network": Reason(
            what=N_("This computer is not connected to a network."),
            remedy=N_("Connect it by cable or Wi-Fi and try again."),
        ),
        "vpn-unclear": Reason(
            what=N_("It cannot be told whether this kind of connection is a VPN."),
            remedy=N_("If you use a VPN, switch it off and try again."),
        ),
        "speed-not-told": Reason(
            what=N_("The system does not tell the speed of this connection."),
            remedy=N_("Nothing is needed; the line's own speed is measured separately."),
        ),
        "proxy-not-told": Reason(
            what=N_("The system does not tell whether a proxy is in use."),
            remedy=N_("Look into the network settings of this computer."),
        ),
    },
)
