"""Every fault of a profile is named with file, key and what to write instead."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.model.errors import InputError
from readiness.profiles import check_profile, load_profile, parse_profile
from readiness.profiles.document import read_profile
from readiness.profiles.faults import MOST, Faults
from readiness.profiles.questions import read_questions
from readiness.profiles.table import Table

FIXTURES = Path(__file__).parents[1] / "fixtures" / "profiles"
BAD = sorted((FIXTURES / "bad").glob("*.toml"))
FORGIVEN = ("seen-in-the-future", "device-known")
GOOD = (FIXTURES / "good.toml").read_bytes()

every_bad_file = pytest.mark.parametrize("path", BAD, ids=[path.stem for path in BAD])


def _expected(path: Path) -> list[list[str]]:
    """What the file itself says about its faults: reference, key, a part of the hint."""
    lines = re.findall(r"^# expect: (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return [[part.strip() for part in line.split("|")] for line in lines]


def _place(error: InputError, name: str) -> str:
    assert error.where.startswith(name)
    return error.where.removeprefix(name).removeprefix(": ")


@every_bad_file
def test_file_has_exactly_the_faults_that_it_names(path: Path) -> None:
    found = check_profile(path)

    expected = sorted((reference, key) for reference, key, _ in _expected(path))
    assert expected
    assert expected == sorted((error.reference, _place(error, str(path))) for error in found)


@every_bad_file
def test_hint_says_what_to_write(path: Path) -> None:
    hints = {
        (error.reference, _place(error, str(path))): error.hint.format(**error.values)
        for error in check_profile(path)
    }

    for reference, key, part in _expected(path):
        assert part in hints[reference, key]


@every_bad_file
def test_message_has_its_words_and_is_short(path: Path) -> None:
    """No placeholder is left open, nothing is repeated at length or breaks the line."""
    for error in check_profile(path):
        said = str(error)
        assert "\n" not in said
        assert "\x1b" not in said
        assert len(said) < len(str(path)) + 900


@pytest.mark.parametrize(
    "path",
    # Loading forgives one fault; see the test about the clock.
    [path for path in BAD if not path.stem.startswith(FORGIVEN)],
    ids=lambda path: path.stem,
)
def test_bad_file_is_not_loaded(path: Path) -> None:
    with pytest.raises(InputError) as caught:
        load_profile(str(path))

    assert caught.value.reference in {reference for reference, _, _ in _expected(path)}


def test_good_file_has_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "good.toml"
    path.write_bytes(GOOD)

    assert check_profile(path) == []
    assert parse_profile(GOOD, "good.toml").id == "example"


@pytest.mark.parametrize(
    ("data", "reference", "place"),
    [
        (b"\xef\xbb\xbf" + GOOD, "profile-byte-order-mark", "x.toml: line 1"),
        (GOOD.decode().encode("utf-16"), "profile-utf-16", "x.toml: line 1"),
        (GOOD.decode().encode("utf-16-be"), "profile-utf-16", "x.toml: line 1"),
        (GOOD + b"\0", "profile-utf-16", "x.toml: line 1"),
        (
            GOOD.replace(b"Our own", "Größe".encode("latin-1")),
            "profile-encoding",
            "x.toml: line 8",
        ),
        (
            GOOD.replace(b"at_least = 10", b"at_least = 0x" + b"f" * 9999),
            "profile-number",
            "x.toml: requirement[0].any_of[0].at_least",
        ),
        (b"#" * (256 * 1024 + 1), "profile-too-large", "x.toml"),
        (b"", "profile-missing-key", "x.toml: schema"),
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "profile-utf-16", "x.toml: line 1"),
    ],
    ids=[
        "bom",
        "utf-16",
        "utf-16-be",
        "nul",
        "latin-1",
        "huge-number",
        "large",
        "empty",
        "picture",
    ],
)
def test_bytes_that_are_no_profile_are_refused(data: bytes, reference: str, place: str) -> None:
    with pytest.raises(InputError) as caught:
        parse_profile(data, "x.toml")

    assert (reference, place) == (caught.value.reference, caught.value.where)
    assert caught.value.hint


def test_faults_beyond_a_hundred_are_not_listed() -> None:
    many = b"".join(b"key%d = 1\n" % number for number in range(500))
    faults = Faults("x.toml")

    read_profile(many + GOOD, faults)

    assert len(faults.found) == MOST


def test_page_seen_after_this_computer_s_today_is_only_a_matter_of_checking() -> None:
    """A wrong clock must not make a profile unusable."""
    faults = Faults("x.toml")

    read_profile(GOOD, faults, today=date(2020, 1, 1))

    assert [error.reference for error in faults.found] == ["profile-seen"]
    assert parse_profile(GOOD.replace(b"2026-11-23", b"2999-01-01"), "x.toml").id == "example"


def test_link_is_refused(tmp_path: Path) -> None:
    real = tmp_path / "real.toml"
    real.write_bytes(GOOD)
    link = tmp_path / "link.toml"
    link.symlink_to(real)

    assert [error.reference for error in check_profile(link)] == ["not-a-file"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_and_does_not_block(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)

    assert [error.reference for error in check_profile(pipe)] == ["not-a-file"]


def test_folder_and_missing_file_are_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.toml").mkdir()

    for name in ("folder.toml", "none.toml"):
        (error,) = check_profile(tmp_path / name)
        assert error.reference in ("cannot-read", "not-a-file")
        assert str(tmp_path / name) == error.where


def test_large_file_is_refused_before_it_is_parsed(tmp_path: Path) -> None:
    path = tmp_path / "large.toml"
    path.write_bytes(b"#" * (300 * 1024))

    assert [error.reference for error in check_profile(path)] == ["too-large"]


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("typical-voise", "Did you mean typical-voice?"),
        ("zzz", "call-path"),
        ("", "call-path"),
        ("a\0b", "call-path"),
    ],
)
def test_unknown_profile_is_named_with_a_hint(reference: str, hint: str) -> None:
    with pytest.raises(InputError) as caught:
        load_profile(reference)

    assert caught.value.reference == "profile-unknown"
    assert hint in str(caught.value)


def test_faults_of_questions_alone_are_found_too() -> None:
    faults = Faults("questions.toml")

    read_questions(Table({"question": [{"id": "a"}]}, "", faults), taken=())

    assert [error.where for error in faults.found] == [
        "questions.toml: question[0].kind",
        "questions.toml: question[0].text",
        "questions.toml: question[0].title",
    ]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_faults_and_nothing_worse(data: bytes) -> None:
    with pytest.raises(InputError):
        parse_profile(data, "x.toml")


WORDS = (
    *("nan", "inf", "-1", "true", '"unknown"', "[]", "[[1]]", "{}", "2026-11-23", '"\\u202e"'),
    *("0x" + "f" * 60, '""', '"line.upload"', '"ms"', "1e400", '{ en = "a" }', "08:00:00"),
)


@settings(max_examples=200, deadline=None)
@given(st.integers(0, GOOD.count(b"\n")), st.sampled_from(WORDS))
def test_any_value_in_any_place_is_read_or_refused(number: int, word: str) -> None:
    """A line's value is replaced by something odd: a profile or a fault comes out."""
    lines = GOOD.decode().split("\n")
    key, equals, _ = lines[number].partition(" = ")
    if equals:
        lines[number] = f"{key} = {word}"
    data = "\n".join(lines).encode()
    faults = Faults("x.toml")

    profile = read_profile(data, faults)

    assert all(str(error) for error in faults.found)
    assert faults.found or (profile is not None and profile.requirements)
