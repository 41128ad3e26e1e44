"""More than ten minutes of speech, for what must never be heard in a voice.

Many voices, also high, low, hoarse and whispering ones, in nine languages.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scipy.signal import resample_poly

from bench.voice.voices import RATE, Speaker, reading

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    Signal = NDArray[np.float64]

NARROW_RATE = 8000

ENGLISH = (
    "The birch canoe slid on the smooth planks. Glue the sheet to the dark blue background. It is"
    " easy to tell the depth of a well. These days a chicken leg is a rare dish. Rice is often"
    " served in round bowls. The juice of lemons makes fine punch. The box was thrown beside the"
    " parked truck. The hogs were fed chopped corn and garbage. Four hours of steady work faced"
    " us. A large size in stockings is hard to sell. The boy was there when the sun rose. A rod is"
    " used to catch pink salmon. Kick the ball straight and follow through. Help the woman get"
    " back to her feet. A pot of tea helps to pass the evening. Smoky fires lack flame and heat."
)
TEXTS = {
    "de": "Am Montag regnete es in Strömen, und niemand ging aus dem Haus. Die Straßenbahn hält an"
    " der nächsten Ecke. Können Sie mir bitte Ihre Kundennummer nennen? Eins, zwei, drei, vier,"
    " fünf, sechs, sieben, acht, neun, null.",
    "es": "El perro corre por la orilla del río mientras los niños juegan en la arena. ¿Puede"
    " usted repetir su número de pedido, por favor? Uno, dos, tres, cuatro, cinco, seis, siete,"
    " ocho, nueve, cero.",
    "fr-fr": "Le petit chat dort sur le canapé pendant que la pluie tombe. Pouvez-vous me donner"
    " votre numéro de commande, s'il vous plaît? Un, deux, trois, quatre, cinq, six, sept, huit,"
    " neuf, zéro.",
    "it": "La nonna prepara il pane ogni mattina prima delle sei. Può ripetere il suo numero, per"
    " favore? Uno, due, tre, quattro, cinque, sei, sette, otto, nove, zero.",
    "pl": "W poniedziałek padał deszcz i nikt nie wychodził z domu. Proszę podać numer zamówienia."
    " Jeden, dwa, trzy, cztery, pięć, sześć, siedem, osiem, dziewięć, zero.",
    "cmn": "今天天气很好,我们去公园散步。请告诉我您的订单号码。"
    "一二三四五六七八九零。谢谢您的来电,再见。",
    "hi": "आज मौसम बहुत अच्छा है। कृपया अपना ऑर्डर नंबर बताइए। एक दो तीन चार पाँच छह सात आठ नौ शून्य।",
    "sv": "Solen skiner över sjön och barnen badar. Kan ni upprepa ert ordernummer? Ett, två, tre,"
    " fyra, fem, sex, sju, åtta, nio, noll.",
}
VOICES = (
    ("en-gb", 150, 50),
    ("en-us+f3", 170, 70),
    ("en-us+f2", 140, 99),
    ("en-gb+m3", 130, 20),
    ("en-us+f5", 190, 95),
    ("en-gb+f4", 120, 85),
    ("en-us+m7", 160, 60),
    ("en-us+croak", 140, 50),
    ("en-us+whisper", 140, 50),
    ("de", 150, 50),
    ("de+f2", 150, 99),
    ("es+f2", 170, 90),
    ("es", 150, 40),
    ("fr-fr+f3", 150, 80),
    ("it+f4", 160, 99),
    ("pl", 150, 60),
    ("cmn+f2", 150, 90),
    ("hi+f3", 150, 80),
    ("sv+f1", 150, 99),
)
SECONDS_EACH = 32.0


def talkers(seconds_each: float = SECONDS_EACH) -> Iterator[tuple[str, Signal]]:
    """Each voice by its name, 8 kHz, for ``seconds_each``: together 10 minutes and 8 seconds."""
    for voice, speed, pitch in VOICES:
        text = TEXTS.get(voice.split("+", maxsplit=1)[0], ENGLISH)
        speaker = Speaker(voice=voice, speed=speed, pitch=pitch, text=text)
        yield voice, resample_poly(reading(speaker, seconds_each), NARROW_RATE, RATE)
