"""What a person agreed to, when, and to whom; and whether they took it back."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - msgspec reads the annotation at run time
from enum import StrEnum

import msgspec

HOSTS = "hosts"
"""Stands among the parties for the hosts that the lists of requirements name."""
STUN = "stun"
"""Stands among them for the public servers to which the packets of a call go."""
MAX_PARTIES = 10


class Need(StrEnum):
    """What a probe uses that a person must agree to before it starts."""

    NETWORK = "network"
    MICROPHONE = "microphone"
    LOUDSPEAKER = "loudspeaker"


class Consent(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """One thing that was agreed to.

    Attributes:
        need: What.
        parties: Of the network, to whom: ids of line methods in the order in which they may be
            tried, ``stun`` and ``hosts``. Never an address.
        given: When a run began that could use it.
        withdrawn: When it was taken back; none: it was not.
    """

    need: Need
    parties: tuple[str, ...] = ()
    given: datetime
    withdrawn: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still holds."""
        return self.withdrawn is None
