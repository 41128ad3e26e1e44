"""A sound system whose microphone delivers given signals, or the fault that is asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import ECHO_TAIL_S, AudioDevice, Take

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

RATE = 16_000
HEADSET = AudioDevice(
    id="alsa_input.usb-headset",
    name="Jabra EVOLVE 20 MS",
    direction="input",
    default=True,
    muted=False,
    volume=80.0,
    rate=RATE,
    facts={
        "system": "linux",
        "server": "pulse",
        "device.bus": "usb",
        "vendor_id": "0b0e",
        "product_id": "0301",
    },
)


@dataclass(kw_only=True)
class FakeAudio:
    """Plays one signal for each recording, repeated or cut to the length that is asked for.

    Attributes:
        plays: Signals in the order in which they are recorded; a fault is raised instead.
        echoes: What the microphone hears of what is played; by default nothing but hiss. A fault
            is raised instead.
        device_list: What is plugged in.
        removed: The device vanishes during the last take.
        muted: It is muted during the last take.
    """

    plays: list[NDArray[np.float32] | CannotMeasure] = field(default_factory=list)
    echoes: Callable[[NDArray[np.float32]], NDArray[np.float32]] | CannotMeasure | None = None
    device_list: list[AudioDevice] = field(default_factory=lambda: [HEADSET])
    removed: bool = False
    muted: bool = False
    overflows: int = 0
    recorded: list[float] = field(default_factory=list)
    played: list[tuple[AudioDevice, NDArray[np.float32], int]] = field(default_factory=list)

    def devices(self) -> Sequence[AudioDevice]:
        """What is plugged in."""
        return self.device_list

    def chosen(self, direction: str) -> AudioDevice:
        """The first of that direction."""
        for device in self.device_list:
            if device.direction == direction:
                return device
        raise CannotMeasure(FailureCode.NO_DEVICE, f"no-{direction}")

    def record(
        self,
        device: AudioDevice,
        seconds: float,
        level: Callable[[float, float], None],
        *,
        hear: Callable[[NDArray[np.float32], int], None] | None = None,
        enough: Callable[[NDArray[np.float32]], bool] | None = None,
    ) -> Take:
        """The next signal; handed to ``hear`` and ``enough`` in pieces of 50 ms, till enough."""
        played = self.plays[len(self.recorded)]
        self.recorded.append(seconds)
        if isinstance(played, CannotMeasure):
            raise played
        last = len(self.recorded) == len(self.plays)
        samples = np.resize(played, round(seconds * RATE)).astype(np.float32)
        piece = RATE // 20
        for step in range(1, 6):
            if hear is not None:
                for start in range((step - 1) * samples.size // 5, step * samples.size // 5, piece):
                    hear(samples[start : start + piece], RATE)
            level(step / 5, -30.0)
        if enough is not None:
            for end in range(piece, samples.size + 1, piece):
                if enough(samples[end - piece : end]):
                    samples = samples[:end]
                    break
        return Take(
            samples=samples,
            rate=RATE,
            device=device,
            removed=self.removed and last,
            muted=self.muted and last,
            overflows=self.overflows if last else 0,
        )

    def play_and_record(
        self,
        output: AudioDevice,
        device: AudioDevice,
        played: NDArray[np.float32],
        rate: int,
        level: Callable[[float, float], None],
    ) -> Take:
        """What the microphone hears of it, with hiss."""
        self.played.append((output, played, rate))
        if isinstance(self.echoes, CannotMeasure):
            raise self.echoes
        level(1.0, -60.0)
        length = len(played) + round(ECHO_TAIL_S * rate)
        hiss = np.resize(noise(-75, seed=9), length)
        if self.echoes is not None:
            heard = self.echoes(played)[:length]
            hiss[: len(heard)] += heard
        return Take(samples=hiss.astype(np.float32), rate=rate, device=device)

    def play(self, output: AudioDevice, samples: NDArray[np.float32], rate: int) -> None:
        """Remember it."""
        self.played.append((output, samples, rate))


def noise(dbov: float, seconds: float = 20, *, seed: int = 1) -> NDArray[np.float32]:
    """White noise of that level."""
    signal = np.random.default_rng(seed).standard_normal(round(seconds * RATE))
    return (signal * 10 ** (dbov / 20)).astype(np.float32)


def bursts(dbov: float, seconds: float = 20) -> NDArray[np.float32]:
    """Tone bursts in the rhythm of speech, 0.6 s on and 0.8 s off, of that level while on."""
    time = np.arange(round(seconds * RATE)) / RATE
    tone = np.sqrt(2) * 10 ** (dbov / 20) * np.sin(2 * np.pi * 440 * time)
    return np.where(time % 1.4 < 0.6, tone, 0).astype(np.float32)
