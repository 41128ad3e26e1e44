"""The Windows adapter against a Core Audio that behaves: lists, watches, and what goes wrong."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from readiness.cancel import Token
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.audio.windows import ENUMERATOR, FORM_FACTOR, FRIENDLY_NAME, WindowsAudio
from tests.fakes.core_audio import UNPLUGGED, ComError, CoreAudio, Endpoint

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def headset() -> Endpoint:
    properties: dict[str, object] = {
        FRIENDLY_NAME: "Headset (Jabra Talk 25)",
        ENUMERATOR: "BTHHFENUM",
        FORM_FACTOR: 5,
        "{serial} 1": "not to be kept",
    }
    return Endpoint("{0.0.1}.{headset}", properties, scalar=0.75)


@pytest.fixture
def core_audio(headset: Endpoint) -> Iterator[CoreAudio]:
    core = CoreAudio()
    core.flows[1].append(headset)
    with core.installed():
        yield core


def _until(happened: object, token: Token) -> bool:
    assert callable(happened)
    return token.wait_for(happened, timeout=5)


def test_endpoints_become_devices(core_audio: CoreAudio) -> None:
    found = WindowsAudio(Token()).devices()

    assert [(d.name, d.direction, d.default, d.muted, d.volume) for d in found] == [
        ("Headset (Jabra Talk 25)", "input", True, False, 75.0)
    ]
    assert "not to be kept" not in found[0].facts.values()
    assert core_audio.initialised == 0


def test_portaudio_is_asked_for_the_wasapi_device_of_that_name(core_audio: CoreAudio) -> None:
    audio = WindowsAudio(Token())

    target = audio.target(audio.devices()[0])

    assert (target.name, target.host_api) == ("Headset (Jabra Talk 25)", "Windows WASAPI")
    assert core_audio.initialised == 0


def test_a_sound_service_that_is_off_is_no_sound_system(core_audio: CoreAudio) -> None:
    core_audio.fault = ComError(-2147023834)

    with pytest.raises(CannotMeasure) as refused:
        WindowsAudio(Token()).devices()

    assert (refused.value.code, refused.value.detail) == (
        FailureCode.NO_DEVICE,
        "no-sound-system",
    )
    assert core_audio.initialised == 0


@pytest.mark.usefixtures("core_audio")
def test_a_pulled_headset_is_noticed(headset: Endpoint) -> None:
    token = Token()
    audio = WindowsAudio(token)

    with audio.watch(audio.devices()[0]) as watch:
        assert not watch.removed
        headset.state = UNPLUGGED
        assert _until(lambda: watch.removed, token)


@pytest.mark.usefixtures("core_audio")
def test_a_headset_that_is_gone_before_the_watch_begins_is_noticed(headset: Endpoint) -> None:
    token = Token()
    audio = WindowsAudio(token)
    device = audio.devices()[0]
    headset.state = UNPLUGGED

    with audio.watch(device) as watch:
        assert _until(lambda: watch.removed, token)


@pytest.mark.usefixtures("core_audio")
def test_muting_is_noticed_even_if_it_is_undone(headset: Endpoint) -> None:
    token = Token()
    audio = WindowsAudio(token)

    with audio.watch(audio.devices()[0]) as watch:
        headset.mute = True
        assert _until(lambda: watch.muted, token)
        headset.mute = False
        assert watch.muted


def test_the_watch_lets_go_of_com(core_audio: CoreAudio) -> None:
    audio = WindowsAudio(Token())
    with audio.watch(audio.devices()[0]):
        pass

    for thread in threading.enumerate():
        if thread.name == "readiness-audio-watch":
            thread.join(timeout=5)
    assert core_audio.initialised == 0
