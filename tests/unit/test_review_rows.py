"""A row for each report, sorting and filtering them, and the picture of all of them."""

from __future__ import annotations

import csv
import math
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.model.finding import Overall, Verdict
from readiness.model.requirement import Operator
from readiness.report.codec import encode_report
from readiness.review.once import once
from readiness.review.picture import picture
from readiness.review.received import Received, Refused, refused
from readiness.review.rows import ReviewRow, row_of
from readiness.review.sorting import filtered, known_key, ordered, parse_where
from readiness.review.spread import criterion_of, spread
from readiness.review.table import csv_of
from readiness.trust.answering import Answers, Known
from readiness.trust.arrived import arrive
from readiness.trust.keys import new_keys
from readiness.trust.ledger import Book, Issued
from tests.fakes.reports import criterion
from tests.fakes.trust import BEGUN, answer, invitation, profile, rate, report, session
from tests.hostile.attacks import set_in

if TYPE_CHECKING:
    from collections.abc import Sequence

ONE = invitation()
ASKED = profile()
METRICS = ("line.upload", "declared.door")
NOW = BEGUN + timedelta(hours=2)
EN, DE = Reader("en"), Reader("de")


def received(data: bytes, file: str = "ada.json") -> Received:
    return Received(file=file, arrived=arrive(data))


def row(data: bytes, file: str = "ada.json", **known: object) -> ReviewRow:
    """The row of a report for somebody who has the invitation."""
    usual: dict[str, object] = {"now": NOW, "invitation": ONE, "profile": ASKED}
    has = Known(**usual | known)  # type: ignore[arg-type]  # as they came
    return row_of(received(data, file), has, metrics=METRICS)


def slow(upload: float, file: str = "ben.json") -> ReviewRow:
    """The row of a report with another upload; 5 Mbit/s are asked."""
    measured = session(ONE)
    line = measured.runs[0]
    figures = (line.measurements[0], rate("line.upload", upload))
    from msgspec.structs import replace

    runs = (replace(line, measurements=figures), *measured.runs[1:])
    return row(answer(ONE, runs=runs), file)


GOOD = row(answer(ONE))
CHANGED = row(answer(ONE).replace(b'"sig": "', b'"sig": "AAAA', 1), "changed.json")


def files(rows: Sequence[ReviewRow]) -> list[str]:
    return [one.file for one in rows]


# --- rows ----------------------------------------------------------------------------------------


def test_an_honest_answer_is_ready_unchanged_and_answers() -> None:
    assert (GOOD.overall, GOOD.unchanged, GOOD.answers) == (Overall.READY, True, Answers.YES)
    assert (GOOD.made, GOOD.system, GOOD.profile) == (BEGUN, "windows", "acme")
    assert GOOD.worst == ()
    assert GOOD.values == (6.5, "closes")


def test_the_verdict_is_worked_out_again_and_not_believed() -> None:
    """A file that says it is ready and whose upload is too slow."""
    lie = answer(ONE, change=set_in("session.runs.0.measurements.1.value", 2.0))

    found = row(lie)

    assert found.overall is None
    assert "report-finding-unfounded" in found.odd


def test_what_is_not_met_stands_before_what_is_open() -> None:
    found = row(answer(ONE, runs=session(ONE).runs[:1]))

    assert found.overall is Overall.OPEN
    assert found.worst == ("memory", "door")
    assert slow(2.0).worst == ("upload",)


def test_a_changed_report_is_a_row_without_a_verdict() -> None:
    assert (CHANGED.overall, CHANGED.unchanged, CHANGED.made) == (None, False, None)
    assert CHANGED.why


def test_a_report_without_a_signature_is_a_row_without_a_verdict() -> None:
    found = row(encode_report(report(session(ONE))))

    assert (found.overall, found.unchanged) == (None, False)


def test_what_the_server_saw_is_named() -> None:
    found = row(answer(ONE, nonce=ONE.terms.nonce))

    assert found.seen == ("line.download", "line.upload")


def test_by_default_a_report_is_judged_by_the_list_that_it_names_if_that_is_known() -> None:
    has = Known(now=NOW)

    known = row_of(received(answer(ONE)), has, profile_of=lambda _report: ASKED)
    unknown = row_of(received(answer(ONE)), has, profile_of=lambda _report: None)

    assert (known.overall, unknown.overall) == (Overall.READY, None)


def test_the_reader_s_own_list_goes_before_the_one_that_the_report_names() -> None:
    has = Known(now=NOW, profile=ASKED)

    assert row_of(received(answer(ONE)), has, profile_of=lambda _report: None).asked == ASKED


def test_a_number_that_is_not_in_the_ledger_answers_nothing() -> None:
    book = Book(issued={one.terms.nonce: Issued.of(one) for one in (invitation(),)})

    assert row(answer(ONE), invitation=None, book=book).answers is Answers.NO


# --- each once -----------------------------------------------------------------------------------


def test_the_same_report_again_is_set_aside_with_the_name_of_the_first() -> None:
    same = answer(ONE)

    _, second = once([received(same, "a.json"), received(same, "a.pdf")])

    assert isinstance(second, Refused)
    assert (second.reference, second.aside, second.values) == (
        "report-twice",
        True,
        {"file": "a.json"},
    )


def test_the_same_data_under_another_key_do_not_push_the_real_report_aside() -> None:
    copied = answer(ONE, key=new_keys().signing)

    found = list(once([received(copied, "a.json"), received(answer(ONE), "b.json")]))

    assert all(isinstance(one, Received) for one in found)


# --- sorting and filtering -----------------------------------------------------------------------


def test_rows_are_sorted_by_any_cell() -> None:
    rows = [slow(9.0, "c"), slow(10.0, "a"), slow(7.5, "B")]

    assert files(ordered(rows, "line.upload")) == ["B", "c", "a"]
    assert files(ordered(rows, "line.upload", falling=True)) == ["a", "c", "B"]
    assert files(ordered(rows, "file")) == ["a", "B", "c"]


def test_rows_without_a_value_come_last_whichever_way() -> None:
    rows = [CHANGED, slow(9.0), slow(7.0, "z.json")]

    for falling in (False, True):
        assert ordered(rows, "line.upload", falling=falling)[-1] is CHANGED


def test_verdicts_are_sorted_by_what_they_mean() -> None:
    undecided = row(answer(ONE, runs=session(ONE).runs[:1]), "open.json")
    rows = [CHANGED, slow(2.0), undecided, GOOD]

    assert ordered(rows, "verdict") == [GOOD, undecided, rows[1], CHANGED]


def test_equal_rows_keep_their_order() -> None:
    rows = [slow(9.0, name) for name in "cab"]

    assert files(ordered(rows, "line.upload", falling=True)) == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("verdict=ready", ["ada.json"]),
        ("verdict!=ready", ["ben.json", "changed.json"]),
        ("verdict = NOT-READY", ["ben.json"]),
        ("verdict=none", ["changed.json"]),
        ("unchanged=no", ["changed.json"]),
        ("answers=yes", ["ada.json", "ben.json"]),
        ("missing=upload", ["ben.json"]),
        ("missing>0", ["ben.json"]),
        ("missing<1", ["ada.json"]),
        ("line.upload<5", ["ben.json"]),
        ("line.upload>=6.5", ["ada.json"]),
        ("line.upload=6.5", ["ada.json"]),
        ("line.upload!=6.5", ["ben.json", "changed.json"]),
        ("declared.door=closes", ["ada.json", "ben.json"]),
        ("file~HANG", ["changed.json"]),
        ("system=windows", ["ada.json", "ben.json"]),
        ("made>=2026-03-01", ["ada.json", "ben.json"]),
        ("made<2026-03-01", []),
    ],
)
def test_a_condition_leaves_the_rows_that_meet_it(condition: str, expected: list[str]) -> None:
    where = parse_where(condition, METRICS.__contains__)

    assert files(filtered([GOOD, slow(2.0), CHANGED], [where])) == expected


@pytest.mark.parametrize(
    ("condition", "reference"),
    [
        ("", "where-invalid"),
        ("verdict", "where-invalid"),
        ("=ready", "where-invalid"),
        ("verdict<ready", "where-invalid"),
        ("line.upload<fast", "where-invalid"),
        ("__class__=x", "where-invalid"),
        ("colour=red", "no-such-column"),
    ],
)
def test_what_is_no_condition_is_named(condition: str, reference: str) -> None:
    with pytest.raises(InputError, match=reference) as caught:
        parse_where(condition, METRICS.__contains__)

    assert caught.value.where == "--where"


def test_there_is_no_sorting_by_what_does_not_exist() -> None:
    with pytest.raises(InputError, match="no-such-column"):
        known_key("colour", METRICS.__contains__, "--sort")


# --- the picture ---------------------------------------------------------------------------------


def test_what_fails_most_stands_first() -> None:
    rows = [GOOD, slow(2.0, "b"), slow(3.0, "c"), CHANGED]

    whole = picture(rows)

    (by_list,) = whole.lists
    assert (whole.reports, whole.changed, by_list.reports) == (4, 1, 3)
    assert whole.overall == {Overall.READY: 1, Overall.NOT_READY: 2, None: 1}
    worst = by_list.tallies[0]
    assert (worst.requirement, worst.judged, worst.failed) == ("upload", 3, 2)


def test_nothing_at_all_has_an_empty_picture() -> None:
    assert picture([]).lists == ()


def test_values_are_counted_on_either_side_of_what_is_asked() -> None:
    """5 itself is enough; 4.9 is not."""
    rows = [slow(value, str(value)) for value in (2.0, 4.9, 5.0, 5.1, 9.0, 12.0)]

    found = spread(rows, "line.upload", criterion_of(ASKED, "line.upload"))

    assert found is not None
    assert sum(bar.count for bar in found.bars if bar.high <= 5) == 2
    assert sum(bar.count for bar in found.bars if bar.low >= 5) == 4
    assert (found.known, found.missing) == (6, 0)
    assert found.median == 5.05


def test_where_at_most_so_much_is_asked_the_limit_itself_is_met() -> None:
    rows = [slow(value, str(value)) for value in (10.0, 20.0, 20.1)]
    asked = criterion("line.upload", Operator.AT_MOST, 20, unit="Mbit/s")

    found = spread(rows, "line.upload", asked)

    assert found is not None
    assert sum(bar.count for bar in found.bars if bar.high <= 20) == 2
    assert sum(bar.count for bar in found.bars if bar.low >= 20) == 1


def test_one_value_far_away_does_not_squeeze_the_others_into_one_bar() -> None:
    rows = [slow(float(n % 20 + 1), str(n)) for n in range(60)] + [slow(10_000.0)]

    found = spread(rows, "line.upload", criterion_of(ASKED, "line.upload"))

    assert found is not None
    assert found.bars[-1].high == math.inf
    assert sum(bar.count > 0 for bar in found.bars) > 5
    assert sum(bar.count for bar in found.bars) == 61
    assert len(found.bars) <= 16


def test_bars_have_no_gap() -> None:
    rows = [slow(value, str(value)) for value in (0.1, 0.3, 0.7)]

    found = spread(rows, "line.upload", criterion_of(ASKED, "line.upload"))

    assert found is not None
    ends = [bar.high for bar in found.bars[:-1]]
    assert ends == [bar.low for bar in found.bars[1:]]


def test_what_is_no_number_has_no_spread() -> None:
    assert spread([GOOD, CHANGED], "declared.door") is None


# --- the table for spreadsheets ------------------------------------------------------------------


def cells(data: bytes, delimiter: str = ",") -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(data.decode("utf-8-sig").splitlines(), delimiter=delimiter))


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t=", "\r=", "\uff1d"])
def test_no_text_in_the_table_is_a_formula(sign: str) -> None:
    bad = refused(f"{sign}cmd|' /c calc'!A1", InputError("x", "-2+3"))

    head, first, last = cells(csv_of([slow(9.0, f"{sign}1+1")], [bad], EN, metrics=METRICS))

    for text in (*head, *first, *last):
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))
    assert len(head) == len(first) == len(last)


def test_numbers_stay_numbers_in_the_table() -> None:
    head, first = cells(csv_of([GOOD], [], EN, metrics=("line.upload",)))

    assert first[head.index("Upload (Mbit/s)")] == "6.5"


def test_the_table_speaks_the_reader_s_language_and_parts_columns_as_it_does() -> None:
    head, first = cells(csv_of([GOOD], [], DE, metrics=("line.upload",)), ";")

    assert first[len(head) - 2] == "6,5"


def test_a_row_says_the_same_as_the_verdicts() -> None:
    found = slow(2.0)

    assert dict(zip((r.id for r in ASKED.requirements), found.verdicts, strict=True))["upload"] is (
        Verdict.FAIL
    )
