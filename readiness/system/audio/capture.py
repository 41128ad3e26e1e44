"""Recording through PortAudio: one stream at a time, in memory, watched while it runs.

PortAudio calls may block for ever when the sound system stalls, so a thread owns a stream from
opening to closing, and the caller only looks at what it delivers. The callback copies, no more.
"""

from __future__ import annotations

import os
import threading
import time
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

LEAD_IN_S = 0.3
"""Dropped at the start: streams begin with zeros, and opening a headset's microphone clicks."""

EARS = 2

PLAYING_LATENCY_S = 0.25
"""How far ahead is played: with PortAudio's own choice (32 ms on PulseAudio) a busy computer tore
holes into a sweep; the delay of an echo is told apart from the echo all the same."""
_E_ACCESSDENIED = ("-2147024891", "0x80070005", "access denied", "access is denied")

_GONE = {"input": "device-gone", "output": "output-gone"}
_WILL_NOT_OPEN = {
    "input": "will-not-open",
    "output": "output-will-not-open",
    "duplex": "both-will-not-open",
}

LATE_S = 0.05
"""Blocks come every few hundredths of a second; one so late was held up by the sound system, or by
a busy computer. Only together with a hole in the samples does it tell of a loss."""

_portaudio = threading.Lock()
"""PortAudio has one global device list, renewed only while no stream is open."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where PortAudio finds a device.

    Attributes:
        name: PortAudio's name for it, or a part of that if ``part``.
        part: Whether ``name`` is only a part.
        host_api: PortAudio's host interface; empty for any.
        environment: Set while the stream is opened (``PULSE_SOURCE`` and ``PULSE_SINK`` choose).
    """

    name: str
    part: bool = False
    host_api: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


class Watch(Protocol):
    """What the sound system tells about a device while it is used."""

    @property
    def removed(self) -> bool:
        """Whether it is gone."""

    @property
    def muted(self) -> bool:
        """Whether it was muted at any time since the watch began."""

    @property
    def moved(self) -> bool:
        """Whether the sound system has put this program's stream onto another device."""


def pick(
    target: Target,
    devices: Sequence[Mapping[str, Any]],
    host_apis: Sequence[Mapping[str, Any]],
    way: str = "input",
) -> int | None:
    """PortAudio's index of the input or output that ``target`` means; none if it is not there."""
    for index, device in enumerate(devices):
        name = str(device["name"])
        fits = target.name in name if target.part else target.name == name
        host_api = str(host_apis[device["hostapi"]]["name"])
        if fits and device[f"max_{way}_channels"] > 0 and target.host_api in ("", host_api):
            return index
    return None


class Stream(threading.Thread):
    """Owns one stream, in, out or both, from opening to closing.

    Args:
        source: What is recorded, one channel; none: nothing.
        sink: What is played on; none: nothing is played.
        rate: Samples a second; none: the source's own.
        played: (n, 2) samples for ``sink``; silence follows them.
    """

    def __init__(
        self,
        *,
        source: Target | None = None,
        sink: Target | None = None,
        rate: int | None = None,
        played: NDArray[np.float32] | None = None,
    ) -> None:
        super().__init__(name="readiness-sound", daemon=True)
        self._source, self._sink, self._played = source, sink, played
        self._wanted_rate = rate
        self._end = threading.Event()
        self._ring: deque[NDArray[np.float32]] = deque()
        self.opened = threading.Event()
        self.fault: Exception | None = None
        self.rate = 0
        self.latency_s = 0.0
        self.lost = 0
        self.position = 0
        self.late_at: deque[int] = deque()
        self._heard, self._heard_at = 0, 0.0

    def run(self) -> None:
        """Thread body."""
        try:
            with _portaudio:
                self._work()
        except Exception as fault:  # noqa: BLE001 - it is raised again in the caller's thread
            self.fault = fault
        finally:
            self.opened.set()

    def _work(self) -> None:
        sd = _fresh_portaudio()
        ends = [self._index(sd, end, way) for end, way in self._ends()]
        self.rate = self._wanted_rate or int(sd.query_devices(ends[0])["default_samplerate"])
        environment = {k: v for end, _ in self._ends() for k, v in end.environment.items()}
        try:
            with _environment(environment):
                stream = self._open(sd, ends)
        except sd.PortAudioError as fault:
            raise refusal(str(fault), way=self._way) from fault
        try:
            self.opened.set()
            self._end.wait()
            stream.abort()
        finally:
            stream.close()

    @property
    def _way(self) -> str:
        return "duplex" if len(self._ends()) > 1 else self._ends()[0][1]

    def _ends(self) -> list[tuple[Target, str]]:
        both = ((self._source, "input"), (self._sink, "output"))
        return [(end, way) for end, way in both if end is not None]

    @staticmethod
    def _index(sd: Any, end: Target, way: str) -> int:  # noqa: ANN401 - sounddevice has no types
        index = pick(end, sd.query_devices(), sd.query_hostapis(), way)
        if index is None:
            raise _not_in_portaudio(end, way)
        return index

    def _open(self, sd: Any, indices: list[int]) -> Any:  # noqa: ANN401 - sounddevice has no types
        kind, channels, callback = {
            "input": (sd.InputStream, [1], self._hear),
            "output": (sd.OutputStream, [EARS], self._say),
            "duplex": (sd.Stream, [1, EARS], self._hear_and_say),
        }[self._way]
        if self._sink is not None:
            channels[-1] = min(EARS, int(sd.query_devices(indices[-1])["max_output_channels"]))
        extra = [
            sd.WasapiSettings(auto_convert=True) if end.host_api == "Windows WASAPI" else None
            for end, _ in self._ends()
        ]
        two = len(indices) > 1
        stream = kind(
            device=tuple(indices) if two else indices[0],
            channels=tuple(channels) if two else channels[0],
            samplerate=self.rate,
            dtype="float32",
            latency="high" if self._sink is None else PLAYING_LATENCY_S,
            callback=callback,
            extra_settings=tuple(extra) if two else extra[0],
        )
        stream.start()
        if self._sink is not None:
            self.latency_s = float(stream.latency[1] if two else stream.latency)
        return stream

    def _hear(self, data: NDArray[np.float32], _frames: int, _time: object, status: Any) -> None:  # noqa: ANN401 - sounddevice has no types
        now = time.monotonic()
        if self._heard and now - self._heard_at >= LATE_S:
            self.late_at.append(self._heard)
        self._heard, self._heard_at = self._heard + len(data), now
        self._ring.append(data[:, 0].copy())
        self.lost += bool(status.input_overflow)

    def _say(self, out: NDArray[np.float32], frames: int, _time: object, status: Any) -> None:  # noqa: ANN401 - sounddevice has no types
        if self._played is None:
            raise TypeError("a stream with a sink needs something to play")
        part = self._played[self.position : self.position + frames, : out.shape[1]]
        out[: len(part)] = part
        out[len(part) :] = 0
        # A stream that begins has always been late, before there was anything to hear.
        sounding = LEAD_IN_S * self.rate <= self.position < len(self._played)
        self.lost += bool(sounding and status.output_underflow)
        self.position += frames

    def _hear_and_say(
        self,
        data: NDArray[np.float32],
        out: NDArray[np.float32],
        frames: int,
        moment: object,
        status: Any,  # noqa: ANN401 - sounddevice has no types
    ) -> None:
        self._hear(data, frames, moment, status)
        self._say(out, frames, moment, status)

    def drain(self) -> list[NDArray[np.float32]]:
        """Take what has arrived since the last call."""
        return [self._ring.popleft() for _ in range(len(self._ring))]

    def stop(self) -> None:
        """End the stream, waiting only a moment for PortAudio to let go."""
        self._end.set()
        self.join(timeout=0.1)


def _fresh_portaudio() -> Any:  # noqa: ANN401 - sounddevice has no types
    """Import sounddevice with a device list of this moment; it freezes the list otherwise."""
    try:
        import sounddevice as sd
    except OSError as fault:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "portaudio-missing") from fault
    try:
        if sd._initialized:  # noqa: SLF001 - WORKAROUND: no public way to renew the list (0.5)
            sd._terminate()  # noqa: SLF001 - see above
        sd._initialize()  # noqa: SLF001 - see above
    except sd.PortAudioError as fault:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "portaudio-fails") from fault
    return sd


def sound_library() -> str:
    """Name and version of the library that records and plays.

    Raises:
        CannotMeasure: ``portaudio-missing`` where it is not installed, ``portaudio-fails`` where it
            finds no sound system.
    """
    return str(_fresh_portaudio().get_portaudio_version()[1])


class _environment:  # noqa: N801 - reads like the function that it stands for
    """Environment variables for the time of a ``with`` block."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._before: dict[str, str | None] = {}

    def __enter__(self) -> None:
        self._before = {name: os.environ.get(name) for name in self._values}
        os.environ.update(self._values)

    def __exit__(self, *_fault: object) -> None:
        for name, value in self._before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


def _not_in_portaudio(target: Target, way: str) -> CannotMeasure:
    if target.environment:
        return CannotMeasure(FailureCode.UNSUPPORTED, "pulse-plugin-missing")
    return CannotMeasure(FailureCode.NO_DEVICE, _GONE[way])


def refusal(said: str, *, way: str = "input") -> CannotMeasure:
    """Tell a refused permission from a device that will not open, by what PortAudio said."""
    text = said.lower()
    if way != "output" and any(sign in text for sign in _E_ACCESSDENIED):
        return CannotMeasure(FailureCode.PERMISSION_DENIED, "microphone-denied")
    return CannotMeasure(FailureCode.NO_DEVICE, _WILL_NOT_OPEN[way])
