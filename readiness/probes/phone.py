"""The telephone beside the computer, heard through the microphone: a live line, and its keys.

What cannot be heard is not claimed: the cord and the base station are asked for, and stay declared.
See ``docs/methods/phone.md``.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.advice import places, sound
from readiness.audio_reasons import AUDIO_REASONS
from readiness.guided_take import Steps, still_here, unspoilt, with_summary
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Cost, Failure, Metric, Shape, Tip
from readiness.model.text import N_
from readiness.ports import (
    Context,
    Live,
    Need,
    Probe,
    Prompt,
    Reason,
    Result,
    failed,
    measured,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy as np
    from numpy.typing import NDArray

    from readiness.dsp.phone.dial_tone import DialTone
    from readiness.dsp.phone.dtmf import Digit
    from readiness.model.measurement import Scalar
    from readiness.ports import AudioDevice, Take

    Enough = Callable[[NDArray[np.float32]], bool]
    Summary = dict[str, Scalar]

TONE_S = 10.0
"""To lift the receiver and hold it to the microphone; it ends as soon as the tone was heard."""

KEYS_S = 40.0
"""To press six keys, and once more if one slipped; it ends as soon as the code was heard."""

CODE_LENGTH = 6
TONE_METHOD, KEYS_METHOD, POWER_METHOD = "dial-tone", "keypad-code", "dial-tone-unpowered"

CONNECTED = Tip(Cost.FREE, N_("Check that the telephone's cable is in the wall socket or router."))
SWITCHED_ON = Tip(Cost.ASK, N_("Ask your provider whether the line is switched on."))

DIAL_TONE = Metric(
    id="phone.dial_tone",
    title=N_("Dial tone heard"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "The ear piece was too far from the microphone, the cable is not plugged in, or the"
                " line is not switched on. If you hear a steady tone yourself, it was the distance."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Lift the receiver, hold its ear piece close to the microphone.")),
        CONNECTED,
        SWITCHED_ON,
    ),
)
KEYPAD = Metric(
    id="phone.keypad_code",
    title=N_("Code pressed on the telephone"),
    # Translators: stands before the number of telephone keys that were heard so far.
    live=N_("Keys heard"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "The keys were not heard: the ear piece was far from the microphone, or the"
                " telephone dials with clicks (pulses) instead of tones."
            )
        ),
    ),
    advice=(
        Tip(Cost.FREE, N_("Set the telephone to tone dialling and press the keys one by one.")),
        Tip(Cost.FREE, N_("Hold the ear piece close to the microphone while you press.")),
        Tip(Cost.CHEAP, N_("A simple telephone with a cord and keys has tone dialling.")),
        Tip(Cost.ASK, N_("Ask the employer which telephones they accept.")),
    ),
)
POWERED = Metric(
    id="phone.powered",
    title=N_("Dial tone without the power adapter"),
    shape=Shape.YES_NO,
    causes=(
        Cause(
            N_(
                "The telephone needs the mains, as cordless ones do, or it hangs on a router, which"
                " needs the mains itself."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("If there is an old telephone with a cord in your home, try that one."),
        ),
        Tip(Cost.CHEAP, N_("A simple telephone with a cord takes its power from the line.")),
        Tip(Cost.ASK, N_("Behind a router no telephone works in a power cut; ask if that counts.")),
    ),
)

# Translators: for each thing that can go wrong with the telephone, what was found and what to do.
PHONE_REASONS = {
    "step-skipped": Reason(
        what=N_("This step with the telephone was skipped."),
        remedy=N_("Start this check again when the telephone is beside the computer."),
        cost=None,
    ),
    "rate-not-usable": Reason(
        what=N_("The microphone records at a rate at which a telephone cannot be listened to."),
        remedy=N_("Set its rate to 48 kHz in the sound settings, or choose another microphone."),
        where=places.SOUND_FORMAT,
        tips=(sound.CORDED,),
    ),
    "no-dial-tone": Reason(
        what=N_("No dial tone was heard; that does not prove that the line is dead."),
        remedy=N_(
            "Put the receiver down, lift it again and hold the ear piece close to the microphone"
            " while nobody speaks. A busy tone is none; nor is a mobile phone's silence."
        ),
        tips=(CONNECTED, SWITCHED_ON),
    ),
    "no-tone-before": Reason(
        what=N_("Without a dial tone before, its absence now would mean nothing."),
        remedy=N_("Do the step with the dial tone first, then unplug the adapter."),
    ),
    "no-keys": Reason(
        what=N_("No key of a telephone was heard."),
        remedy=N_(
            "Set the telephone to tone dialling, hold the ear piece close to the microphone and"
            " press each digit for about half a second."
        ),
    ),
    "code-incomplete": Reason(
        what=N_("Fewer keys were heard than the code has digits."),
        remedy=N_("Go closer to the microphone and press each digit for about half a second."),
    ),
    "other-code": Reason(
        what=N_("Keys were heard, but not those of the code on the screen."),
        remedy=N_("Press the six digits that are shown now, from left to right."),
    ),
}


def run(ctx: Context) -> Iterator[Result]:
    """Hear the dial tone, the code, and if wished the dial tone without power."""
    device = ctx.audio.chosen("input")
    phone = _Phone(ctx=ctx, device=device, steps=Steps(ctx=ctx, values={"device": device.name}))
    before = _dial_tone(phone)
    yield before
    yield _keypad(phone)
    yield _powered(phone, before)
    ctx.progress(1.0)


@dataclass(kw_only=True)
class _Phone:
    """The telephone at the microphone, and the rate at which that records, once it is known."""

    ctx: Context
    device: AudioDevice
    steps: Steps
    rate: int | None = None

    def __post_init__(self) -> None:
        self.rate = self.device.rate

    def listen(
        self, seconds: float, level: Callable[[float, float], None], enough: Callable[[int], Enough]
    ) -> Take:
        """Record until ``enough``, which is made for a rate, says so.

        Raises:
            CannotMeasure: ``muted``, ``all-zero``, ``rate-not-usable``, ``removed-during-take`` or
                what the sound system says.
        """
        from readiness.dsp.phone.narrowing import HIGHEST_RATE, LOWEST_RATE

        def usable(rate: int | None) -> bool:
            return rate is not None and LOWEST_RATE <= rate <= HIGHEST_RATE

        here = still_here(self.ctx, self.device)
        told = enough(self.rate) if self.rate is not None and usable(self.rate) else None
        take = unspoilt(self.ctx.audio.record(here, seconds, level, enough=told))
        if not usable(take.rate):
            raise CannotMeasure(FailureCode.NO_DEVICE, "rate-not-usable", rate_hz=take.rate)
        self.rate = take.rate
        if not take.samples.any():
            raise CannotMeasure(FailureCode.NO_DEVICE, "all-zero")
        return take

    def result(
        self, metric: Metric, *, value: bool, method: str, samples: int, summary: Summary
    ) -> Result:
        """A measurement with what was repeated for it."""
        made = measured(self.ctx, metric, value, method=method, samples=samples, summary=summary)
        return with_summary(made, self.steps.summary())

    def failure(self, metric: Metric, why: CannotMeasure) -> Result:
        """The failure in the place of a measurement; what spoils everything goes on upwards."""
        if why.code is FailureCode.NO_DEVICE:
            raise why
        return failed(self.ctx, metric, why.code, why.detail, **why.summary)


def _dial_tone(phone: _Phone) -> Result:
    """Whether a dial tone is heard: yes, or it could not be told. Silence proves nothing."""
    try:
        found = phone.steps.step(
            Prompt.DIAL_TONE, seconds=TONE_S, act=lambda: _hear_tone(phone, (0.0, 0.3))
        )
    except CannotMeasure as why:
        return phone.failure(DIAL_TONE, why)
    return phone.result(DIAL_TONE, value=True, method=TONE_METHOD, samples=1, summary=_told(found))


def _hear_tone(phone: _Phone, progress: tuple[float, float]) -> DialTone:
    """Record until a dial tone was heard.

    Raises:
        CannotMeasure: ``no-dial-tone``, or why nothing could be recorded.
    """
    from readiness.dsp.phone.dial_tone import DialToneListener, dial_tone

    def enough(rate: int) -> Enough:
        listener = DialToneListener(rate)
        return lambda samples: listener.feed(samples) is not None

    take = phone.listen(TONE_S, phone.steps.live(*progress), enough)
    found = dial_tone(take.samples, take.rate)
    if found is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "no-dial-tone")
    return found


def _told(found: DialTone) -> Summary:
    return {
        "tones_hz": " + ".join(f"{one:.0f}" for one in found.hertz),
        "rhythm": "cadenced" if found.cadence else "continuous",
        "tone_countries": ", ".join(found.countries),
        "tone_above_noise_db": found.snr_db,
        "seconds": found.seconds,
    }


def _keypad(phone: _Phone) -> Result:
    """Whether the code was pressed: yes; no, if other keys were; or no key was heard."""
    values = phone.steps.values
    values["code"] = new_code()
    try:
        digits = phone.steps.step(Prompt.KEYPAD, seconds=KEYS_S, act=lambda: _hear_code(phone))
    except CannotMeasure as why:
        if why.detail != "other-code":
            return phone.failure(KEYPAD, why)
        heard = int(why.summary["keys_heard"])
        return phone.result(
            KEYPAD, value=False, method=KEYS_METHOD, samples=heard, summary=why.summary
        )
    finally:
        del values["code"]
    off = max(abs(one) for digit in digits for one in digit.off_percent)
    return phone.result(
        KEYPAD,
        value=True,
        method=KEYS_METHOD,
        samples=len(digits),
        summary={"keys_heard": len(digits), "tones_off_percent": round(off, 2)},
    )


def new_code() -> str:
    """Six random digits: nobody can have recorded them before."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_LENGTH))


def _hear_code(phone: _Phone) -> tuple[Digit, ...]:
    """Record until the code was heard; the digits that were. A new attempt has a new code.

    Raises:
        CannotMeasure: ``no-keys``, ``code-incomplete`` or ``other-code``, or why nothing could be
            recorded.
    """
    from readiness.dsp.phone.code import CodeListener, holds_code
    from readiness.dsp.phone.dtmf import decode

    code = phone.steps.values["code"]
    heard = 0

    def enough(rate: int) -> Enough:
        listener = CodeListener(code, rate)

        def listen(samples: NDArray[np.float32]) -> bool:
            nonlocal heard
            done = listener.enough(samples)
            heard = len(listener.digits)
            return done

        return listen

    def show(fraction: float, _dbov: float) -> None:
        live = Live(metric=KEYPAD.id, value=heard, unit=KEYPAD.unit, through=fraction)
        phone.ctx.progress(0.3 + 0.4 * fraction, live)

    take = phone.listen(KEYS_S, show, enough)
    digits = decode(take.samples, take.rate)
    if holds_code(digits, code):
        return digits
    phone.steps.values["code"] = new_code()
    if not digits:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "no-keys")
    short = len(digits) < CODE_LENGTH
    detail = "code-incomplete" if short else "other-code"
    raise CannotMeasure(FailureCode.UNSUPPORTED, detail, keys_heard=len(digits))


def _powered(phone: _Phone, before: Result) -> Result:
    """Whether the dial tone is still there without the adapter; only if it was there with it."""
    if isinstance(before, Failure):
        return failed(phone.ctx, POWERED, FailureCode.SKIPPED, "no-tone-before")
    try:
        found = phone.steps.step(
            Prompt.POWER_OFF, seconds=TONE_S, act=lambda: _hear_tone(phone, (0.7, 1.0))
        )
    except CannotMeasure as why:
        if why.detail != "no-dial-tone":
            return phone.failure(POWERED, why)
        return phone.result(POWERED, value=False, method=POWER_METHOD, samples=1, summary={})
    return phone.result(POWERED, value=True, method=POWER_METHOD, samples=1, summary=_told(found))


PROBE = Probe(
    id="phone",
    version=1,
    title=N_("Telephone"),
    metrics=(DIAL_TONE, KEYPAD, POWERED),
    run=run,
    seconds=60,
    limit=1200,
    methods={
        TONE_METHOD: N_("A dial tone was listened for through the microphone; nothing is stored."),
        KEYS_METHOD: N_(
            "Six random digits were shown, and the tones of the pressed keys decoded (ITU-T Q.24)."
        ),
        POWER_METHOD: N_("The dial tone was listened for again with the adapter unplugged."),
    },
    reasons={**AUDIO_REASONS, **PHONE_REASONS},
    needs=frozenset({Need.MICROPHONE}),
)
