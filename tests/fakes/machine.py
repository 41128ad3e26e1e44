"""A computer out of a recording: it tells what another computer told, or refuses."""

from __future__ import annotations

import json
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Failure, Measurement
from readiness.ports import Choices
from readiness.probes import all_probes
from readiness.session import run_probe
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import Value
    from readiness.ports import Facts

MACHINES = Path(__file__).resolve().parent.parent / "fixtures" / "machines"


@dataclass(kw_only=True)
class FakeMachine:
    """Tells the facts of a recording; a topic that is not in it is not told.

    Attributes:
        topics: Facts by topic.
        refused: Topics that the system does not let us read.
        hung: Topics whose tool does not answer.
    """

    topics: Mapping[str, Facts] = field(default_factory=dict)
    refused: frozenset[str] = frozenset()
    hung: frozenset[str] = frozenset()

    def facts(self, topic: str) -> Facts:
        """The recorded facts of the topic."""
        if topic in self.refused:
            raise CannotMeasure(FailureCode.PERMISSION_DENIED, "system-refused")
        if topic in self.hung:
            raise CannotMeasure(FailureCode.TIMED_OUT, "tool-hung", tool="a-tool")
        if topic not in self.topics:
            raise CannotMeasure(FailureCode.UNSUPPORTED, "not-told")
        return self.topics[topic]


def recorded(name: str) -> FakeMachine:
    """The computer recorded in ``tests/fixtures/machines/NAME.json``."""
    text = (MACHINES / f"{name}.json").read_text(encoding="utf-8")
    return FakeMachine(topics=json.loads(text)["facts"])


def recordings() -> list[str]:
    """The names of all recordings."""
    return sorted(path.stem for path in MACHINES.glob("*.json"))


class Found:
    """What one probe found on one fake computer.

    Args:
        probe: The probe's id.
        machine: The computer.
    """

    def __init__(self, probe: str, machine: FakeMachine) -> None:
        run = run_probe(
            all_probes()[probe],
            world=FakeWorld(machine_port=machine),
            choices=Choices(),
            person=WillingPerson(),
            listener=lambda _event: None,
            stop=threading.Event(),
            attempt=1,
        )
        results: list[Measurement | Failure] = [*run.measurements, *run.failures]
        self._found = {result.metric: result for result in results}

    def value(self, metric: str) -> Value:
        """The value of ``machine.METRIC``; fails the test where there is none."""
        return self.measurement(metric).value

    def measurement(self, metric: str) -> Measurement:
        """The measurement of ``machine.METRIC``; fails the test where there is none."""
        result = self._found[f"machine.{metric}"]
        assert isinstance(result, Measurement), result
        return result

    def failure(self, metric: str) -> tuple[str, str]:
        """Code and detail of the failure of ``machine.METRIC``; fails the test where it is none."""
        result = self._found[f"machine.{metric}"]
        assert isinstance(result, Failure), result
        return result.failure.value, result.detail

    def failures(self) -> set[tuple[str, str]]:
        """Code and detail of every failure."""
        results = self._found.values()
        return {(r.failure.value, r.detail) for r in results if isinstance(r, Failure)}

    def measured(self) -> set[str]:
        """The metrics that have a value, without their common beginning."""
        results = self._found.values()
        return {r.metric.removeprefix("machine.") for r in results if isinstance(r, Measurement)}
