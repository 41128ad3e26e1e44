"""The guided take through a real sound path: the echo that was set, plugs that are pulled, stalls.

The earphones are a null sink of two channels; each side leaks into the microphone with a loss that
the test sets.
"""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.cancel import Token
from readiness.cli.guided import UnattendedPerson
from readiness.dsp.voice.speech_level import active_level
from readiness.hearing import Ear, OwnVoice
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.ports import Choices, Need, Prompt, Take
from readiness.probes import all_probes
from readiness.session import run_probe
from readiness.system.audio import open_audio
from readiness.system.world import SystemWorld
from tests.rig.sound_server import CORDED, RATE, read_wav, write_wav

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Mapping, Sequence

    from readiness.model.measurement import Failure, Measurement, ProbeRun
    from readiness.ports import AudioDevice
    from readiness.system.audio import SystemAudio
    from tests.rig.sound_server import SoundServer

pytestmark = pytest.mark.rig

BOTH = frozenset({Need.MICROPHONE, Need.LOUDSPEAKER})
CHOICES = Choices(consent=BOTH, output="phones")
WORDS = "The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background."
NOMINAL = -26.0


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("readiness.probes.microphone.SILENCE_S", 2.0)
    monkeypatch.setattr("readiness.probes.microphone.READING_S", 4.0)
    monkeypatch.setattr("readiness.probes.microphone.LOUD_S", 1.0)
    monkeypatch.setattr("readiness.listening.secrets.choice", lambda sides: sides[1])


class Applicant(UnattendedPerson):
    """Reads aloud when asked to, does what the test says, and answers as it says."""

    def __init__(self, answers: Mapping[Prompt, str], **does: Callable[[], object]) -> None:
        self.answers = answers
        self.does = does

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's arguments
        """Do it, and be ready; only the loud voice is left out."""
        self.does.get(prompt.name.lower(), lambda: None)()
        return prompt is not Prompt.SPEAK_UP

    def choose(
        self,
        prompt: Prompt,
        *,
        options: Sequence[str],  # noqa: ARG002 - the port's arguments
        values: Mapping[str, str],  # noqa: ARG002 - the port's arguments
    ) -> str | None:
        """As the test says."""
        return self.answers.get(prompt)


def _run(probe: str, person: Applicant) -> ProbeRun:
    return run_probe(
        all_probes()[probe],
        world=SystemWorld(),
        choices=CHOICES,
        person=person,
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )


def _found(run: ProbeRun) -> dict[str, Measurement]:
    return {measurement.metric: measurement for measurement in run.measurements}


def _failed(run: ProbeRun) -> dict[str, Failure]:
    return {failure.metric: failure for failure in run.failures}


def _reader(server: SoundServer, **does: Callable[[], object]) -> Applicant:
    """Reads at the nominal level, and heard the first tone on the right, where it was played."""
    samples, rate = read_wav(server.say(WORDS))
    from scipy.signal import resample_poly

    speech = np.tile(resample_poly(samples, RATE, rate), 3)[: round(4.5 * RATE)]
    speech *= 10 ** ((NOMINAL - active_level(speech, RATE).dbov) / 20)
    path = server.folder / "voice.wav"
    write_wav(path, speech, RATE)
    reading: list[subprocess.Popen[bytes]] = []

    def fall_silent() -> None:
        """Whoever is to listen reads no more, also where a busy computer began it late."""
        for one in reading:
            one.terminate()
            one.wait()
        does.get("listen", lambda: None)()

    acts = {**does, "read_aloud": lambda: reading.append(server.play(path)), "listen": fall_silent}
    return Applicant({Prompt.LISTEN: "right"}, **acts)


def test_the_echo_that_was_set_is_the_echo_that_is_reported(sound_server: SoundServer) -> None:
    """A caller as loud as the voice is heard 20 dB below it; the other ear leaks less."""
    sound_server.add_phones("phones", left_db=35, right_db=20)

    run = _run("microphone", _reader(sound_server))

    echo = _found(run)["voice.echo"]
    level = _found(run)["voice.level"].value
    assert isinstance(level, float)
    assert echo.evidence.summary["loss_db"] == pytest.approx(20, abs=0.5)
    assert echo.evidence.summary["louder_side"] == "right"
    assert echo.value == pytest.approx(20 + level - NOMINAL, abs=0.5)
    assert _found(run)["headset.sides"].value == "as-played"


def test_earphones_that_leak_nothing_have_no_echo(sound_server: SoundServer) -> None:
    """What is known then is the least that it must be, and that is a lot."""
    sound_server.add_phones("phones")

    echo = _found(_run("microphone", _reader(sound_server)))["voice.echo"]

    assert echo.evidence.summary["echo_found"] is False
    assert isinstance(echo.value, float)
    assert echo.uncertainty is not None
    assert echo.value - echo.uncertainty > 35


def test_no_echo_and_nobody_who_heard_the_tone_is_no_result(sound_server: SoundServer) -> None:
    """The tone may have gone anywhere."""
    sound_server.add_phones("phones")
    person = _reader(sound_server)
    person.answers = {}

    run = _run("microphone", person)

    assert _failed(run)["voice.echo"].detail == "nobody-listened"
    assert _failed(run)["headset.sides"].detail == "not-answered"


def test_muted_earphones_are_named_and_have_no_echo(sound_server: SoundServer) -> None:
    phones = sound_server.add_phones("phones", left_db=20, right_db=20)
    sound_server.mute_phones(phones)

    run = _run("microphone", _reader(sound_server))

    assert _failed(run)["voice.echo"].detail == "output-muted"
    assert "voice.level" in _found(run)


def test_earphones_pulled_while_the_tone_plays_are_named(sound_server: SoundServer) -> None:
    sound_server.add_phones("phones", left_db=20, right_db=20)

    def pull_soon() -> None:
        threading.Timer(2.0, sound_server.unplug_phones).start()

    run = _run("microphone", _reader(sound_server, listen=pull_soon))

    assert _failed(run)["voice.echo"].detail == "output-removed"


def test_a_pulled_plug_is_noticed_within_a_second(sound_server: SoundServer) -> None:
    audio = _audio(Token())
    device = audio.chosen("input")
    pulled = threading.Event()

    def pull() -> None:
        sound_server.unplug()
        pulled.set()

    threading.Timer(0.8, pull).start()
    with pytest.raises(CannotMeasure) as found:
        audio.record(device, 30, lambda _f, _l: None)

    assert found.value.detail == "removed-during-take"
    assert pulled.is_set()


def test_the_plug_in_the_hand_is_seen_to_go_and_to_come(sound_server: SoundServer) -> None:
    microphone = sound_server.microphone
    person = Applicant(
        {Prompt.PLUG_IN: "yes"},
        unplug=sound_server.unplug,
        plug_in=lambda: sound_server.plug_in(microphone, CORDED),
    )

    found = _found(_run("unplug", person))

    assert found["headset.unplugged"].value is True
    assert found["headset.cord_followed"].value is True


def test_a_stall_of_the_server_is_named(sound_server: SoundServer) -> None:
    """The hole that it leaves is filled with zeros, and nothing reports it."""

    def stall() -> None:
        sound_server.pause_server()
        time.sleep(0.4)
        sound_server.pause_server(on=False)

    reads = _reader(sound_server)
    speak = reads.does["read_aloud"]

    def speak_and_stall() -> None:
        speak()
        threading.Timer(1.5, stall).start()

    reads.does["read_aloud"] = speak_and_stall

    run = _run("microphone", reads)

    assert _failed(run)["voice.level"].detail == "interrupted"


@pytest.mark.parametrize("stalled_s", [0.5, 0.8])
def test_a_take_ends_soon_after_a_stall_that_lost_some_of_it(
    sound_server: SoundServer, stalled_s: float
) -> None:
    """The person need not read to the end; no flag tells of it, only zeros in a late block."""
    audio = _audio(Token())
    reached: list[float] = []

    running, over = threading.Event(), threading.Event()

    def stall() -> None:
        """Until one has lost something: what the buffers still hold is not lost.

        Only once the take runs: a hole from the opening of the stream makes later ones look like
        a noise gate's, which are judged with the whole take.
        """
        running.wait()
        while not over.wait(1.0):
            sound_server.pause_server()
            time.sleep(stalled_s)
            sound_server.pause_server(on=False)

    def level(fraction: float, _level: float) -> None:
        reached.append(fraction)
        running.set()

    staller = threading.Thread(target=stall)
    staller.start()
    try:
        with pytest.raises(CannotMeasure) as found:
            audio.record(audio.chosen("input"), 30, level)
    finally:
        over.set()
        running.set()
        staller.join()

    assert (found.value.code, found.value.detail) == (FailureCode.TIMED_OUT, "interrupted")
    assert reached[-1] < 2 / 3


@pytest.mark.usefixtures("sound_server")
def test_no_loss_is_claimed_of_a_take_without_a_stall() -> None:
    audio = _audio(Token())

    take = audio.record(audio.chosen("input"), 6, lambda _f, _l: None)

    assert take.samples.size == 6 * RATE
    assert take.overflows == 0


def _audio(token: Token, *, consent: frozenset[Need] = BOTH) -> SystemAudio:
    return open_audio(replace(CHOICES, consent=consent), token)


def _ends(audio: SystemAudio) -> tuple[AudioDevice, AudioDevice]:
    return audio.chosen("output"), audio.chosen("input")


TONE = (0.1 * np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE)).astype(np.float32)


@pytest.mark.parametrize(
    ("consent", "detail"),
    [
        (frozenset[Need](), "no-consent"),
        (frozenset({Need.LOUDSPEAKER}), "no-consent"),
        (frozenset({Need.MICROPHONE}), "loudspeaker-no-consent"),
    ],
)
def test_playing_and_recording_need_both_consents(
    sound_server: SoundServer, consent: frozenset[Need], detail: str
) -> None:
    sound_server.add_phones("phones")
    audio = _audio(Token(), consent=consent)

    with pytest.raises(CannotMeasure) as refused:
        audio.play_and_record(*_ends(audio), TONE, RATE, lambda _f, _l: None)

    assert (refused.value.code, refused.value.detail) == (FailureCode.SKIPPED, detail)


def test_nothing_is_played_without_consent(sound_server: SoundServer) -> None:
    sound_server.add_phones("phones")
    audio = _audio(Token(), consent=frozenset({Need.MICROPHONE}))

    with pytest.raises(CannotMeasure) as refused:
        audio.play(audio.chosen("output"), TONE, RATE)

    assert refused.value.detail == "loudspeaker-no-consent"


def test_what_is_played_for_one_ear_is_heard_from_that_ear(sound_server: SoundServer) -> None:
    """Only the right one leaks: 0.1 * sin has -23.0 dBov, 10 dB less arrive."""
    sound_server.add_phones("phones", right_db=10)
    audio = _audio(Token())
    silence = np.zeros_like(TONE)

    heard = [
        audio.play_and_record(
            *_ends(audio), np.stack(pair, axis=1), RATE, lambda _f, _l: None
        ).samples
        for pair in ((TONE, silence), (silence, TONE))
    ]

    levels = [10 * np.log10(np.var(part[RATE // 2 : RATE])) for part in heard]
    assert levels[0] == pytest.approx(-60, abs=1)
    assert levels[1] == pytest.approx(-33.0, abs=0.3)


def test_a_recording_ends_when_it_is_enough(sound_server: SoundServer) -> None:  # noqa: ARG001 - it must run
    audio = _audio(Token())
    heard: list[int] = []

    def enough(new: object) -> bool:
        assert isinstance(new, np.ndarray)
        heard.append(new.size)
        return sum(heard) >= RATE // 2

    take = audio.record(audio.chosen("input"), 30, lambda _f, _l: None, enough=enough)

    assert take.samples.size == sum(heard)
    assert RATE // 2 <= take.samples.size < 3 * RATE


def test_stop_ends_what_is_played(sound_server: SoundServer) -> None:
    sound_server.add_phones("phones")
    token = Token()
    audio = _audio(token)
    threading.Timer(0.5, token.cancel).start()

    with pytest.raises(Cancelled):
        audio.play(audio.chosen("output"), np.tile(TONE, 60), RATE)


@pytest.fixture
def own_voice(sound_server: SoundServer) -> OwnVoice:
    """A tone of 1 kHz that the microphone hears through the earphones."""
    sound_server.add_phones("phones", left_db=10)
    audio = _audio(Token())
    take = Take(samples=np.tile(TONE, 3), rate=RATE, device=audio.chosen("input"))
    return OwnVoice(take, SystemWorld(), CHOICES)


def test_one_hears_oneself_and_the_other_ear_takes_over_at_once(own_voice: OwnVoice) -> None:
    first = own_voice.playing(Ear.OWN)
    ended: list[float] = []
    thread = threading.Thread(target=lambda: ended.append(first()))
    thread.start()
    time.sleep(1.0)

    second = own_voice.playing(Ear.A_LAW, start_s=2.5)
    thread.join(timeout=5)

    assert 0 < ended[0] < own_voice.seconds
    assert second() == 0.0
