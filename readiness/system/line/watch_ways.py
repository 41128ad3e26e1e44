"""The ways to watch a line by: what is sent, and how an answer is known. Runs in the child.

Each way sends packet after packet and reports which was answered, from a thread of its own. It can
be opened anew while it is in use: after an outage the peer or this computer may have another
address.
"""

from __future__ import annotations

import secrets
import socket
import threading
import time
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol

from readiness import stamp
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line import stun
from readiness.system.line.call_socket import Datagrams
from readiness.system.line.call_stamp import ALONE, look_up_udp
from readiness.system.line.messages import CallJob
from readiness.system.line.peer import look_up, parse_address
from readiness.system.line.serve_client import hello

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.system.line.messages import Path, WatchJob

    Answered = Callable[[int, float], None]
    """(packet, moment of arrival on ``time.perf_counter``)"""

TOKEN_OCTETS = 8
"""Shorter than the token of a call: a measuring server keeps no list of a long watch."""

REMEMBERED = 256
"""Packets whose answers would still be known; at ten a second far more than are waited for."""


class Way(Protocol):
    """One way to watch the line by."""

    @property
    def transport(self) -> Transport: ...  # noqa: D102
    @property
    def interval_s(self) -> float: ...  # noqa: D102
    @property
    def by_kernel(self) -> bool:
        """Whether the system says when an answer came."""

    def open(self) -> None:
        """Find the peer. Raises ``CannotMeasure``."""

    def renew(self) -> None:
        """Find the peer again, which may take seconds. Raises ``CannotMeasure``."""

    def send(self, index: int) -> None:
        """Send packet ``index``; a system that will not send is a packet without an answer."""

    def close(self) -> None:
        """Give everything back."""


def make_way(path: Path, job: WatchJob, answered: Answered) -> Way:
    """The way of that transport."""
    if path.transport is Transport.STAMP:
        return StampWay(path, job, answered)
    if path.transport is Transport.STUN:
        return StunWay(path, job, answered)
    return TcpWay(path, job, answered)


class _DatagramWay(ABC):
    """Datagrams to one peer; a listener for each socket."""

    transport: Transport

    def __init__(self, path: Path, job: WatchJob, answered: Answered) -> None:
        self._path = path
        self._job = job
        self._answered = answered
        self._peer: Datagrams | None = None
        self._over, self._retired = threading.Event(), threading.Event()
        self._waiting: dict[int, bytes] = {}
        self.by_kernel = False

    @property
    def interval_s(self) -> float:
        """Seconds between two packets."""
        return self._job.gentle_s

    @abstractmethod
    def _find(self) -> tuple[int, tuple[Any, ...]]:
        """Family and socket address of the peer. Raises ``CannotMeasure``."""

    @abstractmethod
    def _packet(self, index: int) -> tuple[bytes, bytes]:
        """What is sent, and what its answer must carry."""

    @abstractmethod
    def _read(self, data: bytes) -> tuple[int, bytes] | None:
        """Which packet this answers, and what it carries; none if it is no answer."""

    def open(self) -> None:
        """Find the peer. Raises ``CannotMeasure``."""
        self._use(Datagrams(*self._find()))

    def renew(self) -> None:
        """Find the peer again and change to a new socket. Raises ``CannotMeasure``."""
        self._use(Datagrams(*self._find()))

    def _use(self, peer: Datagrams) -> None:
        self._peer = peer
        self.by_kernel = peer.by_kernel
        self._retired.set()  # the socket before: its listener closes it after the last answers
        self._retired = threading.Event()
        listen = threading.Thread(target=self._listen, args=(peer, self._retired), daemon=True)
        listen.start()

    def send(self, index: int) -> None:
        """Send packet ``index``."""
        peer = self._peer
        data, sign = self._packet(index)
        self._waiting[index] = sign
        self._waiting.pop(index - REMEMBERED, None)
        if peer is not None:
            peer.send(data)

    def _listen(self, peer: Datagrams, retired: threading.Event) -> None:
        end = None
        while not self._over.is_set():
            now = time.monotonic()
            if retired.is_set() and end is None:
                end = now + self._job.answer_s
            if end is not None and now >= end:
                break
            found = peer.receive()
            answer = None if found is None else self._read(found[0])
            if found is None or answer is None:
                continue
            index, sign = answer
            if self._waiting.get(index) == sign and self._waiting.pop(index, None) is not None:
                self._answered(index, found[1])
        peer.close()

    def close(self) -> None:
        """Have the listeners end; they close their sockets."""
        self._over.set()


class StampWay(_DatagramWay):
    """Packets of RFC 8762 to a measuring server's reflector, or to one that stands alone."""

    transport = Transport.STAMP

    def __init__(self, path: Path, job: WatchJob, answered: Answered) -> None:
        super().__init__(path, job, answered)
        self._name = secrets.randbelow(0xFFFF) + 1
        self._token = secrets.token_bytes(TOKEN_OCTETS)
        first = stamp.padding(stamp.TLV.size + TOKEN_OCTETS, self._token)
        rest = max(stamp.TLV.size, job.payload - stamp.BASE - len(first))
        self._tail = first + stamp.padding(rest)

    @property
    def interval_s(self) -> float:
        """Seconds between two packets."""
        return self._job.interval_s

    def _find(self) -> tuple[int, tuple[Any, ...]]:
        address = self._path.address
        if address.startswith(ALONE):
            return look_up_udp(address.removeprefix(ALONE))
        found = hello(_as_call(self._path, self._job))
        if found.stamp_port is None:
            raise CannotMeasure(FailureCode.UNSUPPORTED, "no-reflector")
        peer = found.peer
        return peer.family, (peer.address[0], found.stamp_port, *peer.address[2:])

    def _packet(self, index: int) -> tuple[bytes, bytes]:
        moment = time.time_ns()
        sent = stamp.Sent(sequence=index, time_ns=moment, session=self._name)
        data = stamp.pack_sent(sent, self._tail)
        return data, data[4:12]  # the time, as it was written

    def _read(self, data: bytes) -> tuple[int, bytes] | None:
        answer = stamp.unpack_reflected(data)
        if answer is None or answer.sender.session not in (0, self._name):
            return None
        if stamp.padding_content(data)[:TOKEN_OCTETS] not in (b"", self._token):
            return None
        return answer.sender.sequence, data[28:36]


class StunWay(_DatagramWay):
    """Binding requests to public servers, the next one each time the way is opened anew."""

    transport = Transport.STUN

    def __init__(self, path: Path, job: WatchJob, answered: Answered) -> None:
        super().__init__(path, job, answered)
        self._servers = [one.strip() for one in path.address.split(",")]
        self._head = secrets.token_bytes(stun.ID_OCTETS - 4)

    def _find(self) -> tuple[int, tuple[Any, ...]]:
        self._servers.append(self._servers.pop(0))
        return look_up_udp(self._servers[-1])

    def _packet(self, index: int) -> tuple[bytes, bytes]:
        return stun.request(self._head + index.to_bytes(4, "big")), self._head

    def _read(self, data: bytes) -> tuple[int, bytes] | None:
        answer = stun.answer(data)  # a refusal came through the line as well
        return None if answer is None else (int.from_bytes(answer[1][-4:], "big"), answer[1][:-4])


class TcpWay:
    """Connections to a server, each from a thread of its own.

    Once one has come about, a refusal is an answer too: it came through the line.
    """

    transport = Transport.TCP
    by_kernel = False

    def __init__(self, path: Path, job: WatchJob, answered: Answered) -> None:
        self._path = path
        self._job = job
        self._answered = answered
        self._peers: list[tuple[int, tuple[Any, ...]]] = []
        self._met = False
        self.interval_s = job.gentle_s

    def open(self) -> None:
        """Look the server up. Raises ``CannotMeasure``."""
        found = look_up(parse_address(self._path.address))
        self._peers = [(peer.family, tuple(peer.address)) for peer in found]

    def renew(self) -> None:
        """Look it up again; of several addresses the next is taken. Raises ``CannotMeasure``."""
        before = self._peers
        self.open()
        if len(before) > 1 and set(before) == set(self._peers):
            self._peers = [*before[1:], before[0]]

    def send(self, index: int) -> None:
        """Begin a connection."""
        threading.Thread(target=self._connect, args=(index, *self._peers[0]), daemon=True).start()

    def _connect(self, index: int, family: int, address: tuple[Any, ...]) -> None:
        try:
            with socket.socket(family, socket.SOCK_STREAM) as sock:
                sock.settimeout(self._job.answer_s)
                sock.connect(address)
        except ConnectionRefusedError:
            if not self._met:
                return
        except OSError:
            return
        self._met = True
        self._answered(index, time.perf_counter())

    def close(self) -> None:
        """Nothing is open for long."""


def _as_call(path: Path, job: WatchJob) -> CallJob:
    return CallJob(
        transport=path.transport,
        address=path.address,
        connect_s=job.connect_s,
        stall_s=job.stall_s,
    )
