"""Figures of typing and of right answers, against published examples and hand arithmetic."""

from __future__ import annotations

import pytest

from readiness.model.practice import Typed
from readiness.skills.scores import (
    distance_to_beginning,
    plain,
    right_share,
    typing_score,
    words_per_minute,
)

FOX = "the quick brown fox jumps over the lazy dog"


def _typed(text: str, seconds: float = 60.0) -> Typed:
    return Typed(text=text, seconds=seconds, ended=True)


def test_speed_is_that_of_mackenzies_example() -> None:
    """MacKenzie, A Note on Calculating Text Entry Speed: 43 characters in 20 s are 2.10 a second.

    12 words a minute are one character a second, so that is 25.2.
    """
    assert words_per_minute(43, 20) == pytest.approx(25.2)


def test_one_wrong_character_of_seven_is_an_error_rate_of_14_percent() -> None:
    """Rakhmetulla and others give 14.28 % for one error in "quickly"."""
    score = typing_score("quickly", _typed("quickiy"))

    assert 100 - score.accuracy == pytest.approx(14.28, abs=0.01)


@pytest.mark.parametrize(
    ("passage", "typed", "errors"),
    [
        ("kitten", "sitting", 3),  # the textbook example of Levenshtein's distance
        ("quickly", "qucehkly", 3),
        ("abcd", "acbd", 2),  # Soukoreff and MacKenzie: an exchange of neighbours is two
        (FOX, FOX, 0),
        (FOX, FOX.replace("quick", "quik"), 1),
        (FOX, FOX.replace("quick", "quiick"), 1),
        (FOX, "", 0),
        (FOX, "zzz", 3),
    ],
)
def test_errors_are_the_least_number_of_changes(passage: str, typed: str, errors: int) -> None:
    assert distance_to_beginning(passage, typed)[0] == errors


def test_one_missing_letter_leaves_all_the_rest_right() -> None:
    score = typing_score(FOX, _typed(FOX[1:]))

    assert score.errors == 1
    assert score.accuracy == pytest.approx(100 * 42 / 43)


@pytest.mark.parametrize("reached", [10, 25, 42])
def test_what_was_not_reached_is_no_error(reached: int) -> None:
    assert distance_to_beginning(FOX, FOX[:reached]) == (0, reached)


def test_each_error_left_in_a_minute_costs_a_word_a_minute() -> None:
    """301 characters in 2 min: 60 words, 30 a minute; 4 errors are 2 a minute."""
    passage = "abcde " * 60
    text = passage[:301].replace("abcde", "abcdx", 4)

    score = typing_score(passage, _typed(text, 120))

    assert score.gross == pytest.approx(30)
    assert score.errors == 4
    assert score.net == pytest.approx(28)


def test_net_speed_is_never_below_nothing() -> None:
    assert typing_score(FOX, _typed("z" * 43)).net == 0


def test_accents_count_alike_however_they_are_put_together() -> None:
    assert typing_score("caña", _typed("can\u0303a")).errors == 0


def test_a_line_break_is_a_space() -> None:
    assert plain("one\ntwo \n") == "one two"


def test_far_too_much_text_is_compared_in_a_moment_and_is_wrong() -> None:
    assert typing_score(FOX, _typed(FOX * 2000)).accuracy <= 50


@pytest.mark.parametrize(("text", "seconds"), [("", 60.0), (" \n ", 60.0), (FOX, 0.0)])
def test_nothing_typed_or_no_time_has_no_figure(text: str, seconds: float) -> None:
    with pytest.raises(ValueError, match=r"nothing was typed|no time"):
        typing_score(FOX, _typed(text, seconds))


def test_the_share_has_wilsons_interval() -> None:
    """8 of 10: Wilson gives 49.0 to 94.3 %; the farther end is 31.0 away."""
    share, half_width = right_share(8, 10)

    assert share == 80
    assert half_width == pytest.approx(31.0, abs=0.05)


def test_of_nothing_there_is_no_share() -> None:
    with pytest.raises(ValueError, match="no share"):
        right_share(0, 0)
