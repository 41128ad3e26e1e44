"""One comparison as a profile writes it: metric, operator, threshold, unit, condition, source."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from readiness.model.measurement import NO_UNIT
from readiness.model.requirement import Condition, Criterion, Grade, Operator, Source
from readiness.model.text import N_
from readiness.profiles.faults import nearest, shown
from readiness.profiles.values import (
    COMPARING,
    LARGEST,
    is_number,
    read_accepted,
    read_decisive,
    read_threshold,
    read_values,
    read_week,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.model.measurement import Metric, Value
    from readiness.profiles.known import Known
    from readiness.profiles.table import Table

NO_SOURCE = Source(title="", seen=date.min, grade=Grade.P)


def read_criterion(table: Table, known: Known, sources: Mapping[str, Source]) -> Criterion:
    """One entry of ``any_of``."""
    operators = tuple(operator.value for operator in Operator)
    table.only("metric", *operators, "unit", "tolerance", "within", "unclear", "when", "source")
    metric = known.metric(table)
    operator = _operator(table, operators)
    if metric is None:
        table.string("unit", "ms", required=False)
    return Criterion(
        metric=metric.id if metric else "",
        operator=operator or Operator.EQUALS,
        threshold=read_threshold(table, operator, metric) if operator and metric else (),
        unit=_unit(table, metric) if metric else NO_UNIT,
        tolerance=_tolerance(table, operator),
        within=_within(table, operator),
        unclear=read_values(table, "unclear", metric) if metric and "unclear" in table else (),
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
        accepted = tuple(dict.fromkeys(read_accepted(table, metric)))
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
        return Condition(metric=metric.id, one_of=read_decisive(inner, "one_of", metric))
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


def _within(table: Table, operator: Operator | None) -> str:
    if "within" not in table:
        return ""
    if operator is not None and operator is not Operator.HOURS_AT_LEAST:
        table.fault(
            "profile-within",
            N_("Hours that count have no meaning with {operator}."),
            "within",
            N_("Leave it out, or ask for hours_at_least."),
            operator=operator.value,
        )
    return read_week(table, "within")


def _tolerance(table: Table, operator: Operator | None) -> float:
    if "tolerance" not in table:
        return 0.0
    value = table.tree["tolerance"]
    if not is_number(value):
        table.wrong("tolerance", "tolerance = 0.3")
        return 0.0
    if not 0 <= value <= LARGEST:  # so is nan
        table.fault(
            "profile-number",
            N_("{value} cannot be used as a number here."),
            "tolerance",
            N_("Write a number that is not negative and not infinite."),
            value=shown(value),
        )
        return 0.0
    if operator is not None and operator not in COMPARING:
        table.fault(
            "profile-tolerance",
            N_("A tolerance has no meaning with {operator}."),
            "tolerance",
            N_("Leave it out, or compare with at_least, at_most or between."),
            operator=operator.value,
        )
    return float(value)
