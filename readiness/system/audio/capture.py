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
from readiness.ports import AudioDevice, Take

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from readiness.cancel import Token

LEAD_IN_S = 0.3
"""Dropped at the start: streams begin with zeros, and opening a headset's microphone clicks."""

OPEN_LIMIT_S = 8.0
FIRST_BLOCK_S = 5.0
"""Until something arrives at all: a Bluetooth headset takes seconds to switch to talking."""

SILENT_STREAM_S = 1.0
"""A running stream that delivers nothing for this long has lost its device or its server."""

STEP_S = 0.05
_E_ACCESSDENIED = ("-2147024891", "0x80070005", "access denied", "access is denied")

_portaudio = threading.Lock()
"""PortAudio has one global device list, renewed only while no stream is open."""


@dataclass(frozen=True, kw_only=True)
class Target:
    """Where PortAudio finds a device.

    Attributes:
        name: PortAudio's name for it, or a part of that if ``part``.
        part: Whether ``name`` is only a part.
        host_api: PortAudio's host interface; empty for any.
        environment: Set while the stream is opened (``PULSE_SOURCE`` chooses the source).
    """

    name: str
    part: bool = False
    host_api: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)


class Watch(Protocol):
    """What the sound system tells about a device while it records."""

    @property
    def removed(self) -> bool:
        """Whether it is gone."""

    @property
    def muted(self) -> bool:
        """Whether it was muted at any time since the watch began."""


def pick(
    target: Target, devices: Sequence[Mapping[str, Any]], host_apis: Sequence[Mapping[str, Any]]
) -> int | None:
    """PortAudio's index of the input that ``target`` means; none if it is not there."""
    for index, device in enumerate(devices):
        name = str(device["name"])
        fits = target.name in name if target.part else target.name == name
        host_api = str(host_apis[device["hostapi"]]["name"])
        if fits and device["max_input_channels"] > 0 and target.host_api in ("", host_api):
            return index
    return None


class _Recorder(threading.Thread):
    """Owns one input stream from opening to closing."""

    def __init__(self, target: Target, rate: int | None) -> None:
        super().__init__(name="readiness-record", daemon=True)
        self._target = target
        self._wanted_rate = rate
        self._end = threading.Event()
        self._ring: deque[NDArray[np.float32]] = deque()
        self.opened = threading.Event()
        self.fault: Exception | None = None
        self.rate = 0
        self.overflows = 0

    def run(self) -> None:
        """Thread body."""
        try:
            with _portaudio:
                self._record()
        except Exception as fault:  # noqa: BLE001 - it is raised again in the caller's thread
            self.fault = fault
        finally:
            self.opened.set()

    def _record(self) -> None:
        sd = _fresh_portaudio()
        index = pick(self._target, sd.query_devices(), sd.query_hostapis())
        if index is None:
            raise _not_in_portaudio(self._target)
        self.rate = self._wanted_rate or int(sd.query_devices(index)["default_samplerate"])
        try:
            with _environment(self._target.environment):
                stream = self._open(sd, index)
        except sd.PortAudioError as fault:
            raise refusal(str(fault)) from fault
        try:
            self.opened.set()
            self._end.wait()
            stream.abort()
        finally:
            stream.close()

    def _open(self, sd: Any, index: int) -> Any:  # noqa: ANN401 - sounddevice has no types
        def copy(data: NDArray[np.float32], _frames: int, _time: object, status: Any) -> None:  # noqa: ANN401 - sounddevice has no types
            self._ring.append(data[:, 0].copy())
            self.overflows += bool(status.input_overflow)

        wasapi = self._target.host_api == "Windows WASAPI"
        stream = sd.InputStream(
            device=index,
            channels=1,
            samplerate=self.rate,
            dtype="float32",
            latency="high",
            callback=copy,
            extra_settings=sd.WasapiSettings(auto_convert=True) if wasapi else None,
        )
        stream.start()
        return stream

    def drain(self) -> list[NDArray[np.float32]]:
        """Take what has arrived since the last call."""
        return [self._ring.popleft() for _ in range(len(self._ring))]

    def stop(self) -> None:
        """End the stream, waiting only a moment for PortAudio to let go."""
        self._end.set()
        self.join(timeout=0.1)


def record(
    target: Target,
    device: AudioDevice,
    seconds: float,
    level: Callable[[float, float], None],
    *,
    token: Token,
    watch: Watch,
) -> Take:
    """Record ``seconds`` from ``device``; see :meth:`readiness.ports.Audio.record`."""
    recorder = _Recorder(target, device.rate)
    recorder.start()
    try:
        if not token.wait_for(recorder.opened.is_set, timeout=OPEN_LIMIT_S):
            raise CannotMeasure(FailureCode.TIMED_OUT, "sound-system-stalled")
        if recorder.fault is not None:
            raise recorder.fault
        return _collect(recorder, device, seconds, level, token=token, watch=watch)
    finally:
        recorder.stop()


def _collect(
    recorder: _Recorder,
    device: AudioDevice,
    seconds: float,
    level: Callable[[float, float], None],
    *,
    token: Token,
    watch: Watch,
) -> Take:
    import numpy as np

    from readiness.dsp.voice.level import meter_level

    rate = recorder.rate
    lead_in, wanted = round(LEAD_IN_S * rate), round(seconds * rate)
    samples = np.zeros(lead_in + wanted, dtype=np.float32)
    filled, arrived = 0, time.monotonic()
    while filled < samples.size:
        token.sleep(STEP_S)
        for block in recorder.drain():
            end = min(filled + block.size, samples.size)
            samples[filled:end] = block[: end - filled]
            filled, arrived = end, time.monotonic()
        if watch.removed:
            raise CannotMeasure(FailureCode.NO_DEVICE, "removed-during-take")
        if time.monotonic() - arrived > (SILENT_STREAM_S if filled else FIRST_BLOCK_S):
            raise CannotMeasure(FailureCode.TIMED_OUT, "sound-system-stalled")
        recent = samples[max(lead_in, filled - round(STEP_S * rate)) : filled]
        if recent.size:
            level((filled - lead_in) / wanted, meter_level(recent))
    return Take(
        samples=samples[lead_in:],
        rate=rate,
        device=device,
        muted=watch.muted,
        overflows=recorder.overflows,
    )


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


def _not_in_portaudio(target: Target) -> CannotMeasure:
    if target.environment:
        return CannotMeasure(FailureCode.UNSUPPORTED, "pulse-plugin-missing")
    return CannotMeasure(FailureCode.NO_DEVICE, "device-gone")


def refusal(said: str) -> CannotMeasure:
    """Tell a refused permission from a device that will not open, by what PortAudio said."""
    text = said.lower()
    if any(sign in text for sign in _E_ACCESSDENIED):
        return CannotMeasure(FailureCode.PERMISSION_DENIED, "microphone-denied")
    return CannotMeasure(FailureCode.NO_DEVICE, "will-not-open")
