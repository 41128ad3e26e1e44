"""The macOS adapter against System Information as older and newer systems answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from readiness.audio_link import link_class
from readiness.cancel import Token
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.audio import darwin
from readiness.system.audio.darwin import SOUND, USB, USB_HOST, DarwinAudio

if TYPE_CHECKING:
    from collections.abc import Mapping

EVOLVE = "Jabra EVOLVE 20 MS"


class Profiler:
    """``system_profiler``: knows some lists, answers what it is asked for, remembers it."""

    def __init__(self, lists: Mapping[str, Any], garbled: str = "") -> None:
        self.lists = lists
        self.garbled = garbled
        self.asked: list[tuple[str, ...]] = []

    def __call__(self, _token: Token, tool: str, *words: str, timeout: float) -> str:
        """Its answer, as JSON."""
        assert tool == "system_profiler"
        assert timeout > 0
        self.asked.append(words)
        if self.garbled in words:
            return "{"
        known = {name: self.lists[name] for name in words if name in self.lists}
        if not known:
            raise CannotMeasure(FailureCode.UNSUPPORTED, "tool-failed")
        return json.dumps(known)


def _sound(transport: str) -> list[dict[str, Any]]:
    device = {
        "_name": EVOLVE,
        "coreaudio_device_input": 1,
        "coreaudio_device_transport": f"coreaudio_device_type_{transport}",
    }
    return [{"_name": "coreaudio_device", "_items": [device]}]


OLD_USB = [
    {
        "_name": "USB31Bus",
        "_items": [{"_name": EVOLVE, "vendor_id": "0x0b0e  (GN Netcom)", "product_id": "0x0301"}],
    }
]
NEW_USB = [
    {
        "_name": "USB 3.1 Bus",
        "_items": [
            {
                "_name": EVOLVE,
                "USBDeviceKeyVendorID": "0x0b0e",
                "USBDeviceKeyProductID": "0x0301",
            }
        ],
    }
]


def _classes(profiler: Profiler, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setattr(darwin, "run_tool", profiler)
    return [link_class(device).value for device in DarwinAudio(Token()).devices()]


def test_macos_25_and_older_tell_usb_ids_in_one_go(monkeypatch: pytest.MonkeyPatch) -> None:
    profiler = Profiler({SOUND: _sound("usb"), USB: OLD_USB})

    assert _classes(profiler, monkeypatch) == ["usb-corded"]
    assert profiler.asked == [("-json", SOUND, USB)]


def test_macos_26_tells_usb_ids_in_another_list(monkeypatch: pytest.MonkeyPatch) -> None:
    profiler = Profiler({SOUND: _sound("usb"), USB: [], USB_HOST: NEW_USB})

    assert _classes(profiler, monkeypatch) == ["usb-corded"]


def test_without_a_usb_device_nobody_asks_for_usb_ids_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    profiler = Profiler({SOUND: _sound("bluetooth"), USB: [], USB_HOST: NEW_USB})

    assert _classes(profiler, monkeypatch) == ["bluetooth"]
    assert len(profiler.asked) == 1


@pytest.mark.parametrize("garbled", ["", USB_HOST])
def test_a_list_of_ids_that_cannot_be_had_leaves_the_cord_open(
    monkeypatch: pytest.MonkeyPatch, garbled: str
) -> None:
    profiler = Profiler({SOUND: _sound("usb"), USB: []}, garbled)

    assert _classes(profiler, monkeypatch) == ["usb-unknown"]


def test_sound_that_cannot_be_listed_is_not_no_device(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CannotMeasure) as refused:
        _classes(Profiler({}), monkeypatch)

    assert (refused.value.code, refused.value.detail) == (FailureCode.UNSUPPORTED, "not-listed")


def test_a_usb_device_without_a_name_lends_its_id_to_nobody(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sound = _sound("usb")
    del sound[0]["_items"][0]["_name"]
    nameless = [{"_items": [{"vendor_id": "0x0b0e", "product_id": "0x0301"}]}]

    assert _classes(Profiler({SOUND: sound, USB: nameless}), monkeypatch) == ["usb-unknown"]


def test_a_name_that_stands_for_two_products_tells_neither(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    other = {"_name": EVOLVE, "vendor_id": "0x0b0e", "product_id": "0x245e"}
    both = [*OLD_USB, {"_name": "USB30Bus", "_items": [other]}]

    assert _classes(Profiler({SOUND: _sound("usb"), USB: both}), monkeypatch) == ["usb-unknown"]
