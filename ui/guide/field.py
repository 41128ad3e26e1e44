"""One value of a report that is about to be saved, and its tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from readiness.model.text import N_
from readiness.report.attempts import attempt_words
from ui.theme import STEP, Size
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look
from ui.widgets.choice import INDENT, CheckBox
from ui.widgets.label import Label, breakable, title
from ui.widgets.mirror import mirrored
from ui.widgets.written import Placed, Words, stacked

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from readiness.locale import Reader
    from readiness.report.contents import Field, Part
    from ui.sharing import Sharing


class PartHead(QWidget):
    """The name of a check, and leaving all of it out."""

    def __init__(self, part: Part, sharing: Sharing, reader: Reader) -> None:
        super().__init__()
        self._part, self._sharing, self._reader = part, sharing, reader
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(title(part.title), 1)
        self._button = Button("", Look.QUIET)
        self._button.setObjectName(f"strike-{part.probe}")
        self._button.clicked.connect(self._press)
        row.addWidget(self._button)
        self.follow()

    @property
    def _metrics(self) -> frozenset[str]:
        return frozenset(field.metric for field in self._part.fields)

    def _press(self) -> None:
        self._sharing.strike(self._metrics, out=not self._metrics <= self._sharing.struck)

    def follow(self) -> None:
        """Offer what can be done now."""
        all_out = self._metrics <= self._sharing.struck
        words = N_("Take all in again") if all_out else N_("Leave all out")
        said = self._reader.text(words)
        if said != self._button.text():
            self._button.setText(said)
            self._button.setAccessibleName(
                self._reader.text(N_("{title}: {value}"), title=self._part.title, value=said)
            )


class FieldRow(CheckBox):
    """A tick with the value's name, and the value; struck through where it is left out.

    It paints the value itself, beside what a click or Space ticks, and keeps its height whatever
    is struck: a tick must not make the whole page be laid out anew.
    """

    def __init__(self, field: Field, sharing: Sharing, reader: Reader) -> None:
        super().__init__(field.title)
        self._field, self._sharing, self._reader = field, sharing, reader
        self.setObjectName(f"share-{field.metric}")
        self.clicked.connect(lambda on: sharing.strike({field.metric}, out=not on))
        said = self._told()
        self._more = None if not said else Label(said, size=Size.CAPTION, role="quiet", parent=self)
        self._heights: dict[int, tuple[int, int]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._out: bool | None = None
        self._words = self._put(out=False)
        self.follow()

    def _told(self) -> str:
        """All attempts; and, if asked for, everything else that is told about the value."""
        field, reader = self._field, self._reader
        lines = []
        if len(field.attempts) > 1:
            lines += [f"{at}: {what}" for at, what in attempt_words(field.attempts, reader)]
        if self._sharing.details:
            lines += [f"{name}: {value}" for name, value in field.facts]
            if field.course:
                lines.append(reader.text(N_("its course over time, as a curve")))
        return breakable("\n".join(lines))

    # --- where everything stands -----------------------------------------------------------------

    def written(self) -> list[Placed]:
        """What is painted beside the tick and its name, and where."""
        width = self.width()
        left, right = self._columns(width)
        words, (high, _) = self._words, self._measured(width)
        own = [words[0].height(right), words[1].line()]
        spare = own[1] if self._field.rests_on else 0
        corner = QPoint(left + STEP, max(0, (high - own[0] - spare) // 2))
        placed = stacked(words, corner, right, high=own)
        return [one.mirrored(width) for one in placed] if self.isRightToLeft() else placed

    def _put(self, *, out: bool) -> tuple[Words, Words]:
        """The value, and below it on what it rests or that it is withheld."""
        field, role = self._field, "quiet" if out else "text"
        value = Words(breakable(field.value), size=Size.CAPTION, role=role, struck=out)
        said = self._reader.text(N_("withheld")) if out else field.rests_on
        role = "open" if out else ("declared" if field.declared and said else "quiet")
        return value, Words(said, size=Size.CAPTION, role=role, wrap=False)

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The tick beside the value, and what is told below."""
        return sum(self._measured(width))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """For a column of usual width; the height follows from the width."""
        return QSize(500, line_height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Narrow columns are possible."""
        return QSize(12 * line_height(), 0)

    def _columns(self, width: int) -> tuple[int, int]:
        left = (width - STEP) * 3 // 5
        return left, width - STEP - left

    def _measured(self, width: int) -> tuple[int, int]:
        """Heights of the row and of what is told below it."""
        if width not in self._heights:
            left, right = self._columns(width)
            value, kind = self._words
            below = 0
            if self._more is not None:
                below = self._more.heightForWidth(max(16, width - INDENT)) + STEP // 2
            beside = value.height(right) + kind.line()
            self._heights[width] = max(super().heightForWidth(left), beside), below
        return self._heights[width]

    def place(self) -> QRect:
        """The tick and its name, thought of from left to right."""
        left, _ = self._columns(self.width())
        high, _ = self._measured(self.width())
        return QRect(0, 0, left, high)

    def hitButton(self, position: QPoint) -> bool:  # noqa: N802 - Qt's name
        """A click on the value ticks nothing."""
        return mirrored(QRectF(self.place()), self).contains(QPointF(position))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put what is told below into its place."""
        super().resizeEvent(event)
        if self._more is not None:
            high, below = self._measured(self.width())
            room = QRectF(INDENT, high, self.width() - INDENT, below - STEP // 2)
            self._more.setGeometry(mirrored(room, self).toRect())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Tick and name, and the value beside them."""
        super().paintEvent(event)
        painter = QPainter(self)
        for placed in self.written():
            placed.draw(painter)

    # --- following -------------------------------------------------------------------------------

    def follow(self) -> None:
        """Show whether it is left out."""
        out = self._field.metric in self._sharing.struck
        if out == self._out:
            return
        self._out, self._words = out, self._put(out=out)
        field, text = self._field, self._reader.text
        self.setChecked(not out)
        if self._more is not None:
            font = self._more.font()
            font.setStrikeOut(out)
            self._more.setFont(font)
        self.setAccessibleName(
            text(
                # Translators: read by screen readers for one value of a report.
                N_("{title}: {value}, {state}"),
                title=field.title,
                value=field.value,
                state=text(N_("withheld")) if out else text(N_("shared")),
            )
        )
        more = ""
        if field.rests_on and not out:
            more = text(N_("{title}: {value}"), title=text(N_("Rests on")), value=field.rests_on)
        self.setAccessibleDescription(more)
        self.update()
