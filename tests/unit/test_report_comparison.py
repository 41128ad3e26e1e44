"""Two checks side by side, all attempts, and what a report tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness.judge import judge
from readiness.locale import Reader
from readiness.model.errors import FailureCode
from readiness.model.requirement import Area, Operator, Profile
from readiness.report.attempts import attempts_line
from readiness.report.comparison import SYMBOLS, WORDS, Turn, compare
from readiness.report.contents import contents, frame
from readiness.report.html import render_html
from readiness.report.pdf import render_pdf
from readiness.report.words import rows
from tests.fakes import reports as made

if TYPE_CHECKING:
    from readiness.model.measurement import Measurement, ProbeRun, Session
    from readiness.model.report import Report

ENGLISH = Reader("en")
UP = "line.upload"


def _asked() -> Profile:
    return msgspec.structs.replace(
        made.profile(),
        requirements=(
            made.requirement(
                "up",
                Area.LINE,
                {"en": "Upload"},
                made.criterion(UP, Operator.AT_LEAST, 3, unit="Mbit/s"),
            ),
        ),
    )


def _upload(value: float, half: float | None = 0.1) -> Measurement:
    return made.measurement(UP, value, "Mbit/s", uncertainty=half)


def _session(*runs: ProbeRun) -> Session:
    return msgspec.structs.replace(made.session(), runs=runs)


def _report(session: Session) -> Report:
    overall, findings = judge(session, _asked())
    return msgspec.structs.replace(
        made.report(), session=session, overall=overall, findings=findings
    )


def _of(value: float | None, half: float | None = 0.1) -> Report:
    fact = made.failure(UP, FailureCode.UNREACHABLE) if value is None else _upload(value, half)
    return _report(_session(made.run("line_speed", fact)))


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (_of(2.1), _of(24.6), Turn.BETTER),
        (_of(24.6), _of(2.1), Turn.WORSE),
        (_of(2.1), _of(3.0), Turn.BETTER),
        (_of(24.6), _of(30.0), Turn.OTHER),
        (_of(24.6, 0.5), _of(24.9, 0.5), Turn.SAME),
        (_of(24.6, 0.1), _of(24.9, 0.1), Turn.OTHER),
        (_of(None), _of(24.6), Turn.OTHER),
        (_of(24.6), _of(None), Turn.OTHER),
        (_of(None), _of(None), Turn.SAME),
        (_of(8, None), _of(8, None), Turn.SAME),
    ],
)
def test_what_became_of_a_requirement(before: Report, after: Report, turn: Turn) -> None:
    """Half widths of 0.5 and 0.5 are 0.71 together: 0.3 apart is no difference."""
    changed, same = compare(before, after, _asked(), ENGLISH)
    assert [pair.turn for pair in (*changed, *same)] == [turn]
    assert bool(same) is (turn is Turn.SAME)


def test_every_turn_has_a_word_and_a_sign() -> None:
    assert WORDS.keys() == SYMBOLS.keys() == set(Turn)


def test_what_became_worse_stands_first() -> None:
    profile, old = made.profile(), made.report()
    runs = tuple(
        msgspec.structs.replace(
            run,
            measurements=tuple(
                msgspec.structs.replace(m, value=99.0 if m.metric == UP else m.value)
                if m.metric != "machine.memory_installed"
                else msgspec.structs.replace(m, value=1.0)
                for m in run.measurements
            ),
        )
        for run in old.session.runs
    )
    session = msgspec.structs.replace(old.session, runs=runs)
    overall, findings = judge(session, profile)
    new = msgspec.structs.replace(old, session=session, overall=overall, findings=findings)
    changed, same = compare(old, new, profile, ENGLISH)
    assert [pair.turn for pair in changed] == [Turn.WORSE, Turn.BETTER]
    assert len(changed) + len(same) == len(profile.requirements)


# --- attempts ----------------------------------------------------------------------------------


TRIED = _session(
    made.run("line_speed", _upload(2.1)),
    made.run("line_speed", made.failure(UP, FailureCode.UNREACHABLE), attempt=2),
    made.run("line_speed", _upload(24.6, 0.5), attempt=3),
    made.run("line_speed", made.failure(UP, FailureCode.SKIPPED), attempt=4),
)


def test_a_row_shows_before_and_after_and_all_attempts() -> None:
    """The first and the one that counts; the skipped last one counts for nothing."""
    (row,) = rows(_report(TRIED), _asked(), ENGLISH)
    assert row.course == "2.1 → 24.6\u202fMbit/s"
    assert [(one.value, one.counts, one.stopped) for one in row.attempts] == [
        ("2.1\u202fMbit/s ± 0.1", False, False),
        ("not reachable", False, False),
        ("24.6\u202fMbit/s ± 0.5", True, False),
        ("skipped", False, True),
    ]


def test_the_first_attempt_is_before_even_if_it_was_the_best() -> None:
    session = _session(
        made.run("line_speed", _upload(24.6)),
        made.run("line_speed", _upload(1.0), attempt=2),
        made.run("line_speed", _upload(2.1), attempt=3),
    )
    (row,) = rows(_report(session), _asked(), ENGLISH)
    assert row.course == "24.6 → 2.1\u202fMbit/s"


@pytest.mark.parametrize("found", [(_upload(2.1),), (_upload(2.1), _upload(2.1, 0.2))])
def test_without_another_value_there_is_no_before(found: tuple[Measurement, ...]) -> None:
    session = _session(*(made.run("line_speed", m, attempt=n + 1) for n, m in enumerate(found)))
    (row,) = rows(_report(session), _asked(), ENGLISH)
    assert row.before == ""
    assert row.course == row.found


def test_a_check_that_came_to_something_at_last_says_what_was_before() -> None:
    session = _session(
        made.run("line_speed", made.failure(UP, FailureCode.UNREACHABLE)),
        made.run("line_speed", _upload(24.6), attempt=2),
    )
    (row,) = rows(_report(session), _asked(), ENGLISH)
    assert row.course == "not reachable → 24.6\u202fMbit/s"


def test_one_attempt_is_not_listed() -> None:
    (row,) = rows(_of(2.1), _asked(), ENGLISH)
    assert attempts_line(row.attempts, ENGLISH) == ""


def test_all_attempts_stand_in_the_page_and_the_document() -> None:
    page = render_html(_report(TRIED), _asked(), ENGLISH)
    assert "24.6\u202fMbit/s ± 0.5 (this one counts)" in page
    assert "not reachable" in page
    assert page.index("<bdi>2.1</bdi>") < page.index("<bdi>24.6\u202fMbit/s</bdi>")
    assert render_pdf(_report(TRIED), _asked(), ENGLISH, b"{}").startswith(b"%PDF-")


# --- what a report tells -----------------------------------------------------------------------


def test_every_value_of_a_session_can_be_seen_and_struck_out() -> None:
    session = made.session()
    parts = contents(session, made.profile(), ENGLISH)
    told = {field.metric for part in parts for field in part.fields}
    assert told == session.latest().keys()
    fields = {field.metric: field for part in parts for field in part.fields}
    assert fields[UP].value == "2.1\u202fMbit/s ± 0.1"
    assert fields[UP].course
    assert fields[UP].rests_on == "measured"


def test_the_rest_of_the_file_is_named_too() -> None:
    report = made.report()
    told = dict(frame(report, made.profile(), ENGLISH))
    assert report.session.id in told.values()
    assert any(report.session.app_version in value for value in told.values())
