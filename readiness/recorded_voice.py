"""The voice out of recordings made elsewhere: files in, the same figures as of a live take out."""

from __future__ import annotations

import secrets
import sys
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from readiness import __version__
from readiness.model.errors import InputError
from readiness.model.measurement import Failure, Measurement, ProbeRun, Session
from readiness.model.text import N_
from readiness.probes.microphone import PROBE
from readiness.system.audio.recordings import read_recording
from readiness.voice_figures import Takes, figures, results
from readiness.voice_metrics import RECORDINGS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from readiness.system.audio.recordings import Recording

CHANNELS: Final = ("left", "right")


@dataclass(frozen=True, kw_only=True)
class RecordedVoice:
    """What recordings tell.

    Attributes:
        files: Path and content of each, in the order silence, reading, played, heard.
        channel: Which channel of stereo recordings was measured, ``left`` or ``right``: the one
            that is louder in the reading. Empty for mono.
        run: The figures, as of the probe that measures a live take.
    """

    files: tuple[tuple[Path, Recording], ...]
    channel: str
    run: ProbeRun

    @property
    def session(self) -> Session:
        """A session of its own, to be judged."""
        return Session(
            id=secrets.token_hex(16),
            started=self.run.started,
            app_version=__version__,
            platform=sys.platform,
            runs=(self.run,),
        )


def measure_recordings(silence: Path, reading: Path, *, at: datetime) -> RecordedVoice:
    """Read and measure a silence and a reading.

    Raises:
        InputError: A file cannot be read, or the two were not made with the same settings.
        CannotMeasure: The library that reads them is missing.
    """
    from readiness.dsp.voice.soundness import voice_channel

    begin = time.monotonic()
    quiet, spoken = read_recording(silence), read_recording(reading)
    _same_settings((reading, spoken), (silence, quiet))
    channel = voice_channel(spoken.samples)
    takes = Takes(
        silence=quiet.samples[:, channel],
        reading=spoken.samples[:, channel],
        rate=spoken.rate,
        bits=spoken.bits,
    )
    told = tuple(results(figures(takes), method=RECORDINGS, at=at))
    return RecordedVoice(
        files=((silence, quiet), (reading, spoken)),
        channel=CHANNELS[channel] if spoken.channels > 1 else "",
        run=ProbeRun(
            probe=PROBE.id,
            version=PROBE.version,
            attempt=1,
            started=at,
            duration_s=round(time.monotonic() - begin, 3),
            measurements=tuple(one for one in told if isinstance(one, Measurement)),
            failures=tuple(one for one in told if isinstance(one, Failure)),
        ),
    )


def _same_settings(one: tuple[Path, Recording], other: tuple[Path, Recording]) -> None:
    """Refuse two recordings that cannot have been made by one microphone in one go."""
    path, recording = one
    beside, first = other
    hint = N_("Make both recordings with the same microphone and the same settings.")
    if recording.rate != first.rate:
        raise InputError(
            "recordings-differ",
            N_("It has {rate} samples a second, but {file} has {other}."),
            where=str(path),
            hint=hint,
            rate=recording.rate,
            other=first.rate,
            file=beside.name,
        )
    if recording.channels != first.channels:
        raise InputError(
            "recordings-differ",
            N_("One of the two recordings is mono and the other, {file}, is stereo.")
            if recording.channels == 1
            else N_("It is stereo, but {file} is mono."),
            where=str(path),
            hint=hint,
            file=beside.name,
        )
