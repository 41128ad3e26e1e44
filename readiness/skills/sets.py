"""What is practised, out of ``resources/skills``: one file for each language, read with care."""

from __future__ import annotations

import tomllib
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import tree_reader
from readiness.locale import RESOURCES
from readiness.model.errors import InputError
from readiness.model.practice import GAP, Item, Passage
from readiness.model.text import N_
from readiness.storage import read_limited

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path
    from random import Random

FOLDER = RESOURCES / "skills"
ENDING = ".toml"
SCHEMA = "readiness-skills/1"
MAX_BYTES = 256 * 1024
FALLBACK = "en"
"""Is practised where the language that is asked for has no file."""

LENGTHS = (300, 500)
"""Of a passage, characters: about two minutes of quiet typing."""

WRONG = (2, 3)
"""Wrong answers of an item."""

LONGEST = 300
"""Characters of any other text: more is not read at a glance."""


class Pooled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of a pool: its one right answer stands apart, so that no order can give it away."""

    id: str
    text: str
    right: str
    wrong: tuple[str, ...]
    why: str


class Text(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A passage of the file."""

    id: str
    text: str


class Greeting(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a good greeting has, and one that has it."""

    points: tuple[str, ...]
    example: str


class SkillSet(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Everything to practise in one language.

    Attributes:
        name: The language in its own words.
        gap: What a screen reader says in place of a gap.
    """

    schema: str
    language: str
    name: str
    gap: str
    greeting: Greeting
    passage: tuple[Text, ...]
    arithmetic: tuple[Pooled, ...]
    grammar: tuple[Pooled, ...]


_READ = tree_reader(SkillSet)


@cache
def skill_languages() -> tuple[str, ...]:
    """The languages that can be practised, by tag."""
    return tuple(sorted(path.stem for path in FOLDER.glob(f"*{ENDING}")))


@cache
def skill_set(language: str) -> SkillSet:
    """What comes with the product in ``language``, or in English where there is nothing else.

    Raises:
        InputError: The file is damaged.
    """
    known = language if language in skill_languages() else FALLBACK
    return read_skill_set(FOLDER / f"{known}{ENDING}")


def read_skill_set(path: Path) -> SkillSet:
    """Read a file; its name is the language.

    Raises:
        InputError: With file, key and remedy.
    """
    data = read_limited(path, MAX_BYTES)
    try:
        read = tomllib.loads(data.decode("utf-8"))
        found = _READ(read)
    except msgspec.ValidationError as error:
        what, _, key = str(error).partition(" - at ")
        raise _fault(path, key.strip("`$."), what) from error
    except (ValueError, RecursionError) as error:
        raise _fault(path, "", str(error) or "nested too deeply") from error
    for key, what in _faults(found, path.stem):
        raise _fault(path, key, what)
    return found


def _fault(path: Path, key: str, what: str) -> InputError:
    return InputError(
        "skills-unusable",
        N_("This file of things to practise cannot be used: {reason}"),
        where=f"{path.name}: {key}" if key else path.name,
        hint=N_("Install the program again, or mend the file."),
        reason=what,
    )


def _faults(found: SkillSet, language: str) -> Iterator[tuple[str, str]]:
    """Each fault as (key, what is wrong), the first ones first."""
    if found.schema != SCHEMA:
        yield "schema", f"not {SCHEMA}"
    if found.language != language:
        yield "language", f"not {language}, the name of the file"
    for key, text in _texts(found):
        if not _is_plain(text):
            yield key, "empty, or not one plain line in composed letters"
        low, high = LENGTHS if key.startswith("passage") and key.endswith("text") else (1, LONGEST)
        if not low <= len(text) <= high:
            yield key, f"not of {low} to {high} characters"
    if not found.passage or not found.arithmetic or not found.grammar or not found.greeting.points:
        yield "", "a part of it is empty"
    yield from _pool_faults("arithmetic", found.arithmetic)
    yield from _pool_faults("grammar", found.grammar)
    yield from _twice("passage", [one.id for one in found.passage])


def _pool_faults(name: str, pool: Sequence[Pooled]) -> Iterator[tuple[str, str]]:
    yield from _twice(name, [one.id for one in pool])
    for place, one in enumerate(pool):
        answers = {one.right, *one.wrong}
        if not WRONG[0] <= len(one.wrong) <= WRONG[1] or len(answers) != 1 + len(one.wrong):
            yield f"{name}[{place}].wrong", "not two or three answers that differ"
        if one.text.count(GAP) > 1:
            yield f"{name}[{place}].text", "more than one gap"


def _twice(name: str, ids: Sequence[str]) -> Iterator[tuple[str, str]]:
    for place, one in enumerate(ids):
        if one in ids[:place]:
            yield f"{name}[{place}].id", f"{one} stands there twice"


def _texts(found: SkillSet) -> Iterator[tuple[str, str]]:
    yield from (("name", found.name), ("gap", found.gap))
    yield from ((f"greeting.points[{n}]", one) for n, one in enumerate(found.greeting.points))
    yield "greeting.example", found.greeting.example
    for place, one in enumerate(found.passage):
        yield f"passage[{place}].id", one.id
        yield f"passage[{place}].text", one.text
    for name, pool in (("arithmetic", found.arithmetic), ("grammar", found.grammar)):
        for place, item in enumerate(pool):
            for key in ("id", "text", "right", "why"):
                yield f"{name}[{place}].{key}", getattr(item, key)
            yield from ((f"{name}[{place}].wrong[{n}]", one) for n, one in enumerate(item.wrong))


def _is_plain(text: str) -> bool:
    composed = unicodedata.normalize("NFC", text)
    return bool(text) and text.isprintable() and composed == text == " ".join(text.split())


def draw_passage(found: SkillSet, draw: Random) -> Passage:
    """One passage by chance."""
    chosen = draw.choice(found.passage)
    return Passage(id=chosen.id, text=chosen.text)


def draw_items(pool: Sequence[Pooled], count: int, gap: str, draw: Random) -> tuple[Item, ...]:
    """``count`` different items of a pool by chance, or all, with their answers in any order."""
    items = []
    for one in draw.sample(pool, min(count, len(pool))):
        choices = [one.right, *one.wrong]
        draw.shuffle(choices)
        items.append(
            Item(
                id=one.id,
                text=one.text,
                spoken=one.text.replace(GAP, gap),
                choices=tuple(choices),
                right=one.right,
                why=one.why,
            )
        )
    return tuple(items)
