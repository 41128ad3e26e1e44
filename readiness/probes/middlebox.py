"""Whether something on the way changes what passes; ``docs/methods/endpoints.md``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.endpoint_outcomes import REACHED
from readiness.line_reasons import LINE_REASONS
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Shape, Tip
from readiness.model.requirement import Protocol
from readiness.model.text import N_
from readiness.ports import Need, Probe, Reason, failed, measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from readiness.ports import Context, EndpointReading, Result

METHOD = "certificate-issuers"
METHOD_REPLACED = "certificate-issuer-strange"
PORTAL_METHOD = "proof-of-the-other-end"
MOST = 36

INTERCEPTION = Metric(
    id="line.tls_interception",
    # Translators: whether some program or device opens encrypted connections to look inside.
    title=N_("Encrypted connections opened on the way"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "A virus scanner, a filter for children or the network's owner looks into encrypted"
                " connections. The certificate's issuer, named beside this, tells who."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE, N_("Switch off the scanning of encrypted connections in the virus scanner.")
        ),
        Tip(Cost.ASK, N_("Ask whoever set up this computer or network who looks inside, and why.")),
    ),
)
PORTAL = Metric(
    id="line.captive_portal",
    # Translators: a web page that a network shows until one has logged in, as in a hotel.
    title=N_("Login page in the way"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "This is a network for guests, which shows a page of its own until one has logged"
                " in or agreed to something."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Open a web page, log in to the network, then measure again.")),
        Tip(Cost.FREE, N_("Use your own network instead of a guest network.")),
        Tip(Cost.ASK, N_("Ask the network's owner for a way in without such a page.")),
    ),
)


def run(ctx: Context) -> Iterator[Result]:
    """Shake hands with every host that speaks TLS and have the measuring server prove itself."""
    reach = ctx.reach
    hosts = [one for one in reach.endpoints if one.protocol is Protocol.TLS]
    hosts = list(dict.fromkeys([*hosts[:MOST], *reach.landmarks]))
    readings = []
    for number, reading in enumerate(reach.probe_all(hosts)):
        ctx.progress(0.8 * number / len(hosts))
        readings.append(reading)
    ctx.progress(0.8)
    greeting = reach.greet()
    if not readings and greeting is None:
        raise CannotMeasure(FailureCode.SKIPPED, "nobody-to-ask")
    yield _interception(ctx, readings)
    yield _portal(ctx, readings, greeting)
    ctx.progress(1.0)


def _interception(ctx: Context, readings: Sequence[EndpointReading]) -> Result:
    """Yes only of a host that is known to be public; no only if every issuer is public."""
    safe = [reading for reading in readings if reading.outcome == REACHED]
    strange = [reading for reading in safe if reading.summary.get("public_roots") is False]
    replaced = [reading for reading in strange if reading.endpoint.public]
    if replaced:
        issuer = str(replaced[0].summary.get("issuer", "?"))
        return measured(
            ctx,
            INTERCEPTION,
            value=True,
            method=METHOD_REPLACED,
            samples=len(safe),
            summary={"issuer": issuer, "hosts": len(replaced)},
        )
    if strange:
        issuer = str(strange[0].summary.get("issuer", "?"))
        return failed(ctx, INTERCEPTION, FailureCode.UNSUPPORTED, "issuer-private", issuer=issuer)
    if any(
        reading.endpoint.public and reading.outcome == "certificate-untrusted"
        for reading in readings
    ):
        return failed(ctx, INTERCEPTION, FailureCode.UNREACHABLE, "issuer-unknown")
    vouched = [reading for reading in safe if reading.summary.get("public_roots") is True]
    if not vouched or len(vouched) < len(safe):
        return failed(ctx, INTERCEPTION, FailureCode.UNREACHABLE, "no-certificate")
    return measured(
        ctx,
        INTERCEPTION,
        value=False,
        method=METHOD,
        samples=len(vouched),
        summary={"hosts": len(vouched)},
    )


def _portal(
    ctx: Context, readings: Sequence[EndpointReading], greeting: EndpointReading | None
) -> Result:
    """Who proves to be the right end speaks against a portal; a stranger in its place, for one.

    Where one host proves itself and another one is replaced, nothing is decided: portals let some
    hosts pass, and servers redirect for reasons of their own.
    """
    said = "" if greeting is None else greeting.outcome
    proved = sum(reading.outcome == REACHED for reading in readings) + (said == REACHED)
    renamed = sum(
        reading.outcome == "certificate-name" and reading.endpoint.public for reading in readings
    )
    replaced = renamed + (said == "captive-portal")
    if bool(proved) == bool(replaced):
        detail = "portal-contradiction" if proved else "portal-unclear"
        return failed(ctx, PORTAL, FailureCode.UNREACHABLE, detail)
    return measured(
        ctx,
        PORTAL,
        value=bool(replaced),
        method=PORTAL_METHOD,
        samples=len(readings) + (greeting is not None),
        summary={"proved": proved, "replaced": replaced},
    )


PROBE = Probe(
    id="middlebox",
    version=1,
    title=N_("Interference on the way"),
    metrics=(INTERCEPTION, PORTAL),
    run=run,
    seconds=4,
    limit=120,
    needs=frozenset({Need.NETWORK}),
    megabytes=1,
    hosts=True,
    methods={
        METHOD: N_("Certificates of the hosts compared with Mozilla's list of public authorities"),
        METHOD_REPLACED: N_(
            "A public host showed a certificate that {issuer} issued, which is no public authority"
        ),
        PORTAL_METHOD: N_("Hosts had to prove themselves by certificate or by repeating a number"),
    },
    reasons={
        "no-consent": LINE_REASONS["no-consent"],
        "nobody-to-ask": Reason(
            what=N_("Neither the list of requirements nor you named a host that could tell."),
            remedy=N_("Enter the measuring server that your employer named."),
        ),
        "issuer-private": Reason(
            what=N_(
                "The certificate of a host was issued by {issuer}, which this computer trusts but "
                "which is no public authority. That can be the employer's own."
            ),
            remedy=N_("Ask the employer whether {issuer} is theirs."),
            cost=Cost.ASK,
        ),
        "issuer-unknown": Reason(
            what=N_("A public host showed a certificate that this computer does not trust."),
            remedy=N_("Open a web page, in case the network asks for a login, and try again."),
        ),
        "no-certificate": Reason(
            what=N_("No host showed a certificate that could be compared."),
            remedy=N_("See whether the internet works, then try again."),
        ),
        "portal-unclear": Reason(
            what=N_("No host answered in a way that could tell."),
            remedy=N_("Open a web page, in case the network asks for a login, and try again."),
        ),
        "portal-contradiction": Reason(
            what=N_("One host was itself and in place of another somebody else answered."),
            remedy=N_("Check the address of the measuring server and try again."),
        ),
    },
)
