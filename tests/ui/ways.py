"""Ways from one station of the walk to the next; each takes what the one before has left."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final

import msgspec

from readiness.ports import Choices, Need, Prompt
from readiness.trust.code import to_code
from tests.fakes.engine import SIDES
from tests.fakes.trust import EMPLOYER, invitation
from tests.fakes.watch import FakeWatch, beats
from tests.ui.another import keep_another
from tests.ui.walk import settle, until
from ui.guide.compare import PairView

if TYPE_CHECKING:
    from readiness.model.measurement import Value
    from tests.ui.walk import Walk

ALL = Choices(consent=frozenset(Need), server="https://measure.example", input="7", output="7")
ANSWERS: Final[dict[str, Value]] = {
    "headset_corded": True,
    "antivirus": True,
    "line_type": "cable",
    "quiet_room": True,
    "work_hours": "mon 09:00-12:30,14:00-18:00; tue 09:00-17:00; sat 18:00-24:00",
}
FEE: Final = {
    "en": "A registration fee of 49 dollars is due.",
    "de": "Eine Anmeldegebühr von 49 Euro ist fällig.",
    "es": "Hay que pagar una cuota de inscripción de 49 euros.",
}
"""What honest lists of requirements do not have."""
FAST = 8
"""The clock of the run goes so many times as fast: a played part is over in a moment."""


def welcome(walk: Walk) -> None:
    until(lambda: walk.journey.profiles)


def welcome_all(walk: Walk) -> None:
    """The cards at the end of the page."""
    if walk.window.page is None:
        raise RuntimeError("there is no page")
    bar = walk.window.page.scroller.verticalScrollBar()
    bar.setValue(bar.maximum())


def welcome_unusual(walk: Walk) -> None:
    """A list that asks for money."""
    journey = walk.journey
    usual = next(one for one in journey.profiles if one.id == "typical-voice")
    journey.extra = msgspec.structs.replace(usual, summary=FEE)
    journey.choose(journey.extra)
    walk.again()


def code(walk: Walk) -> None:
    """Where the code of an invitation is put in."""
    _usual(walk)
    walk.press("enter-code")
    settle()


def invited(walk: Walk) -> None:
    """An invitation that seals its answer and names a server that signs."""
    walk.close_dialogs()
    made = datetime.now(UTC) - timedelta(hours=1)
    found = invitation(now=made, seal_to=EMPLOYER.public.sealing, reference="A-1042")
    walk.journey.open_invitation(to_code(found.envelope))
    walk.page("invited")


def _usual(walk: Walk) -> None:
    """Back to a list that asks for none."""
    journey = walk.journey
    journey.extra = None
    journey.choose(next(one for one in journey.profiles if one.id == "typical-voice"))


def plan(walk: Walk) -> None:
    walk.journey.choices = ALL
    walk.journey.consider()
    walk.page("plan")
    walk.drained()


def plan_untouched(walk: Walk) -> None:
    _usual(walk)
    walk.journey.choices = None
    walk.journey.consider()
    walk.page("plan")


def plan_public(walk: Walk) -> None:
    walk.journey.choices = replace(ALL, server="", method="ndt7", thorough=True)
    walk.again()


def plan_wrong_clock(walk: Walk) -> None:
    walk.engine.moment = lambda: datetime(2001, 1, 1, tzinfo=UTC)
    walk.again()


def call(walk: Walk) -> None:
    walk.engine.moment = lambda: datetime.now(UTC)
    walk.engine.hold = ("line.round_trip_median", 18)
    walk.journey.start(ALL)
    state = walk.journey.state
    if state is not None:
        state.clock = lambda: FAST * time.monotonic()
    walk.page("run")
    walk.hold("line.round_trip_median", 18)


def agreed(walk: Walk) -> None:
    walk.press("agreed")


def slow(walk: Walk) -> None:
    state = walk.journey.state
    if state is None:
        raise RuntimeError("nothing is measured")
    began, state.began = state.began, state.began - 1000
    walk.again()
    state.began = began


def speed(walk: Walk) -> None:
    walk.hold("line.upload", 18)


def sides(walk: Walk) -> None:
    walk.choose(Prompt.LISTEN, SIDES)


def cord(walk: Walk) -> None:
    walk.choose(Prompt.UNPLUG, ("yes", "no"))


def unkept(walk: Walk) -> None:
    state = walk.journey.state
    if state is not None:
        state.unkept = True
    walk.again()


def stopped(walk: Walk) -> None:
    state = walk.journey.state
    if state is not None:
        state.unkept = False
    walk.journey.stop()
    until(lambda: not walk.journey.runner.running)


def cut_off(walk: Walk) -> None:
    walk.press("home")
    walk.page("welcome")
    until(lambda: walk.journey.unfinished)


def questions(walk: Walk) -> None:
    walk.journey.resume(walk.journey.unfinished[0])
    walk.page("plan")
    walk.journey.start(ALL)
    for _ in walk.engine.guided["microphone"]:
        walk.asked()
        walk.journey.ready()
    walk.page("questions")


def answered(walk: Walk) -> None:
    walk.journey.answers = dict(ANSWERS)
    walk.again()


def asked(walk: Walk, question: str) -> None:
    """Show a question."""
    walk.journey.asked_at = question
    walk.again()


def result(walk: Walk) -> None:
    walk.journey.finish()
    walk.page("result")


def result_open(walk: Walk) -> None:
    page, report = walk.window.page, walk.journey.report
    if page is None or report is None:
        raise RuntimeError("there is no result")
    page.open_again(frozenset(finding.requirement for finding in report.findings))
    settle()


def hear(walk: Walk) -> None:
    walk.again()
    walk.press("hear")


def share(walk: Walk) -> None:
    walk.press("save-report")
    walk.page("share")
    drafted(walk)


def share_withheld(walk: Walk) -> None:
    walk.journey.sharing.strike({"line.upload"}, out=True)
    drafted(walk)


def share_exact(walk: Walk) -> None:
    sharing = walk.journey.sharing
    sharing.details = sharing.exact = True
    walk.again()
    drafted(walk)


def share_saved(walk: Walk) -> None:
    sharing = walk.journey.sharing
    sharing.details = sharing.exact = False
    sharing.folder = str(walk.engine.home / "kept")
    walk.again()
    drafted(walk)
    sharing.save()
    until(lambda: sharing.written)


def share_refused(walk: Walk) -> None:
    sharing = walk.journey.sharing
    sharing.folder = str(walk.engine.home / "kept" / sharing.written[0].name)
    sharing.save()
    until(lambda: sharing.refused)


def drafted(walk: Walk) -> None:
    """Wait until the files are put together."""
    until(lambda: walk.journey.sharing.draft)


def watch(walk: Walk) -> None:
    walk.journey.turned.emit("result")
    settle()
    walk.press("watch")


def watching(walk: Walk) -> None:
    watch = FakeWatch(pieces=beats(200, cuts=((100.0, 3.0),)), stays=True)
    walk.engine.world.watch_port = watch  # type: ignore[attr-defined]  # the fake world
    walk.journey.watch_line(20)
    until(watch.played.is_set)


def watched(walk: Walk) -> None:
    walk.journey.watch.stop()
    until(lambda: not walk.journey.watch.going)
    walk.drained()
    walk.again()


def match(walk: Walk) -> None:
    walk.journey.watch.dismiss()
    walk.journey.compare()
    walk.page("match")


def earlier(walk: Walk) -> None:
    walk.journey.look_back()
    walk.page("earlier")
    walk.drained()


def earlier_two(walk: Walk) -> None:
    """Two of them, ticked."""
    session = walk.journey.session
    if session is None:
        raise RuntimeError("there is no check")
    other = keep_another(walk.journey, "ab" * 16, upload=24.6, minutes=5)
    walk.journey.history.picked = (other.id, session.id)
    walk.again()
    walk.drained()


def delete(walk: Walk) -> None:
    walk.press("delete-all")


def compare(walk: Walk) -> None:
    walk.journey.history.compare("typical-voice")
    walk.page("compare")


def compare_open(walk: Walk) -> None:
    """The first row, open."""
    walk.window.findChildren(PairView)[0].toggle()
    settle()


def trouble(walk: Walk) -> None:
    walk.journey.open_requirements(str(walk.engine.home / "none.toml"))
    until(lambda: walk.shown is not walk.window)
