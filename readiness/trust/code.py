"""An invitation as letters for an e-mail: the same signed bytes, packed.

``readiness-invitation:`` and base64url of the zlib-compressed key (32 bytes), signature (64) and
payload, with a full stop at the end by which a cut is seen.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
import zlib
from typing import TYPE_CHECKING

from readiness.model.text import N_
from readiness.report.seal import KEY_PREFIX, MAX_ENVELOPE, key_id, unseal
from readiness.trust.envelope import fault

if TYPE_CHECKING:
    from readiness.trust.envelope import Kind

START, END = "readiness-invitation:", "."
KEY, SIGNATURE = 32, 64
LINE = 76
"""Characters a line, so that no mail program has to break one."""

_QUOTED = re.compile(r"(?m)^[ \t]*(?:>[ \t]*)+")
_SPACE = re.compile(r"[\s\u200b\u00ad\ufeff]+")
"""White space and the invisible marks at which programs break long words."""

_LETTERS = re.compile(r"[A-Za-z0-9_-]+")
_CUT = N_("The code is not complete: copy it from its first word to the full stop at its end.")


def to_code(envelope: bytes) -> str:
    """The code of an invitation's envelope, in lines."""
    whole = json.loads(envelope)
    signature = whole["signatures"][0]
    packed = (
        bytes.fromhex(signature["keyid"].removeprefix(KEY_PREFIX))
        + base64.b64decode(signature["sig"])
        + unseal(envelope).payload
    )
    letters = base64.urlsafe_b64encode(zlib.compress(packed, 9)).decode("ascii").rstrip("=")
    code = f"{START}{letters}{END}"
    return "\n".join(code[place : place + LINE] for place in range(0, len(code), LINE)) + "\n"


def from_code(data: bytes, kind: Kind) -> bytes:
    """The envelope out of a text in which a code stands: lines broken, quoted, words around it.

    Raises:
        InputError: ``invitation-not-one``, ``invitation-code-cut`` or ``invitation-altered``.
    """
    text = data.decode("utf-8", "replace")
    _, found, rest = _SPACE.sub("", _QUOTED.sub("", text)).rpartition(START)
    if not found:
        raise fault(kind, "not-one", kind.not_one)
    letters, end, _ = rest.partition(END)
    if not end:
        raise fault(kind, "code-cut", _CUT)
    if not _LETTERS.fullmatch(letters):
        raise fault(kind, "altered", kind.altered)
    packed = _inflated(letters, kind)
    if len(packed) <= KEY + SIGNATURE:
        raise fault(kind, "altered", kind.altered)
    encoded = {
        "payloadType": kind.payload_type,
        "payload": base64.b64encode(packed[KEY + SIGNATURE :]).decode("ascii"),
        "signatures": [
            {
                "keyid": key_id(packed[:KEY]),
                "sig": base64.b64encode(packed[KEY : KEY + SIGNATURE]).decode("ascii"),
            }
        ],
    }
    return json.dumps(encoded, indent=1).encode() + b"\n"


def _inflated(letters: str, kind: Kind) -> bytes:
    """Never more than an envelope may hold, whatever a few letters promise."""
    unpacking = zlib.decompressobj()
    try:
        squeezed = base64.urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        packed = unpacking.decompress(squeezed, MAX_ENVELOPE)
    except (binascii.Error, ValueError, zlib.error) as error:
        raise fault(kind, "altered", kind.altered) from error
    if not unpacking.eof or unpacking.unused_data:
        raise fault(kind, "altered", kind.altered)
    return packed
