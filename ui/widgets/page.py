"""What every page is: a scrolling column that fits small screens, and a foot in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from ui.dress import wear
from ui.theme import STEP, theme
from ui.widgets.beside import Beside
from ui.widgets.measured_once import MeasuredOnce
from ui.widgets.order import tab_in_order
from ui.widgets.slices import Slices
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from ui.journey import Journey

WIDEST = 1008
"""A column of text is never wider than this many pixels."""
USUAL = 720
"""Height of a window in pixels, where there is none yet."""
AROUND = 112
"""Pixels of a window's height that the bar above a page and its foot take at least."""


class _Bar(QScrollBar):
    """Keeps its place where there is nothing to scroll, and shows nothing then."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The handle, if it has a way to go."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class Scroller(QScrollArea):
    """Scrolls up and down only, without a frame; focus moves into view.

    The bar that is seen is its own: Qt's stays hidden. Qt counts a scroll area's children for
    assistive technology with its bars while they are in sight, and ends the whole program where one
    is asked for that has gone out of sight since: as a page does that is over.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewport(QWidget())  # one that leaves its background to the page
        self._bar = _Bar(Qt.Orientation.Vertical, self)
        wear(self._bar)
        self._wide = self._bar.sizeHint().width()
        begin, end = (self._wide, 0) if self.isRightToLeft() else (0, self._wide)
        self.setViewportMargins(begin, 0, end, 0)
        own = self.verticalScrollBar()
        self._bar.setRange(own.minimum(), own.maximum())
        self._bar.setSingleStep(own.singleStep())
        own.rangeChanged.connect(self._bar.setRange)
        own.valueChanged.connect(self._bar.setValue)
        self._bar.valueChanged.connect(own.setValue)
        self.setWidget(content)
        content.setAutoFillBackground(False)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put the bar where the line ends."""
        super().resizeEvent(event)
        left = 0 if self.isRightToLeft() else self.width() - self._wide
        self._bar.setGeometry(left, 0, self._wide, self.height())
        self._bar.setPageStep(self.viewport().height())


class Flowing(QWidget):
    """What scrolls on a page: as high as its text needs at the width that there is.

    A layout by itself asks for the height that text would need at its narrowest, so that a page
    with one long word would scroll without a need.

    Signals:
        painted: It has come into sight.
    """

    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Nothing; what it holds paints itself."""
        super().paintEvent(event)
        self.painted.emit()

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The height for the width of the view."""
        layout, view = self.layout(), self.parentWidget()
        least = super().minimumSizeHint()
        if layout is None or view is None or not layout.hasHeightForWidth():
            return least
        width = max(view.width(), least.width())
        return QSize(least.width(), layout.totalMinimumHeightForWidth(width))


def grow(widgets: Sequence[QWidget]) -> None:
    """Something has come into widgets that are shown, or gone: lay all out anew around it, at once.

    Qt tells it from one widget to the next around it, and each lays out what it holds in the room
    that it had before: everything is pressed together and comes apart again, at every step.
    """
    rows: list[Beside] = []
    flowing: Flowing | None = None
    for widget in widgets:
        inside: QWidget | None = widget
        while inside is not None and not inside.isWindow():
            if isinstance(inside, MeasuredOnce):
                inside.forget()
            if isinstance(inside, Beside):
                rows.append(inside)
            inside.updateGeometry()
            if isinstance(inside, Flowing):
                flowing = inside
                break
            inside = inside.parentWidget()
    view = None if flowing is None else flowing.parentWidget()
    if view is None:
        return
    QCoreApplication.sendEvent(view, QEvent(QEvent.Type.LayoutRequest))
    for row in rows:
        row.laid_out()


class Foot(QWidget):
    """The strip at the bottom with the ways back and on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        around = QHBoxLayout(self)
        around.setContentsMargins(7 * STEP - 4, STEP, 7 * STEP - 4, STEP)
        self.row = Strip(gap=STEP)
        around.addWidget(self.row)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Surface with a hairline above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("surface"))
        painter.fillRect(0, 0, self.width(), 1, theme.colour("hairline"))


class Page(QWidget):
    """One page of the guide. Put things into ``column``; buttons into :meth:`foot`.

    What is below the first screenful may be put on it by :meth:`put`: a moment later, so that a
    long page is in sight as soon as a short one.

    Signals:
        filled: The page is whole; only where something was put on it later.
        painted: It has come into sight.

    Attributes:
        said: The headline: what a screen reader announces when the page is shown.
        context: A few words for the top bar: whose requirements, when.
        top_actions: Buttons for the top bar.
        first: What has the focus when the page is shown.
        making: What still puts something on it before it is seen, each a little: called once, in
            this order, before :meth:`built`.
        arriving: The window has not shown it yet, and will soon.
    """

    filled = Signal()
    painted = Signal()

    def __init__(self, journey: Journey, *, widest: int = WIDEST) -> None:
        super().__init__()
        self.journey = journey
        self.reader = journey.reader
        self.said = ""
        self.context = ""
        self.top_actions: list[QWidget] = []
        self.first: QWidget | None = None
        self.making: Sequence[Callable[[], None]] = ()
        self.arriving = False
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._frame.setSpacing(0)
        self._foot: Foot | None = None
        self._slices = Slices(self)
        self._in_sight = False
        self._slices.grown.connect(self._on_grown)
        self._slices.ended.connect(self._end_filling)
        self._high = 0
        content = Flowing()
        content.painted.connect(self._on_painted)
        around = QHBoxLayout(content)
        around.setContentsMargins(7 * STEP, 4 * STEP, 7 * STEP, 4 * STEP)
        self._middle = QWidget()
        self._middle.setMaximumWidth(widest)
        self._middle.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        around.addStretch(1)
        around.addWidget(self._middle, 1000)
        around.addStretch(1)
        self.column = QVBoxLayout(self._middle)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(2 * STEP)
        self.scroller = Scroller(content)
        self._frame.addWidget(self.scroller, 1)

    def foot(self) -> Strip:
        """The strip at the bottom; made when it is first asked for."""
        if self._foot is None:
            self._foot = Foot()
            self._frame.addWidget(self._foot)
        return self._foot.row

    def beside(self, rail: QWidget) -> None:
        """Put a rail at the left of the whole page."""
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        while self._frame.count():
            widget = self._frame.takeAt(0).widget()
            column.addWidget(widget, 1 if widget is self.scroller else 0)
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(rail)
        row.addWidget(middle, 1)
        self._frame.addLayout(row)

    def tab_in_order(self) -> None:
        """Call this when something has come onto the page that takes the focus."""
        around = self.parentWidget()
        if around is not None:  # else the window does it when it shows the page
            tab_in_order(around)

    def scroll_to(self, down: int) -> None:
        """Go so many pixels down, once everything has its place."""
        bar = self.scroller.verticalScrollBar()
        QTimer.singleShot(0, lambda: bar.setValue(down) if isValid(bar) else None)

    # --- what is put on it a moment later --------------------------------------------------------

    def put(self, part: Callable[[], None], *, high: int, within: QWidget | None = None) -> None:
        """Let ``part`` put something at the end of the page: at once, if that is in sight.

        Args:
            part: Called once; at once or, in the order of these calls, soon.
            high: How many pixels of the page it takes at least.
            within: Into what it is put; none: into ``column``.
        """
        window = self.journey.parent()
        room = window.height() if isinstance(window, QWidget) else USUAL
        if self._high < room - AROUND and not self.filling:
            part()
        else:
            self.later(part, within=within)
        self._high += high

    def later(self, part: Callable[[], None], *, within: QWidget | None = None) -> None:
        """Let ``part`` put something on the page soon, after all that is to come before it."""
        self._slices.add(part, within or self._middle)

    def _on_painted(self) -> None:
        """What comes first is in sight: now the rest may come."""
        if not self._in_sight:
            self._in_sight = True
            self._slices.begin()
            self.painted.emit()

    def _on_grown(self, widgets: Sequence[QWidget]) -> None:
        """Make room, and paint only at the end: what comes is below what is in sight."""
        if self._in_sight:
            self._middle.setUpdatesEnabled(False)
        grow(widgets)

    @property
    def filling(self) -> bool:
        """Whether something is still to be put on it."""
        return not self._slices.done

    @property
    def whole(self) -> bool:
        """Whether everything is on the page and can be seen."""
        return not self.filling and not self.arriving

    def complete(self) -> None:
        """Put at once on the page what is still to come."""
        self._slices.finish()

    def give_up(self, *, high: int = 0) -> None:
        """What is still to come does not come; what is put next begins below so many pixels."""
        self._slices.drop()
        self._middle.setUpdatesEnabled(True)
        self._high = high

    def _end_filling(self) -> None:
        self._middle.setUpdatesEnabled(True)
        self.tab_in_order()
        self.filled.emit()

    # --- being shown -----------------------------------------------------------------------------

    def built(self) -> None:
        """Everything is there that is at first: let it be laid out for that, and Tab know it.

        What is on a page that was never seen tells nobody how high it is. The page would be
        painted once as if it were empty, with everything pressed into the view, and then again.
        """
        for row in self.findChildren(MeasuredOnce):
            row.built()
        self._middle.updateGeometry()
        self.tab_in_order()

    def shown(self) -> None:
        """The page has come into sight."""

    def opened(self) -> frozenset[str]:
        """Names of what the person has opened on the page."""
        return frozenset()

    def open_again(self, names: frozenset[str]) -> None:
        """Open just these."""

    def open_first(self) -> None:
        """Open what is open on a fresh page."""
