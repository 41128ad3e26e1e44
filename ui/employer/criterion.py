"""One comparison of a requirement: how it compares, with what limit, and who says so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from readiness.model.measurement import NO_UNIT, Shape
from readiness.model.requirement import Operator
from readiness.model.text import N_
from ui.employer.bound import Bound, Choice, Limit, Line, Number, Several
from ui.employer.edits import compare, operator_of, recommend, recommended
from ui.employer.fields import LINE, Fields
from ui.employer.ticks import Ticks
from ui.theme import STEP
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.profiles.askable import Askable
    from readiness.profiles.draft import Place, ProfileDraft
    from ui.employer.drafting import Drafting
    from ui.employer.fields import Spread

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
        spread: Says when each field is made.
        alone: No other comparison stands beside it, and it is required: more may be recommended.
    """

    def __init__(
        self, state: Drafting, place: Place, reader: Reader, spread: Spread, *, alone: bool
    ) -> None:
        super().__init__()
        self._state, self._place, self._reader = state, place, reader
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * STEP)
        self._fields = Fields(self, column, spread)
        draft = state.draft
        found: dict[str, Any] = {} if draft is None else draft.value(place) or {}
        metric = str(found.get("metric", ""))
        askable = state.askables.get(metric)
        if askable is None:
            words = N_("{metric} is not known here. It can be changed with a text editor.")
            said = reader.text(words, metric=metric[:60])
            self._fields.add(lambda: caption(said), high=LINE)
        else:
            self._fill(askable, found, alone=alone)

    def _fill(self, askable: Askable, found: dict[str, Any], *, alone: bool) -> None:
        reader, add = self._reader, self._fields.add
        add(lambda: title(askable.title(reader)), high=LINE)
        if found.get("when") is not None:
            words = N_("It counts only under a condition, which stands in the file.")
            add(lambda: caption(reader.text(words)), high=LINE)
        operator = operator_of(found)
        offered = [*askable.operators]
        if operator is not None and operator not in offered:
            offered.append(operator)
        add(lambda: _Compared(self._state, self._place, offered, reader))
        if operator is not None:
            self._add_limit(askable, operator, alone=alone)
        add(lambda: source_choice(self._state, (*self._place, "source"), reader))

    def _add_limit(self, askable: Askable, operator: Operator, *, alone: bool) -> None:
        state, reader, add = self._state, self._reader, self._fields.add
        at: Place = (*self._place, operator.value)
        unit = askable.metric.unit
        if operator is Operator.BETWEEN:
            for end, name in enumerate((N_("Lowest"), N_("Highest"))):
                add(partial(Limit, state, (*at, end), _in_unit(name, unit, reader), reader))
        elif operator in (Operator.AT_LEAST, Operator.AT_MOST):
            name = N_("Minimum") if operator is Operator.AT_LEAST else N_("Maximum")
            add(partial(Limit, state, at, _in_unit(name, unit, reader), reader))
            if alone:
                name = _in_unit(N_("Recommended"), unit, reader)
                add(partial(_Recommended, state, self._place, name, reader))
        elif operator is Operator.HOURS_AT_LEAST:
            add(partial(Limit, state, at, reader.text(N_("Hours a week")), reader))
            note = reader.text(N_("Only these hours count. Left empty, all do."))
            within, name = (*self._place, "within"), reader.text(N_("Within"))
            add(partial(Several, state, within, name, reader, note=note))
        elif operator is Operator.COVERS:
            note = N_("Parted by semicolons, such as: {example}")
            said = reader.text(note, example="mon-fri 09:00-17:00; sat 10:00-14:00")
            add(partial(Several, state, at, reader.text(N_("Shifts")), reader, note=said))
        else:
            add(partial(_values, state, at, askable, operator, reader))
        if operator in WITH_TOLERANCE and askable.metric.shape is Shape.NUMBER:
            note = reader.text(N_("So much short of the limit still meets it. It may be empty."))
            place, name = (*self._place, "tolerance"), _in_unit(N_("Tolerance"), unit, reader)
            add(partial(Number, state, place, name, reader, note=note))

    def follow(self) -> None:
        """Show what stands there."""
        self._fields.follow()


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
