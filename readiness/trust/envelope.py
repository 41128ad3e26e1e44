"""Signed bytes of one kind, by one key: verified before anybody looks inside."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

import msgspec

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.report.seal import unseal
from readiness.report.strict_json import strict_tree

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What is signed, and how its faults are named.

    Attributes:
        name: Begins the reference of each fault: ``invitation``.
        payload_type: Of the envelope.
        schema: The value of ``schema`` in the payload.
        longest: Most characters of any text in it.
        not_one: English source text for what is something else.
        altered: For a signature that does not hold.
        newer: For a schema that is not known here.
    """

    name: str
    payload_type: str
    schema: str
    longest: int
    not_one: str
    altered: str
    newer: str


@dataclass(frozen=True, kw_only=True)
class Signed:
    """Bytes and the one key that signed them, as ``ed25519:`` and 64 hexadecimal digits."""

    payload: bytes
    keyid: str


def opened(data: bytes, kind: Kind) -> Signed:
    """Open an envelope of that kind whose one signature holds. Its payload is not parsed yet.

    Raises:
        InputError: ``<name>-not-one`` or ``<name>-altered``.
    """
    try:
        found = unseal(data)
    except InputError as error:
        raise fault(kind, "not-one", kind.not_one) from error
    if found.payload_type != kind.payload_type:
        raise fault(kind, "not-one", kind.not_one)
    if not found.intact or len(found.keyids) != 1:
        raise fault(kind, "altered", kind.altered)
    return Signed(payload=found.payload, keyid=found.keyids[0])


def parsed(payload: bytes, kind: Kind, reader: msgspec.json.Decoder[T]) -> T:
    """The payload with a type: strict JSON, of the schema that is known here, nothing unknown.

    Raises:
        InputError: ``<name>-invalid`` or ``<name>-schema-unknown``.
    """
    try:
        tree = strict_tree(payload, longest=kind.longest)
        if isinstance(tree, dict) and isinstance(tree.get("schema"), str):
            if tree["schema"] != kind.schema:
                raise fault(kind, "schema-unknown", kind.newer)
            return reader.decode(payload)
    except msgspec.MsgspecError as error:
        raise fault(kind, "invalid", kind.not_one) from error
    except InputError as error:
        if error.reference.startswith("report-"):
            raise fault(kind, "invalid", kind.not_one) from error
        raise
    raise fault(kind, "invalid", kind.not_one)


def decoded(reader: msgspec.json.Decoder[T], data: bytes, refused: Callable[[], InputError]) -> T:
    """A small JSON document with a type; anything else is ``refused``."""
    try:
        strict_tree(data)
        return reader.decode(data)
    except (InputError, msgspec.MsgspecError) as error:
        raise refused() from error


def fault(kind: Kind, what: str, text: str) -> InputError:
    """A fault of that kind of document, with the usual hint."""
    return InputError(
        f"{kind.name}-{what}",
        text,
        hint=N_("Ask whoever sent it to send it again, as a file; do not edit it."),
    )
