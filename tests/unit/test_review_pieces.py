"""Long work in pieces: the same comes out, and no piece is long."""

from __future__ import annotations

import random

import pytest

from readiness.review.pieces import PIECE, parted, pieces
from readiness.review.sorting import both_ways

MANY = 20 * PIECE
CHANCE = random.Random(7)  # noqa: S311 - no secret
FIGURES = [CHANCE.uniform(0, 100) for _ in range(MANY)]
MOSTLY_NOTHING = [CHANCE.choice((0.0, 0.0, 0.0, CHANCE.uniform(0, 5))) for _ in range(MANY)]
WORDS = [f"answers-{CHANCE.randrange(10**6):06}" for _ in range(MANY)]


def test_pieces_put_together_are_the_whole() -> None:
    assert [one for part in pieces(WORDS) for one in part] == WORDS


@pytest.mark.parametrize("cells", [FIGURES, MOSTLY_NOTHING, WORDS])
@pytest.mark.parametrize("way", [0, 1])
def test_a_long_column_is_sorted_as_python_sorts_it_with_equal_ones_as_they_came(
    cells: list[float | str], way: int
) -> None:
    found = both_ways(cells, "line.loss")[way]
    assert list(found) == sorted(range(MANY), key=cells.__getitem__, reverse=way == 1)


@pytest.mark.parametrize("cells", [FIGURES, MOSTLY_NOTHING, WORDS, sorted(FIGURES), [1.0] * MANY])
def test_what_must_be_sorted_at_once_is_little_however_much_there_is(
    cells: list[float | str],
) -> None:
    parts = parted(range(MANY), cells)
    different = [part for part in parts if len({cells[place] for place in part}) > 1]
    assert max(map(len, different), default=0) <= 3 * PIECE


def test_those_without_a_value_come_last_both_ways_however_many_there_are() -> None:
    cells = [None if place % 3 else FIGURES[place] for place in range(MANY)]
    lacking = [place for place in range(MANY) if place % 3]
    for found in both_ways(cells, "line.upload"):
        assert list(found[-len(lacking) :]) == lacking
