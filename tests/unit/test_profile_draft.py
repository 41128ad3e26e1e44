"""A profile that is changed field by field: its text stays the person's, its faults are named."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from readiness.model.errors import InputError
from readiness.model.requirement import Operator
from readiness.profiles import FOLDER, check_profile, parse_profile
from readiness.profiles.draft import Place, ProfileDraft, read_draft, said_place
from readiness.profiles.draft.values import same
from tests.fakes.profiles import BYTES, changed_lines

if TYPE_CHECKING:
    from pathlib import Path

CALM = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)
SHIPPED = sorted(path.stem for path in FOLDER.glob("*.toml"))
ANY_OF: Place = ("requirement", 0, "any_of", 0)
LIMIT: Place = (*ANY_OF, "at_least")

TEXT = """\
# Ours.
schema = "readiness-profile/1"
id = "ours"
kind = "employer"
title = { en = "Ours" }     # a name
summary.en = "What we ask."

[source.own]
title = "We"
seen = 2026-11-23
grade = "P"

# --- line

# Why ten: two calls at once.
[[requirement]]
id = "download"
level = "must"
area = "line"
any_of = [{ metric = "line.download", at_least = 10, unit = "Mbit/s", source = "own" }]

[[question]]
id = "bell"
kind = "yes_no"
text.en = "Can a door bell be heard?"
title.en = "Door bell"

# The bell.
[[requirement]]
id = "bell"
level = "should"
area = "room"
question = "bell"
accept = false
source = "own"

[[requirement]]
id = "memory"
level = "must"
area = "computer"
any_of = [
    { metric = "machine.memory_installed", at_least = 8, unit = "GiB", source = "own" }, # sold
    # What is left of it.
    { metric = "machine.memory_usable", at_least = 7.1, unit = "GiB", source = "own" },
]
"""


def draft(text: str = TEXT) -> ProfileDraft:
    return read_draft(text.encode(), "ours.toml")


def lines(before: ProfileDraft, after: ProfileDraft) -> list[str]:
    return changed_lines(before.data, after.data)


# --- nothing changed ----------------------------------------------------------------------------


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_profile_is_opened_and_saved_as_the_same_bytes(name: str) -> None:
    assert BYTES[name] == read_draft(BYTES[name], name).data


@pytest.mark.parametrize("name", SHIPPED)
def test_shipped_profile_as_a_draft_asks_the_same(name: str) -> None:
    opened = read_draft(BYTES[name], name)

    assert opened.faults == ()
    assert parse_profile(BYTES[name], name) == opened.profile


@pytest.mark.parametrize("name", SHIPPED)
def test_every_value_put_where_it_stands_changes_nothing(name: str) -> None:
    opened = read_draft(BYTES[name], name)

    for place, value in leaves(dict(opened.tree)):
        assert opened.put(place, value) is opened


# --- one value ----------------------------------------------------------------------------------


def test_one_limit_changes_one_line() -> None:
    changed = draft().put(LIMIT, 25)

    assert [
        '-any_of = [{ metric = "line.download", at_least = 10, unit = "Mbit/s", source = "own" }]',
        '+any_of = [{ metric = "line.download", at_least = 25, unit = "Mbit/s", source = "own" }]',
    ] == lines(draft(), changed)


def test_whole_number_is_written_without_a_point() -> None:
    assert b"at_least = 25," in draft().put(LIMIT, 25.0).data


def test_windows_line_ends_stay() -> None:
    changed = draft(TEXT.replace("\n", "\r\n")).put(LIMIT, 25)

    assert TEXT.replace("at_least = 10", "at_least = 25").replace("\n", "\r\n").encode() == (
        changed.data
    )


def test_comment_behind_a_value_stays() -> None:
    assert (
        b'title = { en = "Theirs" }     # a name\n' in draft().put(("title", "en"), "Theirs").data
    )


def test_quotation_marks_and_backslashes_stay_what_they_are() -> None:
    text = 'Say "yes" \\ or "no"'

    assert text == draft().put(("title", "en"), text).value(("title", "en"))


def test_a_day_is_written_as_a_day() -> None:
    assert b"seen = 2026-11-24\n" in draft().put(("source", "own", "seen"), date(2026, 11, 24)).data


def test_tolerance_stands_behind_the_unit() -> None:
    changed = draft().put((*ANY_OF, "tolerance"), 0.5)

    assert b'unit = "Mbit/s", tolerance = 0.5, source = "own"' in changed.data


def test_another_language_in_braces_is_added_there() -> None:
    assert b'title = { en = "Ours", de = "Unsere" }' in draft().put(("title", "de"), "Unsere").data


def test_another_language_on_rows_gets_a_row() -> None:
    changed = draft().put(("summary", "de"), "Was wir verlangen.")

    assert ['+summary.de = "Was wir verlangen."'] == lines(draft(), changed)


def test_a_plain_text_becomes_english_when_another_language_is_added() -> None:
    opened = draft(TEXT.replace('{ en = "Ours" }', '"Ours"'))

    assert {"en": "Ours", "de": "Unsere"} == opened.put(("title", "de"), "Unsere").value(("title",))


def test_title_of_a_requirement_stands_before_what_it_asks() -> None:
    changed = draft().put(("requirement", 0, "title", "en"), "Down")

    assert ['+title = { en = "Down" }'] == lines(draft(), changed)
    assert b'area = "line"\ntitle = { en = "Down" }\nany_of' in changed.data


def test_source_that_is_named_first_gets_a_section() -> None:
    changed = draft().put(("source", "page"), {"grade": "C", "title": "A page"})

    assert ["+", "+[source.page]", '+title = "A page"', '+grade = "C"'] == lines(draft(), changed)


def test_comparing_in_another_way_leaves_no_second_comparison() -> None:
    changed = draft().compare(ANY_OF, Operator.BETWEEN, [10, 20])

    assert (None, [10, 20]) == (changed.value(LIMIT), changed.value((*ANY_OF, "between")))
    assert changed.faults == ()


def test_put_table_keeps_the_lines_of_keys_that_are_the_same() -> None:
    changed = draft().put(
        ("source", "own"), {"title": "Us", "seen": date(2026, 11, 23), "grade": "P"}
    )

    assert ['-title = "We"', '+title = "Us"'] == lines(draft(), changed)


# --- entries ------------------------------------------------------------------------------------


def test_requirement_that_is_removed_takes_its_comment_along() -> None:
    changed = draft().drop(("requirement", 0))

    assert TEXT.replace(
        TEXT[TEXT.index("# Why ten") : TEXT.index("[[question]]")], ""
    ).encode() == (changed.data)


def test_requirement_that_is_removed_leaves_the_comment_of_the_next() -> None:
    assert b"# The bell.\n[[requirement]]" in draft().drop(("requirement", 0)).data


def test_requirements_change_places_with_their_comments() -> None:
    changed = draft().move(("requirement", 1), 0)

    assert ["bell", "download", "memory"] == [one["id"] for one in changed.value(("requirement",))]
    assert b'# The bell.\n[[requirement]]\nid = "bell"' in changed.data
    assert b'# Why ten: two calls at once.\n[[requirement]]\nid = "download"' in changed.data


def test_requirement_is_added_at_the_end() -> None:
    entry = {"level": "info", "id": "vpn", "area": "line"}
    changed = draft().add(("requirement",), entry)

    assert ["+", "+[[requirement]]", '+id = "vpn"', '+level = "info"', '+area = "line"'] == (
        lines(draft(), changed)
    )


def test_requirement_is_added_between_two_others() -> None:
    changed = draft().add(("requirement",), {"id": "vpn"}, at=1)

    assert ["download", "vpn", "bell", "memory"] == [
        one["id"] for one in changed.value(("requirement",))
    ]


def test_requirement_is_added_before_all_others() -> None:
    changed = draft().add(("requirement",), {"id": "vpn"}, at=0)

    assert b'[[requirement]]\nid = "vpn"\n\n# Why ten' in changed.data


def test_first_host_is_added_to_a_file_without_hosts() -> None:
    host = {"host": "a.example", "port": 443, "protocol": "tls"}

    assert [host] == draft().add(("endpoint",), host).value(("endpoint",))


def test_last_host_that_is_removed_leaves_the_file_as_it_was() -> None:
    changed = draft().add(("endpoint",), {"host": "a.example", "port": 443, "protocol": "tls"})

    assert draft() == changed.drop(("endpoint", 0))


def test_first_advice_is_added_below_what_is_asked() -> None:
    changed = draft().add(("requirement", 0, "advice"), {"cost": "free", "text": {"en": "Wait."}})

    assert ['+advice = [{ cost = "free", text = { en = "Wait." } }]'] == lines(draft(), changed)


def test_second_alternative_gives_each_a_line() -> None:
    changed = draft().add(("requirement", 0, "any_of"), {"metric": "line.upload"})

    assert (
        b"any_of = [\n"
        b'    { metric = "line.download", at_least = 10, unit = "Mbit/s", source = "own" },\n'
        b'    { metric = "line.upload" },\n'
        b"]\n"
    ) in changed.data


def test_alternative_is_added_on_a_line_of_its_own() -> None:
    changed = draft().add(("requirement", 2, "any_of"), {"metric": "line.upload"}, at=1)

    assert ['+    { metric = "line.upload" },'] == lines(draft(), changed)
    assert b"# sold\n    { metric = " in changed.data


def test_alternative_that_is_removed_leaves_the_comment_of_another() -> None:
    changed = draft().drop(("requirement", 2, "any_of", 0))

    assert 1 == len(lines(draft(), changed))
    assert b"any_of = [\n    # What is left of it.\n" in changed.data


def test_language_that_is_removed_leaves_the_others() -> None:
    both = draft().put(("title", "de"), "Unsere")

    assert b'title = { de = "Unsere" }     # a name' in both.drop(("title", "en")).data


# --- faults -------------------------------------------------------------------------------------


def test_fault_is_named_at_its_place_at_once() -> None:
    changed = draft().put((*ANY_OF, "unit"), "MB/s")

    assert ["profile-wrong-unit"] == [one.reference for one in changed.faults_at(ANY_OF)]
    assert changed.faults_at(("requirement", 1)) == ()


def test_place_is_not_taken_for_another_that_begins_alike() -> None:
    """requirement[1] is not requirement[10]."""
    many = draft()
    for number in range(8):
        many = many.add(("requirement",), {"id": f"r{number}"})

    assert many.faults_at(("requirement", 10))
    assert many.faults_at(("requirement", 1)) == ()


def test_draft_has_all_faults_that_profile_check_finds(tmp_path: Path) -> None:
    changed = draft().put(("source", "own", "seen"), date(2999, 1, 1)).put(LIMIT, "ten")
    path = tmp_path / "ours.toml"
    path.write_bytes(changed.data)

    assert [one.reference for one in check_profile(path)] == [
        one.reference for one in changed.faults
    ]


def test_draft_with_a_fault_is_no_profile() -> None:
    assert draft().put(LIMIT, "ten").profile is None


def test_fault_that_is_mended_is_gone() -> None:
    assert draft() == draft().put(LIMIT, "ten").put(LIMIT, 10)
    assert draft().put(LIMIT, "ten").put(LIMIT, 10).faults == ()


def test_file_that_is_no_toml_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match="line 3"):
        draft(TEXT.replace('id = "ours"', "id = ours"))


@pytest.mark.parametrize(
    "place", [("requirement", 9), ("nothing",), ("id", "en"), ("requirement", 0, "any_of", 3), ()]
)
def test_what_is_not_there_cannot_be_removed(place: Place) -> None:
    with pytest.raises(InputError) as refused:
        draft().drop(place)

    assert refused.value.reference == "profile-place"


def test_half_a_character_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        draft().put(("title", "en"), "half \ud800")

    assert refused.value.reference == "profile-half-character"


def test_text_that_makes_the_file_too_large_is_refused() -> None:
    with pytest.raises(InputError) as refused:
        draft().put(("title", "en"), "x" * 300_000)

    assert refused.value.reference == "profile-too-large"


def test_text_cannot_write_keys_of_its_own() -> None:
    text = '" }\nid = "theirs"\n#'

    assert "ours" == draft().put(("title", "en"), text).value(("id",))


# --- whatever is done ---------------------------------------------------------------------------


def leaves(value: Any, place: Place = ()) -> list[tuple[Place, Any]]:  # noqa: ANN401 - TOML
    """Every value that is neither table nor list, with its place."""
    if isinstance(value, dict):
        return [leaf for key, one in value.items() for leaf in leaves(one, (*place, key))]
    if isinstance(value, list):
        return [leaf for n, one in enumerate(value) for leaf in leaves(one, (*place, n))]
    return [(place, value)]


VALUES = some.one_of(
    some.text(), some.integers(), some.floats(), some.booleans(), some.dates(), some.just("\x7f'''")
)


@CALM
@given(name=some.sampled_from(SHIPPED), number=some.integers(0, 10_000), value=VALUES)
def test_a_changed_value_leaves_all_others(name: str, number: int, value: object) -> None:
    opened = read_draft(BYTES[name], name)
    found = leaves(dict(opened.tree))
    place, _ = found[number % len(found)]
    changed = _tried(lambda: opened.put(place, value), opened)

    for other, was in found:
        assert other == place or same(was, changed.value(other))


@CALM
@given(name=some.sampled_from(SHIPPED), number=some.integers(0, 10_000), value=VALUES)
def test_a_change_that_is_taken_back_leaves_the_same_bytes(
    name: str, number: int, value: object
) -> None:
    opened = read_draft(BYTES[name], name)
    found = leaves(dict(opened.tree))
    place, was = found[number % len(found)]
    changed = _tried(lambda: opened.put(place, value), opened)

    assert opened.data == changed.put(place, was).data


@CALM
@given(name=some.sampled_from(SHIPPED), number=some.integers(0, 10_000))
def test_whatever_is_removed_is_gone_and_no_more(name: str, number: int) -> None:
    opened = read_draft(BYTES[name], name)
    found = leaves(dict(opened.tree))
    place, _ = found[number % len(found)]
    after = opened.drop(place)

    kept = len([one for one, _ in found if one != place])
    assert kept == len(leaves(tomllib.loads(after.data.decode())))


@CALM
@given(name=some.sampled_from(SHIPPED), number=some.integers(0, 200), to=some.integers(0, 200))
def test_a_requirement_moved_there_and_back_leaves_the_same_bytes(
    name: str, number: int, to: int
) -> None:
    opened = read_draft(BYTES[name], name)
    many = len(opened.value(("requirement",)))
    number, to = number % many, to % many

    assert opened == opened.move(("requirement", number), to).move(("requirement", to), number)


def _tried(change: Any, opened: ProfileDraft) -> ProfileDraft:  # noqa: ANN401 - a lambda
    """The changed draft; the one that was opened where a value is refused by name."""
    try:
        changed: ProfileDraft = change()
    except InputError as refused:
        assert refused.reference != "profile-syntax"  # noqa: PT017 - refused, but never broken
        return opened
    return changed


def test_place_is_said_as_faults_say_it() -> None:
    assert "requirement[2].any_of[0].unit" == said_place(("requirement", 2, "any_of", 0, "unit"))


def test_what_is_done_to_a_value_that_was_asked_for_does_not_change_the_draft() -> None:
    opened = draft()
    opened.value(("title",))["en"] = "Theirs"

    assert {"en": "Ours"} == opened.value(("title",))
