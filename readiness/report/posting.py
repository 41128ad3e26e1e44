"""A saved report on its way into the person's mail program. Nothing is sent here."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from readiness.model.handed import MailOpened
from readiness.report import mail
from readiness.report.files import write_beside
from readiness.report.pdf_intake import MAX_PDF
from readiness.storage import read_limited

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.ports import Desktop


def open_mail(
    desktop: Desktop, report: Report, profile: Profile | None, path: Path, reader: Reader
) -> MailOpened:
    """Open a mail with the saved file attached, for the person to address and to send.

    Where no program opens such a draft, an empty mail with its words is opened instead.

    Raises:
        InputError: The file is no longer there.
        StorageError: The draft cannot be written beside it.
    """
    subject, body = mail.mail_words(report, profile, reader)
    attached = read_limited(path, MAX_PDF)
    letter = mail.mail_draft(subject, body, name=path.name, attached=attached)
    written = write_beside(path, letter, mail.ENDING)
    if desktop.open_letter(written):
        return MailOpened.DRAFT
    with contextlib.suppress(OSError):
        written.unlink()
    opened = desktop.open_address(mail.mail_address(subject, body))
    return MailOpened.ADDRESS if opened else MailOpened.NOTHING
