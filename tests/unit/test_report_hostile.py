"""Whatever the reader lets through can be shown: no accepted report breaks words or pages."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from readiness.locale import Reader
from readiness.model.errors import InputError
from readiness.report.codec import decode_report, encode_report
from readiness.report.html import render_html
from readiness.report.words import headline, rows
from tests.fakes import reports as made

READER = Reader("en")
GOOD = encode_report(made.report())
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=40),
    st.sampled_from(["pass", "fail", "unknown", "must", "info", "at_most", "{x}", "%s", "-"]),
    st.lists(st.integers(-3, 3), max_size=2),
)


def places(node: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in a JSON tree."""
    found = [path] if path else []
    if isinstance(node, dict):
        for key, value in node.items():
            found.extend(places(value, (*path, key)))
    elif isinstance(node, list):
        for index, value in enumerate(node):
            found.extend(places(value, (*path, index)))
    return found


PLACES = [path for path in places(json.loads(GOOD)) if "values" not in path]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(PLACES), SCALARS), min_size=1, max_size=3))
def test_a_spoiled_report_is_refused_by_name_or_can_be_shown(
    changes: list[tuple[tuple[str | int, ...], object]],
) -> None:
    tree: Any = json.loads(GOOD)
    for path, value in changes:
        node = tree
        try:
            for key in path[:-1]:
                node = node[key]
            node[path[-1]] = value
        except (TypeError, KeyError, IndexError):
            continue
    try:
        report = decode_report(json.dumps(tree).encode())
    except InputError:
        return
    for profile in (made.profile(), None):
        assert headline(report, profile, READER)[0]
        assert len(rows(report, profile, READER)) == len(report.findings)
    page = render_html(report, None, READER)
    assert "<script" not in page
