"""What the systems tell, turned into devices; and how a wished device is found."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from readiness.audio_link import link_class
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import AudioDevice
from readiness.system.audio import choose
from readiness.system.audio.capture import Target, pick, refusal
from readiness.system.audio.darwin import shape_darwin
from readiness.system.audio.linux import read_alsa, shape_alsa

if TYPE_CHECKING:
    from pathlib import Path

CARDS = """ 0 [PCH            ]: HDA-Intel - HDA Intel PCH
                      HDA Intel PCH at 0xf7110000 irq 32
 1 [MS             ]: USB-Audio - Jabra EVOLVE 20 MS
                      GN Netcom A/S Jabra EVOLVE 20 MS at usb-0000:00:14.0-2, full speed
"""


@pytest.fixture
def proc_asound(tmp_path: Path) -> Path:
    """``/proc/asound`` of a laptop with a USB headset."""
    (tmp_path / "cards").write_text(CARDS, encoding="utf-8")
    for pcm in ("card0/pcm0p", "card0/pcm0c", "card1/pcm0p", "card1/pcm0c"):
        (tmp_path / pcm).mkdir(parents=True)
    (tmp_path / "card1" / "usbid").write_text("0b0e:0301\n", encoding="ascii")
    return tmp_path


def test_bare_alsa_lists_cards_with_their_usb_ids(proc_asound: Path) -> None:
    found = shape_alsa(read_alsa(proc_asound))

    assert [(d.id, d.name, d.direction, link_class(d).value) for d in found] == [
        ("hw:0,0", "HDA Intel PCH", "input", "unknown"),
        ("hw:0,0", "HDA Intel PCH", "output", "unknown"),
        ("hw:1,0", "Jabra EVOLVE 20 MS", "input", "usb-corded"),
        ("hw:1,0", "Jabra EVOLVE 20 MS", "output", "usb-corded"),
    ]


def test_bare_alsa_does_not_pretend_to_know_the_settings(proc_asound: Path) -> None:
    for device in shape_alsa(read_alsa(proc_asound)):
        assert (device.muted, device.volume, device.rate) == (None, None, None)


def test_no_sound_in_the_kernel_is_no_device(tmp_path: Path) -> None:
    assert shape_alsa(read_alsa(tmp_path)) == []


@pytest.mark.parametrize("told", ["", "{", "[]", '{"SPAudioDataType": 1}', '{"other": []}'])
def test_an_unreadable_list_is_not_an_empty_one(told: str) -> None:
    with pytest.raises(CannotMeasure) as refused:
        shape_darwin(told)

    assert (refused.value.code, refused.value.detail) == (FailureCode.UNSUPPORTED, "not-listed")


def test_a_mac_lists_inputs_and_outputs_apart() -> None:
    told = {
        "SPAudioDataType": [
            {
                "_items": [
                    {
                        "_name": "USB Headset",
                        "coreaudio_device_input": 1,
                        "coreaudio_device_output": 2,
                        "coreaudio_device_srate": 48000,
                        "coreaudio_device_transport": "coreaudio_device_type_usb",
                        "coreaudio_default_audio_input_device": "spaudio_yes",
                    },
                    {"_name": "Display", "coreaudio_device_output": 2},
                ]
            }
        ]
    }

    found = shape_darwin(json.dumps(told))

    assert [(d.name, d.direction, d.default, d.rate) for d in found] == [
        ("USB Headset", "input", True, 48000),
        ("USB Headset", "output", False, 48000),
        ("Display", "output", False, None),
    ]


def _device(name: str, *, default: bool = False) -> AudioDevice:
    return AudioDevice(id=f"id of {name}", name=name, direction="input", default=default)


BUILT_IN, JABRA, LINK = _device("Built-in", default=True), _device("Jabra"), _device("Jabra Link")


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        ("", BUILT_IN),
        ("id of Jabra Link", LINK),
        ("jabra", JABRA),
        ("JABRA LINK", LINK),
        ("link", LINK),
    ],
)
def test_a_device_is_found_by_id_name_or_part_of_its_name(wish: str, expected: AudioDevice) -> None:
    assert choose([BUILT_IN, LINK, JABRA], wish) is expected


def test_a_wish_that_nothing_meets_is_not_answered_with_another_device() -> None:
    with pytest.raises(CannotMeasure) as refused:
        choose([BUILT_IN, JABRA], "Poly")

    assert (refused.value.code, refused.value.detail) == (FailureCode.NO_DEVICE, "not-found")


def test_portaudio_devices_are_told_apart_by_interface_and_direction() -> None:
    interfaces = [{"name": "MME"}, {"name": "Windows WASAPI"}]
    devices = [
        {"name": "Headset", "hostapi": 0, "max_input_channels": 1},
        {"name": "Headset", "hostapi": 1, "max_input_channels": 0},
        {"name": "Headset", "hostapi": 1, "max_input_channels": 1},
        {"name": "USB (hw:1,0)", "hostapi": 1, "max_input_channels": 1},
    ]

    assert pick(Target(name="Headset", host_api="Windows WASAPI"), devices, interfaces) == 2
    assert pick(Target(name="(hw:1,0)", part=True), devices, interfaces) == 3
    assert pick(Target(name="Head"), devices, interfaces) is None


@pytest.mark.parametrize(
    ("said", "code", "detail"),
    [
        (
            "Unanticipated host error [PaErrorCode -9999]: 'Access is denied' [WASAPI -2147024891]",
            FailureCode.PERMISSION_DENIED,
            "microphone-denied",
        ),
        (
            "Error opening InputStream: Invalid device [PaErrorCode -9996]",
            FailureCode.NO_DEVICE,
            "will-not-open",
        ),
        (
            "Error opening InputStream: Device unavailable [PaErrorCode -9985]",
            FailureCode.NO_DEVICE,
            "will-not-open",
        ),
    ],
)
def test_a_refused_permission_is_told_from_a_device_in_use(
    said: str, code: FailureCode, detail: str
) -> None:
    found = refusal(said)

    assert (found.code, found.detail) == (code, detail)
