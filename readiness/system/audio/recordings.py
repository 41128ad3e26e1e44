"""Recordings made elsewhere: WAV, FLAC and Ogg files, read whole, within limits, into memory.

What is wrong with a file is an ``InputError`` that names it and says what to do. What is wrong with
the sound in it is not decided here.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from readiness.model.errors import CannotMeasure, FailureCode, InputError
from readiness.model.text import N_
from readiness.storage import read_limited
from readiness.system.audio.recording_shapes import Fault, Kind, fault_of, kind_of, last_granule

if TYPE_CHECKING:
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

LOWEST_RATE, HIGHEST_RATE = 8_000, 192_000
"""Samples a second: from the telephone's to what the best converters deliver."""

LONGEST_S = 300
"""A reading takes some ten seconds; who hands over an hour has taken the wrong file."""

MOST_MOMENTS = 48_000 * LONGEST_S
"""The longest at 48 kHz. To measure two recordings of that length takes some 1.1 GB of memory."""

LARGEST_BYTES = 2 * 8 * MOST_MOMENTS
"""As much as such a recording takes in stereo and in the widest coding, 64-bit float."""

OPUS_RATE = 48_000
"""Ogg positions of Opus count at this rate, whatever the rate of what was recorded (RFC 7845)."""

SLACK_S = 0.1
"""By how much the end of an Ogg stream may differ from what was decoded: coders lead in and out."""

BITS: Final = {
    "PCM_S8": 8,
    "PCM_U8": 8,
    "ULAW": 8,
    "ALAW": 8,
    "PCM_16": 16,
    "PCM_24": 24,
    "PCM_32": 32,
    "FLOAT": 32,
    "DOUBLE": 64,
}
"""Coding as the library names it -> bits a sample. Vorbis and Opus have none."""

CODINGS: Final = frozenset({*BITS, "VORBIS", "OPUS"})


@dataclass(frozen=True, kw_only=True)
class Recording:
    """A recording out of a file.

    Attributes:
        samples: One row a moment, one column a channel; float32, full scale 1.0, unresampled.
        rate: Samples a second, 8000 to 192000.
        kind: Of the file.
        bits: Bits a sample; none for codings that have none, because they lose something.
    """

    samples: NDArray[np.float32]
    rate: int
    kind: Kind
    bits: int | None

    @property
    def lossy(self) -> bool:
        """Whether it was compressed with losses, which change noise, bandwidth and lost samples."""
        return self.bits is None

    @property
    def channels(self) -> int:
        """One or two."""
        return int(self.samples.shape[1])

    @property
    def seconds(self) -> float:
        """How long it is."""
        return float(self.samples.shape[0]) / self.rate


def read_recording(path: Path) -> Recording:
    """Read a WAV, FLAC or Ogg file (Vorbis, Opus) of one or two channels.

    Raises:
        InputError: There is none, it is something else, broken, cut off, too long, or has a rate,
            coding or number of channels that is not read.
        CannotMeasure: ``sndfile-missing``.
    """
    data = read_limited(path, LARGEST_BYTES)
    if not data:
        raise _wrong(path, "recording-empty")
    kind = kind_of(data)
    fault = Fault.NOT_A_RECORDING if kind is None else fault_of(data, kind)
    if kind is None or fault is not None:
        raise _wrong(path, fault or Fault.NOT_A_RECORDING)
    return _decoded(path, data, kind)


def _decoded(path: Path, data: bytes, kind: Kind) -> Recording:
    library = _library()
    try:
        with library.SoundFile(io.BytesIO(data)) as file:
            _refuse_extremes(path, file)
            samples = file.read(dtype="float32", always_2d=True)
            rate, coding, stated = int(file.samplerate), str(file.subtype), int(file.frames)
    except library.SoundFileError as error:
        raise _wrong(path, "recording-broken") from error
    if samples.shape[0] == 0:
        raise _wrong(path, "recording-empty")
    missing = _end(data, coding, rate) - samples.shape[0] if kind is Kind.OGG else 0
    if samples.shape[0] < stated or missing > SLACK_S * rate:
        raise _wrong(path, Fault.CUT_OFF)
    return Recording(samples=samples, rate=rate, kind=kind, bits=BITS.get(coding))


def _library() -> Any:  # noqa: ANN401 - it ships no types; Recording is the typed result
    try:
        import soundfile
    except OSError as error:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "sndfile-missing") from error
    return soundfile


def _refuse_extremes(path: Path, file: Any) -> None:  # noqa: ANN401 - of a library without types
    """Look at what the header says before anything is decoded: a small file may unfold to hours."""
    if file.subtype not in CODINGS:
        raise _wrong(path, Fault.CODING)
    if not LOWEST_RATE <= file.samplerate <= HIGHEST_RATE:
        raise _wrong(path, "recording-rate", rate=file.samplerate)
    if file.channels not in (1, 2):
        raise _wrong(path, "recording-channels", channels=file.channels)
    most = min(LONGEST_S * file.samplerate, MOST_MOMENTS)
    if file.frames > most:
        seconds = most // file.samplerate
        raise _wrong(path, "recording-too-long", seconds=seconds)


def _end(data: bytes, coding: str, rate: int) -> int:
    """Where an Ogg stream says that it ends, in samples at ``rate``."""
    granule = last_granule(data) or 0
    return round(granule * rate / OPUS_RATE) if coding == "OPUS" else granule


# Translators: what is wrong with a file that was handed over, and what to do.
_WORDS: Final = {
    Fault.NOT_A_RECORDING: (
        N_("This is no recording in WAV, FLAC or Ogg format."),
        N_("Choose the recording, or save it as WAV with your recording program."),
    ),
    Fault.CUT_OFF: (
        N_("The recording is cut off: its end is missing."),
        N_("Save or copy it again; let the recording program finish first."),
    ),
    Fault.CODING: (
        N_("The recording is compressed in a way that is not read here."),
        N_("Save it as ordinary WAV (PCM) or as FLAC."),
    ),
    "recording-broken": (
        N_("The recording is damaged and cannot be decoded."),
        N_("Save or copy it again, best as WAV."),
    ),
    "recording-empty": (
        N_("The file holds no sound at all, not a single sample."),
        N_("Record again, and let the recording program finish before you copy the file."),
    ),
    "recording-rate": (
        N_("The recording has {rate} samples a second; 8000 to 192000 can be measured."),
        N_("Record or save it with 48000 samples a second."),
    ),
    "recording-channels": (
        N_("The recording has {channels} channels; one or two can be measured."),
        N_("Save just the microphone's channel, in mono."),
    ),
    "recording-too-long": (
        N_("The recording is longer than the {seconds} seconds that are read at this rate."),
        N_("Cut out the part that matters: ten seconds of reading aloud are enough."),
    ),
}


def _wrong(path: Path, reference: str, **values: object) -> InputError:
    what, hint = _WORDS[reference]
    return InputError(reference, what, where=str(path), hint=hint, **values)
