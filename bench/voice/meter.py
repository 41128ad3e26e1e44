"""How long a sound needs to the level meter: to its value, and until that is painted.

A loud tone plays into the virtual microphone, muted. The moment at which it is let through is
known; PulseAudio does so at once. What is counted ends when the meter has left the room's level.
"""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import numpy as np

from bench.rows import Row
from tests.rig.sound_server import RATE, write_wav

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QPaintEvent

    from readiness.system.audio import SystemAudio
    from tests.rig.sound_server import SoundServer

LATENCY_S = 0.06
STEPS = 40
PAUSE_S = 0.4
LOUD_DBOV = -40.0
TONE = 0.1
SECONDS = STEPS * (PAUSE_S + 0.25) + 2
SETTLE_S = 1.5
ZONE = (-36.0, -18.0)


def meter_rows(server: SoundServer, audio: SystemAudio) -> Iterator[Row]:
    """Two rows: to the value that the engine tells, and to the painted bar."""
    told: list[tuple[float, float]] = []
    painted: list[tuple[float, float]] = []
    steps = _steps(server, audio, told, painted)
    for name, shown in (("its value", told), ("the painted bar", painted)):
        waits = sorted(_wait(step, shown) for step in steps)
        late = waits[int(0.95 * len(waits))]
        yield Row(
            figure=f"level meter, from sound to {name}, 95 of 100, ms",
            asked=f"at most {1000 * LATENCY_S:.0f}",
            reached=f"{1000 * late:.0f} (median {1000 * waits[len(waits) // 2]:.0f})",
            met=late <= LATENCY_S,
        )


def _wait(step: float, shown: list[tuple[float, float]]) -> float:
    return next((at - step for at, level in shown if at > step and level > LOUD_DBOV), float("inf"))


def _steps(
    server: SoundServer,
    audio: SystemAudio,
    told: list[tuple[float, float]],
    painted: list[tuple[float, float]],
) -> list[float]:
    """Record with a window's meter; return the moments at which the tone was let through."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtCore import QObject, Signal
    from PySide6.QtWidgets import QApplication

    from ui.meters.level import LevelMeter

    class Meter(LevelMeter):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
            super().paintEvent(event)
            painted.append((time.monotonic(), self.value()))

    class Teller(QObject):
        level = Signal(float)

    app = QApplication.instance() or QApplication([])
    meter, teller = Meter("level", ZONE), Teller()
    teller.level.connect(meter.set_level)
    meter.show()

    def tell(_fraction: float, dbov: float) -> None:
        told.append((time.monotonic(), dbov))
        teller.level.emit(dbov)

    steps: list[float] = []
    recorder = threading.Thread(target=lambda: audio.record(audio.chosen("input"), SECONDS, tell))
    player = threading.Thread(target=lambda: steps.extend(_let_through(server)))
    threads = (recorder, player)
    for thread in threads:
        thread.start()
    while any(thread.is_alive() for thread in threads):
        app.processEvents()
        time.sleep(0.001)
    return steps


def _let_through(server: SoundServer) -> list[float]:
    import pulsectl

    path = server.folder / "tone.wav"
    tone = TONE * np.sin(2 * np.pi * 1000 * np.arange(60 * RATE) / RATE)
    write_wav(path, tone, RATE)
    steps = []
    with pulsectl.Pulse("bench") as pulse:
        before = {one.index for one in pulse.sink_input_list()}
        player = server.play(path)
        time.sleep(SETTLE_S)
        (tone_input,) = (one.index for one in pulse.sink_input_list() if one.index not in before)
        pulse.sink_input_mute(tone_input, mute=True)
        random = np.random.default_rng(1)
        for _ in range(STEPS):
            time.sleep(PAUSE_S + random.uniform(0, 0.05))
            steps.append(time.monotonic())
            pulse.sink_input_mute(tone_input, mute=False)
            time.sleep(0.15)
            pulse.sink_input_mute(tone_input, mute=True)
        player.kill()
    return steps
