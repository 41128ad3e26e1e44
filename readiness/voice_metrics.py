"""The metrics of the voice, and why one may be missing: for a live take and for recordings alike.

How each is found stands in ``docs/methods/voice.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.model.measurement import Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Reason

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

# Translators: for each thing that can go wrong in a recording, what was found and what to do.
TAKE_REASONS: Final[Mapping[str, Reason]] = {
    "step-skipped": Reason(
        what=N_("The recording was skipped."),
        remedy=N_("Start this check again when you are ready to speak."),
    ),
    "muted": Reason(
        what=N_("The microphone is muted."),
        remedy=N_("Switch it on at the headset's cable and in the sound settings; try again."),
    ),
    "all-zero": Reason(
        what=N_(
            "The microphone delivered no sound at all, not even the noise of a quiet room: it is"
            " muted, or the system does not let this program hear it."
        ),
        remedy=N_(
            "Switch the headset's mute button off and allow the microphone in the system's privacy"
            " settings."
        ),
    ),
    "constant": Reason(
        what=N_("The recording holds no sound, only one constant value."),
        remedy=N_("Choose the microphone that you speak into, and record again."),
    ),
    "not-finite": Reason(
        what=N_("The recording holds values that are no numbers; a program or a driver is faulty."),
        remedy=N_("Record again with another program, as 16-bit or 24-bit WAV."),
    ),
    "beyond-full-scale": Reason(
        what=N_("The recording's values go far beyond full scale, so its level means nothing."),
        remedy=N_("Save it as 16-bit or 24-bit WAV and try again."),
    ),
    "too-short": Reason(
        what=N_("The recording is too short to measure it."),
        remedy=N_("Be silent for 5 seconds and read aloud for 10."),
    ),
    "interrupted": Reason(
        what=N_("The recording has holes: the computer lost some of the sound."),
        remedy=N_("Close other programs and try again."),
    ),
    "eight-bit": Reason(
        what=N_("With 8 bits a sample everything quiet is lost, so noise cannot be measured."),
        remedy=N_("Record again with 16 or 24 bits a sample."),
    ),
    "gated-silence": Reason(
        what=N_("While you are quiet, the microphone sends nothing, so noise cannot be measured."),
        remedy=N_("Switch off noise suppression for this microphone and try again."),
    ),
    "not-silent": Reason(
        what=N_("Someone spoke, or it was loud, in the part that was meant to be silent."),
        remedy=N_("Try again and stay quiet until you are asked to read."),
    ),
    "no-speech": Reason(
        what=N_("No speech was heard: the reading was hardly louder than the silence."),
        remedy=N_("Check that this is the microphone you speak into, and read aloud."),
    ),
    "too-quiet": Reason(
        what=N_("The voice is so quiet that its level cannot be told."),
        remedy=N_("Raise the input volume in the sound settings and try again."),
    ),
    "sndfile-missing": Reason(
        what=N_("The library that reads recordings (libsndfile) could not be loaded."),
        # Translators: libsndfile1 is the name of a Debian package and stays as it is.
        remedy=N_("Install the package libsndfile1 with your system's software manager."),
    ),
}
