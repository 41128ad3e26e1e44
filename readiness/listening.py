"""The listening step: a sweep for each ear, its echo in the microphone, and which side was heard.

See ``docs/methods/echo.md``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from msgspec import structs

from readiness.advice import places, sound
from readiness.guided_take import still_here, unspoilt
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Cost, EvidenceKind, Failure, Metric, Shape, Tip
from readiness.model.text import N_
from readiness.ports import Need, Prompt, Reason, failed, measured
from readiness.voice_figures import (
    GAP_S,
    MOSTLY_ZERO,
    Found,
    Takes,
    echo_below,
    reading_fault,
)
from readiness.voice_metrics import ECHO

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.dsp.voice.echo import Echo
    from readiness.guided_take import Steps
    from readiness.ports import AudioDevice, Result, Take

LISTEN_S = 7.5
"""Two sweeps of 3 s and the pause between them."""

USUAL_RATE = 48_000
SIDES_ASKED = ("left", "right", "both", "none")
ANSWER = "listening-answer"
ECHO_METHOD = "echo-sweep"

SIDES = Metric(
    id="headset.sides",
    title=N_("Sides of the headset"),
    shape=Shape.CHOICE,
    labels={
        "as-played": N_("left and right as played"),
        "swapped": N_("left and right swapped"),
        # Translators: a sound that was played for one ear was heard with both.
        "both": N_("one sound for both sides"),
        "none": N_("nothing heard"),
    },
    causes=(
        Cause(
            N_("The headset is on the wrong way round: look for L and R on it."),
            when=("swapped",),
        ),
        Cause(
            N_(
                "The headset has one ear only, or the system is set to play the same on both sides."
            ),
            when=("both",),
        ),
        Cause(
            N_("The sound went elsewhere, or the headset is turned down or muted."),
            when=("none",),
        ),
        Cause(N_("The sides are not as the employer wants them.")),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Turn the headset round, so that left and right are on their sides."),
            when=("swapped", "as-played"),
        ),
        Tip(
            Cost.FREE,
            N_("Look whether “mono audio” is switched on, and switch it off."),
            when=("both",),
            where=places.MONO,
        ),
        structs.replace(sound.CHOOSE_OUTPUT, when=("none",)),
        Tip(
            Cost.FREE,
            N_("Turn up the volume at the headset's cable and in the sound settings."),
            when=("none",),
            where=places.SOUND_OUTPUT,
        ),
        sound.CORDED,
        sound.WHICH_HEADSET,
    ),
)
LISTENING: Final[Mapping[str, str]] = {
    ECHO_METHOD: N_(
        "A rising tone was played for each ear, and what the microphone heard of it was measured."
    ),
    ANSWER: N_("The applicant's own answer, right after a tone was played on one side."),
}

# Translators: for each thing that can go wrong while listening, what was found and what to do.
LISTENING_REASONS: Final[Mapping[str, Reason]] = {
    "spoke-while-listening": Reason(
        what=N_("Something else was heard while the tone was played."),
        remedy=N_("Try again and stay quiet until the tone is over."),
    ),
    "nothing-heard": Reason(
        what=N_("You heard nothing of the tone, so nothing can be said about its echo."),
        remedy=N_("Choose the headset as the output, turn up its volume and try again."),
        where=places.SOUND_OUTPUT,
        tips=(sound.STRAIGHT_IN, sound.CORDED),
    ),
    "nobody-listened": Reason(
        what=N_("Nobody said whether the tone could be heard, so a missing echo says nothing."),
        remedy=N_("Start this check again and answer the question after the tone."),
        cost=None,
    ),
    "no-voice-level": Reason(
        what=N_("The echo is told in proportion to your voice, which was not measured."),
        remedy=N_("Start this check again and read the sentences aloud."),
    ),
    "not-answered": Reason(
        what=N_("This question has not been answered."),
        remedy=N_("Answer it; only you can know."),
        cost=None,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Listened:
    """What came of the step.

    Attributes:
        first: The side on which the first sweep was played, ``left`` or ``right``.
        echoes: What the microphone heard of the left and of the right sweep.
        output: On which device they were played.
        answer: On which side the person heard the first one; none if they did not say.
    """

    first: str
    echoes: tuple[Echo, Echo]
    output: AudioDevice
    answer: str | None

    @property
    def found(self) -> bool:
        """Whether the microphone heard an echo from either side."""
        return any(echo.loss_db is not None for echo in self.echoes)


def listen(
    steps: Steps, device: AudioDevice, silence: Take, *, progress: tuple[float, float]
) -> Listened:
    """Play a sweep for each ear, record meanwhile, and ask which side was heard first.

    Raises:
        CannotMeasure: No consent to the loudspeaker, no output, the step was skipped or could not
            be used.
    """
    ctx = steps.ctx
    if Need.LOUDSPEAKER not in ctx.agreed:
        raise CannotMeasure(FailureCode.SKIPPED, "loudspeaker-no-consent")
    output = ctx.audio.chosen("output")
    steps.values["output"] = output.name
    unheard = CannotMeasure(FailureCode.UNSUPPORTED, "nothing-heard")
    while True:
        # By chance, so that the answer cannot be known beforehand.
        first = secrets.choice(("left", "right"))
        echoes = steps.step(
            Prompt.LISTEN,
            seconds=LISTEN_S,
            act=partial(_echoes, steps, (output, device), silence, first, progress),
        )
        answer = ctx.person.choose(Prompt.LISTEN, options=SIDES_ASKED, values=steps.values)
        told = Listened(first=first, echoes=echoes, output=output, answer=answer)
        if answer != "none" or told.found or not steps.offer(Prompt.LISTEN, unheard):
            return told


def _echoes(
    steps: Steps,
    devices: tuple[AudioDevice, AudioDevice],
    silence: Take,
    first: str,
    progress: tuple[float, float],
) -> tuple[Echo, Echo]:
    from readiness.dsp.voice.echo import echo_by_side
    from readiness.dsp.voice.sweep import left_then_right, make_sweep

    output, device = (still_here(steps.ctx, one) for one in devices)
    rate = silence.rate
    played = left_then_right(make_sweep(rate), rate)
    if first == "right":
        # The right one is played in the left one's time.
        played = played[:, ::-1]
    take = unspoilt(
        steps.ctx.audio.play_and_record(output, device, played, rate, steps.live(*progress))
    )
    if take.overflows:
        raise CannotMeasure(FailureCode.TIMED_OUT, "interrupted")
    why = _unheard(silence, take)
    if why is not None:
        raise why
    echoes = echo_by_side(played, take.samples, rate)
    if all(echo.loss_db is None for echo in echoes) and _louder(silence, take):
        raise CannotMeasure(FailureCode.UNSUPPORTED, "spoke-while-listening")
    return echoes


def _unheard(silence: Take, take: Take) -> CannotMeasure | None:
    """Why the microphone cannot be taken to have listened all the time; none if it did."""
    from readiness.dsp.voice.gaps import gaps

    why = reading_fault(
        Takes(silence=silence.samples, reading=take.samples, rate=take.rate, lost=take.overflows)
    )
    if why is not None or gaps(take.samples, take.rate).longest_s < GAP_S:
        return why
    if gaps(silence.samples, silence.rate).share > MOSTLY_ZERO:
        return CannotMeasure(FailureCode.UNSUPPORTED, "gated-silence")
    return CannotMeasure(FailureCode.TIMED_OUT, "interrupted")


def _louder(silence: Take, take: Take) -> bool:
    """Whether something was heard that was not there in the silence."""
    from readiness.dsp.voice.guided import LEAST_RISE_DB, rise_db
    from readiness.dsp.voice.level import power

    return power(silence.samples) > 0 and rise_db(silence.samples, take.samples) >= LEAST_RISE_DB


def echo_result(steps: Steps, told: Listened, level: Result) -> Result:
    """The louder ear's echo of a caller's speech, in proportion to the own voice.

    Args:
        steps: The steps so far.
        told: What was heard.
        level: The active level of the own voice, dBov.
    """
    if isinstance(level, Failure):
        return failed(steps.ctx, ECHO, FailureCode.UNSUPPORTED, "no-voice-level")
    if not told.found and told.answer in (None, "none"):
        unheard = "nobody-listened" if told.answer is None else "nothing-heard"
        return failed(steps.ctx, ECHO, FailureCode.UNSUPPORTED, unheard)
    own = Found(value=float(level.value), half_width=level.uncertainty)
    found = echo_below(own, *told.echoes)
    summary = dict(found.summary)
    if told.found:
        left, right = (echo.at_least_db for echo in told.echoes)
        summary["louder_side"] = "left" if left <= right else "right"
    if told.output.volume is not None:
        summary["output_volume_percent"] = told.output.volume
    return measured(
        steps.ctx,
        ECHO,
        found.value,
        method=ECHO_METHOD,
        uncertainty=found.half_width,
        summary=summary,
    )


def sides_result(steps: Steps, told: Listened) -> Result:
    """Which side the person heard, as their own answer."""
    if told.answer is None:
        return failed(steps.ctx, SIDES, FailureCode.SKIPPED, "not-answered")
    value = told.answer
    if value in ("left", "right"):
        value = "as-played" if value == told.first else "swapped"
    return measured(steps.ctx, SIDES, value, method=ANSWER, kind=EvidenceKind.DECLARED)
