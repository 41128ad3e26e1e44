"""What a value rests on, in words: how sure it is, what to know before believing it, the facts."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

from readiness import explain
from readiness.evidence_words import (
    ALONE_SAID,
    CAUTIONS,
    ENDED_SAID,
    FELL_BACK,
    FELL_BACK_SAID,
    GOES_WITHOUT_SAYING,
    HIGH,
    HOST_OUTCOMES,
    LOW,
    REPEATED,
    REPEATED_SAID,
    SILENT,
    WORDS,
)
from readiness.foreign import clean
from readiness.model.line_method import line_method
from readiness.model.measurement import NO_UNIT, Measurement
from readiness.model.text import N_
from readiness.ports import Prompt
from readiness.report.values import NO, YES
from readiness.step_words import HEADLINES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.evidence_words import Word
    from readiness.locale import Reader
    from readiness.model.measurement import Scalar

Fact = tuple[str, str]
"""A noun and its value, both in words."""

LEAST: Mapping[str, float] = {"%": 0.0, "ms": 0.0, "Mbit/s": 0.0, "packets": 0.0}
MOST: Mapping[str, float] = {"%": 100.0}
"""What no value in this unit can fall below or exceed, and so no end of an interval."""

_HOST = re.compile(r"(?:tcp|tls|udp) \S+:[0-9]{1,5}", re.ASCII)
_OUTCOME = re.compile(r"(?P<word>[a-z-]{1,40})(?P<time> [0-9]{1,6}\.[0-9] ms)?", re.ASCII)
_TRIED = re.compile(r"(?P<method>[a-z0-9-]{1,40}): (?P<detail>[a-z0-9-]{1,60})", re.ASCII)


def interval(measurement: Measurement, step: float, reader: Reader) -> str:
    """The 95 % interval in words; empty for what is exact or no number.

    Args:
        measurement: The value; a share that tells both ends itself is not symmetrical.
        step: Smallest step worth showing, in the value's unit.
        reader: Who reads.
    """
    value, width, unit = measurement.value, measurement.uncertainty, measurement.unit
    if not width or isinstance(value, bool | str):
        return ""
    low, high = value - width, value + width
    told = measurement.evidence.summary
    ends = told.get(LOW), told.get(HIGH)
    if unit == "%" and all(isinstance(end, int | float) for end in ends):
        low, high = (float(end) for end in ends if end is not None)
    low = max(low, LEAST.get(unit, low))
    high = min(high, MOST.get(unit, high))
    return reader.text(
        # Translators: the value lies between these two with 95 % confidence.
        N_("95 % interval: {low} to {high}."),
        low=reader.number(low, step),
        high=reader.quantity(high, unit, step),
    )


def cautions(summary: Mapping[str, Scalar], reader: Reader) -> tuple[str, ...]:
    """What a reader must know before believing the figure."""
    said = [
        reader.text(source)
        for (key, value), source in CAUTIONS.items()
        if key in summary and summary[key] == value
    ]
    ended, alone = str(summary.get("ended_by", "")), str(summary.get("call_beside", ""))
    if ended and ended not in GOES_WITHOUT_SAYING and ("ended_by", ended) not in CAUTIONS:
        said.append(reader.text(ENDED_SAID, why=_reason(ended, reader)))
    if alone:
        said.append(reader.text(ALONE_SAID, why=_reason(alone, reader)))
    if FELL_BACK in summary:
        said.append(reader.text(FELL_BACK_SAID, tried=_tried(str(summary[FELL_BACK]), reader)))
    if REPEATED in summary:
        said.append(reader.text(REPEATED_SAID, steps=_steps(str(summary[REPEATED]), reader)))
    return tuple(said)


def facts(summary: Mapping[str, Scalar], reader: Reader) -> tuple[Fact, ...]:
    """The rest of the evidence, in the table's order; unknown keys last, as they stand."""
    told = [
        (reader.text(word.title), _value(word, summary[key], reader))
        for key, word in WORDS.items()
        if key in summary and (word.dull is None or summary[key] != word.dull)
    ]
    rest = sorted(key for key in summary if key not in WORDS and key not in SILENT)
    told += [(clean(key), _foreign(key, summary[key], reader)) for key in rest]
    return tuple(told)


def _value(word: Word, value: Scalar, reader: Reader) -> str:
    if isinstance(value, bool):
        return reader.text(YES if value else NO)
    if isinstance(value, int | float) and math.isfinite(value):
        scaled = value * word.scale
        return reader.quantity(scaled, word.unit, 1 if scaled == int(scaled) else word.step)
    code = str(value)
    if code in word.codes:
        return reader.text(word.codes[code])
    shown = clean(code)
    return shown.replace("-", " ") if word.codes else shown


def _foreign(key: str, value: Scalar, reader: Reader) -> str:
    """The value of a host that was tried, or of a key that nobody here knows."""
    said = _OUTCOME.fullmatch(str(value)) if _HOST.fullmatch(key) else None
    if said is not None:
        outcome = HOST_OUTCOMES.get(said["word"])
        word = said["word"].replace("-", " ") if outcome is None else reader.text(outcome)
        return f"{word}{said['time'] or ''}"
    if isinstance(value, bool):
        return reader.text(YES if value else NO)
    if isinstance(value, int | float) and math.isfinite(value):
        return reader.quantity(value, NO_UNIT, 1 if value == int(value) else 0.001)
    return clean(str(value))


def _tried(text: str, reader: Reader) -> str:
    """``cloudflare: server-busy; ndt7: stalled`` with the methods' names and the reasons."""
    parts = []
    for part in text.split("; "):
        said = _TRIED.fullmatch(part)
        if said is None:
            parts.append(clean(part))
            continue
        method = line_method(said["method"])
        name = method.title if method is not None else said["method"].upper()
        parts.append(f"{clean(name)}: {_reason(said['detail'], reader)}")
    return "; ".join(parts)


def _steps(text: str, reader: Reader) -> str:
    """``stay-silent: not-silent; read-aloud: no-speech`` with what is asked, and the reasons."""
    parts = []
    for part in text.split("; "):
        said = _TRIED.fullmatch(part)
        known = {prompt.value for prompt in Prompt}
        if said is None or said["method"] not in known:
            parts.append(clean(part))
            continue
        step = reader.text(HEADLINES[Prompt(said["method"])], code="")
        parts.append(f"{step}: {_reason(said['detail'], reader)}")
    return "; ".join(parts)


def _reason(detail: str, reader: Reader) -> str:
    known = explain.detail_reason(detail)
    return clean(detail) if known is None else explain.fill(known.what, {}, reader).rstrip(".")
