"""One comparison as a profile writes it: metric, operator, threshold, unit, condition, source."""

from __future__ import annotations

import math
from datetime import date
from typing import TYPE_CHECKING

from readiness.model.measurement import NO_UNIT, Metric, Shape, Value
from readiness.model.requirement import Condition, Criterion, Grade, Operator, Source
from readiness.model.text import N_
from readiness.profiles.faults import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.profiles.known import Known
    from readiness.profiles.table import Table

UNKNOWN_VALUE = "unknown"
"""No judge lets this value decide; a profile cannot accept it."""

LARGEST = 1e15
MAX_VALUES = 80
NO_SOURCE = Source(title="", seen=date.min, grade=Grade.P)

_COMPARING = (Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN)
_EXAMPLES = {
    Shape.NUMBER: "10",
    Shape.YES_NO: "true",
    Shape.TEXT: '"..."',
}


def read_criterion(table: Table, known: Known, sources: Mapping[str, Source]) -> Criterion:
    """One entry of ``any_of``."""
    operators = tuple(operator.value for operator in Operator)
    table.only("metric", *operators, "unit", "tolerance", "unclear", "when", "source")
    metric = known.metric(table)
    operator = _operator(table, operators)
    if metric is None:
        table.string("unit", "ms", required=False)
    return Criterion(
        metric=metric.id if metric else "",
        operator=operator or Operator.EQUALS,
        threshold=_threshold(table, operator, metric) if operator and metric else (),
        unit=_unit(table, metric) if metric else NO_UNIT,
        tolerance=_tolerance(table, operator),
        unclear=_values(table, "unclear", metric) if metric and "unclear" in table else (),
        when=read_condition(table, "when", known),
        source=read_source(table, sources),
    )


def read_answer(
    table: Table, question_id: str, known: Known, sources: Mapping[str, Source]
) -> Criterion:
    """The criterion of a requirement that is a question: ``question``, ``accept``, ``source``."""
    metric = known.answer(table, "question", question_id) if question_id else None
    accepted: tuple[Value, ...] = ()
    if "accept" not in table:
        table.missing("accept", "accept = true")
    elif metric is not None:
        accepted = tuple(dict.fromkeys(_accepted(table, metric)))
    return Criterion(
        metric=metric.id if metric else "",
        operator=Operator.EQUALS if len(accepted) == 1 else Operator.ONE_OF,
        threshold=accepted,
        source=read_source(table, sources),
    )


def read_condition(table: Table, key: str, known: Known) -> Condition | None:
    """A condition such as ``when = { metric = "machine.os_name", one_of = ["windows"] }``."""
    inner = table.table(key, f'{key} = {{ metric = "link.kind", one_of = ["wifi"] }}')
    if inner is None:
        return None
    inner.only("metric", "one_of")
    metric = known.metric(inner)
    if "one_of" not in inner:
        inner.missing("one_of", 'one_of = ["windows"]')
    elif metric is not None:
        return Condition(metric=metric.id, one_of=_decisive(inner, "one_of", metric))
    return None


def read_source(table: Table, sources: Mapping[str, Source]) -> Source:
    """The source that ``table`` names."""
    name = table.string("source", next(iter(sources), "our-own"))
    if not name:
        return NO_SOURCE
    if name not in sources:
        near = nearest(name, sources)
        table.fault(
            "profile-unknown-source",
            N_("There is no source {source}."),
            "source",
            N_("Did you mean {near}?") if near else N_("Add it: [source.{source}]"),
            source=shown(name),
            near=near,
        )
    return sources.get(name, NO_SOURCE)


def _operator(table: Table, operators: tuple[str, ...]) -> Operator | None:
    written = [name for name in operators if name in table]
    if len(written) == 1:
        return Operator(written[0])
    if written:
        table.fault(
            "profile-two-operators",
            N_("More than one comparison stands here: {written}."),
            written[1],
            N_("Make each an entry of its own; several entries are alternatives."),
            written=", ".join(written),
        )
    else:
        table.fault(
            "profile-no-operator",
            N_("It is not said how to compare."),
            "",
            N_("Write one of: {allowed}."),
            allowed=", ".join(operators),
        )
    return None


def _unit(table: Table, metric: Metric) -> str:
    if "unit" not in table and metric.unit == NO_UNIT:
        return NO_UNIT
    unit = table.string("unit", metric.unit)
    if unit and unit != metric.unit:
        table.fault(
            "profile-wrong-unit",
            N_("{metric} is not measured in {unit}."),
            "unit",
            N_('Write unit = "{right}" and the threshold in that unit.')
            if metric.unit != NO_UNIT
            else N_("Leave the unit out: this has none."),
            metric=metric.id,
            unit=shown(unit),
            right=metric.unit,
        )
    return unit


def _tolerance(table: Table, operator: Operator | None) -> float:
    if "tolerance" not in table:
        return 0.0
    value = table.tree["tolerance"]
    if not _is_number(value):
        table.wrong("tolerance", "tolerance = 0.3")
        return 0.0
    if not (math.isfinite(value) and 0 <= value <= LARGEST):
        table.fault(
            "profile-number",
            N_("{value} cannot be used as a number here."),
            "tolerance",
            N_("Write a number that is not negative and not infinite."),
            value=shown(value),
        )
        return 0.0
    if operator is not None and operator not in _COMPARING:
        table.fault(
            "profile-tolerance",
            N_("A tolerance has no meaning with {operator}."),
            "tolerance",
            N_("Leave it out, or compare with at_least, at_most or between."),
            operator=operator.value,
        )
    return float(value)


def _threshold(table: Table, operator: Operator, metric: Metric) -> tuple[Value, ...]:
    key = operator.value
    if operator in _COMPARING and metric.shape is not Shape.NUMBER:
        table.fault(
            "profile-operator-of-shape",
            N_("{metric} is not a number."),
            key,
            N_("Compare it with equals or one_of."),
            metric=metric.id,
        )
        return ()
    if operator is Operator.ONE_OF:
        return _decisive(table, key, metric)
    if operator is Operator.BETWEEN:
        return _between(table, metric)
    value = table.tree[key]
    return (value,) if _fits(table, key, value, metric, decisive=True) else ()


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


def _decisive(table: Table, key: str, metric: Metric) -> tuple[Value, ...]:
    return _values(table, key, metric, decisive=True)


def _values(table: Table, key: str, metric: Metric, *, decisive: bool = False) -> tuple[Value, ...]:
    values = table.tree[key]
    if not isinstance(values, list) or not 0 < len(values) <= MAX_VALUES:
        example = next(iter(metric.labels), "")
        table.wrong(key, f"{key} = [{_quoted(example) if example else _EXAMPLES[metric.shape]}]")
        return ()
    return tuple(value for value in values if _fits(table, key, value, metric, decisive=decisive))


def _accepted(table: Table, metric: Metric) -> tuple[Value, ...]:
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
    right = {
        Shape.NUMBER: _is_number(value),
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
    if isinstance(value, int | float) and not (math.isfinite(value) and abs(value) <= LARGEST):
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


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _quoted(word: str) -> str:
    return f'"{word}"'
