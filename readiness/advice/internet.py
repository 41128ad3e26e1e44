"""Advice about the internet line that several probes give."""

from __future__ import annotations

from typing import Final

from readiness.advice import places
from readiness.model.measurement import Cost, Fact, Tip
from readiness.model.text import N_

WIRED: Final = Fact("link.kind", "ethernet")
NO_VPN: Final = Fact("link.vpn", value=False)

PAUSE: Final = Tip(
    Cost.FREE, N_("Pause cloud backups, video and other downloads, then measure again.")
)
NEARER: Final = Tip(
    Cost.FREE, N_("Move closer to the router, or move the router into the open."), unless=WIRED
)
VPN_OFF: Final = Tip(
    Cost.FREE,
    N_("Switch a VPN off for the test, then measure again."),
    where=places.VPN,
    unless=NO_VPN,
)
CABLE: Final = Tip(
    Cost.CHEAP, N_("Connect the computer to the router with a network cable."), unless=WIRED
)
PROVIDER: Final = Tip(Cost.ASK, N_("Ask your provider to check the line; show them this report."))
