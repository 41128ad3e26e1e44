"""How the live pictures are drawn: in parts, from kept pictures, told at a limited rate."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from readiness.locale import Reader
from tests.fakes.engine import NOISY, room_bands
from tests.ui.walk import settle
from ui.meters.bar import Bar
from ui.meters.level import LevelMeter
from ui.meters.plot import Plot
from ui.meters.spectrum import SpectrumMeter
from ui.meters.spoken import Pace, Spoken
from ui.meters.wave import Wave
from ui.theme import DARK, LIGHT, Appearance, theme
from ui.widgets.label import Figure, Label

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pytestqt.qtbot import QtBot

    from ui.window import Window

STEPS = 50
"""More than a wave of this window's width holds."""
SEEN = 32
"""Of 255: smoothed edges differ by less where two pieces of a line meet elsewhere."""


def _level() -> tuple[QWidget, Callable[[int], None]]:
    meter = LevelMeter("level", (-36, -16))
    return meter, lambda step: meter.set_level(-40 + 39 * math.sin(step))


def _bar() -> tuple[QWidget, Callable[[int], None]]:
    bar = Bar("bar", ground="page")
    return bar, lambda step: bar.set_fraction(step / STEPS)


def _wave() -> tuple[QWidget, Callable[[int], None]]:
    wave = Wave()
    return wave, lambda step: wave.add(0.5 + 0.4 * math.sin(step))


def _curve() -> tuple[QWidget, Callable[[int], None]]:
    plot = Plot("curve", limit=70, limit_text="at most 70", height=220, end=1.0, scale=str)
    return plot, lambda step: plot.add(40 + 20 * math.sin(step), step / STEPS)


def _spectrum() -> tuple[QWidget, Callable[[int], None]]:
    meter = SpectrumMeter("spectrum", Reader("en"))
    return meter, lambda step: meter.set_levels(room_bands(step), noise=step in NOISY)


@pytest.fixture(params=[Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def direction(request: pytest.FixtureRequest, window: Window) -> Iterator[None]:  # noqa: ARG001 - makes the application
    """As one reads English, or Arabic."""
    before = QApplication.layoutDirection()
    QApplication.setLayoutDirection(request.param)
    yield
    QApplication.setLayoutDirection(before)


def _unlike(one: QImage, other: QImage) -> int:
    """How many parts of pixels differ so that one could see it."""
    assert one.size() == other.size()
    pairs = zip(_bytes(one), _bytes(other), strict=True)
    return sum(abs(a - b) > SEEN for a, b in pairs)


def _bytes(image: QImage) -> bytes:
    return bytes(image.convertToFormat(QImage.Format.Format_RGB32).constBits())


@pytest.mark.usefixtures("direction")
@pytest.mark.parametrize("make", [_level, _bar, _wave, _curve, _spectrum])
def test_what_is_drawn_in_parts_looks_as_if_drawn_at_once(
    qtbot: QtBot,
    make: Callable[[], tuple[QWidget, Callable[[int], None]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(theme, "moves", False)  # a curve on its way would go on between two looks
    meter, change = make()
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(320, 260)
    QVBoxLayout(window).addWidget(meter)
    window.show()
    settle()
    for step in range(1, STEPS):
        change(step)
        QApplication.sendPostedEvents()
        QApplication.sendEvent(window, QEvent(QEvent.Type.UpdateRequest))

    shown = QApplication.primaryScreen().grabWindow(window.winId()).toImage()
    assert _unlike(shown, window.grab().toImage()) == 0


def test_other_colours_are_drawn_at_once(window: Window) -> None:
    assert window.isVisible()
    bar = Bar("bar", height=20)
    bar.resize(100, 20)
    bar.set_fraction(0.5)
    seen = []
    try:
        for appearance in (Appearance.LIGHT, Appearance.DARK):
            theme.apply(appearance)
            seen.append(bar.grab().toImage().pixelColor(25, 10).name().upper())
    finally:
        theme.apply(Appearance.LIGHT)

    assert seen == [LIGHT.accent, DARK.accent]


def test_a_level_is_seen_at_once_and_told_soon_after(qtbot: QtBot, window: Window) -> None:
    """The first is told at once; of those that follow closely, the last."""
    assert window.isVisible()
    meter = LevelMeter("level", (-36, -16))
    qtbot.addWidget(meter)
    for level in (-60.0, -40.0, -20.0):
        meter.set_level(level)

    assert meter.share == 0.75  # -20 on a bar from -80 to 0
    assert meter.value() == -60
    qtbot.waitUntil(lambda: meter.value() == -20)


def test_what_is_paced_happens_at_most_so_often() -> None:
    pace = Pace(0.2)

    assert [pace.due(at) for at in (5.0, 5.1, 5.25, 5.3, 5.45)] == [True, False, True, False, True]


def test_words_that_are_not_told_are_not_put_together() -> None:
    told: list[str] = []
    made: list[str] = []

    def words() -> str:
        made.append("words")
        return "words"

    spoken = Spoken(told.append, lambda: 7.0)
    spoken.say(words)
    spoken.say(words)

    assert (told, made) == (["words"], ["words"])


def test_an_axis_that_is_too_short_grows_in_steps(window: Window) -> None:
    """By a quarter: 12 makes it end at 15, and there it stays until 15 is passed."""
    assert window.isVisible()
    plot = Plot("curve", end=10)
    ends = []
    for place in (10, 12, 14, 15):
        plot.add(1, place)
        ends.append(plot.axis_end())

    assert ends == [10, 15, 15, 15]


class _Requests(QObject):
    """Counts how often something is to be laid out anew, or drawn."""

    def __init__(self, kind: QEvent.Type = QEvent.Type.LayoutRequest) -> None:
        super().__init__()
        self._kind = kind
        self.count = 0

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Count, and let it pass."""
        self.count += event.type() == self._kind
        return False


def test_a_level_is_drawn_once_for_a_value_that_is_told_at_once(
    qtbot: QtBot, window: Window
) -> None:
    """Qt's own progress bar would be drawn for its value, and again for what has changed."""
    assert window.isVisible()
    meter = LevelMeter("level", (-36, -16))
    qtbot.addWidget(meter)
    meter.show()
    settle()
    drawn = _Requests(QEvent.Type.Paint)
    meter.installEventFilter(drawn)
    meter.set_level(-20)
    settle()

    assert meter.value() == -20
    assert drawn.count == 1


def test_a_bar_that_is_held_still_by_its_page_stays_so(qtbot: QtBot, window: Window) -> None:
    assert window.isVisible()
    bar = Bar("bar")
    qtbot.addWidget(bar)
    bar.setUpdatesEnabled(False)
    bar.set_fraction(0.5)

    assert not bar.updatesEnabled()


@pytest.mark.parametrize(("on_page", "under"), [(True, 0), (False, 1)])
def test_a_number_on_the_page_is_drawn_without_what_is_under_it(
    qtbot: QtBot,
    window: Window,
    on_page: bool,  # noqa: FBT001 - how it is made
    under: int,
) -> None:
    assert window.isVisible()
    page = QWidget()
    qtbot.addWidget(page)
    number = Figure(on_page=on_page)
    QVBoxLayout(page).addWidget(number)
    number.setText("31")
    page.show()
    settle()
    drawn = _Requests(QEvent.Type.Paint)
    page.installEventFilter(drawn)
    number.setText("32")
    settle()

    assert drawn.count == under


@pytest.mark.usefixtures("direction")
def test_words_that_take_turns_stand_at_the_end_of_one_room(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    word = Figure(room=["too loud", "good"])
    QVBoxLayout(page).addWidget(word)
    word.setText("too loud")
    page.show()
    settle()
    wide = word.width()
    requests = _Requests()
    page.installEventFilter(requests)
    word.setText("good")
    settle()

    assert (word.width(), requests.count) == (wide, 0)
    picture = word.grab().toImage()
    ground = picture.pixelColor(wide // 2, 0)
    columns = range(picture.width())
    inked = [x for x in columns if _inked(picture, x, ground)]
    if word.isRightToLeft():
        inked = [picture.width() - x for x in inked]
    assert min(inked) > picture.width() / 4
    assert max(inked) > picture.width() - 4


def _inked(picture: QImage, x: int, ground: object) -> bool:
    """Whether something is drawn in a column."""
    return any(picture.pixelColor(x, y) != ground for y in range(picture.height()))


@pytest.mark.parametrize(("after", "anew"), [("32", False), ("132", True), ("3", True)])
def test_a_number_moves_the_page_only_where_it_needs_another_room(
    qtbot: QtBot,
    window: Window,
    after: str,
    anew: bool,  # noqa: FBT001 - expected
) -> None:
    assert window.isVisible()
    page = QWidget()
    qtbot.addWidget(page)
    number = Figure()
    QVBoxLayout(page).addWidget(number)
    number.setText("31")
    page.show()
    settle()
    requests = _Requests()
    page.installEventFilter(requests)
    number.setText(after)
    settle()

    assert bool(requests.count) is anew
    plain = Label(after, wrap=False)
    plain.setFont(number.font())
    assert number.width() == plain.sizeHint().width()
