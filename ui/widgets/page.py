"""What every page is: a scrolling column that fits small screens, and a foot in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QScrollBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from ui.dress import wear
from ui.theme import STEP, theme
from ui.widgets.order import tab_in_order
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from ui.journey import Journey

WIDEST = 1008
"""A column of text is never wider than this many pixels."""


class _Bar(QScrollBar):
    """Keeps its place where there is nothing to scroll, and shows nothing then."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The handle, if it has a way to go."""
        if self.maximum() > self.minimum():
            super().paintEvent(event)


class Scroller(QScrollArea):
    """Scrolls up and down only, without a frame; focus moves into view.

    Its bar never comes and goes. Qt counts a scroll area's children for assistive technology
    without it where it is hidden, and ends the whole program where one of them is asked for that
    has gone since they were counted.
    """

    def __init__(self, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBar(_Bar(Qt.Orientation.Vertical, self))
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setViewport(QWidget())  # one that leaves its background to the page
        wear(self.verticalScrollBar())
        self.setWidget(content)
        content.setAutoFillBackground(False)


class Flowing(QWidget):
    """What scrolls on a page: as high as its text needs at the width that there is.

    A layout by itself asks for the height that text would need at its narrowest, so that a page
    with one long word would scroll without a need.
    """

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """The height for the width of the view."""
        layout, view = self.layout(), self.parentWidget()
        least = super().minimumSizeHint()
        if layout is None or view is None or not layout.hasHeightForWidth():
            return least
        width = max(view.width(), least.width())
        return QSize(least.width(), layout.totalMinimumHeightForWidth(width))


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

    Attributes:
        said: The headline: what a screen reader announces when the page is shown.
        context: A few words for the top bar: whose requirements, when.
        top_actions: Buttons for the top bar.
        first: What has the focus when the page is shown.
    """

    def __init__(self, journey: Journey, *, widest: int = WIDEST) -> None:
        super().__init__()
        self.journey = journey
        self.reader = journey.reader
        self.said = ""
        self.context = ""
        self.top_actions: list[QWidget] = []
        self.first: QWidget | None = None
        self._frame = QVBoxLayout(self)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._frame.setSpacing(0)
        self._foot: Foot | None = None
        content = Flowing()
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

    def built(self) -> None:
        """Everything is on the page that is there at first: let it be laid out for that.

        What is on a page that was never seen tells nobody how high it is. The page would be
        painted once as if it were empty, with everything pressed into the view, and then again.
        """
        self._middle.updateGeometry()

    def shown(self) -> None:
        """The page has come into sight."""

    def opened(self) -> frozenset[str]:
        """Names of what the person has opened on the page."""
        return frozenset()

    def open_again(self, names: frozenset[str]) -> None:
        """Open just these."""

    def open_first(self) -> None:
        """Open what is open on a fresh page."""
