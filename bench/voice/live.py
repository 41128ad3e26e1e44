"""Through the virtual sound card: what is played is what is reported, and faults are named in time.

Needs PulseAudio and espeak-ng. Runs in real time, about two minutes.
"""

from __future__ import annotations

import os
import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import fftconvolve

from bench.rows import Row
from bench.voice.meter import meter_rows
from bench.voice.voices import SPEAKERS, at_active_level, reading
from readiness.cancel import Token
from readiness.dsp.voice.gaps import gaps
from readiness.dsp.voice.speech_level import active_level
from readiness.model.errors import CannotMeasure
from readiness.ports import Choices, Need
from readiness.system.audio import open_audio
from readiness.voice_figures import figures
from readiness.voice_metrics import SNR
from readiness.voice_values import Takes
from tests.rig.sound_server import RATE, ROOM_DBOV, SoundServer, read_wav, write_wav

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from readiness.system.audio import SystemAudio

SILENCE_S, READING_S = 5.0, 11.0
LEAD_S = 0.5
DISTANCES_DB = (10, 20, 30, 40)
WITHIN_DB = 0.3
FAULT_AFTER_S, NAMED_WITHIN_S = 2.0, 1.0
STALLS_S = (0.0, 0.05, 0.1, 0.3, 1.0)
STALLED_TAKES = 3
WHOLE_S = 0.005
"""The shortest dropout that must be found."""


def rows(*, quick: bool = False) -> Iterator[Row]:
    """Voice above noise at known distances; then a mute switch, a pulled plug, a dead server."""
    before = dict(os.environ)
    try:
        with SoundServer() as server:
            os.environ.update(server.environment)
            audio = open_audio(Choices(consent=frozenset({Need.MICROPHONE})), Token())
            for distance in DISTANCES_DB[:: 3 if quick else 1]:
                yield _distance(server, audio, distance)
            yield from meter_rows(server, audio)
        with SoundServer() as server:  # afresh: the room's tone lasts two minutes
            os.environ.update(server.environment)
            for stalled_s in STALLS_S:
                yield _stall(server, audio, stalled_s, takes=1 if quick else STALLED_TAKES)
            yield _fault("muted", audio, server.mute)
            server.mute(on=False)
            yield _fault("unplugged", audio, server.unplug)
        with SoundServer() as server:
            os.environ.update(server.environment)
            yield _fault("sound server killed", audio, server.stop_server)
    finally:
        os.environ.clear()
        os.environ.update(before)


def _distance(server: SoundServer, audio: SystemAudio, distance: float) -> Row:
    voice = at_active_level(reading(SPEAKERS[0], READING_S + 2), ROOM_DBOV + distance)
    path = server.folder / f"voice-{distance}.wav"
    write_wav(path, voice, RATE)
    played, _ = read_wav(path)
    device = audio.chosen("input")
    silence = audio.record(device, SILENCE_S, _nothing)
    player = server.play(path)
    time.sleep(LEAD_S)
    heard = audio.record(device, READING_S, _nothing)
    player.wait()
    told = figures(Takes(silence=silence.samples, reading=heard.samples, rate=heard.rate))[SNR.id]
    truth = active_level(played, RATE).dbov - ROOM_DBOV
    error = float("nan") if isinstance(told, CannotMeasure) else float(told.value) - truth
    return Row(
        figure=f"voice above noise through the sound card, {distance:g} dB, error dB",
        asked=f"within {WITHIN_DB}",
        reached=f"{error:+.2f}",
        met=abs(error) <= WITHIN_DB,
    )


def _stall(server: SoundServer, audio: SystemAudio, stalled_s: float, *, takes: int) -> Row:
    """A take during which the server stands still: what is named, and whether anything is lost."""
    ended = [_stalled_take(server, audio, stalled_s) for _ in range(takes)]
    named = [after for after, _ in ended if after is not None]
    lost = [shift for after, shift in ended if after is None]
    worst = f", {max(named):.2f} s after its end at the latest" if named else ""
    whole = f"; the others whole within {1000 * max(lost):.0f} ms" if lost else ""
    return Row(
        figure=f"sound server stalled for {1000 * stalled_s:.0f} ms during a take",
        asked=(
            f"named within {NAMED_WITHIN_S:g} s and discarded, or nothing lost"
            if stalled_s
            else "never named"
        ),
        reached=f"interrupted {len(named)} of {takes}{worst}{whole}",
        met=(
            all(after <= NAMED_WITHIN_S for after in named)
            and all(shift <= WHOLE_S for shift in lost)
            and bool(stalled_s or not named)
        ),
    )


def _stalled_take(
    server: SoundServer, audio: SystemAudio, stalled_s: float
) -> tuple[float | None, float]:
    """How long after its end a stall was named, s; else how far it moved or silenced the sound."""
    over: list[float] = []

    def stall() -> None:
        if stalled_s:
            server.pause_server()
            time.sleep(stalled_s)
            server.pause_server(on=False)
        over.append(time.monotonic())

    timer = threading.Timer(FAULT_AFTER_S, stall)
    timer.start()
    try:
        take = audio.record(audio.chosen("input"), FAULT_AFTER_S + 2 * NAMED_WITHIN_S, _nothing)
    except CannotMeasure:
        named = time.monotonic()
        timer.join()
        return named - over[0], 0.0
    timer.join()
    room, _ = read_wav(server.folder / "room.wav")
    shift = _place(room, take.samples[-RATE // 2 :]) - _place(room, take.samples[: RATE // 2])
    moved = abs((shift - (take.samples.size - RATE // 2)) / RATE)
    return None, max(moved, gaps(take.samples, RATE).longest_s)


def _place(room: NDArray[np.float64], part: NDArray[np.float32]) -> int:
    """Where in the room's tone this was heard, samples."""
    return int(np.argmax(fftconvolve(room, part[::-1], mode="valid")))


def _nothing(_fraction: float, _dbov: float) -> None:
    """No meter."""


def _fault(name: str, audio: SystemAudio, happens: Callable[[], object]) -> Row:
    """How long after it happened a take of 20 s ends, and as what."""
    device = replace(audio.chosen("input"), muted=False)
    moment: list[float] = []

    def strike() -> None:
        moment.append(time.monotonic())
        happens()

    timer = threading.Timer(FAULT_AFTER_S, strike)
    timer.start()
    try:
        audio.record(device, 20.0, _nothing)
        said = "nothing"
    except CannotMeasure as found:
        said = found.detail
    took = time.monotonic() - moment[0]
    timer.join()
    return Row(
        figure=f"{name} during a take",
        asked=f"named within {NAMED_WITHIN_S:g} s, the take discarded",
        reached=f"{said} after {took:.2f} s",
        met=said != "nothing" and took <= NAMED_WITHIN_S,
    )
