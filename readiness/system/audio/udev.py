"""What the kernel says of a sound card's USB device: id, name, receiver, battery.

Read with udev's library from sysfs, so it is also there where the sound server tells little. The
attributes are those of the kernel's ABI documents ``sysfs-bus-usb`` and ``sysfs-class-power``.
Serial numbers and paths are not kept.
"""

from __future__ import annotations

import contextlib
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.ports import AudioDevice

CARD_KEYS = ("alsa.card", "api.alsa.card", "api.alsa.pcm.card")
"""Where PulseAudio and PipeWire put the number of the kernel's sound card."""

_SYSFS_CARD = re.compile(r"/sound/card(\d+)$")


def card_of(properties: Mapping[str, str]) -> str:
    """Number of the kernel's sound card among a sound server's properties, or empty."""
    for key in CARD_KEYS:
        if re.fullmatch(r"\d{1,3}", properties.get(key, ""), re.ASCII):
            return properties[key]
    match = _SYSFS_CARD.search(properties.get("sysfs.path", ""))
    return match[1] if match else ""


def with_udev(device: AudioDevice) -> AudioDevice:
    """Add what the kernel says of the device's card.

    The kernel's word counts more than the sound server's, which anybody can configure; but what
    the server calls Bluetooth stays so, since its card is not the kernel's.
    """
    if str(device.facts.get("device.bus", "")).lower() == "bluetooth":
        return device
    told = read_card(str(device.facts.get("card", "")))
    return replace(device, facts={**device.facts, **told}) if told else device


def read_card(card: str) -> Mapping[str, object]:
    """Facts of the card's device; none if there is no such card or no udev on this system."""
    try:
        import pyudev

        context = pyudev.Context()
    except ImportError:  # libudev is missing, as in some containers
        return {}
    try:
        sound = pyudev.Devices.from_name(context, "sound", f"card{card}")
    except pyudev.DeviceNotFoundError:
        return {}
    found: dict[str, object] = {}
    if form_factor := sound.properties.get("SOUND_FORM_FACTOR"):
        found["device.form_factor"] = form_factor
    usb = sound.find_parent("usb", "usb_device")
    return found | _usb_facts(context, usb) if usb is not None else found


def _usb_facts(context: Any, usb: Any) -> dict[str, object]:  # noqa: ANN401 - pyudev has no types
    return {
        "device.bus": "usb",
        "vendor_id": _attribute(usb, "idVendor"),
        "product_id": _attribute(usb, "idProduct"),
        "product": _attribute(usb, "product"),
        "receiver": _is_receiver(context, usb),
        "battery": _has_battery(context, usb),
    }


def _is_receiver(context: Any, usb: Any) -> bool:  # noqa: ANN401 - pyudev has no types
    """Whether a driver says of an interface whether the device behind a receiver is there."""
    interfaces = context.list_devices(subsystem="usb", DEVTYPE="usb_interface").match_parent(usb)
    return any(_attribute(interface, "wireless_status") for interface in interfaces)


def _has_battery(context: Any, usb: Any) -> bool:  # noqa: ANN401 - pyudev has no types
    """Whether a driver reports a battery of this very device (not the computer's: scope)."""
    supplies = context.list_devices(subsystem="power_supply").match_parent(usb)
    return any(
        _attribute(supply, "scope") == "Device"
        and _attribute(supply, "type") == "Battery"
        and supply.find_parent("usb", "usb_device") == usb
        for supply in supplies
    )


def _attribute(device: Any, name: str) -> str:  # noqa: ANN401 - pyudev has no types
    with contextlib.suppress(KeyError, UnicodeDecodeError):  # not there, or not text
        return str(device.attributes.asstring(name)).strip()
    return ""
