"""What came of handing something to the person's desktop."""

from __future__ import annotations

from enum import StrEnum


class Shown(StrEnum):
    """What the file manager shows."""

    FILE = "file"
    FOLDER = "folder"
    NOTHING = "nothing"


class MailOpened(StrEnum):
    """What the mail program has opened: a draft, or only an address without the attachment."""

    DRAFT = "draft"
    ADDRESS = "address"
    NOTHING = "nothing"
