"""Named attacks with a web page that is to carry a report: made from an honest page."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from readiness.report.html_intake import MAX_CARRIED, carrier
from tests.fakes.heap import pdf_with, zipped
from tests.hostile.heap_attacks import GOOD, INVITED, PLAIN

if TYPE_CHECKING:
    from collections.abc import Callable

MARK = b'<meta name="readiness-report" content="'


def page(*carried: bytes, body: bytes = b"<p>ready</p>", head: bytes = b"") -> bytes:
    """A page that carries each of these."""
    elements = b"\n".join(carrier(one).encode() for one in carried)
    return b"<!doctype html>\n<html><head>" + head + elements + b"</head><body>" + body + b"</body>"


HONEST = page(GOOD)

ON_PAGES: dict[str, tuple[Callable[[], bytes], str]] = {
    "no data": (page, "report-for-reading"),
    "a page of something else": (lambda: b"<p>Dear applicant", "report-for-reading"),
    "a script that would run": (
        lambda: page(head=b"<script>document.write('<meta')</script>"),
        "report-for-reading",
    ),
    "data in a script": (
        lambda: page(head=b'<script type="application/json">' + GOOD + b"</script>"),
        "report-for-reading",
    ),
    "data by another name": (
        lambda: HONEST.replace(b"readiness-report", b"readiness-reporT"),
        "report-for-reading",
    ),
    "data to be fetched": (
        lambda: HONEST.replace(b'content="', b'src="https://evil.example/" content="'),
        "report-for-reading",
    ),
    "two reports": (lambda: page(GOOD, GOOD), "page-carries-several"),
    "a second one in a comment": (
        lambda: page(GOOD, body=b"<!--" + MARK + b'">-->'),
        "page-carries-several",
    ),
    "one mark inside of another": (
        lambda: HONEST.replace(MARK, MARK + MARK),
        "page-carries-several",
    ),
    "data without an end": (lambda: HONEST.split(b'">')[0], "page-unreadable"),
    "half of it": (lambda: HONEST[: len(HONEST) // 2], "page-unreadable"),
    "an attribute behind it": (
        lambda: HONEST.replace(b'">', b'" onload="x">'),
        "page-unreadable",
    ),
    "letters of another alphabet": (
        lambda: HONEST.replace(MARK, MARK + b"__--"),
        "page-unreadable",
    ),
    "markup in the data": (
        lambda: HONEST.replace(MARK, MARK + b"<script>"),
        "page-unreadable",
    ),
    "lines broken": (lambda: HONEST.replace(MARK, MARK + b"\n"), "page-unreadable"),
    "data that never end": (
        lambda: page(head=MARK + b"A" * (MAX_CARRIED + 4) + b'">'),
        "page-too-large",
    ),
    "no data at all": (lambda: page(b""), "report-not-json"),
    "a page in the page": (lambda: page(HONEST), "report-not-json"),
    "a PDF in the page": (lambda: page(pdf_with(GOOD)), "report-not-json"),
    "an archive in the page": (lambda: page(zipped({"a.json": GOOD})), "report-not-json"),
    "an invitation in the page": (lambda: page(INVITED.envelope), "envelope-of-something-else"),
    "an envelope cut off": (lambda: page(GOOD[:900]), "report-not-json"),
    "as deep as the sea": (lambda: page(b"[" * 100_000), "report-too-deep"),
    "UTF-16": (lambda: HONEST.decode().encode("utf-16"), "report-for-reading"),
    "UTF-16, the other way round": (
        lambda: b"\xfe\xff" + HONEST.decode().encode("utf-16-be"),
        "report-for-reading",
    ),
    "packed twice": (
        lambda: page(base64.b64encode(GOOD)),
        "report-not-json",
    ),
    "nothing": (bytes, "report-not-json"),
    "zeros": (lambda: bytes(4096), "report-not-json"),
}
"""Name -> the bytes of an ``.html`` file, and the reference of its refusal."""

TAKEN: dict[str, Callable[[], bytes]] = {
    "an honest one": lambda: HONEST,
    "a byte order mark before it": lambda: b"\xef\xbb\xbf" + HONEST,
    "lines of Windows": lambda: HONEST.replace(b"\n", b"\r\n"),
    "space before it": lambda: b"\r\n\t " + HONEST,
    "a comment of the browser that saved it": lambda: (
        b"<!-- saved from url=(0014)about:internet -->\n" + HONEST
    ),
    "a page that says another thing": lambda: page(GOOD, body=b"<h1>Hired!</h1>"),
    "data without a signature": lambda: page(PLAIN),
}
"""Pages of which the data are taken, and nothing else."""
