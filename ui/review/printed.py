"""The table on paper: the rows and columns that are shown, with a heading on each page."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPainter

from readiness.model.errors import InputError
from readiness.model.text import N_
from ui.theme import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtPrintSupport import QPrinter
    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader
    from ui.review.on_paper import Printed

POINTS, HEAD_POINTS = 8.0, 12.0
"""Sizes of letters on paper."""

MOST_LINES = 6
"""Of a cell; so nothing that a stranger wrote fills pages."""

INK, PALE = QColor("black"), QColor("#8a8a8a")
_FLOWS = int(Qt.TextFlag.TextWordWrap.value)
_LEFT = _FLOWS | int(Qt.AlignmentFlag.AlignLeft.value) | int(Qt.AlignmentFlag.AlignTop.value)
_RIGHT = _FLOWS | int(Qt.AlignmentFlag.AlignRight.value) | int(Qt.AlignmentFlag.AlignTop.value)


class _Sheet:
    """Lays rows out for one printer, and paints them page by page."""

    def __init__(self, what: Printed, printer: QPrinter, reader: Reader) -> None:
        self._what, self._printer, self._reader = what, printer, reader
        self._font, self._bold = _font(POINTS), _font(POINTS, bold=True)
        self._large = _font(HEAD_POINTS, bold=True)
        self._metrics = QFontMetricsF(self._font, printer)
        self._area = QRectF(printer.pageRect(_unit()))
        self._area.moveTo(0, 0)
        self._gap = 2 * self._metrics.averageCharWidth()
        self._edges = self._columns()
        self._line = self._metrics.lineSpacing()
        self._top = self._head_height()
        self._heights = [self._height(cells) for cells in what.lines]
        self.pages = self._pages()

    def _columns(self) -> list[float]:
        """Where each column begins, and where the last one ends."""
        letters = [head.letters for head in self._what.heads]
        share = self._area.width() / max(1, sum(letters))
        return [0.0, *accumulate(share * number for number in letters)]

    def _wide(self, place: int) -> float:
        return self._edges[place + 1] - self._edges[place] - self._gap

    def _height(self, cells: Sequence[str]) -> float:
        most = QRectF(0, 0, 0, MOST_LINES * self._line)
        lines = [self._line]
        for place, text in enumerate(cells):
            most.setWidth(self._wide(place))
            lines.append(min(most.height(), self._metrics.boundingRect(most, _LEFT, text).height()))
        return max(lines) + self._line / 2

    def _about_rect(self) -> QRectF:
        large = QFontMetricsF(self._large, self._printer).lineSpacing()
        room = QRectF(0, large, self._area.width(), MOST_LINES * self._line)
        return self._metrics.boundingRect(room, _LEFT, self._what.about)

    def _head_height(self) -> float:
        """Of the lines above the rows."""
        metrics = QFontMetricsF(self._bold, self._printer)
        room = QRectF(0, 0, 0, MOST_LINES * self._line)
        high = self._line
        for place, head in enumerate(self._what.heads):
            room.setWidth(self._wide(place))
            high = max(high, metrics.boundingRect(room, _LEFT, head.title).height())
        self._heads_high = high
        return self._about_rect().bottom() + 1.5 * self._line + high

    def _pages(self) -> list[range]:
        """Which rows stand on each page; at least one page, and at least one row on each."""
        room = self._area.height() - self._top - 2 * self._line
        pages: list[range] = []
        begin, left = 0, room
        for number, high in enumerate(self._heights):
            if high > left and number > begin:
                pages.append(range(begin, number))
                begin, left = number, room
            left -= high
        return [*pages, range(begin, len(self._heights))]

    def paint(self) -> None:
        """All pages."""
        painter = QPainter()
        if not painter.begin(self._printer):
            raise InputError(
                "not-printed",
                N_("The printer, or the file, cannot be written to."),
                hint=N_("Choose another one, then print again."),
            )
        for number, rows in enumerate(self.pages):
            if number:
                self._printer.newPage()
            self._paint_head(painter)
            self._paint_rows(painter, rows)
            self._paint_foot(painter, number + 1)
        painter.end()

    def _paint_head(self, painter: QPainter) -> None:
        painter.setPen(INK)
        painter.setFont(self._large)
        line = QRectF(0, 0, self._area.width(), painter.fontMetrics().lineSpacing())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignLeft.value), self._what.title)
        painter.setFont(self._font)
        painter.drawText(line, int(Qt.AlignmentFlag.AlignRight.value), self._what.day)
        about = self._about_rect()
        about.setWidth(self._area.width())
        painter.drawText(about, _LEFT, self._what.about)
        painter.setFont(self._bold)
        top = about.bottom() + self._line
        for place, head in enumerate(self._what.heads):
            self._cell(painter, place, top, self._heads_high, head.title)
        self._rule(painter, self._top - self._line / 4, INK)

    def _paint_rows(self, painter: QPainter, rows: range) -> None:
        painter.setFont(self._font)
        top = self._top
        for row in rows:
            high = self._heights[row]
            for place, text in enumerate(self._what.lines[row]):
                self._cell(painter, place, top, high - self._line / 4, text)
            top += high
            self._rule(painter, top - self._line / 4, PALE)

    def _paint_foot(self, painter: QPainter, number: int) -> None:
        foot = QRectF(0, self._area.height() - self._line, self._area.width(), self._line)
        said = self._reader.text(
            # Translators: at the foot of a printed page
            N_("Page {n} of {all}"),
            n=self._reader.number(number),
            all=self._reader.number(len(self.pages)),
        )
        painter.drawText(foot, int(Qt.AlignmentFlag.AlignRight.value), said)

    def _cell(self, painter: QPainter, place: int, top: float, high: float, text: str) -> None:
        room = QRectF(self._edges[place], top, self._wide(place), high)
        painter.drawText(room, _RIGHT if self._what.heads[place].number else _LEFT, text)

    def _rule(self, painter: QPainter, top: float, colour: QColor) -> None:
        thin = self._line / 20
        painter.fillRect(QRectF(0, top, self._area.width(), thin), colour)


def print_on(printer: QPrinter, what: Printed, reader: Reader) -> int:
    """Print; returns the number of pages. Raises ``InputError``: ``not-printed``."""
    sheet = _Sheet(what, printer, reader)
    sheet.paint()
    return len(sheet.pages)


def preview(
    parent: QWidget, what: Printed, reader: Reader, refused: Callable[[Exception], None]
) -> None:
    """Show how it will look; from there it is printed, on paper or into a PDF."""
    from PySide6.QtPrintSupport import QPrintPreviewDialog

    dialog = QPrintPreviewDialog(parent)  # its printer is its own, and lives as long
    dialog.printer().setPageOrientation(QPageLayout.Orientation.Landscape)
    dialog.printer().setDocName(what.title)
    dialog.setObjectName("preview")
    dialog.setWindowTitle(reader.text(N_("Print the table")))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.resize(parent.window().size())

    def paint(on: QPrinter) -> None:
        try:
            print_on(on, what, reader)
        except InputError as error:
            refused(error)

    dialog.paintRequested.connect(paint)
    dialog.open()


def _font(points: float, *, bold: bool = False) -> QFont:
    font = QFont(theme.font(bold=bold))
    font.setPointSizeF(points)
    return font


def _unit() -> QPrinter.Unit:
    from PySide6.QtPrintSupport import QPrinter

    return QPrinter.Unit.DevicePixel
