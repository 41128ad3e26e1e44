"""Lines to servers that are no ``readiness serve``, each measured in a child of its own."""

from __future__ import annotations

import time
from abc import abstractmethod
from typing import TYPE_CHECKING

import msgspec

from readiness.model.call import Transport
from readiness.model.line_method import STUN_SERVERS
from readiness.system.line.child_line import ChildLine
from readiness.system.line.messages import CallJob, Ndt7Job, ShapeJob, Sites
from readiness.system.line.peer import parse_address
from readiness.system.line.process import run_job

if TYPE_CHECKING:
    from readiness.cancel import Token
    from readiness.system.line.child_line import Part
    from readiness.system.line.messages import Job

NDT7, LIBRESPEED, CLOUDFLARE = "ndt7", "librespeed", "cloudflare"
LOCATE = "https://locate.measurementlab.net"
LOCATE_ZONES = ("measurement-lab.org", "measurementlab.net")
CLOUDFLARE_ADDRESS = "https://speed.cloudflare.com"
STUN_S = 0.1
FOUND_FOR_S = 40.0
"""M-Lab's servers let in for a minute after they were found."""


def host_and_port(address: str) -> str:
    """``HOST:PORT`` of an address such as ``wss://example.org/ndt``. Raises ``CannotMeasure``."""
    for ours, theirs in (("wss://", "https://"), ("ws://", "http://")):
        address = theirs + address.removeprefix(ours) if address.startswith(ours) else address
    peer = parse_address(address)
    host = f"[{peer.host}]" if ":" in peer.host else peer.host
    return f"{host}:{peer.port}"


def public_calls(*, stun: str, host: str) -> tuple[CallJob, ...]:
    """Ways to send a call's stream where no reflector is: STUN, else connections to ``host``.

    Args:
        stun: STUN servers, ``HOST:PORT`` by commas; empty where none was agreed to.
        host: ``HOST:PORT`` of the method's own server.
    """
    jobs = [CallJob(transport=Transport.STUN, address=stun, interval_s=STUN_S)] if stun else []
    return (*jobs, CallJob(transport=Transport.TCP, address=host))


class _PublicLine(ChildLine):
    """What these lines share.

    Args:
        token: Stop.
        stun: STUN servers for the stream of a call; empty where none was agreed to.
    """

    def __init__(self, token: Token, *, stun: str) -> None:
        super().__init__(token)
        self._stun = stun

    @abstractmethod
    def _host(self) -> str:
        """The method's own server, ``HOST:PORT``."""

    def _call_jobs(self) -> tuple[CallJob, ...]:
        return public_calls(stun=self._stun, host=self._host())


class ShapeLine(_PublicLine):
    """A server of LibreSpeed's or Cloudflare's shape.

    Args:
        token: Stop.
        job: Address, shape and budget; its ``part`` is filled in for each part.
        stun: STUN servers for the stream of a call; empty where none was agreed to.
    """

    def __init__(self, token: Token, job: ShapeJob, *, stun: str = "") -> None:
        super().__init__(token, stun=stun)
        self.method = job.shape
        self._plan = job

    def _job(self, part: Part) -> Job:
        return msgspec.structs.replace(self._plan, part=part)

    def _host(self) -> str:
        return host_and_port(self._plan.address)


class Ndt7Line(_PublicLine):
    """One ndt7 server, or whichever of M-Lab's is near.

    Args:
        token: Stop.
        job: The server's address, or with ``zones`` that of the Locate service.
        stun: STUN servers for the stream of a call; empty where none was agreed to.
    """

    method = NDT7

    def __init__(self, token: Token, job: Ndt7Job, *, stun: str = "") -> None:
        super().__init__(token, stun=stun)
        self._plan = job
        self._found_at = 0.0

    def _job(self, part: Part) -> Job:
        self._locate()
        return msgspec.structs.replace(self._plan, part=part)

    def _locate(self) -> None:
        """Ask for servers, unless one was named or they were found just now."""
        fresh = self._plan.sites and time.monotonic() - self._found_at < FOUND_FOR_S
        if not self._plan.zones or fresh:
            return
        job = msgspec.structs.replace(self._plan, part="locate", sites=())
        found = run_job(self._token, job, lambda _fraction, _value: None)
        if not isinstance(found, Sites):
            raise TypeError("the child answered another question")
        self._plan = msgspec.structs.replace(self._plan, sites=found.sites)
        self._found_at = time.monotonic()

    def _host(self) -> str:
        if self._plan.zones:
            self._locate()
            return host_and_port(self._plan.sites[0].download.partition("?")[0])
        return host_and_port(self._plan.address)


def cloudflare(token: Token, budget: int, server: str) -> ShapeLine:
    """Cloudflare's own servers, or one of their shape."""
    job = ShapeJob(part="", shape=CLOUDFLARE, address=server or CLOUDFLARE_ADDRESS, budget=budget)
    return ShapeLine(token, job, stun="" if server else STUN_SERVERS)


def librespeed(token: Token, budget: int, server: str) -> ShapeLine:
    """A LibreSpeed server, run by whoever named it."""
    return ShapeLine(token, ShapeJob(part="", shape=LIBRESPEED, address=server, budget=budget))


def ndt7(token: Token, budget: int, server: str) -> Ndt7Line:
    """M-Lab's servers, or one that was named."""
    if server:
        return Ndt7Line(token, Ndt7Job(part="", address=server, budget=budget))
    job = Ndt7Job(part="", address=LOCATE, zones=LOCATE_ZONES, budget=budget)
    return Ndt7Line(token, job, stun=STUN_SERVERS)
