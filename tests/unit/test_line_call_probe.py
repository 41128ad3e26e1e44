"""The call probe: what a stream tells becomes measurements; what it cannot tell says why."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness import explain
from readiness.dsp.e_model import Connection, rate
from readiness.locale import Reader
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need
from readiness.probes import all_probes
from readiness.probes.line_call import METRICS, PROBE, round_trip_trace
from readiness.session import Event, LiveValue, run_probe
from tests.fakes.line import FakeLine, FakeReading
from tests.fakes.streams import made_stream
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from readiness.model.call import CallStream
    from readiness.model.measurement import Failure, Measurement, Scalar

TRIPS = {"line.round_trip_median", "line.round_trip_p95"}
CLEAN = {"directions_by": "report"}


def _run(
    stream: CallStream | CannotMeasure, heard: list[Event] | None = None
) -> dict[str, Measurement | Failure]:
    run = run_probe(
        PROBE,
        world=FakeWorld(line_port=FakeLine(FakeReading(1), FakeReading(1), stream)),
        choices=Choices(consent=frozenset({Need.NETWORK})),
        person=WillingPerson(),
        listener=(heard if heard is not None else []).append,
        stop=threading.Event(),
        attempt=1,
    )
    found: dict[str, Measurement | Failure] = {m.metric: m for m in run.measurements}
    return found | {f.metric: f for f in run.failures}


def _values(stream: CallStream) -> dict[str, object]:
    found = _run(stream)
    return {name: m.value for name, m in found.items() if hasattr(m, "value")}


def _details(stream: CallStream | CannotMeasure) -> dict[str, str]:
    return {name: f.detail for name, f in _run(stream).items() if hasattr(f, "detail")}


def _said(stream: CallStream, **summary: Scalar) -> CallStream:
    return msgspec.structs.replace(stream, summary=summary)


def test_a_whole_stream_gives_every_figure() -> None:
    stream = _said(
        made_stream(
            750,
            lost_up={1, 2, 3},
            lost_down={90},
            extra_up=dict.fromkeys(range(0, 750, 2), 3.0),
            extra_down={500: 100.0},
        ),
        **CLEAN,
    )
    found = _values(stream)

    assert set(found) == {metric.id for metric in METRICS}
    assert found["line.round_trip_median"] == pytest.approx(41.5, abs=1.6)
    assert found["line.jitter"] == found["line.jitter_up"] == pytest.approx(3.0, abs=0.05)
    assert found["line.loss"] == found["line.loss_up"] == pytest.approx(0.4)
    assert found["line.loss_down"] == pytest.approx(100 / 747)
    assert found["line.loss_burst"] == 3
    assert found["line.reordering"] == pytest.approx(100 * 1 / 746)
    assert found["line.late"] == pytest.approx(100 * 1 / 746)
    assert found["line.loss_worst_15s"] == pytest.approx(0.4)
    assert 3.5 < float(str(found["line.mos"])) < 4.41


def test_the_evidence_says_direction_interval_samples_and_seconds() -> None:
    loss = _run(_said(made_stream(750, lost_down={7}), **CLEAN))["line.loss"]

    assert loss.evidence.method == "call-stamp"  # type: ignore[union-attr]  # it was measured
    assert loss.evidence.samples == 750  # type: ignore[union-attr]  # the same
    summary = loss.evidence.summary  # type: ignore[union-attr]  # the same
    assert summary["direction"] == "down"
    assert (summary["lost"], summary["carried"], summary["interval_ms"]) == (1, 750, 20)
    assert summary["seconds"] == pytest.approx(14.98)


def test_the_estimate_says_what_went_into_it() -> None:
    """40 ms there and back: 20 + 20 of speech + 60 of buffer."""
    mos = _run(_said(made_stream(750), **CLEAN))["line.mos"]
    summary = mos.evidence.summary  # type: ignore[union-attr]  # it was measured

    assert summary["codec"] == "G.711 with packet loss concealment"
    assert summary["one_way_delay_ms"] == pytest.approx(100)
    assert summary["loss_and_late_percent"] == 0
    assert summary["burst_ratio"] == 1
    assert summary["rating_r"] == pytest.approx(rate(Connection(t=100, ta=100, tr=200)).r, abs=0.06)
    assert mos.uncertainty > 0  # type: ignore[union-attr,operator]  # the same


@pytest.mark.parametrize(
    ("transport", "summary", "detail"),
    [
        (Transport.HTTP, {"udp": "udp-blocked"}, "udp-blocked"),
        (Transport.HTTP, {"udp": "no-reflector"}, "no-reflector"),
        (Transport.HTTP, {}, "tcp-hides-loss"),
        (Transport.TCP, {}, "tcp-hides-loss"),
        (Transport.TCP, {"fell_back": "stun: udp-blocked"}, "udp-blocked"),
        (Transport.TCP, {"fell_back": "stun: dns-failure"}, "tcp-hides-loss"),
    ],
)
def test_over_tcp_everything_but_the_round_trip_is_open(
    transport: Transport, summary: dict[str, str], detail: str
) -> None:
    stream = _said(made_stream(50, transport=transport), **summary)

    assert set(_values(stream)) == TRIPS
    assert set(_details(stream).values()) == {detail}


def test_over_stun_loss_is_of_both_directions_and_says_so() -> None:
    stream = made_stream(200, interval_s=0.1, lost_up={1}, lost_down={5}, transport=Transport.STUN)

    assert set(_values(stream)) == {*TRIPS, "line.loss"}
    assert set(_details(stream).values()) == {"round-trip-only"}
    loss = _run(stream)["line.loss"]
    assert loss.value == pytest.approx(1.0)  # type: ignore[union-attr]  # it was measured
    assert loss.evidence.summary["direction"] == "round trip"  # type: ignore[union-attr]  # the same


@pytest.mark.parametrize(
    "how", ["report-missing", "report-wrong", "reflector-stateless", "numbers-unclear"]
)
def test_a_peer_that_does_not_tell_directions_leaves_them_open(how: str) -> None:
    stream = _said(made_stream(750, lost_up={9}, told=False), directions_by=how)
    details = _details(stream)

    assert set(_values(stream)) >= {*TRIPS, "line.loss", "line.jitter_up", "line.jitter_down"}
    assert {details[f"line.{name}"] for name in ("loss_up", "loss_burst", "mos")} == {how}


def test_a_clock_that_jumps_leaves_jitter_and_quality_open_but_not_loss() -> None:
    stream = _said(made_stream(750, step_ms=3000, lost_up={9}), **CLEAN)
    details = _details(stream)

    assert {details[f"line.{name}"] for name in ("jitter", "late", "mos", "jitter_worst_15s")} == {
        "peer-clock-wrong"
    }
    assert "line.loss_up" in _values(stream)


def test_a_short_stream_has_no_worst_15_s() -> None:
    details = _details(_said(made_stream(300), **CLEAN))

    assert details["line.loss_worst_15s"] == details["line.jitter_worst_15s"] == "shorter-than-15-s"


def test_a_line_that_cannot_be_measured_says_why_for_every_figure() -> None:
    found = _run(CannotMeasure(FailureCode.UNREACHABLE, "dns-failure"))

    assert {f.detail for f in found.values()} == {"dns-failure"}  # type: ignore[union-attr]  # failures


@pytest.mark.parametrize("detail", list(PROBE.reasons))
def test_every_detail_has_words(detail: str) -> None:
    reason = PROBE.reasons[detail]

    assert reason.what.endswith(".")
    assert reason.remedy.endswith(".")


def test_every_way_of_measuring_has_words() -> None:
    for transport in Transport:
        assert f"call-{transport.value}" in PROBE.methods
    found = _run(_said(made_stream(750, told=False), directions_by="report-missing"))
    what, remedy = explain.failure_words(found["line.mos"], Reader("en"))  # type: ignore[arg-type]  # a failure

    assert what
    assert remedy


def test_the_round_trip_is_drawn_over_time() -> None:
    stream = made_stream(750, extra_up=dict.fromkeys(range(375, 750), 30.0))
    trace = round_trip_trace(stream)

    assert trace is not None
    assert len(trace.values) <= 400
    assert trace.step_s * len(trace.values) == pytest.approx(15.0)
    assert trace.values[0] == pytest.approx(40.1, abs=0.05)
    assert trace.values[-1] == pytest.approx(70.1, abs=0.05)


def test_a_gap_is_not_drawn_over() -> None:
    """Half the stream lost: pieces long enough to hold an answer everywhere do not exist."""
    assert round_trip_trace(made_stream(750, lost_up=range(300, 750))) is None


def test_the_round_trip_of_the_moment_is_live() -> None:
    heard: list[Event] = []
    _run(_said(made_stream(750), **CLEAN), heard)

    live = [event.live.metric for event in heard if isinstance(event, LiveValue)]
    assert set(live) == {"line.round_trip_median"}


def test_the_idle_line_is_measured_before_it_is_filled() -> None:
    order = list(all_probes())

    assert order.index("line_call") < order.index("line_speed")
