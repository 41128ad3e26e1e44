"""The guided steps in words, for window and terminal alike: what to do, and what is asked after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.model.text import N_
from readiness.ports import Prompt

if TYPE_CHECKING:
    from collections.abc import Mapping

# Translators: for each guided step, what the person is asked to do, as a headline.
HEADLINES: Final[Mapping[Prompt, str]] = {
    Prompt.STAY_SILENT: N_("Be quiet for a moment"),
    Prompt.READ_ALOUD: N_("Read this aloud, as if to a customer"),
    Prompt.LISTEN: N_("Listen, without speaking"),
    Prompt.SPEAK_UP: N_("Read the same again, as loud as you ever get"),
    Prompt.ROOM_SILENT: N_("Be quiet, and let the room be as it is"),
    Prompt.UNPLUG: N_("Pull out the plug of your headset"),
    Prompt.PLUG_IN: N_("Push the plug back in"),
    Prompt.DIAL_TONE: N_("Lift the receiver and hold it to the microphone"),
    Prompt.KEYPAD: N_("Press these digits on the telephone: {code}"),
    Prompt.POWER_OFF: N_("Unplug the telephone's power adapter, then lift the receiver"),
    Prompt.TYPE: N_("Type this text"),
    Prompt.ARITHMETIC: N_("A little arithmetic"),
    Prompt.GRAMMAR: N_("Which one is right?"),
    Prompt.GREETING: N_("Answer the telephone"),
}

# Translators: for each guided step, further words under the headline. {seconds} is a number.
NOTES: Final[Mapping[Prompt, str]] = {
    Prompt.STAY_SILENT: N_("For {seconds} seconds, with the room as it is."),
    Prompt.READ_ALOUD: N_("For {seconds} seconds, in your usual voice."),
    Prompt.LISTEN: N_(
        "A rising tone is played for {seconds} seconds on {output}, first on one side, then on the"
        " other. Keep the headset on, as for a call."
    ),
    Prompt.SPEAK_UP: N_("For {seconds} seconds, as to a customer who hears badly."),
    Prompt.ROOM_SILENT: N_(
        "For {seconds} seconds. Do not wait for a quiet moment: what your customers would hear in"
        " the background is what is looked for."
    ),
    Prompt.UNPLUG: N_("You have {seconds} seconds. The headset that is meant: {device}."),
    Prompt.PLUG_IN: N_("You have {seconds} seconds. Use the same socket."),
    Prompt.DIAL_TONE: N_("For {seconds} seconds, the ear piece close to the microphone."),
    Prompt.KEYPAD: N_(
        "You have {seconds} seconds. Hold the receiver to the microphone and press each digit for"
        " about half a second."
    ),
    Prompt.POWER_OFF: N_(
        "For {seconds} seconds, the ear piece close to the microphone. Plug the adapter in again"
        " afterwards."
    ),
    Prompt.TYPE: N_(
        "The time begins with your first key and ends after {seconds} seconds. What you have typed"
        " by then counts; you need not reach the end."
    ),
    Prompt.ARITHMETIC: N_("As calls need it. Take your time, and paper if you like."),
    Prompt.GRAMMAR: N_("Take your time. The rule is explained after each answer."),
    Prompt.GREETING: N_(
        "You have {seconds} seconds. Then you can hear yourself as a customer would, and try again"
        " as often as you like. Nothing of it is stored."
    ),
}

# Translators: what is asked after a guided step.
QUESTIONS: Final[Mapping[Prompt, str]] = {
    Prompt.LISTEN: N_("On which side did you hear the first tone?"),
    Prompt.UNPLUG: N_("Does the cable that you just pulled end at your headset?"),
    Prompt.PLUG_IN: N_("Does the cable that you just pulled end at your headset?"),
    Prompt.GREETING: N_("Your greeting is recorded"),
}

# Translators: why it is asked.
QUESTION_NOTES: Final[Mapping[Prompt, str]] = {
    Prompt.LISTEN: N_("Two tones were played. The first one came on one side only."),
    Prompt.UNPLUG: N_("The computer cannot see the cable, only its plug. Nobody but you can tell."),
    Prompt.PLUG_IN: N_(
        "The computer cannot see the cable, only its plug. Nobody but you can tell."
    ),
    Prompt.GREETING: N_("Was the company to be understood? The name? Did it sound like a smile?"),
}

PICTURES: Final[Mapping[Prompt, str]] = {
    Prompt.LISTEN: "headset-headband",
    Prompt.UNPLUG: "headset-unplug",
    Prompt.PLUG_IN: "headset-plug-in",
    Prompt.DIAL_TONE: "phone-listen",
    Prompt.KEYPAD: "phone-keypad",
    Prompt.POWER_OFF: "phone-unplug",
    Prompt.GREETING: "phone-listen",
}
"""The drawing that helps where there are no words to read aloud."""

# Translators: answers to choose from after a guided step.
ANSWERS: Final[Mapping[str, str]] = {
    "left": N_("On the left"),
    "right": N_("On the right"),
    "both": N_("On both sides"),
    "none": N_("I heard nothing"),
    "yes": N_("Yes"),
    "no": N_("No"),
    "again": N_("Record it again"),
    "go-on": N_("Go on"),
}
