"""How much is taken in before it is refused: what one stranger's file may cost the reader."""

from __future__ import annotations

from dataclasses import dataclass

from readiness.report.html_intake import MAX_PAGE
from readiness.report.pdf_intake import MAX_PDF, TIME_LIMIT_S
from readiness.review.kinds import Kind
from readiness.trust.sealing import MAX_SEALED


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Bytes, counts and seconds; tests choose smaller ones.

    Attributes:
        data: Bytes of a ``.json`` or sealed file: the largest that this program can write.
        pdf: Bytes of a PDF.
        page: Bytes of a web page.
        names: Files of one folder: their names are held in memory, to be read in order.
        depth: Folders within folders.
        archive: Bytes of a ZIP as it lies on the disk; only pieces of it are in memory.
        contents: Bytes of its table of contents, which is read at once: for 10,000 files with long
            names. Whatever number it claims, it cannot hold more than some 45,000.
        members: Files in one ZIP.
        unpacked: Bytes that one ZIP may unfold to, counted while they come.
        seconds: For one PDF.
        patience: After so many PDFs that took longer, ``hurry`` is all that further ones get.
        hurry: Seconds; an honest PDF needs about one on a slow computer.
    """

    data: int = MAX_SEALED
    pdf: int = MAX_PDF
    page: int = MAX_PAGE
    names: int = 200_000
    depth: int = 32
    archive: int = 1024 * 1024 * 1024
    contents: int = 2 * 1024 * 1024
    members: int = 10_000
    unpacked: int = 512 * 1024 * 1024
    seconds: float = TIME_LIMIT_S
    patience: int = 3
    hurry: float = 5.0

    def of(self, kind: Kind) -> int:
        """Bytes of a file of that kind; a file of unknown kind may turn out to be a PDF."""
        if kind is Kind.DATA:
            return self.data
        return self.page if kind is Kind.PAGE else self.pdf
