"""The applicant's journey through the window, from the first page to the saved file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QLineEdit, QMessageBox, QPushButton

from readiness.model.errors import FailureCode
from readiness.ports import Choices, Need
from tests.ui.hand import click_twice

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide


def test_a_whole_check_ends_with_saved_files(guide: Guide, tmp_path: Path) -> None:
    guide.to_questions()
    guide.journey.answers["headset_corded"] = True
    guide.press("see-result")
    guide.wait("result")
    guide.press("save-report")
    folder = guide.window.findChild(QLineEdit, "folder")
    assert folder is not None
    folder.setText(str(tmp_path / "reports"))
    guide.press("save")
    expected = ["readiness.html", "readiness.json", "readiness.pdf"]

    def saved() -> None:
        # Waited for as a whole: a file that is still being written has another name.
        found = (tmp_path / "reports").glob("*")
        assert sorted(path.name.split(".", 1)[1] for path in found) == expected

    guide.qtbot.waitUntil(saved, timeout=20_000)


def test_nothing_is_agreed_to_beforehand(guide: Guide) -> None:
    guide.to_plan()
    boxes = [
        box
        for box in guide.window.findChildren(QCheckBox)
        if box.objectName().startswith("consent")
    ]
    assert {box.objectName() for box in boxes} == {
        "consent-network",
        "consent-microphone",
        "consent-loudspeaker",
    }
    assert not any(box.isChecked() for box in boxes)


def test_what_is_not_agreed_to_is_not_done(guide: Guide, engine: FakeEngine) -> None:
    guide.to_run(Choices())
    guide.wait("questions")
    assert "line_speed" not in engine.played
    assert "microphone" not in engine.played
    session = guide.journey.session
    assert session is not None
    failures = {f.metric: f.failure for run in session.runs for f in run.failures}
    assert failures["line.download"] is FailureCode.SKIPPED


def test_a_measuring_server_needs_an_address(guide: Guide) -> None:
    guide.to_plan()
    guide.journey.choices = Choices(consent=frozenset({Need.NETWORK}))
    guide.again()
    guide.press("start")
    assert guide.window.name == "plan"
    assert not guide.journey.runner.running


def test_a_double_click_on_start_starts_once(guide: Guide, engine: FakeEngine) -> None:
    guide.to_plan()
    guide.journey.choices = Choices()
    guide.again()
    start = guide.window.findChild(QPushButton, "start")
    assert start is not None
    click_twice(start)
    guide.wait("questions")
    assert len(engine.played) == len(set(engine.played))


def test_stop_keeps_what_was_measured_and_can_go_on(guide: Guide, engine: FakeEngine) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.press("stop")
    guide.journey.stop()
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=5_000)
    session = guide.journey.session
    assert session is not None
    assert any(m.metric == "line.download" for run in session.runs for m in run.measurements)
    assert len(engine.unfinished()) == 1
    guide.press("go-on")
    guide.speak()
    guide.wait("questions")
    assert engine.played.count("line_speed") == 1
    assert engine.played.count("microphone") == 2


def test_skip_leaves_out_one_step(guide: Guide) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.press("skip")
    guide.wait("questions")
    session = guide.journey.session
    assert session is not None
    failures = {f.metric: f.failure for run in session.runs for f in run.failures}
    assert failures["voice.level"] is FailureCode.SKIPPED


def test_one_thing_can_be_checked_again(guide: Guide, engine: FakeEngine) -> None:
    guide.to_result()
    before = list(engine.played)
    guide.press("again-upload")
    guide.qtbot.waitUntil(lambda: len(engine.played) > len(before), timeout=20_000)
    guide.wait("result")
    assert engine.played[len(before) :] == ["line_speed"]
    session = guide.journey.session
    assert session is not None
    assert session.attempts("line_speed") == 2


def test_a_bad_profile_is_told_with_file_key_and_hint(guide: Guide, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text('schema = "readiness-profile/1"\nid = "mine"\ncolour = 3\n', encoding="utf-8")
    guide.journey.open_requirements(str(path))
    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QMessageBox, "trouble") is not None, timeout=20_000
    )
    box = guide.window.findChild(QMessageBox, "trouble")
    assert box is not None
    said = box.text() + box.informativeText()
    assert "mine.toml" in said
    assert "profile-" in said
    assert box.textFormat() is Qt.TextFormat.PlainText
    box.close()


def test_a_refused_folder_is_told_and_may_be_tried_again(guide: Guide, tmp_path: Path) -> None:
    guide.to_result()
    (tmp_path / "file").write_text("", encoding="utf-8")
    guide.press("save-report")
    folder = guide.window.findChild(QLineEdit, "folder")
    assert folder is not None
    folder.setText(str(tmp_path / "file"))
    guide.press("save")
    save = guide.window.findChild(QPushButton, "save")
    assert save is not None
    guide.qtbot.waitUntil(save.isEnabled, timeout=20_000)
    folder.setText(str(tmp_path / "better"))
    guide.press("save")
    guide.qtbot.waitUntil(lambda: len(list((tmp_path / "better").glob("*"))) == 3, timeout=20_000)


def test_the_match_page_leads_to_another_result(guide: Guide) -> None:
    guide.to_result()
    guide.press("match")
    guide.wait("match")
    guide.press("match-chat-email")
    guide.wait("result")
    assert guide.journey.profile is not None
    assert guide.journey.profile.id == "chat-email"


def test_not_sure_compares_with_every_list(guide: Guide) -> None:
    guide.journey.choose(None)
    guide.to_questions()
    guide.press("see-result")
    guide.wait("match")
    assert len(guide.journey.matches) == len(guide.journey.profiles)


def test_a_finished_check_is_found_among_the_earlier_ones(guide: Guide) -> None:
    guide.to_result()
    session = guide.journey.session
    assert session is not None
    guide.press("home")
    guide.wait("welcome")
    guide.journey.look_back()
    guide.qtbot.waitUntil(
        lambda: guide.window.findChild(QPushButton, f"open-{session.id}") is not None,
        timeout=20_000,
    )
    guide.press(f"open-{session.id}")
    guide.wait("result")


def test_a_check_that_was_cut_off_is_offered_again(guide: Guide, engine: FakeEngine) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=5_000)
    played = len(engine.played)
    guide.press("home")
    guide.wait("welcome")
    guide.journey.begin()
    guide.qtbot.waitUntil(lambda: bool(guide.journey.unfinished), timeout=5_000)
    guide.press("resume")
    guide.wait("plan")
    guide.press("start")
    guide.speak()
    guide.wait("questions")
    assert engine.played[played:] == ["microphone", "room"]


def test_closing_in_a_run_stops_it_and_keeps_the_journal(
    guide: Guide, engine: FakeEngine, qtbot: QtBot
) -> None:
    guide.to_run()
    qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.window.close()
    assert not guide.window.isVisible()
    assert len(engine.unfinished()) == 1


def test_the_language_changes_at_once_and_the_run_goes_on(guide: Guide) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    guide.window.speak("de")
    guide.qtbot.wait(50)
    assert guide.window.name == "run"
    guide.speak()
    guide.wait("questions")


def test_late_events_of_a_stopped_run_are_dropped(guide: Guide) -> None:
    guide.to_run()
    guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    seen: list[object] = []

    def see(event: object) -> None:
        seen.append(event)

    guide.journey.runner.happened.connect(see)
    guide.journey.stop()
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=5_000)
    assert seen == []
