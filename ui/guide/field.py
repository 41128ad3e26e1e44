"""One value of a report that is about to be saved, and its tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from readiness.model.text import N_
from readiness.report.attempts import attempt_words
from ui.theme import STEP, Size
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look
from ui.widgets.choice import INDENT, CheckBox
from ui.widgets.label import Label, breakable, title

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

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


class FieldRow(QWidget):
    """A tick with the value's name, and the value; struck through where it is left out.

    It places its parts itself and keeps its height whatever is struck: a tick must not make the
    whole page be laid out anew.
    """

    def __init__(self, field: Field, sharing: Sharing, reader: Reader) -> None:
        super().__init__()
        self._field, self._sharing, self._reader = field, sharing, reader
        self._box = CheckBox(field.title, self)
        self._box.setObjectName(f"share-{field.metric}")
        self._box.clicked.connect(lambda on: sharing.strike({field.metric}, out=not on))
        self._value = Label(breakable(field.value), size=Size.CAPTION, parent=self)
        self._kind = Label("", size=Size.CAPTION, role="quiet", wrap=False, parent=self)
        said = self._told()
        self._more = None if not said else Label(said, size=Size.CAPTION, role="quiet", parent=self)
        self._heights: dict[int, tuple[int, int]] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._out: bool | None = None
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

    # --- where its parts are ---------------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:  # noqa: N802 - Qt's name
        """Text flows."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802 - Qt's name
        """The tick beside the value, and what is told below."""
        return sum(self._measured(width))

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """For a column of usual width."""
        return QSize(500, self.heightForWidth(500))

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
            beside = self._value.heightForWidth(right) + self._kind.sizeHint().height()
            below = 0
            if self._more is not None:
                below = self._more.heightForWidth(max(16, width - INDENT)) + STEP // 2
            self._heights[width] = max(self._box.heightForWidth(left), beside), below
        return self._heights[width]

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Put everything into its place."""
        super().resizeEvent(event)
        width = self.width()
        left, right = self._columns(width)
        high, below = self._measured(width)
        value, kind = self._value.heightForWidth(right), self._kind.sizeHint().height()
        spare = kind if self._field.rests_on else 0
        top = max(0, (high - value - spare) // 2)
        self._put(self._box, 0, 0, left, high)
        self._put(self._value, left + STEP, top, right, value)
        self._put(self._kind, left + STEP, top + value, right, kind)
        if self._more is not None:
            self._put(self._more, INDENT, high, width - INDENT, below - STEP // 2)

    def _put(self, part: QWidget, x: int, y: int, width: int, height: int) -> None:
        left = self.width() - x - width if self.isRightToLeft() else x
        part.setGeometry(left, y, width, height)

    # --- following -------------------------------------------------------------------------------

    def follow(self) -> None:
        """Show whether it is left out."""
        out = self._field.metric in self._sharing.struck
        if out == self._out:
            return
        self._out = out
        text = self._reader.text
        withheld = text(N_("withheld"))
        self._box.setChecked(not out)
        for part in (self._value, self._more):
            if part is not None:
                font = part.font()
                font.setStrikeOut(out)
                part.setFont(font)
        self._value.set_role("quiet" if out else "text")
        self._kind.setText(withheld if out else self._field.rests_on)
        declared = self._field.declared and self._field.rests_on
        self._kind.set_role("open" if out else ("declared" if declared else "quiet"))
        self._box.setAccessibleName(
            text(
                # Translators: read by screen readers for one value of a report.
                N_("{title}: {value}, {state}"),
                title=self._field.title,
                value=self._field.value,
                state=withheld if out else text(N_("shared")),
            )
        )
