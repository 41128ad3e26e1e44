"""The sound system of this computer behind ``ports.Audio``."""

from __future__ import annotations

import contextlib
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from readiness.audio_devices import listed_facts
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import AudioDevice, Choices, Need, Take
from readiness.system.audio import takes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from contextlib import AbstractContextManager

    import numpy as np
    from numpy.typing import NDArray

    from readiness.cancel import Token
    from readiness.system.audio.capture import Target, Watch


NO_CONSENT = {Need.MICROPHONE: "no-consent", Need.LOUDSPEAKER: "loudspeaker-no-consent"}
REMOVED = {"input": "removed-during-take", "output": "output-removed"}


class Backend(Protocol):
    """What differs between the systems."""

    def devices(self) -> Sequence[AudioDevice]:
        """All devices, fresh. Raises ``CannotMeasure``."""

    def target(self, device: AudioDevice) -> Target:
        """How PortAudio reaches an input or an output."""

    def watch(self, device: AudioDevice) -> AbstractContextManager[Watch]:
        """Follow removal and mute of an input or an output."""


class SystemAudio:
    """``ports.Audio`` over one of the systems. Nothing is recorded or played without consent."""

    def __init__(self, backend: Backend, choices: Choices, token: Token) -> None:
        self._backend = backend
        self._choices = choices
        self._token = token

    def devices(self) -> Sequence[AudioDevice]:
        """All devices, fresh, with what the chosen profiles know of them."""
        listed = self._choices.devices
        return [
            replace(device, facts=listed_facts(device.facts, listed))
            for device in self._backend.devices()
        ]

    def chosen(self, direction: str) -> AudioDevice:
        """The device that was chosen by id or name, else the system's default, else the first.

        Raises:
            CannotMeasure: ``no-device``: there is none, or none of that name.
        """
        wish = self._choices.input if direction == "input" else self._choices.output
        devices = [device for device in self.devices() if device.direction == direction]
        if not devices:
            raise CannotMeasure(FailureCode.NO_DEVICE, f"no-{direction}")
        return choose(devices, wish)

    def record(
        self,
        device: AudioDevice,
        seconds: float,
        level: Callable[[float, float], None],
        *,
        hear: Callable[[NDArray[np.float32], int], None] | None = None,
        enough: Callable[[NDArray[np.float32]], bool] | None = None,
    ) -> Take:
        """Record; see :meth:`readiness.ports.Audio.record`."""
        self._agreed(Need.MICROPHONE)
        target = self._backend.target(device)
        with self._backend.watch(device) as watch, self._told_gone(device):
            return takes.record(
                target,
                device,
                seconds,
                level,
                hear=hear,
                enough=enough,
                token=self._token,
                watch=watch,
            )

    def play_and_record(
        self,
        output: AudioDevice,
        device: AudioDevice,
        played: NDArray[np.float32],
        rate: int,
        level: Callable[[float, float], None],
    ) -> Take:
        """Play and record; see :meth:`readiness.ports.Audio.play_and_record`."""
        self._agreed(Need.MICROPHONE, Need.LOUDSPEAKER)
        ends = self._backend.target(device), self._backend.target(output)
        with (
            self._backend.watch(device) as watch,
            self._backend.watch(output) as watch_out,
            self._told_gone(device, output),
        ):
            watches = watch, watch_out
            return takes.play_and_record(
                ends, device, played, rate, level, token=self._token, watches=watches
            )

    def play(self, output: AudioDevice, samples: NDArray[np.float32], rate: int) -> None:
        """Play; see :meth:`readiness.ports.Audio.play`."""
        self._agreed(Need.LOUDSPEAKER)
        target = self._backend.target(output)
        with self._backend.watch(output) as watch, self._told_gone(output):
            takes.play(target, samples, rate, token=self._token, watch=watch)

    def _agreed(self, *needs: Need) -> None:
        """Refuse what the person has not agreed to; and do not begin after Stop."""
        for need in needs:
            if need not in self._choices.consent:
                raise CannotMeasure(FailureCode.SKIPPED, NO_CONSENT[need])
        self._token.check()

    @contextlib.contextmanager
    def _told_gone(self, *devices: AudioDevice) -> Iterator[None]:
        """Say of a stream that stands still because its device was pulled just that."""
        try:
            yield
        except CannotMeasure as fault:
            if fault.detail == "sound-system-stalled":
                for device in devices:
                    if self._is_gone(device):
                        raise CannotMeasure(
                            FailureCode.NO_DEVICE, REMOVED[device.direction]
                        ) from fault
            raise

    def _is_gone(self, device: AudioDevice) -> bool:
        try:
            return all(other.id != device.id for other in self.devices())
        except CannotMeasure as fault:
            return fault.code is FailureCode.NO_DEVICE


def choose(devices: Sequence[AudioDevice], wish: str) -> AudioDevice:
    """Find the wished device: its id, its name, or a part of its name; else the default."""
    if wish:
        word = wish.casefold()
        named = [d for d in devices if wish == d.id or word == d.name.casefold()]
        named += [d for d in devices if word in d.name.casefold()]
        if not named:
            raise CannotMeasure(FailureCode.NO_DEVICE, "not-found")
        return named[0]
    return next((d for d in devices if d.default), devices[0])


def open_audio(choices: Choices, token: Token) -> SystemAudio:
    """The sound system of this computer."""
    return SystemAudio(_backend(token), choices, token)


def _backend(token: Token) -> Backend:
    backend: Backend
    if sys.platform == "win32":
        from readiness.system.audio.windows import WindowsAudio

        backend = WindowsAudio(token)
    elif sys.platform == "darwin":
        from readiness.system.audio.darwin import DarwinAudio

        backend = DarwinAudio(token)
    else:
        from readiness.system.audio.linux import LinuxAudio

        backend = LinuxAudio(token)
    return backend
