"""A line that is measured by child processes: one for each part, and one for the call beside it."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Literal, Self

import msgspec

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line.beside import Beside
from readiness.system.line.messages import Reading, ServeJob, Stream
from readiness.system.line.process import run_job

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.cancel import Token
    from readiness.model.call import CallStream
    from readiness.system.line.choice import Progress
    from readiness.system.line.extent import Extent
    from readiness.system.line.messages import CallJob, Job

Part = Literal["download", "upload"]


class ChildLine(ABC):
    """What the backends with a child of ours share. Satisfies ``ports.Line``.

    Args:
        token: Stop.
    """

    method = ""

    def __init__(self, token: Token) -> None:
        self._token = token
        self.extent: Extent | None = None

    def over(self, extent: Extent) -> Self:
        """The same line, measured for so long; without it the jobs' own lengths hold."""
        self.extent = extent
        return self

    @abstractmethod
    def _job(self, part: Part) -> Job:
        """What the child is told to measure."""

    @abstractmethod
    def _call_jobs(self) -> Sequence[CallJob]:
        """Ways to send the stream of a call, the best one first; empty where there is none."""

    def download(self, progress: Progress) -> Reading:
        """Goodput towards this computer. Raises ``CannotMeasure``."""
        return self._reading("download", progress)

    def upload(self, progress: Progress) -> Reading:
        """Goodput away from this computer. Raises ``CannotMeasure``."""
        return self._reading("upload", progress)

    def call(self, progress: Progress) -> CallStream:
        """The stream of a call on the idle line. Raises ``CannotMeasure``."""
        jobs = self._call_jobs()
        if self.extent is not None:
            packets = self.extent.packets
            jobs = [msgspec.structs.replace(job, packets=packets) for job in jobs]
        return call_in_turn(self._token, jobs, progress)

    def _extended(self, job: Job, part: Part) -> Job:
        if self.extent is None or not isinstance(job, ServeJob):
            return job  # the package speedtest-cli decides by itself
        targets = self.extent.targets.get(part, ())
        return msgspec.structs.replace(job, seconds=self.extent.seconds, targets=targets)

    def _reading(self, part: Part, progress: Progress) -> Reading:
        job = self._extended(self._job(part), part)
        beside = next(iter(self._call_jobs()), None)
        if beside is None:
            return _transfer(self._token, job, progress)
        with Beside(self._token, beside) as stream:
            found = _transfer(self._token, job, progress)
            return stream.joined(found, part)


def _transfer(token: Token, job: Job, progress: Progress) -> Reading:
    found = run_job(token, job, progress)
    if not isinstance(found, Reading):
        raise TypeError("the child answered another question")
    return found


def call_in_turn(token: Token, jobs: Sequence[CallJob], progress: Progress) -> CallStream:
    """The stream of the first job that gives one; what failed before it is in its summary.

    Raises:
        CannotMeasure: ``method-has-no-call``, or what the last one found.
    """
    said: list[str] = []
    failure = CannotMeasure(FailureCode.UNSUPPORTED, "method-has-no-call")
    for job in jobs:
        try:
            found = run_job(token, job, progress)
        except CannotMeasure as error:
            failure = error
            said.append(f"{job.transport.value}: {error.detail or error.code.value}")
            continue
        if not isinstance(found, Stream):
            raise TypeError("the child answered another question")
        summary = {**found.stream.summary, **({"fell_back": "; ".join(said)} if said else {})}
        return msgspec.structs.replace(found.stream, summary=summary)
    raise failure
