"""The headset: how it is linked to the computer, and how the system has set it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import structs

from readiness.advice import places, sound
from readiness.audio_link import link_class
from readiness.audio_name import product_name
from readiness.audio_reasons import AUDIO_REASONS
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Shape, Side, Tip
from readiness.model.text import N_
from readiness.ports import AudioDevice, Context, Probe, Result, failed, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

LINK = Metric(
    id="headset.link",
    title=N_("Headset connection"),
    shape=Shape.CHOICE,
    labels={
        "bluetooth": N_("Bluetooth"),
        # Translators: a small radio plug for a wireless headset that is not plain Bluetooth.
        "dongle": N_("wireless receiver in the USB socket"),
        "usb-corded": N_("USB cable, a headset known to be corded"),
        "usb-unknown": N_("USB, cord not visible"),
        # Translators: the round 3.5 mm socket for headsets.
        "jack": N_("round audio socket"),
        "built-in": N_("built into the computer"),
        # Translators: a sound device that exists only as software.
        "virtual": N_("software only"),
        "unknown": N_("cannot be told"),
    },
    causes=(
        Cause(
            N_(
                "The microphone in use is connected by Bluetooth. In a call that narrows the voice,"
                " and its battery may not last a shift."
            ),
            when=("bluetooth",),
        ),
        Cause(
            N_(
                "The plug in the USB socket is a radio receiver: the headset is wireless, although"
                " it looks like USB. If you can walk away with the headset on, it is so."
            ),
            when=("dongle",),
        ),
        Cause(
            N_(
                "The computer sees a USB plug, but not whether a cord or a radio receiver is behind"
                " it. Follow the cord with your hand: does it end at the headset?"
            ),
            when=("usb-unknown",),
        ),
        Cause(
            N_(
                "The headset is in the round audio socket. The computer cannot see what is at the"
                " other end of that plug, and its own sound card is often poor."
            ),
            when=("jack",),
        ),
        Cause(
            N_(
                "The computer's own microphone is in use: no headset is plugged in, or another"
                " device was chosen than the headset."
            ),
            when=("built-in",),
        ),
        Cause(
            N_(
                "A microphone that exists only as software is in use. A program for filters or"
                " changed voices has put it in place of the real one."
            ),
            when=("virtual",),
        ),
        Cause(N_("The system does not tell how this microphone is connected."), when=("unknown",)),
        Cause(N_("The headset is connected in another way than is asked.")),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("If the headset has a cable too, plug that in and switch Bluetooth off."),
            when=("bluetooth",),
            where=places.BLUETOOTH,
        ),
        structs.replace(sound.NOT_THE_RECEIVER, when=("dongle",)),
        Tip(
            Cost.FREE,
            N_("Answer the question about the headset's cable, or make the test with the plug."),
            when=("usb-unknown", "jack"),
        ),
        Tip(
            Cost.FREE,
            N_("If a USB adapter came with the headset, plug it in by that."),
            when=("jack",),
        ),
        Tip(
            Cost.FREE,
            N_("Plug your headset in and wait a few seconds."),
            when=("built-in", "unknown"),
        ),
        structs.replace(
            sound.CHOOSE_MICROPHONE,
            when=("built-in", "virtual", "unknown", "usb-corded", "bluetooth", "dongle"),
        ),
        Tip(
            Cost.FREE,
            N_("Quit programs for noise filters or changed voices, then check again."),
            when=("virtual",),
        ),
        sound.CORDED,
        sound.WHICH_HEADSET,
    ),
)
MICROPHONE = Metric(
    id="headset.microphone",
    title=N_("Microphone in use"),
    shape=Shape.TEXT,
    causes=(Cause(N_("Another microphone is in use than the one that is asked.")),),
    advice=(sound.CHOOSE_MICROPHONE, sound.WHICH_HEADSET),
)
MUTED = Metric(
    id="headset.muted",
    title=N_("Microphone muted"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "A button at the headset or its cable mutes the microphone, or the sound settings"
                " do. At the headset a small red light often shows it."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Press the mute button at the headset or its cable.")),
        Tip(
            Cost.FREE,
            N_("Switch the microphone on in the sound settings."),
            where=places.SOUND_INPUT,
        ),
        Tip(Cost.CHEAP, N_("If it stays mute in every socket, another headset is due.")),
    ),
)
VOLUME = Metric(
    id="headset.volume",
    title=N_("Microphone volume setting"),
    unit="%",
    resolution=1,
    causes=(
        Cause(
            N_("The input volume is set low, by hand or by a program for calls."),
            when=(Side.BELOW,),
        ),
        Cause(
            N_("The input volume is set high, by hand or by a program for calls."),
            when=(Side.ABOVE,),
        ),
    ),
    advice=(
        sound.RAISE,
        structs.replace(sound.LOWER, when=(Side.ABOVE,)),
        Tip(
            Cost.FREE,
            N_("If it changes by itself, switch the automatic volume off in the call program."),
        ),
        sound.OWN_SOUND_CARD,
    ),
)
SAMPLE_RATE = Metric(
    id="headset.sample_rate",
    title=N_("Microphone sampling rate"),
    unit="kHz",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "Bluetooth uses a low rate while the microphone is in use; otherwise a low rate is"
                " set in the sound settings."
            ),
            when=(Side.BELOW,),
        ),
        Cause(N_("A higher rate is set than is asked."), when=(Side.ABOVE,)),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Use the cable: Bluetooth narrows the voice."),
            when=(Side.BELOW,),
        ),
        Tip(
            Cost.FREE,
            N_("Choose a rate of 48 kHz (48000 Hz) for the microphone."),
            where=places.SOUND_FORMAT,
        ),
        sound.CORDED,
        sound.WHICH_HEADSET,
    ),
)

UNNAMED = "-"


def run(ctx: Context) -> Iterator[Result]:
    """Look at the chosen microphone. Nothing is recorded."""
    ctx.progress(0.0)
    device = ctx.audio.chosen("input")
    found = link_class(device)
    named = (("product", found.product), ("listed_by", found.listed_by))
    yield reported(
        ctx,
        LINK,
        found.value.value,
        method="audio-device-facts",
        how_sure=found.how_sure.value,
        why=found.why,
        rests_on=found.basis.value,
        **{key: said for key, said in named if said},
    )
    yield reported(
        ctx, MICROPHONE, product_name(device.name) or UNNAMED, method="audio-device-settings"
    )
    yield from _settings(ctx, device)
    ctx.progress(1.0)


def _settings(ctx: Context, device: AudioDevice) -> Iterator[Result]:
    rate = device.rate / 1000 if device.rate else None  # Hz => kHz
    for metric, value in ((MUTED, device.muted), (VOLUME, device.volume), (SAMPLE_RATE, rate)):
        if value is None:
            yield failed(ctx, metric, FailureCode.UNSUPPORTED, "not-told")
        else:
            yield reported(ctx, metric, value, method="audio-device-settings")


PROBE = Probe(
    id="headset",
    version=2,
    title=N_("Headset"),
    metrics=(LINK, MICROPHONE, MUTED, VOLUME, SAMPLE_RATE),
    run=run,
    seconds=1,
    limit=15,
    methods={
        "audio-device-facts": N_(
            "The connection as the system describes it, compared with a table of USB devices."
        ),
        "audio-device-settings": N_("The sound settings of the system, read and not changed."),
    },
    reasons=AUDIO_REASONS,
)
