"""How strong the Wi-Fi signal is now, and why that may not be known: for every probe that asks.

See ``docs/methods/link.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.advice import places
from readiness.machine_facts import number, text, truth
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.text import N_
from readiness.ports import Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.ports import Machine

WEAKEST_DBM, STRONGEST_DBM = -120, -1
ACCURACY_DB = 5.0
"""95 % of what a card may be off: IEEE 802.11 asks +-5 dB of a received channel power indicator."""

SIGNAL_REASONS: Mapping[str, Reason] = {
    "no-wifi": Reason(
        what=N_("You are not connected by Wi-Fi, so there is no Wi-Fi signal to measure."),
        remedy=N_("Nothing is needed; a cable is the steadiest way to connect."),
        cost=None,
    ),
    "wifi-unclear": Reason(
        what=N_("It cannot be told whether, or by which card, this connection uses Wi-Fi."),
        remedy=N_("Switch a VPN off and use one connection at a time, then try again."),
        where=places.VPN,
    ),
    "signal-not-told": Reason(
        what=N_("The Wi-Fi card or its driver does not tell how strong the signal is."),
        remedy=N_("Look at the Wi-Fi sign of your system; a driver update may help."),
        where=places.UPDATES,
    ),
    "signal-denied": Reason(
        what=N_("Windows tells the Wi-Fi signal only to programs that may know the location."),
        remedy=N_(
            "If you wish, allow it for desktop apps and try again. The location itself is not read."
        ),
        where=places.LOCATION,
    ),
}


@dataclass(frozen=True, kw_only=True)
class Signal:
    """The signal of one moment.

    Attributes:
        dbm: Level of the access point's signal at this computer, dBm.
        source: Who told it.
        cheap: Whether it may be asked every second; else asking takes seconds and may itself
            disturb the line.
    """

    dbm: float
    source: str
    cheap: bool


def signal_now(machine: Machine) -> Signal:
    """Ask once.

    Raises:
        CannotMeasure: With one of ``SIGNAL_REASONS``, ``no-network``, or a reason of
            ``readiness.machine_facts``.
    """
    facts = machine.facts("wifi")
    level = number(facts, "signal_dbm", low=WEAKEST_DBM, high=STRONGEST_DBM)
    if level is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "signal-not-told")
    return Signal(
        dbm=float(level),
        source=text(facts, "source") or "system",
        cheap=truth(facts, "cheap") is True,
    )
