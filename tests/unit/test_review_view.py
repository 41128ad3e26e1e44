"""Rows made ready to be sorted and filtered, and what of them another list leaves alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.locale import Reader
from readiness.profiles import parse_profile
from readiness.review.desk import Desk
from readiness.review.having import Having
from readiness.review.view import View, Wish
from readiness.review.words import RowWords
from tests.fakes.trust import PROFILE, answer, invitation, profile, slow

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

ONE, TWO = invitation(), invitation()
ASKED = profile()
STRICTER = parse_profile(PROFILE.replace(b"at_least = 5,", b"at_least = 8,"), "strict.toml")
EN = Reader("en")
COLUMNS = ("file", "verdict", "missing", "line.upload")


@pytest.fixture
def desk() -> Desk:
    """A desk that knows no list."""
    return Desk(lambda _id, _digest: None)


def shown(view: View, **wish: object) -> list[str]:
    """Names of the rows that are shown, in order."""
    found = view.shown(Wish(**wish))  # type: ignore[arg-type]  # as they came
    return [view.rows[number].file for number in found]


@pytest.fixture
def view(desk: Desk, tmp_path: Path) -> View:
    """Ready, not ready by its upload, and changed."""
    for name, data in (
        ("b-slow.json", slow(TWO, 2.0)),
        ("a-good.json", answer(ONE)),
        ("c-changed.json", answer(ONE).replace(b'"sig": "', b'"sig": "AAAA', 1)),
    ):
        path = tmp_path / name
        path.write_bytes(data)
        desk.take([path])
    desk.judge(Having(profile=ASKED))
    return View(desk.heap().rows, COLUMNS, RowWords(EN))


GOOD, SLOW, CHANGED = "a-good.json", "b-slow.json", "c-changed.json"


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ({}, [SLOW, GOOD, CHANGED]),
        ({"key": "file"}, [GOOD, SLOW, CHANGED]),
        ({"key": "line.upload"}, [SLOW, GOOD, CHANGED]),
        ({"key": "line.upload", "falling": True}, [GOOD, SLOW, CHANGED]),
        ({"verdict": "ready"}, [GOOD]),
        ({"verdict": "none"}, [CHANGED]),
        ({"unchanged": "no"}, [CHANGED]),
        ({"unchanged": "yes", "key": "file"}, [GOOD, SLOW]),
        ({"answers": "not-asked"}, [SLOW, GOOD]),
        ({"missing": "upload"}, [SLOW]),
        ({"odd": True}, []),
        ({"text": " GOOD "}, [GOOD]),
        ({"text": "not ready"}, [SLOW]),
        ({"text": "line.upload<5"}, [SLOW]),
        ({"text": "line.upload>=5"}, [GOOD]),
        ({"text": "verdict!=ready"}, [SLOW, CHANGED]),
        ({"text": "nobody"}, []),
        ({"text": "no.such<5"}, []),
        ({"verdict": "ready", "unchanged": "no"}, []),
    ],
)
def test_rows_are_shown_as_wished(
    view: View, wish: dict[str, object], expected: Sequence[str]
) -> None:
    assert shown(view, **wish) == expected


def test_what_another_list_leaves_alone_is_taken_over_and_all_else_is_found_anew(
    view: View, desk: Desk
) -> None:
    found = desk.judge(Having(profile=STRICTER))
    assert found is not None
    after = View(found.rows, COLUMNS, RowWords(EN), view)
    fresh = View(found.rows, COLUMNS, RowWords(EN))

    for wish in (
        *(Wish(key=key, falling=falling) for key in COLUMNS for falling in (False, True)),
        *(
            Wish(text=text)
            for text in ("not ready", "file~good", "line.upload<5", "missing=upload")
        ),
        *(Wish(verdict=verdict) for verdict in ("ready", "not-ready", "none")),
    ):
        assert list(after.shown(wish)) == list(fresh.shown(wish)), wish
    assert after.missing == fresh.missing
    assert after.count("verdict", "not-ready") == 2
    assert after._orders["file", False] is view._orders["file", False]
    assert after._orders["verdict", False] is not view._orders["verdict", False]


def test_nothing_is_taken_over_from_other_reports(view: View, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "0-first.json"
    path.write_bytes(slow(TWO, 9.0))
    desk.take([path])
    rows = desk.heap().rows

    assert shown(View(rows, COLUMNS, RowWords(EN), view), key="file") == [
        "0-first.json",
        GOOD,
        SLOW,
        CHANGED,
    ]


def test_the_requirements_that_are_missing_are_counted(view: View) -> None:
    assert [(one.requirement, one.title, one.reports) for one in view.missing] == [
        ("upload", "Upload", 1)
    ]


def test_a_wish_narrows_unless_it_only_sorts() -> None:
    assert not Wish(key="file", falling=True).narrows
    assert Wish(odd=True).narrows
