"""What a USB device tells about its link: receivers, corded headsets, and the rest.

Pure, like :mod:`readiness.audio_link`, which decides what is a USB device at all.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from readiness.audio_devices import known_as
from readiness.audio_link_words import Link, LinkClass, certain, left_open, likely
from readiness.model.device import UsbLink

if TYPE_CHECKING:
    from readiness.model.device import KnownDevice
    from readiness.ports import AudioDevice

RECEIVER_NAME = re.compile(
    r"receiver|dongle|wireless|cordless|lightspeed|2\.4 ?g|\bdect\b|\bsavi\b|\blink ?3\d\d\b"
    r"|\bengage ?[567]5\b|\bbt[67]00\b|\bbtd\b|\bbtd ?[678]00|\bd[24]00\b|\barctis (pro )?[79]\b",
    re.IGNORECASE,
)
BLUETOOTH_NAME = re.compile(
    r"hands[- ]?free|bthhfenum|bluetooth|airpods|\ba2dp\b|\bhfp\b", re.IGNORECASE
)


def usb_link(device: AudioDevice) -> LinkClass:
    """Tell receivers, corded headsets and the rest apart, strongest evidence first."""
    known = known_as(device.facts)
    return (
        _usb_by_system(device)
        or _usb_by_table(known)
        or _usb_by_name(device)
        or _usb_by_battery(device, known)
        or _usb_without_sign(known)
    )


def _usb_by_system(device: AudioDevice) -> LinkClass | None:
    is_receiver = device.facts.get("receiver") is True
    return certain(Link.DONGLE, "os-receiver") if is_receiver else None


def _usb_by_table(known: KnownDevice | None) -> LinkClass | None:
    if known is None or known.link is UsbLink.CORDED:
        return None
    if known.link is UsbLink.DONGLE:
        return _recognised(likely(Link.DONGLE, "known-receiver"), known)
    return _recognised(left_open(Link.USB_UNKNOWN, "known-either"), known)


def _usb_by_name(device: AudioDevice) -> LinkClass | None:
    if RECEIVER_NAME.search(names(device)):
        return likely(Link.DONGLE, "name-receiver")
    if BLUETOOTH_NAME.search(names(device)):
        return likely(Link.BLUETOOTH, "name-bluetooth")
    return None


def _usb_by_battery(device: AudioDevice, known: KnownDevice | None) -> LinkClass | None:
    if device.facts.get("battery") is not True:
        return None
    if known is not None:
        return _recognised(left_open(Link.USB_UNKNOWN, "battery-in-corded"), known)
    return likely(Link.DONGLE, "battery")


def _usb_without_sign(known: KnownDevice | None) -> LinkClass:
    if known is None:
        return left_open(Link.USB_UNKNOWN, "usb-no-sign")
    return _recognised(likely(Link.USB_CORDED, "known-corded"), known)


def _recognised(found: LinkClass, known: KnownDevice) -> LinkClass:
    """The verdict with the product, and whose list says so."""
    why = found.why.replace("known-", "listed-") if known.by else found.why
    return replace(found, why=why, product=known.name, listed_by=known.by)


def wireless_sign(device: AudioDevice) -> bool:
    """Whether anything at all speaks of a radio: then no other sign makes it a cord."""
    known = known_as(device.facts)
    return (
        device.facts.get("receiver") is True
        or device.facts.get("battery") is True
        or (known is not None and known.link is not UsbLink.CORDED)
        or bool(RECEIVER_NAME.search(names(device)) or BLUETOOTH_NAME.search(names(device)))
    )


def names(device: AudioDevice) -> str:
    """All names under which the device is known."""
    return f"{device.name} {device.facts.get('product', '')}"
