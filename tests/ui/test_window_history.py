"""Earlier checks side by side, and deleted for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox

from readiness.ports import Choices
from readiness.report.comparison import Turn
from tests.fakes.engine import FOUND
from tests.ui.reached import out_of_order, tabbed
from tests.ui.seen import painted_texts
from ui.guide.compare import ComparePage
from ui.guide.confirm import ask

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide


def _to_earlier(guide: Guide, *more: tuple[str, float, int]) -> None:
    guide.to_result()
    for name, upload, minutes in more:
        guide.kept(name, upload, minutes)
    guide.press("home")
    guide.wait("welcome")
    guide.journey.look_back()
    guide.wait("earlier")
    _listed(guide, 1 + len(more))


def _listed(guide: Guide, count: int) -> None:
    guide.qtbot.waitUntil(lambda: len(_ids(guide)) == count, timeout=20_000)


def _ids(guide: Guide) -> list[str]:
    page = guide.window.page
    assert page is not None
    names = [button.objectName() for button in page.findChildren(QAbstractButton)]
    return [name.removeprefix("open-") for name in names if len(name) == len("open-") + 32]


def _confirm(guide: Guide, name: str) -> None:
    box = guide.window.findChild(QMessageBox, "confirm")
    assert box is not None
    button = box.findChild(QAbstractButton, name)
    assert button is not None
    button.click()


def test_two_checks_stand_side_by_side_the_earlier_one_first(guide: Guide) -> None:
    """The list asks for the upload twice: what is required, and what is recommended."""
    _to_earlier(guide, ("ab" * 16, 24.6, 5))
    for name in reversed(_ids(guide)):
        guide.press(f"compare-{name}")
    guide.press("compare")
    guide.wait("compare")
    page = guide.window.page
    assert isinstance(page, ComparePage)
    first, *_ = page._views
    assert (first._pair.turn, first._pair.before.found, first._pair.after.found) == (
        Turn.BETTER,
        "2.1\u202fMbit/s",
        "24.6\u202fMbit/s",
    )
    assert page.said == "2 things have changed"
    first.line.click()
    assert page.opened() == {first.name}


def test_they_can_be_judged_against_another_list(guide: Guide) -> None:
    guide.to_result()
    guide.compare_with_another()
    guide.journey.history.compare("strict-voice")
    guide.qtbot.waitUntil(
        lambda: (
            guide.journey.history.comparison is not None
            and guide.journey.history.comparison.profile.id == "strict-voice"
        ),
        timeout=20_000,
    )


def test_of_three_the_first_one_gives_way(guide: Guide) -> None:
    history = guide.journey.history
    for name in ("a", "b", "c"):
        history.pick(name, wanted=True)
    two = history.picked
    history.pick("b", wanted=False)
    assert (two, history.picked) == (("b", "c"), ("c",))


def test_a_check_is_deleted_only_after_a_yes(guide: Guide, engine: FakeEngine) -> None:
    _to_earlier(guide, ("ab" * 16, 24.6, 5))
    guide.press(f"delete-{'ab' * 16}")
    _confirm(guide, "keep")
    assert len(engine.archived()) == 2
    guide.press(f"delete-{'ab' * 16}")
    _confirm(guide, "do")
    _listed(guide, 1)
    assert "ab" * 16 not in [entry.id for entry in engine.archived()]


def test_enter_and_escape_keep_it(guide: Guide, engine: FakeEngine) -> None:
    _to_earlier(guide)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        guide.press(f"delete-{_ids(guide)[0]}")
        box = guide.window.findChild(QMessageBox, "confirm")
        assert box is not None
        QTest.keyClick(box, key)
        guide.qtbot.waitUntil(
            lambda: guide.window.findChild(QMessageBox, "confirm") is None, timeout=5_000
        )
    assert len(engine.archived()) == 1


def test_all_can_be_deleted_and_nothing_of_them_is_left(guide: Guide, engine: FakeEngine) -> None:
    _to_earlier(guide, ("ab" * 16, 24.6, 5))
    guide.press("delete-all")
    _confirm(guide, "do")
    guide.qtbot.waitUntil(lambda: engine.archived() == (), timeout=20_000)
    guide.qtbot.waitUntil(lambda: guide.journey.session is None, timeout=5_000)
    value = str(FOUND["headset.microphone"][0]).encode()
    for path in engine.home.rglob("*"):
        assert not path.is_file() or value not in path.read_bytes()


def test_a_check_that_was_cut_off_is_not_offered_once_all_is_deleted(
    guide: Guide, engine: FakeEngine
) -> None:
    guide.to_result()
    guide.press("home")
    guide.wait("welcome")
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=5_000)
    guide.press("home")
    guide.wait("welcome")
    guide.qtbot.waitUntil(lambda: bool(guide.journey.unfinished), timeout=5_000)
    guide.journey.look_back()
    guide.wait("earlier")
    _listed(guide, 1)
    guide.press("delete-all")
    _confirm(guide, "do")
    guide.qtbot.waitUntil(lambda: engine.archived() == (), timeout=20_000)
    assert guide.journey.unfinished == ()
    assert engine.unfinished() == ()


def test_a_watch_that_was_going_on_for_a_deleted_check_is_dropped(
    guide: Guide, engine: FakeEngine
) -> None:
    guide.to_result()
    session = guide.journey.session
    assert session is not None
    guide.journey.history.gone.add(session.id)
    watched = guide.kept("cd" * 16, 2.1, 1)
    guide.journey.watch.belongs = session.id
    guide.journey._on_watched(watched)
    guide.qtbot.waitUntil(
        lambda: watched.id not in [entry.id for entry in engine.archived()], timeout=20_000
    )


def _shown(guide: Guide) -> str:
    page = guide.window.page
    assert page is not None
    labels = [label.text() for label in page.findChildren(QLabel)]
    return "\n".join((*labels, *painted_texts(page)))


def test_a_check_that_was_done_again_shows_before_and_after(
    guide: Guide, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide.to_result()
    monkeypatch.setitem(FOUND, "line.upload", (24.6, 0.5))
    guide.journey.redo(frozenset({"line.upload"}))
    guide.wait("run")
    guide.wait("result")
    guide.qtbot.waitUntil(lambda: "2.1 → 24.6\u202fMbit/s ± 0.5" in _shown(guide), timeout=20_000)
    page = guide.window.page
    assert page is not None
    page.open_again(frozenset({"upload"}))
    told = _shown(guide)
    assert "All attempts" in told
    assert "24.6\u202fMbit/s ± 0.5 (this one counts)" in told
    assert "2.1\u202fMbit/s ± 0.1" in told


def test_a_list_that_asks_for_money_has_a_note_on_every_page(guide: Guide) -> None:
    import msgspec

    fishy = msgspec.structs.replace(
        guide.journey.profiles[0], summary={"en": "A registration fee of 49 dollars is due."}
    )
    assert "unusual" not in _shown(guide)
    guide.journey.extra = fishy
    guide.journey.choose(fishy)
    guide.again()
    for page in ("welcome", "plan", "result"):
        if page == "plan":
            guide.to_plan()
        if page == "result":
            guide.journey.start(guide.journey.choices or Choices())
            guide.wait("questions")
            guide.press("see-result")
            guide.wait("result")
        assert "Some things in this list are unusual" in _shown(guide), page
        assert "consumer.ftc.gov/articles/job-scams" in _shown(guide)
        assert "scam " not in _shown(guide).lower().replace("job-scams", "")


@pytest.mark.parametrize("way", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft])
def test_tab_goes_through_the_buttons_of_a_question_as_one_reads(
    guide: Guide, qapp: QApplication, way: Qt.LayoutDirection
) -> None:
    qapp.setLayoutDirection(way)
    box = ask(guide.window, "Go?", "", yes="Yes", no="No", then=lambda: None)
    guide.qtbot.waitExposed(box)
    reached = tabbed(box)
    faults = out_of_order(box, reached)
    box.reject()
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    assert len(reached) == 2
    assert faults == []
