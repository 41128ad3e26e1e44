"""Taking the data out of a PDF report that anybody may have written.

A PDF can be made to keep a reader busy for ever or to fill the memory. So it is read in a child
process that is ended after some seconds and, where the system can do that (Linux; macOS does not
enforce it, Windows has no such call), may use only so much memory. The bytes are handed over; the
child opens no file.
"""

from __future__ import annotations

import multiprocessing
import sys
from typing import Protocol

from readiness.model.errors import InputError
from readiness.model.text import N_

ATTACHMENT = "report.json"
MAX_PDF = 20 * 1024 * 1024
TIME_LIMIT_S = 15.0
MEMORY_LIMIT = 1024 * 1024 * 1024
MAX_ATTACHMENT = 8 * 1024 * 1024
"""No attachment may be longer; pypdf limits by itself how far a stream may unfold."""


class _End(Protocol):
    """One end of a pipe; its class differs between the systems."""

    def send_bytes(self, buf: bytes) -> None: ...
    def recv_bytes(self, maxlength: int | None = None) -> bytes: ...
    def poll(self, timeout: float | None = 0.0) -> bool: ...


def attached_report(data: bytes, *, seconds: float = TIME_LIMIT_S) -> bytes:
    """The bytes of the attachment ``report.json``; everything else in the PDF is ignored.

    Args:
        data: The PDF.
        seconds: After this time the child is ended.

    Raises:
        InputError: Unreadable, without such an attachment, or too much work.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    child = context.Process(target=_child, args=(theirs,), daemon=True)
    child.start()
    theirs.close()
    try:
        answer = _ask(ours, data, seconds)
    finally:
        child.kill()
        child.join()
        child.close()
        ours.close()
    if isinstance(answer, bytes):
        return answer
    fault = _FAULTS[answer]
    raise fault()


def _ask(ours: _End, data: bytes, seconds: float) -> bytes | str:
    try:
        ours.send_bytes(data)
        if not ours.poll(seconds):
            return "slow"
        kind, found = ours.recv_bytes(1).decode("ascii"), ours.recv_bytes(MAX_ATTACHMENT)
    except (EOFError, OSError):
        return "broken"
    return found if kind == "+" else found.decode("ascii")


def _child(theirs: _End) -> None:
    """Read one PDF from the pipe, write its attachment or the name of the fault to it."""
    _limit()
    data = theirs.recv_bytes(MAX_PDF)
    found = _attachment(data)
    answer = ("+", found) if isinstance(found, bytes) else ("-", found.encode("ascii"))
    theirs.send_bytes(answer[0].encode("ascii"))
    theirs.send_bytes(answer[1])


def _limit() -> None:
    """Take away what this process may use, and keep pypdf's remarks to itself."""
    import logging

    logging.disable(logging.CRITICAL)
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def _attachment(data: bytes) -> bytes | str:
    from io import BytesIO

    from pypdf import PdfReader

    try:
        found = list(PdfReader(BytesIO(data)).attachment_list)
        contents = [entry.content for entry in found if entry.name == ATTACHMENT]
    except MemoryError:
        return "large"
    except Exception:  # noqa: BLE001 - pypdf raises nearly anything for a broken file
        return "broken"
    if len(contents) != 1 or not isinstance(contents[0], bytes):
        return "none"
    return contents[0] if len(contents[0]) <= MAX_ATTACHMENT else "large"


def _broken() -> InputError:
    return InputError(
        "pdf-unreadable",
        N_("The PDF is damaged and cannot be read."),
        hint=N_("Ask for the file again, best together with its .readiness.json."),
    )


def _none() -> InputError:
    return InputError(
        "pdf-without-report",
        N_("The PDF carries no report data."),
        hint=N_("Printing a PDF anew loses them: ask for the file as the program saved it."),
    )


def _large() -> InputError:
    return InputError(
        "pdf-too-much",
        N_("Reading the PDF took more time or memory than it may."),
        hint=N_("Reports are small; ask for the .readiness.json file instead."),
    )


_FAULTS = {"broken": _broken, "none": _none, "large": _large, "slow": _large}
