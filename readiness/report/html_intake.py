"""The data that a report carries as a web page, and taking them out of one that anybody wrote.

They stand in an element that browsers neither show nor run: ``<meta>``, in base64, whose letters
can end no attribute and begin no element. The page is never parsed or shown here: its bytes are
searched for that one mark. What it shows may be something else; only the data count.
"""

from __future__ import annotations

import base64
import binascii

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.report.seal import MAX_ENVELOPE

MAX_PAGE = 8 * 1024 * 1024
"""Bytes of a page: the largest report as a page, with room."""

MAX_CARRIED = 4 * (MAX_ENVELOPE // 3 + 1)
"""Letters of base64 for the largest envelope."""

_MARK = b'<meta name="readiness-report" content="'
_MARKED_END = b'">'
_WIDE = (b"\xff\xfe", b"\xfe\xff")
"""Byte order marks of UTF-16, in which some editors save pages again."""

_BOM = b"\xef\xbb\xbf"
_LOOKED_AT = 1024


def carrier(data: bytes) -> str:
    """The element that carries ``data`` in a page."""
    letters = base64.b64encode(data)
    return (_MARK + letters + _MARKED_END).decode("ascii")


def is_page(data: bytes) -> bool:
    """Whether these bytes begin as a web page does, with an element; no other kind of file does."""
    head = data[:_LOOKED_AT]
    if head[:2] in _WIDE:
        head = head[2:].replace(b"\0", b"")
    return head.removeprefix(_BOM).lstrip().startswith(b"<")


def carried_report(page: bytes) -> bytes:
    """The data that a page carries, not looked into yet.

    Raises:
        InputError: ``report-for-reading``: there are none; ``page-too-large``,
            ``page-carries-several`` or ``page-unreadable``.
    """
    if len(page) > MAX_PAGE:
        raise _too_large()
    begin = page.find(_MARK)
    if begin < 0:
        raise report_for_reading("")
    begin += len(_MARK)
    if page.find(_MARK, begin) >= 0:
        raise InputError(
            "page-carries-several",
            N_("This web page carries the data of several reports."),
            hint=N_("Ask for the file again, as the program saved it."),
        )
    end = page.find(b'"', begin)
    if end - begin > MAX_CARRIED:
        raise _too_large()
    if end < 0 or not page.startswith(_MARKED_END, end):
        raise _damaged()
    try:
        return binascii.a2b_base64(page[begin:end], strict_mode=True)
    except binascii.Error as error:
        raise _damaged() from error


def report_for_reading(where: str) -> InputError:
    """The refusal of a page that carries no data."""
    return InputError(
        "report-for-reading",
        N_("This web page is for reading in a browser; it carries no report data."),
        where=where,
        hint=N_("Open the PDF or the .json file of the same report."),
    )


def _too_large() -> InputError:
    return InputError(
        "page-too-large",
        N_("This web page is larger than a report can be."),
        hint=N_("Ask for the .readiness.json file instead."),
    )


def _damaged() -> InputError:
    return InputError(
        "page-unreadable",
        N_("The data in this web page are damaged and cannot be read."),
        hint=N_("Ask for the file again, best together with its .readiness.json."),
    )
