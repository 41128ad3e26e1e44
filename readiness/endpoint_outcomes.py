"""What the tries of several hosts mean together. Pure; ``docs/methods/endpoints.md``.

The outcomes stand in the evidence, host by host, so that a session that was measured for one list
of hosts is not taken for an answer about another list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.measurement import Measurement

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from readiness.model.measurement import Failure, Scalar, Value
    from readiness.model.requirement import Endpoint

REACHED = "reached"
SENT = "sent"
"""Nothing came back, which with UDP says nothing either way."""

REACHABLE_ID = "endpoints.reachable"
UNREACHED_ID = "endpoints.unreached"
SLOWEST_ID = "endpoints.slowest"
METRICS = frozenset({REACHABLE_ID, UNREACHED_ID, SLOWEST_ID})

_SAID = re.compile(r"(?P<word>[a-z-]{1,40})(?: (?P<ms>[0-9]{1,6}\.[0-9]) ms)?", re.ASCII)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One host: ``reached``, ``sent``, or why not; with the time, ms, if it was reached."""

    word: str
    milliseconds: float | None = None

    def __str__(self) -> str:
        """As the evidence holds it: ``reached 23.4 ms``."""
        return self.word if self.milliseconds is None else f"{self.word} {self.milliseconds:.1f} ms"


def endpoint_key(endpoint: Endpoint) -> str:
    """How the evidence names an endpoint: ``tls app.example.com:443``."""
    host = f"[{endpoint.host}]" if ":" in endpoint.host else endpoint.host
    return f"{endpoint.protocol.value} {host}:{endpoint.port}"


def outcome_value(metric_id: str, outcomes: Collection[Outcome]) -> Value | None:
    """The value of one of :data:`METRICS`; none where the outcomes do not decide it.

    Reachable: no if a host is known not to be reached; yes if every host answered. Unreached: a
    number, if no host was silent. Slowest: ms, if every host answered.
    """
    words = [outcome.word for outcome in outcomes]
    silent, reached = words.count(SENT), words.count(REACHED)
    unreached = len(words) - silent - reached
    if not words:
        return None
    if metric_id == REACHABLE_ID:
        return None if silent and not unreached else not unreached
    if silent:
        return None
    if metric_id == UNREACHED_ID:
        return unreached
    times = [outcome.milliseconds for outcome in outcomes if outcome.milliseconds is not None]
    return max(times) if len(times) == len(words) else None


def speaks_for(fact: Measurement | Failure, endpoints: Collection[Endpoint]) -> bool:
    """Whether a fact about hosts says the same about these hosts alone.

    It does if each of them was tried and their outcomes alone give the same value. A failure
    decides nothing and may stay; so may every fact that is not about hosts.
    """
    if not isinstance(fact, Measurement) or fact.metric not in METRICS:
        return True
    outcomes = [_parsed(fact.evidence.summary, endpoint_key(one)) for one in endpoints]
    known = [outcome for outcome in outcomes if outcome is not None]
    return len(known) == len(outcomes) and outcome_value(fact.metric, known) == fact.value


def _parsed(summary: Mapping[str, Scalar], key: str) -> Outcome | None:
    match = _SAID.fullmatch(str(summary.get(key, "")))
    if match is None:
        return None
    time = match["ms"]
    return Outcome(word=match["word"], milliseconds=None if time is None else float(time))
