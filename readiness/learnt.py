"""Types that are read from bytes, learnt whole before anything is read.

``msgspec`` learns a type when it first meets it. A second thread that reads the same type meanwhile
uses what is half known, and the program ends; the window and its workers do read at the same time.
So a type is learnt where its module is loaded, by one thread at a time, and what reads it is made
here and nowhere else.
"""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, Any, TypeVar, overload

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

_LEARNING = threading.Lock()


@overload
def json_reader(form: type[T]) -> msgspec.json.Decoder[T]: ...
@overload
def json_reader(form: object) -> msgspec.json.Decoder[Any]: ...
def json_reader(form: Any) -> msgspec.json.Decoder[Any]:
    """Reads JSON as that type."""
    with _LEARNING:
        return msgspec.json.Decoder(form)


def packed_reader(form: type[T]) -> msgspec.msgpack.Decoder[T]:
    """Reads MessagePack as that type."""
    with _LEARNING:
        return msgspec.msgpack.Decoder(form)


def tree_reader(form: type[T]) -> Callable[[object], T]:
    """Reads a tree of plain things as that type."""
    json_reader(form)
    return lambda tree: msgspec.convert(tree, form)


def toml_reader(form: type[T]) -> Callable[[bytes], T]:
    """Reads TOML as that type."""
    json_reader(form)
    return lambda data: msgspec.toml.decode(data, type=form)
