"""``readiness voice``: recordings made elsewhere, measured as a live take is."""

from __future__ import annotations

import json
import threading
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
import soundfile

from readiness.cli import main
from readiness.locale import NARROW_NO_BREAK_SPACE
from readiness.ports import Choices, Need
from readiness.probes.microphone import PROBE
from readiness.session import run_probe
from readiness.voice_metrics import ECHO, METRICS
from tests.fakes.audio import RATE, FakeAudio, bursts, noise
from tests.fakes.talk import talk
from tests.fakes.world import FakeWorld, WillingPerson

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

    Run = Callable[..., tuple[int, str, str]]

ROOM = noise(-60, 5)
READING = bursts(-26, 10) + noise(-60, 10, seed=2)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command beside two recordings; returns status, out, err."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    _store("silence.wav", ROOM)
    _store("reading.wav", READING)

    def call(*arguments: str) -> tuple[int, str, str]:
        status = main(["voice", *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return call


def _store(name: str, samples: NDArray[Any], *, rate: int = RATE, coding: str = "FLOAT") -> None:
    soundfile.write(name, samples, rate, subtype=coding)


def _document(run: Run, *arguments: str) -> dict[str, Any]:
    _, out, _ = run(*arguments, "--json")
    document: dict[str, Any] = json.loads(out)
    return document


def test_recordings_have_the_figures_of_a_live_take(run: Run) -> None:
    audio = FakeAudio(plays=[ROOM, READING, READING, READING])
    live = run_probe(
        PROBE,
        world=FakeWorld(audio_port=audio),
        choices=Choices(consent=frozenset({Need.MICROPHONE})),
        person=WillingPerson(),
        listener=lambda _event: None,
        stop=threading.Event(),
        attempt=1,
    )
    _store("silence.wav", np.resize(ROOM, round(audio.recorded[0] * RATE)))
    _store("reading.wav", np.resize(READING, round(audio.recorded[1] * RATE)))

    found = _document(run, "silence.wav", "reading.wav")["measurements"]

    told = {one["metric"]: (one["value"], one["uncertainty"]) for one in found}
    own = {metric.id for metric in METRICS}
    assert told == {
        m.metric: (m.value, m.uncertainty) for m in live.measurements if m.metric in own
    }
    assert "voice.snr" in told


def test_the_document_tells_of_every_metric_and_every_file(run: Run) -> None:
    document = _document(run, "silence.wav", "reading.wav")

    told = [one["metric"] for one in (*document["measurements"], *document["failures"])]
    assert sorted(told) == sorted(metric.id for metric in (*METRICS, ECHO))
    assert [one["role"] for one in document["recordings"]] == ["silence", "reading"]
    assert document["recordings"][1]["seconds"] == 10
    assert "findings" not in document


def test_with_a_profile_it_is_judged_by_what_that_asks_of_the_voice(run: Run) -> None:
    _store("silence.wav", noise(-36, 5))
    _store("reading.wav", (talk(10, RATE, -26) + noise(-36, 10, seed=3)[: 10 * RATE]).astype("f4"))

    status, out, _ = run("silence.wav", "reading.wav", "--profile", "typical-voice", "--json")

    document = json.loads(out)
    verdicts = {one["requirement"]: one["verdict"] for one in document["findings"]}
    assert verdicts["voice-above-noise"] == "fail"
    assert document["overall"] == "not-ready"
    assert not any(name.startswith(("download", "memory")) for name in verdicts)
    assert status == 1


def test_people_read_figures_in_80_columns(run: Run) -> None:
    status, out, err = run("silence.wav", "reading.wav", "--lang", "en")

    assert status == 0
    assert not err
    assert "reading.wav: 10.0 s, 16 kHz, 32 bits, mono" in out.replace(NARROW_NO_BREAK_SPACE, " ")
    assert "Voice above noise" in out
    assert max(map(len, out.splitlines())) <= 80


def test_good_recordings_alone_make_nobody_ready(run: Run) -> None:
    """The list asks for much more than the voice; the headline must not sound like the whole."""
    status, out, _ = run("silence.wav", "reading.wav", "--profile", "typical-voice", "--lang", "en")

    assert status == 0
    assert "what it requires of the voice is met" in out
    assert "Ready" not in out


def test_what_could_not_be_measured_is_said_once_with_its_reason(run: Run) -> None:
    _store("silence.wav", ROOM * 0)

    status, out, _ = run("silence.wav", "reading.wav", "--lang", "en")

    assert status == 2
    assert out.count("the microphone sends nothing") == 1
    assert "Voice level" in out.partition("Could not be measured")[2]


@pytest.mark.parametrize(
    ("left", "right", "channel"), [(0.0, 1.0, "right"), (1.0, 0.0, "left"), (0.5, 1.0, "right")]
)
def test_of_stereo_the_louder_channel_is_measured_and_named(
    run: Run, left: float, right: float, channel: str
) -> None:
    _store("silence.wav", np.stack([ROOM * left, ROOM * right], axis=1))
    _store("reading.wav", np.stack([READING * left, READING * right], axis=1))

    document = _document(run, "silence.wav", "reading.wav")

    assert document["channel"] == channel
    level = next(one for one in document["measurements"] if one["metric"] == "voice.noise")
    assert level["value"] == pytest.approx(-60, abs=0.2)


def test_a_broken_channel_is_not_passed_over_in_silence(run: Run) -> None:
    spoilt = READING.copy()
    spoilt[5] = np.nan
    _store("silence.wav", np.stack([ROOM, ROOM], axis=1))
    _store("reading.wav", np.stack([READING, spoilt], axis=1))

    document = _document(run, "silence.wav", "reading.wav")

    assert {one["metric"]: one["detail"] for one in document["failures"]} == {
        **{metric.id: "not-finite" for metric in METRICS},
        "voice.echo": "no-sweep",
    }


def _sweep(*, loss: float, rate: int = RATE) -> None:
    """Write the tone with the command, and what a microphone hears of it 0.1 s later."""
    assert main(["sweep", "played.wav", "--rate", str(rate)]) == 0
    played, _ = soundfile.read("played.wav")
    heard = np.zeros(played.size + 2 * rate)
    heard[rate // 10 : rate // 10 + played.size] = played * 10 ** (-loss / 20)
    _store("heard.wav", heard + noise(-75, heard.size / RATE), rate=rate)


SWEPT = ("silence.wav", "reading.wav", "--played", "played.wav", "--heard", "heard.wav")


def _detail(document: dict[str, Any], metric: str) -> str:
    return next(str(one["detail"]) for one in document["failures"] if one["metric"] == metric)


def test_the_echo_of_the_tone_that_the_command_wrote_is_found(run: Run) -> None:
    """It lies the loss below a customer of -26 dBov: 30 dB below a voice of that level."""
    _sweep(loss=30)

    document = _document(run, *SWEPT)

    values = {one["metric"]: one["value"] for one in document["measurements"]}
    assert values["voice.echo"] == pytest.approx(values["voice.level"] + 26 + 30, abs=0.3)
    assert [one["role"] for one in document["recordings"]][2:] == ["played", "heard"]


@pytest.mark.parametrize("before", [0.0, 1.0, 5.0, 20.0])
def test_the_recorder_may_be_started_long_before_the_tone(run: Run, before: float) -> None:
    _sweep(loss=40)
    heard, _ = soundfile.read("heard.wav")
    _store("heard.wav", np.concatenate([noise(-75, before, seed=9), heard]))

    values = {one["metric"]: one["value"] for one in _document(run, *SWEPT)["measurements"]}

    assert values["voice.echo"] == pytest.approx(values["voice.level"] + 26 + 40, abs=0.4)


def test_no_trace_of_the_tone_is_no_pass(run: Run) -> None:
    """Perhaps it was never played."""
    _sweep(loss=300)

    status, out, _ = run(*SWEPT, "--json")

    assert _detail(json.loads(out), "voice.echo") == "no-trace-of-the-sweep"
    assert status == 2


def test_a_hole_in_what_was_heard_makes_no_echo_quieter(run: Run) -> None:
    _sweep(loss=30)
    heard, _ = soundfile.read("heard.wav")
    heard[RATE : 2 * RATE] = 0
    _store("heard.wav", heard)

    assert _detail(_document(run, *SWEPT), "voice.echo") == "interrupted"


@pytest.mark.parametrize(
    ("played", "heard", "detail"),
    [
        ("reading.wav", "heard.wav", "not-the-sweep"),
        ("heard.wav", "heard.wav", "not-the-sweep"),
        ("played.wav", "played.wav", "heard-too-short"),
        ("played.wav", "zeros.wav", "all-zero"),
        ("zeros.wav", "heard.wav", "all-zero"),
        ("played.wav", "one.wav", "constant"),
        ("one.wav", "heard.wav", "constant"),
    ],
)
def test_what_is_no_tone_or_no_answer_to_it_is_named(
    run: Run, played: str, heard: str, detail: str
) -> None:
    _sweep(loss=30)
    _store("zeros.wav", np.zeros(8 * RATE))
    _store("one.wav", np.full(1, 0.1))

    document = _document(run, "silence.wav", "reading.wav", "--played", played, "--heard", heard)

    assert _detail(document, "voice.echo") == detail


@pytest.mark.parametrize("rate", [8_000, 44_100, 192_000])
def test_the_tone_is_written_at_the_rate_that_is_asked(run: Run, rate: int) -> None:
    _sweep(loss=10, rate=rate)

    assert soundfile.info("played.wav").samplerate == rate
    values = {one["metric"]: one["value"] for one in _document(run, *SWEPT)["measurements"]}
    assert values["voice.echo"] == pytest.approx(values["voice.level"] + 36, abs=0.3)


@pytest.mark.parametrize(
    "arguments",
    [
        ["silence.wav", "reading.wav", "--played", "reading.wav"],
        ["silence.wav", "reading.wav", "--heard", "reading.wav"],
        ["silence.wav", "reading.wav", "--played", "reading.wav", "--heard", "other-rate.wav"],
        ["silence.wav", "reading.wav", "--played", "reading.wav", "--heard", "notes.txt"],
        ["silence.wav", "other-rate.wav"],
        ["silence.wav", "stereo.wav"],
        ["stereo.wav", "silence.wav"],
        ["silence.wav", "missing.wav"],
        ["silence.wav", "notes.txt"],
        ["silence.wav", "."],
        ["silence.wav", "-"],
        ["silence.wav", "\u202egnp.exe"],
        ["silence.wav", "two\nlines\x1b[31m.wav"],
        ["silence.wav", "reading.wav", "--profile", "chat-email"],
        ["silence.wav", "reading.wav", "--profile", "missing.toml"],
        ["silence.wav"],
        ["silence.wav", "reading.wav", "third.wav"],
    ],
)
def test_bad_input_is_one_line_and_status_3(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    _store("other-rate.wav", READING, rate=44_100)
    _store("stereo.wav", np.stack([READING, READING], axis=1))
    (tmp_path / "notes.txt").write_text("Dear Sir or Madam", encoding="utf-8")

    status, out, err = run(*arguments)

    assert status == 3
    assert not out
    assert err.count("\n") == 1
    assert err.startswith("readiness: ")
    assert "\x1b" not in err
    assert "\u202e" not in err


def test_a_file_with_a_hostile_name_is_measured_and_its_name_is_tamed(run: Run) -> None:
    _store("sil\x1b[31mence.wav", ROOM)

    status, out, _ = run("sil\x1b[31mence.wav", "reading.wav", "--lang", "en")

    assert status == 0
    assert "\x1b" not in out
