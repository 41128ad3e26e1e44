"""The line probe: what a backend gives becomes measurements; what fails leaves the rest."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from readiness.dsp.call_quality import estimate
from readiness.dsp.call_stream import analyse
from readiness.line_reasons import CALL_REASONS, LINE_REASONS
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Line, Machine, Need
from readiness.probes import all_probes
from readiness.probes.line_speed import PROBE
from readiness.session import Event, LiveValue, run_probe
from tests.fakes.line import FakeLine, FakeReading
from tests.fakes.streams import made_stream
from tests.fakes.world import FactsMachine, FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.model.call import CallStream

GONE = CannotMeasure(FailureCode.UNREACHABLE, "refused-by-server", status=403)
NO_CALL = CannotMeasure(FailureCode.UNSUPPORTED, "method-has-no-call")


def _run(
    line: Line, heard: list[Event] | None = None, machine: Machine | None = None
) -> dict[str, object]:
    run = run_probe(
        PROBE,
        world=FakeWorld(line_port=line, machine_port=machine or FactsMachine()),
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
    metrics = {
        "down": {"line.download", "line.round_trip_loaded_down", "line.mos_loaded_down"},
        "up": {"line.upload", "line.round_trip_loaded_up", "line.mos_loaded_up"},
    }
    found = _run(FakeLine(**parts, stream=NO_CALL))  # type: ignore[arg-type]  # each part has its kind

    failed = {name for name, value in found.items() if value[0] is FailureCode.UNREACHABLE}  # type: ignore[index]
    assert failed == metrics[part]
    assert {found[name] for name in failed} == {(FailureCode.UNREACHABLE, "refused-by-server")}


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
    known = {detail for probe in all_probes().values() for detail in probe.reasons}
    assert set(said) <= known
    assert set(LINE_REASONS) | set(CALL_REASONS) <= known


def _loaded(extra_ms: float) -> CallStream:
    """250 packets that all wait in a queue of so many ms on their way back."""
    return made_stream(250, extra_down=dict.fromkeys(range(250), extra_ms))


def test_a_call_beside_a_transfer_gives_round_trip_and_quality() -> None:
    """Twice 20 ms and 100 ms of queue; 69 ms one way, packet and buffer make R fall by some 2."""
    down = FakeReading(24.1, loaded=_loaded(100), summary={"congestion_control": "cubic"})
    found = _run(FakeLine(down=down, up=FakeReading(4.8), stream=NO_CALL))
    idle = estimate(analyse(_loaded(0)))
    trip, mos = found["line.round_trip_loaded_down"], found["line.mos_loaded_down"]

    assert isinstance(trip, tuple)
    assert isinstance(mos, tuple)
    assert trip[0] == pytest.approx(140.0)
    assert idle is not None
    assert 1 < mos[0] < idle.rating.mos
    assert found["line.mos_loaded_up"] == (FailureCode.UNSUPPORTED, "no-call-beside")


def test_a_call_that_failed_beside_a_transfer_leaves_the_rate() -> None:
    up = FakeReading(4.8, summary={"call_beside": "udp-blocked"})
    found = _run(FakeLine(down=GONE, up=up, stream=NO_CALL))

    assert found["line.upload"] == (4.8, 0.5)
    assert found["line.round_trip_loaded_up"] == (FailureCode.UNSUPPORTED, "udp-blocked")


class _Moving:
    """A computer whose connection is another one each time it is asked."""

    def __init__(self, *indexes: int) -> None:
        self._indexes = list(indexes)

    def facts(self, _topic: str) -> dict[str, object]:
        index = self._indexes.pop(0)
        return {"system": "linux", "interface": {"type": 1, "hardware": True}, "index": index}


def test_another_interface_meanwhile_invalidates_that_direction() -> None:
    line = FakeLine(down=FakeReading(94.2, 1.5), up=FakeReading(9.6), stream=NO_CALL)
    found = _run(line, machine=_Moving(2, 2, 2, 3))

    assert found["line.download"] == (94.2, 1.5)
    assert found["line.upload"] == (FailureCode.UNREACHABLE, "link-changed")
