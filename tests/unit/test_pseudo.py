"""The pseudo-languages: long, strange, marked, with everything that must stay kept."""

from __future__ import annotations

import re

import pytest

from readiness.locale import Reader, languages, preferred_language
from readiness.pseudo import CLOSES, LONG, MIRRORED, OPENS, PSEUDO

SENTENCE = "Find out in a few minutes what employers will ask of your headset, and what to do."


def test_a_pseudo_language_is_never_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", LONG)

    assert set(PSEUDO).isdisjoint(languages())
    assert preferred_language() == "en"


def test_text_grows_by_some_forty_percent() -> None:
    """Vowels, with y, are about 40 % of the letters of English prose (Lewand, 2000)."""
    longer = len(Reader(LONG).text(SENTENCE)) / len(SENTENCE)

    assert 1.3 <= longer <= 1.5


def test_a_message_is_between_marks_and_without_a_plain_vowel() -> None:
    shown = Reader(LONG).text(SENTENCE)

    assert shown[0] + shown[-1] == OPENS + CLOSES
    assert re.search("[aeiou]", shown) is None


def test_placeholders_are_filled_and_values_stay_as_they_are() -> None:
    assert Reader(LONG).text("at least {value} asked", value="3 Mbit/s").split() == [
        "«áát",
        "lééáást",
        "3",
        "Mbit/s",
        "ááskééd»",
    ]


@pytest.mark.parametrize(("n", "expected"), [(1, "«1 mííñúútéé»"), (4, "«4 mííñúútéés»")])
def test_plural_forms_count_as_english_does(n: int, expected: str) -> None:
    assert expected == Reader(LONG).plural("{n} minute", "{n} minutes", n)


def test_texts_of_profiles_are_strange_too() -> None:
    assert Reader(LONG).local({"en": "Door", "de": "Tür"}) == "«Dóóóór»"


def test_white_space_around_a_message_is_kept() -> None:
    assert Reader(LONG).text("\n Go. ") == "\n «Góó.» "


def test_nothing_stays_nothing() -> None:
    assert Reader(LONG).text("") == Reader(LONG).local({}) == ""


def test_the_mirrored_language_is_read_from_right_to_left() -> None:
    """U+200F says so for the line, U+202E for the letters, up to U+202C (Unicode annex 9)."""
    shown = Reader(MIRRORED).text("Go")

    assert Reader(MIRRORED).right_to_left
    assert shown == "\u200f\u202e«Góó»\u202c"


def test_a_value_keeps_its_own_order_between_letters_that_run_the_other_way() -> None:
    """Without the isolates "3 Mbit/s" would be shown as "s/tibM 3" (Unicode annex 9)."""
    assert "\u20683\u202fMbit/s\u2069" in Reader(MIRRORED).quantity(3, "Mbit/s")
    assert "\u2068x\u2069" in Reader(MIRRORED).text("{value}", value="x")


def test_no_isolates_in_a_language_that_is_read_from_left_to_right() -> None:
    assert Reader(LONG).quantity(3, "Mbit/s") == "3\u202fMbit/s"
