"""Audio on macOS: what System Information tells; it tells neither volume nor the mute switch."""

from __future__ import annotations

import contextlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import AudioDevice
from readiness.system.audio.capture import Target
from readiness.system.tool import run_tool

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from readiness.cancel import Token

LIST_LIMIT_S = 15.0
_YES = "spaudio_yes"
_BY_USB = "coreaudio_device_type_usb"
SOUND, USB, USB_HOST = "SPAudioDataType", "SPUSBDataType", "SPUSBHostDataType"
"""What System Information is asked for; macOS 26 lists USB devices under the last name only."""

_VENDOR = ("vendor_id", "USBDeviceKeyVendorID")
_PRODUCT = ("product_id", "USBDeviceKeyProductID")
"""The same under the names of both lists of USB devices."""


class DarwinAudio:
    """The sound system of macOS."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def devices(self) -> Sequence[AudioDevice]:
        """All inputs and outputs."""
        told = read_darwin(self._token, SOUND, USB)
        found = shape_darwin(told)
        if any(device.facts["transport"] == _BY_USB for device in found) and not has_usb(told):
            return shape_darwin(told, read_usb_host(self._token))
        return found

    def target(self, device: AudioDevice) -> Target:
        """PortAudio names Core Audio devices as System Information does."""
        return Target(name=device.name, host_api="Core Audio")

    @contextlib.contextmanager
    def watch(self, device: AudioDevice) -> Iterator[StillWatch]:  # noqa: ARG002 - the port
        """Core Audio ends the stream of a removed device; nothing else is told."""
        yield StillWatch()


@dataclass(frozen=True)
class StillWatch:
    """Sees nothing while a device is used."""

    removed: bool = False
    muted: bool = False
    moved: bool = False


def read_darwin(token: Token, *lists: str) -> str:
    """Ask System Information for ``lists``, as JSON.

    Raises:
        CannotMeasure: It hung or failed.
    """
    try:
        return run_tool(
            token,
            "system_profiler",
            "-json",
            *lists,
            timeout=LIST_LIMIT_S,
        )
    except CannotMeasure as fault:
        detail = "sound-system-stalled" if fault.code is FailureCode.TIMED_OUT else "not-listed"
        raise CannotMeasure(fault.code, detail, **fault.summary) from fault


def read_usb_host(token: Token) -> str:
    """The list of USB devices as macOS 26 has it; without one the ids stay unknown."""
    try:
        return read_darwin(token, USB_HOST)
    except CannotMeasure:
        return "{}"


def has_usb(text: str) -> bool:
    """Whether System Information's answer holds any USB device's id."""
    return bool(_usb_ids(json.loads(text)))


def shape_darwin(text: str, usb_text: str = "{}") -> list[AudioDevice]:
    """Turn System Information's answers into devices.

    Raises:
        CannotMeasure: ``not-listed``: the answer cannot be read, which is not "no device".
    """
    try:
        told = json.loads(text)
        sound = [item for group in told[SOUND] for item in _leaves(group)]
        ids = _usb_ids(told) | _usb_ids(_readable(usb_text))
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "not-listed") from fault
    return [
        _device(item, direction, ids.get(str(item.get("_name"))))
        for item in sound
        for direction in ("input", "output")
        if item.get(f"coreaudio_device_{direction}")
    ]


def _readable(text: str) -> Mapping[str, Any]:
    """A list that may be missing: what cannot be read tells no ids, and no ids make no cord."""
    try:
        told = json.loads(text)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}


def _usb_ids(told: Mapping[str, Any]) -> dict[str, tuple[str, str]]:
    """Name of a USB device -> vendor and product id.

    Sound and USB devices can only be matched by name; a name that stands for two products tells
    neither.
    """
    groups = [group for key in (USB, USB_HOST) for group in told.get(key, [])]
    found: dict[str, set[tuple[str, str]]] = {}
    for item in (item for group in groups for item in _leaves(group)):
        number = (_first(item, _VENDOR), _first(item, _PRODUCT))
        if item.get("_name") and all(number):
            found.setdefault(str(item["_name"]), set()).add(number)
    return {name: next(iter(numbers)) for name, numbers in found.items() if len(numbers) == 1}


def _first(item: Mapping[str, Any], keys: Sequence[str]) -> str:
    """The number under the first of ``keys``; the maker may follow it in brackets."""
    return next((str(item[key]).split(" ")[0] for key in keys if key in item), "")


def _leaves(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The item and everything nested below it."""
    yield item
    for child in item.get("_items", []):
        yield from _leaves(child)


def _device(item: Mapping[str, Any], direction: str, usb: tuple[str, str] | None) -> AudioDevice:
    name = str(item.get("_name") or "")
    rate = item.get("coreaudio_device_srate")
    facts: dict[str, object] = {
        "system": "darwin",
        "transport": item.get("coreaudio_device_transport", ""),
        "source": item.get(f"coreaudio_{direction}_source", ""),
    }
    if usb:
        facts["vendor_id"], facts["product_id"] = usb
    return AudioDevice(
        id=f"{direction}:{name}",
        name=name,
        direction=direction,
        default=item.get(f"coreaudio_default_audio_{direction}_device") == _YES,
        rate=int(rate) if isinstance(rate, int | float) and rate > 0 else None,
        facts=facts,
    )
