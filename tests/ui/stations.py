"""Every page of the window in every state, in the order in which one walk reaches them.

Whatever looks at all pages walks through :data:`STATIONS`: tests of words, of fit and of
accessibility, and the contact sheets of ``bench``. A new page or state is one more line there.
"""

from __future__ import annotations

import contextlib
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication, QEvent, QSettings, QSize
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialog, QWidget

from readiness.engine import LiveValue
from readiness.ports import Choices, Live, Need, Prompt
from tests.fakes.engine import SIDES, FakeEngine
from tests.fakes.watch import FakeWatch, beats
from ui.app import prepare
from ui.person import Step
from ui.settings import Settings
from ui.theme import Appearance, theme
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from readiness.model.measurement import Value

USUAL = QSize(1120, 720)
SMALL = QSize(910, 512)
"""A laptop of 1366 x 768 pixels at 150 %, in logical pixels."""
PATIENCE_S = 60
ALL = Choices(consent=frozenset(Need), server="https://measure.example", input="7", output="7")
STEP_S = 6.0
VALUES = {"device": "Example USB Headset", "output": "Example USB Headset", "code": "402918"}
REASONS = {Prompt.STAY_SILENT: "not-silent", Prompt.READ_ALOUD: "no-speech"}
"""Why a guided step could not be used, one for each that is shown."""
ANSWERS: Final[dict[str, Value]] = {
    "headset_corded": True,
    "antivirus": True,
    "line_type": "cable",
    "quiet_room": True,
}
ENOUGH = 8
"""Live values that make a curve; the window takes no more than 30 a second."""
FAST = 8
"""The clock of the run goes so many times as fast: a played part is over in a moment."""


def until(holds: Callable[[], object]) -> None:
    """Let the window live until something holds, and the layout come to rest."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        settle(1)
        if time.monotonic() > end:
            raise TimeoutError("the window did not get there")
    settle()


def settle(rounds: int = 4) -> None:
    """Let layouts come to rest: what they ask for is done some events later.

    Pages that are over are deleted as by a running event loop: ``processEvents`` alone keeps them.
    """
    for _ in range(rounds):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        time.sleep(0.002)
    while not all(window.page is None or window.page.is_whole for window in _windows()):
        QApplication.processEvents()


def _windows() -> list[Window]:
    return [one for one in QApplication.topLevelWidgets() if isinstance(one, Window)]


class Walk:
    """A person who goes through everything once.

    Args:
        window: Shown, with nothing done yet.
        engine: The one it uses.
    """

    def __init__(self, window: Window, engine: FakeEngine) -> None:
        self.window, self.engine, self.journey = window, engine, window.journey

    @property
    def shown(self) -> QWidget:
        """What is in front: an open dialog, or the window."""
        dialogs = [one for one in self.window.findChildren(QDialog) if one.isVisible()]
        return dialogs[-1] if dialogs else self.window

    def press(self, name: str) -> None:
        """Press the button of that name."""
        button = self.window.findChild(QAbstractButton, name)
        if button is None:
            raise LookupError(name)
        button.click()
        settle()

    def page(self, name: str) -> None:
        """Wait for a page."""
        until(lambda: self.window.name == name)

    def close_dialogs(self) -> None:
        """Close what is open."""
        for dialog in self.window.findChildren(QDialog):
            dialog.reject()
        settle()

    def drained(self) -> None:
        """Wait until everything that was asked of the worker is done."""
        done: list[bool] = []
        self.journey.runner.call(lambda: True, done.append, self.journey.trouble.emit)
        until(lambda: done)

    def again(self) -> None:
        """Show the present page anew, from a state that was changed."""
        self.window.again()
        settle()

    def hold(self, metric: str, index: int) -> None:
        """Wait until so many values of a metric have come, and hold the measuring there."""
        self.engine.hold = (metric, index)
        until(lambda: self.engine.held == (metric, index))
        until(lambda: self.values(metric) > ENOUGH)

    def values(self, metric: str) -> int:
        """How many live values of a metric have come to the window."""
        state = self.journey.state
        return 0 if state is None else sum(live.metric == metric for live in state.live)

    def asked(self) -> None:
        """Wait for the next guided step."""
        self.engine.hold = None
        until(lambda: self.journey.state is not None and self.journey.state.step is not None)

    def guided(self, prompt: Prompt, *, going: bool = False, why: str = "") -> None:
        """Show a guided step: waiting, going on, or over and not usable."""
        state = self.journey.state
        if state is None:
            raise RuntimeError("nothing is measured")
        step = Step(prompt=prompt, seconds=STEP_S, values=VALUES, why=why)
        state.step, state.started_step = (None, step) if going else (step, None)
        self.again()
        if going:
            self._let_hear(prompt)

    def choose(self, prompt: Prompt, options: tuple[str, ...]) -> None:
        """Show the question about a guided step."""
        state = self.journey.state
        if state is None:
            raise RuntimeError("nothing is measured")
        state.step = Step(prompt=prompt, seconds=0, values=VALUES, options=options)
        self.again()

    def _let_hear(self, prompt: Prompt) -> None:
        """Some seconds of what comes in while a step goes on."""
        quiet = prompt in (Prompt.STAY_SILENT, Prompt.ROOM_SILENT, Prompt.LISTEN)
        for index in range(48):
            level = -58.0 + index % 4 if quiet else -24.0 - 14 * (index % 9 == 0) + index % 5
            live = Live(metric="voice.level", value=level, unit="dBov", through=index / 60)
            self.journey.moved.emit(LiveValue(probe="microphone", live=live))
        settle()


@dataclass(frozen=True, kw_only=True)
class Station:
    """A page in a state.

    Attributes:
        name: What it is called, here and under its picture.
        reach: Goes there from the station before.
        pictured: Whether it stands on the contact sheets.
    """

    name: str
    reach: Callable[[Walk], None]
    pictured: bool = True


# --- ways from one station to the next ---------------------------------------------------------


def _welcome(walk: Walk) -> None:
    until(lambda: walk.journey.profiles)


def _more(walk: Walk) -> None:
    walk.press("more-employers")


def _plan(walk: Walk) -> None:
    walk.journey.choices = ALL
    walk.journey.consider()
    walk.page("plan")
    walk.drained()


def _plan_untouched(walk: Walk) -> None:
    walk.journey.choices = None
    walk.journey.consider()
    walk.page("plan")


def _plan_public(walk: Walk) -> None:
    walk.journey.choices = replace(ALL, server="", method="ndt7", thorough=True)
    walk.again()


def _plan_wrong_clock(walk: Walk) -> None:
    walk.engine.moment = lambda: datetime(2001, 1, 1, tzinfo=UTC)
    walk.again()


def _call(walk: Walk) -> None:
    walk.engine.moment = lambda: datetime.now(UTC)
    walk.engine.hold = ("line.round_trip_median", 18)
    walk.journey.start(ALL)
    state = walk.journey.state
    if state is not None:
        state.clock = lambda: FAST * time.monotonic()
    walk.page("run")
    walk.hold("line.round_trip_median", 18)


def _slow(walk: Walk) -> None:
    state = walk.journey.state
    if state is None:
        raise RuntimeError("nothing is measured")
    began, state.began = state.began, state.began - 1000
    walk.again()
    state.began = began


def _speed(walk: Walk) -> None:
    walk.hold("line.upload", 18)


def _guided(
    prompt: Prompt, *, going: bool = False, why: str = "", pictured: bool = True
) -> Station:
    name = f"{prompt.value}{', going' if going else ''}{', repeat' if why else ''}"

    def reach(walk: Walk) -> None:
        walk.asked() if walk.engine.hold else None
        walk.guided(prompt, going=going, why=why)

    return Station(name=name, reach=reach, pictured=pictured)


def _sides(walk: Walk) -> None:
    walk.choose(Prompt.LISTEN, SIDES)


def _cord(walk: Walk) -> None:
    walk.choose(Prompt.UNPLUG, ("yes", "no"))


def _unkept(walk: Walk) -> None:
    state = walk.journey.state
    if state is not None:
        state.unkept = True
    walk.again()


def _stopped(walk: Walk) -> None:
    state = walk.journey.state
    if state is not None:
        state.unkept = False
    walk.journey.stop()
    until(lambda: not walk.journey.runner.running)


def _cut_off(walk: Walk) -> None:
    walk.press("home")
    walk.page("welcome")
    until(lambda: walk.journey.unfinished)


def _questions(walk: Walk) -> None:
    walk.journey.resume(walk.journey.unfinished[0])
    walk.page("plan")
    walk.journey.start(ALL)
    for _ in walk.engine.guided["microphone"]:
        walk.asked()
        walk.journey.ready()
    walk.page("questions")


def _answered(walk: Walk) -> None:
    walk.journey.answers = dict(ANSWERS)
    walk.again()


def _result(walk: Walk) -> None:
    walk.journey.finish()
    walk.page("result")


def _result_open(walk: Walk) -> None:
    page, report = walk.window.page, walk.journey.report
    if page is None or report is None:
        raise RuntimeError("there is no result")
    page.open_again(frozenset(finding.requirement for finding in report.findings))
    settle()


def _hear(walk: Walk) -> None:
    walk.again()
    walk.press("hear")


def _share(walk: Walk) -> None:
    walk.press("save-report")
    walk.page("share")
    walk.drained()


def _watch(walk: Walk) -> None:
    walk.journey.turned.emit("result")
    settle()
    walk.press("watch")


def _watching(walk: Walk) -> None:
    watch = FakeWatch(pieces=beats(200, cuts=((100.0, 3.0),)), stays=True)
    walk.engine.world.watch_port = watch  # type: ignore[attr-defined]  # the fake world
    walk.journey.watch_line(20)
    until(watch.played.is_set)


def _watched(walk: Walk) -> None:
    walk.journey.watch.stop()
    until(lambda: not walk.journey.watch.going)
    walk.drained()
    walk.again()


def _match(walk: Walk) -> None:
    walk.journey.watch.dismiss()
    walk.journey.compare()
    walk.page("match")


def _earlier(walk: Walk) -> None:
    walk.journey.look_back()
    walk.page("earlier")
    walk.drained()


def _trouble(walk: Walk) -> None:
    walk.journey.open_requirements(str(walk.engine.home / "none.toml"))
    until(lambda: walk.shown is not walk.window)


STATIONS: Final[tuple[Station, ...]] = (
    Station(name="welcome", reach=_welcome),
    Station(name="more", reach=_more),
    Station(name="plan, nothing agreed", reach=_plan_untouched, pictured=False),
    Station(name="plan", reach=_plan),
    Station(name="plan, public servers", reach=_plan_public),
    Station(name="plan, wrong date", reach=_plan_wrong_clock, pictured=False),
    Station(name="call", reach=_call),
    Station(name="takes long", reach=_slow, pictured=False),
    Station(name="run", reach=_speed),
    _guided(Prompt.STAY_SILENT),
    _guided(Prompt.STAY_SILENT, going=True, pictured=False),
    _guided(Prompt.STAY_SILENT, why=REASONS[Prompt.STAY_SILENT]),
    _guided(Prompt.READ_ALOUD, pictured=False),
    _guided(Prompt.READ_ALOUD, going=True),
    _guided(Prompt.READ_ALOUD, why=REASONS[Prompt.READ_ALOUD], pictured=False),
    _guided(Prompt.SPEAK_UP, pictured=False),
    _guided(Prompt.SPEAK_UP, going=True, pictured=False),
    _guided(Prompt.LISTEN),
    _guided(Prompt.LISTEN, going=True, pictured=False),
    Station(name="which side", reach=_sides),
    _guided(Prompt.ROOM_SILENT, pictured=False),
    _guided(Prompt.ROOM_SILENT, going=True, pictured=False),
    _guided(Prompt.UNPLUG),
    _guided(Prompt.PLUG_IN, pictured=False),
    Station(name="your cord", reach=_cord, pictured=False),
    _guided(Prompt.DIAL_TONE, pictured=False),
    _guided(Prompt.KEYPAD),
    _guided(Prompt.POWER_OFF, pictured=False),
    Station(name="nothing can be stored", reach=_unkept, pictured=False),
    Station(name="stopped", reach=_stopped),
    Station(name="welcome, cut off", reach=_cut_off),
    Station(name="questions", reach=_questions),
    Station(name="questions, answered", reach=_answered, pictured=False),
    Station(name="result", reach=_result),
    Station(name="result, all open", reach=_result_open, pictured=False),
    Station(name="hear", reach=_hear),
    Station(name="share", reach=_share),
    Station(name="watch", reach=_watch),
    Station(name="watching", reach=_watching),
    Station(name="watched", reach=_watched, pictured=False),
    Station(name="match", reach=_match),
    Station(name="earlier", reach=_earlier),
    Station(name="trouble", reach=_trouble, pictured=False),
)
"""In the order of the walk: each is reached from the one before."""


@contextlib.contextmanager
def opened(
    home: Path,
    *,
    language: str = "en",
    appearance: Appearance = Appearance.LIGHT,
    size: QSize = USUAL,
    scale: float = 1.0,
    pace: float = 0.036,
) -> Iterator[Walk]:
    """The window with played probes, in its own folder; text ``scale`` times as big."""
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(home))
    settings = Settings()
    settings.appearance, settings.language = appearance, "en"
    theme.choose_font() if QApplication.instance() is not None else prepare(settings)
    before = theme.base.pointSizeF()
    theme.base.setPointSizeF(before * scale)
    prepare(settings)
    engine = FakeEngine(home / "data", pace=pace)
    window = Window(lambda: engine, settings)
    window.speak(language)
    window.resize(size)
    window.show()
    window.begin()
    try:
        settle()
        yield Walk(window, engine)
    finally:
        engine.hold = None
        window.close()
        window.qt_words.speak("en")
        theme.base.setPointSizeF(before)
        settings.language = "en"
        theme.apply(Appearance.LIGHT)
        settle()


def stations(walk: Walk, *, pictured: bool = False) -> Iterator[Station]:
    """Go from one station to the next; only those on the sheets are yielded if ``pictured``."""
    for station in STATIONS:
        walk.close_dialogs()
        station.reach(walk)
        settle()
        if station.pictured or not pictured:
            yield station
