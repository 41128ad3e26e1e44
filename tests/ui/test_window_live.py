"""The line shown while it is measured: curves, what is asked, what a screen reader hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLabel

from readiness.locale import Reader
from readiness.ports import Live
from readiness.probes import all_probes
from readiness.profiles import shipped
from tests.ui.seen import cut
from ui.guide.live import LiveView
from ui.guide.phase import Small
from ui.meters.axis import round_above
from ui.meters.plot import Plot
from ui.progress import RunState
from ui.theme import theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide
    from ui.window import Window

CALL, SPEED = all_probes()["line_call"], all_probes()["line_speed"]


class Hands:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.time = 100.0

    def __call__(self) -> float:
        """The time on it, seconds."""
        return self.time


@pytest.fixture
def clock() -> Hands:
    return Hands()


@pytest.fixture
def call(qtbot: QtBot, window: Window, clock: Hands) -> LiveView:
    """The view of the stream of a call, against "at most 120 ms"."""
    assert window.isVisible()
    view = LiveView(CALL, shipped()["typical-voice"], Reader("en"), lasts=17, clock=clock)
    qtbot.addWidget(view)
    return view


@pytest.fixture
def speed(qtbot: QtBot, window: Window, clock: Hands) -> LiveView:
    """The view of the speed, against "at least 10" and "at least 3 Mbit/s"."""
    assert window.isVisible()
    view = LiveView(SPEED, shipped()["typical-voice"], Reader("en"), lasts=18, clock=clock)
    qtbot.addWidget(view)
    return view


def _trip(value: float, through: float | None = None) -> Live:
    return Live(metric="line.round_trip_median", value=value, unit="ms", through=through)


def _rate(direction: str, value: float, through: float | None = None) -> Live:
    return Live(metric=f"line.{direction}", value=value, unit="Mbit/s", through=through)


def _plain(text: str) -> str:
    """Without marks of direction and with usual spaces."""
    return text.translate({0x2068: None, 0x2069: None, 0x202F: " "})


def _texts(view: LiveView) -> list[str]:
    return [label.text() for label in view.findChildren(QLabel) if label.text()]


def _plot(view: LiveView) -> Plot:
    """The big curve: the one that is not hidden and belongs to no small figure."""
    (plot,) = (
        plot
        for plot in view.findChildren(Plot)
        if not isinstance(plot.parent(), Small) and not plot.parent().isHidden()  # type: ignore[attr-defined]  # a widget
    )
    return plot


def test_the_round_trip_is_a_big_number_in_milliseconds_with_its_name(call: LiveView) -> None:
    call.take(_trip(31.4, 0.1))

    assert {"Round trip", "31", "ms"} <= set(_texts(call))


def test_the_asked_maximum_is_the_dashed_line(call: LiveView) -> None:
    """Of 120 ms, which decides, and 50 ms, which is only recommended."""
    call.take(_trip(31.4, 0.1))

    assert _plot(call).limit == 120
    assert _plain(_plot(call).accessibleName()) == "Round trip: at most 120 ms asked"


def test_a_curve_reaches_as_far_as_its_part_is_through(call: LiveView) -> None:
    for through in (0.0, 0.25, 0.5):
        call.take(_trip(30, through))

    assert _plot(call).places == [0.0, 0.25, 0.5]


def test_the_end_of_the_axis_is_the_end_of_the_part(call: LiveView, clock: Hands) -> None:
    """A tenth in 1.5 s: 15 s in all."""
    call.take(_trip(30, 0.0))
    clock.time += 1.5
    call.take(_trip(30, 0.1))

    assert "15 s" in map(_plain, _texts(call))


def test_download_stays_as_a_small_figure_while_upload_is_measured(speed: LiveView) -> None:
    for step in range(11):
        speed.take(_rate("download", 5.0 if step < 3 else 24.6, step / 10))
    speed.take(_rate("upload", 2.1, 0.0))

    (small,) = speed.findChildren(Small)
    title, number = (_plain(label.text()) for label in small.findChildren(QLabel))
    assert (title, number) == ("Download", "about 24.6 Mbit/s")
    assert _plot(speed).values == [2.1]
    assert _plot(speed).limit == 3


def test_a_part_that_begins_again_begins_its_curve_again(speed: LiveView) -> None:
    """As when another server is tried."""
    speed.take(_rate("download", 20, 0.4))
    speed.take(_rate("download", 3, 0.0))

    assert _plot(speed).values == [3]
    assert speed.findChildren(Small) == []


def test_a_value_of_a_part_that_is_over_begins_nothing(speed: LiveView) -> None:
    speed.take(_rate("download", 20, 1.0))
    speed.take(_rate("upload", 3, 0.0))
    speed.take(_rate("download", 20, 1.0))

    assert _plot(speed).values == [3]


def test_values_that_do_not_say_how_far_they_are_stand_at_their_seconds(
    call: LiveView, clock: Hands
) -> None:
    for _ in range(3):
        call.take(_trip(30))
        clock.time += 2

    assert _plot(call).places == [0, 2, 4]


def test_what_takes_longer_than_usual_gets_a_longer_axis(call: LiveView, clock: Hands) -> None:
    """Usually 17 s; a value at 20 s makes it a quarter longer than that."""
    call.take(_trip(30))
    clock.time += 20
    call.take(_trip(30))

    assert "25 s" in map(_plain, _texts(call))


def test_a_screen_reader_is_told_every_few_seconds_only(call: LiveView, clock: Hands) -> None:
    """Ten values a second for 9 s: at 0, 4 and 8 s."""
    told = []
    for step in range(90):
        clock.time = 100 + step / 10
        call.take(_trip(30 + step, step / 90))
        told.append(_plot(call).accessibleDescription())

    assert len(set(told)) == 3


def test_a_big_number_that_changes_tells_a_screen_reader_nothing_by_itself(call: LiveView) -> None:
    """A label without a name of its own would tell each change of its text."""
    call.take(_trip(31, 0.1))
    (number,) = (label for label in call.findChildren(QLabel) if label.text() == "31")

    assert number.accessibleName()


@pytest.mark.parametrize(("value", "end"), [(0, 1), (0.4, 0.4), (7, 8), (129.6, 150), (250, 300)])
def test_the_axis_ends_at_a_round_number(value: float, end: float) -> None:
    assert round_above(value) == pytest.approx(end)


def test_small_times_are_not_shown_as_nothing(call: LiveView) -> None:
    call.take(_trip(0.34, 0.1))

    assert "0.3" in _texts(call)


@pytest.mark.parametrize(("after", "slow"), [(33.9, False), (34.1, True)])
def test_twice_the_usual_time_is_slow(clock: Hands, after: float, slow: bool) -> None:  # noqa: FBT001 - expected
    state = RunState(probes=(CALL,), clock=clock, current="line_call", began=100)
    clock.time = 100 + after

    assert state.slow() is slow


def test_who_measures_longer_is_slow_later(clock: Hands) -> None:
    state = RunState(probes=(CALL,), clock=clock, current="line_call", began=100, thorough=True)
    clock.time = 100 + 63

    assert not state.slow()


def test_what_takes_long_is_said_until_the_next_step(guide: Guide, engine: FakeEngine) -> None:
    engine.pace = 0.1
    guide.to_run()
    state = guide.journey.state
    assert state is not None
    guide.qtbot.waitUntil(lambda: state.current == "line_call", timeout=20_000)
    state.began -= 1000
    label = guide.window.findChild(QLabel, "slow")
    assert label is not None
    guide.qtbot.waitUntil(lambda: "longer than usual" in label.text(), timeout=20_000)
    guide.qtbot.waitUntil(lambda: state.current == "line_speed", timeout=20_000)
    guide.qtbot.waitUntil(lambda: not label.text(), timeout=20_000)


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_text_is_cut_while_the_line_is_shown(
    guide: Guide, engine: FakeEngine, scale: float
) -> None:
    engine.pace = 0.1
    before = theme.base.pointSizeF()
    theme.base.setPointSizeF(before * scale)
    try:
        guide.window.resize(QSize(910, 512))
        guide.to_run()
        state = guide.journey.state
        assert state is not None
        guide.qtbot.waitUntil(
            lambda: any(live.metric == "line.upload" for live in state.live), timeout=30_000
        )
        QApplication.processEvents()
        guide.qtbot.wait(20)
        assert cut(guide.window) == []
    finally:
        theme.base.setPointSizeF(before)
