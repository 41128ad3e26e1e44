"""What the program and its measuring child say to each other: JSON lines, one value each."""

from __future__ import annotations

import msgspec

from readiness.model.call import CallStream, Transport  # noqa: TC001 - read at run time
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.invited import Receipt  # noqa: TC001 - read at run time
from readiness.model.measurement import Scalar, Trace  # noqa: TC001 - read at run time
from readiness.model.watch import ANSWER_S, Beats


class ServeJob(msgspec.Struct, frozen=True, kw_only=True, tag="serve"):
    """Measure one part against a ``readiness serve``.

    Attributes:
        part: ``download`` or ``upload``.
        address: The server's address.
        streams: Connections at the same time.
        seconds: How long data flows.
        warm_up: This much of the beginning does not count, at most 30 % of the whole.
        bin_s: One reading is the rate over this many seconds.
        budget: At most this many bytes.
        connect_s: How long a connection may take to come about.
        stall_s: Nothing for this long: the line is given up.
        targets: Thresholds in Mbit/s; a rate that is clear of them all by a factor of two, with
            its half width, ends the transfer early. None: it is not ended early.
        nonce: To be put into the receipt of a server that gives one; empty: none is asked for.
    """

    part: str
    address: str
    streams: int = 6
    seconds: float = 8.0
    warm_up: float = 2.0
    bin_s: float = 0.25
    budget: int = 120_000_000
    connect_s: float = 5.0
    stall_s: float = 5.0
    targets: tuple[float, ...] = ()
    nonce: str = ""


class SpeedtestJob(msgspec.Struct, frozen=True, kw_only=True, tag="speedtest-cli"):
    """Measure one part with the package ``speedtest-cli``.

    Attributes:
        part: ``download`` or ``upload``.
        mirror: Base address of a stand-in for ``www.speedtest.net``; empty for the real one.
        budget: At most about this many bytes.
        bin_s: One reading is the rate over this many seconds.
    """

    part: str
    mirror: str = ""
    budget: int = 120_000_000
    bin_s: float = 0.5


class CallJob(msgspec.Struct, frozen=True, kw_only=True, tag="call"):
    """Send the stream of a call and say what came back.

    Attributes:
        transport: How the packets travel.
        address: For ``stamp`` and ``http`` the measuring server's address (``http://...``), for
            a STAMP reflector without one ``stamp://HOST:PORT``, for ``stun`` and ``tcp``
            ``HOST:PORT``; several, by commas, are tried in turn.
        packets: How many are sent.
        interval_s: Seconds between two of them.
        payload: Octets of UDP payload: 172 are RTP with 20 ms of G.711.
        until_told: Go on until told that it is enough, ``packets`` at most.
        linger_s: How long the last answers are waited for.
        connect_s: How long finding the peer may take.
        stall_s: No answer at all for this long at the beginning: there is no such peer.
    """

    transport: Transport
    address: str
    packets: int = 750
    interval_s: float = 0.02
    payload: int = 172
    until_told: bool = False
    linger_s: float = 1.0
    connect_s: float = 5.0
    stall_s: float = 3.0


class Path(msgspec.Struct, frozen=True, kw_only=True):
    """One way to watch the line by; ``address`` as that of a ``CallJob``."""

    transport: Transport
    address: str


class WatchJob(msgspec.Struct, frozen=True, kw_only=True, tag="watch"):
    """Watch the line for a long time.

    Attributes:
        paths: Ways to do it, in order; the first that is answered is taken.
        seconds: How long.
        interval_s: Seconds between two packets to a reflector.
        gentle_s: Seconds between two to anybody else.
        payload: Octets of a packet to a reflector.
        answer_s: An answer that takes longer is not waited for.
        lost_s: After so long without an answer the way is opened anew.
        tell_s: How often what is settled is told.
        connect_s: How long finding the peer may take.
        stall_s: No answer for this long at the beginning: the next way is tried.
    """

    paths: tuple[Path, ...]
    seconds: float = 600.0
    interval_s: float = 0.1
    gentle_s: float = 1.0
    payload: int = 172
    answer_s: float = ANSWER_S
    lost_s: float = 2.0
    tell_s: float = 1.0
    connect_s: float = 5.0
    stall_s: float = 5.0


class ShapeJob(ServeJob, frozen=True, kw_only=True, tag="shape"):
    """Measure one part against an HTTP server that is no ``readiness serve``.

    Attributes:
        shape: ``librespeed`` or ``cloudflare``: which requests it answers.
    """

    shape: str


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """The two addresses of one ndt7 server, ``wss://...`` with everything that belongs to them."""

    download: str
    upload: str


class Ndt7Job(ServeJob, frozen=True, kw_only=True, tag="ndt7"):
    """Measure one part against an ndt7 server, or find servers: ``part`` is then ``locate``.

    Attributes:
        sites: Servers in order of preference, tried in turn.
        zones: Names under which found servers must lie.
    """

    streams: int = 1
    sites: tuple[Site, ...] = ()
    zones: tuple[str, ...] = ()


Job = ServeJob | SpeedtestJob | CallJob | WatchJob | ShapeJob | Ndt7Job


class Sites(msgspec.Struct, frozen=True, kw_only=True, tag="sites"):
    """Servers that were found."""

    sites: tuple[Site, ...]


class Stream(msgspec.Struct, frozen=True, kw_only=True, tag="stream"):
    """What became of the packets of a ``CallJob``."""

    stream: CallStream


class WatchEnd(msgspec.Struct, frozen=True, kw_only=True, tag="watched"):
    """A watch is through; its packets have been told as ``Beats``."""

    summary: dict[str, Scalar]


class Step(msgspec.Struct, frozen=True, tag="step"):
    """How far the part is, 0 to 1, and the value of this moment: Mbit/s, of a call ms."""

    fraction: float
    value: float | None = None


class Reading(msgspec.Struct, frozen=True, kw_only=True, tag="reading"):
    """A throughput figure. Satisfies ``ports.LineReading``; rates in Mbit/s.

    Attributes:
        begin: When the part that counts began, on this computer's steady clock, seconds.
        end: When it ended.
        loaded: The call stream in that time, filled in by the parent.
        receipt: What the server signed of it.
    """

    rate: float
    half_width: float | None
    samples: int
    trace: Trace | None
    summary: dict[str, Scalar] = {}
    begin: float = 0.0
    end: float = 0.0
    loaded: CallStream | None = None
    receipt: Receipt | None = None


class Fault(msgspec.Struct, frozen=True, kw_only=True, tag="fault"):
    """It could not be measured."""

    code: FailureCode
    detail: str
    summary: dict[str, Scalar] = {}

    @classmethod
    def of(cls, found: CannotMeasure) -> Fault:
        """The message that carries ``found`` over the pipe."""
        return cls(code=found.code, detail=found.detail, summary=found.summary)

    def error(self) -> CannotMeasure:
        """What was carried, to be raised again."""
        return CannotMeasure(self.code, self.detail, **self.summary)


Outcome = Reading | Stream | Sites | WatchEnd | Fault
Message = Step | Beats | Reading | Stream | Sites | WatchEnd | Fault
