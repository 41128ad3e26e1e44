"""Keeps in a session what was agreed to and taken back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from readiness.model.consent import HOSTS, STUN, Consent, Need

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from datetime import datetime

    from readiness.model.measurement import Session
    from readiness.ports import Choices, Probe


def with_consents(
    session: Session, probes: Sequence[Probe], choices: Choices, now: datetime
) -> Session:
    """The session with what these probes may use from now on, each once.

    What was agreed to before and is not any more counts as taken back.
    """
    session = without(session, set(Need) - choices.consent, now)
    known = {(one.need, one.parties) for one in session.agreed if one.open}
    used = {need for probe in probes for need in probe.needs | probe.wishes}
    fresh = []
    for need in Need:
        parties = _parties(probes, choices) if need is Need.NETWORK else ()
        if need in used & choices.consent and (need, parties) not in known:
            fresh.append(Consent(need=need, parties=parties, given=now))
    if not fresh:
        return session
    return msgspec.structs.replace(session, consents=(*session.agreed, *fresh))


def without(session: Session, needs: Collection[Need], now: datetime) -> Session:
    """The session in which these were taken back now; what was taken back before stays so."""
    if not any(one.open and one.need in needs for one in session.agreed):
        return session
    consents = tuple(
        msgspec.structs.replace(one, withdrawn=max(now, one.given))
        if one.open and one.need in needs
        else one
        for one in session.agreed
    )
    return msgspec.structs.replace(session, consents=consents)


def _parties(probes: Sequence[Probe], choices: Choices) -> tuple[str, ...]:
    """Whom the network probes may talk to."""
    network = [probe for probe in probes if Need.NETWORK in probe.needs]
    found: list[str] = []
    if any(not probe.hosts for probe in network):
        public = [] if choices.server else [STUN]
        found += [choices.method or "serve", *choices.fallbacks, *public]
    if any(probe.hosts for probe in network):
        found.append(HOSTS)
    return tuple(dict.fromkeys(found))
