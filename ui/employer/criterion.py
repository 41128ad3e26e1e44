"""One comparison of a requirement: how it compares, with what limit, and who says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.measurement import NO_UNIT, Shape
from readiness.model.requirement import Operator
from readiness.model.text import N_
from ui.employer.bound import Bound, Choice, Limit, Line, Number, Several
from ui.employer.edits import compare, operator_of, recommend, recommended
from ui.employer.ticks import Ticks
from ui.theme import STEP
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.profiles.askable import Askable
    from readiness.profiles.draft import Place, ProfileDraft
    from ui.employer.drafting import Drafting

COMPARED = {
    Operator.AT_LEAST: N_("at least"),
    Operator.AT_MOST: N_("at most"),
    Operator.BETWEEN: N_("between two limits"),
    # Translators: a value must be exactly this one.
    Operator.EQUALS: N_("exactly this"),
    # Translators: a value must be one of several that are ticked.
    Operator.ONE_OF: N_("one of these"),
    # Translators: somebody's working hours must cover the shifts that are asked.
    Operator.COVERS: N_("covers these shifts"),
    Operator.HOURS_AT_LEAST: N_("so many hours a week"),
}
WITH_TOLERANCE = (Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN)


class CriterionView(QWidget):
    """The fields for one comparison.

    Args:
        state: The draft.
        place: Where the comparison stands.
        reader: The words.
        alone: No other comparison stands beside it, and it is required: more may be recommended.
    """

    def __init__(self, state: Drafting, place: Place, reader: Reader, *, alone: bool) -> None:
        super().__init__()
        self._state, self._place, self._reader = state, place, reader
        self._parts: list[Bound] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2 * STEP)
        draft = state.draft
        found: dict[str, Any] = {} if draft is None else draft.value(place) or {}
        metric = str(found.get("metric", ""))
        askable = state.askables.get(metric)
        if askable is None:
            words = N_("{metric} is not known here. It can be changed with a text editor.")
            self._column.addWidget(caption(reader.text(words, metric=metric[:60])))
        else:
            self._fill(askable, found, alone=alone)
        self._column.addStretch(0)

    def _fill(self, askable: Askable, found: dict[str, Any], *, alone: bool) -> None:
        reader = self._reader
        self._column.addWidget(title(askable.title(reader)))
        if found.get("when") is not None:
            words = N_("It counts only under a condition, which stands in the file.")
            self._column.addWidget(caption(reader.text(words)))
        operator = operator_of(found)
        offered = [*askable.operators]
        if operator is not None and operator not in offered:
            offered.append(operator)
        self._add(_Compared(self._state, self._place, offered, reader))
        if operator is not None:
            self._add_limit(askable, operator, alone=alone)
        self._add(source_choice(self._state, (*self._place, "source"), reader))

    def _add(self, part: Bound) -> None:
        self._parts.append(part)
        self._column.addWidget(part)

    def _add_limit(self, askable: Askable, operator: Operator, *, alone: bool) -> None:
        state, reader = self._state, self._reader
        at: Place = (*self._place, operator.value)
        unit = askable.metric.unit
        if operator is Operator.BETWEEN:
            for end, name in enumerate((N_("Lowest"), N_("Highest"))):
                self._add(Limit(state, (*at, end), _in_unit(name, unit, reader), reader))
        elif operator in (Operator.AT_LEAST, Operator.AT_MOST):
            name = N_("Minimum") if operator is Operator.AT_LEAST else N_("Maximum")
            self._add(Limit(state, at, _in_unit(name, unit, reader), reader))
            if alone:
                self._add(
                    _Recommended(
                        state, self._place, _in_unit(N_("Recommended"), unit, reader), reader
                    )
                )
        elif operator is Operator.HOURS_AT_LEAST:
            self._add(Limit(state, at, reader.text(N_("Hours a week")), reader))
            note = N_("Only these hours count. Left empty, all do.")
            within = (*self._place, "within")
            self._add(
                Several(state, within, reader.text(N_("Within")), reader, note=reader.text(note))
            )
        elif operator is Operator.COVERS:
            note = N_("Parted by semicolons, such as: {example}")
            example = "mon-fri 09:00-17:00; sat 10:00-14:00"
            said = reader.text(note, example=example)
            self._add(Several(state, at, reader.text(N_("Shifts")), reader, note=said))
        else:
            self._add(_values(state, at, askable, operator, reader))
        if operator in WITH_TOLERANCE and askable.metric.shape is Shape.NUMBER:
            note = reader.text(N_("So much short of the limit still meets it. It may be empty."))
            name = _in_unit(N_("Tolerance"), unit, reader)
            self._add(Number(state, (*self._place, "tolerance"), name, reader, note=note))

    def follow(self) -> None:
        """Show what stands there."""
        for part in self._parts:
            part.follow()

    def places(self) -> list[Place]:
        """The places that have a field of their own."""
        return [part.place for part in self._parts]


class _Compared(Choice):
    """How a value is compared; the limit is carried over where that makes sense."""

    def __init__(
        self, state: Drafting, place: Place, offered: list[Operator], reader: Reader
    ) -> None:
        options = [(one, reader.text(COMPARED[one])) for one in offered]
        name = reader.text(N_("It must be"))
        super().__init__(state, place, name, options, reader, took=self._compare)
        self.select.setObjectName(f"{self.select.objectName()}-compared")

    def _compare(self, operator: Operator) -> None:
        place, chosen = self.place, self._state.chosen

        def edit(draft: ProfileDraft) -> ProfileDraft:
            return compare(draft, place, operator)

        self._state.change(edit, place, choose=chosen)

    def follow(self) -> None:
        """Show the present one."""
        draft = self._state.draft
        operator = operator_of(draft.value(self.place) or {}) if draft is not None else None
        known = operator in self._values
        self.show_number(self._values.index(operator) if known else -1)
        self.say("" if operator is not None else self._wrong())


class _Recommended(Number):
    """The limit of the requirement that recommends more than this one asks."""

    def __init__(self, state: Drafting, place: Place, name: str, reader: Reader) -> None:
        note = reader.text(N_("What you would like besides. It may be empty."))
        super().__init__(state, (*place, "recommended"), name, reader, note=note)
        self._rule = place[1]

    def value(self) -> Any:  # noqa: ANN401 - whatever stands there
        """What stands in the requirement that recommends."""
        draft, rule = self._state.draft, self._rule
        if draft is None or not isinstance(rule, int):
            return None
        place = recommended(draft, rule)
        return None if place is None else draft.value(place)

    def give(self, value: Any) -> None:  # noqa: ANN401 - a number or none
        """Change it, add it, or take it out."""
        rule = self._rule
        if not isinstance(rule, int):
            return

        def edit(draft: ProfileDraft) -> ProfileDraft:
            return recommend(draft, rule, value)

        draft = self._state.draft
        there = None if draft is None else recommended(draft, rule)
        goes = there is not None and value is None and int(there[1]) < rule
        self._state.change(edit, self.place, choose=rule - 1 if goes else None)


def source_choice(state: Drafting, place: Place, reader: Reader) -> Choice:
    """Who says so: one of the sources that the list names."""
    tree = None if state.draft is None else state.draft.value(("source",))
    tables = tree if isinstance(tree, dict) else {}
    options = [
        (name, str(table.get("title") or name) if isinstance(table, dict) else name)
        for name, table in tables.items()
    ]
    shown = [(name, title_[:60]) for name, title_ in options]
    note = reader.text(N_("The reason that applicants see."))
    return Choice(state, place, reader.text(N_("Who says so")), shown, reader, note=note)


def _values(
    state: Drafting, at: Place, askable: Askable, operator: Operator, reader: Reader
) -> Bound:
    """Values to choose from, or to be typed where there is no choice."""
    options = [(value, askable.value_title(value, reader)) for value in askable.values]
    if not options and operator is Operator.EQUALS:
        return Line(state, at, reader.text(N_("What will do")), reader)
    if not options:
        note = reader.text(N_("Several are parted by semicolons."))
        return Several(state, at, reader.text(N_("What will do")), reader, note=note)
    if operator is Operator.EQUALS:
        return Choice(state, at, reader.text(N_("What will do")), options, reader)
    return Ticks(state, at, reader.text(N_("What will do")), options, reader)


def _in_unit(name: str, unit: str, reader: Reader) -> str:
    said = reader.text(name)
    if unit == NO_UNIT:
        return said
    # Translators: the name of a limit and its unit, as in "Minimum in Mbit/s".
    return reader.text(N_("{name} in {unit}"), name=said, unit=reader.unit(unit))
