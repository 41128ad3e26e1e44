"""Each report once: applicants send the PDF and its data, folders hold copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.received import Received, Refused, refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def once(
    found: Iterable[Received | Refused], firsts: Firsts | None = None
) -> Iterator[Received | Refused]:
    """The same, but what came before is set aside with the name of the first.

    The same data under another signature are another report: who copies data cannot sign them as
    the applicant did, and must not push the real one aside.

    Args:
        found: Out of the intake.
        firsts: What came before this heap; what is new is put to it.
    """
    known = Firsts() if firsts is None else firsts
    for one in found:
        if isinstance(one, Received):
            twice = known.twice(mark_of(one), one.file)
            if twice is not None:
                yield twice
                continue
        yield one


class Firsts:
    """What came so far, by mark."""

    def __init__(self) -> None:
        self._files: dict[bytes, str] = {}

    def twice(self, mark: bytes, file: str) -> Refused | None:
        """Sets a report aside that came before; none for one that comes for the first time."""
        before = self._files.setdefault(mark, file)
        return None if before is file else refused(file, _twice(before), aside=True)

    def forget(self, mark: bytes) -> None:
        """A report that came could not be kept: it may come again."""
        self._files.pop(mark, None)


def mark_of(received: Received) -> bytes:
    """Equal for the same data with the same signatures; shorter than ``Arrived.digest``."""
    return bytes.fromhex(received.arrived.digest)


def _twice(before: str) -> InputError:
    return InputError("report-twice", N_("This is the same report as {file}."), file=before)
