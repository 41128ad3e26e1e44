"""A telephone is played into the virtual microphone; the probe must hear its tone and its keys."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.cli.guided import UnattendedPerson
from readiness.ports import Choices, Need, Prompt
from readiness.probes.phone import PROBE
from readiness.session import run_probe
from readiness.system.world import SystemWorld
from tests.fakes.telephone import Presses, chord, in_room, keys, room
from tests.rig.sound_server import RATE, write_wav

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

    from readiness.model.measurement import Measurement, ProbeRun
    from tests.rig.sound_server import SoundServer

    Sound = NDArray[np.float64]

pytestmark = pytest.mark.rig

PRESSED = Presses(on=0.15, off=0.15, amplitude=0.05, lead=0.5)


def dial_tone(_code: str) -> Sound:
    """A lifted receiver in most of Europe."""
    return 0.03 * chord((425,), 12, RATE)


def code(shown: str) -> Sound:
    """The code, in the room between telephone and microphone."""
    response = room(RATE, direct_to_reverberant_db=6, seed=3)
    return in_room(keys(shown, RATE, PRESSED)[0], response)


class Caller(UnattendedPerson):
    """Does in each step what the test says; puts the receiver down before the next."""

    def __init__(self, server: SoundServer, does: Mapping[Prompt, Callable[[str], Sound]]) -> None:
        self._server = server
        self._does = does
        self._heard: subprocess.Popen[bytes] | None = None

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's arguments
        """Do it, and be ready; a step without anything to do is left out."""
        if self._heard is not None:
            self._heard.kill()
        if prompt not in self._does:
            return False
        path = self._server.folder / f"{prompt.value}.wav"
        write_wav(path, self._does[prompt](values.get("code", "")), RATE)
        self._heard = self._server.play(path)
        return True


def _run(person: Caller) -> ProbeRun:
    return run_probe(
        PROBE,
        world=SystemWorld(),
        choices=Choices(consent=frozenset({Need.MICROPHONE})),
        person=person,
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> dict[str, Measurement]:
    return {measurement.metric: measurement for measurement in run.measurements}


def test_dial_tone_and_code_are_heard(sound_server: SoundServer) -> None:
    run = _run(Caller(sound_server, {Prompt.DIAL_TONE: dial_tone, Prompt.KEYPAD: code}))

    found = _found(run)
    assert {metric: one.value for metric, one in found.items()} == {
        "phone.dial_tone": True,
        "phone.keypad_code": True,
    }
    assert found["phone.dial_tone"].evidence.summary["tones_hz"] == "425"
    assert found["phone.keypad_code"].evidence.samples == 6


def test_the_room_alone_is_no_dial_tone_and_other_keys_are_no_code(
    sound_server: SoundServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("readiness.probes.phone.TONE_S", 3.0)
    other = str.maketrans("0123456789", "1234567890")

    run = _run(
        Caller(
            sound_server,
            {
                Prompt.DIAL_TONE: lambda _code: np.zeros(RATE),
                Prompt.KEYPAD: lambda shown: code(shown.translate(other)),
            },
        )
    )

    assert {failure.metric: failure.detail for failure in run.failures} == {
        "phone.dial_tone": "no-dial-tone",
        "phone.powered": "no-tone-before",
    }
    assert _found(run)["phone.keypad_code"].value is False
