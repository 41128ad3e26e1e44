"""Advice about the computer that several probes give."""

from __future__ import annotations

from typing import Final

from readiness.advice import places
from readiness.model.measurement import Cost, Tip
from readiness.model.text import N_

LOOK_UP: Final = Tip(
    Cost.FREE, N_("See what is built in, in case it was read wrongly."), where=places.ABOUT
)
UPDATE: Final = Tip(
    Cost.FREE,
    N_("Look for updates in the system's settings and install them."),
    where=places.UPDATES,
)
OTHER_AT_HOME: Final = Tip(
    Cost.FREE, N_("If there is another computer in your home, run this check there too.")
)
USED: Final = Tip(
    Cost.CHEAP,
    N_("A used office computer, a few years old, often has what is asked; dealers refurbish them."),
)
OTHER_COMPUTER: Final = Tip(
    Cost.ASK, N_("Ask the employer whether they lend or accept a computer.")
)
ACCEPTED: Final = Tip(Cost.ASK, N_("Ask the employer whether yours is accepted as it is."))
ANOTHER_SOCKET: Final = Tip(Cost.FREE, N_("Try another socket, straight at the computer."))
LOCKED: Final = Tip(
    Cost.ASK, N_("If the switch cannot be moved, ask whoever set up this computer.")
)
