"""The metrics of the voice, for a live take and for recordings alike.

How each is found stands in ``docs/methods/voice.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.model.measurement import Cost, Metric, Tip
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

GUIDED = "guided-take"
"""Evidence method of what was recorded under this program's eyes."""

RECORDINGS = "recordings"
"""Evidence method of what was recorded elsewhere and handed over as files."""

VOICE_METHODS: Final[Mapping[str, str]] = {
    GUIDED: N_(
        "A guided recording, first silent, then read aloud: active speech level after ITU-T"
        " P.56. The recording is never stored."
    ),
    RECORDINGS: N_(
        "Measured in recordings that were made elsewhere; nobody watched how. Active speech level"
        " after ITU-T P.56."
    ),
}

LEVEL = Metric(
    id="voice.level",
    title=N_("Voice level"),
    unit="dBov",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Bring the microphone two fingers from the corner of your mouth.")),
        Tip(Cost.FREE, N_("Change the input volume in the sound settings, then check again.")),
    ),
)
NOISE = Metric(
    id="voice.noise",
    title=N_("Background noise"),
    unit="dBov",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Close the window and the door and switch off fans and music.")),
        Tip(Cost.CHEAP, N_("A headset with a microphone arm hears less of the room.")),
    ),
)
SNR = Metric(
    id="voice.snr",
    # Translators: how many decibels the voice is louder than the background noise.
    title=N_("Voice above noise"),
    unit="dB",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Bring the microphone closer and move away from what is noisy.")),
        Tip(Cost.FREE, N_("Close the window and the door and switch off fans and music.")),
        Tip(Cost.CHEAP, N_("A headset with a microphone arm hears less of the room.")),
    ),
)
CLIPPING = Metric(
    id="voice.clipping",
    # Translators: the share of the recording that is cut off because it was too loud.
    title=N_("Overdriven part of the voice"),
    unit="%",
    resolution=0.01,
    advice=(
        Tip(Cost.FREE, N_("Lower the input volume in the sound settings.")),
        Tip(Cost.FREE, N_("Move the microphone a little away from your mouth.")),
    ),
)
METRICS = (LEVEL, NOISE, SNR, CLIPPING)
"""All of them, in the order in which they are shown."""
