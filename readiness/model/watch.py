"""What a long watch of the line saw, piece by piece: each packet, when it left and what came back.

Nothing is judged here. How the figures come about: ``docs/methods/steadiness.md``.
"""

from __future__ import annotations

import msgspec

from readiness.model.call import Transport  # noqa: TC001 - read at run time

ANSWER_S = 3.0
"""An answer that takes longer is not waited for: the packet counts as not answered."""


class Beats(msgspec.Struct, frozen=True, kw_only=True, tag="beats"):
    """Some packets in the order in which they were sent; the fate of each is settled.

    Attributes:
        transport: How they travelled.
        interval_s: Planned distance of two packets, seconds.
        sent: When each left, seconds after the watch began, by a clock that goes on while the
            computer sleeps.
        trips: Milliseconds until its answer came; none if none came within ``ANSWER_S``.
    """

    transport: Transport
    interval_s: float
    sent: tuple[float, ...]
    trips: tuple[float | None, ...]
