"""What lies in a recruiter's folder: archives made in memory, files, and what is said of them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

from pypdf import PdfWriter

from readiness.review.intake import Received, Refused, intake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from readiness.review.limits import Limits
    from readiness.trust.keys import Keys


def zipped(files: Mapping[str, bytes], packed: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packed) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, compress_type=packed)
    return made.getvalue()


def pdf_with(data: bytes) -> bytes:
    """A PDF of one empty page that carries the data as this program attaches them."""
    made, writer = io.BytesIO(), PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.add_attachment("report.json", data)
    writer.write(made)
    return made.getvalue()


def taken(
    *paths: Path, limits: Limits | None = None, keys: Keys | None = None
) -> tuple[list[str], dict[str, str]]:
    """Names of what was read, in order; and of what was not: name -> reference."""
    found = list(intake(paths, limits, keys=keys))
    read = [one.file for one in found if isinstance(one, Received)]
    return read, {one.file: one.reference for one in found if isinstance(one, Refused)}
