"""Preview, striking out, saving and handing over, as a person does it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QPlainTextEdit

from readiness.model.finding import Overall, Verdict
from readiness.model.handed import Shown
from readiness.report.seal import unseal
from readiness.report.withhold import is_withheld
from tests.fakes.world import FakeDesktop
from tests.ui.seen import painted_texts
from tests.ui.walk import settle

if TYPE_CHECKING:
    from pathlib import Path

    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide

UPLOAD = "line.upload"


def _texts(guide: Guide) -> str:
    page = guide.window.page
    assert page is not None
    labels = [label.text() for label in page.findChildren(QLabel) if label.isVisible()]
    buttons = [button.text() for button in page.findChildren(QAbstractButton)]
    return "\n".join((*labels, *buttons, *painted_texts(page))).replace("\u200b", "")


def _save(guide: Guide, folder: Path) -> list[Path]:
    field = guide.window.findChild(QLineEdit, "folder")
    assert field is not None
    field.setText(str(folder))
    guide.press("save")
    sharing = guide.journey.sharing
    guide.qtbot.waitUntil(lambda: bool(sharing.written or sharing.refused), timeout=20_000)
    return list(sharing.written)


def test_every_value_is_shown_before_it_is_saved(guide: Guide) -> None:
    guide.to_share()
    session = guide.journey.session
    assert session is not None
    for metric in session.latest():
        assert guide.window.findChild(QAbstractButton, f"share-{metric}") is not None
    told = _texts(guide)
    assert "24.6\u202fMbit/s ± 0.5" in told
    assert session.id in told
    assert "kB" in told
    for path in guide.journey.sharing.draft.contents:  # type: ignore[union-attr]  # it is there
        assert f".readiness.{path}" in told


def test_what_is_struck_out_is_not_saved_and_stays_open(guide: Guide, tmp_path: Path) -> None:
    guide.to_share()
    guide.press(f"share-{UPLOAD}")
    guide.drafted()
    assert "1 value is withheld." in _texts(guide)
    paths = _save(guide, tmp_path / "out")
    less = guide.journey.engine.open(next(p for p in paths if p.suffix == ".json"))
    whole = guide.journey.report
    assert whole is not None
    assert is_withheld(less.session.latest()[UPLOAD])
    old = {finding.requirement: finding for finding in whole.findings}
    for finding in less.findings:
        if old[finding.requirement].measurement is not None and (
            old[finding.requirement].measurement.metric == UPLOAD  # type: ignore[union-attr]  # just looked at
        ):
            assert old[finding.requirement].verdict is Verdict.FAIL
            assert finding.verdict is Verdict.UNKNOWN
        else:
            assert finding.verdict is old[finding.requirement].verdict
    assert less.overall is not Overall.READY
    assert not is_withheld(whole.session.latest()[UPLOAD])


def test_the_exact_bytes_shown_are_the_exact_bytes_written(guide: Guide, tmp_path: Path) -> None:
    guide.to_share()
    guide.press("exact")
    guide.press("strike-headset")
    guide.drafted()
    shown = guide.window.findChild(QPlainTextEdit, "exact-data")
    assert shown is not None
    text = shown.toPlainText()
    paths = _save(guide, tmp_path / "out")
    (data,) = [p.read_bytes() for p in paths if p.suffix == ".json"]
    assert unseal(data).payload == text.encode("utf-8")
    assert "Example USB Headset" not in text


def test_a_check_can_be_left_out_whole_and_taken_in_again(guide: Guide) -> None:
    guide.to_share()
    guide.press("strike-headset")
    assert "headset.link" in guide.journey.sharing.struck
    guide.press("strike-headset")
    assert guide.journey.sharing.struck == frozenset()


def test_a_second_click_on_save_writes_nothing_twice(guide: Guide, tmp_path: Path) -> None:
    guide.to_share()
    guide.journey.sharing.folder = str(tmp_path / "out")
    for _ in range(3):
        guide.journey.sharing.save()
    guide.qtbot.waitUntil(lambda: bool(guide.journey.sharing.written), timeout=20_000)
    guide.qtbot.wait(50)
    assert len(list((tmp_path / "out").iterdir())) == 3


def test_saving_at_once_waits_for_the_last_strike(guide: Guide, tmp_path: Path) -> None:
    """Save is pressed while the files are put together anew: the old ones are not written."""
    guide.to_share()
    guide.press(f"share-{UPLOAD}")
    paths = _save(guide, tmp_path / "out")
    report = guide.journey.engine.open(next(p for p in paths if p.suffix == ".json"))
    assert is_withheld(report.session.latest()[UPLOAD])


def test_strikes_survive_another_language(guide: Guide) -> None:
    guide.to_share()
    guide.press(f"share-{UPLOAD}")
    guide.window.speak("de")
    settle()
    guide.drafted()
    box = guide.window.findChild(QAbstractButton, f"share-{UPLOAD}")
    assert box is not None
    assert not box.isChecked()


def test_another_check_begins_with_nothing_struck_out(guide: Guide) -> None:
    guide.to_share()
    guide.press(f"share-{UPLOAD}")
    other = guide.kept("ab" * 16, 24.6, 5)
    guide.journey.open_session(lambda: other, "typical-voice")
    guide.wait("result")
    guide.press("save-report")
    assert guide.journey.sharing.struck == frozenset()


@pytest.fixture
def hands(engine: FakeEngine) -> FakeDesktop:
    """The desktop that files are handed to."""
    found = engine.world.desktop()
    assert isinstance(found, FakeDesktop)
    return found


def test_a_saved_file_is_shown_and_mailed_and_nothing_is_sent(
    guide: Guide, hands: FakeDesktop, tmp_path: Path
) -> None:
    guide.to_share()
    paths = _save(guide, tmp_path / "out")
    guide.press("show-file")
    guide.press("mail")
    guide.qtbot.waitUntil(lambda: bool(hands.opened), timeout=20_000)
    guide.qtbot.waitUntil(lambda: "opens a draft" in _texts(guide), timeout=5_000)
    assert hands.shown == [paths[0]]
    assert paths[0].suffix == ".pdf"
    assert hands.asked == []


def test_a_desktop_without_programs_is_told_kindly(
    guide: Guide, hands: FakeDesktop, tmp_path: Path
) -> None:
    hands.shows, hands.letters, hands.addresses = Shown.NOTHING, False, False
    guide.to_share()
    _save(guide, tmp_path / "out")
    guide.press("show-file")
    guide.press("mail")
    guide.qtbot.waitUntil(lambda: "No mail program" in _texts(guide), timeout=20_000)
    assert "No file manager answered" in _texts(guide)


def test_a_file_that_was_moved_away_is_told(guide: Guide, tmp_path: Path) -> None:
    guide.to_share()
    for path in _save(guide, tmp_path / "out"):
        path.unlink()
    guide.press("mail")
    guide.qtbot.waitUntil(lambda: "cannot be read" in _texts(guide), timeout=20_000)


def test_without_a_kind_of_file_nothing_can_be_saved(guide: Guide) -> None:
    guide.to_share()
    for kind in ("pdf", "html", "json"):
        guide.press(f"format-{kind}")
    save = guide.window.findChild(QAbstractButton, "save")
    assert save is not None
    assert not save.isEnabled()


def test_changing_a_strike_takes_back_that_it_was_written(guide: Guide, tmp_path: Path) -> None:
    guide.to_share()
    _save(guide, tmp_path / "out")
    guide.press(f"share-{UPLOAD}")
    assert guide.journey.sharing.written == ()
    assert "Written:" not in _texts(guide)
