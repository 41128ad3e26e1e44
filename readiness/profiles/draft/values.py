"""Values of a profile's tables: as TOML knows them, and whether two are the same."""

from __future__ import annotations

from typing import Any


def plain(value: object) -> Any:  # noqa: ANN401 - whatever TOML can hold
    """A value with lists for tuples, texts for words of a closed list, and 10 for 10.0."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, list | tuple):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {str(key): plain(one) for key, one in value.items()}
    return value


def same(one: object, other: object) -> bool:
    """Whether two values are written alike: 1 is neither 1.0 nor true, and nan is nan."""
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and repr(one) == repr(other)


def without_empty(value: Any) -> Any:  # noqa: ANN401 - whatever TOML can hold
    """Without tables and lists that hold nothing: a list of no ``[[...]]`` cannot be written."""
    if isinstance(value, dict):
        inner = {key: without_empty(one) for key, one in value.items()}
        return {key: one for key, one in inner.items() if one not in ({}, [])}
    if isinstance(value, list):
        return [without_empty(one) for one in value]
    return value
