"""What a requirement asks, in words: all its alternatives that can matter, in one phrase."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.measurement import Measurement
from readiness.model.requirement import Operator
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from readiness.model.measurement import Failure
    from readiness.model.requirement import Condition, Criterion
    from readiness.report.values import Vocabulary

_CHOICES = (Operator.EQUALS, Operator.ONE_OF)


def demand(
    words: Vocabulary, accepted: Sequence[Criterion], found: Mapping[str, Measurement | Failure]
) -> str:
    """Put alternatives into words: "Intel Core i9; or Intel Core i5: at least 7,000".

    Args:
        words: Titles, labels and numbers for the reader.
        accepted: Criteria of one requirement; any one would do.
        found: What was measured; alternatives whose condition does not hold are left out.
    """
    relevant = [c for c in accepted if _may_apply(c.when, found)] or list(accepted)
    plain = [c for c in relevant if c.when is None]
    said = _plain(words, plain)
    said.extend(_conditional(words, c, c.when) for c in relevant if c.when is not None)
    single = list(dict.fromkeys(said))
    if not single:
        return ""
    text = single[-1]
    for part in reversed(single[:-1]):
        # Translators: joins alternatives that are phrases, where a bare "or" would be unclear.
        text = words.reader.text(N_("{first}; or {second}"), first=part, second=text)
    return text


def _may_apply(when: Condition | None, found: Mapping[str, Measurement | Failure]) -> bool:
    fact = found.get(when.metric) if when is not None else None
    return when is None or not isinstance(fact, Measurement) or fact.value in when.one_of


def _plain(words: Vocabulary, plain: Sequence[Criterion]) -> list[str]:
    """One phrase per metric for lists of choices, one per criterion otherwise."""
    phrases: list[tuple[str, str]] = []
    done: set[str] = set()
    for criterion in plain:
        if criterion.operator not in _CHOICES:
            phrases.append((criterion.metric, words.asked(criterion)))
        elif criterion.metric not in done:
            done.add(criterion.metric)
            listed = [
                words.threshold(other, value)
                for other in plain
                if other.metric == criterion.metric and other.operator in _CHOICES
                for value in other.threshold
            ]
            phrases.append((criterion.metric, words.alternatives(listed)))
    if len({said for _, said in phrases}) < 2 or len({metric for metric, _ in phrases}) < 2:  # noqa: PLR2004 - only several need telling apart
        return [said for _, said in phrases]
    return [_titled(words, metric, said) for metric, said in phrases]


def _conditional(words: Vocabulary, criterion: Criterion, when: Condition) -> str:
    """The condition before the demand: "Intel Core i5: at least 7,000"."""
    said = words.asked(criterion)
    if criterion.operator in _CHOICES:
        said = _titled(words, criterion.metric, said)
    labels = [
        words.word(when.metric, value)
        if isinstance(value, bool | str)
        else words.reader.number(value)
        for value in when.one_of
    ]
    condition = words.alternatives(labels)
    return words.reader.text(N_("{title}: {value}"), title=condition, value=said)


def _titled(words: Vocabulary, metric: str, said: str) -> str:
    return words.reader.text(N_("{title}: {value}"), title=words.title(metric), value=said)
