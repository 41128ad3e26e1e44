"""The metrics of the voice, for a live take and for recordings alike.

How each is found stands in ``docs/methods/voice.md``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from msgspec import structs

from readiness.advice import places, sound
from readiness.model.measurement import Cause, Cost, Metric, Side, Tip
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
    causes=(
        Cause(
            N_(
                "The microphone is far from your mouth, or its input volume is low. Speak into it"
                " from close by: if the level rises into the marked zone, it was the distance."
            ),
            when=(Side.BELOW,),
        ),
        Cause(
            N_(
                "The input volume is high, or the microphone sits right before your mouth. Move it"
                " away: if the level hardly falls, it is the input volume."
            ),
            when=(Side.ABOVE,),
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Bring the microphone two fingers from the corner of your mouth."),
            when=(Side.BELOW,),
        ),
        sound.RAISE,
        structs.replace(sound.LOWER, when=(Side.ABOVE,)),
        structs.replace(sound.AWAY, when=(Side.ABOVE,)),
        sound.CORDED,
        sound.WHICH_HEADSET,
    ),
)
NOISE = Metric(
    id="voice.noise",
    title=N_("Background noise"),
    unit="dBov",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "A fan, a window, music or the computer itself is heard. Switch one after the other"
                " off and look at the level: what makes it fall is the reason."
            )
        ),
    ),
    advice=(sound.QUIETER, sound.ARM, sound.WHICH_HEADSET),
)
SNR = Metric(
    id="voice.snr",
    # Translators: how many decibels the voice is louder than the background noise.
    title=N_("Voice above noise"),
    unit="dB",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "The voice is quiet or the room is loud. If the row about the voice level is met,"
                " it is the room."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Bring the microphone closer and move away from what is noisy.")),
        sound.QUIETER,
        sound.ARM,
        sound.WHICH_HEADSET,
    ),
)
CLIPPING = Metric(
    id="voice.clipping",
    # Translators: the share of the recording that is cut off because it was too loud.
    title=N_("Overdriven part of the voice"),
    unit="%",
    resolution=0.01,
    causes=(
        Cause(
            N_(
                "The voice is louder than the microphone can take: the input volume is high, or the"
                " microphone is close. It sounds harsh in your own recording."
            )
        ),
    ),
    advice=(sound.LOWER, sound.AWAY, sound.OWN_SOUND_CARD),
)
BANDWIDTH = Metric(
    id="voice.bandwidth",
    # Translators: up to which frequency a recording holds anything.
    title=N_("Bandwidth of the voice"),
    unit="kHz",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "Bluetooth narrows the voice while the microphone is in use, and so does a low"
                " recording format. If it is wider by cable, it was Bluetooth."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Connect the headset by its cable: Bluetooth narrows the voice.")),
        Tip(
            Cost.FREE,
            N_("Choose the best quality for the microphone in the sound settings."),
            where=places.SOUND_FORMAT,
        ),
        sound.CORDED,
        sound.WHICH_HEADSET,
    ),
)
HUM = Metric(
    id="voice.hum",
    # Translators: how many decibels the hum of the mains (50 or 60 Hz) is quieter than the voice.
    title=N_("Mains hum below the voice"),
    unit="dB",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "The mains current of a charger, a lamp or a power cable gets into the"
                " microphone's cable. Unplug them one after the other and check again."
            )
        ),
    ),
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
    causes=(
        Cause(
            N_(
                "The headset, its own program or the system holds noise down while you are silent."
                " That helps in a call, but hides how loud the room is."
            )
        ),
    ),
    advice=(
        sound.SUPPRESSION_OFF,
        sound.ITS_PROGRAM,
        Tip(Cost.ASK, N_("Ask the employer whether noise suppression is welcome.")),
    ),
)
OFFSET = Metric(
    id="voice.dc_offset",
    # Translators: how far the resting point of the microphone's signal lies off its middle.
    title=N_("Constant offset of the microphone"),
    unit="%",
    resolution=0.01,
    causes=(
        Cause(
            N_(
                "The sound card of the computer or of the headset is a little off. If the offset"
                " is gone at another socket, it was the socket."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Plug the headset into another socket and check again.")),
        sound.OWN_SOUND_CARD,
    ),
)
DROPOUTS = Metric(
    id="voice.dropouts",
    # Translators: how often some of the sound of a recording was lost.
    title=N_("Interruptions of the recording"),
    resolution=1,
    causes=(
        Cause(
            N_(
                "The computer was too busy to take all of the sound, or the way to the headset is"
                " poor: Bluetooth, a hub, a worn plug."
            )
        ),
    ),
    advice=(sound.CLOSE_PROGRAMS, sound.STRAIGHT_IN, sound.CORDED, sound.WHICH_HEADSET),
)
ECHO = Metric(
    id="voice.echo",
    # Translators: how many decibels the caller's own voice comes back quieter than the applicant's.
    title=N_("Echo below the voice"),
    unit="dB",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "The microphone hears what comes out of the loudspeaker or leaks from the headset."
                " If it is gone at a lower volume, it leaks from the headset."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Choose the headset as the output, not the computer's loudspeaker."),
            where=places.SOUND_OUTPUT,
        ),
        Tip(Cost.FREE, N_("Turn the headset's volume down a little.")),
        Tip(Cost.CHEAP, N_("A headset whose cushions close around the ear leaks less sound.")),
    ),
)
BALANCE = Metric(
    id="voice.balance",
    title=N_("Left channel louder than right"),
    unit="dB",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "The microphone's balance was moved, or its plug does not make good contact. A"
                " headset's microphone has one channel only, so look whether the right one is used."
            )
        ),
    ),
    advice=(
        sound.CHOOSE_MICROPHONE,
        Tip(Cost.FREE, N_("Set the microphone's balance to the middle in the sound settings.")),
        sound.OWN_SOUND_CARD,
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
