"""The guided take at the terminal: steps, what went wrong, questions, hearing oneself."""

from __future__ import annotations

import io
import os
import sys
import threading
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest

from readiness.cli import hear
from readiness.cli.console import TerminalProgress
from readiness.cli.guided import AbsentPerson, TerminalPerson, UnattendedPerson
from readiness.hearing import Ear, OwnVoice
from readiness.locale import Reader
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.ports import Choices, Need, Prompt, Take
from tests.fakes.audio import HEADSET, RATE, FakeAudio
from tests.fakes.world import FakeWorld

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READER = Reader("en")
VALUES = {"device": "Example headset", "output": "Example phones", "code": "318 204"}
SIDES = ("left", "right", "both", "none")
TAKE = Take(
    samples=(0.25 * np.sin(np.arange(RATE) * 0.2)).astype(np.float32), rate=RATE, device=HEADSET
)


def _types(monkeypatch: pytest.MonkeyPatch, *lines: str) -> TerminalPerson:
    monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
    return TerminalPerson(READER, TerminalProgress(READER, shown=False), threading.Event())


@pytest.mark.parametrize("prompt", list(Prompt))
def test_every_step_has_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], prompt: Prompt
) -> None:
    assert _types(monkeypatch, "").ready(prompt, seconds=5, values=VALUES)

    said = capsys.readouterr().err
    assert "{" not in said
    assert "Press Enter when ready" in said


def test_the_words_to_read_and_the_device_are_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _types(monkeypatch, "").ready(Prompt.READ_ALOUD, seconds=11, values=VALUES)

    said = " ".join(capsys.readouterr().err.split())
    assert "you have reached customer service" in said
    assert "Example headset" in said
    assert "11 seconds" in said


@pytest.mark.parametrize(("typed", "expected"), [("", True), ("s", False), ("Skip", False)])
def test_a_step_that_failed_is_repeated_by_enter(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    typed: str,
    expected: bool,  # noqa: FBT001 - what pytest gives
) -> None:
    person = _types(monkeypatch, typed)

    assert person.again(Prompt.STAY_SILENT, why="muted", values=VALUES) is expected

    said = " ".join(capsys.readouterr().err.split())
    assert "The microphone is muted." in said
    assert "Switch it on" in said
    assert "repeat this step" in said


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        (["1"], "left"),
        (["4"], "none"),
        (["7", "left?", "2"], "right"),
        ([""], None),
        (["s"], None),
        ([], None),
    ],
    ids=["first", "last", "first two that are none", "Enter", "skip", "end of input"],
)
def test_a_question_is_answered_by_a_number(
    monkeypatch: pytest.MonkeyPatch, typed: list[str], expected: str | None
) -> None:
    person = _types(monkeypatch, *typed)

    assert person.choose(Prompt.LISTEN, options=SIDES, values=VALUES) == expected


def test_stop_ends_the_waiting_for_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    said, typed = os.pipe()
    with os.fdopen(said, encoding="utf-8") as keyboard, os.fdopen(typed, "w", encoding="utf-8"):
        monkeypatch.setattr(sys, "stdin", keyboard)
        stop = threading.Event()
        person = TerminalPerson(READER, TerminalProgress(READER, shown=False), stop)
        threading.Timer(0.1, stop.set).start()

        with pytest.raises(Cancelled):
            person.choose(Prompt.LISTEN, options=SIDES, values=VALUES)


@pytest.mark.parametrize("person", [UnattendedPerson(), AbsentPerson()])
def test_where_nobody_is_nothing_is_repeated_or_answered(person: UnattendedPerson) -> None:
    assert not person.again(Prompt.STAY_SILENT, why="muted", values=VALUES)
    assert person.choose(Prompt.LISTEN, options=SIDES, values=VALUES) is None


# --- hearing oneself -----------------------------------------------------------------------------


@pytest.fixture
def audio() -> FakeAudio:
    """A headset to hear with."""
    from dataclasses import replace

    return FakeAudio(device_list=[replace(HEADSET, direction="output")])


@pytest.fixture
def voice(audio: FakeAudio) -> OwnVoice:
    """The own recording."""
    return OwnVoice(TAKE, FakeWorld(audio_port=audio), Choices(consent=frozenset(Need)))


def _answers(monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    said: Iterator[str] = iter(lines)
    monkeypatch.setattr("readiness.cli.hear.click.prompt", lambda *_words, **_more: next(said))


def test_it_is_heard_raw_and_as_the_customer_hears_it(
    monkeypatch: pytest.MonkeyPatch, audio: FakeAudio, voice: OwnVoice
) -> None:
    _answers(monkeypatch, "1", "2", "3", "")

    hear.offer_hearing(voice, READER)

    raw, a_law, mu_law = (samples for _, samples, _ in audio.played)
    np.testing.assert_array_equal(raw, TAKE.samples)
    assert len({raw.tobytes(), a_law.tobytes(), mu_law.tobytes()}) == 3
    assert raw.size == a_law.size == mu_law.size


def test_nothing_is_played_or_written_without_being_asked_for(
    monkeypatch: pytest.MonkeyPatch, audio: FakeAudio, voice: OwnVoice, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    _answers(monkeypatch, "")

    hear.offer_hearing(voice, READER)

    assert audio.played == []
    assert list(tmp_path.iterdir()) == []


def test_it_is_saved_as_it_was_heard_last(
    monkeypatch: pytest.MonkeyPatch, voice: OwnVoice, tmp_path: Path
) -> None:
    """Half a step of 16 bits is as exact as such a file can be."""
    path = tmp_path / "me.wav"
    _answers(monkeypatch, "2", "w", str(path), "")

    hear.offer_hearing(voice, READER)

    with wave.open(str(path), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE)
        saved = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    np.testing.assert_allclose(saved, voice.samples(Ear.A_LAW), atol=0.51 / 32768)


def test_a_folder_that_may_not_be_written_is_said(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    voice: OwnVoice,
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    _answers(monkeypatch, "w", str(tmp_path / "file" / "me.wav"), "")

    hear.offer_hearing(voice, READER)

    assert "could not be saved" in " ".join(capsys.readouterr().err.split())


def test_a_headset_that_is_gone_is_said_in_words(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    audio: FakeAudio,
    voice: OwnVoice,
) -> None:
    audio.device_list.clear()
    _answers(monkeypatch, "1", "")

    hear.offer_hearing(voice, READER)

    assert "No loudspeaker or headphone was found." in capsys.readouterr().err


def test_what_lies_beyond_full_scale_is_cut_off_and_no_number_is_silence(tmp_path: Path) -> None:
    odd = np.array([2.0, -2.0, np.nan, np.inf, -np.inf, 0.5], dtype=np.float32)
    take = Take(samples=odd, rate=8000, device=HEADSET)
    path = tmp_path / "odd.wav"

    OwnVoice(take, FakeWorld(), Choices()).save(path)

    with wave.open(str(path), "rb") as file:
        saved = np.frombuffer(file.readframes(6), "<i2").tolist()
    assert saved == [32767, -32768, 0, 32767, -32768, 16384]


def test_without_the_sound_system_it_cannot_be_played() -> None:
    with pytest.raises(CannotMeasure) as refused:
        OwnVoice(TAKE, FakeWorld(), Choices()).playing(Ear.OWN)()

    assert refused.value.code is FailureCode.NO_DEVICE
