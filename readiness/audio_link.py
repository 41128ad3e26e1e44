"""How an audio device is linked to the computer, judged from what the system tells about it.

Pure: the same facts give the same class, live or recorded on another computer. Bluetooth can be
proven; a cord that reaches the head cannot: a USB plug may be a radio. So nothing becomes
``usb-corded`` that is not a known corded headset, and whatever is not understood is ``unknown``.
See ``docs/methods/headset.md``.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.ports import AudioDevice

TABLE = Path(__file__).resolve().parent.parent / "resources" / "tables" / "audio_devices.toml"


class Link(StrEnum):
    """The link between computer and headset, as far as it can be seen from the computer."""

    BLUETOOTH = "bluetooth"
    DONGLE = "dongle"
    USB_CORDED = "usb-corded"
    USB_UNKNOWN = "usb-unknown"
    JACK = "jack"
    BUILT_IN = "built-in"
    VIRTUAL = "virtual"
    UNKNOWN = "unknown"


class HowSure(StrEnum):
    """How sure a link class is."""

    CERTAIN = "certain"
    LIKELY = "likely"
    CANNOT_TELL = "cannot-tell"


@dataclass(frozen=True, kw_only=True)
class LinkClass:
    """The verdict on a device's link.

    Attributes:
        value: The class.
        how_sure: How sure that is.
        why: Kebab-case reason; its English source text is ``WHY[why]``.
        product: Name of the recognised product, if it is in the table.
    """

    value: Link
    how_sure: HowSure
    why: str
    product: str = ""

    @property
    def text(self) -> str:
        """The reason as English source text."""
        return WHY[self.why]


# Translators: each sentence says why a headset was put into a class (Bluetooth, receiver ...).
WHY: Final[Mapping[str, str]] = {
    "os-bluetooth": N_("The system says that this device is connected by Bluetooth."),
    "name-bluetooth": N_("The device's name belongs to a Bluetooth connection."),
    "known-receiver": N_("The USB plug is known as the receiver of a wireless headset."),
    "name-receiver": N_("The name of the USB plug is that of a wireless receiver."),
    "known-corded": N_("This USB headset is known and exists only with a cord."),
    "known-either": N_("This wireless headset also works by cable; which one is not visible."),
    "usb-no-sign": N_("It is plugged in by USB; the cord itself cannot be seen from here."),
    "jack-port": N_("It is plugged into the round audio socket."),
    "built-in-port": N_("It is built into the computer."),
    "analog-or-built-in": N_(
        "The system does not say whether it is built in or plugged into the audio socket."
    ),
    "virtual-device": N_("It exists only as software or belongs to another computer."),
    "network-audio": N_("It is reached over the network."),
    "not-told": N_("The system does not say how it is connected."),
}

_RECEIVER = re.compile(
    r"receiver|dongle|wireless|cordless|lightspeed|2\.4 ?g|\bdect\b|\bsavi\b|\blink ?3\d\d\b"
    r"|\bengage ?[567]5\b|\bbt[67]00\b|\bbtd\b|\bbtd ?[678]00|\bd[24]00\b|\barctis (pro )?[79]\b",
    re.IGNORECASE,
)
_BLUETOOTH_NAME = re.compile(
    r"hands[- ]?free|bthhfenum|bluetooth|airpods|\ba2dp\b|\bhfp\b", re.IGNORECASE
)
_JACK_PORT = re.compile(
    r"headset|headphone|head phone|(?:front|rear|external|line).{0,5}(?:mic|in)|analog-input-mic\b"
    r"|\[in\] mic2|\bline ?in\b",
    re.IGNORECASE,
)
_BUILT_IN_PORT = re.compile(
    r"internal|built-?in|digital mic|dmic|array|\[in\] mic1|speaker|macbook|imac", re.IGNORECASE
)
_VIRTUAL_NAME = re.compile(
    r"virtual|vb-audio|cable (?:input|output)|blackhole|soundflower|loopback|voicemeeter|krisp"
    r"|remote audio|stereo mix|\bobs\b|aggregate|nvidia broadcast|steam streaming|teams audio",
    re.IGNORECASE,
)


@cache
def known_devices() -> Mapping[str, tuple[str, str]]:
    """The table: ``vendor:product`` -> (name, ``dongle``, ``corded`` or ``either``)."""
    with TABLE.open("rb") as stream:
        table = tomllib.load(stream)["devices"]
    return {key: (entry["name"], entry["link"]) for key, entry in table.items()}


def usb_id(vendor: object, product: object) -> str:
    """Bring ``0x0b0e`` and ``0B0E`` to ``0b0e:0301``; empty if either is not an id."""
    parts = [_four_digits(vendor), _four_digits(product)]
    return ":".join(parts) if all(parts) else ""


def _four_digits(number: object) -> str:
    match = re.fullmatch(r"\s*(?:0x)?([0-9a-f]{1,4})\s*", str(number), re.IGNORECASE)
    return match[1].lower().zfill(4) if match else ""


def link_class(device: AudioDevice) -> LinkClass:
    """Judge ``device`` by its facts, strongest evidence first."""
    system = device.facts.get("system")
    if system == "linux":
        return _linux(device)
    if system == "windows":
        return _windows(device)
    if system == "darwin":
        return _darwin(device)
    return _cannot_tell()


def _linux(device: AudioDevice) -> LinkClass:
    """PulseAudio, PipeWire and ALSA: the properties of the source or sink."""
    facts = device.facts
    bus, api = _word(facts, "device.bus"), _word(facts, "device.api")
    if bus == "bluetooth" or api.startswith("bluez") or _word(facts, "bluetooth.protocol"):
        return LinkClass(value=Link.BLUETOOTH, how_sure=HowSure.CERTAIN, why="os-bluetooth")
    if bus == "usb":
        return _usb(device)
    if bus in ("pci", "isa", "platform", "hda"):
        return _analog(f"{_word(facts, 'port')} {_word(facts, 'profile')}")
    if _word(facts, "device.class") in ("abstract", "monitor", "filter") or not (bus or api):
        return _by_name_or(device, Link.VIRTUAL, HowSure.LIKELY, "virtual-device")
    return _by_name_or(device, Link.UNKNOWN, HowSure.CANNOT_TELL, "not-told")


_REMOTE, _HEADPHONES, _HEADSET = 0, 3, 5  # EndpointFormFactor of mmdeviceapi.h


def _windows(device: AudioDevice) -> LinkClass:
    """Windows: the enumerator of the endpoint's device and the endpoint's form factor."""
    enumerator = _word(device.facts, "enumerator").upper()
    form = device.facts.get("form_factor", -1)
    if enumerator in ("BTHHFENUM", "BTHENUM") or enumerator.startswith("BTHLE"):
        return LinkClass(value=Link.BLUETOOTH, how_sure=HowSure.CERTAIN, why="os-bluetooth")
    if enumerator == "USB":
        return _usb(device)
    if enumerator in ("ROOT", "SWD", "SW", "TERMINPUT_BUS", "RDPBUS") or form == _REMOTE:
        return LinkClass(value=Link.VIRTUAL, how_sure=HowSure.CERTAIN, why="virtual-device")
    if enumerator in ("HDAUDIO", "PCI", "INTELAUDIO", "SOUNDWIRE"):
        sockets: dict[object, str] = {_HEADPHONES: "headphone", _HEADSET: "headset"}
        return _analog(sockets.get(form, device.name))
    return _by_name_or(device, Link.UNKNOWN, HowSure.CANNOT_TELL, "not-told")


def _darwin(device: AudioDevice) -> LinkClass:
    """macOS: Core Audio's transport type, as System Information writes it."""
    transport = _word(device.facts, "transport").removeprefix("coreaudio_device_type_")
    if transport.startswith("bluetooth"):
        return LinkClass(value=Link.BLUETOOTH, how_sure=HowSure.CERTAIN, why="os-bluetooth")
    if transport == "usb":
        return _usb(device)
    if transport == "builtin":
        return _analog(f"{device.name} {_word(device.facts, 'source')}")
    if transport in ("virtual", "aggregate", "autoaggregate"):
        return LinkClass(value=Link.VIRTUAL, how_sure=HowSure.CERTAIN, why="virtual-device")
    if transport in ("airplay", "avb", "continuitycapturewireless"):
        return LinkClass(value=Link.UNKNOWN, how_sure=HowSure.CANNOT_TELL, why="network-audio")
    return _by_name_or(device, Link.UNKNOWN, HowSure.CANNOT_TELL, "not-told")


def _usb(device: AudioDevice) -> LinkClass:
    """Tell receivers, corded headsets and the rest apart: table first, then the name."""
    number = usb_id(device.facts.get("vendor_id", ""), device.facts.get("product_id", ""))
    product, link = known_devices().get(number, ("", ""))
    if link == "dongle":
        return LinkClass(
            value=Link.DONGLE, how_sure=HowSure.LIKELY, why="known-receiver", product=product
        )
    if link == "either":
        return LinkClass(
            value=Link.USB_UNKNOWN,
            how_sure=HowSure.CANNOT_TELL,
            why="known-either",
            product=product,
        )
    name = f"{device.name} {device.facts.get('product', '')}"
    if _RECEIVER.search(name):
        return LinkClass(value=Link.DONGLE, how_sure=HowSure.LIKELY, why="name-receiver")
    if _BLUETOOTH_NAME.search(name):
        return LinkClass(value=Link.BLUETOOTH, how_sure=HowSure.LIKELY, why="name-bluetooth")
    if link == "corded":
        return LinkClass(
            value=Link.USB_CORDED, how_sure=HowSure.LIKELY, why="known-corded", product=product
        )
    return LinkClass(value=Link.USB_UNKNOWN, how_sure=HowSure.CANNOT_TELL, why="usb-no-sign")


def _analog(port: str) -> LinkClass:
    """Tell the audio socket from what is built in, by the name of the port."""
    if _BUILT_IN_PORT.search(port):
        return LinkClass(value=Link.BUILT_IN, how_sure=HowSure.LIKELY, why="built-in-port")
    if _JACK_PORT.search(port):
        return LinkClass(value=Link.JACK, how_sure=HowSure.LIKELY, why="jack-port")
    return LinkClass(value=Link.UNKNOWN, how_sure=HowSure.CANNOT_TELL, why="analog-or-built-in")


def _by_name_or(device: AudioDevice, value: Link, how_sure: HowSure, why: str) -> LinkClass:
    """Where the system tells nothing, a name can still give a wireless or virtual device away."""
    name = f"{device.name} {device.facts.get('product', '')}"
    if _BLUETOOTH_NAME.search(name):
        return LinkClass(value=Link.BLUETOOTH, how_sure=HowSure.LIKELY, why="name-bluetooth")
    if _VIRTUAL_NAME.search(name):
        return LinkClass(value=Link.VIRTUAL, how_sure=HowSure.LIKELY, why="virtual-device")
    return LinkClass(value=value, how_sure=how_sure, why=why)


def _cannot_tell() -> LinkClass:
    return LinkClass(value=Link.UNKNOWN, how_sure=HowSure.CANNOT_TELL, why="not-told")


def _word(facts: Mapping[str, object], key: str) -> str:
    return str(facts.get(key) or "").strip().lower()
