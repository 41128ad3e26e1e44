"""What others do to a microphone meanwhile: another default, program, or volume."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.cancel import Token
from readiness.cli.guided import UnattendedPerson
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need
from readiness.probes import all_probes
from readiness.session import run_probe
from readiness.system.audio import open_audio
from readiness.system.world import SystemWorld
from tests.rig.sound_server import BLUETOOTH, ROOM_DBOV

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from readiness.ports import Take
    from tests.rig.sound_server import SoundServer

pytestmark = pytest.mark.rig

SECONDS = 2.0
CONSENTING = Choices(consent=frozenset({Need.MICROPHONE}))


def _recorded(meanwhile: Callable[[], object], *, wish: str = "") -> Take:
    audio = open_audio(replace(CONSENTING, input=wish), Token())
    device = audio.chosen("input")
    threading.Timer(SECONDS / 2, meanwhile).start()
    return audio.record(device, SECONDS, lambda _fraction, _level: None)


def _dbov(samples: NDArray[np.float32]) -> float:
    return float(10 * np.log10(np.mean(samples.astype(float) ** 2)))


def test_a_take_that_is_moved_to_another_default_is_refused(
    sound_server: SoundServer,
) -> None:
    """A headset that is plugged in becomes the default, and PulseAudio takes the stream along."""
    other = sound_server.add_microphone("bluez_input.aa", BLUETOOTH, rate=16_000, room=False)

    with pytest.raises(CannotMeasure) as caught:
        _recorded(lambda: sound_server.prefer(other))

    assert (caught.value.code, caught.value.detail) == (FailureCode.NO_DEVICE, "moved-during-take")


def test_a_take_of_what_is_not_the_default_stays_where_it_is(sound_server: SoundServer) -> None:
    """What the person chose is not taken along when another device becomes the default."""
    other = sound_server.add_microphone("bluez_input.aa", BLUETOOTH, rate=16_000, room=False)
    sound_server.prefer(other)

    take = _recorded(lambda: None, wish="Rig_USB")

    assert _dbov(take.samples) == pytest.approx(ROOM_DBOV, abs=0.5)


def test_another_program_that_listens_too_changes_nothing(sound_server: SoundServer) -> None:
    sound_server.record_elsewhere()

    take = _recorded(sound_server.record_elsewhere)

    assert _dbov(take.samples) == pytest.approx(ROOM_DBOV, abs=0.5)
    assert take.overflows == 0


def test_a_volume_of_nought_is_no_quiet_room(
    sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.probes.room.LISTEN_S", SECONDS)
    sound_server.set_volume(0)

    run = run_probe(
        all_probes()["room"],
        world=SystemWorld(),
        choices=CONSENTING,
        person=UnattendedPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )

    assert not run.measurements
    assert {failure.metric for failure in run.failures} >= {"room.noise_events", "room.noise"}


def test_a_microphone_that_went_between_listing_and_opening_is_gone(
    sound_server: SoundServer,
) -> None:
    audio = open_audio(CONSENTING, Token())
    device = audio.chosen("input")
    sound_server.unplug()

    with pytest.raises(CannotMeasure) as caught:
        audio.record(device, SECONDS, lambda _fraction, _level: None)

    assert caught.value.code is FailureCode.NO_DEVICE
