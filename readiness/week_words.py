"""Hours of a week in the reader's words: days in their order, times in their form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from readiness.model.week import DAY_MIN

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.week import Span, Week

WHOLE_DAY = ((0, DAY_MIN),)
"""Times that need not be said."""
MOST_LACKS = 3
"""So many missing times are named one by one; more would be read by nobody."""


def week_words(week: Week, reader: Reader) -> str:
    """The hours in a few words: "Mon-Fri, Sun 9:00-17:00; Sat 10:00-14:00"."""
    found: dict[tuple[Span, ...], list[str]] = {}
    for first, last, spans in _groups(week, reader.first_weekday()):
        found.setdefault(spans, []).append(_days(first, last, reader))
    return "; ".join(_said(", ".join(days), spans, reader) for spans, days in found.items())


def _said(days: str, spans: tuple[Span, ...], reader: Reader) -> str:
    if spans == WHOLE_DAY:
        return days
    # Translators: days of the week and times, as in "Mon-Fri 9:00-17:00"
    return reader.text(N_("{days} {times}"), days=days, times=_times(spans, reader))


def day_words(week: Week, day: int, reader: Reader) -> str:
    """One day at length, as it is read aloud: "Monday: 9:00 to 12:30, 14:00 to 18:00"."""
    spans = week.day(day)
    said = ", ".join(span_words(span, reader) for span in spans)
    return reader.text(
        N_("{title}: {value}"),
        title=reader.weekday(day),
        # Translators: no hours are marked on this day of the week
        value=said or reader.text(N_("no hours")),
    )


def span_words(span: Span, reader: Reader) -> str:
    """One time at length: "9:00 to 12:30"."""
    start, end = (reader.clock(minute) for minute in span)
    # Translators: two times of day
    return reader.text(N_("{start} to {end}"), start=start, end=end)


def hours_words(hours: float, reader: Reader) -> str:
    """So many hours: "1 hour", "37.5 hours"."""
    whole = hours == int(hours)
    shown = reader.number(hours, 1 if whole else 0.01 if (hours * 2) % 1 else 0.1)
    return reader.plural("{n} hour", "{n} hours", int(hours) if whole else 2, n=shown)


def a_week_words(hours: float, reader: Reader) -> str:
    """So many hours a week: "37.5 hours a week"."""
    return reader.text(N_("{hours} a week"), hours=hours_words(hours, reader))


def missing_words(missing: Week, reader: Reader) -> str:
    """What of a shift is missing: "Thursday 15:00 to 17:00 is missing"; much is only counted."""
    groups = _groups(missing, reader.first_weekday())
    if len(groups) > MOST_LACKS:
        return reader.text(N_("{amount} missing"), amount=hours_words(missing.hours, reader))
    first, last, spans = groups[0]
    if len(groups) == len(spans) == 1 and first == last:
        return reader.text(
            # Translators: a time on a day of the week at which somebody cannot work
            N_("{day} {time} is missing"),
            day=reader.weekday(first),
            time=span_words(spans[0], reader),
        )
    # Translators: times of the week at which somebody cannot work
    return reader.text(N_("{times} missing"), times=week_words(missing, reader))


def _groups(week: Week, first: int) -> list[tuple[int, int, tuple[Span, ...]]]:
    """Neighbouring days with the same times: from, to, times; days in the reader's order."""
    found: list[tuple[int, int, tuple[Span, ...]]] = []
    for place in range(7):
        day = (first + place) % 7
        spans = week.day(day)
        if found and found[-1][2] == spans:
            found[-1] = (found[-1][0], day, spans)
        else:
            found.append((day, day, spans))
    return [group for group in found if group[2]]


def _days(first: int, last: int, reader: Reader) -> str:
    if (last + 1 - first) % 7 == 0:
        # Translators: on all seven days of the week
        return reader.text(N_("daily"))
    start, end = (reader.weekday(day, short=True) for day in (first, last))
    if first == last:
        return start
    return _range(start, end, reader)


def _times(spans: tuple[Span, ...], reader: Reader) -> str:
    brief = ([reader.clock(minute, brief=True) for minute in span] for span in spans)
    return ", ".join(_range(start, end, reader) for start, end in brief)


def _range(start: str, end: str, reader: Reader) -> str:
    # Translators: from and to, of days of the week or times of day; an en dash.
    return reader.text(N_("{start}–{end}"), start=start, end=end)  # noqa: RUF001 - meant
