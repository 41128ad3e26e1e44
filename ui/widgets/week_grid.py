"""A week to be marked with the mouse or the keyboard: days below each other, hours across."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QSizePolicy,
    QTableView,
)

from readiness.model.week import STEP_MIN, Week
from ui.dress import wear
from ui.theme import RING, STEP, Size, theme
from ui.widgets.announce import announce
from ui.widgets.ring import BY_KEYBOARD
from ui.widgets.week_cells import COLUMNS, WeekCells

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent, QShowEvent
    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader

MORNING = 12
"""The half hour that is at the edge when the grid is first seen: from 6:00 on people work."""
DAYTIME = COLUMNS - MORNING
"""So many half hours are in sight at least."""
NARROWEST = 12
"""A half hour is never narrower than this many pixels, or a pointer would miss it."""
STEPS = (1, 2, 3, 6)
"""Hours are labelled at one of these distances."""
ARROWS = frozenset({Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down})
GAP = 3
"""Pixels between two days."""


class WeekGrid(QTableView):
    """The hours of a week; ``week`` is what is marked.

    With the mouse: press and draw; where one begins decides whether hours are marked or freed. With
    the keyboard: arrows move, Space marks or frees, Shift with an arrow goes on doing so.

    Signals:
        changed: What is marked has changed; while it is drawn, again and again.
        settled: It is drawn: the change is meant.
        refused: It would be too many separate times for one day.
    """

    changed = Signal()
    settled = Signal()
    refused = Signal()

    def __init__(self, name: str, week: Week, reader: Reader) -> None:
        super().__init__()
        self.cells = WeekCells(week, reader, self)
        self._anchor: QModelIndex | None = None
        self._before, self._marking = week, True
        self._scrolled = False
        self.setModel(self.cells)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setFont(theme.font(Size.CAPTION))
        self.setHorizontalHeader(_Hours(self))
        self.setVerticalHeader(_Days(self))
        for corner in self.findChildren(QAbstractButton):
            corner.setFixedSize(0, 0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.viewport().setAutoFillBackground(False)
        self.setAutoFillBackground(False)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor)
        wear(self.horizontalScrollBar())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.sizeHint().height())
        self.setCurrentIndex(self.cells.index(0, 18))  # 9:00, where most begin to look
        self.cells.dataChanged.connect(lambda *_: self.viewport().update())

    @property
    def week(self) -> Week:
        """What is marked."""
        return self.cells.week

    def set_week(self, week: Week) -> None:
        """Mark just this, as if the person had."""
        self._take(week)
        self.settled.emit()

    def row_height(self) -> int:
        """Of a day, in pixels; it grows with the text."""
        return max(25, QFontMetrics(self.font()).height() + 8)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """All days, and the bar by which the night is reached."""
        head = self.horizontalHeader().sizeHint().height()
        bar = self.horizontalScrollBar().sizeHint().height()
        return QSize(480, head + 7 * self.row_height() + bar + 2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As high; the width may shrink, then it scrolls."""
        return QSize(240, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """The whole day where there is room, else from morning to midnight."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        whole, header = self.viewport().width(), self.horizontalHeader()
        if whole < COLUMNS * (NARROWEST + 2):
            whole = max(COLUMNS * NARROWEST, whole * COLUMNS // DAYTIME)
        for column in range(COLUMNS):
            wide = (column + 1) * whole // COLUMNS - column * whole // COLUMNS
            header.resizeSection(column, wide)
        self.verticalHeader().setDefaultSectionSize(self.row_height())
        self.updateGeometries()
        if not self._scrolled:
            self.horizontalScrollBar().setValue(whole * MORNING // COLUMNS)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """Begin with the morning."""
        super().showEvent(event)
        self._share_out()
        self._scrolled = True

    # --- by mouse ------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Begin to mark, or to free if this one is marked."""
        index = self.indexAt(event.position().toPoint())
        if event.button() is not Qt.MouseButton.LeftButton or not index.isValid():
            return
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self.setCurrentIndex(index)
        self._begin(index, marking=not self.cells.marked(index))
        self._draw_to(index)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Go on to where the pointer is, also beside the grid."""
        if self._anchor is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        area = self.viewport().rect()
        x = min(max(event.position().x(), area.left()), area.right())
        y = min(max(event.position().y(), area.top()), area.bottom())
        row, column = self.rowAt(int(y)), self.columnAt(int(x))
        last = COLUMNS - 1
        index = self.cells.index(row if row >= 0 else 6, column if column >= 0 else last)
        self.setCurrentIndex(index)
        self._draw_to(index)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Drawn."""
        if self._anchor is not None:
            self._anchor = None
            self._settle()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802 - Qt's name
        """Two presses."""
        self.mousePressEvent(event)

    # --- by keyboard ---------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802 - Qt's name
        """Space marks; Shift with an arrow goes on; other keys are left to the page."""
        key = Qt.Key(event.key())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        index = self.currentIndex()
        if key is Qt.Key.Key_Space:
            self._begin(index, marking=not self.cells.marked(index))
            self._draw_to(index)
            self._settle()
        elif key in ARROWS and shift:
            if self._anchor is None:
                self._begin(index, marking=True)
            self._move(event)
            self._draw_to(self.currentIndex())
            self._settle()
        elif key in ARROWS or key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._anchor = None
            self._move(event)
        else:
            event.ignore()

    def _move(self, event: QKeyEvent) -> None:
        moves = QAbstractItemView.CursorAction
        actions = {
            Qt.Key.Key_Left: moves.MoveLeft,
            Qt.Key.Key_Right: moves.MoveRight,
            Qt.Key.Key_Up: moves.MoveUp,
            Qt.Key.Key_Down: moves.MoveDown,
            Qt.Key.Key_Home: moves.MoveHome,
            Qt.Key.Key_End: moves.MoveEnd,
        }
        found = self.moveCursor(actions[Qt.Key(event.key())], Qt.KeyboardModifier.NoModifier)
        if found.isValid():
            self.setCurrentIndex(found)
            self.scrollTo(found)
            self.viewport().update()

    def _settle(self) -> None:
        """Take the change as meant, and say what the day is now."""
        self.settled.emit()
        announce(self, self.cells.day_words(self.currentIndex().row()))

    # --- marking -------------------------------------------------------------------------------

    def _begin(self, index: QModelIndex, *, marking: bool) -> None:
        self._anchor, self._before, self._marking = index, self.week, marking

    def _draw_to(self, index: QModelIndex) -> None:
        if self._anchor is None:
            return
        block = self.cells.block(self._anchor, index)
        self._take(self._before | block if self._marking else self._before - block)

    def _take(self, week: Week) -> None:
        if week == self.week:
            return
        if not week.fits():
            self.refused.emit()
            return
        self.cells.set_week(week)
        self.changed.emit()

    # --- painting ------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802 - Qt's name
        """Show where the keyboard is."""
        super().focusInEvent(event)
        self.viewport().update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Days as tracks, marked times as blocks with their times in them."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for row in range(7):
            self._paint_day(painter, row)
        if self.hasFocus() and self.window().testAttribute(BY_KEYBOARD):
            cell = QRectF(self.visualRect(self.currentIndex())).adjusted(-2, 1, 1, -1)
            painter.setPen(QPen(theme.colour("surface"), 2 * RING + 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cell, 3, 3)
            painter.setPen(QPen(theme.colour("text"), RING))
            painter.drawRoundedRect(cell, 3, 3)

    def _paint_day(self, painter: QPainter, row: int) -> None:
        track = self._area(row, 0, COLUMNS)
        painter.setPen(QPen(theme.colour("hairline"), 1))
        painter.setBrush(theme.colour("sunken"))
        painter.drawRoundedRect(track, 5, 5)
        for hour in range(1, 24):
            x = self._area(row, 2 * hour, 2 * hour + 1).left()
            painter.setPen(QPen(theme.colour("edge" if hour % 6 == 0 else "hairline"), 1))
            painter.drawLine(int(x), int(track.top()) + 1, int(x), int(track.bottom()) - 1)
        metrics = QFontMetrics(self.font())
        for times in self.week.day(self.cells.days[row]):
            block = self._area(row, times[0] // STEP_MIN, times[1] // STEP_MIN)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawRoundedRect(block, 5, 5)
            said = "–".join(self.cells.reader.clock(minute, brief=True) for minute in times)  # noqa: RUF001
            if metrics.horizontalAdvance(said) + STEP <= block.width():
                painter.setPen(theme.colour("on_accent"))
                painter.setFont(self.font())
                painter.drawText(block, Qt.AlignmentFlag.AlignCenter, said)

    def _area(self, row: int, first: int, end: int) -> QRectF:
        """Where the half hours from ``first`` to ``end`` of a day are."""
        one = self.visualRect(self.cells.index(row, first))
        other = self.visualRect(self.cells.index(row, end - 1))
        return QRectF(one.united(other)).adjusted(0.5, GAP - 0.5, -0.5, 0.5 - GAP)


class _Header(QHeaderView):
    """What both headers have in common: nothing to press, all of one size."""

    def __init__(self, orientation: Qt.Orientation, parent: QWidget) -> None:
        super().__init__(orientation, parent)
        self.setFont(theme.font(Size.CAPTION))
        self.setMinimumSectionSize(1)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.viewport().setAutoFillBackground(False)

    def _labels(self) -> list[str]:
        model, across = self.model(), self.orientation()
        role = Qt.ItemDataRole.DisplayRole
        return [str(model.headerData(n, across, role)) for n in range(self.count())]


class _Days(_Header):
    """Names of days at the left."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """As wide as the widest name."""
        metrics = self.fontMetrics()
        wide = max(map(metrics.horizontalAdvance, self._labels()), default=0)
        return QSize(wide + 2 * STEP, 0)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """One name beside each day."""
        painter = QPainter(self.viewport())
        painter.setPen(theme.colour("text"))
        painter.setFont(self.font())
        for number, name in enumerate(self._labels()):
            place = QRectF(0, self.sectionViewportPosition(number), self.width(), 0)
            place.setHeight(self.sectionSize(number))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), name)


class _Hours(_Header):
    """Full hours above."""

    def __init__(self, parent: WeekGrid) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._reader = parent.cells.reader

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """One line."""
        return QSize(0, self.fontMetrics().height() + STEP)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """As many hours as have room, each at its line."""
        painter = QPainter(self.viewport())
        painter.setPen(theme.colour("quiet"))
        painter.setFont(self.font())
        metrics = self.fontMetrics()
        hour_wide = 2 * self.sectionSize(0)
        names = [self._reader.hour(hour) for hour in range(24)]
        widest = max(map(metrics.horizontalAdvance, names)) + STEP
        step = next((n for n in STEPS if n * hour_wide >= widest), STEPS[-1])
        taken = -1
        for hour in range(0, 24, step):
            x = self.sectionViewportPosition(2 * hour)
            if self.isRightToLeft():
                x += self.sectionSize(0)
            half = metrics.horizontalAdvance(names[hour]) // 2
            left = x if 0 <= x < half else x - half
            if left <= taken or left + 2 * half > self.width():
                continue  # it would be cut, or stand in another
            taken = left + 2 * half + 2
            place = QRectF(left, 0, 2 * half + 2, self.height())
            painter.drawText(place, int(Qt.AlignmentFlag.AlignVCenter), names[hour])
