"""The corpus: named attacks on invitations and answers, each with what must be said about it.

An attack is built from a good file when the test runs, so that it stays an attack when the forms
change. ``ATTACKS`` maps its name to the bytes and the reference of the refusal.
"""

from __future__ import annotations

import base64
import json
import zlib
from functools import partial
from typing import TYPE_CHECKING, Any

from readiness.report.seal import KEY_PREFIX, seal
from readiness.trust.code import to_code
from tests.fakes.trust import EMPLOYER, PROFILE, answer, invitation

if TYPE_CHECKING:
    from collections.abc import Callable

KIND = "application/vnd.readiness.invitation+json"
GOOD = invitation()
ENVELOPE: dict[str, Any] = json.loads(GOOD.envelope)
PAYLOAD = base64.b64decode(ENVELOPE["payload"])
TERMS: dict[str, Any] = json.loads(PAYLOAD)


def signed(payload: bytes) -> bytes:
    """A payload under the employer's own signature: a faithless employer is an attacker too."""
    return seal(payload, EMPLOYER.signing, payload_type=KIND)


def with_terms(**changes: object) -> bytes:
    return signed(json.dumps(TERMS | changes).encode())


def with_envelope(**changes: object) -> bytes:
    return json.dumps(ENVELOPE | changes).encode()


def swapped(field: str, value: str) -> bytes:
    """The payload altered, the signature kept."""
    payload = json.dumps(TERMS | {field: value}).encode()
    return with_envelope(payload=base64.b64encode(payload).decode())


def code_of(packed: bytes) -> bytes:
    """A text code around packed bytes."""
    letters = base64.urlsafe_b64encode(zlib.compress(packed, 9)).decode().rstrip("=")
    return f"readiness-invitation:{letters}.".encode()


SIGNATURE: dict[str, str] = ENVELOPE["signatures"][0]
PACKED = (
    bytes.fromhex(SIGNATURE["keyid"].removeprefix(KEY_PREFIX))
    + base64.b64decode(SIGNATURE["sig"])
    + PAYLOAD
)
CODE = to_code(GOOD.envelope)


def changed(code: str, place: int, letter: str) -> bytes:
    return (code[:place] + letter + code[place + 1 :]).encode()


OTHER = json.loads(invitation().envelope)

ON_INVITATIONS: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (lambda: b"", "invitation-not-one"),
    "blanks": (lambda: b" \n" * 1000, "invitation-not-one"),
    "a null byte": (lambda: b"\0", "invitation-not-one"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(100), "invitation-not-one"),
    "a report instead": (partial(answer, GOOD), "invitation-not-one"),
    "utf-16": (lambda: GOOD.envelope.decode().encode("utf-16"), "invitation-not-one"),
    "a byte order mark": (lambda: b"\xef\xbb\xbf" + GOOD.envelope, "invitation-not-one"),
    "half a file": (lambda: GOOD.envelope[: len(GOOD.envelope) // 2], "invitation-not-one"),
    "two files in one": (lambda: GOOD.envelope * 2, "invitation-not-one"),
    "deep nesting": (lambda: b'{"a":' * 100_000, "invitation-not-one"),
    "a key twice": (
        lambda: GOOD.envelope.replace(b'"payload":', b'"payload": "AA==", "payload":', 1),
        "invitation-not-one",
    ),
    "an unknown key outside": (lambda: with_envelope(more=1), "invitation-not-one"),
    "no signature": (lambda: with_envelope(signatures=[]), "invitation-altered"),
    "a second signature": (
        lambda: with_envelope(signatures=[*ENVELOPE["signatures"], *OTHER["signatures"]]),
        "invitation-altered",
    ),
    "the same signature twice": (
        lambda: with_envelope(signatures=ENVELOPE["signatures"] * 2),
        "invitation-altered",
    ),
    "many signatures": (
        lambda: with_envelope(signatures=ENVELOPE["signatures"] * 900),
        "invitation-altered",
    ),
    "another's signature": (
        lambda: with_envelope(signatures=OTHER["signatures"]),
        "invitation-altered",
    ),
    "an empty signature": (
        lambda: with_envelope(signatures=[{**SIGNATURE, "sig": ""}]),
        "invitation-altered",
    ),
    "the key that everybody has": (
        lambda: with_envelope(
            signatures=[
                {"keyid": "ed25519:" + "00" * 32, "sig": base64.b64encode(bytes(64)).decode()}
            ]
        ),
        "invitation-altered",
    ),
    "the server swapped": (
        lambda: swapped("server", "https://evil.example"),
        "invitation-altered",
    ),
    "the end put off": (lambda: swapped("expires", "2026-12-31T00:00:00Z"), "invitation-altered"),
    "the kind renamed": (
        lambda: with_envelope(payloadType="application/vnd.readiness.report+json"),
        "invitation-not-one",
    ),
    "base64 of another alphabet": (lambda: with_envelope(payload="__--"), "invitation-not-one"),
    "a payload that is no JSON": (lambda: signed(b"hello"), "invitation-invalid"),
    "a payload that is a list": (lambda: signed(b"[]"), "invitation-invalid"),
    "a number that is none": (
        lambda: signed(PAYLOAD.replace(b'"server"', b'"x":NaN,"server"')),
        "invitation-invalid",
    ),
    "a number without end": (
        lambda: signed(PAYLOAD.replace(b'"server"', b'"x":' + b"9" * 5000 + b',"server"')),
        "invitation-invalid",
    ),
    "a key twice inside": (
        lambda: signed(PAYLOAD.replace(b'"server"', b'"server":"","server"')),
        "invitation-invalid",
    ),
    "half a surrogate": (
        lambda: signed(PAYLOAD.replace(b'"Acme Ltd"', b'"\\ud800"')),
        "invitation-invalid",
    ),
    "deep nesting inside": (
        lambda: signed(PAYLOAD.replace(b'"Acme Ltd"', b"[" * 5000)),
        "invitation-invalid",
    ),
    "another schema": (
        lambda: with_terms(schema="readiness-invitation/2"),
        "invitation-schema-unknown",
    ),
    "a name that turns the text around": (
        lambda: with_terms(employer="\u202eknaB emcA"),
        "invitation-employer-unfit",
    ),
    "a name with a null": (lambda: with_terms(employer="Acme\0"), "invitation-employer-unfit"),
    "a name that recolours a terminal": (
        lambda: with_terms(employer="\x1b[2J\x1b]0;owned\x07"),
        "invitation-employer-unfit",
    ),
    "a name of many lines": (
        lambda: with_terms(employer="Acme\nOverall: ready"),
        "invitation-employer-unfit",
    ),
    "a server that is a file": (
        lambda: with_terms(server="file:///etc/passwd"),
        "invitation-server-unfit",
    ),
    "a server that is a share": (
        lambda: with_terms(server="\\\\evil\\share"),
        "invitation-server-unfit",
    ),
    "a server with a line break": (
        lambda: with_terms(server="https://a\r\nHost: b"),
        "invitation-server-unfit",
    ),
    "sealing to a key that everybody has": (
        lambda: with_terms(seal_to="x25519:" + "00" * 32),
        "invitation-seal-to-unfit",
    ),
    "a clock in 2099": (
        lambda: with_terms(created="2099-01-01T00:00:00Z", expires="2099-01-02T00:00:00Z"),
        "invitation-from-tomorrow",
    ),
    "never ends": (
        lambda: with_terms(expires="9999-12-31T23:59:59Z"),
        "invitation-expires-unfit",
    ),
    "no zone": (lambda: with_terms(created="2026-03-02T09:00:00"), "invitation-expires-unfit"),
    "a profile that is none": (lambda: with_terms(profile="\0"), "profile-"),
    "a profile of two hundred thousand requirements": (
        lambda: with_terms(profile=PROFILE.decode() + "[[requirement]]\n" * 200_000),
        "invitation-not-one",
    ),
    "a profile as deep as the sea": (
        lambda: with_terms(profile="a = " + "[" * 20_000),
        "profile-",
    ),
    "a code cut in the middle": (
        CODE[:200].encode,
        "invitation-code-cut",
    ),
    "a code with a letter changed": (
        lambda: changed(CODE, 300, "A" if CODE[300] != "A" else "B"),
        "invitation-altered",
    ),
    "a code with a strange letter": (
        lambda: changed(CODE, 100, "!"),
        "invitation-altered",
    ),
    "a code that unpacks to a GiB": (
        lambda: code_of(PACKED + bytes(64 * 1024 * 1024)),
        "invitation-altered",
    ),
    "a code with more behind it": (
        lambda: code_of(PACKED)[:-1] + b"AAAA.",
        "invitation-altered",
    ),
    "a code of nothing": (lambda: code_of(b""), "invitation-altered"),
    "a code of a key alone": (lambda: code_of(PACKED[:96]), "invitation-altered"),
    "a code with its payload altered": (
        lambda: code_of(PACKED.replace(b"Acme Ltd", b"Evil Ltd")),
        "invitation-altered",
    ),
}
"""Name -> how it is made, and how the reference of the refusal begins."""


def set_in(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    """A change of one place, such as ``session.runs.0.duration_s``."""
    *way, last = path.split(".")

    def change(tree: dict[str, Any]) -> None:
        node: Any = tree
        for step in way:
            node = node[int(step)] if isinstance(node, list) else node[step]
        node[int(last) if isinstance(node, list) else last] = value

    return change


UPLOAD = "session.runs.0.measurements.1"
ON_ANSWERS: dict[str, Callable[[dict[str, Any]], None]] = {
    "the value alone": set_in(f"{UPLOAD}.value", 60.0),
    "the verdict alone": set_in("findings.3.verdict", "pass"),
    "the outcome alone": set_in("overall", "not-ready"),
    "the unit": set_in(f"{UPLOAD}.unit", "Gbit/s"),
    "the kind of a value": set_in(f"{UPLOAD}.value", "fast"),
    "the time before its check": set_in(f"{UPLOAD}.at", "2025-06-01T00:00:00Z"),
    "the time in 2099": set_in("created", "2099-01-01T00:00:00Z"),
    "a check of a day and more": set_in("session.runs.0.duration_s", 90_000.0),
    "a check that began before the invitation": set_in("session.started", "2026-03-01T09:00:00Z"),
    "two checks at once": set_in("session.runs.1.started", "2026-03-03T09:00:05Z"),
}
"""What an applicant, who owns the answer key, may alter and sign again; each is told."""
