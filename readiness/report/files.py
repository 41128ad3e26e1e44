"""Reports as files: written whole or not at all, never over another; read with suspicion."""

from __future__ import annotations

import contextlib
import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.errors import InputError, StorageError
from readiness.model.text import N_
from readiness.report.codec import MAX_BYTES, decode_report, encode_report
from readiness.report.html_intake import carried_report, is_page
from readiness.report.pdf_intake import MAX_PDF, TIME_LIMIT_S, attached_report
from readiness.report.seal import MAX_ENVELOPE, REPORT_TYPE, Unsealed, seal, unseal
from readiness.storage import read_limited, storage_error, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

FORMATS = ("json", "html", "pdf")
SEALED = "sealed"
ENDINGS = {
    "json": ".readiness.json",
    "html": ".readiness.html",
    "pdf": ".readiness.pdf",
    SEALED: ".readiness-sealed",
}
NAMES_TRIED = 1000

_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_SEALED_MARK = b'"readiness-sealed/'
_ENVELOPE_KEY = re.compile(rb'"payloadType"\s*:')


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Files that can be written, in memory.

    Attributes:
        report: What they tell.
        payload: Its data, UTF-8 JSON: what the envelope holds and the signature covers.
        stem: The files' name without ending; it names nobody and no computer.
        contents: Format -> the bytes of the file.
    """

    report: Report
    payload: bytes
    stem: str
    contents: Mapping[str, bytes]

    def name(self, kind: str) -> str:
        """What the file of a format is called, unless there is one of that name."""
        return f"{self.stem}{ENDINGS[kind]}"


def write_report(
    report: Report,
    profile: Profile | None,
    folder: Path,
    *,
    formats: Sequence[str],
    reader: Reader,
    stem: str | None = None,
    key: Ed25519PrivateKey | None = None,
    sealing: Callable[[bytes], bytes] | None = None,
) -> tuple[Path, ...]:
    """Write the report in the reader's language and return the files in the order of ``formats``.

    Files are called ``readiness-<profile>-<day>-<time>`` and never replace another: ``-2`` and so
    on is added. All formats of one call carry the same sealed data. If one cannot be written the
    others still are; the error then names those that could not.

    Args:
        report: What was found and judged.
        profile: What it was judged against; none if it is not known here.
        folder: Made if it is missing.
        formats: Out of ``json``, ``html``, ``pdf``.
        reader: For HTML and PDF.
        stem: Another name, without ending.
        key: Signs the data; a throw-away key by default.
        sealing: Makes of the signed data a further file that one other alone can read.

    Raises:
        StorageError: The disk refused; no half file is left.
        KeyError: No such format.
    """
    draft = make_draft(report, profile, formats=formats, reader=reader, key=key, sealing=sealing)
    return write_draft(draft, folder, stem=stem)


def make_draft(
    report: Report,
    profile: Profile | None,
    *,
    formats: Sequence[str],
    reader: Reader,
    key: Ed25519PrivateKey | None = None,
    sealing: Callable[[bytes], bytes] | None = None,
) -> Draft:
    """Everything that :func:`write_report` would write, in memory, to be looked at first.

    Raises:
        KeyError: No such format.
    """
    payload = encode_report(report)
    sealed = seal(payload, key)
    makers: dict[str, Callable[[], bytes]] = {
        "json": lambda: sealed,
        "html": lambda: _html(report, profile, reader, sealed),
        "pdf": lambda: _pdf(report, profile, reader, sealed),
    }
    contents = {name: makers[name]() for name in dict.fromkeys(formats)}
    if sealing is not None:
        contents[SEALED] = sealing(sealed)
    return Draft(report=report, payload=payload, stem=_stem(report), contents=contents)


def write_draft(
    draft: Draft,
    folder: Path,
    *,
    formats: Sequence[str] | None = None,
    stem: str | None = None,
) -> tuple[Path, ...]:
    """Write the very bytes of a draft, as :func:`write_report` does.

    Args:
        draft: What was looked at.
        folder: Made if it is missing.
        formats: Some of the draft's; all by default. A sealed one is always written, last.
        stem: Another name, without ending.

    Raises:
        StorageError: The disk refused; no half file is left.
        KeyError: The draft holds no such format.
    """
    contents = {name: draft.contents[name] for name in formats or draft.contents}
    if SEALED in draft.contents:
        contents[SEALED] = draft.contents[SEALED]
    paths = _reserve(folder, stem or draft.stem, tuple(contents))
    faults = []
    waiting = set(paths.values())
    try:
        for name, path in paths.items():
            try:
                write_whole(path, contents[name])
            except StorageError as error:
                faults.append(error)
            else:
                waiting.discard(path)
    finally:  # also where the person ends the program by Ctrl+C
        for path in waiting:
            _give_up(path)
    if faults:
        raise _together(faults)
    return tuple(paths.values())


def write_beside(path: Path, data: bytes, ending: str) -> Path:
    """Write something that belongs to a saved report beside it, under its name; never over another.

    Raises:
        StorageError: The disk refused; no half file is left.
    """
    stem = path.name
    for known in ENDINGS.values():
        stem = stem.removesuffix(known)
    (made,) = _reserve(path.parent, stem, (ending,), {ending: ending}).values()
    try:
        write_whole(made, data)
    except StorageError:
        _give_up(made)
        raise
    return made


def read_report(path: Path) -> Report:
    """Read a report: an envelope, plain report JSON, or a PDF or page that carries its data.

    Raises:
        InputError: With the file and the JSON path in ``where``; also if it was sealed and a
            signature does not hold. Otherwise the next save would put a good seal on it.
    """
    report, opened = read_sealed(path)
    if opened is not None and not opened.intact:
        raise InputError(
            "report-seal-broken",
            N_("The report was changed after it was saved: its signature does not hold."),
            where=path.name,
            hint=N_("Ask for the file again; do not edit it by hand."),
        )
    return report


def read_sealed(path: Path) -> tuple[Report, Unsealed | None]:
    """Like :func:`read_report`, with the opened envelope; none for plain JSON.

    A signature that does not hold is no error here: ``Unsealed.intact`` says so.
    """
    data = read_limited(path, MAX_PDF)
    try:
        return parse_sealed(data)
    except InputError as error:
        place = error.where.removeprefix("$").removeprefix(".")
        error.where = f"{path.name}: {place}" if place else path.name
        raise


def parse_sealed(data: bytes) -> tuple[Report, Unsealed | None]:
    """Read a report out of a file's bytes. Raises ``InputError``."""
    found, opened = envelope_in(data)
    return decode_report(found), opened


def envelope_in(data: bytes, *, seconds: float = TIME_LIMIT_S) -> tuple[bytes, Unsealed | None]:
    """The report's bytes, not looked into yet, and the envelope around them; none for plain JSON.

    Args:
        data: The file.
        seconds: A PDF that takes longer is not read.

    Raises:
        InputError: The envelope, or the PDF or page around it, cannot be opened or holds something
            else.
    """
    if is_sealed(data):
        raise InputError(
            "report-sealed",
            N_("This report is sealed: only the employer's keys open it."),
            hint=N_("Use: readiness keys open FILE --keys YOUR.readiness-keys"),
        )
    if is_pdf(data):
        data = attached_report(data, seconds=seconds)
    elif is_page(data):
        data = carried_report(data)
    if not _ENVELOPE_KEY.search(data, 0, MAX_ENVELOPE):
        return data, None
    opened = unseal(data)
    if opened.payload_type != REPORT_TYPE:
        raise InputError(
            "envelope-of-something-else",
            N_("The envelope does not hold a report."),
            where="$.payloadType",
            hint=N_("Check that it is the right file."),
        )
    return opened.payload, opened


def is_pdf(data: bytes) -> bool:
    """Whether these bytes begin as a PDF does; some programs put a little before it."""
    return data[:1024].lstrip().startswith(b"%PDF-")


def is_sealed(data: bytes) -> bool:
    """Whether these bytes seem to be a report that is sealed to somebody."""
    return _SEALED_MARK in data[:200]


def _html(report: Report, profile: Profile | None, reader: Reader, sealed: bytes) -> bytes:
    from readiness.report.html import render_html

    return render_html(report, profile, reader, sealed).encode("utf-8")


def _pdf(report: Report, profile: Profile | None, reader: Reader, sealed: bytes) -> bytes:
    from readiness.report.pdf import render_pdf

    return render_pdf(report, profile, reader, sealed)


def _stem(report: Report) -> str:
    name = _UNSAFE.sub("-", report.profile).strip("-")[:60] or "report"
    return f"readiness-{name}-{report.created.astimezone():%Y-%m-%d-%H%M}"


def _reserve(
    folder: Path, stem: str, formats: Sequence[str], endings: Mapping[str, str] = ENDINGS
) -> dict[str, Path]:
    """Make empty files under the first name that is free for all formats, and nobody else's."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise storage_error(error, folder) from error
    for number in range(1, NAMES_TRIED):
        name = stem if number == 1 else f"{stem}-{number}"
        paths = {kind: folder / f"{name}{endings[kind]}" for kind in formats}
        if _all_made(list(paths.values())):
            return paths
    raise StorageError(
        "cannot-write",
        N_("The file could not be saved: {reason}"),
        where=str(folder),
        hint=N_("Free some space or choose another folder, then save again."),
        reason=N_("too many reports of the same minute"),
    )


def _all_made(paths: Sequence[Path]) -> bool:
    made: list[Path] = []
    for path in paths:
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            for other in made:
                _give_up(other)
            return False
        except OSError as error:
            for other in made:
                _give_up(other)
            raise storage_error(error, path) from error
        made.append(path)
    return True


def _give_up(path: Path) -> None:
    """Remove the empty file that kept the name; the fault that led here is raised by the caller."""
    with contextlib.suppress(OSError):
        path.unlink()


def _together(faults: Sequence[StorageError]) -> StorageError:
    first = faults[0]
    return StorageError(
        first.reference,
        first.what,
        where=", ".join(fault.where for fault in faults),
        hint=first.hint,
        **first.values,
    )


__all__ = [
    "ENDINGS",
    "FORMATS",
    "MAX_BYTES",
    "Draft",
    "envelope_in",
    "is_pdf",
    "is_sealed",
    "make_draft",
    "parse_sealed",
    "read_report",
    "read_sealed",
    "write_beside",
    "write_draft",
    "write_report",
]
