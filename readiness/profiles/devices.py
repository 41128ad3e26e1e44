"""Headsets that a profile knows by their USB id: an addition to the product's own table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from readiness.audio_devices import LINK_ID, known_devices
from readiness.model.device import UsbLink
from readiness.model.requirement import ListedDevice
from readiness.model.text import N_
from readiness.profiles.criteria import read_source
from readiness.profiles.faults import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.model.requirement import Requirement, Source
    from readiness.profiles.table import Table

MAX_DEVICES = 200
LONGEST_NAME = 80
EXAMPLE = "0b0e:245e"

_USB_ID = re.compile(r"[0-9a-f]{4}:[0-9a-f]{4}")
_CAUTION = tuple(UsbLink)


def read_devices(
    whole: Table, sources: Mapping[str, Source], *, checking: bool
) -> tuple[ListedDevice, ...]:
    """The ``[[devices]]`` entries of a file; faulty ones are noted and left out.

    Args:
        whole: The file.
        sources: Its sources by name.
        checking: Note also what the product's table sees more cautiously. Loading does not: the
            more cautious opinion counts anyway, and a profile must not become unusable because
            the table has grown.
    """
    found: dict[str, ListedDevice] = {}
    for table in whole.tables("devices", MAX_DEVICES):
        device = _device(table, sources)
        if device is None:
            continue
        if device.usb in found:
            table.fault(
                "profile-device-twice",
                N_("{usb} stands here twice."),
                "usb",
                N_("Leave one of them out."),
                usb=device.usb,
            )
        if checking:
            _check_caution(table, device)
        found[device.usb] = device
    return tuple(found.values())


def check_devices_asked(
    whole: Table, devices: tuple[ListedDevice, ...], requirements: Iterable[Requirement]
) -> None:
    """Note a list of headsets that no requirement makes use of."""
    asked = {criterion.metric for one in requirements for criterion in one.any_of}
    if devices and LINK_ID not in asked:
        whole.fault(
            "profile-device-unasked",
            N_("No requirement asks how the headset is connected, so this list has no use."),
            "devices",
            N_("Write a requirement with metric = {metric}, or leave the list out."),
            metric=f'"{LINK_ID}"',
        )


def _device(table: Table, sources: Mapping[str, Source]) -> ListedDevice | None:
    before = len(table.faults.found)
    table.only("usb", "name", "link", "source")
    device = ListedDevice(
        usb=_usb(table),
        name=_name(table),
        link=table.word("link", UsbLink),
        source=read_source(table, sources),
    )
    return device if len(table.faults.found) == before else None


def _usb(table: Table) -> str:
    usb = table.string("usb", EXAMPLE).lower()
    if usb and not _USB_ID.fullmatch(usb):
        table.fault(
            "profile-usb-id",
            N_("{usb} is not the id of a USB device."),
            "usb",
            N_("Write four digits for the maker and four for the product, like this: {example}"),
            usb=shown(usb),
            example=EXAMPLE,
        )
    return usb


def _name(table: Table) -> str:
    name = table.string("name", "Example Headset 20")
    if len(name) > LONGEST_NAME:
        table.fault(
            "profile-text-too-long",
            N_("The text is longer than {limit} characters."),
            "name",
            N_("Write maker and product only."),
            limit=LONGEST_NAME,
        )
    return name


def _check_caution(table: Table, device: ListedDevice) -> None:
    own = known_devices().get(device.usb)
    if own is not None and _CAUTION.index(own.link) < _CAUTION.index(device.link):
        table.fault(
            "profile-device-known",
            N_("{usb} is known as {name}, and that is not corded for certain."),
            "link",
            N_('Write link = "{right}", or leave the entry out.'),
            usb=device.usb,
            name=own.name,
            right=own.link.value,
        )
