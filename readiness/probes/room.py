"""The room behind the voice: half a minute of silence, and every noise in it with its time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.advice import sound
from readiness.audio_reasons import AUDIO_REASONS
from readiness.guided_take import Steps
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Context, Need, Probe, Prompt, Result, Take, measured
from readiness.voice_figures import GAP_S, MOSTLY_ZERO, Takes, reading_fault
from readiness.voice_reasons import TAKE_REASONS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.dsp.voice.noise_events import NoiseEvents
    from readiness.model.measurement import Scalar

LISTEN_S = 30.0
METHOD = "room-silence"
MOST_TOLD = 12
"""So many noises are told with their times; beyond that the number says enough."""

EVENTS = Metric(
    id="room.noise_events",
    title=N_("Noises in half a minute"),
    resolution=1,
    causes=(
        Cause(
            N_(
                "Something made itself heard while you were silent: a door, a voice, an animal, the"
                " street, or the headset that was touched. The times beside this tell when."
            )
        ),
    ),
    advice=(
        sound.QUIETER,
        Tip(Cost.FREE, N_("Work at a time, or in a room, where nobody walks in.")),
        Tip(Cost.FREE, N_("Switch the door bell and telephones to silent while you work.")),
        sound.ARM,
        Tip(Cost.CHEAP, N_("A strip of foam at door or window keeps much of the noise out.")),
        Tip(Cost.ASK, N_("Ask the employer how quiet the room must be, and who checks it.")),
    ),
)
NOISE = Metric(
    id="room.noise",
    title=N_("Noise of the room"),
    unit="dBov",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "Something is heard all the time: a fan, a refrigerator, the street, the computer"
                " itself. Switch one after the other off to find which."
            )
        ),
    ),
    advice=EVENTS.advice,
)


def run(ctx: Context) -> Iterator[Result]:
    """Record a longer silence and count what stands out of it. The recording is dropped."""
    device = ctx.audio.chosen("input")
    steps = Steps(ctx=ctx, values={"device": device.name}, meter=NOISE)
    take = steps.step(
        Prompt.ROOM_SILENT,
        seconds=LISTEN_S,
        act=lambda: usable(steps.record(device, LISTEN_S, progress=(0.0, 0.95), bands=True)),
    )
    yield from steps.on_record(judged(ctx, take))
    ctx.progress(1.0)


def usable(take: Take) -> Take:
    """The take, if it holds the sound of a room from beginning to end.

    Raises:
        CannotMeasure: ``gated-silence`` or ``interrupted``; ``all-zero`` and other ways in which
            samples are no sound.
    """
    from readiness.dsp.voice.gaps import gaps

    why = reading_fault(Takes(silence=take.samples, reading=take.samples, rate=take.rate))
    if why is not None:
        raise why
    zeros = gaps(take.samples, take.rate)
    if zeros.share > MOSTLY_ZERO:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "gated-silence")
    if zeros.longest_s >= GAP_S or take.overflows:
        longest = round(1000 * zeros.longest_s)
        raise CannotMeasure(FailureCode.TIMED_OUT, "interrupted", longest_ms=longest)
    return take


def judged(ctx: Context, take: Take) -> Iterator[Result]:
    """The number of noises with their times, and the level of the room as a whole."""
    from readiness.dsp.voice.level import noise_level
    from readiness.dsp.voice.noise_events import noise_events

    length: dict[str, Scalar] = {
        "seconds": round(take.samples.size / take.rate, 1),
        "rate_hz": take.rate,
    }
    found = noise_events(take.samples, take.rate)
    yield measured(
        ctx,
        EVENTS,
        len(found.events),
        method=METHOD,
        uncertainty=float(found.half_width),
        samples=int(take.samples.size),
        summary={**length, "least_db": round(found.least_db, 1), **_times(found)},
    )
    noise = noise_level(take.samples, take.rate)
    yield measured(
        ctx,
        NOISE,
        round(noise.dbov, 2),
        method=METHOD,
        uncertainty=round(noise.half_width, 2),
        samples=noise.blocks,
        summary=length,
    )


def _times(found: NoiseEvents) -> dict[str, Scalar]:
    """When each noise began, how long it lasted and how far it stood out."""
    if not found.events:
        return {}
    told = [
        f"{event.start_s:.1f} s: {event.seconds:.1f} s, +{event.above_db:.0f} dB"
        for event in found.events[:MOST_TOLD]
    ]
    more = ["..."] if len(found.events) > MOST_TOLD else []
    return {"noises_at": "; ".join([*told, *more])}


PROBE = Probe(
    id="room",
    version=1,
    title=N_("Noises in the room"),
    metrics=(EVENTS, NOISE),
    run=run,
    seconds=LISTEN_S + 5,
    limit=600,
    methods={
        METHOD: N_(
            "Half a minute in which nobody speaks; noises that stand out of it are counted. The"
            " recording is never stored."
        ),
    },
    reasons={**AUDIO_REASONS, **TAKE_REASONS},
    needs=frozenset({Need.MICROPHONE}),
)
