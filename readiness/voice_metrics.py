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
BANDWIDTH = Metric(
    id="voice.bandwidth",
    # Translators: up to which frequency a recording holds anything.
    title=N_("Bandwidth of the voice"),
    unit="kHz",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Connect the headset by its cable: Bluetooth narrows the voice.")),
        Tip(Cost.FREE, N_("Choose the best quality for the microphone in the sound settings.")),
    ),
)
HUM = Metric(
    id="voice.hum",
    # Translators: how many decibels the hum of the mains (50 or 60 Hz) is quieter than the voice.
    title=N_("Mains hum below the voice"),
    unit="dB",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Keep the headset's cable away from chargers and power cables.")),
        Tip(Cost.FREE, N_("Unplug the laptop's charger for a moment and see whether it hums on.")),
        Tip(Cost.CHEAP, N_("A headset with a USB plug picks up less hum than one with a jack.")),
    ),
)
SUPPRESSION = Metric(
    id="voice.suppression",
    # Translators: how far a program or the headset holds the noise down while nobody speaks.
    title=N_("Noise suppression at work"),
    unit="dB",
    resolution=0.1,
    advice=(Tip(Cost.FREE, N_("Switch off noise suppression for this microphone to see more.")),),
)
OFFSET = Metric(
    id="voice.dc_offset",
    # Translators: how far the resting point of the microphone's signal lies off its middle.
    title=N_("Constant offset of the microphone"),
    unit="%",
    resolution=0.01,
    advice=(
        Tip(Cost.FREE, N_("Plug the headset into another socket and check again.")),
        Tip(Cost.CHEAP, N_("A headset with a USB plug brings a sound card of its own.")),
    ),
)
DROPOUTS = Metric(
    id="voice.dropouts",
    # Translators: how often some of the sound of a recording was lost.
    title=N_("Interruptions of the recording"),
    resolution=1,
    advice=(
        Tip(Cost.FREE, N_("Close other programs, above all those that use sound or the camera.")),
        Tip(Cost.FREE, N_("Plug the headset into the computer itself, not into a hub or screen.")),
    ),
)
ECHO = Metric(
    id="voice.echo",
    # Translators: how many decibels the caller's own voice comes back quieter than the applicant's.
    title=N_("Echo below the voice"),
    unit="dB",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Choose the headset as the output, not the computer's loudspeaker.")),
        Tip(Cost.FREE, N_("Turn the headset's volume down a little.")),
        Tip(Cost.CHEAP, N_("A headset whose cushions close around the ear leaks less sound.")),
    ),
)
BALANCE = Metric(
    id="voice.balance",
    title=N_("Left channel louder than right"),
    unit="dB",
    resolution=0.1,
    advice=(
        Tip(Cost.FREE, N_("Set the microphone's balance to the middle in the sound settings.")),
    ),
)
METRICS = (
    LEVEL,
    NOISE,
    SNR,
    SUPPRESSION,
    CLIPPING,
    BANDWIDTH,
    HUM,
    DROPOUTS,
    OFFSET,
    BALANCE,
)
"""What a silence and a reading tell, in the order in which it is shown."""
