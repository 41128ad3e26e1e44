"""The far end of the line: picks the backend that the person agreed to and measures with it.

Every measurement runs in a child process, so that Stop ends it at any moment and a busy window
does not disturb its clock.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Literal

import msgspec

from readiness.model.call import CallStream, Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.line_method import STUN_SERVERS, line_method
from readiness.ports import Need
from readiness.system.line import iperf3, public
from readiness.system.line.choice import Choice
from readiness.system.line.messages import CallJob, Job, Reading, ServeJob, SpeedtestJob, Stream
from readiness.system.line.process import run_job

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.cancel import Token
    from readiness.model.call import CallStream
    from readiness.ports import Choices, Line
    from readiness.system.line.choice import Backend

SERVE = "serve"
SPEEDTEST = "speedtest-cli"
SPEEDTEST_HOST = "www.speedtest.net:443"
MEGABYTE = 1_000_000
SHARE = 0.48
"""Of the budget for each direction; the rest is for round trips, headers and what comes late."""

MIN_BUDGET_MB = 1

THOROUGH_PACKETS = 1500

Part = Literal["download", "upload"]


def open_line(choices: Choices, token: Token) -> Line:
    """The backend for what the person chose, with those to fall back on. Sends nothing yet.

    Raises:
        CannotMeasure: ``no-consent``, ``no-server``, ``unknown-method``, ``budget-spent``.
    """
    if Need.NETWORK not in choices.consent:
        raise CannotMeasure(FailureCode.SKIPPED, "no-consent")
    method = choices.method or (SERVE if choices.server else "")
    if not method:
        raise CannotMeasure(FailureCode.SKIPPED, "no-server")
    if choices.budget_mb < MIN_BUDGET_MB:
        raise CannotMeasure(FailureCode.SKIPPED, "budget-spent")
    budget = int(choices.budget_mb * MEGABYTE * SHARE)
    names = dict.fromkeys((method, *choices.fallbacks))
    makers = [
        (name, _maker(name, token, server=choices.server if name == method else ""))
        for name in names
    ]
    return makers[0][1](budget) if len(makers) == 1 else Choice(makers, budget)


def _maker(name: str, token: Token, *, server: str) -> Callable[[int], Backend]:
    """How the line of one method is made with a budget. A server belongs to the chosen method."""
    known = line_method(name)
    if known is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "unknown-method", method=name[:40])
    if known.needs_server and not server:
        raise CannotMeasure(FailureCode.SKIPPED, "no-server")
    return lambda budget: _MAKERS[name](token, budget, server)


def _serve(token: Token, budget: int, server: str) -> ServeLine:
    return ServeLine(token, ServeJob(part="", address=server, budget=budget))


def _speedtest(token: Token, budget: int, _server: str) -> SpeedtestLine:
    return SpeedtestLine(token, SpeedtestJob(part="", budget=budget))


_MAKERS: dict[str, Callable[[Token, int, str], Backend]] = {
    SERVE: _serve,
    SPEEDTEST: _speedtest,
    public.CLOUDFLARE: public.cloudflare,
    public.LIBRESPEED: public.librespeed,
    public.NDT7: public.ndt7,
    iperf3.IPERF3: iperf3.line,
}


class _ChildLine(ABC):
    """What the backends share: one child for each part. Satisfies ``ports.Line``."""

    method = ""

    def __init__(self, token: Token) -> None:
        self._token = token

    @abstractmethod
    def _job(self, part: Part) -> Job:
        """What the child is told to measure."""

    def download(self, progress: Callable[[float, float | None], None]) -> Reading:
        """Goodput towards this computer. Raises ``CannotMeasure``."""
        return self._reading("download", progress)

    def upload(self, progress: Callable[[float, float | None], None]) -> Reading:
        """Goodput away from this computer. Raises ``CannotMeasure``."""
        return self._reading("upload", progress)

    def call(self, progress: Callable[[float, float | None], None]) -> CallStream:
        """The stream of a call on the idle line. Raises ``CannotMeasure``."""
        found = run_job(self._token, self._call_job(), progress)
        if not isinstance(found, Stream):
            raise TypeError("the child answered another question")
        return found.stream

    def _call_job(self) -> CallJob:
        """What the child is told to send; a method without a peer for it says so."""
        raise CannotMeasure(FailureCode.UNSUPPORTED, "method-has-no-call", method=self.method)

    def _reading(self, part: Part, progress: Callable[[float, float | None], None]) -> Reading:
        found = run_job(self._token, self._job(part), progress)
        if not isinstance(found, Reading):
            raise TypeError("the child answered another question")
        return found


class ServeLine(_ChildLine):
    """A ``readiness serve`` at the other end.

    Args:
        token: Stop.
        job: Address, streams, seconds, budget; its ``part`` is filled in for each part.
        packets: Of a call's stream; none: as many as usual.
    """

    method = SERVE

    def __init__(self, token: Token, job: ServeJob, packets: int | None = None) -> None:
        super().__init__(token)
        self._plan = job
        self._packets = packets

    def _call_job(self) -> CallJob:
        job = CallJob(transport=Transport.STAMP, address=self._plan.address)
        return job if self._packets is None else msgspec.structs.replace(job, packets=self._packets)

    def _job(self, part: Part) -> Job:
        return msgspec.structs.replace(self._plan, part=part)


class SpeedtestLine(_ChildLine):
    """The public servers behind the package ``speedtest-cli``; indicative only.

    Args:
        token: Stop.
        job: Mirror and budget; its ``part`` is filled in for each part.
    """

    method = SPEEDTEST

    def __init__(self, token: Token, job: SpeedtestJob) -> None:
        super().__init__(token)
        self._plan = job

    def _job(self, part: Part) -> Job:
        return msgspec.structs.replace(self._plan, part=part)

    def call(self, progress: Callable[[float, float | None], None]) -> CallStream:
        """The stream of a call; its servers are others, named in the consent."""
        return public.call_by(self._token, progress, stun=STUN_SERVERS, host=SPEEDTEST_HOST)
