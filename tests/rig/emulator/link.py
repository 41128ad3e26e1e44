"""A link between two network namespaces whose truth is known: rate, delay, jitter, loss, buffer.

Run as a process of its own: two TUN devices, packets relayed between them in user space, because
kernels of test machines lack ``netem``. Standard library alone. It is told what to do in JSON lines
on standard input and answers each with one JSON line on standard output:

``{"do": "shape", "down": {...}, "up": {...}}``  new settings for each direction (:class:`Shape`)
``{"do": "read"}``                               the counters of both directions (:class:`Truth`)
``{"do": "clear"}``                              the same, and counting begins anew

*up* is from the client to the server. The queue is drop-tail in bytes; the link is modelled by a
virtual clock, so that the long-run rate is exact whatever the scheduler does.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import heapq
import json
import os
import random
import select
import struct
import subprocess
import sys
import time
from dataclasses import asdict

from tests.rig.emulator.shape import CLIENT, SERVER, Shape, Truth

PR_SET_TIMERSLACK = 29
TUNSETIFF = 0x400454CA
TUNSETOFFLOAD = 0x400454D0
TUNSETVNETHDRSZ = 0x400454D8
IFF_TUN, IFF_NO_PI, IFF_VNET_HDR = 0x0001, 0x1000, 0x4000
TUN_F_CSUM, TUN_F_TSO4 = 0x01, 0x02
VNET = struct.Struct("<BBHHHH")
"""``struct virtio_net_hdr``: flags, kind of segmentation, header length, segment size, ... It goes
with each packet, so that checksums need not be computed and segments may travel in bundles."""

MTU = 1500
UDP = 17
BIN_S = 0.1
MOST_AT_ONCE = 64
LARGEST = 65536 + VNET.size
PROTOCOL = VNET.size + 9
IPV4 = 4
TOLD = 100
"""Octets of an IP packet above which a UDP packet is a probe whose fate is written down."""


class Direction:
    """Takes packets from one device and gives them to the other."""

    def __init__(self, source: int, sink: int) -> None:
        self.source, self.sink = source, sink
        self.waiting: list[tuple[float, int, bytes, float]] = []
        self.free = 0.0
        self._count = 0
        self.clear()
        self.set(Shape())

    def set(self, shape: Shape) -> None:
        """Change the settings; packets under way keep their time."""
        self.shape = shape
        self._random = random.Random(shape.seed)  # noqa: S311 - repeatable, not secret
        self._bad = False
        self._octet_s = 1 / (shape.mbit * 125_000) if shape.mbit else 0.0
        self._longest_s = max(shape.buffer_ms / 1000, 2 * MTU * self._octet_s)
        self._delay_s = shape.delay_ms / 1000
        self.free = 0.0

    def read(self) -> Truth:
        """The counters so far."""
        truth = self.truth
        truth.udp_fate = "".join(self._fate)
        truth.udp_held_ms = self._held
        truth.queue_ms = [
            round(1000 * waited / count, 3) if count else -1.0
            for waited, count in zip(self._waited, self._counts, strict=True)
        ]
        truth.octets = sum(truth.bins)
        return truth

    def clear(self) -> None:
        """Begin counting anew."""
        self.truth = Truth(bins_begin=time.monotonic())
        self._fate: list[str] = []
        self._held: list[float] = []
        self._waited: list[float] = []
        self._counts: list[int] = []

    def _dropped(self) -> bool:
        """Chance: independent, or a Gilbert process with the same mean and longer runs."""
        shape = self.shape
        if shape.burst <= 1:
            return self._random.random() < shape.loss
        leave = 1 / shape.burst
        enter = leave * shape.loss / (1 - shape.loss)
        self._bad = self._random.random() < (1 - leave if self._bad else enter)
        return self._bad

    def take(self, packet: bytes, now: float) -> None:
        """Queue, delay or drop one packet. The hot path: some 60,000 times a second."""
        shape, truth = self.shape, self.truth
        _, bundle, header, segment, _, _ = VNET.unpack_from(packet)
        size = len(packet) - VNET.size
        count = 1
        if bundle:  # as large on the line as its segments, each with its header
            count = -(-(size - header) // segment)
            size += (count - 1) * header
        truth.packets += count
        is_udp = packet[PROTOCOL] == UDP and packet[VNET.size] >> 4 == IPV4
        told = is_udp and size > TOLD
        if shape.cut or (is_udp and not shape.udp) or (shape.loss and self._dropped()):
            truth.lost += count
            if told:
                self._fate.append("0")
            return
        start = max(now, self.free)
        gone = start + size * self._octet_s
        if gone - now > self._longest_s and self._octet_s:
            truth.overflowed += count
            if told:
                self._fate.append("0")
            return
        self.free = gone
        if told:
            self._fate.append("1")
        index = int((gone - truth.bins_begin) / BIN_S)
        bins = truth.bins
        while len(bins) <= index:
            bins.append(0)
            self._waited.append(0.0)
            self._counts.append(0)
        bins[index] += size
        self._waited[index] += start - now
        self._counts[index] += 1
        due = gone + self._delay_s
        if shape.jitter_ms:
            due += self._random.uniform(-shape.jitter_ms, shape.jitter_ms) / 1000
        self._count += 1
        heapq.heappush(self.waiting, (due, self._count, packet, now if told else 0.0))

    def give(self, now: float) -> None:
        """Deliver what is due."""
        waiting, sink, write, pop = self.waiting, self.sink, os.write, heapq.heappop
        with contextlib.suppress(OSError):  # the device may be down at the end
            while waiting and waiting[0][0] <= now:
                _, _, packet, taken = pop(waiting)
                write(sink, packet)
                if taken:
                    self._held.append(round(1000 * (time.monotonic() - taken), 3))


def device(name: str) -> int:
    """Make a TUN device; its descriptor."""
    descriptor = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(
        descriptor,
        TUNSETIFF,
        struct.pack("16sH", name.encode(), IFF_TUN | IFF_NO_PI | IFF_VNET_HDR),
    )
    fcntl.ioctl(descriptor, TUNSETVNETHDRSZ, struct.pack("i", VNET.size))
    fcntl.ioctl(descriptor, TUNSETOFFLOAD, TUN_F_CSUM | TUN_F_TSO4)
    return descriptor


def wake_on_time() -> None:
    """Have the kernel wake this process when asked, not up to 50 us later to save power."""
    ctypes.CDLL(None).prctl(PR_SET_TIMERSLACK, 1, 0, 0, 0)


def place(name: str, space: str, own: str, peer: str) -> None:
    """Move a device into its namespace and give it its address."""
    for command in (
        f"ip link set {name} netns {space}",
        f"ip -n {space} addr add {own} peer {peer} dev {name}",
        f"ip -n {space} link set {name} mtu {MTU} txqueuelen 1000 up",
        f"ip -n {space} link set lo up",
    ):
        subprocess.run(command.split(), check=True)


def say(words: dict[str, object]) -> None:
    """One JSON line on standard output."""
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Relay until standard input ends."""
    client, server = sys.argv[1:3]
    near, far = device("line0"), device("line1")
    place("line0", client, CLIENT, SERVER)
    place("line1", server, SERVER, CLIENT)
    up, down = Direction(near, far), Direction(far, near)
    say({"ready": True})
    os.set_blocking(0, False)
    wake_on_time()
    text = b""
    while True:
        for way in (up, down):
            way.give(time.monotonic())
        due = min((way.waiting[0][0] for way in (up, down) if way.waiting), default=None)
        patience = 1.0 if due is None else max(0.0, due - time.monotonic())
        # select counts in microseconds where epoll counts in milliseconds.
        ready, _, _ = select.select([near, far, 0], [], [], patience)
        for way in (up, down):
            if way.source in ready:
                drain(way)
        if 0 in ready:
            piece = os.read(0, 65536)
            if not piece:
                return
            *lines, text = (text + piece).split(b"\n")
            for line in lines:
                say(answer(json.loads(line), up, down))


def drain(way: Direction) -> None:
    """Take what waits in the device, a batch at most, so that the other way has its turn."""
    read, source, take, clock = os.read, way.source, way.take, time.monotonic
    with contextlib.suppress(BlockingIOError):
        for _ in range(MOST_AT_ONCE):
            take(read(source, LARGEST), clock())


def answer(order: dict[str, object], up: Direction, down: Direction) -> dict[str, object]:
    """Do what one line asks."""
    both = (("up", up), ("down", down))
    if order["do"] == "shape":
        for name, way in both:
            if name in order:
                way.set(Shape(**order[name]))  # type: ignore[arg-type]  # a line of JSON
        return {"done": True}
    found: dict[str, object] = {name: asdict(way.read()) for name, way in both}
    if order["do"] == "clear":
        for _, way in both:
            way.clear()
    return found


if __name__ == "__main__":
    main()
