"""Why a figure of the voice is missing, in words: for a live take and for recordings alike."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.advice import places, sound
from readiness.model.text import N_
from readiness.ports import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

# Translators: for each thing that can go wrong in a recording, what was found and what to do.
TAKE_REASONS: Final[Mapping[str, Reason]] = {
    "step-skipped": Reason(
        what=N_("The recording was skipped."),
        remedy=N_("Start this check again when you are ready to speak."),
        cost=None,
    ),
    "constant": Reason(
        what=N_("The recording holds no sound, only one constant value."),
        remedy=N_("Choose the microphone that you speak into, and record again."),
        where=places.SOUND_INPUT,
        tips=(sound.CORDED,),
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
        where=places.BUSY,
        tips=(sound.STRAIGHT_IN, sound.CORDED),
    ),
    "eight-bit": Reason(
        what=N_("With 8 bits a sample everything quiet is lost, so noise cannot be measured."),
        remedy=N_("Record again with 16 or 24 bits a sample."),
    ),
    "gated-silence": Reason(
        what=N_("While you are quiet, the microphone sends nothing, so noise cannot be measured."),
        remedy=N_("Switch off noise suppression for this microphone and try again."),
        where=places.ENHANCEMENTS,
        tips=(sound.ITS_PROGRAM, sound.WHICH_HEADSET),
    ),
    "not-silent": Reason(
        what=N_("Someone spoke, or it was loud, in the part that was meant to be silent."),
        remedy=N_("Try again and stay quiet until you are asked to read."),
        tips=(sound.QUIETER,),
    ),
    "no-speech": Reason(
        what=N_("No speech was heard: the reading was hardly louder than the silence."),
        remedy=N_("Check that this is the microphone you speak into, and read aloud."),
        where=places.SOUND_INPUT,
        tips=(sound.RAISE_ALWAYS, sound.CORDED),
    ),
    "too-quiet": Reason(
        what=N_("The voice is so quiet that its level cannot be told."),
        remedy=N_("Raise the input volume in the sound settings and try again."),
        where=places.SOUND_INPUT,
        tips=(sound.CORDED, sound.WHICH_HEADSET),
    ),
    "one-channel": Reason(
        what=N_("The recording has one channel, so there are no two to compare."),
        remedy=N_("Nothing is wrong: a headset's microphone has one channel."),
        cost=None,
    ),
    "dead-channel": Reason(
        what=N_("One of the two channels carries nothing, so there are no two to compare."),
        remedy=N_("Nothing is wrong if it is a headset: its microphone has one channel."),
        cost=None,
    ),
    "gated-pauses": Reason(
        what=N_("Between the words there is nothing at all, so lost sound cannot be told apart."),
        remedy=N_("Switch off noise suppression for this microphone and try again."),
        where=places.ENHANCEMENTS,
        tips=(sound.ITS_PROGRAM, sound.WHICH_HEADSET),
    ),
    "no-sweep": Reason(
        what=N_("No recording of the test tone was handed over, so no echo was looked for."),
        remedy=N_("Name both with --played and --heard."),
    ),
    "no-voice-level": Reason(
        what=N_("Without the level of the voice, nothing can be said in proportion to it."),
        remedy=N_("Put right what is said about the voice level first, then try again."),
    ),
    "no-trace-of-the-sweep": Reason(
        what=N_(
            "Nothing of the test tone was found in the recording: either no echo comes back at"
            " all, or the tone was not played meanwhile."
        ),
        remedy=N_(
            "If you heard the tone in the headset, all is well; the check with the headset itself"
            " (readiness check) asks you and then says so."
        ),
        cost=None,
    ),
    "not-the-sweep": Reason(
        what=N_("What was played is not the test tone of this program, unchanged."),
        # Translators: "readiness sweep" is a command and stays as it is.
        remedy=N_("Write it with readiness sweep FILE, play that file, and name it as played."),
    ),
    "heard-too-short": Reason(
        what=N_("The recording of the test tone ends before an echo could have come."),
        remedy=N_("Record on for two seconds after the tone has ended."),
    ),
    "lossy-recording": Reason(
        what=N_("The recording was compressed with losses, which hides this kind of fault."),
        remedy=N_("Hand over the recording as WAV or FLAC, straight from where it was made."),
    ),
    "sndfile-missing": Reason(
        what=N_("The library that reads recordings (libsndfile) could not be loaded."),
        # Translators: libsndfile1 is the name of a Debian package and stays as it is.
        remedy=N_("Install the package libsndfile1 with your system's software manager."),
    ),
}
