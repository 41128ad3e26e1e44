"""How this computer is connected: cable, Wi-Fi and how strong, mobile; VPN, proxy, metered or not.

Nothing is measured over the network. The rules are in ``readiness.link_kind``; how it is done is
told in ``docs/methods/link.md``.
"""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median
from typing import TYPE_CHECKING

from readiness.advice import internet, places
from readiness.link_kind import has_wifi, link_kind, link_speed
from readiness.link_metrics import (
    KIND,
    METERED,
    PROXY,
    SIGNAL,
    SIGNAL_WORST,
    SPEED,
    VPN,
)
from readiness.machine_facts import REASONS, text, truth
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import EvidenceKind, Trace
from readiness.model.text import N_
from readiness.ports import Live, Probe, Reason, failed, measured, reported
from readiness.wifi_signal import ACCURACY_DB, SIGNAL_REASONS, signal_now

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.link_kind import LinkKind
    from readiness.ports import Context, Facts, Result
    from readiness.wifi_signal import Signal

METHOD = "route-lookup"
PROXY_METHOD = "proxy-settings"
COST_METHOD, COST_GUESS = "network-cost", "network-cost-guessed"
SIGNAL_METHOD = "wifi-signal"

SAMPLES = 10
STEP_S = 0.2
LONGEST_S = 3.0
"""Where each sample takes long, there are fewer."""


def run(ctx: Context) -> Iterator[Result]:
    """Look the route up and judge the interface behind it."""
    facts = ctx.machine.facts("link")
    yield _proxy(ctx, facts.get("proxy"))
    found = link_kind(facts)
    if found is None:
        for metric in (KIND, VPN, SPEED, METERED, SIGNAL, SIGNAL_WORST):
            yield failed(ctx, metric, FailureCode.UNREACHABLE, "no-network")
        return
    yield from _kind(ctx, facts, found)
    yield _metered(ctx, facts)
    yield from _signal(ctx, wifi=has_wifi(facts))


def _kind(ctx: Context, facts: Facts, found: LinkKind) -> Iterator[Result]:
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


def _metered(ctx: Context, facts: Facts) -> Result:
    told = truth(facts, "metered")
    if told is None:
        return failed(ctx, METERED, FailureCode.UNSUPPORTED, "metered-not-told")
    method = COST_GUESS if text(facts, "metered_how") == "guessed" else COST_METHOD
    return reported(ctx, METERED, told, method=method)


def _signal(ctx: Context, *, wifi: bool | None) -> Iterator[Result]:
    """Median and weakest of some samples; nothing where there is no Wi-Fi."""
    try:
        found, seconds = _sample(ctx, wifi=wifi)
    except CannotMeasure as fault:
        for metric in (SIGNAL, SIGNAL_WORST):
            yield failed(ctx, metric, fault.code, fault.detail, **fault.summary)
        return
    levels = tuple(one.dbm for one in found)
    trace = None
    if seconds > 0:
        trace = Trace(step_s=seconds / (len(levels) - 1), unit="dBm", values=levels)
    for metric, value in ((SIGNAL, median(levels)), (SIGNAL_WORST, min(levels))):
        yield measured(
            ctx,
            metric,
            value,
            method=SIGNAL_METHOD,
            kind=EvidenceKind.REPORTED,
            uncertainty=ACCURACY_DB,
            samples=len(levels),
            trace=trace,
            summary={"source": found[0].source},
        )


def _sample(ctx: Context, *, wifi: bool | None) -> tuple[list[Signal], float]:
    """Some samples, and the seconds from the first to the last; 0 if there is only one."""
    if wifi is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "wifi-unclear")
    if not wifi:
        raise CannotMeasure(FailureCode.NO_DEVICE, "no-wifi")
    found = [signal_now(ctx.machine)]
    begin = last = ctx.clock.monotonic()
    while found[-1].cheap and len(found) < SAMPLES and last - begin < LONGEST_S:
        ctx.clock.sleep(STEP_S)
        found.append(signal_now(ctx.machine))
        last = ctx.clock.monotonic()
        live = Live(metric=SIGNAL.id, value=found[-1].dbm, unit=SIGNAL.unit)
        ctx.progress(len(found) / SAMPLES, live)
    return found, last - begin


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
    version=2,
    title=N_("Connection"),
    metrics=(KIND, VPN, PROXY, SPEED, METERED, SIGNAL, SIGNAL_WORST),
    run=run,
    seconds=3,
    limit=40,
    methods={
        METHOD: N_(
            "The network interface that leads to the server or the internet; carries no test data."
        ),
        PROXY_METHOD: N_("The proxy settings of this computer."),
        COST_METHOD: N_("The system's own setting for this connection."),
        COST_GUESS: N_("The system guesses it from the kind of connection."),
        SIGNAL_METHOD: N_("The strength of the access point's signal, as the Wi-Fi card tells it."),
    },
    reasons={
        **REASONS,
        **SIGNAL_REASONS,
        "no-network": Reason(
            what=N_("This computer is not connected to a network."),
            remedy=N_("Connect it by cable or Wi-Fi and try again."),
            where=places.WIFI,
            tips=(internet.PROVIDER,),
        ),
        "vpn-unclear": Reason(
            what=N_("It cannot be told whether this kind of connection is a VPN."),
            remedy=N_("If you use a VPN, switch it off and try again."),
            where=places.VPN,
        ),
        "speed-not-told": Reason(
            what=N_("The system does not tell the speed of this connection."),
            remedy=N_("Nothing is needed; the line's own speed is measured separately."),
            cost=None,
        ),
        "metered-not-told": Reason(
            what=N_("The system does not tell whether this connection is metered."),
            remedy=N_("Nothing is needed; your contract says whether data cost extra."),
            cost=None,
            where=places.METERED,
        ),
        "proxy-not-told": Reason(
            what=N_("The system does not tell whether a proxy is in use."),
            remedy=N_("Look into the network settings of this computer."),
            where=places.PROXY,
        ),
    },
)
