"""What the reflector has received for each call: sequence numbers and times, bounded."""

from __future__ import annotations

import threading
from array import array
from dataclasses import dataclass, field

from readiness.server.shelf import Shelf

NANO_PER_MICRO = 1000


@dataclass
class Call:
    """The packets of one token, in order of arrival.

    Attributes:
        first_ns: When the first arrived.
        sequences: The sender's numbers.
        micros: When each arrived, microseconds since the first.
        left_out: Packets that came when the call was full.
        refused: Packets that were not answered, because their sender or all together sent too many.
        overflow_before: Packets of anybody that the system had dropped when the first arrived.
        overflow: Packets of anybody that the system has dropped since, as of the last arrival.
    """

    first_ns: int
    sequences: array[int] = field(default_factory=lambda: array("I"))
    micros: array[int] = field(default_factory=lambda: array("q"))
    left_out: int = 0
    refused: int = 0
    overflow_before: int = 0
    overflow: int = 0


class Calls:
    """The calls of all clients. The reflector's thread writes, the event loop reads.

    Args:
        most: Calls in all; the one that was silent longest goes first.
        most_each: Calls of one client.
        packets_each: Packets remembered for one call.
        packets: Packets remembered in all; calls go until there is room.
    """

    def __init__(self, *, most: int, most_each: int, packets_each: int, packets: int) -> None:
        self._lock = threading.Lock()
        self._shelf = Shelf[Call](most=most, most_each=most_each, gone=self._forget)
        self._packets_each = packets_each
        self._packets = packets
        self._held = 0
        self._overflow = 0

    def overflowed(self, dropped: int) -> None:
        """Remember how many packets the system has dropped so far because none had room to wait.

        Nobody can tell whose they were, so each call that goes on meanwhile counts them as
        refused: a loss that may be the server's own is none of the line's.
        """
        with self._lock:
            self._overflow = dropped

    def note(self, client: str, token: bytes, sequence: int, received_ns: int) -> None:
        """Remember that packet ``sequence`` of the call ``token`` arrived."""
        with self._lock:
            call = self._shelf.find(client, token)
            if call is None:
                new = Call(first_ns=received_ns, overflow_before=self._overflow)
                call = self._shelf.put(client, token, new)
            call.overflow = self._overflow - call.overflow_before
            if len(call.sequences) >= self._packets_each:
                call.left_out += 1
                return
            while self._held >= self._packets and len(self._shelf) > 1:
                self._shelf.drop_oldest()
            call.sequences.append(sequence)
            call.micros.append((received_ns - call.first_ns) // NANO_PER_MICRO)
            self._held += 1

    def refuse(self, client: str, token: bytes, received_ns: int) -> None:
        """Remember that a packet of the call is not answered: the line did not lose it."""
        with self._lock:
            call = self._shelf.find(client, token)
            if call is None:
                call = self._shelf.put(client, token, Call(first_ns=received_ns))
            call.refused += 1

    def size(self, client: str, token: bytes) -> int | None:
        """How many packets are remembered; none for a call that is not known."""
        with self._lock:
            call = self._shelf.find(client, token)
            return None if call is None else len(call.sequences)

    def told(self, client: str, token: bytes) -> bytes:
        """The call as JSON: ``received`` (pairs of number and microseconds) and both counts."""
        with self._lock:
            call = self._shelf.find(client, token) or Call(first_ns=0)
            sequences, micros = call.sequences[:], call.micros[:]
            refused = call.refused + call.overflow
            rest = f'"left_out":{call.left_out},"refused":{refused}'
        pairs = ",".join([f"[{n},{t}]" for n, t in zip(sequences, micros, strict=True)])
        return f'{{"received":[{pairs}],{rest}}}'.encode("ascii")

    def _forget(self, call: Call) -> None:
        self._held -= len(call.sequences)
