"""Keyboard and pointer: over which bus the computer hears them.

A bus is not a cord: a radio receiver sits on USB too, so *usb* says only the bus. Where there are
several devices, the value is the one that comes nearest to a cord, and all are named beside it.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from readiness import machine_facts as told
from readiness.advice import computer
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Shape, Tip
from readiness.model.text import N_
from readiness.ports import Context, Probe, Reason, failed, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Facts, Result

BUSES = {
    # Translators: the USB bus; the device may still be a wireless one with a USB receiver.
    "usb": N_("USB (with a cord or a radio receiver)"),
    "ps2": N_("PS/2 (the round plug, or built in)"),
    # Translators: a keyboard or touchpad that belongs to the computer.
    "internal": N_("built in"),
    "bluetooth": N_("Bluetooth"),
    "virtual": N_("virtual, no real device"),
    "unknown": N_("not known"),
}
_BEST_FIRST = ("usb", "ps2", "internal", "bluetooth", "unknown", "virtual")

_CAUSES = (
    Cause(
        N_(
            "It is connected by Bluetooth, that is by radio. Batteries run down, and some employers"
            " ask for a cord."
        ),
        when=("bluetooth",),
    ),
    Cause(
        N_("Only the one that belongs to the computer was found, none with a plug of its own."),
        when=("internal", "ps2"),
    ),
    Cause(
        N_("No real device was found, as in a virtual machine or on a computer far away."),
        when=("virtual",),
    ),
    Cause(N_("It is connected in another way than is asked, or the system does not tell how.")),
)

KEYBOARD = Metric(
    id="machine.keyboard_bus",
    title=N_("Keyboard connection"),
    shape=Shape.CHOICE,
    labels=BUSES,
    causes=_CAUSES,
    advice=(
        Tip(
            Cost.FREE,
            N_("If a keyboard with a cord lies about in your home, plug it in and check again."),
        ),
        Tip(Cost.CHEAP, N_("Connect a keyboard with a USB cord.")),
        computer.ACCEPTED,
    ),
)
POINTER = Metric(
    id="machine.pointer_bus",
    title=N_("Mouse connection"),
    shape=Shape.CHOICE,
    labels=BUSES,
    causes=_CAUSES,
    advice=(
        Tip(
            Cost.FREE,
            N_("If a mouse with a cord lies about in your home, plug it in and check again."),
        ),
        Tip(Cost.CHEAP, N_("Connect a mouse with a USB cord.")),
        computer.ACCEPTED,
    ),
)

NO_KEYBOARD = "no-keyboard"
NO_POINTER = "no-pointer"


def run(ctx: Context) -> Iterator[Result]:
    """Tell the bus of the keyboard and of the mouse, touchpad or the like."""
    facts = ctx.machine.facts("input_devices")
    if facts.get("devices") is None:
        yield told.not_usable(ctx, KEYBOARD, facts, "devices")
        yield told.not_usable(ctx, POINTER, facts, "devices")
        return
    devices = told.rows(facts, "devices")
    yield _best(ctx, KEYBOARD, _buses(devices, "keyboard"), NO_KEYBOARD)
    yield _best(ctx, POINTER, _buses(devices, "pointer"), NO_POINTER)


def _buses(devices: list[Facts], kind: str) -> Counter[str]:
    found = [told.text(device, "bus") for device in devices if device.get("kind") == kind]
    return Counter(bus if bus in BUSES else "unknown" for bus in found)


def _best(ctx: Context, metric: Metric, buses: Counter[str], nothing: str) -> Result:
    if not buses:
        return failed(ctx, metric, FailureCode.NO_DEVICE, nothing)
    best = min(buses, key=_BEST_FIRST.index)
    named = ", ".join(bus for bus in _BEST_FIRST if bus in buses)
    return reported(ctx, metric, best, method="bus-by-system", devices=buses.total(), buses=named)


PROBE = Probe(
    id="input_devices",
    version=1,
    title=N_("Keyboard and mouse"),
    metrics=(KEYBOARD, POINTER),
    run=run,
    seconds=0.1,
    limit=5,
    methods={
        "bus-by-system": N_(
            "The operating system lists the devices; of several, the one nearest to a cord counts."
        ),
    },
    reasons={
        **told.REASONS,
        NO_KEYBOARD: Reason(
            what=N_("No keyboard was found."),
            remedy=N_("Plug one in, wait a few seconds, and try again."),
        ),
        NO_POINTER: Reason(
            what=N_("No mouse or touchpad was found."),
            remedy=N_("Plug one in, wait a few seconds, and try again."),
        ),
    },
)
