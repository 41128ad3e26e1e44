"""A course with holes: nothing is drawn where nothing is known."""

from __future__ import annotations

import re

import msgspec
import pytest

from readiness.model.measurement import Trace
from readiness.report.sparkline import sparkline

HOLED = Trace(step_s=1, unit="ms", values=(5, 6, 0, 0, 7, 8), gaps=(2, 3))


def _lines(trace: Trace) -> list[str]:
    (path,) = re.findall(r'class="spark-line" d="([^"]*)"', sparkline(trace, None, label=""))
    return [part for part in path.split("M") if part]


def test_the_line_is_broken_at_a_gap() -> None:
    assert [len(re.findall(r"\d+\.\d \d+\.\d", line)) for line in _lines(HOLED)] == [2, 2]


def test_the_parts_stand_at_their_places() -> None:
    """Six points over 480 units: the fifth lies at 384."""
    assert _lines(HOLED)[1].startswith("384.0 ")


def test_what_stands_at_a_gap_is_no_value() -> None:
    assert list(HOLED.known) == [5, 6, 7, 8]
    assert list(HOLED.runs()) == [(0, (5, 6)), (4, (7, 8))]


def test_a_single_value_between_gaps_is_a_dot() -> None:
    trace = Trace(step_s=1, unit="ms", values=(5, 0, 6, 0, 7), gaps=(1, 3))

    assert len(_lines(trace)) == 3


@pytest.mark.parametrize("gaps", [(6,), (-1,), (3, 2), (2, 2)])
def test_a_gap_is_the_place_of_a_point(gaps: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="gap"):
        Trace(step_s=1, unit="ms", values=HOLED.values, gaps=gaps)


def test_a_trace_without_gaps_reads_as_before() -> None:
    """Readers that know of no gaps still take such a report."""
    plain = Trace(step_s=1, unit="ms", values=(1, 2))

    assert msgspec.to_builtins(plain) == {"step_s": 1, "unit": "ms", "values": (1, 2)}
