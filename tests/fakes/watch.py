"""A long watch of a line, played in a moment: the packets are given."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from readiness.cancel import Token
from readiness.model.call import Transport
from readiness.model.watch import Beats

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.model.errors import CannotMeasure
    from readiness.model.measurement import Scalar

PIECE = 10


def beats(
    seconds: float,
    *,
    cuts: tuple[tuple[float, float], ...] = (),
    beat: float = 0.1,
    trip: float = 25.0,
    transport: Transport = Transport.STAMP,
) -> list[Beats]:
    """Packets on a line that is cut from a moment for some seconds, in pieces as they are told."""
    sent = [index * beat for index in range(round(seconds / beat))]
    trips = [None if any(b <= at < b + n for b, n in cuts) else trip for at in sent]
    return [
        Beats(
            transport=transport,
            interval_s=beat,
            sent=tuple(sent[first : first + PIECE]),
            trips=tuple(trips[first : first + PIECE]),
        )
        for first in range(0, len(sent), PIECE)
    ]


@dataclass(kw_only=True)
class FakeWatch:
    """Plays pieces, then ends as told. Satisfies ``ports.Watch``.

    Attributes:
        pieces: What is told.
        failure: Raised after them.
        stays: Afterwards it goes on in silence until it is stopped.
        played: Set once all pieces have been told.
        between: Called before each piece with its number.
    """

    pieces: list[Beats]
    failure: CannotMeasure | None = None
    stays: bool = False
    played: threading.Event = field(default_factory=threading.Event)
    between: Callable[[int], None] = lambda _number: None
    seconds: float = 600.0
    token: Token = field(default_factory=Token)

    def run(
        self, hear: Callable[[Beats], None], progress: Callable[[float, float | None], None]
    ) -> Mapping[str, Scalar]:
        """Play."""
        for number, piece in enumerate(self.pieces):
            self.between(number)
            hear(piece)
            progress(number / len(self.pieces), piece.trips[-1])
        self.played.set()
        while self.stays:
            progress(0.5, None)
            self.token.sleep(0.01)
        if self.failure is not None:
            raise self.failure
        return {"transport": "stamp", "opened_anew": 1}
