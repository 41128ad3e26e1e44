"""The voice out of recordings made elsewhere: files in, the same figures as of a live take out."""

from __future__ import annotations

import io
import time
import wave
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from readiness.model.errors import CannotMeasure, FailureCode, InputError
from readiness.model.measurement import Failure, Measurement, ProbeRun, Session
from readiness.model.text import N_
from readiness.probes.microphone import PROBE
from readiness.session import new_session
from readiness.system.audio.recordings import read_recording
from readiness.voice_figures import GAP_S, Found, Takes, echo_below, figures, results
from readiness.voice_metrics import ECHO, LEVEL, RECORDINGS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from readiness.system.audio.recordings import Recording

CHANNELS: Final = ("left", "right")
SAME_SETTINGS = N_("Make both recordings with the same microphone and the same settings.")
SHORTEST_SWEEP_S = 1.0
"""Less has too little energy to find an echo that is far below it."""

LIKENESS = 0.99
"""Square of the correlation with the sweep: what 16 bits leave of it has 0.999 and more."""

LATEST_ECHO_S = 0.5
"""What was heard must go on for so long after what was played: sound systems are late."""


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
        return new_session(self.run.started, self.run)


def measure_recordings(
    silence: Path, reading: Path, *, sweep: tuple[Path, Path] | None = None, at: datetime
) -> RecordedVoice:
    """Read and measure a silence and a reading.

    Args:
        silence: While nobody spoke.
        reading: While somebody read aloud, recorded with the same settings.
        sweep: What was played into the earphones, and what the microphone heard of it.
        at: The time that the figures carry.

    Raises:
        InputError: A file cannot be read, or two that belong together have different settings.
        CannotMeasure: The library that reads them is missing.
    """
    from readiness.dsp.voice.soundness import voice_channel

    begin = time.monotonic()
    quiet, spoken = read_recording(silence), read_recording(reading)
    _same_rate((reading, spoken), (silence, quiet))
    _same_channels((reading, spoken), (silence, quiet))
    pair = _read_pair(sweep)
    channel = voice_channel(spoken.samples)
    figured = figures(
        Takes(
            silence=quiet.samples[:, channel],
            reading=spoken.samples[:, channel],
            rate=spoken.rate,
            bits=spoken.bits,
            lossy=spoken.lossy or quiet.lossy,
            both=spoken.samples if spoken.channels > 1 else None,
        )
    )
    echo = _echo(figured[LEVEL.id], [recording for _, recording in pair])
    told = tuple(results({**figured, ECHO.id: echo}, method=RECORDINGS, at=at))
    return RecordedVoice(
        files=((silence, quiet), (reading, spoken), *pair),
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


def _read_pair(sweep: tuple[Path, Path] | None) -> tuple[tuple[Path, Recording], ...]:
    if sweep is None:
        return ()
    played, heard = ((path, read_recording(path)) for path in sweep)
    _same_rate(heard, played)
    return played, heard


def _echo(level: Found | CannotMeasure, pair: Sequence[Recording]) -> Found | CannotMeasure:
    """The echo of the sweep, in proportion to the voice."""
    from readiness.dsp.voice.alignment import from_the_beginning
    from readiness.dsp.voice.echo import echo_return
    from readiness.dsp.voice.gaps import gaps
    from readiness.dsp.voice.soundness import voice_channel

    if not pair:
        return CannotMeasure(FailureCode.SKIPPED, "no-sweep")
    if isinstance(level, CannotMeasure):
        return CannotMeasure(FailureCode.UNSUPPORTED, "no-voice-level")
    played, heard = (one.samples[:, voice_channel(one.samples)] for one in pair)
    rate = pair[0].rate
    detail = _sweep_fault(played, heard, rate)
    if detail:
        return CannotMeasure(FailureCode.UNSUPPORTED, detail)
    heard = from_the_beginning(played, heard, rate, after_s=LATEST_ECHO_S)
    if gaps(heard[: played.size + round(LATEST_ECHO_S * rate)], rate).longest_s >= GAP_S:
        return CannotMeasure(FailureCode.TIMED_OUT, "interrupted")
    echo = echo_return(played, heard, rate)
    if echo.loss_db is None:
        # Nobody was asked whether the sweep could be heard: perhaps it never sounded.
        least = round(echo.at_least_db, 1)
        return CannotMeasure(FailureCode.UNSUPPORTED, "no-trace-of-the-sweep", at_least_db=least)
    # Nobody knows when the recorder was started, so there is no delay to tell.
    return echo_below(level, replace(echo, delay_ms=None))


def _sweep_fault(played: NDArray[np.float32], heard: NDArray[np.float32], rate: int) -> str:
    """Why no echo can be looked for; empty if it can."""
    from readiness.dsp.voice.soundness import flaw

    wrong = flaw(played, rate) or flaw(heard, rate)
    if wrong is not None:
        return wrong.value
    if not _is_the_sweep(played, rate):
        return "not-the-sweep"
    return "heard-too-short" if heard.size < played.size + LATEST_ECHO_S * rate else ""


def _is_the_sweep(played: NDArray[np.float32], rate: int) -> bool:
    """Whether it is the sweep that the method is made for, whatever its length and loudness."""
    from readiness.dsp.voice.sweep import make_sweep

    if played.size < SHORTEST_SWEEP_S * rate:
        return False
    sweep = make_sweep(rate, played.size / rate)
    alike = float(played @ sweep) ** 2
    return alike > LIKENESS * float(played @ played) * float(sweep @ sweep)


def sweep_file(rate: int) -> bytes:
    """A WAV file with the sweep that is to be played, mono, 16 bits.

    Args:
        rate: Samples a second, 8000 to 192000: that of the recording that is to be made of it.
    """
    from readiness.dsp.voice.sweep import make_sweep

    file = io.BytesIO()
    with wave.open(file, "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate)
        # Full scale => 16 bits, the low octet first.
        writer.writeframes((make_sweep(rate) * 32767).round().astype("<i2").tobytes())
    return file.getvalue()


def _same_rate(one: tuple[Path, Recording], other: tuple[Path, Recording]) -> None:
    """Refuse two recordings that cannot have been made in one go: other rates."""
    if one[1].rate != other[1].rate:
        raise InputError(
            "recordings-differ",
            N_("It has {rate} samples a second, but {file} has {other}."),
            where=str(one[0]),
            hint=SAME_SETTINGS,
            rate=one[1].rate,
            other=other[1].rate,
            file=other[0].name,
        )


def _same_channels(one: tuple[Path, Recording], other: tuple[Path, Recording]) -> None:
    """Refuse two recordings that cannot have been made in one go: mono and stereo."""
    if one[1].channels != other[1].channels:
        raise InputError(
            "recordings-differ",
            N_("It is mono, but {file} is stereo.")
            if one[1].channels == 1
            else N_("It is stereo, but {file} is mono."),
            where=str(one[0]),
            hint=SAME_SETTINGS,
            file=other[0].name,
        )
