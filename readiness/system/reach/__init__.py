"""Whether hosts can be reached from here: TCP, TLS, UDP; ``docs/methods/endpoints.md``.

Nothing here is timed against load, so several tries run at once, in threads.
"""

from __future__ import annotations

import contextlib
import math
import queue
import socket
import ssl
import threading
import time
from functools import partial
from typing import TYPE_CHECKING

from readiness.endpoint_outcomes import REACHED, SENT, endpoint_key
from readiness.model.errors import Cancelled, CannotMeasure
from readiness.model.requirement import Endpoint, Protocol
from readiness.ports import EndpointReading
from readiness.system.line.peer import translate
from readiness.system.reach import stun
from readiness.system.reach.greeting import greet
from readiness.system.reach.places import Patience, Place, look_up
from readiness.system.reach.trust import Trust, issuer, refusal
from readiness.system.reach.wire import Encryption, connected

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from readiness.cancel import Token
    from readiness.model.measurement import Scalar

TRY_S = 5.0
"""So long the name may take, and so long again everything after it."""

AT_ONCE = 8
LANDMARKS = {
    "speedtest-cli": "www.speedtest.net",
    "ndt7": "locate.measurementlab.net",
    "cloudflare": "speed.cloudflare.com",
}
"""Line method -> the public web host that it speaks to first."""

_KINDS = {
    Protocol.TCP: socket.SOCK_STREAM,
    Protocol.TLS: socket.SOCK_STREAM,
    Protocol.UDP: socket.SOCK_DGRAM,
}


class SystemReach:
    """Tries hosts. Satisfies ``ports.Reach``.

    Args:
        token: Stop; no socket is open 0.1 s after it.
        endpoints: What the profiles name.
        server: Address of the chosen measuring server, or empty.
        methods: Names of the line methods that were agreed to.
        try_s: How long looking the name up may last, and how long reaching it may.
    """

    def __init__(
        self,
        token: Token,
        endpoints: Sequence[Endpoint],
        *,
        server: str = "",
        methods: Iterable[str] = (),
        try_s: float = TRY_S,
    ) -> None:
        once: dict[str, Endpoint] = {}
        for endpoint in sorted(endpoints, key=lambda one: not one.public):
            once.setdefault(endpoint_key(endpoint), endpoint)
        self.endpoints = tuple(dict.fromkeys(once[endpoint_key(one)] for one in endpoints))
        self.landmarks = tuple(
            Endpoint(host=LANDMARKS[name], port=443, protocol=Protocol.TLS, public=True)
            for name in dict.fromkeys(methods)
            if name in LANDMARKS
        )
        self._token = token
        self._server = server
        self._try_s = try_s
        self._trust = Trust()

    def probe(self, endpoint: Endpoint) -> EndpointReading:
        """Try to reach it. Raises ``Cancelled`` on Stop, and nothing else."""
        try:
            places = look_up(
                endpoint.host, endpoint.port, _KINDS[endpoint.protocol], self._patience()
            )
            if endpoint.protocol is Protocol.UDP:
                return self._udp(endpoint, places)
            if endpoint.protocol is Protocol.TLS:
                return self._tls(endpoint, places)
            with connected(places, self._patience()) as (_, seconds):
                return _reached(endpoint, seconds)
        except CannotMeasure as found:
            return EndpointReading(endpoint=endpoint, outcome=found.detail)
        except ssl.SSLError as error:
            return EndpointReading(endpoint=endpoint, outcome=refusal(error))
        except OSError as error:
            return EndpointReading(endpoint=endpoint, outcome=translate(error).detail)

    def probe_all(self, endpoints: Iterable[Endpoint]) -> Iterator[EndpointReading]:
        """Try these, eight at a time; the readings come in their order. Raises ``Cancelled``."""
        waiting: queue.SimpleQueue[Endpoint] = queue.SimpleQueue()
        wanted = tuple(dict.fromkeys(endpoints))
        for endpoint in wanted:
            waiting.put(endpoint)
        found: dict[Endpoint, EndpointReading] = {}
        if any(endpoint.protocol is Protocol.TLS for endpoint in wanted):
            # Whoever lacks a store finds that out host by host, as an outcome.
            with contextlib.suppress(OSError):
                self._trust.prepare()

        def work() -> None:
            with contextlib.suppress(queue.Empty, Cancelled):
                while True:
                    endpoint = waiting.get_nowait()
                    found[endpoint] = self.probe(endpoint)

        for number in range(min(AT_ONCE, len(wanted))):
            threading.Thread(target=work, daemon=True, name=f"reach-{number}").start()
        for endpoint in wanted:
            self._token.wait_for(partial(found.__contains__, endpoint), timeout=math.inf)
            yield found[endpoint]

    def greet(self) -> EndpointReading | None:
        """Have the chosen measuring server say a token back; none if none was chosen."""
        if not self._server:
            return None
        return greet(self._server, self._trust, self._patience)

    def _patience(self) -> Patience:
        return Patience(token=self._token, end=time.monotonic() + self._try_s)

    def _udp(self, endpoint: Endpoint, places: list[Place]) -> EndpointReading:
        seconds = stun.ask(places, self._patience())
        if seconds is None:
            return EndpointReading(endpoint=endpoint, outcome=SENT)
        return _reached(endpoint, seconds)

    def _tls(self, endpoint: Endpoint, places: list[Place]) -> EndpointReading:
        safe = Encryption(self._trust.system, endpoint.host)
        with connected(places, self._patience()) as (wire, connecting):
            start = time.perf_counter()
            wire.secure(safe)
            seconds = connecting + time.perf_counter() - start
        summary: dict[str, Scalar] = {}
        public = self._publicly_vouched(endpoint, places)
        if public is not None:
            summary["public_roots"] = public
        organisation = issuer(safe.ends.getpeercert(binary_form=True))
        if organisation:
            summary["issuer"] = organisation
        return _reached(endpoint, seconds, summary)

    def _publicly_vouched(self, endpoint: Endpoint, places: list[Place]) -> bool | None:
        """Whether Mozilla's list believes the host too; none where that could not be tried."""
        try:
            safe = Encryption(self._trust.mozilla, endpoint.host)
            with connected(places, self._patience()) as (wire, _):
                wire.secure(safe)
        except ssl.SSLError as error:
            return False if refusal(error) == "certificate-untrusted" else None
        except (OSError, CannotMeasure):
            return None
        return True


def _reached(
    endpoint: Endpoint, seconds: float, summary: dict[str, Scalar] | None = None
) -> EndpointReading:
    return EndpointReading(
        endpoint=endpoint,
        outcome=REACHED,
        milliseconds=seconds * 1000,  # s -> ms
        summary=summary or {},
    )
