"""One value of a report that is about to be saved, and its tick."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.text import N_
from readiness.report.attempts import attempt_words
from ui.theme import STEP, Size
from ui.widgets.button import Button, Look
from ui.widgets.choice import INDENT, CheckBox
from ui.widgets.label import Label, breakable, caption, title

if TYPE_CHECKING:
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
    """A tick with the value's name, and the value; struck through where it is left out."""

    def __init__(self, field: Field, sharing: Sharing, reader: Reader) -> None:
        super().__init__()
        self._field, self._sharing, self._reader = field, sharing, reader
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.setSpacing(0)
        row = QHBoxLayout()
        row.setSpacing(STEP)
        self._box = CheckBox(field.title)
        self._box.setObjectName(f"share-{field.metric}")
        self._box.clicked.connect(lambda on: sharing.strike({field.metric}, out=not on))
        self._value = Label(breakable(field.value), size=Size.CAPTION)
        self._value.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._kind = Label("", size=Size.CAPTION, role="quiet")
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self._value)
        words.addWidget(self._kind)
        words.addStretch(1)
        row.addWidget(self._box, 3)
        row.addLayout(words, 2)
        around.addLayout(row)
        self._more = self._make_more()
        if self._more is not None:
            around.addWidget(self._more)
        self._out: bool | None = None
        self.follow()

    def _make_more(self) -> QWidget | None:
        """All attempts; and, if asked for, everything else that is told about the value."""
        lines = []
        if len(self._field.attempts) > 1:
            lines += [
                f"{at}: {what}" for at, what in attempt_words(self._field.attempts, self._reader)
            ]
        if self._sharing.details:
            lines += [f"{name}: {value}" for name, value in self._field.facts]
            if self._field.course:
                lines.append(self._reader.text(N_("its course over time, as a curve")))
        if not lines:
            return None
        said = caption(breakable("\n".join(lines)))
        said.setContentsMargins(INDENT, 0, 0, STEP // 2)
        return said

    def follow(self) -> None:
        """Show whether it is left out."""
        out = self._field.metric in self._sharing.struck
        if out == self._out:
            return
        self._out = out
        text = self._reader.text
        self._box.setChecked(not out)
        font = self._value.font()
        font.setStrikeOut(out)
        self._value.setFont(font)
        self._value.set_role("quiet" if out else "text")
        self._kind.setText(text(N_("withheld")) if out else self._field.rests_on)
        declared = self._field.declared and self._field.rests_on
        self._kind.set_role("open" if out else ("declared" if declared else "quiet"))
        self._kind.setVisible(bool(self._kind.text()))
        if self._more is not None:
            self._more.setVisible(not out)
        state = text(N_("withheld")) if out else text(N_("shared"))
        self._box.setAccessibleName(
            text(
                # Translators: read by screen readers for one value of a report.
                N_("{title}: {value}, {state}"),
                title=self._field.title,
                value=self._field.value,
                state=state,
            )
        )
