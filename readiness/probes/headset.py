"""The headset: how it is linked to the computer, and how the system has set it up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.audio_link import link_class
from readiness.audio_name import product_name
from readiness.audio_reasons import AUDIO_REASONS
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cost, Metric, Shape, Tip
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
    advice=(
        Tip(Cost.FREE, N_("Choose your headset as the microphone in the sound settings.")),
        Tip(Cost.FREE, N_("If your headset has a cable, use the cable instead of Bluetooth.")),
        Tip(Cost.CHEAP, N_("A corded USB headset is what most employers ask for.")),
    ),
)
MICROPHONE = Metric(id="headset.microphone", title=N_("Microphone in use"), shape=Shape.TEXT)
MUTED = Metric(
    id="headset.muted",
    title=N_("Microphone muted"),
    shape=Shape.YES_NO,
    advice=(Tip(Cost.FREE, N_("Switch the microphone on in the sound settings.")),),
)
VOLUME = Metric(
    id="headset.volume",
    title=N_("Microphone volume setting"),
    unit="%",
    resolution=1,
    advice=(Tip(Cost.FREE, N_("Raise the input volume in the sound settings.")),),
)
SAMPLE_RATE = Metric(
    id="headset.sample_rate",
    title=N_("Microphone sampling rate"),
    unit="kHz",
    resolution=0.1,
    advice=(Tip(Cost.FREE, N_("Use the cable: Bluetooth narrows the voice.")),),
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
