"""Hours of a week in a report: what was marked, what is asked, what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.foreign import clean
from readiness.model.requirement import Operator
from readiness.model.text import N_
from readiness.model.week import counting_hours, read_canonical
from readiness.week_words import a_week_words, hours_words, missing_words, week_words

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.measurement import Value
    from readiness.model.requirement import Criterion


def shown_week(value: Value, reader: Reader) -> str:
    """Hours of a week in words; the value itself if it is none."""
    week = read_canonical(value)
    return clean(str(value)) if week is None else week_words(week, reader)


def found_hours(value: str, criterion: Criterion, reader: Reader) -> str:
    """The hours that were marked; where they are counted, those that count and how many."""
    week = read_canonical(value)
    counting = None if week is None else counting_hours(week, criterion.within)
    if counting is None or criterion.operator is not Operator.HOURS_AT_LEAST:
        return shown_week(value, reader)
    hours = a_week_words(counting.hours, reader)
    if not counting:
        return hours
    return reader.text(N_("{hours}: {times}"), hours=hours, times=week_words(counting, reader))


def asked_hours(criterion: Criterion, reader: Reader) -> str:
    """What is asked: "at least 20 hours a week", or the hours of the shifts."""
    asked = criterion.threshold[0]
    if criterion.operator is Operator.COVERS or isinstance(asked, bool | str):
        return shown_week(asked, reader)
    said = reader.text(N_("at least {value}"), value=a_week_words(asked, reader))
    if not criterion.within:
        return said
    # Translators: so many hours a week, of those within these times of the week
    window = N_("{hours} ({times})")
    return reader.text(window, hours=said, times=shown_week(criterion.within, reader))


def hours_margin(criterion: Criterion, found: Value, margin: float, reader: Reader) -> str:
    """What is missing of a shift, or how many hours are missing or to spare."""
    shifts, week = read_canonical(criterion.threshold[0]), read_canonical(found)
    if criterion.operator is Operator.COVERS and shifts is not None and week is not None:
        return missing_words(shifts - week, reader)
    if margin == 0:
        return reader.text(N_("exactly at the limit"))
    said = N_("{amount} to spare") if margin > 0 else N_("{amount} missing")
    return reader.text(said, amount=hours_words(abs(margin), reader))
