"""A whole heap on two cores gives what it gives on one, and what intake, once and row_of give."""

from __future__ import annotations

import pickle
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from readiness.review import crew
from readiness.review.heap import Reading, rows_of
from readiness.review.intake import Received, intake
from readiness.review.once import once
from readiness.review.received import Refused
from readiness.review.rows import ReviewRow, row_of
from readiness.trust.answering import Answers, Known
from readiness.trust.keys import new_keys
from readiness.trust.ledger import Answered, Book, Issued
from readiness.trust.sealing import seal_to
from tests.fakes.heap import pdf_with, zipped
from tests.fakes.trust import BEGUN, answer, invitation, profile, rate, session
from tests.hostile.heap_attacks import ON_FILES

if TYPE_CHECKING:
    from pathlib import Path

ONE, TWO = invitation(), invitation()
NOW = BEGUN + timedelta(hours=2)
KEYS = new_keys()


def another(upload: float) -> bytes:
    """Another answer to the first invitation."""
    line = session(ONE).runs[0]
    from msgspec.structs import replace

    figures = (line.measurements[0], rate("line.upload", upload))
    return answer(ONE, runs=(replace(line, measurements=figures), *session(ONE).runs[1:]))


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    """Answers, copies, bad files, an archive, a PDF and a sealed one; in an order that matters."""
    folder = tmp_path / "heap"
    folder.mkdir()
    files = {
        "a.json": another(9.0),
        "b.json": answer(ONE),
        "c.json": answer(TWO),
        "d.pdf": pdf_with(answer(TWO)),
        "e.readiness-sealed": seal_to(KEYS.public.sealing, answer(TWO)),
        "f.zip": zipped({"x.json": another(7.0), "y.json": answer(ONE), "z.txt": b""}),
        **{f"g{n:02}.json": make() for n, (make, _) in enumerate(ON_FILES.values())},
        **{f"h{n:03}.json": another(5.0 + n / 10) for n in range(60)},
        "z.json": another(9.0),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder


def known() -> Known:
    """A ledger in memory that notes who answered first."""
    book = Book(issued={one.terms.nonce: Issued.of(one) for one in (ONE, TWO)})

    def note(nonce: str, report: str) -> Answered:
        return book.answered.setdefault(nonce, Answered(nonce=nonce, report=report, at=NOW))

    return Known(now=NOW, book=book, note=note, profile=profile())


def rows(heap: Path, **more: object) -> list[ReviewRow | Refused]:
    usual: dict[str, object] = {"known": known(), "metrics": ("line.upload",), "keys": KEYS}
    return list(rows_of([heap], Reading(**usual | more)))  # type: ignore[arg-type]  # as they came


def one_by_one(heap: Path) -> list[ReviewRow | Refused]:
    has = known()
    return [
        row_of(one, has, metrics=("line.upload",)) if isinstance(one, Received) else one
        for one in once(intake([heap], keys=KEYS))
    ]


def has_come(helper: crew._Helper[object, object]) -> bool:
    """Whether the helper comes, however long that takes."""
    return helper._there is not None and helper._there.exception() is None


def test_a_heap_gives_what_its_parts_give_one_by_one(heap: Path) -> None:
    assert rows(heap, helped=False) == one_by_one(heap)


def test_two_processes_give_the_same_as_one(heap: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "ALONE", 0)
    monkeypatch.setattr(crew, "BATCH", 4)
    monkeypatch.setattr(crew._Helper, "ready", has_come)
    monkeypatch.setattr("readiness.review.heap.cores", lambda: 2)

    assert rows(heap) == one_by_one(heap)


def test_of_two_answers_the_first_by_name_is_the_answer(heap: Path) -> None:
    found = [one for one in rows(heap) if isinstance(one, ReviewRow)]

    assert [(one.file, one.answers) for one in found[:3]] == [
        ("heap/a.json", Answers.YES),
        ("heap/b.json", Answers.USED),
        ("heap/c.json", Answers.YES),
    ]


def test_the_same_report_in_another_wrapping_is_set_aside(heap: Path) -> None:
    aside = {
        one.file: one.reference for one in rows(heap) if isinstance(one, Refused) and one.aside
    }

    assert aside["heap/d.pdf"] == "report-twice"
    assert aside["heap/e.readiness-sealed"] == "report-twice"
    assert aside["heap/f.zip: y.json"] == "report-twice"
    assert aside["heap/z.json"] == "report-twice"


def test_rows_of_one_list_share_it(heap: Path) -> None:
    asked = profile()
    found = rows(heap, known=Known(now=NOW, profile=asked))

    assert {id(one.asked) for one in found if isinstance(one, ReviewRow)} == {id(asked)}


def test_a_report_is_judged_by_the_list_that_it_names_if_that_is_known(heap: Path) -> None:
    asked = profile()
    has = Known(now=NOW)

    listed = rows(heap, known=has, lists={asked.digest: asked})
    asked_for = rows(heap, known=has, profile_of=lambda _report: asked)
    unknown = rows(heap, known=has)

    assert listed == asked_for
    assert all(one.asked == asked for one in listed if isinstance(one, ReviewRow))
    assert {one.overall for one in unknown if isinstance(one, ReviewRow)} == {None}


def test_an_invitation_whose_key_was_used_can_be_handed_over() -> None:
    assert ONE.answer_keyid

    again = pickle.loads(pickle.dumps(ONE))  # noqa: S301 - our own

    assert again == ONE
    assert again.answer_keyid == ONE.answer_keyid
