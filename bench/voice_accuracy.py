"""How true the voice figures are: P.56 against published values, and levels set against found.

    python -m bench.voice_accuracy [--stl FOLDER]

FOLDER is a checkout of https://github.com/openitu/STL; without it the voices are espeak-ng's.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import tempfile
import wave
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import lfilter, resample_poly

from readiness.dsp.voice.clipping import clipped_percent
from readiness.dsp.voice.guided import guided_voice
from readiness.dsp.voice.speech_level import active_level

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

RATE = 48_000
SILENCE_S = 4
DISTANCES = (5, 10, 15, 20, 30, 40)

# Active level as printed by the reference program actlev of the ITU-T Software Tool Library.
PUBLISHED = (
    ("src/sv56/test_data/voice.src", 16_000, -25.329),
    ("src/sv56/test_data/voice.nrm", 16_000, -29.992),
    ("src/sv56/test_data/voice.ltl", 16_000, -29.845),
    ("src/mnru/test_data/P501_D_EN_fm_SWB_48k.pcm", RATE, -26.081),
    ("src/mnru/test_data/P501_D_AM_fm_FB_48k.pcm", RATE, -25.917),
)
SPOKEN = (
    "The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background."
    " It is easy to tell the depth of a well. These days a chicken leg is a rare dish."
)
VOICES = ("en-gb", "en-us+f3", "de", "es+f2")


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stl", type=Path)
    folder: Path | None = parser.parse_args().stl
    voices = dict(_espeak())
    if folder is not None:
        voices |= dict(_published(folder))
    _print_guided(voices)
    _print_clipping(voices)


def _published(folder: Path) -> Iterator[tuple[str, Signal]]:
    print("P.56 active level, dBov: published, found, difference")
    for name, rate, level in PUBLISHED:
        samples = np.fromfile(folder / name, "<i2") / 32768
        found = active_level(samples, rate).dbov
        print(f"  {Path(name).name:28} {level:8.3f} {found:8.3f} {found - level:+.3f}")
        if rate == RATE:
            yield Path(name).name, samples


def _espeak() -> Iterator[tuple[str, Signal]]:
    program = shutil.which("espeak-ng")
    if program is None:
        print("espeak-ng is not installed: no synthetic voices")
        return
    with tempfile.TemporaryDirectory() as folder:
        for voice in VOICES:
            path = Path(folder) / "say.wav"
            command = [program, "-v", voice, "-s", "150", "-w", str(path), SPOKEN]
            subprocess.run(command, check=True, timeout=60)
            with wave.open(str(path), "rb") as file:
                samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
                yield voice, resample_poly(samples, RATE, file.getframerate())


def _noises(random: np.random.Generator) -> dict[str, Callable[[int], Signal]]:
    def white(size: int) -> Signal:
        return random.standard_normal(size)

    def pink(size: int) -> Signal:
        spectrum = np.fft.rfft(random.standard_normal(size))
        spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), 20 * size / RATE))
        return _unit(np.fft.irfft(spectrum, size))

    def fan(size: int) -> Signal:
        time = np.arange(size) / RATE
        hiss = _unit(lfilter([0.05], [1, -0.95], random.standard_normal(size)))
        return _unit(hiss + sum(0.5 * np.sin(2 * np.pi * f * time) for f in (117, 234, 351)))

    return {"white": white, "pink": pink, "fan and tones": fan}


def _unit(signal: Signal) -> Signal:
    result: Signal = signal / np.std(signal)
    return result


def _print_guided(voices: dict[str, Signal]) -> None:
    print("\nGuided take, error of voice above noise, dB: mean and largest over the voices")
    print(f"{'noise':14}" + "".join(f"{distance:>6} dB   " for distance in DISTANCES))
    within = total = 0
    for name, noise in _noises(np.random.default_rng(1)).items():
        cells = []
        for distance in DISTANCES:
            errors = []
            for voice in voices.values():
                level = active_level(voice, RATE).dbov
                gain = 10 ** ((level - distance) / 20)
                silence, room = gain * noise(SILENCE_S * RATE), gain * noise(voice.size)
                found = guided_voice(silence, voice + room, RATE)
                errors.append(abs(found.snr - distance))
                within += errors[-1] <= found.snr_half_width
                total += 1
            cells.append(f"{np.mean(errors):5.2f} /{max(errors):5.2f}")
        print(f"{name:14}" + " ".join(cells))
    print(f"within the stated half width: {within} of {total}")


def _print_clipping(voices: dict[str, Signal]) -> None:
    print("\nClipped samples, %: set, and found for each voice (16 bits, limit at full scale)")
    for percent in (0, 0.1, 0.5, 1, 2, 5):
        found = []
        for voice in voices.values():
            limit = float(np.quantile(np.abs(voice), 1 - percent / 100))
            gain = 1 / limit if percent else 0.9 / limit
            steps = np.clip(np.round(voice * gain * 32767), -32767, 32767) / 32768
            found.append(clipped_percent(steps))
        print(f"  {percent:4}: " + " ".join(f"{value:6.3f}" for value in found))


if __name__ == "__main__":
    main()
