"""Hosts whose outcomes are given."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.ports import EndpointReading

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from readiness.model.measurement import Scalar
    from readiness.model.requirement import Endpoint


@dataclass(kw_only=True)
class FakeReach:
    """Hosts that answer as told: outcome, ms, summary. Satisfies ``ports.Reach``."""

    hosts: Mapping[Endpoint, tuple[str, float | None, Mapping[str, Scalar]]]
    landmarks: tuple[Endpoint, ...] = ()
    greeting: EndpointReading | None = None
    asked: list[Endpoint] = field(default_factory=list)

    @property
    def endpoints(self) -> tuple[Endpoint, ...]:
        """All but the landmarks."""
        return tuple(host for host in self.hosts if host not in self.landmarks)

    def probe(self, endpoint: Endpoint) -> EndpointReading:
        """The given outcome."""
        self.asked.append(endpoint)
        outcome, time, summary = self.hosts[endpoint]
        return EndpointReading(
            endpoint=endpoint, outcome=outcome, milliseconds=time, summary=summary
        )

    def probe_all(self, endpoints: Iterable[Endpoint]) -> Iterator[EndpointReading]:
        """One after another."""
        return map(self.probe, endpoints)

    def greet(self) -> EndpointReading | None:
        """The given greeting."""
        return self.greeting
