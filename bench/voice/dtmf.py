"""How well the telephone's keys and its dial tone are heard, and that no voice is taken for them.

    python -m bench.voice.dtmf [--stl FOLDER] [--codes N]

FOLDER is a checkout of https://github.com/openitu/STL, for measured room responses. Where
multimon-ng is installed, what it hears is printed beside: a decoder by other people.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import resample_poly

from bench.rows import Row, show
from bench.voice.talkers import NARROW_RATE, talkers
from bench.voice.voices import NOISES, RATE
from readiness.dsp.phone.call_tones import dial_tones
from readiness.dsp.phone.dial_tone import dial_tone
from readiness.dsp.phone.dtmf import decode
from tests.fakes.telephone import (
    Presses,
    cadenced,
    chord,
    in_room,
    keys,
    room,
    telephone_band,
    with_noise,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]
    Way = Callable[[Signal, int], Signal]

CODES = 20
QUICK, USUAL, SLOW = (Presses(on=on, off=on) for on in (0.05, 0.1, 0.2))
ROOMS = ("IR48", "visio", "meeting50", "meeting100")
RESPONSE_RATES = {"IR48": 48_000}
RESPONSE_RATE = 32_000
ORACLE_RATE = 22_050
SHOWN = "shown only"
WORST_ROOM_DB, QUICK_NEEDS_DB = 3, 2
"""Direct above reverberant sound. Farther away a tone may cancel so deeply that keys are lost, and
pauses of 50 ms are filled before that."""


@dataclass(frozen=True)
class Bench:
    """One condition: how keys are pressed, and what happens on the way to the microphone."""

    figure: str
    how: Presses = QUICK
    way: Way = lambda sound, _seed: sound
    rate: int = NARROW_RATE
    asked: str = "all"
    signs: bool = False


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--stl", type=Path)
    parser.add_argument("--codes", type=int, default=CODES)
    options = parser.parse_args()
    raise SystemExit(0 if show(rows(options.stl, options.codes)) else 1)


def rows(stl: Path | None = None, codes: int = CODES) -> Iterator[Row]:
    """All figures; with measured rooms if a checkout of openitu/STL is given."""
    for bench in (*_conditions(), *(_measured_rooms(stl) if stl else ())):
        yield _codes(bench, codes)
    yield from _talk_off()
    yield from _dial_tones()


def _conditions() -> Iterator[Bench]:
    for rate in (8000, 11_025, 16_000, 44_100, 48_000, 192_000):
        yield Bench(f"DTMF at {rate} Hz", rate=rate)
    yield Bench("DTMF, 40 ms pressed, 40 ms between", replace(QUICK, on=0.04, off=0.04))
    yield Bench("DTMF, 23 ms pressed", replace(QUICK, on=0.023, off=0.08), asked="none")
    for noise in NOISES:
        yield Bench(f"DTMF at 10 dB, {noise}", way=_noisy(noise))
    off = replace(QUICK, low_percent=1.5, high_percent=1.5)
    yield Bench("DTMF at 10 dB, +-1.5 % frequency", off, _noisy("white"), signs=True)
    far = replace(QUICK, low_percent=3.5, high_percent=3.5)
    yield Bench("DTMF, +-3.5 % frequency", far, signs=True, asked="none")
    twist = replace(QUICK, twist_db=6)
    yield Bench("DTMF at 10 dB, +-6 dB twist", twist, _noisy("white"), signs=True)
    yield Bench("DTMF at 10 dB, 300-3400 Hz", QUICK, _banded(_noisy("white")))
    both = replace(off, twist_db=6)
    for noise in NOISES:
        way = _banded(_noisy(noise))
        yield Bench(f"DTMF, all of this together, {noise}", both, way, signs=True)
    for ratio in (10, 5, 3, 0):
        for how in (QUICK, USUAL, SLOW):
            asked = "all" if ratio >= WORST_ROOM_DB + QUICK_NEEDS_DB * (how is QUICK) else SHOWN
            name = f"DTMF in a room of 0.3 s, {ratio} dB, {how.on * 1000:.0f} ms"
            yield Bench(name, how, _reverberant(ratio), asked=asked)
            yield Bench(f"{name}, white at 10 dB", how, _reverberant(ratio, 10), asked=SHOWN)


def _noisy(noise: str, snr_db: float = 10) -> Way:
    def way(sound: Signal, seed: int) -> Signal:
        random = np.random.default_rng(seed)
        # Made at 48 kHz: the distance is that within the narrow band, which is harder.
        heard = resample_poly(NOISES[noise](6 * sound.size, random), NARROW_RATE, RATE)
        return with_noise(sound, heard, snr_db)

    return way


def _banded(way: Way) -> Way:
    return lambda sound, seed: telephone_band(way(sound, seed), NARROW_RATE)


def _reverberant(ratio_db: float, snr_db: float | None = None) -> Way:
    def way(sound: Signal, seed: int) -> Signal:
        response = room(NARROW_RATE, direct_to_reverberant_db=ratio_db, seed=seed)
        heard = in_room(sound, response)
        return heard if snr_db is None else with_noise(heard, _white(heard.size, seed), snr_db)

    return way


def _white(size: int, seed: int) -> Signal:
    return np.random.default_rng(seed + 1).standard_normal(size)


def _measured_rooms(stl: Path) -> Iterator[Bench]:
    for name in ROOMS:
        file = stl / "src/reverb/IR/mono/little_endian" / f"{name}.IR"
        response = np.fromfile(file, "<f4").astype(np.float64)
        rate = RESPONSE_RATES.get(name, RESPONSE_RATE)
        for how in (QUICK, USUAL):

            def way(sound: Signal, _seed: int, response: Signal = response) -> Signal:
                return in_room(sound, response)

            figure = f"DTMF in the STL's {name}, {how.on * 1000:.0f} ms"
            yield Bench(figure, how, way, rate)


def _codes(bench: Bench, count: int) -> Row:
    """Six random digits at a time; right is a code with all six and nothing else."""
    good = oracle = found = 0
    for seed in range(count):
        random = np.random.default_rng(1000 + seed)
        code = "".join(random.choice(list("0123456789"), 6))
        sound = keys(code, bench.rate, _signed(bench, random), seed=seed)[0]
        heard = bench.way(sound, seed)
        digits = "".join(digit.symbol for digit in decode(heard, bench.rate))
        good += digits == code
        found += len(digits)
        oracle += _other_decoder(heard, bench.rate) == code
    reached = f"{found} digits" if bench.asked == "none" else f"{good} of {count}"
    if shutil.which("multimon-ng") and bench.asked != "none":
        reached += f" (multimon-ng {oracle})"
    met = {"none": found == 0, "all": good == count}.get(bench.asked, True)
    return Row(figure=bench.figure, asked=bench.asked, reached=reached, met=met)


def _signed(bench: Bench, random: np.random.Generator) -> Presses:
    """Deviation and twist in any direction."""
    if not bench.signs:
        return bench.how
    low, high, lean = random.choice([-1, 1], 3)
    return replace(
        bench.how,
        low_percent=low * bench.how.low_percent,
        high_percent=high * bench.how.high_percent,
        twist_db=lean * bench.how.twist_db,
    )


def _other_decoder(heard: Signal, rate: int) -> str:
    program = shutil.which("multimon-ng")
    if program is None:
        return ""
    narrow = resample_poly(heard, ORACLE_RATE, rate) if rate != ORACLE_RATE else heard
    steps = np.clip(np.round(16_000 * narrow / max(np.abs(narrow).max(), 1e-9)), -32768, 32767)
    done = subprocess.run(
        [program, "-q", "-a", "DTMF", "-t", "raw", "-"],
        input=steps.astype("<i2").tobytes(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    lines = done.stdout.decode("ascii", "replace").splitlines()
    return "".join(line.split(":")[1].strip() for line in lines if line.startswith("DTMF:"))


@cache
def _speech() -> tuple[tuple[str, Signal], ...]:
    return tuple(talkers())


def _talk_off() -> Iterator[Row]:
    """No digit in ten minutes of speech, whatever happened to it on the way."""
    ways: dict[str, Callable[[Signal], Signal]] = {
        "as spoken": lambda sound: sound,
        "300-3400 Hz": lambda sound: telephone_band(sound, NARROW_RATE),
        "in a room of 0.3 s": lambda sound: in_room(
            sound, room(NARROW_RATE, direct_to_reverberant_db=0, seed=1)
        ),
        "overdriven by 12 dB": lambda sound: np.clip(4 * sound, -0.5, 0.5),
        "spoken faster and higher": lambda sound: resample_poly(sound, 3, 4),
        "spoken slower and lower": lambda sound: resample_poly(sound, 5, 4),
    }
    for name, way in ways.items():
        heard = [way(sound) for _, sound in _speech()]
        digits = sum(len(decode(sound, NARROW_RATE)) for sound in heard)
        minutes = sum(sound.size for sound in heard) / NARROW_RATE / 60
        yield Row(
            figure=f"DTMF in speech, {name}",
            asked="0 digits",
            reached=f"{digits} digits in {minutes:.1f} min",
            met=digits == 0,
        )


def _dial_tones() -> Iterator[Row]:
    for noise in ("white", "pink", "babble"):
        good = sum(_named(number, noise) for number in range(len(dial_tones())))
        yield Row(
            figure=f"dial tones of the table at 10 dB, {noise}",
            asked="all named",
            reached=f"{good} of {len(dial_tones())}",
            met=good == len(dial_tones()),
        )
    found = sum(dial_tone(sound, NARROW_RATE) is not None for _, sound in _speech())
    yield Row(
        figure="dial tone in 10 minutes of speech",
        asked="none",
        reached=f"{found}",
        met=found == 0,
    )


def _named(number: int, noise: str) -> bool:
    row = dial_tones()[number]
    sound = 0.05 * chord(row.hertz, 8, NARROW_RATE)
    if row.cadence:
        sound = cadenced(sound, NARROW_RATE, row.cadence)
    found = dial_tone(_noisy(noise)(sound, number), NARROW_RATE)
    return found is not None and row.country in found.countries


if __name__ == "__main__":
    main()
