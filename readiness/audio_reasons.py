"""Why a sound device could not be used, in words: what every adapter and audio probe may say."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.advice import computer, places, sound
from readiness.model.measurement import Cost, Tip
from readiness.model.text import N_
from readiness.ports import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

RESTART = Tip(Cost.FREE, N_("Restart the computer and try again."))
BROKEN = Tip(Cost.CHEAP, N_("If it stays silent at another computer too, another headset is due."))
NEW_CORD = Tip(
    Cost.CHEAP, N_("If it happens whenever the cable moves, the cable or the headset is worn out.")
)

# Translators: for each thing that can go wrong with a microphone, what was found and what to do.
AUDIO_REASONS: Final[Mapping[str, Reason]] = {
    "no-sound-system": Reason(
        what=N_("This computer shows no sound device at all."),
        remedy=N_("Plug in your headset, wait a few seconds and try again."),
        tips=(computer.ANOTHER_SOCKET, sound.CORDED, sound.WHICH_HEADSET),
    ),
    "no-input": Reason(
        what=N_("No microphone was found."),
        remedy=N_("Plug in your headset, wait a few seconds and try again."),
        tips=(computer.ANOTHER_SOCKET, sound.CORDED, sound.WHICH_HEADSET),
    ),
    "no-output": Reason(
        what=N_("No loudspeaker or headphone was found."),
        remedy=N_("Plug in your headset, wait a few seconds and try again."),
        tips=(computer.ANOTHER_SOCKET, sound.CORDED, sound.WHICH_HEADSET),
    ),
    "not-found": Reason(
        what=N_("The sound device that was asked for is not here."),
        remedy=N_("Choose one of the devices that are listed, or plug it in again."),
        where=places.SOUND_INPUT,
    ),
    "not-listed": Reason(
        what=N_("The system's list of sound devices could not be read."),
        remedy=N_("Restart the computer and try again."),
    ),
    "not-told": Reason(
        what=N_("The system does not tell this about the device."),
        remedy=N_("Nothing is wrong; look it up in the sound settings if you need it."),
        cost=None,
        where=places.SOUND_INPUT,
    ),
    "sound-system-stalled": Reason(
        what=N_("The computer's sound system does not answer."),
        remedy=N_("Close programs that use sound, or restart the computer, and try again."),
        where=places.BUSY,
    ),
    "portaudio-missing": Reason(
        what=N_("The sound library PortAudio is not installed, so nothing can be recorded."),
        # Translators: libportaudio2 is the name of a Debian package and stays as it is.
        remedy=N_("Install the package libportaudio2 with your system's software manager."),
    ),
    "portaudio-fails": Reason(
        what=N_("The sound library PortAudio could not be started."),
        remedy=N_("Restart the computer and try again."),
    ),
    "pulse-plugin-missing": Reason(
        what=N_("The connection between the sound library and the sound server is missing."),
        # Translators: libasound2-plugins is the name of a Debian package and stays as it is.
        remedy=N_("Install the package libasound2-plugins with your system's software manager."),
    ),
    "device-gone": Reason(
        what=N_("The microphone disappeared before it could be opened."),
        remedy=N_("Plug it in again, wait a few seconds and try again."),
        tips=(computer.ANOTHER_SOCKET, NEW_CORD),
    ),
    "muted": Reason(
        what=N_("The microphone is muted."),
        remedy=N_("Switch it on at the headset's cable and in the sound settings; try again."),
        where=places.SOUND_INPUT,
        tips=(sound.WHICH_HEADSET,),
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
        where=places.MICROPHONE_PRIVACY,
        tips=(sound.CHOOSE_MICROPHONE, BROKEN, computer.LOCKED),
    ),
    "removed-during-take": Reason(
        what=N_("The microphone was unplugged while it was recording."),
        remedy=N_("Plug it in firmly and try again."),
        tips=(computer.ANOTHER_SOCKET, NEW_CORD),
    ),
    "moved-during-take": Reason(
        what=N_("The system changed to another microphone in the middle of the recording."),
        remedy=N_("Plug nothing in meanwhile, choose the headset in the sound settings, repeat."),
        where=places.SOUND_INPUT,
    ),
    "will-not-open": Reason(
        what=N_("The microphone could not be opened; another program may be using it."),
        remedy=N_("Close programs for calls and meetings and try again."),
        tips=(RESTART, computer.ANOTHER_SOCKET),
    ),
    "microphone-denied": Reason(
        what=N_("The system does not allow this program to use the microphone."),
        remedy=N_("Allow it in the system's privacy settings under Microphone and try again."),
        where=places.MICROPHONE_PRIVACY,
        tips=(computer.LOCKED,),
    ),
    "output-gone": Reason(
        what=N_("The loudspeaker or headphone disappeared before it could be opened."),
        remedy=N_("Plug it in again, wait a few seconds and try again."),
        tips=(computer.ANOTHER_SOCKET, NEW_CORD),
    ),
    "output-removed": Reason(
        what=N_("The loudspeaker or headphone was unplugged while it was playing."),
        remedy=N_("Plug it in firmly and try again."),
        tips=(computer.ANOTHER_SOCKET, NEW_CORD),
    ),
    "output-moved": Reason(
        what=N_("The system changed to another loudspeaker while something was played."),
        remedy=N_("Plug nothing in meanwhile, choose the headset in the sound settings, repeat."),
        where=places.SOUND_OUTPUT,
    ),
    "output-muted": Reason(
        what=N_("The loudspeaker or headphone is muted, so nothing can be heard from it."),
        remedy=N_("Switch its sound on at the headset and in the sound settings; try again."),
        where=places.SOUND_OUTPUT,
    ),
    "output-will-not-open": Reason(
        what=N_("The loudspeaker or headphone could not be opened."),
        remedy=N_("Close programs for calls and meetings and try again."),
        tips=(RESTART, computer.ANOTHER_SOCKET),
    ),
    "both-will-not-open": Reason(
        what=N_(
            "The headset would not play and record at the same time; another program may be using"
            " it."
        ),
        remedy=N_("Close programs for calls and meetings and try again."),
        tips=(RESTART, computer.ANOTHER_SOCKET),
    ),
    "loudspeaker-no-consent": Reason(
        what=N_("No sound was played, because you did not agree to it."),
        remedy=N_("Start the check again and agree to a sound being played."),
        cost=None,
    ),
    "no-consent": Reason(
        what=N_("The microphone was not used, because you did not agree to it."),
        remedy=N_("Start the check again and agree to the use of the microphone."),
        cost=None,
    ),
}
