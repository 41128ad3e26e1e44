"""What can be asked: for each metric and question how it is compared, in which steps, usual limits.

So that an editor offers choices wherever there is a choice. Everything here comes out of the
probes' declarations, the questions and the shipped profiles; nothing is written down twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from readiness.model.measurement import NO_UNIT, Metric, Shape, Value
from readiness.model.requirement import Area, Criterion, Level, Operator, Question
from readiness.model.text import N_
from readiness.probes import all_metrics
from readiness.profiles import DEFAULT, all_questions, shipped
from readiness.profiles.draft.values import plain
from readiness.profiles.known import answered
from readiness.profiles.values import UNKNOWN_VALUE

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from readiness.locale import Reader

_OPERATORS = {
    Shape.NUMBER: (Operator.AT_LEAST, Operator.AT_MOST, Operator.BETWEEN),
    Shape.YES_NO: (Operator.EQUALS,),
    Shape.CHOICE: (Operator.ONE_OF, Operator.EQUALS),
    Shape.TEXT: (Operator.ONE_OF, Operator.EQUALS),
    Shape.WEEK: (Operator.COVERS, Operator.HOURS_AT_LEAST),
}
"""What makes sense of each kind of value; an exact number is never asked of a measurement."""

_AREAS = {
    "machine": Area.COMPUTER,
    "line": Area.LINE,
    "link": Area.LINE,
    "endpoints": Area.LINE,
    "headset": Area.HEADSET,
    "voice": Area.VOICE,
    "phone": Area.PHONE,
    "room": Area.ROOM,
}
"""Where a metric belongs that no shipped profile asks for, by the first part of its id."""

_YES_NO = {True: N_("yes"), False: N_("no")}

USUAL_LEVELS = (Level.MUST, Level.SHOULD)
"""The least that is asked, and what is recommended."""


@dataclass(frozen=True, kw_only=True)
class Askable:
    """One thing that a requirement can ask for.

    Attributes:
        metric: Unit, resolution, kind of value; of answers without a title.
        question: The question whose answer it is; none for what is measured.
        area: The group in which a requirement about it is shown.
        operators: How it can sensibly be compared, the usual way first.
        values: The values to choose from, without those that decide nothing; empty: no choice.
        usual: Level -> how a shipped profile asks for it; the default profile before others.
    """

    metric: Metric
    question: Question | None
    area: Area
    operators: tuple[Operator, ...]
    values: tuple[Value, ...]
    usual: Mapping[Level, Criterion]

    @property
    def id(self) -> str:
        """The name that a criterion calls it by."""
        return self.metric.id

    def title(self, reader: Reader) -> str:
        """What it is called, in the reader's language."""
        if self.question is not None:
            return reader.local(self.question.title)
        return reader.text(self.metric.title)

    def value_title(self, value: Value, reader: Reader) -> str:
        """What one of :attr:`values` is called, in the reader's language."""
        if isinstance(value, bool):
            return reader.text(_YES_NO[value])
        if self.question is not None and str(value) in self.question.choices:
            return reader.local(self.question.choices[str(value)])
        return reader.text(self.metric.labels.get(str(value), str(value)))

    def requirement(self, level: Level, source: str, taken: Collection[str] = ()) -> dict[str, Any]:
        """A requirement about it as :meth:`ProfileDraft.add` takes it, with the usual limit.

        Without a usual limit the threshold is missing, and the draft's faults say so.

        Args:
            level: How much it weighs.
            source: The name of the source that it rests on.
            taken: Ids that other requirements have.
        """
        entry: dict[str, Any] = {"id": self._free_id(taken), "level": level, "area": self.area}
        usual = self.usual.get(level) or next(iter(self.usual.values()), None)
        if self.question is not None and self.metric.shape is not Shape.WEEK:
            accepted = list(usual.threshold) if usual is not None else []
            told = {"accept": accepted[0] if len(accepted) == 1 else accepted} if accepted else {}
            entry |= {"question": self.question.id, **told, "source": source}
        else:
            entry |= {"any_of": [{**self._asked(usual), "source": source}]}
        return {key: plain(value) for key, value in entry.items()}

    def _free_id(self, taken: Collection[str]) -> str:
        name = self.id.partition(".")[2].replace("_", "-")
        number = 2
        free = name
        while free in taken:
            free, number = f"{name}-{number}", number + 1
        return free

    def _asked(self, usual: Criterion | None) -> dict[str, Any]:
        asked: dict[str, Any] = {"metric": self.id}
        if usual is not None:
            asked[usual.operator.value] = _threshold(usual)
        if self.metric.unit != NO_UNIT:
            asked["unit"] = self.metric.unit
        if usual is not None:
            more = {"tolerance": usual.tolerance, "unclear": usual.unclear}
            asked |= {key: value for key, value in more.items() if value}
            asked |= {"within": usual.within.split("; ")} if usual.within else {}
        return asked


@cache
def askables() -> Mapping[str, Askable]:
    """Everything that can be asked, by id: what is measured, then the product's own questions."""
    usual = _usual()
    found = {
        name: _of_metric(metric, usual.get(name, [])) for name, metric in all_metrics().items()
    }
    return found | {
        question.metric: askable_answer(question, usual.get(question.metric, []))
        for question in all_questions().values()
    }


def askable_answer(
    question: Question, asked: Sequence[tuple[Level, Area, Criterion]] = ()
) -> Askable:
    """The answer to a question, also to one of a profile's own."""
    metric = answered(question)
    area = next((area for _, area, _ in asked), Area.PERSON)
    return _askable(metric, question, area, asked)


def _of_metric(metric: Metric, asked: Sequence[tuple[Level, Area, Criterion]]) -> Askable:
    other = _AREAS.get(metric.id.partition(".")[0], Area.PERSON)
    return _askable(metric, None, next((area for _, area, _ in asked), other), asked)


def _askable(
    metric: Metric,
    question: Question | None,
    area: Area,
    asked: Sequence[tuple[Level, Area, Criterion]],
) -> Askable:
    usual: dict[Level, Criterion] = {}
    for level, _, criterion in asked:
        usual.setdefault(level, criterion)
    return Askable(
        metric=metric,
        question=question,
        area=area,
        operators=_operators(metric.shape, [criterion.operator for _, _, criterion in asked]),
        values=_values(metric),
        usual={level: usual[level] for level in USUAL_LEVELS if level in usual},
    )


def _operators(shape: Shape, used: Sequence[Operator]) -> tuple[Operator, ...]:
    """The sensible ones, in the order in which shipped profiles use them."""
    sensible = _OPERATORS[shape]
    first = [operator for operator in used if operator in sensible]
    return tuple(dict.fromkeys((*first, *sensible)))


def _values(metric: Metric) -> tuple[Value, ...]:
    if metric.shape is Shape.YES_NO:
        return (True, False)
    return tuple(value for value in metric.labels if value != UNKNOWN_VALUE)


def _usual() -> dict[str, list[tuple[Level, Area, Criterion]]]:
    """Metric -> how shipped profiles ask for it, those of the default profile first."""
    found: dict[str, list[tuple[Level, Area, Criterion]]] = {}
    for level, area, criterion in _criteria():
        found.setdefault(criterion.metric, []).append((level, area, criterion))
    return found


def _criteria() -> Iterator[tuple[Level, Area, Criterion]]:
    for name in (DEFAULT, *(name for name in shipped() if name != DEFAULT)):
        for requirement in shipped()[name].requirements:
            for criterion in requirement.any_of:
                if (
                    criterion.when is None
                ):  # what holds only beside something else is no usual limit
                    yield requirement.level, requirement.area, criterion


def _threshold(criterion: Criterion) -> Any:  # noqa: ANN401 - whatever TOML can hold
    """A threshold as it is written in a profile."""
    if criterion.operator is Operator.COVERS:
        return str(criterion.threshold[0]).split("; ")
    if criterion.operator in (Operator.BETWEEN, Operator.ONE_OF):
        return list(criterion.threshold)
    return criterion.threshold[0]
