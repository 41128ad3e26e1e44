"""Columns that lie ready: a condition finds the rows that it finds one by one."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from readiness.model.finding import Overall
from readiness.review import asked
from readiness.review.asked import Asked, both, marked
from readiness.review.rows import ReviewRow
from readiness.review.sorting import parse_where
from readiness.trust.answering import Answers

METRICS = ("line.upload", "headset.link")
BEGUN = datetime(2026, 11, 20, tzinfo=UTC)


def row(n: int) -> ReviewRow:
    """Each another name, day and figure; some know nothing of it."""
    known = n % 5 != 0
    return ReviewRow(
        file=f"Answer-{n}.json",
        code=f"{n:08}",
        made=BEGUN + timedelta(hours=7 * n) if known else None,
        system="windows" if n % 2 else "",
        overall=list(Overall)[n % 3] if known else None,
        missing=("upload", "webcam")[: n % 3],
        unchanged=known,
        answers=Answers.YES,
        odd=("clock",) * (n % 4),
        metrics=METRICS,
        values=(n / 2 if known else None, "usb-corded" if n % 3 else "bluetooth"),
    )


MANY = tuple(map(row, range(40)))
FEW = tuple(row(n % 4) for n in range(40))
CONDITIONS = [
    *(f"line.upload{how}7" for how in ("<", "<=", ">", ">=", "=", "!=", "~")),
    *(f"made{how}2026-11-25" for how in ("<", "<=", ">", ">=", "=", "!=", "~")),
    *(f"file{how}answer-3" for how in ("<", ">=", "=", "!=", "~")),
    *(f"missing{how}1" for how in ("<", ">=", "=")),
    "missing=upload",
    "missing!=upload",
    "headset.link=usb-corded",
    "system!=windows",
    "system<z",
    "verdict=ready",
    "verdict=none",
    "unchanged=yes",
    "odd>1",
    "line.upload=nan",
    "line.upload!=nan",
    "line.upload<nan",
    "line.upload>-inf",
    "line.upload=many",
]


@pytest.mark.parametrize("few", [0, asked.FEW])
@pytest.mark.parametrize("rows", [MANY, FEW], ids=["each another value", "few values"])
@pytest.mark.parametrize("text", CONDITIONS)
def test_a_condition_finds_the_rows_that_it_finds_one_by_one(
    rows: tuple[ReviewRow, ...], text: str, few: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asked, "FEW", few)
    condition = parse_where(text, METRICS.__contains__)

    found = Asked(rows, condition.key).meeting(condition)

    assert list(found) == [int(condition.test()(one)) for one in rows]


def test_true_is_not_the_number_one() -> None:
    rows = tuple(
        ReviewRow(file="", code="", unchanged=True, answers=Answers.NO, metrics=("m",), values=(v,))
        for v in (True, 1.0) * 20
    )
    condition = parse_where("m=1", {"m"}.__contains__)

    assert list(Asked(rows, "m").meeting(condition)) == [0, 1] * 20


def test_what_both_hold_is_what_is_in_each() -> None:
    assert both(marked([0, 2, 3], 5), marked([2, 3, 4], 5)) == marked([2, 3], 5)
