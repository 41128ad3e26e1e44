"""What a probe may ask of the sound system: devices, recordings, and sound to be heard."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, kw_only=True)
class AudioDevice:
    """One audio device as the system lists it. ``facts`` holds what its link class rests on."""

    id: str
    name: str
    direction: str
    default: bool = False
    muted: bool | None = None
    volume: float | None = None
    rate: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Take:
    """A recording, in memory only.

    Attributes:
        samples: One channel, float32, full scale 1.0, unresampled.
        rate: Samples a second.
        device: The device that recorded it.
        removed: The device vanished during the take.
        muted: It was muted at some time during the take.
        overflows: How often the system lost samples.
    """

    samples: NDArray[np.float32]
    rate: int
    device: AudioDevice
    removed: bool = False
    muted: bool = False
    overflows: int = 0


class Audio(Protocol):
    """Microphones and loudspeakers."""

    def devices(self) -> Sequence[AudioDevice]:
        """All devices, fresh. Raises ``CannotMeasure`` where no sound system answers."""

    def chosen(self, direction: str) -> AudioDevice:
        """The device that the person chose, else the system's default; may raise."""

    def record(
        self,
        device: AudioDevice,
        seconds: float,
        level: Callable[[float, float], None],
        *,
        hear: Callable[[NDArray[np.float32], int], None] | None = None,
        enough: Callable[[NDArray[np.float32]], bool] | None = None,
    ) -> Take:
        """Record.

        Args:
            device: An input.
            seconds: How long at most.
            level: Gets (fraction, dBov of the last 50 ms) about 30 times a second.
            hear: Gets the samples that are new and how many there are in a second, just before
                ``level``; what it takes of them is never stored.
            enough: Gets the samples that are new, about 30 times a second; true ends the take.

        Raises:
            CannotMeasure: Permission denied, no such device, stalled.
            Cancelled: Stop was pressed.
        """

    def play_and_record(
        self,
        output: AudioDevice,
        device: AudioDevice,
        played: NDArray[np.float32],
        rate: int,
        level: Callable[[float, float], None],
    ) -> Take:
        """Play on ``output`` and record from ``device`` meanwhile, by one clock.

        Args:
            output: An output; needs consent to the loudspeaker beside that to the microphone.
            device: An input.
            played: Full scale 1.0, (n,) for both ears alike, or (n, 2), left and right.
            rate: Of ``played`` and of the recording, samples a second.
            level: As in :meth:`record`.

        Returns:
            A take that begins as ``played`` does and goes on ``ECHO_TAIL_S`` longer. What the
            computer needs for the way out and in again is part of its delay.

        Raises:
            CannotMeasure: As in :meth:`record`; also ``output-muted``, ``output-removed``.
            Cancelled: Stop was pressed.
        """

    def play(self, output: AudioDevice, samples: NDArray[np.float32], rate: int) -> None:
        """Play to the end; needs consent to the loudspeaker.

        Args:
            output: An output.
            samples: Full scale 1.0, (n,) for both ears alike, or (n, 2), left and right.
            rate: Samples a second.

        Raises:
            CannotMeasure: No consent, no such device, stalled.
            Cancelled: Stop was pressed.
        """


ECHO_TAIL_S = 1.5
"""A take goes on so long after the last sample that was played: sound systems and Bluetooth need up
to a second for the way out and in, and a room some tenths more to fall silent."""
