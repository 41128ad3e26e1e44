"""Where the computer takes its power from and how full its battery is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from readiness import machine_facts as told
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Shape, Tip
from readiness.model.text import N_
from readiness.ports import Context, Probe, Reason, failed, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Facts, Result

_PLUG_IN = Tip(Cost.FREE, N_("Connect the charger; many computers slow down on battery."))
_SOCKET = Tip(Cost.FREE, N_("Try another wall socket, without an extension lead."))
_CHARGER = Tip(
    Cost.CHEAP, N_("If it does not charge although it is plugged in, try another charger.")
)
_UNPLUGGED = Cause(
    N_("The charger is not connected, or its plug or socket gives no power. A small light tells.")
)
_WITHOUT = ("no-battery",)
_WITH = ("battery", "mains")

SOURCE = Metric(
    id="machine.power_source",
    title=N_("Power source"),
    shape=Shape.CHOICE,
    labels={
        "mains": N_("mains, with a battery"),
        "battery": N_("battery"),
        "no-battery": N_("mains, without a battery"),
    },
    causes=(
        Cause(
            N_("This computer has no battery, so a power cut switches it off at once."),
            when=_WITHOUT,
        ),
        _UNPLUGGED,
    ),
    advice=(
        msgspec.structs.replace(_PLUG_IN, when=_WITH),
        msgspec.structs.replace(_SOCKET, when=_WITH),
        msgspec.structs.replace(_CHARGER, when=_WITH),
        Tip(Cost.FREE, N_("If you have a laptop too, work on that one."), when=_WITHOUT),
        Tip(
            Cost.CHEAP,
            N_("A small uninterruptible power supply carries it through a short power cut."),
            when=_WITHOUT,
        ),
    ),
)
LEVEL = Metric(
    id="machine.battery_level",
    title=N_("Battery level"),
    unit="%",
    resolution=1,
    causes=(_UNPLUGGED,),
    advice=(_PLUG_IN, _SOCKET, _CHARGER),
)

NO_BATTERY = "no-battery"


def run(ctx: Context) -> Iterator[Result]:
    """Tell both. A computer without a battery has no level; that is no fault."""
    facts = ctx.machine.facts("power")
    battery = told.truth(facts, "battery")
    yield _source(ctx, facts, battery=battery)
    if battery is False:
        yield failed(ctx, LEVEL, FailureCode.NO_DEVICE, NO_BATTERY)
        return
    percent = told.number(facts, "percent", low=0, high=100)
    if percent is None:
        yield told.not_usable(ctx, LEVEL, facts, "percent")
    else:
        yield reported(ctx, LEVEL, round(percent, 1), method="power-by-system")


def _source(ctx: Context, facts: Facts, *, battery: bool | None) -> Result:
    if battery is False:
        return reported(ctx, SOURCE, "no-battery", method="power-by-system")
    mains = told.truth(facts, "mains")
    if battery is None or mains is None:
        key = "battery" if battery is None else "mains"
        return told.not_usable(ctx, SOURCE, facts, key)
    return reported(ctx, SOURCE, "mains" if mains else "battery", method="power-by-system")


PROBE = Probe(
    id="power",
    version=1,
    title=N_("Power"),
    metrics=(SOURCE, LEVEL),
    run=run,
    seconds=0.1,
    limit=5,
    methods={"power-by-system": N_("The operating system states it.")},
    reasons={
        **told.REASONS,
        NO_BATTERY: Reason(
            what=N_("This computer has no battery, so there is no level."),
            remedy=N_("Nothing needs to be done."),
            cost=None,
        ),
    },
)
