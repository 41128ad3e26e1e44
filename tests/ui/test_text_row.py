"""Rows that paint their own text: what they say, where it stands, and what opens under them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QPushButton

from readiness.locale import Reader
from readiness.model.finding import Verdict
from tests.ui.seen import painted, painted_texts
from ui.guide.compare import ComparePage
from ui.guide.result import ResultPage
from ui.widgets.columns import Table
from ui.widgets.pill import pill
from ui.widgets.text_row import TextRow
from ui.widgets.written import Words, stacked

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot

    from tests.ui.conftest import Guide

UPLOAD = "line.upload"


def _row() -> TextRow:
    cells = [(Words("Upload", bold=True),), (Words("2.1 Mbit/s"),), (pill("✕ too slow", "open"),)]
    return TextRow(cells, Table((1, 1, 1)), names=("Requirement", "Found", "Verdict"))


def _inked(row: TextRow) -> list[int]:
    """The columns of pixels in which something stands, of a row on its own."""
    picture = row.grab().toImage()
    ratio = picture.devicePixelRatio()
    ground = picture.pixelColor(0, picture.height() - 1)
    middle = range(picture.height() // 4, picture.height() * 3 // 4)
    wide = range(picture.width())
    found = [x for x in wide if any(picture.pixelColor(x, y) != ground for y in middle)]
    return [int(x / ratio) for x in found]


def _result(guide: Guide) -> ResultPage:
    guide.to_result()
    page = guide.window.page
    assert isinstance(page, ResultPage)
    return page


# --- what assistive technology is told -----------------------------------------------------------


def test_a_row_of_the_result_says_everything_that_it_shows(guide: Guide) -> None:
    for view in _result(guide).views:
        seen = QAccessible.queryAccessibleInterface(view.line)
        name = seen.text(QAccessible.Text.Name)
        more = seen.text(QAccessible.Text.Description)
        row = view.row
        for said in (row.title, row.word, row.found, row.asked, row.level_word):
            assert said in name
        assert row.kind is None or row.rests_on in more
        assert row.plus_minus in more


def test_a_row_of_the_comparison_says_everything_that_it_shows(guide: Guide) -> None:
    guide.to_result()
    guide.compare_with_another()
    page = guide.window.page
    assert isinstance(page, ComparePage)
    for view in page._views:
        pair, name = view._pair, view.line.accessibleName()
        for row in (pair.before, pair.after):
            assert row.title in name
            assert row.word in name
            assert row.found in name
            assert row.plus_minus in view.line.accessibleDescription()


def test_a_value_to_be_shared_says_on_what_it_rests(guide: Guide) -> None:
    guide.to_share()
    box = guide.window.findChild(QAbstractButton, f"share-{UPLOAD}")
    assert box is not None
    assert box.accessibleName() == "Upload: 2.1\u202fMbit/s ± 0.1, shared"
    assert box.accessibleDescription() == "Rests on: measured"
    box.click()
    assert box.accessibleName() == "Upload: 2.1\u202fMbit/s ± 0.1, withheld"
    assert box.accessibleDescription() == ""
    assert "withheld" in [placed.words.text for placed in painted(box)]


# --- where it stands -----------------------------------------------------------------------------


def test_columns_stand_beside_each_other_and_below_each_other_where_it_is_narrow(
    qtbot: QtBot,
) -> None:
    row = _row()
    qtbot.addWidget(row)
    row.resize(900, row.heightForWidth(900))
    wide = [placed.area.left() for placed in row.written()]
    row.resize(300, row.heightForWidth(300))
    narrow = [(placed.words.text, placed.area.top()) for placed in row.written()]

    assert wide == [12, 12 + (900 - 24 - 32) // 3 + 16, 12 + 2 * ((900 - 24 - 32) // 3 + 16)]
    said = [text for text, _ in narrow]
    tops = [top for _, top in narrow]
    assert said == ["Upload", "2.1 Mbit/s", "Found", "✕ too slow", "Verdict"]
    assert tops[0] < tops[1] < tops[3]
    assert tops[2] - tops[1] in range(5), "the name stands beside what it names"
    assert all(row.rect().contains(placed.area) for placed in row.written())


def test_a_row_begins_where_one_begins_to_read(qtbot: QtBot, qapp: QApplication) -> None:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    row = TextRow([(Words("42"),)], Table((1,)), names=("",))
    qtbot.addWidget(row)
    row.resize(900, row.heightForWidth(900))
    inked = _inked(row)
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    assert min(inked) > 850


def test_a_mirrored_row_is_the_picture_of_the_other_one(qtbot: QtBot, qapp: QApplication) -> None:
    row = _row()
    qtbot.addWidget(row)
    row.resize(900, row.heightForWidth(900))
    left = [placed.area for placed in row.written()]
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    right = [placed.area for placed in row.written()]
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)

    assert [900 - one.left() - one.width() for one in left] == [one.left() for one in right]


def test_foreign_words_are_painted_as_they_are_and_never_as_markup(qapp: QApplication) -> None:
    """Read as markup, the tags would take no room."""
    assert qapp is not None

    def width(text: str) -> int:
        picture = QImage(600, 60, QImage.Format.Format_RGB32)
        picture.fill(Qt.GlobalColor.white)
        painter = QPainter(picture)
        for placed in stacked([Words(text)], QPoint(), 600, high=[60]):
            placed.draw(painter)
        painter.end()
        ground = picture.pixelColor(599, 59)
        rows = range(picture.height())
        return max(x for x in range(600) if any(picture.pixelColor(x, y) != ground for y in rows))

    assert width("<b>x</b> &amp;") > 4 * width("x")


# --- using it ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_enter_and_space_open_a_row(guide: Guide, key: Qt.Key) -> None:
    view = _result(guide).views[-1]
    seen = []
    for _ in range(2):
        QTest.keyClick(view.line, key)
        seen.append((view.is_open, "Details expanded" in view.line.accessibleName()))
    assert seen == [(True, True), (False, False)]


def test_what_opens_under_a_row_is_made_when_it_is_opened(guide: Guide) -> None:
    page = _result(guide)
    again = f"again-{page.views[-1].row.requirement}"
    assert page.findChild(QPushButton, again) is None
    page.views[-1].toggle()
    assert page.findChild(QPushButton, again) is not None


def test_only_what_is_to_be_put_right_first_is_open_at_first(guide: Guide) -> None:
    page = _result(guide)
    assert page.opened() == {page.views[0].row.requirement}
    assert page.views[0].row.verdict is Verdict.FAIL


def test_a_click_on_the_name_ticks_and_one_on_the_value_does_not(guide: Guide) -> None:
    guide.to_share()
    box = guide.window.findChild(QAbstractButton, f"share-{UPLOAD}")
    assert box is not None
    guide.qtbot.waitUntil(lambda: box.width() > 100, timeout=5_000)
    value = painted(box)[0].area.center()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=value)
    assert box.isChecked()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(60, 15))
    assert not box.isChecked()


def test_every_value_is_painted_where_it_is_shared(guide: Guide) -> None:
    guide.to_share()
    assert "24.6\u202fMbit/s ± 0.5" in [
        text.replace("\u200b", "") for text in painted_texts(guide.window)
    ]


# --- words that are kept -------------------------------------------------------------------------


def test_words_are_put_together_once_for_one_report_and_one_reader(guide: Guide) -> None:
    guide.to_result()
    journey = guide.journey
    assert journey.report is not None
    assert journey.profile is not None
    first = journey.wording.rows(journey.report, journey.profile, journey.reader)
    again = journey.wording.rows(journey.report, journey.profile, journey.reader)
    other = journey.wording.rows(journey.report, journey.profile, Reader("de"))

    assert again is first
    assert [row.asked for row in other] != [row.asked for row in first]


def test_nothing_is_kept_of_a_check_that_is_deleted(guide: Guide) -> None:
    guide.to_result()
    assert guide.journey.session is not None
    guide.journey.let_go([guide.journey.session.id])
    assert guide.journey.wording._kept == {}
