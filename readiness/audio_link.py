"""How an audio device is linked to the computer, judged from what the system tells about it.

Pure: the same facts give the same class, live or recorded on another computer. Bluetooth can be
proven; a cord that reaches the head cannot: a USB plug may be a radio. So nothing becomes
``usb-corded`` that is not a known corded headset, and whatever is not understood is ``unknown``.
See ``docs/methods/headset.md``.
"""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from readiness.audio_link_usb import BLUETOOTH_NAME, names, usb_link, wireless_sign
from readiness.audio_link_words import Link, LinkClass, certain, left_open, likely

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.ports import AudioDevice

NARROW_KHZ: Final = 4.5
"""Above every telephone band (3.4 kHz; CVSD and G.711 end at 4 kHz), below every wide one."""

WIDE_KHZ: Final = 8.5
"""Above the walls of mSBC and of 16 kHz sampling (7 to 8 kHz), below super-wide ones."""

WIDE_RATE_HZ: Final = 16_000
"""A microphone that samples no faster has its wall from that, not from a radio."""

JACK_PORT = re.compile(
    r"headset|headphone|head phone|(?:front|rear|external|line).{0,5}(?:mic|in)|analog-input-mic\b"
    r"|\[in\] mic2|\bline ?in\b",
    re.IGNORECASE,
)
BUILT_IN_PORT = re.compile(
    r"internal|built-?in|digital mic|dmic|array|\[in\] mic1|speaker|macbook|imac", re.IGNORECASE
)
VIRTUAL_NAME = re.compile(
    r"virtual|vb-audio|cable (?:input|output)|blackhole|soundflower|loopback|voicemeeter|krisp"
    r"|remote audio|stereo mix|\bobs\b|aggregate|nvidia broadcast|steam streaming|teams audio",
    re.IGNORECASE,
)


def link_class(device: AudioDevice, *, wall_khz: float | None = None) -> LinkClass:
    """Judge ``device`` by its facts, strongest evidence first.

    Args:
        device: The device.
        wall_khz: Where the measured voice breaks off, kHz; none if it does not or nobody looked.
            Weak evidence: it can take confidence away from a cord, never add any.
    """
    found = _by_system(device)
    if found.value in (Link.JACK, Link.USB_CORDED) and wireless_sign(device):
        found = left_open(Link.UNKNOWN, "signs-disagree")
    if wall_khz is None or not math.isfinite(wall_khz) or wall_khz <= 0:
        return found
    return _with_wall(found, device, wall_khz)


def wall_doubt(device: AudioDevice, wall_khz: float | None) -> str:
    """Why a voice that breaks off at ``wall_khz`` speaks against a cord; empty if it does not."""
    found = link_class(device, wall_khz=wall_khz)
    if found == link_class(device):
        return ""
    return found.doubt or found.why


def _by_system(device: AudioDevice) -> LinkClass:
    system = device.facts.get("system")
    if system == "linux":
        return _linux(device)
    if system == "windows":
        return _windows(device)
    if system == "darwin":
        return _darwin(device)
    return left_open(Link.UNKNOWN, "not-told")


def _linux(device: AudioDevice) -> LinkClass:
    """PulseAudio, PipeWire and ALSA: the properties of the source or sink."""
    facts = device.facts
    bus, api = _word(facts, "device.bus"), _word(facts, "device.api")
    if bus == "bluetooth" or api.startswith("bluez") or _word(facts, "bluetooth.protocol"):
        return certain(Link.BLUETOOTH, "os-bluetooth")
    if bus == "usb":
        return usb_link(device)
    if bus in ("pci", "isa", "platform", "hda"):
        return _analog(f"{_word(facts, 'port')} {_word(facts, 'profile')}")
    if _word(facts, "device.class") in ("abstract", "monitor", "filter") or not (bus or api):
        return _by_name_or(device, likely(Link.VIRTUAL, "virtual-device"))
    return _by_name_or(device, left_open(Link.UNKNOWN, "not-told"))


_ARRAY = re.compile("array", re.IGNORECASE)
_REMOTE, _HEADPHONES, _HEADSET = 0, 3, 5  # EndpointFormFactor of mmdeviceapi.h


def _windows(device: AudioDevice) -> LinkClass:
    """Windows: the enumerator of the endpoint's device and the endpoint's form factor."""
    enumerator = _word(device.facts, "enumerator").upper()
    form = device.facts.get("form_factor", -1)
    if enumerator in ("BTHHFENUM", "BTHENUM") or enumerator.startswith("BTHLE"):
        return certain(Link.BLUETOOTH, "os-bluetooth")
    if enumerator == "USB":
        return usb_link(device)
    if enumerator in ("ROOT", "SWD", "SW", "TERMINPUT_BUS", "RDPBUS") or form == _REMOTE:
        return certain(Link.VIRTUAL, "virtual-device")
    if enumerator == "INTELAUDIO" and device.facts.get("dsp_link") != "codec":
        return _intel(device)
    if enumerator in ("HDAUDIO", "PCI", "INTELAUDIO", "SOUNDWIRE"):
        return _windows_port(device, form)
    return _by_name_or(device, left_open(Link.UNKNOWN, "not-told"))


def _windows_port(device: AudioDevice, form: object) -> LinkClass:
    """A port of the computer's own sound card."""
    if device.facts.get("jack") == "array":
        return likely(Link.BUILT_IN, "built-in-port")
    sockets: dict[object, str] = {_HEADPHONES: "headphone", _HEADSET: "headset"}
    return _analog(sockets.get(form, device.name))


def _intel(device: AudioDevice) -> LinkClass:
    """Intel's sound processor: it also carries USB and Bluetooth devices, under its own name."""
    link = device.facts.get("dsp_link")
    if link == "usb":
        return usb_link(device)
    if link == "microphones" or device.facts.get("jack") == "array" or _ARRAY.search(names(device)):
        return likely(Link.BUILT_IN, "built-in-port")
    return _by_name_or(device, left_open(Link.UNKNOWN, "sound-processor"))


def _darwin(device: AudioDevice) -> LinkClass:
    """macOS: Core Audio's transport type, as System Information writes it."""
    transport = _word(device.facts, "transport").removeprefix("coreaudio_device_type_")
    if transport.startswith("bluetooth"):
        return certain(Link.BLUETOOTH, "os-bluetooth")
    if transport == "usb":
        return usb_link(device)
    if transport == "builtin":
        return _analog(f"{device.name} {_word(device.facts, 'source')}")
    if transport in ("virtual", "aggregate", "autoaggregate"):
        return certain(Link.VIRTUAL, "virtual-device")
    if transport in ("airplay", "avb", "continuitycapturewireless"):
        return left_open(Link.UNKNOWN, "network-audio")
    return _by_name_or(device, left_open(Link.UNKNOWN, "not-told"))


def _analog(port: str) -> LinkClass:
    """Tell the audio socket from what is built in, by the name of the port."""
    if BUILT_IN_PORT.search(port):
        return likely(Link.BUILT_IN, "built-in-port")
    if JACK_PORT.search(port):
        return likely(Link.JACK, "jack-port")
    return left_open(Link.UNKNOWN, "analog-or-built-in")


def _by_name_or(device: AudioDevice, otherwise: LinkClass) -> LinkClass:
    """Where the system tells nothing, a name can still give a wireless or virtual device away."""
    if BLUETOOTH_NAME.search(names(device)):
        return likely(Link.BLUETOOTH, "name-bluetooth")
    if VIRTUAL_NAME.search(names(device)):
        return likely(Link.VIRTUAL, "virtual-device")
    return otherwise


def _with_wall(found: LinkClass, device: AudioDevice, wall_khz: float) -> LinkClass:
    """Take confidence away from a cord whose voice breaks off as a radio codec's does."""
    if found.value not in (Link.JACK, Link.USB_CORDED) or wall_khz > WIDE_KHZ:
        return found
    if wall_khz > NARROW_KHZ:
        slow = device.rate is not None and device.rate <= WIDE_RATE_HZ
        return found if slow else found.doubted("wide-wall")
    if found.value is Link.JACK:
        return found.doubted("narrow-wall")
    unsure = left_open(Link.USB_UNKNOWN, "narrow-wall")
    return replace(unsure, product=found.product, listed_by=found.listed_by)


def _word(facts: Mapping[str, object], key: str) -> str:
    return str(facts.get(key) or "").strip().lower()
