"""Each report once: applicants send the PDF and its data, folders hold copies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.review.received import Received, Refused, refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def once(found: Iterable[Received | Refused]) -> Iterator[Received | Refused]:
    """The same, but what came before is set aside with the name of the first.

    The same data under another signature are another report, as ``Arrived.digest`` says.
    """
    first: dict[str, str] = {}
    for one in found:
        if isinstance(one, Received):
            before = first.setdefault(one.arrived.digest, one.file)
            if before is not one.file:
                yield refused(one.file, _twice(before), aside=True)
                continue
        yield one


def _twice(before: str) -> InputError:
    return InputError("report-twice", N_("This is the same report as {file}."), file=before)
