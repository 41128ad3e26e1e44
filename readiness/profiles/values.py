"""Values of a criterion: whether the metric that they are compared with can have them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.measurement import Shape
from readiness.model.requirement import OF_WEEKS, Operator
from readiness.model.text import N_
from readiness.model.week import WEEK_MIN, Week, parse_week
from readiness.profiles.faults import nearest, shown

if TYPE_CHECKING:
    from readiness.model.measurement import Metric, Value
    from readiness.profiles.table import Table

UNKNOWN_VALUE = "unknown"
"""No judge lets this value decide; a profile cannot accept it."""

LARGEST = 1e15
MAX_VALUES = 80
COMPARING = (Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN)
"""Operators for numbers, which may have a tolerance."""

_EXAMPLES = {
    Shape.NUMBER: "10",
    Shape.YES_NO: "true",
    Shape.TEXT: '"..."',
    Shape.WEEK: '"mon-fri 09:00-17:00"',
}
HOURS_COMPARED = N_("Compare them with covers or hours_at_least.")
MAX_TIMES = 40
"""So many entries may say which hours of a week are meant."""


def read_threshold(table: Table, operator: Operator, metric: Metric) -> tuple[Value, ...]:
    """The threshold under the operator's own key; empty if it is faulty."""
    key = operator.value
    if not _compares(table, operator, metric):
        return ()
    if operator in OF_WEEKS:
        return _shifts(table, key) if operator is Operator.COVERS else _hours(table, key)
    if operator is Operator.ONE_OF:
        return read_decisive(table, key, metric)
    if operator is Operator.BETWEEN:
        return _between(table, metric)
    value = table.tree[key]
    return (value,) if _fits(table, key, value, metric, decisive=True) else ()


def _compares(table: Table, operator: Operator, metric: Metric) -> bool:
    """Whether the operator is one for that kind of value; if not, the fault is noted."""
    if operator in OF_WEEKS and metric.shape is not Shape.WEEK:
        what, hint = N_("{metric} are no hours of a week."), N_("Compare it in another way.")
    elif operator not in OF_WEEKS and metric.shape is Shape.WEEK:
        what, hint = N_("{metric} are hours of a week."), HOURS_COMPARED
    elif operator in COMPARING and metric.shape is not Shape.NUMBER:
        what, hint = N_("{metric} is not a number."), N_("Compare it with equals or one_of.")
    else:
        return True
    table.fault("profile-operator-of-shape", what, operator.value, hint, metric=metric.id)
    return False


def _shifts(table: Table, key: str) -> tuple[Value, ...]:
    text = read_week(table, key)
    return (text,) if text else ()


def read_week(table: Table, key: str) -> str:
    """A list of hours such as ``["mon-fri 09:00-17:00"]`` as one text; empty if it is faulty."""
    entries = table.tree[key]
    if (
        not isinstance(entries, list)
        or not 0 < len(entries) <= MAX_TIMES
        or not all(isinstance(entry, str) for entry in entries)
    ):
        table.wrong(key, f"{key} = [{_EXAMPLES[Shape.WEEK]}]")
        return ""
    whole = Week()
    for number, entry in enumerate(entries):
        try:
            whole = whole.joined(parse_week(entry), entry)
        except InputError as error:
            at = f"{key}[{number}]"
            table.fault(f"profile-{error.reference}", error.what, at, error.hint, **error.values)
            return ""
    return whole.text()


def _hours(table: Table, key: str) -> tuple[Value, ...]:
    hours = table.tree[key]
    if not is_number(hours):
        table.wrong(key, f"{key} = 20")
        return ()
    if not 0 < hours <= WEEK_MIN / 60:
        table.fault(
            "profile-hours",
            N_("A week does not have {hours} hours."),
            key,
            N_("Write a number between 0 and 168."),
            hours=shown(hours),
        )
        return ()
    return (hours,)


def _between(table: Table, metric: Metric) -> tuple[Value, ...]:
    ends = table.tree["between"]
    if not (isinstance(ends, list) and len(ends) == 2):  # noqa: PLR2004 - low and high
        table.wrong("between", "between = [10, 20]")
        return ()
    if not all([_fits(table, "between", end, metric) for end in ends]):  # noqa: C419 - all faults
        return ()
    low, high = ends
    if low > high:
        table.fault(
            "profile-between-order",
            N_("{low} is larger than {high}."),
            "between",
            N_("Write the smaller number first."),
            low=low,
            high=high,
        )
    return (low, high)


def read_decisive(table: Table, key: str, metric: Metric) -> tuple[Value, ...]:
    """A list of values each of which decides something: not *unknown*."""
    return read_values(table, key, metric, decisive=True)


def read_values(
    table: Table, key: str, metric: Metric, *, decisive: bool = False
) -> tuple[Value, ...]:
    """A list of values that the metric can have; faulty ones are left out."""
    values = table.tree[key]
    if not isinstance(values, list) or not 0 < len(values) <= MAX_VALUES:
        example = next(iter(metric.labels), "")
        table.wrong(key, f"{key} = [{_quoted(example) if example else _EXAMPLES[metric.shape]}]")
        return ()
    return tuple(value for value in values if _fits(table, key, value, metric, decisive=decisive))


def read_accepted(table: Table, metric: Metric) -> tuple[Value, ...]:
    """``accept``: one answer or a list; yes and no may be written as words."""
    written = table.tree["accept"]
    answers = written if isinstance(written, list) else [written]
    if metric.shape is Shape.YES_NO:
        answers = [{"yes": True, "no": False}.get(str(a), a) for a in answers]
    if not answers:
        table.wrong("accept", "accept = true")
    return tuple(a for a in answers if _fits(table, "accept", a, metric, decisive=True))


def _fits(table: Table, key: str, value: object, metric: Metric, *, decisive: bool = False) -> bool:
    """Whether the metric can have that value; if not, the fault is noted."""
    if metric.shape is Shape.CHOICE:
        return _fits_choice(table, key, value, metric, decisive=decisive)
    if metric.shape is Shape.WEEK:
        table.fault(
            "profile-week-compared",
            N_("{metric} are hours of a week."),
            key,
            HOURS_COMPARED,
            metric=metric.id,
        )
        return False
    right = {
        Shape.NUMBER: is_number(value),
        Shape.YES_NO: isinstance(value, bool),
        Shape.TEXT: isinstance(value, str),
    }[metric.shape]
    if not right:
        table.fault(
            "profile-wrong-value",
            N_("{metric} cannot be {value}."),
            key,
            N_("Write, for instance: {example}"),
            metric=metric.id,
            value=shown(value),
            example=_EXAMPLES[metric.shape],
        )
        return False
    if isinstance(value, int | float) and not abs(value) <= LARGEST:  # so is nan
        table.fault(
            "profile-number",
            N_("{value} cannot be used as a number here."),
            key,
            N_("Write a number that is finite and not absurdly large."),
            value=shown(value),
        )
        return False
    return True


def _fits_choice(table: Table, key: str, value: object, metric: Metric, *, decisive: bool) -> bool:
    if isinstance(value, str) and value in metric.labels:
        if not decisive or value != UNKNOWN_VALUE:
            return True
        table.fault(
            "profile-unknown-accepted",
            N_("What is not known cannot be accepted."),
            key,
            N_("Leave {value} out: it always stays open."),
            value=UNKNOWN_VALUE,
        )
        return False
    near = nearest(value, metric.labels) if isinstance(value, str) else ""
    table.fault(
        "profile-wrong-choice",
        N_("{metric} is never {value}."),
        key,
        N_("Did you mean {near}?") if near else N_("Write one of: {allowed}."),
        metric=metric.id,
        value=shown(value),
        near=near,
        allowed=", ".join(metric.labels),
    )
    return False


def is_number(value: object) -> bool:
    """Whether it is a number; true and false are none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _quoted(word: str) -> str:
    return f'"{word}"'
