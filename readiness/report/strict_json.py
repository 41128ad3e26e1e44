"""Reading JSON that anybody may have written: what careful readers refuse, before it gets a type.

RFC 8259 leaves duplicate keys, huge numbers, lone surrogates and depth to the reader. Two readers
that decide differently can be shown two different documents by the same bytes; so all are refused.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn

from readiness.model.errors import InputError
from readiness.model.measurement import LARGEST, MAX_TEXT
from readiness.model.text import N_

MAX_BYTES = 256 * 1024
MAX_DEPTH = 16
MAX_ITEMS = 1000
MAX_DIGITS = 25

_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)', re.DOTALL)
"""Also one that never ends: looking for its end again from every quote would take for ever."""

_BRACKETS = re.compile(rb"[\[\]{}]")


class _RefusedError(ValueError):
    """Raised inside the JSON reader, which knows no path."""

    def __init__(self, reference: str, what: str) -> None:
        super().__init__(reference)
        self.reference = reference
        self.what = what


def strict_tree(data: bytes, *, limit: int = MAX_BYTES, longest: int = MAX_TEXT) -> object:
    """Parse UTF-8 JSON into dicts and lists.

    Args:
        data: The document.
        limit: At most so many bytes.
        longest: No text may have more characters.

    Raises:
        InputError: Too large, too deep, not UTF-8, not JSON, a key twice, a number that is not
            finite or absurd, a text that is too long or no text at all.
    """
    if len(data) > limit:
        raise refuse(
            "report-too-large", N_("The report is larger than {limit} bytes."), "$", limit=limit
        )
    _depth(data)
    try:
        text = data.decode("utf-8")
        tree = json.loads(
            text,
            object_pairs_hook=_pairs,
            parse_constant=_constant,
            parse_float=_float,
            parse_int=_int,
        )
    except _RefusedError as error:
        raise refuse(error.reference, error.what, "$") from error
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise refuse("report-not-json", N_("This is not valid JSON."), "$") from error
    _walk(tree, "$", longest)
    return tree


def refuse(reference: str, what: str, path: str, **values: object) -> InputError:
    """An ``InputError`` about a report with the usual hint."""
    return InputError(
        reference,
        what,
        where=path,
        hint=N_("Ask for the file again; do not edit it by hand."),
        **values,
    )


def _depth(data: bytes) -> None:
    """Count brackets outside of strings, so that no parser has to go down there."""
    depth = 0
    for bracket in _BRACKETS.findall(_STRING.sub(b"", data)):
        depth += 1 if bracket in (b"[", b"{") else -1
        if depth > MAX_DEPTH:
            raise refuse("report-too-deep", N_("The report is nested too deeply."), "$")


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _RefusedError("report-key-twice", N_("A key stands twice in one object."))
    return found


def _constant(_name: str) -> NoReturn:
    raise _RefusedError("report-number-not-finite", N_("A number is not finite."))


def _float(digits: str) -> float:
    number = float(digits) if len(digits) <= MAX_DIGITS else math.inf
    if not math.isfinite(number):
        raise _RefusedError("report-number-not-finite", N_("A number is not finite."))
    return number


def _int(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise _RefusedError("report-number-absurd", N_("A number is absurdly large."))
    return int(digits)


def _walk(node: object, path: str, longest: int) -> None:
    if isinstance(node, str):
        _text(node, path, longest)
    elif isinstance(node, int | float):
        if abs(node) > LARGEST:
            raise refuse("report-number-absurd", N_("A number is absurdly large."), path)
    elif isinstance(node, dict):
        for key, value in node.items():
            _text(key, path, longest)
            _walk(value, f"{path}.{key}", longest)
    elif isinstance(node, list):
        if len(node) > MAX_ITEMS:
            raise refuse(
                "report-too-many",
                N_("More than {limit} entries stand here."),
                path,
                limit=MAX_ITEMS,
            )
        for index, value in enumerate(node):
            _walk(value, f"{path}[{index}]", longest)


def _text(text: str, path: str, longest: int) -> None:
    if len(text) > longest:
        raise refuse(
            "report-text-too-long",
            N_("A text is longer than {limit} characters."),
            path,
            limit=longest,
        )
    if any("\ud800" <= char <= "\udfff" for char in text):
        raise refuse("report-not-json", N_("This is not valid JSON."), path)
