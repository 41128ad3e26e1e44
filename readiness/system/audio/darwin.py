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


class DarwinAudio:
    """The sound system of macOS."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def devices(self) -> Sequence[AudioDevice]:
        """All inputs and outputs."""
        return shape_darwin(read_darwin(self._token))

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


def read_darwin(token: Token) -> str:
    """Ask System Information for sound and USB devices, as JSON.

    Raises:
        CannotMeasure: It hung or failed.
    """
    try:
        return run_tool(
            token,
            "system_profiler",
            "-json",
            "SPAudioDataType",
            "SPUSBDataType",
            timeout=LIST_LIMIT_S,
        )
    except CannotMeasure as fault:
        detail = "sound-system-stalled" if fault.code is FailureCode.TIMED_OUT else "not-listed"
        raise CannotMeasure(fault.code, detail, **fault.summary) from fault


def shape_darwin(text: str) -> list[AudioDevice]:
    """Turn System Information's answer into devices.

    Raises:
        CannotMeasure: ``not-listed``: the answer cannot be read, which is not "no device".
    """
    try:
        told = json.loads(text)
        sound = [item for group in told["SPAudioDataType"] for item in _leaves(group)]
        usb = [item for group in told.get("SPUSBDataType", []) for item in _leaves(group)]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "not-listed") from fault
    ids = {str(item.get("_name")): item for item in usb if "product_id" in item}
    return [
        _device(item, direction, ids.get(str(item.get("_name")), {}))
        for item in sound
        for direction in ("input", "output")
        if item.get(f"coreaudio_device_{direction}")
    ]


def _leaves(item: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The item and everything nested below it."""
    yield item
    for child in item.get("_items", []):
        yield from _leaves(child)


def _device(item: Mapping[str, Any], direction: str, usb: Mapping[str, Any]) -> AudioDevice:
    name = str(item.get("_name") or "")
    rate = item.get("coreaudio_device_srate")
    facts: dict[str, object] = {
        "system": "darwin",
        "transport": item.get("coreaudio_device_transport", ""),
        "source": item.get(f"coreaudio_{direction}_source", ""),
    }
    if usb:
        # The number comes first and the maker follows in brackets.
        facts["vendor_id"] = str(usb.get("vendor_id", "")).split(" ")[0]
        facts["product_id"] = str(usb.get("product_id", "")).split(" ")[0]
    return AudioDevice(
        id=f"{direction}:{name}",
        name=name,
        direction=direction,
        default=item.get(f"coreaudio_default_audio_{direction}_device") == _YES,
        rate=int(rate) if isinstance(rate, int | float) and rate > 0 else None,
        facts=facts,
    )
