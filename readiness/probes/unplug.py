"""The plug: pulled and pushed back, it proves that the tested device is the one in the hand.

It cannot prove a cord: the plug may be a radio. That is asked, and stays an answer.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.advice import places, sound
from readiness.audio_link import link_class
from readiness.audio_link_words import Link
from readiness.audio_reasons import AUDIO_REASONS
from readiness.guided_take import Steps
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Cost, EvidenceKind, Metric, Shape, Tip
from readiness.model.text import N_
from readiness.ports import AudioDevice, Context, Probe, Prompt, Reason, Result, failed, measured

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE_S = 20.0
"""Until the plug is pulled or pushed back: time to find it behind a desk."""

STEP_S = 0.2
METHOD = "unplug-test"
ANSWER = "unplug-answer"
NO_PLUG = frozenset({Link.BLUETOOTH, Link.BUILT_IN, Link.VIRTUAL})
"""Switching such a device off would look like a pulled plug, or there is none to pull."""

UNPLUGGED = Metric(
    id="headset.unplugged",
    title=N_("Plug seen to go and to come back"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "Another plug was pulled than that of the microphone in use, or the microphone has"
                " none of its own."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Choose your headset as the microphone, then pull its own plug."),
            where=places.SOUND_INPUT,
        ),
        Tip(Cost.FREE, N_("Plug the headset straight into the computer.")),
        sound.CORDED,
    ),
)
CORD = Metric(
    id="headset.cord_followed",
    title=N_("The pulled cable ends at the headset"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_("The plug that was pulled belongs to a radio receiver; the headset is wireless."),
        ),
    ),
    advice=(
        sound.NOT_THE_RECEIVER,
        sound.CORDED,
        sound.WHICH_HEADSET,
    ),
)

# Translators: for each way in which the test with the plug fails, what was found and what to do.
UNPLUG_REASONS = {
    "step-skipped": Reason(
        what=N_("The test with the plug was skipped."),
        remedy=N_("Start it again when you can reach the plug."),
        cost=None,
    ),
    "still-there": Reason(
        what=N_("The headset is still there: its plug was not seen to go."),
        remedy=N_("Pull the plug of the headset that is named here, right at the computer."),
    ),
    "not-back": Reason(
        what=N_("The headset has not come back."),
        remedy=N_("Push the plug into the same socket and wait for the computer's sound."),
    ),
    "no-plug": Reason(
        what=N_("This device has no plug that could be pulled."),
        remedy=N_("Choose a headset that is plugged in, and try again."),
    ),
    "not-answered": Reason(
        what=N_("This question has not been answered."),
        remedy=N_("Answer it; only you can know."),
        cost=None,
    ),
}


def run(ctx: Context) -> Iterator[Result]:
    """See the device go, see it come, and ask where its cable ends. Nothing is recorded."""
    device = ctx.audio.chosen("input")
    link = link_class(device).value
    if link in NO_PLUG:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "no-plug", link=link.value)
    steps = Steps(ctx=ctx, values={"device": device.name})
    try:
        gone_s = steps.step(
            Prompt.UNPLUG,
            seconds=PATIENCE_S,
            act=lambda: _wait(ctx, device, here=False, fraction=0.0),
        )
    except CannotMeasure as why:
        if why.detail != "still-there":
            raise
        yield from steps.on_record(
            [
                measured(ctx, UNPLUGGED, value=False, method=METHOD, summary={"seen": why.detail}),
                failed(ctx, CORD, why.code, why.detail),
            ]
        )
        return
    back_s = steps.step(
        Prompt.PLUG_IN,
        seconds=PATIENCE_S,
        act=lambda: _wait(ctx, device, here=True, fraction=0.5),
    )
    summary = {"gone_after_s": round(gone_s, 1), "back_after_s": round(back_s, 1)}
    yield from steps.on_record(
        [measured(ctx, UNPLUGGED, value=True, method=METHOD, summary=summary)]
    )
    yield _cord(ctx, steps)
    ctx.progress(1.0)


def _cord(ctx: Context, steps: Steps) -> Result:
    answer = ctx.person.choose(Prompt.PLUG_IN, options=("yes", "no"), values=steps.values)
    if answer is None:
        return failed(ctx, CORD, FailureCode.SKIPPED, "not-answered")
    return measured(ctx, CORD, answer == "yes", method=ANSWER, kind=EvidenceKind.DECLARED)


def _wait(ctx: Context, device: AudioDevice, *, here: bool, fraction: float) -> float:
    """Look until the device is there, or is not; returns after how many seconds it was so.

    Raises:
        CannotMeasure: ``still-there`` or ``not-back``; or the sound system did not answer.
    """
    began = ctx.clock.monotonic()
    while (passed := ctx.clock.monotonic() - began) < PATIENCE_S:
        if is_here(ctx, device) is here:
            return passed
        ctx.progress(fraction + 0.5 * passed / PATIENCE_S)
        ctx.clock.sleep(STEP_S)
    raise CannotMeasure(FailureCode.UNSUPPORTED, "not-back" if here else "still-there")


def is_here(ctx: Context, device: AudioDevice) -> bool:
    """Whether the system lists the device, linked as before.

    A headset in the round socket leaves its sound card behind, which then has another port.
    """
    try:
        listed = ctx.audio.devices()
    except CannotMeasure as why:
        if why.detail == "no-sound-system":  # it was the only one
            return False
        raise
    link = link_class(device).value
    return any(
        (one.id, one.direction) == (device.id, device.direction) and link_class(one).value is link
        for one in listed
    )


PROBE = Probe(
    id="unplug",
    version=1,
    title=N_("Plug of the headset"),
    metrics=(UNPLUGGED, CORD),
    run=run,
    seconds=15,
    limit=400,
    methods={
        METHOD: N_("The plug was pulled and pushed back while the system's list was watched."),
        ANSWER: N_("The applicant's own answer, right after the plug was pulled."),
    },
    reasons={**AUDIO_REASONS, **UNPLUG_REASONS},
    optional=True,
)
