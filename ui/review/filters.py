"""Which reports are seen: words, verdict, the three statements, what is missing, and the order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness import explain
from readiness.model.finding import Overall
from readiness.model.text import N_
from readiness.review.view import NO_VERDICT
from readiness.review.words import ANSWERS
from ui.theme import STEP
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look
from ui.widgets.choice import CheckBox
from ui.widgets.field import Field, Select
from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from readiness.review.view import Missing, Wish
    from readiness.review.words import RowWords
    from ui.review.columns import Column

MOST_MISSING = 40
"""Requirements that are offered; what fails more seldom is found by its name."""


LETTERS = 11
"""Of a closed list; what is longer is cut there and whole in the open list."""


class Filters(QWidget):
    """A strip of fields. Each says what it filters by itself; nothing needs a button.

    Signals:
        wished: Other rows are wished for.

    Args:
        wish: What is wished now.
        missing: Requirements that are not met somewhere.
        columns: By which rows can be sorted.
        words: Who reads.
    """

    wished = Signal(object)

    def __init__(
        self,
        wish: Wish,
        missing: Sequence[Missing],
        columns: Sequence[Column],
        words: RowWords,
    ) -> None:
        super().__init__()
        self.wish = wish
        self._words, self._text = words, words.reader.text
        place = QVBoxLayout(self)
        place.setContentsMargins(0, 0, 0, 0)
        row = self._row = Strip(gap=STEP)
        place.addWidget(row)  # each field is dressed once if its place is there before
        row.addWidget(self._search(), 1)
        row.addWidget(self._select("verdict", N_("Verdict"), self._verdicts()))
        row.addWidget(self._select("unchanged", N_("Unchanged since export"), self._unchanged()))
        row.addWidget(self._select("answers", N_("Answers your invitation"), self._answers()))
        row.addWidget(self._select("missing", N_("What is missing"), self._missing(missing)))
        row.addWidget(self._odd())
        self._order = self._sorting(columns)
        self._turned = self._direction()
        row.addWidget(self._order)
        row.addWidget(self._turned)
        self.clear = Button(self._text(N_("Show all again")), Look.TEXT, small=True)
        self.clear.setObjectName("show-all")
        self.clear.setVisible(wish.narrows)
        self.clear.clicked.connect(self._show_all)
        row.addWidget(self.clear)

    def follow(self, wish: Wish) -> None:
        """Somebody has sorted in the table."""
        self.wish = wish
        self._order.setCurrentIndex(max(0, self._order.findData(wish.key)))
        self._turned.setChecked(wish.falling)
        self.clear.setVisible(wish.narrows)

    def in_words(self) -> tuple[str, ...]:
        """How the rows are filtered and sorted now, in the words of the fields."""
        said = [f"“{self.wish.text.strip()}”"] if self.wish.text.strip() else []
        fields = [field for field in self.findChildren(Select) if field.currentData()]
        said += [field.currentText() for field in fields]
        boxes = [box for box in self.findChildren(CheckBox) if box.isChecked()]
        return (*said, *(box.text() for box in boxes))

    # --- the fields ----------------------------------------------------------------------------

    def _search(self) -> Field:
        field = Field(self.wish.text, self._row)
        field.setObjectName("search")
        field.setClearButtonEnabled(True)
        name = self._text(N_("Search"))
        field.setAccessibleName(name)
        # Translators: in an empty field of a search. Keep line.upload<5 as it is.
        field.setPlaceholderText(self._text(N_("Search, or a condition: line.upload<5")))
        field.setMinimumWidth(11 * line_height())
        field.textChanged.connect(lambda text: self._change(text=text))
        self._field = field
        return field

    def _select(self, key: str, name: str, options: Iterable[tuple[str, str]]) -> Select:
        field = Select(self._text(name), self._row)
        field.setObjectName(f"filter-{key}")
        field.setSizeAdjustPolicy(Select.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        field.setMinimumContentsLength(LETTERS)
        for code, words in options:
            field.addItem(words, code)
        field.setCurrentIndex(max(0, field.findData(getattr(self.wish, key))))
        field.activated.connect(lambda _: self._change(**{key: str(field.currentData())}))
        return field

    def _verdicts(self) -> Iterable[tuple[str, str]]:
        yield "", self._text(N_("Any verdict"))
        for overall in Overall:
            yield overall.value, self._text(explain.OVERALLS[overall])
        yield NO_VERDICT, self._words.not_judged_word

    def _unchanged(self) -> Iterable[tuple[str, str]]:
        yield "", self._text(N_("Changed or not"))
        yield "yes", self._text(N_("Unchanged since export"))
        yield "no", self._text(N_("Changed, or not signed"))

    def _answers(self) -> Iterable[tuple[str, str]]:
        yield "", self._text(N_("Any invitation"))
        for code, words in ANSWERS.items():
            said = self._text(words)
            # Translators: in a list: whether a report answers the reader's invitation
            yield code.value, self._text(N_("Invitation: {answer}"), answer=said)

    def _missing(self, missing: Sequence[Missing]) -> Iterable[tuple[str, str]]:
        yield "", self._text(N_("Anything missing"))
        for one in missing[:MOST_MISSING]:
            number = self._words.reader.number(one.reports)
            # Translators: a requirement, and how many reports do not meet it
            words = self._text(N_("Misses {title} ({n})"), title=one.title, n=number)
            yield one.requirement, words

    def _odd(self) -> CheckBox:
        box = CheckBox(self._text(N_("Does not fit together")))
        box.setObjectName("filter-odd")
        box.setChecked(self.wish.odd)
        box.clicked.connect(lambda on: self._change(odd=on))
        return box

    def _sorting(self, columns: Sequence[Column]) -> Select:
        options = [("", self._text(N_("As they came")))]
        for column in columns:
            title = column.title(self._words)
            options.append((column.key, self._text(N_("Sorted by {title}"), title=title)))
        return self._select("key", N_("Order"), options)

    def _direction(self) -> CheckBox:
        # Translators: of an order: from the last to the first, from big to small
        box = CheckBox(self._text(N_("Turned round")))
        box.setObjectName("turned-round")
        box.setChecked(self.wish.falling)
        box.clicked.connect(lambda on: self._change(falling=on))
        return box

    # --- what is wished ------------------------------------------------------------------------

    def _change(self, **changes: object) -> None:
        self.wish = replace(self.wish, **changes)  # type: ignore[arg-type]  # as the fields are
        self.clear.setVisible(self.wish.narrows)
        self.wished.emit(self.wish)

    def _show_all(self) -> None:
        """Take every filter away; the order stays."""
        fresh = type(self.wish)(key=self.wish.key, falling=self.wish.falling)
        self._field.blockSignals(True)  # noqa: FBT003 - Qt's name
        self._field.clear()
        self._field.blockSignals(False)  # noqa: FBT003 - Qt's name
        for field in self.findChildren(Select):
            if field is not self._order:
                field.setCurrentIndex(0)
        for box in self.findChildren(CheckBox):
            if box is not self._turned:
                box.setChecked(False)
        self.wish = fresh
        self._field.setFocus()
        self.clear.hide()
        self.wished.emit(fresh)
