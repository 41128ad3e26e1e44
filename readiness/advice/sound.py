"""Advice about headset, microphone and room that several probes give."""

from __future__ import annotations

from typing import Final

from msgspec import structs

from readiness.advice import places
from readiness.model.measurement import Cost, Side, Tip
from readiness.model.text import N_

CHOOSE_MICROPHONE: Final = Tip(
    Cost.FREE,
    N_("Choose your headset as the microphone in the sound settings."),
    where=places.SOUND_INPUT,
)
CHOOSE_OUTPUT: Final = Tip(
    Cost.FREE,
    N_("Choose the headset as the output in the sound settings."),
    where=places.SOUND_OUTPUT,
)
RAISE: Final = Tip(
    Cost.FREE,
    N_("Raise the input volume in the sound settings."),
    when=(Side.BELOW,),
    where=places.SOUND_INPUT,
)
RAISE_ALWAYS: Final = structs.replace(RAISE, when=())
LOWER: Final = Tip(
    Cost.FREE,
    N_("Lower the input volume in the sound settings."),
    where=places.SOUND_INPUT,
)
AWAY: Final = Tip(Cost.FREE, N_("Move the microphone a little away from your mouth."))
SUPPRESSION_OFF: Final = Tip(
    Cost.FREE,
    N_("Switch off noise suppression for this microphone, then check again."),
    where=places.ENHANCEMENTS,
)
QUIETER: Final = Tip(Cost.FREE, N_("Close the window and the door and switch off fans and music."))
CLOSE_PROGRAMS: Final = Tip(
    Cost.FREE, N_("Close other programs, above all those that use sound or the camera.")
)
STRAIGHT_IN: Final = Tip(
    Cost.FREE, N_("Plug the headset into the computer itself, not into a hub or screen.")
)
ARM: Final = Tip(Cost.CHEAP, N_("A headset with a microphone arm hears less of the room."))
CORDED: Final = Tip(Cost.CHEAP, N_("A corded USB headset is what most employers ask for."))
OWN_SOUND_CARD: Final = Tip(
    Cost.CHEAP, N_("A headset with a USB plug brings a sound card of its own.")
)
WHICH_HEADSET: Final = Tip(
    Cost.ASK, N_("Ask the employer which headsets they accept, or whether they send one.")
)
ITS_PROGRAM: Final = Tip(
    Cost.FREE, N_("Look for it too in the program that came with the headset or computer.")
)
NOT_THE_RECEIVER: Final = Tip(
    Cost.FREE,
    N_("If the headset came with a USB cable too, use that instead of the receiver."),
)
