"""Voices and noises of known level: what the benches of the voice are made of.

Six espeak-ng voices in six languages, at six speeds, and five noises; published recordings of
real people if a checkout of https://github.com/openitu/STL is given. All at 48 kHz, full scale
1.0, repeatable from run to run.
"""

from __future__ import annotations

import functools
import subprocess
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from scipy.signal import lfilter, resample_poly

from readiness.dsp.voice.speech_level import active_level

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Signal = NDArray[np.float64]
    Noise = Callable[[int, np.random.Generator], NDArray[np.float64]]

RATE = 48_000
VOICE_DBOV = -26.0
"""Active speech level of every voice: the nominal level of ITU-T P.56's users (G.191)."""

ESPEAK_KHZ = 11.025
"""espeak-ng's voices end here: it speaks at 22.05 kHz. ``full_band`` adds what is above."""


@dataclass(frozen=True, kw_only=True)
class Speaker:
    """A voice of espeak-ng: its name, words a minute, pitch 0 to 99, and what it says."""

    voice: str
    speed: int
    pitch: int
    text: str


SPEAKERS = (
    Speaker(
        voice="en-gb",
        speed=150,
        pitch=45,
        text="The birch canoe slid on the smooth planks. Glue the sheet to the dark blue paper."
        " It is easy to tell the depth of a well. These days a chicken leg is a rare dish.",
    ),
    Speaker(
        voice="en-us+f3",
        speed=175,
        pitch=60,
        text="Rice is often served in round bowls. The juice of lemons makes fine punch."
        " The box was thrown beside the parked truck. Four hours of steady work faced us.",
    ),
    Speaker(
        voice="de",
        speed=140,
        pitch=40,
        text="Guten Tag, mein Name ist Weber, was kann ich für Sie tun? Ihre Bestellung ist gestern"
        " verschickt worden. Bitte nennen Sie mir noch einmal Ihre Kundennummer.",
    ),
    Speaker(
        voice="es+f2",
        speed=165,
        pitch=55,
        text="Buenos días, gracias por llamar. Un momento, por favor, voy a comprobar su pedido."
        " El paquete llegará mañana por la tarde a la dirección que nos dio.",
    ),
    Speaker(
        voice="fr-fr+m3",
        speed=190,
        pitch=35,
        text="Bonjour, je vous écoute. Pouvez-vous me donner votre numéro de client? Je vérifie"
        " tout de suite. Votre colis est parti hier soir et sera livré demain matin.",
    ),
    Speaker(
        voice="pl+f4",
        speed=120,
        pitch=65,
        text="Dzień dobry, w czym mogę pomóc? Proszę podać numer zamówienia. Paczka została wysłana"
        " wczoraj wieczorem i powinna dotrzeć jutro przed południem.",
    ),
)

PUBLISHED = (
    "src/mnru/test_data/P501_D_EN_fm_SWB_48k.pcm",
    "src/mnru/test_data/P501_D_AM_fm_FB_48k.pcm",
)
"""Recordings of ITU-T P.501 in the STL, 16 bits little-endian, 48 kHz, about 6 s each."""


def voices(seconds: float = 12.0) -> dict[str, Signal]:
    """Six voices that read aloud for ``seconds``, by name, each at -26 dBov active level.

    The pauses of espeak-ng are digital silence; add a noise where that matters.
    """
    return {
        f"{speaker.voice} {speaker.speed}": at_active_level(reading(speaker, seconds), VOICE_DBOV)
        for speaker in SPEAKERS
    }


def published(folder: Path) -> dict[str, Signal]:
    """The recordings of ITU-T P.501 in a checkout of openitu/STL, as they are."""
    return {Path(name).stem: np.fromfile(folder / name, "<i2") / 32768 for name in PUBLISHED}


def reading(speaker: Speaker, seconds: float) -> Signal:
    """Let ``speaker`` read its text over and over for exactly ``seconds``, at espeak-ng's level."""
    once = _say(speaker)
    size = round(seconds * RATE)
    return np.tile(once, -(-size // once.size))[:size]


@functools.cache
def _say(speaker: Speaker) -> Signal:
    """Let espeak-ng say the text once.

    Raises:
        FileNotFoundError: espeak-ng is not installed.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "say.wav"
        options = ["-v", speaker.voice, "-s", str(speaker.speed), "-p", str(speaker.pitch)]
        command = ["espeak-ng", *options, "-w", str(path), speaker.text]
        subprocess.run(command, check=True, timeout=60, capture_output=True)
        with wave.open(str(path), "rb") as file:
            samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
            spoken: Signal = resample_poly(samples, RATE, file.getframerate())
    spoken.setflags(write=False)
    return spoken


def full_band(voice: Signal) -> Signal:
    """Give an espeak-ng voice hiss up to 20 kHz: its 4 to 11 kHz shifted up, and weaker."""
    spectrum = np.fft.rfft(voice)
    wide = spectrum.copy()
    hertz = voice.size / RATE

    def bins(khz: float) -> int:
        return round(khz * 1000 * hertz)

    for start, stop, source, gain in ((10.5, 16.5, 4.5, 0.7), (16.5, 20.0, 4.5, 0.5)):
        width = bins(stop) - bins(start)
        wide[bins(start) : bins(start) + width] = (
            gain * spectrum[bins(source) : bins(source) + width]
        )
    return np.fft.irfft(wide, voice.size)


def at_active_level(voice: Signal, dbov: float) -> Signal:
    """Scale ``voice`` to this active speech level (ITU-T P.56)."""
    return voice * 10 ** ((dbov - active_level(voice, RATE).dbov) / 20)


def at_level(signal: Signal, dbov: float) -> Signal:
    """Scale ``signal`` to this root mean square over all of it."""
    return _unit(signal) * 10 ** (dbov / 20)


def white(size: int, random: np.random.Generator) -> Signal:
    """Hiss of equal power in every hertz."""
    return _unit(random.standard_normal(size))


def pink(size: int, random: np.random.Generator) -> Signal:
    """Rumble and hiss of equal power in every octave, from 20 Hz up."""
    spectrum = np.fft.rfft(random.standard_normal(size))
    spectrum /= np.sqrt(np.maximum(np.arange(spectrum.size), 20 * size / RATE))
    return _unit(np.fft.irfft(spectrum, size))


def fan(size: int, random: np.random.Generator) -> Signal:
    """A fan: low-passed hiss and three tones of its blades."""
    time = np.arange(size) / RATE
    hiss = _unit(lfilter([0.05], [1, -0.95], random.standard_normal(size)))
    return _unit(hiss + sum(0.5 * np.sin(2 * np.pi * f * time) for f in (117, 234, 351)))


def babble(size: int, random: np.random.Generator) -> Signal:
    """Twelve people at once: each voice twice, from anywhere in its text, equally loud."""
    crowd = np.zeros(size)
    for speaker in SPEAKERS * 2:
        one = at_active_level(reading(speaker, max(size / RATE, 1.0) + 1), 0)
        crowd += np.roll(one, random.integers(one.size))[:size]
    return _unit(crowd)


def hum(
    size: int, random: np.random.Generator, *, mains_hz: float = 50.0, lines: int = 8
) -> Signal:
    """Mains hum: ``lines`` multiples of the mains frequency, each weaker, in any phase."""
    time = np.arange(size) / RATE
    parts = np.zeros(size)
    for line in range(1, lines + 1):
        phase = random.uniform(0, 2 * np.pi)
        parts += np.sin(2 * np.pi * mains_hz * line * time + phase) / line
    return _unit(parts)


NOISES: dict[str, Noise] = {
    "white": white,
    "pink": pink,
    "fan": fan,
    "babble": babble,
    "hum": hum,
}
"""Every noise by its name: ``NOISES[name](size, random)``, root mean square 1.0."""


def _unit(signal: Signal) -> Signal:
    result: Signal = signal / np.std(signal)
    return result
