"""Recordings out of files: every coding that is promised, and everything that can be wrong."""

from __future__ import annotations

import contextlib
import io
import os
import struct
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
import soundfile

from readiness.model.errors import InputError
from readiness.system.audio.recordings import LARGEST_BYTES, read_recording

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

RATE = 16_000
TONE = np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE) / 2


def _coded(
    kind: str, coding: str, *, samples: NDArray[np.float64] = TONE, rate: int = RATE
) -> bytes:
    made = io.BytesIO()
    soundfile.write(made, samples, rate, format=kind, subtype=coding)
    return made.getvalue()


def _wav(values: bytes, *, octets: int = 2, channels: int = 1, rate: int = RATE) -> bytes:
    """A WAV file as Python's own library writes it."""
    made = io.BytesIO()
    with wave.open(made, "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(octets)
        file.setframerate(rate)
        file.writeframes(values)
    return made.getvalue()


def _stored(folder: Path, data: bytes) -> Path:
    path = folder / "recording.wav"
    path.write_bytes(data)
    return path


def _fault(path: Path) -> InputError:
    with pytest.raises(InputError) as raised:
        read_recording(path)
    return raised.value


@pytest.mark.parametrize(
    ("octets", "values", "bits"),
    [
        (1, bytes([0x80, 0xC0, 0x00]), 8),
        (2, struct.pack("<3h", 0, 0x4000, -0x8000), 16),
        (3, bytes.fromhex("000000 000040 000080"), 24),
        (4, struct.pack("<3i", 0, 0x40000000, -0x80000000), 32),
    ],
)
def test_zero_half_and_lowest_of_every_word_length(
    tmp_path: Path, octets: int, values: bytes, bits: int
) -> None:
    recording = read_recording(_stored(tmp_path, _wav(values, octets=octets)))

    assert recording.samples[:, 0].tolist() == [0.0, 0.5, -1.0]
    assert (recording.rate, recording.channels, recording.bits) == (RATE, 1, bits)


@pytest.mark.parametrize(
    ("kind", "coding", "error"),
    [
        ("WAV", "FLOAT", 1e-7),
        ("WAV", "DOUBLE", 1e-7),
        ("WAV", "ULAW", 0.02),
        ("WAV", "ALAW", 0.02),
        ("WAVEX", "PCM_24", 1e-6),
        ("RF64", "PCM_16", 1e-4),
        ("FLAC", "PCM_S8", 0.01),
        ("FLAC", "PCM_16", 1e-4),
        ("FLAC", "PCM_24", 1e-6),
        ("OGG", "VORBIS", 0.05),
        ("OGG", "OPUS", 0.05),
    ],
)
def test_a_tone_comes_out_of_every_coding(
    tmp_path: Path, kind: str, coding: str, error: float
) -> None:
    recording = read_recording(_stored(tmp_path, _coded(kind, coding)))

    found = recording.samples[:, 0]
    assert found.size == TONE.size
    assert np.sqrt(np.mean((found - TONE) ** 2)) < error


@pytest.mark.parametrize("rate", [8_000, 11_025, 22_050, 44_100, 48_000, 96_000, 192_000])
@pytest.mark.parametrize(("kind", "coding"), [("WAV", "PCM_16"), ("FLAC", "PCM_24")])
def test_no_rate_is_changed(tmp_path: Path, rate: int, kind: str, coding: str) -> None:
    recording = read_recording(_stored(tmp_path, _coded(kind, coding, rate=rate)))

    assert recording.rate == rate
    assert recording.seconds == TONE.size / rate


def test_left_is_the_first_column(tmp_path: Path) -> None:
    values = struct.pack("<4h", 0x4000, 0, 0x2000, 0)

    recording = read_recording(_stored(tmp_path, _wav(values, channels=2)))

    assert recording.samples.tolist() == [[0.5, 0.0], [0.25, 0.0]]


def test_one_sample_is_a_recording(tmp_path: Path) -> None:
    assert read_recording(_stored(tmp_path, _wav(b"\0\x40"))).samples.shape == (1, 1)


def test_a_piped_recording_is_read_although_its_header_knows_no_length(tmp_path: Path) -> None:
    """What cannot go back to the header writes the largest number: "unknown"."""
    data = bytearray(_wav(b"\0\x40" * 100))
    data[40:44] = b"\xff" * 4

    assert read_recording(_stored(tmp_path, bytes(data))).samples.shape == (100, 1)


WHOLE = _wav(b"\0\x40" * RATE)


def _with(data: bytes, place: int, value: bytes) -> bytes:
    return data[:place] + value + data[place + len(value) :]


DAMAGED = {
    "nothing": (b"", "recording-empty"),
    "no sample": (_wav(b""), "recording-empty"),
    "text": (b"Dear Sir or Madam,\n" * 20, "not-a-recording"),
    "another kind of RIFF": (b"RIFF\x24\0\0\0AVI LIST" + bytes(40), "not-a-recording"),
    "only a name": (b"RIFF", "not-a-recording"),
    "no sound part": (WHOLE[:36], "recording-cut-off"),
    "half a WAV": (WHOLE[: len(WHOLE) // 2], "recording-cut-off"),
    "all but the last octet": (WHOLE[:-1], "recording-cut-off"),
    "never finished": (_with(WHOLE, 40, bytes(4)), "recording-cut-off"),
    "more than there is": (_with(WHOLE, 40, struct.pack("<I", 2**31)), "recording-cut-off"),
    "half an Ogg": (_coded("OGG", "VORBIS")[:-100], "recording-cut-off"),
    "half an Opus": (_coded("OGG", "OPUS")[:-100], "recording-cut-off"),
    "half a FLAC": (_coded("FLAC", "PCM_16")[:-100], "recording-broken"),
    "a rate of 0": (_with(WHOLE, 24, bytes(4)), "recording-broken"),
    "a rate of 4 GHz": (_with(WHOLE, 24, b"\xff" * 4), "recording-broken"),
    "a rate of 4 kHz": (_wav(b"\0\x40" * RATE, rate=4_000), "recording-rate"),
    "a rate of 384 kHz": (_wav(b"\0\x40" * RATE, rate=384_000), "recording-rate"),
    "no channel": (_with(WHOLE, 22, bytes(2)), "recording-broken"),
    "three channels": (_wav(b"\0\x40" * 3 * RATE, channels=3), "recording-channels"),
    "65535 channels": (_with(WHOLE, 22, b"\xff\xff"), "recording-broken"),
    "no bits": (_with(WHOLE, 34, bytes(2)), "recording-broken"),
    "ADPCM": (_coded("WAV", "IMA_ADPCM"), "recording-coding"),
    "MP3 that calls itself WAV": (_with(WHOLE, 20, b"\x55\0"), "recording-coding"),
    "eleven minutes": (_wav(bytes(11 * 60 * 8_000), octets=1, rate=8_000), "recording-too-long"),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_what_is_wrong_is_named_with_file_and_remedy(tmp_path: Path, name: str) -> None:
    data, reference = DAMAGED[name]
    path = _stored(tmp_path, data)

    wrong = _fault(path)

    assert wrong.reference == reference
    assert wrong.where == str(path)
    assert wrong.hint


def test_a_header_that_promises_days_is_refused_before_anything_is_decoded(tmp_path: Path) -> None:
    """STREAMINFO of FLAC: the number of samples takes the 36 bits from the 22nd octet on."""
    data = _with(_coded("FLAC", "PCM_16"), 22, struct.pack(">I", 2**32 - 1))

    assert _fault(_stored(tmp_path, data)).reference == "recording-too-long"


def test_a_gigantic_file_is_not_even_read(tmp_path: Path) -> None:
    path = _stored(tmp_path, WHOLE)
    os.truncate(path, LARGEST_BYTES + 1)

    assert _fault(path).reference == "too-large"


def test_damage_anywhere_is_refused_or_read_but_never_crashes(tmp_path: Path) -> None:
    dice = np.random.default_rng(4)
    whole = [
        _coded(kind, coding, samples=TONE[:4000])
        for kind, coding in [
            ("WAV", "PCM_16"),
            ("WAV", "FLOAT"),
            ("RF64", "PCM_24"),
            ("FLAC", "PCM_16"),
            ("OGG", "VORBIS"),
            ("OGG", "OPUS"),
        ]
    ]
    hints, sizes = [], []
    for turn in range(240):
        data = bytearray(whole[turn % len(whole)])
        most = 120 if turn % 4 else len(data)
        for place in dice.integers(4, most, size=3):
            data[place] = dice.integers(256)
        path = _stored(tmp_path, bytes(data[: dice.integers(60, len(data)) if turn % 3 else None]))
        try:
            sizes.append(read_recording(path).samples.size)
        except InputError as wrong:
            hints.append(wrong.hint)
    assert hints
    assert all([*hints, *sizes])


NO_FILES = {
    "a folder": "folder.wav",
    "missing": "missing.wav",
    "a name too long for the disk": "x" * 5000,
    **({"a pipe": "pipe.wav"} if hasattr(os, "mkfifo") else {}),
    **({"a device": "/dev/zero"} if Path("/dev/zero").exists() else {}),
    **({"not permitted": "private.wav"} if hasattr(os, "seteuid") else {}),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_file_is_refused_at_once(tmp_path: Path, name: str) -> None:
    path = tmp_path / NO_FILES[name]
    if name == "a folder":
        path.mkdir()
    if name == "a pipe":
        os.mkfifo(path)
    if name == "not permitted":
        path.write_bytes(WHOLE)
        path.chmod(0)

    with _without_privileges():
        assert _fault(path).reference in {"not-a-file", "cannot-read"}


@contextlib.contextmanager
def _without_privileges() -> Iterator[None]:
    """The superuser may read everything; for a moment it is nobody."""
    superuser = hasattr(os, "geteuid") and os.geteuid() == 0
    if superuser:
        os.seteuid(65534)
    try:
        yield
    finally:
        if superuser:
            os.seteuid(0)
