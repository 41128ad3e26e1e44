"""What a criterion may speak of: the metrics of the probes and the answers to questions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.measurement import Metric, Shape
from readiness.model.requirement import AnswerKind
from readiness.model.text import N_
from readiness.profiles.advice import signs_of
from readiness.profiles.faults import nearest, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from readiness.model.requirement import Question
    from readiness.profiles.advice import Sign
    from readiness.profiles.table import Table

DECLARED = "declared."
_SHAPES = {
    AnswerKind.YES_NO: Shape.YES_NO,
    AnswerKind.CHOICE: Shape.CHOICE,
    AnswerKind.WEEK: Shape.WEEK,
}


class Known:
    """The metrics that one profile may mention, and the questions that it turned out to ask.

    Args:
        metrics: What the probes measure, by id.
        questions: What can be asked, by id: shipped ones and the profile's own.
    """

    def __init__(self, metrics: Mapping[str, Metric], questions: Mapping[str, Question]) -> None:
        self._metrics = metrics
        self.questions = questions
        self._asked: dict[str, Question] = {}

    @property
    def asked(self) -> tuple[Question, ...]:
        """The questions that were mentioned so far, each once, in that order."""
        return tuple(self._asked.values())

    def metric(self, table: Table) -> Metric | None:
        """The metric that ``table`` names; none, with the fault noted, if there is no such one."""
        name = table.string("metric", "line.download")
        if not name:
            return None
        if name.startswith(DECLARED):
            return self.answer(table, "metric", name.removeprefix(DECLARED))
        metric = self._metrics.get(name)
        if metric is None:
            near = nearest(name, [*self._metrics, *(f"{DECLARED}{id_}" for id_ in self.questions)])
            table.fault(
                "profile-unknown-metric",
                N_("{metric} is not measured."),
                "metric",
                N_("Did you mean {near}?")
                if near
                else N_("The command readiness probes lists what is measured."),
                metric=shown(name),
                near=near,
            )
        return metric

    def answer(self, table: Table, key: str, question_id: str) -> Metric | None:
        """The metric that the answer becomes; notes that it is asked, or that nobody knows it."""
        question = self.questions.get(question_id)
        if question is None:
            near = nearest(question_id, self.questions)
            table.fault(
                "profile-unknown-question",
                N_("There is no question {question}."),
                key,
                N_("Did you mean {near}?")
                if near
                else N_('Add it: [[question]] with id = "{question}".'),
                question=shown(question_id),
                near=near,
            )
            return None
        self._asked[question.id] = question
        return answered(question)

    def signs(self, metric_ids: Collection[str]) -> tuple[Sign, ...]:
        """What advice on these metrics may be for; nothing if any of them is free text."""
        asked = {name: self.questions.get(name.removeprefix(DECLARED)) for name in metric_ids}
        found: list[Sign] = []
        for name, question in asked.items():
            metric = self._metrics.get(name) or (answered(question) if question else None)
            signs = signs_of(metric) if metric is not None else ()
            if not signs:
                return ()
            found.extend(signs)
        return tuple(dict.fromkeys(found))


def answered(question: Question) -> Metric:
    """The metric that the answer to a question becomes; its title is the question's own."""
    shape = _SHAPES[question.kind]
    labels = dict.fromkeys(question.choices, "")
    return Metric(id=question.metric, title="", shape=shape, labels=labels)
