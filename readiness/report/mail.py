"""A mail with the report attached, as a draft to be looked at, addressed and sent by the person.

An ``.eml`` file after RFC 5322 without recipient and without sender. ``X-Unsent: 1`` makes mail
programs open it for writing instead of showing it as received. No ``Message-ID`` and no ``Date``:
the first would hold this computer's name, and both belong to the sending.
"""

from __future__ import annotations

from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING
from urllib.parse import quote

from readiness.model.text import N_
from readiness.report.codec import encode_report
from readiness.report.headline import headline, profile_title
from readiness.report.seal import comparison_code

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

ENDING = ".eml"
TYPES = {
    ".pdf": ("application", "pdf"),
    ".html": ("text", "html"),
    ".json": ("application", "json"),
}
"""Content type of what is attached, by the ending of its name."""


def mail_words(report: Report, profile: Profile | None, reader: Reader) -> tuple[str, str]:
    """Subject and body in the reader's language; no name of anybody."""
    first, second = headline(report, profile, reader)
    subject = reader.text(
        # Translators: the subject of a mail. {profile} is whose list of requirements.
        N_("Readiness of my home office: {profile}"),
        profile=profile_title(report, profile, reader),
    )
    body = (
        # Translators: the beginning of a mail to an employer.
        reader.text(N_("Hello,")),
        reader.text(N_("here is the report of a check of my home office, made with Readiness.")),
        f"{first}. {second}",
        reader.text(
            N_("Comparison code of its data: {code}"), code=comparison_code(encode_report(report))
        ),
    )
    return subject, "\n\n".join(body) + "\n"


def mail_draft(subject: str, body: str, *, name: str, attached: bytes) -> bytes:
    """The draft as the bytes of an ``.eml`` file.

    Args:
        subject: One line.
        body: Plain text.
        name: What the attached file is called; ASCII, with one of the known endings.
        attached: Its bytes.

    Raises:
        KeyError: The name has another ending.
    """
    kind, subkind = TYPES[name[name.rindex(".") :]]
    message = EmailMessage(policy=SMTP.clone(cte_type="7bit"))
    message["Subject"] = subject
    message["X-Unsent"] = "1"
    message.set_content(body)
    message.add_attachment(attached, maintype=kind, subtype=subkind, filename=name)
    return message.as_bytes()


def mail_address(subject: str, body: str) -> str:
    """The same as a ``mailto:`` address (RFC 6068): it cannot carry the attachment."""
    said = body.replace("\n", "\r\n")
    return f"mailto:?subject={quote(subject, safe='')}&body={quote(said, safe='')}"
