"""The line probe: what a backend gives becomes measurements; what fails leaves the rest."""

from __future__ import annotations

import threading

import pytest

from readiness.line_reasons import CALL_REASONS, LINE_REASONS
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Line, Need
from readiness.probes.line_speed import PROBE
from readiness.session import Event, LiveValue, run_probe
from tests.fakes.line import FakeLine, FakeReading
from tests.fakes.world import FakeWorld, WillingPerson

GONE = CannotMeasure(FailureCode.UNREACHABLE, "refused-by-server", status=403)
NO_CALL = CannotMeasure(FailureCode.UNSUPPORTED, "method-has-no-call")


def _run(line: Line, heard: list[Event] | None = None) -> dict[str, object]:
    run = run_probe(
        PROBE,
        world=FakeWorld(line_port=line),
        choices=Choices(consent=frozenset({Need.NETWORK})),
        person=WillingPerson(),
        listener=(heard if heard is not None else []).append,
        stop=threading.Event(),
        attempt=1,
    )
    found: dict[str, object] = {m.metric: (m.value, m.uncertainty) for m in run.measurements}
    found.update({f.metric: (f.failure, f.detail) for f in run.failures})
    return found


def test_figures_come_with_their_half_width() -> None:
    line = FakeLine(down=FakeReading(94.2, 1.5), up=FakeReading(9.6, 0.2), stream=NO_CALL)
    found = _run(line)

    assert found["line.download"] == (94.2, 1.5)
    assert found["line.upload"] == (9.6, 0.2)


@pytest.mark.parametrize("part", ["down", "up"])
def test_one_part_that_fails_leaves_the_others(part: str) -> None:
    parts = {"down": FakeReading(94.2), "up": FakeReading(9.6), part: GONE}
    metric = {"down": "line.download", "up": "line.upload"}
    found = _run(FakeLine(**parts, stream=NO_CALL))  # type: ignore[arg-type]  # each part has its kind

    failed = {name for name, value in found.items() if value[0] is FailureCode.UNREACHABLE}  # type: ignore[index]
    assert failed == {metric[part]}
    assert found[metric[part]] == (FailureCode.UNREACHABLE, "refused-by-server")


def test_the_rate_of_the_moment_is_live() -> None:
    heard: list[Event] = []
    _run(FakeLine(down=FakeReading(94.2), up=FakeReading(9.6), stream=NO_CALL), heard)

    live = [event.live.metric for event in heard if isinstance(event, LiveValue)]
    assert set(live) <= {"line.download", "line.upload"}


def test_every_way_a_line_can_fail_has_its_words() -> None:
    import re
    from pathlib import Path

    root = Path(__file__).resolve().parents[2] / "readiness" / "system" / "line"
    text = "\n".join(path.read_text(encoding="utf-8") for path in root.glob("*.py"))
    said = re.findall(r'FailureCode\.[A-Z_]+,\s*"([a-z-]+)"', text)
    said += re.findall(r'(?:Error|detail)\S* ?[:=] "([a-z-]+)"', text)

    assert len(set(said)) > 15
    assert set(said) <= set(LINE_REASONS) | set(CALL_REASONS)
