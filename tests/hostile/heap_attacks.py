"""The corpus of named attacks on a recruiter's heap: files, archives and folders made to do harm.

Each is made from a good report when the test runs, with how it must be refused.
"""

from __future__ import annotations

import json
import stat
import struct
import zipfile
from io import BytesIO
from typing import TYPE_CHECKING

from readiness.report.codec import encode_report
from readiness.report.seal import seal
from tests.fakes.heap import zipped
from tests.fakes.trust import answer, invitation, report, session

if TYPE_CHECKING:
    from collections.abc import Callable

INVITED = invitation()
GOOD = answer(INVITED)
PLAIN = encode_report(report(session(INVITED)))
FILE = "ada.readiness.json"


def signed(payload: bytes) -> bytes:
    """An applicant owns the answer key and may sign anything."""
    return seal(payload, INVITED.answer_key)


def with_payload(payload: str) -> bytes:
    return json.dumps(json.loads(GOOD) | {"payload": payload}).encode()


ON_FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing": (bytes, "report-not-json"),
    "half a file": (lambda: GOOD[: len(GOOD) // 2], "report-not-json"),
    "a file of zeros, as after a crash": (lambda: bytes(4096), "report-not-json"),
    "a program renamed": (lambda: b"MZ\x90\0" + bytes(400), "report-not-json"),
    "a web page renamed": (lambda: b"<!doctype html><title>x</title>", "report-for-reading"),
    "an archive renamed": (lambda: zipped({FILE: GOOD}, zipfile.ZIP_STORED), "report-not-json"),
    "UTF-16": (lambda: PLAIN.decode().encode("utf-16"), "report-not-json"),
    "another program's JSON": (lambda: b'{"a": 1}', "report-schema-unknown"),
    "as deep as the sea": (lambda: b"[" * 100_000, "report-too-deep"),
    "deep inside the envelope": (
        lambda: signed(PLAIN.replace(b'"win32"', b"[" * 5000)),
        "report-too-deep",
    ),
    "a key twice": (
        lambda: GOOD.replace(b'"payload"', b'"payload": "", "payload"', 1),
        "report-key-twice",
    ),
    "a key twice inside": (
        lambda: signed(PLAIN.replace(b'"platform"', b'"platform":"linux","platform"', 1)),
        "report-key-twice",
    ),
    "a number that is none": (
        lambda: signed(PLAIN.replace(b"24.0", b"NaN", 1)),
        "report-number-not-finite",
    ),
    "a number without end": (
        lambda: signed(PLAIN.replace(b"24.0", b"9" * 5000, 1)),
        "report-number-absurd",
    ),
    "half a surrogate": (
        lambda: signed(PLAIN.replace(b'"win32"', b'"\\ud800"', 1)),
        "report-not-json",
    ),
    "a text that never ends": (
        lambda: signed(PLAIN.replace(b'"win32"', b'"' + b"x" * 5000 + b'"', 1)),
        "report-text-too-long",
    ),
    "two hundred thousand requirements": (
        lambda: b'{"schema":"readiness-report/1","findings":[' + b"{}," * 200_000 + b"{}]}",
        "report-too-large",
    ),
    "larger than a report can be": (lambda: b" " * (1024 * 1024 + 1), "too-large"),
    "a payload of another alphabet": (lambda: with_payload("__--"), "envelope-invalid"),
    "an invitation for a report": (lambda: INVITED.envelope, "envelope-of-something-else"),
    "sealed nonsense": (lambda: b'{"schema": "readiness-sealed/1"}', "report-sealed"),
}
"""Name -> the bytes of a ``.json`` file, and the reference of its refusal."""


def patched(data: bytes, *changes: tuple[bytes, int, bytes]) -> bytes:
    """Bytes set at an offset behind the first time that a mark stands there."""
    changed = bytearray(data)
    for mark, offset, new in changes:
        place = data.index(mark) + offset
        changed[place : place + len(new)] = new
    return bytes(changed)


LOCAL, CENTRAL, END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"


def locked() -> bytes:
    """The flag of encryption set in both headers (APPNOTE.TXT 4.3.7, 4.3.12)."""
    return patched(zipped({FILE: GOOD}), (LOCAL, 6, b"\x01\x00"), (CENTRAL, 8, b"\x01\x00"))


def lying(size: int) -> bytes:
    """Eight MiB of spaces that call themselves ``size`` bytes, in both headers."""
    told = struct.pack("<L", size)
    bomb = zipped({FILE: b" " * (8 * 1024 * 1024)})
    return patched(bomb, (LOCAL, 22, told), (CENTRAL, 24, told))


def crowded(entries: int) -> bytes:
    """A table of contents with one entry over and over (APPNOTE.TXT 4.3.16)."""
    good = zipped({FILE: b"{}"})
    start = good.index(CENTRAL)
    entry = good[start : good.index(END)]
    table = entry * entries
    count = min(entries, 0xFFFF)
    end = struct.pack("<4s4H2LH", END, 0, 0, count, count, len(table), start, 0)
    return good[:start] + table + end


def linked() -> bytes:
    """A symbolic link as Info-ZIP stores it."""
    made = BytesIO()
    entry = zipfile.ZipInfo(FILE)
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    entry.create_system = 3
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr(entry, "/etc/passwd")
    return made.getvalue()


def spoiled() -> bytes:
    """One byte of what is stored flipped, so that its check sum does not fit."""
    good = zipped({FILE: GOOD}, zipfile.ZIP_STORED)
    place = good.index(b"payloadType")
    return good[:place] + b"q" + good[place + 1 :]


ON_ARCHIVES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no archive at all": (lambda: GOOD, "archive-broken"),
    "nothing": (bytes, "archive-broken"),
    "half an archive": (lambda: zipped({FILE: GOOD})[:300], "archive-broken"),
    "a name that climbs": (lambda: zipped({"../../ada.json": GOOD}), "archive-name-leads-out"),
    "a name that climbs in the middle": (
        lambda: zipped({"a/../../ada.json": GOOD}),
        "archive-name-leads-out",
    ),
    "a name from the root": (lambda: zipped({"/etc/ada.json": GOOD}), "archive-name-leads-out"),
    "a name with a drive": (lambda: zipped({"C:ada.json": GOOD}), "archive-name-leads-out"),
    "a name that climbs on Windows": (
        lambda: zipped({"..\\ada.json": GOOD}),
        "archive-name-leads-out",
    ),
    "a share on another computer": (
        lambda: zipped({"\\\\evil\\share\\ada.json": GOOD}),
        "archive-name-leads-out",
    ),
    "an archive inside": (
        lambda: zipped({"more.zip": zipped({FILE: GOOD})}),
        "archive-in-archive",
    ),
    "an archive inside under another name": (
        lambda: zipped({FILE: zipped({FILE: GOOD}, zipfile.ZIP_STORED)}),
        "report-not-json",
    ),
    "locked": (locked, "archive-locked"),
    "packed so that unpacking needs gigabytes": (
        lambda: zipped({FILE: GOOD}, zipfile.ZIP_LZMA),
        "archive-packed-unusually",
    ),
    "a bomb": (lambda: zipped({FILE: b" " * (8 * 1024 * 1024)}), "too-large"),
    "a bomb that calls itself small": (lambda: lying(10), "archive-broken"),
    "a bomb that calls itself endless": (lambda: lying(0xFFFFFFF0), "too-large"),
    "two hundred thousand entries": (lambda: crowded(200_000), "archive-broken"),
    "eleven thousand entries": (lambda: crowded(11_000), "archive-too-many"),
    "a link": (linked, "not-a-file"),
    "an entry without a name": (lambda: zipped({"": GOOD}), "no-report-by-its-name"),
    "a check sum that does not fit": (spoiled, "archive-broken"),
    "a report that breaks off": (lambda: zipped({FILE: GOOD[:900]}), "report-not-json"),
    "another kind of archive inside": (
        lambda: zipped({"ada.7z": b"7z\xbc\xaf\x27\x1c"}),
        "archive-of-another-kind",
    ),
}
"""Name -> the bytes of a ``.zip``, and the reference of the refusal."""

STRANGE_NAMES = (
    "ada\u202enosj.json",
    "ada\x1b[2J\x1b]0;owned\x07.json",
    "ada\r\nOverall: ready.json",
    "\u2066\u2067.json",
    "ada\u200b\ufeff.json",
    "<img src=file:////evil/share>.json",
    "=cmd|' /c calc'!A1.json",
)
"""Names that turn text around, recolour a terminal, forge a line, hide, are markup or a formula."""
