"""What the rig plays, the microphone and headset probes must report; what breaks, they must name.

The levels expected here are those of the played files, measured before they are played.
"""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.cancel import Token
from readiness.cli.guided import UnattendedPerson
from readiness.dsp.voice.speech_level import active_level
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.ports import Choices, Need, Prompt
from readiness.probes import all_probes
from readiness.session import run_probe
from readiness.system.audio import open_audio
from readiness.system.world import SystemWorld
from tests.rig.sound_server import BLUETOOTH, RATE, RECEIVER, ROOM_DBOV, read_wav, write_wav

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from readiness.model.measurement import Failure, Measurement, ProbeRun
    from readiness.system.audio import SystemAudio
    from tests.rig.sound_server import Microphone, SoundServer

pytestmark = pytest.mark.rig

CONSENT = frozenset({Need.MICROPHONE})
SENTENCES = (
    "The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background."
    " It is easy to tell the depth of a well. These days a chicken leg is a rare dish."
    " Rice is often served in round bowls. The juice of lemons makes fine punch."
)


@pytest.fixture
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Shorten both parts of the take where nothing is expected of its accuracy."""
    monkeypatch.setattr("readiness.probes.microphone.SILENCE_S", 2.0)
    monkeypatch.setattr("readiness.probes.microphone.READING_S", 3.5)


short = pytest.mark.usefixtures("short_steps")


class Applicant(UnattendedPerson):
    """A person who does in each step what the test says, e.g. speaks when asked to read."""

    def __init__(self, **does: Callable[[], object]) -> None:
        self.does = does

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's arguments
        """Do it, and be ready."""
        self.does.get(prompt.name.lower(), lambda: None)()
        return True


def _run(probe: str, person: Applicant, *, wish: str = "") -> ProbeRun:
    return run_probe(
        all_probes()[probe],
        world=SystemWorld(),
        choices=Choices(consent=CONSENT, input=wish),
        person=person,
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> dict[str, Measurement]:
    return {measurement.metric: measurement for measurement in run.measurements}


def _failed(run: ProbeRun) -> dict[str, Failure]:
    return {failure.metric: failure for failure in run.failures}


def _voice(server: SoundServer, dbov: float) -> tuple[Path, float]:
    """Speech for the whole reading at the microphone's rate, and its level after P.56."""
    samples, rate = read_wav(server.say(SENTENCES))
    from scipy.signal import resample_poly

    speech = np.tile(resample_poly(samples, RATE, rate), 2)[: 16 * RATE]
    speech *= 10 ** ((dbov - active_level(speech, RATE).dbov) / 20)
    path = server.folder / "voice.wav"
    write_wav(path, speech, RATE)
    return path, active_level(speech, RATE).dbov


def test_level_noise_and_their_distance_are_those_that_were_played(
    sound_server: SoundServer,
) -> None:
    voice, level = _voice(sound_server, -26)
    reads = Applicant(read_aloud=lambda: sound_server.play(voice))

    found = _found(_run("microphone", reads))

    assert found["voice.level"].value == pytest.approx(level, abs=0.5)
    assert found["voice.noise"].value == pytest.approx(ROOM_DBOV, abs=0.5)
    assert found["voice.snr"].value == pytest.approx(level - ROOM_DBOV, abs=0.7)
    assert found["voice.clipping"].value == 0


@short
@pytest.mark.usefixtures("sound_server")
def test_nobody_speaks_is_no_voice_but_the_noise_is_known() -> None:
    run = _run("microphone", Applicant())

    assert _found(run)["voice.noise"].value == pytest.approx(ROOM_DBOV, abs=0.5)
    details = {metric: failure.detail for metric, failure in _failed(run).items()}
    unheard = {metric for metric, detail in details.items() if detail == "no-speech"}
    assert {"voice.level", "voice.snr", "voice.clipping", "voice.headroom"} <= unheard


@short
def test_speech_in_the_silence_is_named(sound_server: SoundServer) -> None:
    voice, _ = _voice(sound_server, -26)
    talks = Applicant(stay_silent=lambda: sound_server.play(voice))

    run = _run("microphone", talks)

    assert _failed(run)["voice.snr"].detail == "not-silent"


def test_a_muted_microphone_is_named_and_not_a_quiet_room(sound_server: SoundServer) -> None:
    sound_server.mute()

    run = _run("microphone", Applicant())

    assert not run.measurements
    assert {f.detail for f in run.failures} == {"muted"}
    assert _found(_run("headset", Applicant()))["headset.muted"].value is True


@short
def test_a_microphone_muted_during_the_take_is_named(sound_server: SoundServer) -> None:
    def mute_soon() -> None:
        threading.Timer(1.0, sound_server.mute).start()

    run = _run("microphone", Applicant(read_aloud=mute_soon))

    assert {f.detail for f in run.failures} == {"muted"}


def test_a_pulled_plug_ends_the_take(sound_server: SoundServer) -> None:
    def pull_soon() -> None:
        threading.Timer(1.0, sound_server.unplug).start()

    run = _run("microphone", Applicant(stay_silent=pull_soon))

    assert not run.measurements
    assert {(f.failure, f.detail) for f in run.failures} == {
        (FailureCode.NO_DEVICE, "removed-during-take")
    }
    assert run.duration_s < 4


def test_a_crashed_sound_server_ends_the_take(sound_server: SoundServer) -> None:
    def crash_soon() -> None:
        threading.Timer(1.0, sound_server.stop_server).start()

    run = _run("microphone", Applicant(stay_silent=crash_soon))

    assert not run.measurements
    assert {f.detail for f in run.failures} == {"removed-during-take"}


@short
def test_a_hole_from_a_stalled_server_is_named(sound_server: SoundServer) -> None:
    voice, _ = _voice(sound_server, -26)

    def stall() -> None:
        sound_server.play(voice)
        threading.Timer(1.5, sound_server.pause_server).start()
        threading.Timer(2.0, lambda: sound_server.pause_server(on=False)).start()

    run = _run("microphone", Applicant(read_aloud=stall))

    assert not run.measurements
    assert {(f.failure, f.detail) for f in run.failures} == {(FailureCode.TIMED_OUT, "interrupted")}


def test_a_server_that_hangs_is_named(sound_server: SoundServer) -> None:
    sound_server.pause_server()
    try:
        run = _run("headset", Applicant())
    finally:
        sound_server.pause_server(on=False)

    assert {f.detail for f in run.failures} == {"sound-system-stalled"}


def test_without_any_sound_server_there_is_no_device(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("PULSE_SERVER", f"unix:{tmp_path / 'nobody'}")
    monkeypatch.setattr("readiness.system.audio.linux.PROC_ASOUND", tmp_path)

    for probe in ("headset", "microphone"):
        run = _run(probe, Applicant())
        assert not run.measurements
        assert {(f.failure, f.detail) for f in run.failures} == {
            (FailureCode.NO_DEVICE, "no-sound-system")
        }


@short
@pytest.mark.parametrize("wish", ["alsa_input.second", "rig_link"], ids=["by id", "by name"])
def test_the_wished_microphone_is_used(sound_server: SoundServer, wish: str) -> None:
    """The first one hears a room at -60 dBov, the second one nothing but a louder hum."""
    second = sound_server.add_microphone("alsa_input.second", RECEIVER, room=False)
    sound_server.play(_hum(sound_server), second)

    run = _run("microphone", Applicant(), wish=wish)

    assert _found(run)["voice.noise"].value == pytest.approx(-43.01, abs=0.5)


def _hum(server: SoundServer) -> Path:
    """A sine of amplitude 0.01: -40 dB below full scale, -3.01 dB for a sine."""
    path = server.folder / "hum.wav"
    time = np.arange(60 * RATE) / RATE
    write_wav(path, 0.01 * np.sin(2 * np.pi * 440 * time), RATE)
    return path


def test_each_microphone_gets_its_link_class(sound_server: SoundServer) -> None:
    sound_server.add_microphone("bluez_input.aa", BLUETOOTH, rate=16_000)
    sound_server.add_microphone("alsa_input.second", RECEIVER)

    links = {
        wish: _found(_run("headset", Applicant(), wish=wish))["headset.link"].value
        for wish in ("Rig_USB", "Rig_BT", "Rig_Link")
    }

    assert links == {"Rig_USB": "usb-corded", "Rig_BT": "bluetooth", "Rig_Link": "dongle"}


def test_volume_and_rate_are_those_of_the_server(sound_server: SoundServer) -> None:
    sound_server.set_volume(50)
    narrow = sound_server.add_microphone("bluez_input.aa", BLUETOOTH, rate=16_000)

    found = _found(_run("headset", Applicant()))
    other = _found(_run("headset", Applicant(), wish=narrow.source))

    assert found["headset.volume"].value == 50
    assert found["headset.sample_rate"].value == 48
    assert other["headset.sample_rate"].value == 16


@short
def test_half_volume_is_18_db_less(sound_server: SoundServer) -> None:
    """PulseAudio's volume is cubic: 60 log10(0.5) = -18.06 dB."""
    sound_server.set_volume(50)

    found = _found(_run("microphone", Applicant()))

    assert found["voice.noise"].value == pytest.approx(ROOM_DBOV - 18.06, abs=0.7)


def _audio(token: Token, *, consent: frozenset[Need] = CONSENT) -> SystemAudio:
    return open_audio(Choices(consent=consent), token)


@pytest.mark.usefixtures("sound_server")
def test_without_consent_nothing_is_opened() -> None:
    audio = _audio(Token(), consent=frozenset())

    with pytest.raises(CannotMeasure) as refused:
        audio.record(audio.chosen("input"), 1, lambda _f, _l: None)

    assert (refused.value.code, refused.value.detail) == (FailureCode.SKIPPED, "no-consent")


@pytest.mark.usefixtures("sound_server")
def test_stop_ends_a_recording() -> None:
    token = Token()
    audio = _audio(token)

    with pytest.raises(Cancelled):
        audio.record(audio.chosen("input"), 60, lambda _f, _l: token.cancel())


def test_stop_is_obeyed_while_the_server_hangs(sound_server: SoundServer) -> None:
    token = Token()
    audio = _audio(token)
    device = audio.chosen("input")
    sound_server.pause_server()
    threading.Timer(0.5, token.cancel).start()
    try:
        with pytest.raises(Cancelled):
            audio.record(device, 60, lambda _f, _l: None)
    finally:
        sound_server.pause_server(on=False)


def test_two_recordings_follow_each_other_from_two_microphones(sound_server: SoundServer) -> None:
    other: Microphone = sound_server.add_microphone("bluez_input.aa", BLUETOOTH, rate=16_000)
    audio = _audio(Token())
    by_id = {device.id: device for device in audio.devices()}

    rates = [
        audio.record(by_id[source], 0.5, lambda _f, _l: None).rate
        for source in (sound_server.microphone.source, other.source)
    ]

    assert rates == [48_000, 16_000]


def test_the_only_microphone_pulled_before_the_take_is_no_microphone(
    sound_server: SoundServer,
) -> None:
    """Monitors of outputs are recordable, but nobody speaks into them."""
    sound_server.unplug()

    run = _run("headset", Applicant())

    assert {(f.failure, f.detail) for f in run.failures} == {(FailureCode.NO_DEVICE, "no-input")}


@pytest.mark.usefixtures("sound_server")
def test_the_meter_shows_what_is_heard() -> None:
    """About thirty readings a second, each the level of the room."""
    audio = _audio(Token())
    shown: list[tuple[float, float]] = []

    take = audio.record(audio.chosen("input"), 2, lambda *reading: shown.append(reading))

    levels = [dbov for _, dbov in shown]
    assert take.samples.size == 2 * RATE
    assert 20 <= len(shown) <= 80
    assert np.median(levels) == pytest.approx(ROOM_DBOV, abs=1)
    assert [fraction for fraction, _ in shown] == sorted(fraction for fraction, _ in shown)


@pytest.mark.usefixtures("sound_server")
def test_a_missing_sound_library_is_named_with_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Importing sounddevice raises OSError where libportaudio2 is not installed."""
    (tmp_path / "sounddevice.py").write_text(
        "raise OSError('PortAudio library not found')\n", encoding="utf-8"
    )
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)

    run = _run("microphone", Applicant())

    assert {f.detail for f in run.failures} == {"portaudio-missing"}
    assert "libportaudio2" in all_probes()["microphone"].reasons["portaudio-missing"].remedy


def test_without_the_pulse_plugin_another_microphone_is_not_taken_instead(
    sound_server: SoundServer,
) -> None:
    """ALSA without its PulseAudio plugin cannot reach the chosen source."""
    (sound_server.folder / "asound.conf").write_text(
        "pcm.!default { type null }\n", encoding="utf-8"
    )

    run = _run("microphone", Applicant())

    assert {f.detail for f in run.failures} == {"pulse-plugin-missing"}
