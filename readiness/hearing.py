"""Hear yourself: the own recording as it is, and as the customer hears it.

It stays in memory and goes with this object, unless the person saves it.
"""

from __future__ import annotations

import io
import threading
import time
import wave
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from readiness.cancel import Token
from readiness.model.errors import Cancelled
from readiness.storage import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from readiness.ports import Choices, Take
    from readiness.session import World


class Ear(StrEnum):
    """Whose ears: as recorded, or at the far end of a telephone line after ITU-T G.711."""

    OWN = "own"
    A_LAW = "a-law"
    MU_LAW = "mu-law"


class OwnVoice:
    """One recording to be heard. One thing sounds at a time; whatever is asked for last wins.

    Args:
        take: The recording.
        world: Where the sound system comes from.
        choices: Which output, and whether it may be used.

    Attributes:
        choices: The same; may be changed before it plays.
    """

    def __init__(self, take: Take, world: World, choices: Choices) -> None:
        self._take, self._world, self.choices = take, world, choices
        self._made: dict[Ear, NDArray[np.float32]] = {Ear.OWN: take.samples}
        self._lock = threading.Lock()
        self._token = Token()

    @property
    def seconds(self) -> float:
        """How long it is."""
        return self._take.samples.size / self._take.rate

    @property
    def rate(self) -> int:
        """Samples a second."""
        return self._take.rate

    def samples(self, ear: Ear) -> NDArray[np.float32]:
        """The recording as that ear hears it, full scale 1.0; of the same length and rate."""
        if ear not in self._made:
            from readiness.dsp.voice.g711 import Codec
            from readiness.dsp.voice.telephone import as_customer_hears

            self._made[ear] = as_customer_hears(
                self._take.samples, self._take.rate, Codec(ear.value)
            )
        return self._made[ear]

    def playing(self, ear: Ear, *, start_s: float = 0.0) -> Callable[[], float]:
        """What plays from ``start_s`` to the end; whatever was asked for before ends at once.

        Returns:
            A function for a worker: it blocks until the end, or until something else is asked for
            or :meth:`stop`, and returns about where it ended, in seconds from the beginning; 0 if
            it came to its end. It raises ``CannotMeasure`` where the loudspeaker was not agreed to
            or does not play.
        """
        with self._lock:
            self._token.cancel()
            token = self._token = Token()
        return partial(self._play, token, ear, start_s)

    def _play(self, token: Token, ear: Ear, start_s: float) -> float:
        began = time.monotonic()
        try:
            rest = self.samples(ear)[round(start_s * self._take.rate) :]
            audio = self._world.audio(self.choices, token)
            output = audio.chosen("output")
            began = time.monotonic()
            audio.play(output, rest, self._take.rate)
        except Cancelled:
            return min(self.seconds, start_s + time.monotonic() - began)
        return 0.0

    def stop(self) -> None:
        """Be silent; harmless twice."""
        with self._lock:
            self._token.cancel()

    def save(self, path: Path, ear: Ear = Ear.OWN) -> None:
        """Write it as WAV, 16 bits. Raises ``StorageError``."""
        write_whole(path, as_wav(self.samples(ear), self._take.rate))


def as_wav(samples: NDArray[np.float32], rate: int) -> bytes:
    """One channel of 16 bits as a WAV file; what lies beyond full scale is cut off there."""
    from readiness.dsp.voice.pcm import sixteen_bits

    whole = io.BytesIO()
    with wave.open(whole, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(sixteen_bits(samples))
    return whole.getvalue()
