"""What a recruiter has on the desk beside the reports: ledger, keys, tables, a heap to try on.

The engine's room for it. What it needs is imported late: the window must paint fast.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from readiness.model.measurement import Session
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow
    from readiness.trust.keys import Keys
    from readiness.trust.ledger import Ledger


def open_ledger(path: Path) -> Ledger:
    """A list of invitations that were issued. Raises ``InputError``: it is none."""
    from readiness.trust.ledger import Ledger

    found = Ledger(path)
    found.read()
    return found


def unlock(path: Path, passphrase: str) -> Keys:
    """An employer's keys. Raises ``InputError``: they are none, or the passphrase is wrong."""
    from readiness.storage import read_limited
    from readiness.trust.keys import MAX_FILE, unlocked

    return unlocked(read_limited(path, MAX_FILE), passphrase)


def write_table(
    path: Path,
    rows: Sequence[ReviewRow],
    refused: Sequence[Refused],
    *,
    metrics: Sequence[str],
    language: str,
) -> None:
    """Write rows as a workbook where the name ends in ``.xlsx``, else as CSV.

    Raises:
        StorageError: The disk refuses.
    """
    from readiness.locale import Reader
    from readiness.review.table_file import table_file
    from readiness.storage import write_whole

    archived = any(row.remark is not None for row in rows)
    data = table_file(
        path,
        rows,
        refused,
        Reader(language),
        metrics=metrics,
        archived=archived,
        workbook=path.suffix.casefold() == ".xlsx",
    )
    write_whole(path, data)


def signed_sessions(
    paths: Sequence[Path], most: int, going: Callable[[int], bool]
) -> tuple[list[Session], list[InputError]]:
    """The sessions of signed reports in files, folders and ZIPs, to try profiles on.

    Args:
        paths: What was named or dropped.
        most: No more sessions than these are taken in.
        going: Told after each file how many sessions there are; to be stopped it answers no.

    Returns:
        The sessions, and what could not be read or carries no signature that holds.
    """
    from readiness.review.intake import intake
    from readiness.review.once import once
    from readiness.review.received import Refused

    sessions: list[Session] = []
    refused: list[InputError] = []
    for one in once(intake(paths)):
        if isinstance(one, Refused):
            refused += [] if one.aside else [one.error()]
        elif one.arrived.report is None:
            refused.append(_unsigned(one.file))
        else:
            sessions.append(one.arrived.report.session)
        if len(sessions) >= most or not going(len(sessions)):
            break
    return sessions, refused


def _unsigned(file: str) -> InputError:
    return InputError(
        "report-not-signed",
        N_("This report was changed after it was saved, or carries no signature."),
        where=file,
        hint=N_("Ask for the file again."),
    )
