"""The long watch of the line in the window: beside everything else, kept, never in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from PySide6.QtWidgets import QDialog, QLabel, QPushButton

from readiness.locale import Reader
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.requirement import Criterion, Level, Operator
from readiness.ports import Choices, Need
from tests.fakes.watch import FakeWatch, beats
from tests.ui.walk import settle
from ui.guide.watch import sent_words
from ui.meters.plot import Plot

if TYPE_CHECKING:
    from readiness.model.measurement import ProbeRun
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide

NETWORK = frozenset({Need.NETWORK})
CUT = ((100.0, 3.0),)


def _line(engine: FakeEngine, watch: FakeWatch) -> FakeWatch:
    engine.world.watch_port = watch  # type: ignore[attr-defined]  # the fake world
    return watch


def _begin(guide: Guide, minutes: int = 20) -> None:
    guide.press("watch")
    guide.press(f"minutes-{minutes}")
    guide.press("watch-begin")


def _over(guide: Guide) -> None:
    """Wait until the watch is over and taken in."""
    journey = guide.journey
    guide.qtbot.waitUntil(lambda: not journey.watch.going and not journey._busy, timeout=20_000)
    settle()


def _going(guide: Guide, engine: FakeEngine, seconds: float = 200.0) -> FakeWatch:
    """A watch that has told so much and goes on until it is stopped."""
    watch = _line(engine, FakeWatch(pieces=beats(seconds, cuts=CUT), stays=True))
    guide.to_result()
    _begin(guide)
    guide.qtbot.waitUntil(watch.played.is_set, timeout=20_000)
    return watch


def _text(guide: Guide, name: str) -> str:
    label = guide.window.findChild(QLabel, name)
    assert label is not None
    return label.text()


def _runs(guide: Guide) -> list[ProbeRun]:
    session = guide.journey.session
    assert session is not None
    return [run for run in session.runs if run.probe == "line_steady"]


def _archived(guide: Guide) -> list[tuple[str, int]]:
    """Of each kept session with a watch: its id and how many."""
    found: dict[str, int] = {}
    for one in guide.journey.engine.watches():
        found[one.session] = found.get(one.session, 0) + 1
    return list(found.items())


def test_what_was_watched_becomes_a_run_of_the_session(guide: Guide, engine: FakeEngine) -> None:
    _line(engine, FakeWatch(pieces=beats(600, cuts=CUT)))
    guide.to_result()
    _begin(guide)
    _over(guide)

    assert _runs(guide)[0].measurements[0].value == 1


def test_all_attempts_stay(guide: Guide, engine: FakeEngine) -> None:
    _line(engine, FakeWatch(pieces=beats(600)))
    guide.to_result()
    for _ in range(2):
        _begin(guide)
        _over(guide)

    assert [run.attempt for run in _runs(guide)] == [1, 2]


def test_the_archive_keeps_it_within_its_check(guide: Guide, engine: FakeEngine) -> None:
    _line(engine, FakeWatch(pieces=beats(600)))
    guide.to_result()
    _begin(guide)
    _over(guide)

    assert guide.journey.session is not None
    assert _archived(guide) == [(guide.journey.session.id, 1)]


def test_the_chosen_minutes_are_asked_of_the_line(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine)

    assert guide.journey.watch.state is not None
    assert guide.journey.watch.state.minutes == 20


def test_the_strip_counts_drop_outs_while_it_goes_on(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine)
    words = "Watching the line: 10 of 20 minutes, 1 drop-out so far"

    guide.qtbot.waitUntil(lambda: _plain(_text(guide, "watch-said")) == words, timeout=20_000)


def test_the_card_draws_the_gap(guide: Guide, engine: FakeEngine) -> None:
    _line(engine, FakeWatch(pieces=beats(600, cuts=CUT)))
    guide.to_result()
    _begin(guide)
    _over(guide)
    plots = [plot for plot in guide.window.findChildren(Plot) if plot.isVisible()]

    assert any(plot.gaps for plot in plots)


def test_stop_keeps_what_was_long_enough(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine)
    guide.press("watch-stop")
    _over(guide)

    assert [run.measurements[0].evidence.summary["ended_by"] for run in _runs(guide)] == ["stopped"]


def test_stop_before_two_minutes_leaves_nothing(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine, seconds=60)
    guide.press("watch-stop")
    _over(guide)

    assert _runs(guide) == []
    assert _archived(guide) == []
    assert list((engine.home / "journal").glob("*.json")) == []


def test_the_window_stays_usable(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine)
    guide.press("match")
    guide.wait("match")
    guide.press("back-to-result")

    assert guide.journey.watch.going
    guide.wait("result")


def test_without_consent_nothing_is_sent_before_the_plan_page(
    guide: Guide, engine: FakeEngine
) -> None:
    watch = _line(engine, FakeWatch(pieces=beats(600)))
    guide.to_result()
    guide.journey.choices = Choices()
    _begin(guide)

    assert guide.window.name == "plan"
    assert not watch.played.is_set()
    start = guide.window.findChild(QPushButton, "start")
    assert start is not None
    assert not start.isEnabled()


def test_consent_on_the_plan_page_begins_it_beside_the_result(
    guide: Guide, engine: FakeEngine
) -> None:
    _line(engine, FakeWatch(pieces=beats(200), stays=True))
    guide.to_result()
    guide.journey.choices = Choices(server="http://measure.example")
    _begin(guide, 30)
    guide.press("consent-network")
    guide.press("start")
    guide.wait("result")

    assert guide.journey.watch.state is not None
    assert guide.journey.watch.state.minutes == 30


def test_back_from_the_consent_leads_to_the_result(guide: Guide) -> None:
    guide.to_result()
    guide.journey.choices = Choices()
    _begin(guide)
    guide.press("back")

    assert guide.window.name == "result"


def test_why_the_last_one_failed_is_gone_with_the_next(guide: Guide, engine: FakeEngine) -> None:
    silent = CannotMeasure(FailureCode.UNREACHABLE, "udp-blocked")
    _line(engine, FakeWatch(pieces=[], failure=silent))
    guide.to_result()
    _begin(guide)
    _over(guide)
    watch = _line(engine, FakeWatch(pieces=beats(60), stays=True))
    _begin(guide)
    guide.qtbot.waitUntil(watch.played.is_set, timeout=20_000)

    assert not _text(guide, "watch-note")


def test_no_single_check_begins_while_it_goes_on(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine)
    played = len(engine.played)
    guide.journey.redo(frozenset({"line.upload"}))

    assert not guide.journey.runner.running
    assert len(engine.played) == played
    assert "spoil each other" in _text(guide, "watch-note")


def test_starting_a_check_says_that_it_ends_the_watch_and_does(
    guide: Guide, engine: FakeEngine
) -> None:
    _going(guide, engine)
    before = guide.journey.session
    guide.press("home")
    guide.wait("welcome")
    guide.to_plan()
    start = guide.window.findChild(QPushButton, "start")
    assert start is not None
    assert start.text() == "End the watch and start"
    guide.press("start")
    guide.wait("run")
    guide.speak()
    guide.wait("questions")

    assert before is not None
    assert not guide.journey.watch.going
    assert _archived(guide) == [(before.id, 1)]


def test_closing_the_window_ends_it_and_keeps_it(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine)
    guide.window.close()

    guide.qtbot.waitUntil(lambda: len(_archived(guide)) == 1, timeout=20_000)
    guide.qtbot.waitUntil(
        lambda: list((engine.home / "journal").glob("*.json")) == [], timeout=20_000
    )


def test_nobody_answering_is_told_with_its_remedy(guide: Guide, engine: FakeEngine) -> None:
    silent = CannotMeasure(FailureCode.UNREACHABLE, "udp-blocked")
    _line(engine, FakeWatch(pieces=[], failure=silent))
    guide.to_result()
    _begin(guide)
    _over(guide)

    assert _text(guide, "watch-said") == "The line could not be watched."
    assert _text(guide, "watch-note")


def test_a_profile_that_asks_for_it_has_its_row(guide: Guide, engine: FakeEngine) -> None:
    _line(engine, FakeWatch(pieces=beats(600, cuts=CUT)))
    first = guide.journey.profiles[0]
    asked = msgspec.structs.replace(
        first.requirements[0],
        id="steady",
        level=Level.MUST,
        any_of=(
            Criterion(
                metric="line.dropouts",
                operator=Operator.AT_MOST,
                threshold=(0,),
                source=first.requirements[0].any_of[0].source,
            ),
        ),
    )
    guide.journey.choose(msgspec.structs.replace(first, requirements=(*first.requirements, asked)))
    guide.to_result()
    if not _open(guide, "steady"):
        guide.press("row-steady")
    guide.press("again-steady")
    guide.press("watch-begin")
    _over(guide)
    report = guide.journey.report

    assert report is not None
    found = next(one for one in report.findings if one.requirement == "steady")
    assert found.verdict.value in {"fail", "borderline"}


def _open(guide: Guide, name: str) -> bool:
    return guide.window.page is not None and name in guide.window.page.opened()


def test_a_dialog_that_is_open_survives_the_end(guide: Guide, engine: FakeEngine) -> None:
    _going(guide, engine)
    guide.press("hear")
    guide.journey.watch.stop()
    _over(guide)
    dialog = guide.window.findChild(QDialog)

    assert dialog is not None
    assert dialog.isVisible()


def test_watches_of_other_times_stand_beside_it(guide: Guide, engine: FakeEngine) -> None:
    _line(engine, FakeWatch(pieces=beats(600)))
    guide.to_result()
    for _ in range(2):
        _begin(guide)
        _over(guide)
    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QLabel, "watch-2-0") is not None, timeout=20_000
    )

    noon = guide.journey.reader.date(_runs(guide)[0].started)
    assert _text(guide, "watch-2-0") == noon


@pytest.mark.parametrize(
    ("choices", "named", "amount"),
    [
        (Choices(consent=NETWORK, server="http://192.0.2.7"), "http://192.0.2.7", "14 MB"),
        (Choices(consent=NETWORK, method="cloudflare"), "stun.cloudflare.com", "3 MB"),
        (Choices(consent=NETWORK, server="https://s.example", method="ndt7"), "s.example", "3 MB"),
    ],
)
def test_it_is_said_what_goes_to_whom(choices: Choices, named: str, amount: str) -> None:
    said = _plain(sent_words(choices, 60, Reader("en")))

    assert named in said
    assert amount in said


def _plain(words: str) -> str:
    """Without the marks that isolate what was filled in."""
    return words.replace("\u2068", "").replace("\u2069", "").replace("\u202f", " ")
