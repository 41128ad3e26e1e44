"""Where values stand in a TOML text, also in texts that are written in unusual ways."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest

from readiness.profiles.draft.layout import Place, line_begin, line_end, read_layout
from tests.fakes.profiles import BYTES

STRANGE = '''\
"quoted key" = 'a "literal" one' # with [ and { and "
a . b . "c d" = 1
many = """
[[not.a.header]]
# not a comment \\
with "" two and \\""" three"""""
raw = \'\'\'[no]
'' two\'\'\'
moment = 1979-05-27 07:32:00-08:00
short=[1,2 ,3]
nested = [[1, 2], [ { x = 1, y.z = "]" } ], # ]
  "a", # the last
]
empty = []
none = {}

  [ d . "e" ]   # indented
\tf = true
[[g]]
[[g]]
x = 0xf_f
[g.h]
i = -inf
[[g.k]]
l = 1e3
[[g.k]]
[d.m]
n = 2
'''


def _found(tree: Any, place: Place) -> Any:  # noqa: ANN401 - whatever TOML can hold
    for key in place:
        tree = tree[key]
    return tree


@pytest.mark.parametrize("text", [STRANGE, *(data.decode() for data in BYTES.values())])
def test_each_value_stands_where_it_is_said_to_stand(text: str) -> None:
    """Cut out and read alone, it is the value that the TOML parser has for that place."""
    tree = tomllib.loads(text)
    layout = read_layout(text)

    for place, spot in layout.spots.items():
        alone = tomllib.loads(f"value = {text[spot.start : spot.end]}")["value"]
        assert repr(_found(tree, place)) == repr(alone)


@pytest.mark.parametrize("text", [STRANGE, *(data.decode() for data in BYTES.values())])
def test_no_value_is_left_out(text: str) -> None:
    said = set(read_layout(text).spots)

    assert _leaves(tomllib.loads(text), ()) <= said


def _leaves(tree: Any, place: Place) -> set[Place]:  # noqa: ANN401 - whatever TOML can hold
    if isinstance(tree, dict):
        return {leaf for key, one in tree.items() for leaf in _leaves(one, (*place, key))}
    if isinstance(tree, list):
        return {leaf for n, one in enumerate(tree) for leaf in _leaves(one, (*place, n))}
    return {place}


def test_headers_mean_the_entry_that_was_written_last() -> None:
    places = [section.place for section in read_layout(STRANGE).sections]

    assert [
        (),
        ("d", "e"),
        ("g", 0),
        ("g", 1),
        ("g", 1, "h"),
        ("g", 1, "k", 0),
        ("g", 1, "k", 1),
        ("d", "m"),
    ] == places


def test_section_without_rows_ends_with_its_header() -> None:
    text = "[a]\n\n[b]\nc = 1\n"

    assert [(0, 0), (0, 4), (5, 15)] == [
        (section.begin, section.end) for section in read_layout(text).sections
    ]


def test_line_of_a_file_without_a_last_line_break_ends_with_the_file() -> None:
    assert (2, 5) == (line_begin("a\nbcd", 4), line_end("a\nbcd", 4))
