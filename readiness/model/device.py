"""What is known of a USB device by its id."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class UsbLink(StrEnum):
    """What a USB id of a headset stands for, the most cautious first."""

    DONGLE = "dongle"
    EITHER = "either"
    CORDED = "corded"


@dataclass(frozen=True, kw_only=True)
class KnownDevice:
    """What a list says of an id.

    Attributes:
        name: The product.
        link: What the id stands for.
        by: Digests of the profiles that say so, joined by spaces; empty: the product's own table.
    """

    name: str
    link: UsbLink
    by: str = ""
