"""Two to six reports side by side: what differs, in which order, and what is never claimed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness.locale import Reader
from readiness.model.errors import FailureCode, InputError
from readiness.model.finding import Verdict
from readiness.model.measurement import WITHHELD, EvidenceKind
from readiness.model.requirement import Area, Level, Operator, Profile
from readiness.review.compare import (
    Difference,
    Lineup,
    Standing,
    line_up,
    lined_up,
    side_of_session,
)
from readiness.review.compare_words import LineupWords
from readiness.review.received import Received
from readiness.trust.answering import Known
from readiness.trust.arrived import arrive
from readiness.trust.origin import Mark
from tests.fakes import reports as made
from tests.fakes.trust import BEGUN, SERVER, answer, invitation, session
from tests.fakes.trust import profile as acme

if TYPE_CHECKING:
    from readiness.model.measurement import Failure, Measurement

UP, MEMORY, DOOR = "line.upload", "machine.memory_installed", "declared.door"
EN = Reader("en")
INVITED = invitation()
KNOWN = Known(now=BEGUN + timedelta(hours=2), profile=acme())


def asked() -> Profile:
    return msgspec.structs.replace(
        made.profile(),
        requirements=(
            made.requirement(
                "memory",
                Area.COMPUTER,
                {"en": "Memory"},
                made.criterion(MEMORY, Operator.AT_LEAST, 8, unit="GiB"),
                level=Level.SHOULD,
            ),
            made.requirement(
                "upload",
                Area.LINE,
                {"en": "Upload"},
                made.criterion(UP, Operator.AT_LEAST, 3, unit="Mbit/s"),
            ),
            made.requirement(
                "door",
                Area.ROOM,
                {"en": "Door"},
                made.criterion(DOOR, Operator.EQUALS, True),  # noqa: FBT003 - the threshold
            ),
        ),
    )


def upload(value: float, half: float | None = 0.1) -> Measurement:
    return made.measurement(UP, value, "Mbit/s", uncertainty=half)


def of(*found: tuple[Measurement | Failure, ...]) -> Lineup:
    """Reports that found just this, by the list above."""
    whole, profile = made.session(), asked()
    sessions = (msgspec.structs.replace(whole, runs=(made.run("any", *one),)) for one in found)
    sides = [
        side_of_session(f"{name}.json", one, profile)
        for name, one in zip("abcdef", sessions, strict=False)
    ]
    return lined_up(sides, profile)


def of_uploads(*values: float, half: float | None = 0.1) -> Lineup:
    return of(*((upload(value, half),) for value in values))


def line(lineup: Lineup, name: str) -> tuple[Difference, list[Standing | None]]:
    (found,) = (one for one in lineup.lines if one.requirement == name)
    return found.difference, [cell.standing for cell in found.cells]


BEST, WORST = Standing.BEST, Standing.WORST


@pytest.mark.parametrize(
    ("lineup", "difference", "standings"),
    [
        (of_uploads(2.1, 24.6), Difference.VERDICT, [WORST, BEST]),
        (of_uploads(24.6, 30.0), Difference.VALUE, [WORST, BEST]),
        (of_uploads(24.6, 24.7, half=0.5), Difference.NONE, [None, None]),
        (of_uploads(2.1, 2.9, 24.6), Difference.VERDICT, [WORST, None, BEST]),
        (of_uploads(10.0, 10.5, 11.0, half=0.4), Difference.VALUE, [WORST, None, BEST]),
        (of_uploads(8, 8, half=None), Difference.NONE, [None, None]),
        (of_uploads(30, 8, 30, half=None), Difference.VALUE, [BEST, WORST, BEST]),
    ],
)
def test_values_differ_if_they_are_further_apart_than_their_uncertainty(
    lineup: Lineup, difference: Difference, standings: list[Standing | None]
) -> None:
    """Half widths of 0.4 and 0.4 are 0.57 together: of 10, 10.5 and 11 only the ends differ."""
    assert line(lineup, "upload") == (difference, standings)


def test_what_is_not_known_is_neither_best_nor_worst() -> None:
    lost = made.failure(UP, FailureCode.UNREACHABLE)
    lineup = of((lost,), (upload(2.1),), (upload(30.0),))

    assert line(lineup, "upload") == (Difference.VERDICT, [None, WORST, BEST])
    (found,) = (one for one in lineup.lines if one.requirement == "upload")
    assert (found.cells[0].verdict, found.cells[0].mark) == (Verdict.UNKNOWN, Mark.NOT_MEASURED)


def test_one_known_value_beside_unknown_ones_is_not_best() -> None:
    lineup = of((made.failure(UP, FailureCode.UNREACHABLE),), (upload(30.0),))

    assert line(lineup, "upload") == (Difference.VERDICT, [None, None])


@pytest.mark.parametrize(
    ("other", "difference"),
    [
        (made.failure(UP, FailureCode.UNREACHABLE), Difference.NONE),
        (made.failure(UP, FailureCode.SKIPPED, WITHHELD), Difference.VALUE),
        (made.failure(UP, FailureCode.CRASHED), Difference.VALUE),
    ],
)
def test_reasons_why_there_is_no_value_are_compared(other: Failure, difference: Difference) -> None:
    lineup = of((made.failure(UP, FailureCode.UNREACHABLE),), (other,))

    assert line(lineup, "upload")[0] is difference


def test_a_value_that_one_measured_and_another_only_was_told_differs_in_what_it_rests_on() -> None:
    told = made.measurement(UP, 24.6, "Mbit/s", uncertainty=0.1, kind=EvidenceKind.REPORTED)

    assert line(of((upload(24.6),), (told,)), "upload") == (Difference.BASIS, [None, None])


def test_verdicts_come_before_values_and_required_before_recommended() -> None:
    """Memory, only recommended, differs in verdict, upload in value, the door in nothing."""
    door = made.declared("door", value=True)
    lineup = of(
        (made.reported(MEMORY, 4.0, "GiB"), upload(24.6), door),
        (made.reported(MEMORY, 16.0, "GiB"), upload(30.0), door),
    )

    assert [(one.requirement, one.difference) for one in lineup.lines] == [
        ("memory", Difference.VERDICT),
        ("upload", Difference.VALUE),
        ("door", Difference.NONE),
    ]
    assert [one.requirement for one in lineup.differing] == ["memory", "upload"]


def test_two_differing_verdicts_stand_by_what_is_required() -> None:
    lineup = of(
        (made.reported(MEMORY, 4.0, "GiB"), upload(2.0)),
        (made.reported(MEMORY, 16.0, "GiB"), upload(30.0)),
    )

    assert [one.requirement for one in lineup.lines][:2] == ["upload", "memory"]


def test_a_value_that_nothing_is_asked_of_is_compared_without_a_verdict() -> None:
    profile = asked()
    facts = [made.reported("machine.cpu_cores", n) for n in (2, 8)]
    whole = made.session()
    sides = [
        side_of_session("x", msgspec.structs.replace(whole, runs=(made.run("any", f),)), profile)
        for f in facts
    ]

    found = lined_up(sides, profile, metrics=("machine.cpu_cores", UP)).lines[0]

    assert (found.metric, found.difference, found.level) == (
        "machine.cpu_cores",
        Difference.VALUE,
        None,
    )
    assert [(cell.verdict, cell.standing) for cell in found.cells] == [(None, None)] * 2


@pytest.mark.parametrize("number", [0, 1, 7])
def test_fewer_than_two_and_more_than_six_are_refused(number: int) -> None:
    with pytest.raises(InputError, match="not-side-by-side"):
        lined_up([side_of_session("a", made.session(), asked())] * number, asked())


# --- out of files --------------------------------------------------------------------------------


def received(data: bytes, file: str = "heap/ada.json") -> Received:
    return Received(file=file, arrived=arrive(data))


HONEST = received(answer(INVITED, nonce=INVITED.terms.nonce))
LESS = received(answer(INVITED, runs=session(INVITED).runs[:1]), "heap/sub/ben.json")
CHANGED = received(answer(INVITED).replace(b'"sig": "', b'"sig": "AAAA', 1), "heap/cy.json")


def test_reports_are_judged_by_one_list_and_marked() -> None:
    lineup = line_up([HONEST, LESS], KNOWN)

    marks = {one.requirement: [cell.mark for cell in one.cells] for one in lineup.lines}
    assert marks["memory"] == [Mark.REPORTED, Mark.NOT_MEASURED]
    assert marks["door"] == [Mark.DECLARED, Mark.NOT_MEASURED]


def test_what_the_server_saw_is_marked() -> None:
    lineup = line_up(
        [HONEST, LESS],
        Known(
            now=KNOWN.now,
            profile=acme(),
            invitation=INVITED,
            receipt_key=SERVER.public.signing,
        ),
    )

    (upload_line,) = (one for one in lineup.lines if one.requirement == "upload")
    assert [cell.mark for cell in upload_line.cells] == [Mark.OBSERVED, Mark.MEASURED]
    assert upload_line.difference is Difference.BASIS


def test_nothing_in_a_changed_report_is_looked_at() -> None:
    lineup = line_up([HONEST, CHANGED, HONEST], KNOWN)

    assert lineup.sides[1].overall is None
    assert {one.cells[1].verdict for one in lineup.lines} == {None}
    assert lineup.differing == ()
    words = LineupWords(lineup, EN)
    assert {one.cells[1].word for one in words.lines} == {"not looked at"}
    assert words.about[0].cells[1].word == "not judged"
    assert words.about[1].cells[1].word == "unchanged: no"


def test_without_a_list_of_the_reader_all_must_have_been_made_for_one() -> None:
    lists = iter([acme(), made.profile()])
    has = Known(now=KNOWN.now)

    assert line_up([HONEST, LESS], has, profile_of=lambda _: acme()).profile.id == "acme"
    for profile_of in (lambda _: next(lists), lambda _: None, None):
        with pytest.raises(InputError, match="no-list-for-all"):
            line_up([HONEST, LESS], has, profile_of=profile_of)


# --- words ---------------------------------------------------------------------------------------


def test_a_cell_makes_sense_alone() -> None:
    words = LineupWords(line_up([HONEST, LESS], KNOWN), EN)

    (memory,) = (one for one in words.lines if one.name == "memory")
    assert memory.cells[0].said.startswith("A: ada; Memory for programs: met, 15.6")
    assert memory.cells[0].said.endswith("the system says")
    assert (
        memory.cells[1].said == "B: sub/ben; Memory for programs: open, not checked, not measured"
    )
    assert memory.said.endswith("the verdict differs")


def test_no_cell_calls_what_is_not_known_met() -> None:
    lost = made.failure(UP, FailureCode.UNREACHABLE)
    words = LineupWords(of((lost,), (upload(30.0),)), EN)

    (found,) = (one for one in words.lines if one.name == "upload")
    assert found.cells[0].parts == ("? open", "not reachable", "not measured")
    assert found.cells[1].parts[0] == "✓ met"


def test_best_and_worst_have_a_sign_and_a_word() -> None:
    words = LineupWords(of_uploads(2.1, 24.6), EN)

    (found,) = (one for one in words.lines if one.name == "upload")
    assert [cell.place for cell in found.cells] == ["▼ worst of these", "▲ best of these"]


def test_a_verdict_that_the_file_states_otherwise_is_said() -> None:
    def lie(tree: dict[str, object]) -> None:
        tree["findings"] = []
        tree["overall"] = "ready"

    words = LineupWords(line_up([HONEST, received(answer(INVITED, change=lie))], KNOWN), EN)

    (found,) = (one for one in words.lines if one.name == "memory")
    assert "the file says: nothing" in found.cells[1].word
    assert words.about[1].cells[1].symbol == "!"


def test_a_long_answer_is_cut_and_names_keep_their_end() -> None:
    long = made.measurement("declared.hostile", "x" * 500, kind=EvidenceKind.DECLARED)
    profile = made.profile()
    side = side_of_session(
        "n" * 150 + "end.json",
        msgspec.structs.replace(made.session(), runs=(made.run("questions", long),)),
        profile,
    )

    words = LineupWords(lined_up([side, side], profile), EN)

    assert max(len(part) for one in words.lines for cell in one.cells for part in cell.parts) <= 80
    assert words.heads[0].endswith("nend")
    assert len(words.heads[0]) <= 48
    assert len(words.names[0]) > 150


def test_an_ending_that_not_all_have_stays() -> None:
    side = side_of_session("a.readiness.json", made.session(), asked())
    other = side_of_session("a.readiness.pdf", made.session(), asked())

    assert LineupWords(lined_up([side, other], asked()), EN).heads == (
        "A: a.readiness.json",
        "B: a.readiness.pdf",
    )
    assert LineupWords(lined_up([side, side], asked()), EN).heads == ("A: a", "B: a")


def test_of_choices_none_is_best() -> None:
    lineup = of((made.declared("door", value=True),), (made.declared("door", value=False),))

    assert line(lineup, "door") == (Difference.VERDICT, [None, None])
