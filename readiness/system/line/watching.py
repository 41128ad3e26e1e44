"""A long watch of the line, from the program's side: which way, and the child that does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.line_method import STUN_SERVERS, line_method
from readiness.ports import LONGEST_MINUTES, SHORTEST_MINUTES, Need
from readiness.system.line.call_stamp import ALONE
from readiness.system.line.messages import Path, WatchEnd, WatchJob
from readiness.system.line.process import run_job

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.cancel import Token
    from readiness.model.measurement import Scalar
    from readiness.model.watch import Beats
    from readiness.ports import Choices

HEADERS = 28
"""IPv4 and UDP."""

MEGABYTE = 1_000_000
PUBLIC_HOSTS = {
    "cloudflare": "https://speed.cloudflare.com",
    "ndt7": "https://locate.measurementlab.net",
    "speedtest-cli": "https://www.speedtest.net",
}
"""Whom connections go to where a method's public servers answer no packets of UDP."""


def open_watch(choices: Choices, token: Token) -> LineWatch:
    """The watch that the person agreed to. Sends nothing yet.

    Raises:
        CannotMeasure: ``no-consent``, ``no-server``, ``unknown-method``, ``budget-spent``,
            ``method-has-no-call``, ``bad-minutes``.
    """
    if Need.NETWORK not in choices.consent:
        raise CannotMeasure(FailureCode.SKIPPED, "no-consent")
    if not SHORTEST_MINUTES <= choices.minutes <= LONGEST_MINUTES:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "bad-minutes")
    method = choices.method or ("serve" if choices.server else "")
    if not method:
        raise CannotMeasure(FailureCode.SKIPPED, "no-server")
    paths = _paths(method, choices.server)
    for other in choices.fallbacks:
        paths += [path for path in _paths(other, "") if path not in paths]
    job = WatchJob(paths=tuple(paths), seconds=choices.minutes * 60)
    if octets(job) > choices.budget_mb * MEGABYTE:
        raise CannotMeasure(FailureCode.SKIPPED, "budget-spent")
    return LineWatch(token, job)


def octets(job: WatchJob) -> float:
    """What the job sends and receives together, with headers; the most of its ways."""
    if any(path.transport is Transport.STAMP for path in job.paths):
        return 2 * (job.payload + HEADERS) * job.seconds / job.interval_s
    return 1000 * job.seconds / job.gentle_s


def _paths(method: str, server: str) -> list[Path]:
    """The ways of one method, the best first."""
    known = line_method(method)
    if known is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "unknown-method", method=method[:40])
    if known.needs_server and not server:
        raise CannotMeasure(FailureCode.SKIPPED, "no-server")
    if method == "serve":
        stamp = Path(transport=Transport.STAMP, address=server)
        if server.startswith(ALONE):
            return [stamp]
        return [stamp, Path(transport=Transport.TCP, address=server)]
    if server:
        if method == "iperf3":  # every connection would begin a test there
            raise CannotMeasure(FailureCode.UNSUPPORTED, "method-has-no-call", method=method)
        return [Path(transport=Transport.TCP, address=_web(server))]
    return [
        Path(transport=Transport.STUN, address=STUN_SERVERS),
        Path(transport=Transport.TCP, address=PUBLIC_HOSTS[method]),
    ]


def _web(address: str) -> str:
    """``wss://`` and ``ws://`` as the web addresses behind them."""
    for ours, theirs in (("wss://", "https://"), ("ws://", "http://")):
        if address.startswith(ours):
            return theirs + address.removeprefix(ours)
    return address


class LineWatch:
    """A watch in a child process. Satisfies ``ports.Watch``.

    Args:
        token: Stop.
        job: The ways and how long.
    """

    def __init__(self, token: Token, job: WatchJob) -> None:
        self._token = token
        self._job = job

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self._job.seconds

    def run(
        self,
        hear: Callable[[Beats], None],
        progress: Callable[[float, float | None], None],
    ) -> Mapping[str, Scalar]:
        """Watch until the end; how it was done. Raises ``CannotMeasure``."""
        found = run_job(self._token, self._job, progress, heed=hear)
        if not isinstance(found, WatchEnd):
            raise TypeError("the child answered another question")
        return found.summary
