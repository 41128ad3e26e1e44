"""Why a figure of the voice is missing, in words: for a live take and for recordings alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.model.text import N_
from readiness.ports import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    "one-channel": Reason(
        what=N_("The recording has one channel, so there are no two to compare."),
        remedy=N_("Nothing is wrong: a headset's microphone has one channel."),
    ),
    "lossy-recording": Reason(
        what=N_("The recording was compressed with losses, which hides what was lost before."),
        remedy=N_("Hand over the recording as WAV or FLAC, straight from where it was made."),
    ),
    "sndfile-missing": Reason(
        what=N_("The library that reads recordings (libsndfile) could not be loaded."),
        # Translators: libsndfile1 is the name of a Debian package and stays as it is.
        remedy=N_("Install the package libsndfile1 with your system's software manager."),
    ),
}
