"""What is practised: the shipped files, what is refused, what chance draws."""

from __future__ import annotations

import random
import re
from typing import TYPE_CHECKING

import pytest

from readiness.model.errors import InputError
from readiness.model.practice import GAP
from readiness.skills.sets import (
    FOLDER,
    draw_items,
    draw_passage,
    read_skill_set,
    skill_languages,
    skill_set,
)

if TYPE_CHECKING:
    from pathlib import Path

every_language = pytest.mark.parametrize("language", ["de", "en", "es"])


def test_there_are_three_languages() -> None:
    assert skill_languages() == ("de", "en", "es")


@every_language
def test_the_pools_are_large_enough(language: str) -> None:
    found = skill_set(language)

    assert len(found.passage) >= 4
    assert len(found.arithmetic) >= 20
    assert len(found.grammar) >= 24


@every_language
def test_passages_can_be_typed_on_the_usual_keyboard(language: str) -> None:
    """No typographic quotes or dashes: no key types them."""
    letters = {"en": "", "de": "äöüÄÖÜß", "es": "áéíóúüñÁÉÍÓÚÑ¿¡"}[language]
    typable = set(map(chr, range(32, 127))) | set(letters)

    for passage in skill_set(language).passage:
        assert set(passage.text) <= typable, passage.id


@every_language
def test_every_answer_is_explained_in_a_sentence(language: str) -> None:
    found = skill_set(language)

    for item in (*found.arithmetic, *found.grammar):
        assert item.why.endswith((".", "!")), item.id


SUM = re.compile(r"(?P<a>\d+(?:\.\d+)?) (?P<by>[-x/]) (?P<b>\d+(?:\.\d+)?) = (?P<c>\d+(?:\.\d+)?)")


@every_language
def test_the_sums_in_the_explanations_are_right(language: str) -> None:
    """Each "3 x 12.95 = 38.85" is worked out again."""
    checked = 0
    for item in skill_set(language).arithmetic:
        for said in SUM.finditer(item.why.replace(",", ".") if language != "en" else item.why):
            a, b, c = (float(said[name]) for name in "abc")
            result = {"-": a - b, "x": a * b, "/": a / b}[said["by"]]
            assert result == pytest.approx(c), item.id
            checked += 1
    assert checked >= 12


@pytest.mark.parametrize(
    ("name", "right"),
    [
        ("discount", "$68.00"),
        ("change", "$12.60"),
        ("three-items", "$43.75"),
        ("call-end", "10:13"),
        ("shift", "7 h 45 min"),
        ("tax", "$180.00"),
        ("handling", "7 min 30 s"),
        ("refund", "$29.80"),
        ("voucher", "$49.00"),
        ("pay", "$440.00"),
    ],
)
def test_right_answers_worked_out_by_hand(name: str, right: str) -> None:
    assert {one.id: one.right for one in skill_set("en").arithmetic}[name] == right


def test_the_languages_ask_the_same_sums() -> None:
    ids = [{one.id for one in skill_set(tag).arithmetic} for tag in skill_languages()]

    assert ids[0] == ids[1] == ids[2]


def test_an_unknown_language_is_practised_in_english() -> None:
    assert skill_set("xx").language == "en"
    assert skill_set("").language == "en"


# --- what is refused -----------------------------------------------------------------------------


def _changed(folder: Path, old: str, new: str) -> Path:
    text = (FOLDER / "en.toml").read_text(encoding="utf-8")
    assert old in text
    path = folder / "en.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ('schema = "readiness-skills/1"', 'schema = "readiness-skills/9"', "schema"),
        ('language = "en"', 'language = "de"', "language"),
        ('gap = "blank"', "gap = 3", "gap"),
        ('gap = "blank"', 'gap = ""', "gap"),
        ('gap = "blank"', 'gap = "blank"\nrules = 1', "rules"),
        ('"$65.00", ', '"$68.00", ', "arithmetic[0].wrong"),
        ('["$65.00", "$72.00", "$12.00"]', '["$65.00"]', "arithmetic[0].wrong"),
        ('id = "change"', 'id = "discount"', "arithmetic[1].id"),
        ('id = "habits"', 'id = "parcel"', "passage[1].id"),
        ("Good morning and thank you", "Good  morning and thank you", "passage[0].text"),
        ("Good morning and thank you", "Good\\tmorning and thank you", "passage[0].text"),
        ('text = "Please unplug the router', 'text = "x"\n#', "passage[3].text"),
        ("Can you tell me ___ address?", "Can ___ tell me ___ address?", "grammar[0].text"),
        ('right = "your"\n', "", "grammar[0]"),
    ],
)
def test_a_damaged_file_is_refused_with_its_key(
    tmp_path: Path, old: str, new: str, where: str
) -> None:
    with pytest.raises(InputError) as refused:
        read_skill_set(_changed(tmp_path, old, new))

    assert refused.value.reference == "skills-unusable"
    assert where in str(refused.value)


@pytest.mark.parametrize("data", [b"\xff\xfe", b"a = [", b"a = " + b"[" * 5000, b""])
def test_what_is_no_such_file_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "en.toml"
    path.write_bytes(data)

    with pytest.raises(InputError):
        read_skill_set(path)


# --- what is drawn -------------------------------------------------------------------------------


def test_the_same_chance_draws_the_same() -> None:
    found = skill_set("de")
    drawn = [
        draw_items(found.grammar, 10, found.gap, random.Random(7))  # noqa: S311 - no secret
        for _ in range(2)
    ]

    assert drawn[0] == drawn[1]
    assert draw_passage(found, random.Random(7)) == draw_passage(found, random.Random(7))  # noqa: S311 - no secret


def test_no_item_is_asked_twice_and_each_keeps_its_answers() -> None:
    found = skill_set("en")
    pool = {one.id: one for one in found.grammar}

    items = draw_items(found.grammar, 10, found.gap, random.Random(1))  # noqa: S311 - no secret

    assert len({item.id for item in items}) == 10
    for item in items:
        assert sorted(item.choices) == sorted([pool[item.id].right, *pool[item.id].wrong])
        assert GAP not in item.spoken


def test_the_right_answer_has_no_place_of_its_own() -> None:
    found = skill_set("en")
    places = {
        item.choices.index(item.right)
        for seed in range(5)
        for item in draw_items(found.arithmetic, 20, "", random.Random(seed))  # noqa: S311 - no secret
    }

    assert places == {0, 1, 2, 3}
