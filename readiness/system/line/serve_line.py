"""The line to a ``readiness serve``, and the one that ``speedtest-cli`` measures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from readiness.model.call import Transport
from readiness.model.line_method import STUN_SERVERS
from readiness.system.line.child_line import ChildLine, Part
from readiness.system.line.messages import CallJob, ServeJob, SpeedtestJob
from readiness.system.line.public import public_calls

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.cancel import Token
    from readiness.system.line.messages import Job

SERVE, SPEEDTEST = "serve", "speedtest-cli"
SPEEDTEST_HOST = "www.speedtest.net:443"


class ServeLine(ChildLine):
    """A ``readiness serve`` at the other end.

    Args:
        token: Stop.
        job: Address, streams, seconds, budget; its ``part`` is filled in for each part.
    """

    method = SERVE

    def __init__(self, token: Token, job: ServeJob) -> None:
        super().__init__(token)
        self._plan = job

    def _job(self, part: Part) -> Job:
        return msgspec.structs.replace(self._plan, part=part)

    def _call_jobs(self) -> Sequence[CallJob]:
        return (CallJob(transport=Transport.STAMP, address=self._plan.address),)


class SpeedtestLine(ChildLine):
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

    def _call_jobs(self) -> Sequence[CallJob]:
        if self._plan.mirror:
            return ()
        # Its servers are others, named in the consent.
        return public_calls(stun=STUN_SERVERS, host=SPEEDTEST_HOST)
