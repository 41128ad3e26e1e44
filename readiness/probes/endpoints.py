"""Whether the hosts that the work needs can be reached from here; ``docs/methods/endpoints.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.advice import internet, places
from readiness.endpoint_outcomes import (
    REACHABLE_ID,
    REACHED,
    SENT,
    SLOWEST_ID,
    UNREACHED_ID,
    Outcome,
    endpoint_key,
    outcome_value,
)
from readiness.line_reasons import LINE_REASONS
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import MAX_TEXT, Cause, Cost, Metric, Shape, Tip
from readiness.model.text import N_
from readiness.ports import Need, Probe, Reason, failed, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.measurement import Scalar
    from readiness.ports import Context, Result

METHOD = "endpoint-tries"
METHOD_UNREACHED = "endpoint-tries-unreached"
MOST = 36
"""So many hosts fit into the evidence; of more, nothing can be said about all."""

ONE_TRY = 0.5
"""Relative half width given to a time of which there is only one reading."""

NETWORK = Tip(
    Cost.FREE,
    N_("Switch a VPN off for the test, or try another network."),
    where=places.VPN,
)
ALLOW = Tip(
    Cost.FREE,
    N_("See whether the firewall or virus scanner of this computer holds programs back."),
    where=places.FIREWALL,
)
FILTER = Tip(
    Cost.ASK,
    N_("Ask whoever set up this network or this computer whether a firewall blocks these hosts."),
)
EMPLOYER = Tip(Cost.ASK, N_("Ask the employer whether these hosts are running and still right."))

BLOCKED = (
    Cause(
        N_(
            "A firewall, a VPN or the network's owner keeps these hosts away, or the hosts are out"
            " of order. If they answer over a telephone's hotspot, it is your network."
        )
    ),
)

REACHABLE = Metric(
    id=REACHABLE_ID,
    # Translators: whether the servers (hosts) that the work needs can be reached; yes or no.
    title=N_("Hosts of the work reachable"),
    shape=Shape.YES_NO,
    causes=BLOCKED,
    advice=(NETWORK, ALLOW, FILTER, EMPLOYER),
)
UNREACHED = Metric(
    id=UNREACHED_ID,
    title=N_("Hosts of the work not reached"),
    resolution=1,
    causes=BLOCKED,
    advice=(NETWORK, ALLOW, FILTER, EMPLOYER),
)
SLOWEST = Metric(
    id=SLOWEST_ID,
    # Translators: the time until the slowest of the hosts of the work answered.
    title=N_("Slowest host of the work"),
    unit="ms",
    resolution=1,
    causes=(
        Cause(
            N_(
                "The way to this host is long: it stands far away, or a VPN or a mobile line"
                " lengthens the way."
            )
        ),
    ),
    advice=(NETWORK, internet.CABLE, EMPLOYER),
)


def run(ctx: Context) -> Iterator[Result]:
    """Try every host and say what the outcomes mean together."""
    reach = ctx.reach
    endpoints = tuple(reach.endpoints)
    if not endpoints:
        raise CannotMeasure(FailureCode.SKIPPED, "no-endpoints")
    outcomes: dict[str, Outcome] = {}
    tried = endpoints[:MOST]
    for number, reading in enumerate(reach.probe_all(tried)):
        ctx.progress(number / len(tried))
        time = reading.milliseconds
        outcomes[endpoint_key(reading.endpoint)] = Outcome(
            word=reading.outcome, milliseconds=None if time is None else round(time, 1)
        )
    complete = len(endpoints) <= MOST
    for metric in (REACHABLE, UNREACHED, SLOWEST):
        yield _result(ctx, metric, outcomes, complete=complete)
    ctx.progress(1.0)


def _result(
    ctx: Context, metric: Metric, outcomes: dict[str, Outcome], *, complete: bool
) -> Result:
    value = outcome_value(metric.id, outcomes.values())
    summary: dict[str, Scalar] = {name: str(outcome) for name, outcome in outcomes.items()}
    summary |= _named(outcomes)
    if value is None or not (complete or value is False):
        return failed(ctx, metric, FailureCode.UNREACHABLE, _why(outcomes, value), **summary)
    slowest = float(value) if metric is SLOWEST else None
    return measured(
        ctx,
        metric,
        value,
        method=METHOD_UNREACHED if "unreached" in summary else METHOD,
        uncertainty=None if slowest is None else ONE_TRY * slowest,
        samples=len(outcomes),
        summary=summary,
    )


def _named(outcomes: dict[str, Outcome]) -> dict[str, str]:
    """The hosts that were not reached and those that were silent, to be read in a sentence."""
    silent = [name for name, outcome in outcomes.items() if outcome.word == SENT]
    unreached = [
        f"{name} ({outcome})"
        for name, outcome in outcomes.items()
        if outcome.word not in (REACHED, SENT)
    ]
    found = {"silent": ", ".join(silent), "unreached": ", ".join(unreached)}
    return {name: text[:MAX_TEXT] for name, text in found.items() if text}


def _why(outcomes: dict[str, Outcome], value: object) -> str:
    if value is not None:
        return "too-many-endpoints"
    silent = any(outcome.word == SENT for outcome in outcomes.values())
    return "udp-silent" if silent else "not-all-reached"


PROBE = Probe(
    id="endpoints",
    version=1,
    title=N_("Hosts of the work"),
    metrics=(REACHABLE, UNREACHED, SLOWEST),
    run=run,
    seconds=6,
    limit=120,
    needs=frozenset({Need.NETWORK}),
    megabytes=1,
    hosts=True,
    methods={
        METHOD: N_("Each host that the list names was contacted once, directly, without a proxy"),
        METHOD_UNREACHED: N_(
            "Each host that the list names was contacted once, directly, without a proxy. "
            "Not reached: {unreached}"
        ),
    },
    reasons={
        "no-consent": LINE_REASONS["no-consent"],
        "no-endpoints": Reason(
            what=N_("The list of requirements names no hosts that could be tried."),
            remedy=N_("Ask the employer which hosts the work needs."),
            cost=Cost.ASK,
        ),
        "udp-silent": Reason(
            what=N_(
                "Some hosts did not answer over UDP: {silent}. They may not answer strangers at "
                "all, so this does not tell whether calls get through."
            ),
            remedy=N_("Make a test call with the employer's own software."),
            tips=(EMPLOYER,),
        ),
        "not-all-reached": Reason(
            what=N_("Some hosts were not reached, so there is no slowest one: {unreached}."),
            remedy=N_("Switch a VPN off for the test, or try another network."),
            where=places.VPN,
            tips=(ALLOW, FILTER, EMPLOYER),
        ),
        "too-many-endpoints": Reason(
            what=N_("The lists name more hosts than are tried at one time."),
            remedy=N_("Check one list at a time."),
        ),
    },
)
