"""Link classes read from a running PipeWire: the same program, the other sound server."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from readiness.audio_link import link_class
from readiness.audio_link_words import HowSure
from readiness.cancel import Token
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices
from readiness.probes.headset import PROBE
from readiness.session import run_probe
from readiness.system.audio import open_audio
from readiness.system.world import SystemWorld
from tests.fakes.world import WillingPerson
from tests.rig.pipewire_server import BLUETOOTH, CORDED, RECEIVER, SOFTWARE, PipeWireServer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.model.measurement import ProbeRun
    from readiness.ports import AudioDevice

pytestmark = pytest.mark.rig


@pytest.fixture
def pipewire(monkeypatch: pytest.MonkeyPatch) -> Iterator[PipeWireServer]:
    """Start a private PipeWire without any device; this process is pointed at it."""
    with PipeWireServer() as server:
        for name, value in server.environment.items():
            monkeypatch.setenv(name, value)
        yield server


def _input(name: str) -> AudioDevice:
    found = open_audio(Choices(), Token()).devices()
    return next(device for device in found if device.id == name and device.direction == "input")


def _probed(wish: str) -> ProbeRun:
    return run_probe(
        PROBE,
        world=SystemWorld(),
        choices=Choices(input=wish),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


@pytest.mark.parametrize(
    ("name", "properties", "expected"),
    [
        ("alsa_input.usb-rig", CORDED, ("usb-corded", HowSure.LIKELY, "known-corded")),
        ("alsa_input.usb-link", RECEIVER, ("dongle", HowSure.LIKELY, "known-receiver")),
        ("bluez_input.AA_BB", BLUETOOTH, ("bluetooth", HowSure.CERTAIN, "os-bluetooth")),
        ("software", SOFTWARE, ("virtual", HowSure.LIKELY, "virtual-device")),
    ],
)
def test_what_pipewire_tells_of_a_device_gives_its_class(
    pipewire: PipeWireServer,
    name: str,
    properties: dict[str, str],
    expected: tuple[str, HowSure, str],
) -> None:
    pipewire.plug_in(name, properties)

    found = link_class(_input(name))

    assert (found.value, found.how_sure, found.why) == expected


def test_the_bluetooth_node_keeps_its_rate_and_its_codec(pipewire: PipeWireServer) -> None:
    pipewire.plug_in("bluez_input.AA_BB", BLUETOOTH, rate=16_000)

    device = _input("bluez_input.AA_BB")

    assert device.rate == 16_000
    assert device.facts["api.bluez5.codec"] == "msbc"


def test_the_probe_reports_the_chosen_one_of_two(pipewire: PipeWireServer) -> None:
    pipewire.plug_in("alsa_input.usb-rig", CORDED)
    pipewire.plug_in("bluez_input.AA_BB", BLUETOOTH)

    links = {
        wish: {m.metric: m.value for m in _probed(wish).measurements}["headset.link"]
        for wish in ("Rig USB", "Rig BT")
    }

    assert links == {"Rig USB": "usb-corded", "Rig BT": "bluetooth"}


def test_a_device_that_was_pulled_is_not_found(pipewire: PipeWireServer) -> None:
    pipewire.plug_in("alsa_input.usb-rig", CORDED)
    pipewire.unplug("alsa_input.usb-rig")

    with pytest.raises(CannotMeasure) as refused:
        open_audio(Choices(input="alsa_input.usb-rig"), Token()).chosen("input")

    assert refused.value.code is FailureCode.NO_DEVICE


def test_a_pulled_device_is_seen_while_it_is_watched(pipewire: PipeWireServer) -> None:
    from readiness.system.audio.linux import LinuxAudio

    pipewire.plug_in("alsa_input.usb-rig", CORDED)
    token = Token()
    audio = LinuxAudio(token)

    with audio.watch(_input("alsa_input.usb-rig")) as watch:
        pipewire.unplug("alsa_input.usb-rig")
        assert token.wait_for(lambda: watch.removed, timeout=10)
