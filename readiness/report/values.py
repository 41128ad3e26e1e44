"""Values, thresholds and margins in words, one wording for window, terminal, HTML and PDF."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from readiness.explain import DECLARED
from readiness.foreign import clean
from readiness.model.finding import Verdict
from readiness.model.measurement import NO_UNIT, Metric, Shape
from readiness.model.requirement import OF_WEEKS, AnswerKind, Operator
from readiness.model.text import N_
from readiness.probes import all_metrics
from readiness.report.week_values import asked_hours, found_hours, hours_margin, shown_week

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.locale import Reader
    from readiness.model.finding import Finding
    from readiness.model.measurement import Measurement, Value
    from readiness.model.requirement import Criterion, Profile, Question

FINEST = 1e-4
YES = N_("yes")
NO = N_("no")

_SHORT: dict[tuple[Operator, str], str] = {
    (Operator.AT_LEAST, "Mbit/s"): N_("too slow"),
    (Operator.AT_LEAST, "GHz"): N_("too slow"),
    (Operator.AT_LEAST, "GiB"): N_("too little"),
    (Operator.AT_LEAST, "dB"): N_("too low"),
    (Operator.AT_LEAST, "dBov"): N_("too quiet"),
    # Translators: a Wi-Fi signal.
    (Operator.AT_LEAST, "dBm"): N_("too weak"),
    (Operator.AT_LEAST, "px"): N_("too small"),
    (Operator.AT_LEAST, "kHz"): N_("too narrow"),
    (Operator.AT_LEAST, "words/min"): N_("too slow"),
    (Operator.AT_LEAST, "%"): N_("too low"),
    (Operator.AT_MOST, "ms"): N_("too long"),
    (Operator.AT_MOST, "%"): N_("too much"),
    (Operator.AT_MOST, "packets"): N_("too many"),
    (Operator.AT_MOST, "dBov"): N_("too loud"),
    # Translators: somebody cannot work at all the hours that are asked.
    (Operator.COVERS, NO_UNIT): N_("hours missing"),
    (Operator.HOURS_AT_LEAST, NO_UNIT): N_("too few hours"),
}
BELOW_THE_VOICE = {"voice.hum", "voice.echo"}
"""Of what lies less far below the voice than is asked, "too low" would be misunderstood."""

_DIFFERENCES = {"dBov": "dB", "dBm": "dB"}


def difference_unit(unit: str) -> str:
    """The unit of a difference of two values, and so of an uncertainty."""
    return _DIFFERENCES.get(unit, unit)


class Vocabulary:
    """The metrics and questions that a profile may speak of.

    Args:
        profile: Whose questions and titles come first; none if it is not known here.
        reader: Who reads.
    """

    def __init__(self, profile: Profile | None, reader: Reader) -> None:
        self.reader = reader
        self._own = {} if profile is None else {q.metric: q for q in profile.questions}

    def metric(self, metric_id: str) -> Metric | None:
        """The metric's declaration; none if no probe here knows it."""
        return all_metrics().get(metric_id)

    def question(self, metric_id: str) -> Question | None:
        """The question whose answer the metric is, out of the profile or the shipped ones."""
        if not metric_id.startswith(DECLARED):
            return None
        if metric_id in self._own:
            return self._own[metric_id]
        return shipped_questions().get(metric_id)

    def title(self, metric_id: str) -> str:
        """What the metric is called; its id if nobody here knows it."""
        metric, question = self.metric(metric_id), self.question(metric_id)
        if metric is not None:
            return self.reader.text(metric.title)
        if question is not None:
            return clean(self.reader.local(question.title))
        return clean(metric_id.removeprefix(DECLARED))

    def word(self, metric_id: str, value: bool | str) -> str:  # noqa: FBT001 - it is the value
        """A value that is not a number: yes or no, a choice's label, or the text itself."""
        if isinstance(value, bool):
            return self.reader.text(YES if value else NO)
        metric, question = self.metric(metric_id), self.question(metric_id)
        if metric is not None and value in metric.labels:
            return self.reader.text(metric.labels[value])
        if question is not None and question.kind is AnswerKind.WEEK:
            return shown_week(value, self.reader)
        if question is not None and value in question.choices:
            return clean(self.reader.local(question.choices[value]))
        return clean(value)

    def resolution(self, metric_id: str, *numbers: float) -> float:
        """Smallest step worth showing: the metric's own, else three significant digits."""
        metric = self.metric(metric_id)
        if metric is not None and metric.shape is Shape.NUMBER and metric.resolution > 0:
            return metric.resolution
        return min((_three_digits(number) for number in numbers), default=1.0)

    def found(self, measurement: Measurement, criterion: Criterion | None) -> tuple[str, str]:
        """The value in words and its uncertainty, ``("2.1 Mbit/s", "± 0.1")``.

        A value that misses its threshold by less than the usual resolution is shown finer, so that
        "3.0, asked: at least 3" never stands beside "too slow".
        """
        value, unit = measurement.value, measurement.unit
        if criterion is not None and criterion.operator in OF_WEEKS and isinstance(value, str):
            return found_hours(value, criterion, self.reader), ""
        if isinstance(value, bool | str):
            return self.word(measurement.metric, value), ""
        step = self.resolution(measurement.metric, value)
        if unit == NO_UNIT:  # a version is 11 or 14.5, never 11.00
            step = max(step, _own_step(value))
        if criterion is not None and criterion.metric == measurement.metric:
            step = _telling_apart(value, criterion.threshold, step)
        shown = self.reader.quantity(value, unit, step)
        if not measurement.uncertainty:
            return shown, ""
        half_width = measurement.uncertainty
        return shown, f"± {self.reader.number(half_width, _finer(half_width, step))}"

    def step(self, measurement: Measurement) -> float:
        """The step at which both ends of a value's interval differ from each other."""
        value, half_width = measurement.value, measurement.uncertainty
        if isinstance(value, bool | str) or not half_width:
            return 1.0
        return _finer(half_width, self.resolution(measurement.metric, value))

    def asked(self, criterion: Criterion) -> str:
        """What a criterion asks, in words: "at least 3 Mbit/s"."""
        if criterion.operator in OF_WEEKS:
            return asked_hours(criterion, self.reader)
        shown = [self.threshold(criterion, value) for value in criterion.threshold]
        if criterion.operator is Operator.AT_LEAST:
            return self.reader.text(N_("at least {value}"), value=shown[0])
        if criterion.operator is Operator.AT_MOST:
            return self.reader.text(N_("at most {value}"), value=shown[0])
        if criterion.operator is Operator.BETWEEN and len(shown) > 1:
            return self.reader.text(
                N_("between {low} and {high}"), low=self._low(criterion), high=shown[-1]
            )
        return self.alternatives(shown)

    def alternatives(self, words: Iterable[str]) -> str:
        """Join with "or", each once, in the given order; long lists are cut after three."""
        single = list(dict.fromkeys(words))
        if len(single) > 4:  # noqa: PLR2004 - more would not fit into a column
            rest = self.reader.number(len(single) - 3)
            single = [*single[:3], self.reader.text(N_("{n} others"), n=rest)]
        if not single:
            return ""
        text = single[-1]
        for position, word in enumerate(reversed(single[:-1])):
            joint = N_("{first}, {second}") if position else N_("{first} or {second}")
            text = self.reader.text(joint, first=word, second=text)
        return text

    def margin(self, finding: Finding) -> str:
        """How much is missing, over or to spare; empty where that makes no sense."""
        margin, criterion = finding.margin, finding.criterion
        if margin is None or criterion is None or finding.measurement is None:
            return ""
        if criterion.operator in OF_WEEKS:
            return hours_margin(criterion, finding.measurement.value, margin, self.reader)
        near = _near_limit(finding.verdict, margin)
        if near:
            return self.reader.text(near)
        value = finding.measurement.value
        whole = value if isinstance(value, int | float) else margin
        step = _telling_apart(margin, (0.0,), self.resolution(criterion.metric, whole))
        unit = difference_unit(criterion.unit)
        shown = self.reader.quantity(abs(margin), unit, step)
        if margin > 0:
            return self.reader.text(N_("{amount} to spare"), amount=shown)
        if criterion.operator is Operator.AT_LEAST:
            return self.reader.text(N_("{amount} missing"), amount=shown)
        # Translators: the value is this much above what is allowed, or outside of it.
        return self.reader.text(N_("{amount} off the limit"), amount=shown)

    def _low(self, criterion: Criterion) -> str:
        """The lower end without its unit, which stands at the upper end."""
        low = criterion.threshold[0]
        if isinstance(low, bool | str):
            return self.word(criterion.metric, low)
        return self.reader.number(low, _own_step(low))

    def threshold(self, criterion: Criterion, value: Value) -> str:
        """One threshold in words, with its unit."""
        if criterion.operator is Operator.COVERS and isinstance(value, str):
            return shown_week(value, self.reader)
        if isinstance(value, bool | str):
            return self.word(criterion.metric, value)
        return self.reader.quantity(value, criterion.unit, _own_step(value))


def _near_limit(verdict: Verdict, margin: float) -> str:
    if verdict is Verdict.BORDERLINE:
        return N_("within the uncertainty")
    if margin == 0:
        return N_("exactly at the limit")
    return N_("within the tolerance") if verdict is Verdict.PASS and margin < 0 else ""


def short_verdict(verdict: Verdict, criterion: Criterion | None) -> str:
    """Source text of a word that says more than "not met" where one exists; else empty."""
    if verdict is not Verdict.FAIL or criterion is None:
        return ""
    if (criterion.metric, criterion.threshold) == ("link.kind", ("ethernet",)):
        return N_("not wired")
    if criterion.metric in BELOW_THE_VOICE:
        return N_("too loud")
    if (criterion.operator, criterion.unit) == (Operator.AT_LEAST, NO_UNIT):
        return N_("too few")
    if (criterion.operator, criterion.unit) == (Operator.AT_MOST, NO_UNIT):
        return N_("too many")
    return _SHORT.get((criterion.operator, criterion.unit), "")


def shipped_questions() -> Mapping[str, Question]:
    """The questions that the product and its profiles ask, by metric."""
    from readiness.profiles import all_questions

    return {question.metric: question for question in all_questions().values()}


def _three_digits(number: float) -> float:
    if isinstance(number, int) or number == 0:
        return 1.0
    return float(min(1.0, max(FINEST, 10.0 ** (math.floor(math.log10(abs(number))) - 2))))


def _own_step(value: float) -> float:
    """The step that shows a threshold as it was written: 3, 2.5, 0.25."""
    for decimals in range(4):
        if math.isclose(value, round(value, decimals), abs_tol=1e-12):
            return float(10.0**-decimals)
    return FINEST


def _telling_apart(value: float, thresholds: tuple[Value, ...], step: float) -> float:
    """A step at which ``value`` does not look like a threshold that it differs from."""
    for threshold in thresholds:
        if isinstance(threshold, bool | str) or threshold == value:
            continue
        while step > FINEST and _decimal(value, step) == _decimal(threshold, step):
            step /= 10
    return step


def _finer(half_width: float, step: float) -> float:
    """A step at which a half width does not look like zero."""
    while step > FINEST and not round(half_width / min(step, 1.0)):
        step /= 10
    return step


def _decimal(value: float, step: float) -> float:
    return round(value, max(0, round(-math.log10(min(step, 1.0)))))
