"""``review --archive``: what is taken in goes into an archive, or comes out of one."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import click
from rich.text import Text

from readiness.cli.console import err
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from readiness.desk_archive.archive import DeskArchive
    from readiness.desk_archive.stored import Swept
    from readiness.engine import Engine
    from readiness.locale import Reader
    from readiness.review.heap import Reading
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow


@contextlib.contextmanager
def opened_archive(
    engine: Engine, address: str | None, reader: Reader, *, begin: bool
) -> Iterator[DeskArchive | None]:
    """The archive that was named, without what is too old to be kept; none if none was.

    Args:
        engine: The facade.
        address: As ``--archive`` was given.
        reader: For what is told.
        begin: Whether a file that is not there yet is begun.
    """
    if address is None:
        yield None
        return
    with archive_at(engine, address, begin=begin) as archive:
        tell_swept(archive.sweep(), reader)
        yield archive


def archive_at(engine: Engine, address: str, *, begin: bool) -> DeskArchive:
    """The archive of that name. Nothing is no name: a variable that is not set must not choose."""
    if not address:
        raise click.UsageError("--archive: name a file or an address; 'default' is your own.")
    return engine.desk_archive(address, begin=begin)


def tell_swept(swept: Swept, reader: Reader) -> None:
    """Say on standard error what was deleted because of its age."""
    if swept.deleted:
        said = reader.plural(
            "{n} report was deleted from the archive: it was older than reports are kept there.",
            "{n} reports were deleted from the archive: they were older than reports are kept "
            "there.",
            swept.deleted,
        )
        err().print(Text(said), soft_wrap=True)
    if swept.doubtful:
        said = reader.plural(
            "{n} report in the archive is much older than reports are kept there. If the clock of "
            "this computer is right: readiness archive delete --old",
            "{n} reports in the archive are much older than reports are kept there. If the clock "
            "of this computer is right: readiness archive delete --old",
            swept.doubtful,
        )
        err().print(Text(said, style="yellow"), soft_wrap=True)


def rows_through(
    paths: Sequence[Path], how: Reading, archive: DeskArchive | None
) -> Iterator[ReviewRow | Refused]:
    """The rows of what was named, kept in the archive if there is one; or of all that it holds."""
    from readiness.review.heap import rows_of
    from readiness.review.shelf import rows_kept

    return rows_of(paths, how) if archive is None else rows_kept(paths, how, archive)


def marked(rows: list[ReviewRow], archive: DeskArchive | None, reader: Reader) -> list[ReviewRow]:
    """The rows with what recruiters wrote; an archive that holds nothing yet is told of."""
    from readiness.review.shelf import with_remarks

    if archive is None:
        return rows
    if not rows:
        said = reader.text(N_("Nothing is kept in this archive yet."))
        err().print(Text(said), soft_wrap=True)
    return with_remarks(rows, archive)
