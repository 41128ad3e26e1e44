"""The measuring server under load: ``python -m bench.serve_load`` (Linux, root).

1,000 clients, each with an address of its own, hold a connection and ping now and then, while 50
others measure at once, each behind a line of 10 Mbit/s in both directions: a network namespace
and the kernel's token bucket (``tbf``). A full frame of 1,514 bytes carries 1,448 bytes of payload,
so the truth is rate x 1448 / 1514. A few of the 50 are the product's own client in a process of its
own; the others are light ones in one process, because two cores do not carry 50 clients of six
threads. The server runs with its default limits. Everything that is set up is taken away again.
"""

from __future__ import annotations

import argparse
import contextlib
import selectors
import signal
import socket
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import psutil

from bench.light_clients import Client, download, upload
from readiness.cancel import Token
from readiness.system.line.messages import ServeJob
from readiness.system.line.serve_line import ServeLine

if TYPE_CHECKING:
    from collections.abc import Iterator

SPACE, CABLE = "server-load", "srvload"
PORT = 8097
PAYLOAD_SHARE = 1448 / 1514
BUCKET, QUEUE = "32kb", "100ms"
BUNDLE = 8
SECONDS = 8.0
LIGHT_SECONDS = 10.0
PING_EVERY_S = 20.0
MEGABYTE = 1 << 20
ROOT = Path(__file__).resolve().parent.parent
TOKEN = "0123456789abcdef"  # noqa: S105 - to be said back, no secret
PING = f"GET /readiness/ping?token={TOKEN} HTTP/1.1\r\n\r\n".encode()


def _do(command: str) -> None:
    subprocess.run(command.split(), check=True)


@contextlib.contextmanager
def lines(count: int, mbit: float) -> Iterator[list[tuple[str, str]]]:
    """Lines of ``mbit`` from as many namespaces to here: name, and the server's address there."""
    made = []
    try:
        for index in range(count):
            space, near = f"{SPACE}-{index}", f"{CABLE}{index}"
            net = f"10.198.{index // 64}.{index % 64 * 4}".rpartition(".")
            here, there = (f"{net[0]}.{int(net[2]) + host}" for host in (1, 2))
            _do(f"ip netns add {space}")
            made.append((space, here))
            _do(f"ip link add {near} type veth peer name line0 netns {space}")
            _do(f"ip addr add {here}/30 dev {near}")
            _do(f"ip -n {space} addr add {there}/30 dev line0")
            shape = f"root tbf rate {mbit}mbit burst {BUCKET} latency {QUEUE}"
            # Bundles of up to 64 KiB would not pass the bucket; single frames cost too much here.
            _do(f"ip link set {near} up gso_max_segs {BUNDLE}")
            _do(f"ip -n {space} link set line0 up gso_max_segs {BUNDLE}")
            _do(f"tc qdisc replace dev {near} {shape}")
            _do(f"tc -n {space} qdisc replace dev line0 {shape}")
        yield made
    finally:
        for index, (space, _) in enumerate(made):
            subprocess.run(f"ip link del {CABLE}{index}".split(), check=False)
            _do(f"ip netns del {space}")


@contextlib.contextmanager
def server() -> Iterator[psutil.Process]:
    """``readiness serve`` in a process of its own."""
    command = [sys.executable, "-m", "readiness", "serve", "--listen", f"0.0.0.0:{PORT}"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout is not None
        process.stdout.readline()
        try:
            yield psutil.Process(process.pid)
        finally:
            process.terminate()


class Idle(threading.Thread):
    """Clients that are connected and ping now and then; each has an address of its own."""

    def __init__(self, count: int) -> None:
        super().__init__(daemon=True)
        self._chooser = selectors.DefaultSelector()
        self._over = threading.Event()
        self._socks = []
        self.slowest = 0.0
        for index in range(count):
            source = (f"127.1.{index // 250}.{index % 250 + 1}", 0)
            sock = socket.create_connection(("127.0.0.1", PORT), 10, source)
            sock.sendall(PING)  # who has never asked anything is not a client for long
            self._chooser.register(sock, selectors.EVENT_READ)
            self._socks.append(sock)

    @property
    def held(self) -> int:
        """How many are still connected."""
        return len(self._chooser.get_map())

    def run(self) -> None:
        """Ping in turn."""
        asked: dict[object, float] = {}
        turn, index = PING_EVERY_S / max(1, len(self._socks)), 0
        following = time.monotonic()
        while not self._over.is_set():
            while time.monotonic() >= following and self._socks:
                sock = self._socks[index % len(self._socks)]
                index, following = index + 1, following + turn
                asked[sock] = time.monotonic()
                with contextlib.suppress(OSError):  # seen below, where it ends
                    sock.sendall(PING)
            for key, _ in self._chooser.select(timeout=turn):
                if not _answered(key.fileobj):
                    self._chooser.unregister(key.fileobj)
                elif key.fileobj in asked:
                    lasted = time.monotonic() - asked.pop(key.fileobj)
                    self.slowest = max(self.slowest, lasted)

    def end(self) -> None:
        """Hang up."""
        self._over.set()
        self.join()
        for sock in self._socks:
            sock.close()


def _answered(sock: object) -> bool:
    """Read an answer; false if the server has hung up."""
    assert isinstance(sock, socket.socket)
    try:
        return bool(sock.recv(1000))
    except ConnectionError:
        return False


@dataclass
class Round:
    """What the clients found in one direction, relative errors against the truth in percent."""

    part: str
    light: list[float]
    real: list[float]
    cpu: float
    rss: float


def measure(
    part: str, spaces: list[tuple[str, str]], real: int, truth: float, watched: psutil.Process
) -> Round:
    """Everybody measures at once."""
    crew = [_real(part, space, here) for space, here in spaces[:real]]
    clients = [Client(space, (here, PORT)) for space, here in spaces[real:]]
    began, used = time.monotonic(), sum(watched.cpu_times()[:2])
    (download if part == "download" else upload)(clients, LIGHT_SECONDS)
    cpu = (sum(watched.cpu_times()[:2]) - used) / (time.monotonic() - began)
    found = []
    for process in crew:
        said, _ = process.communicate(timeout=60)
        found.append(float(said))
    return Round(
        part,
        [100 * (client.rate() / truth - 1) for client in clients],
        [100 * (rate / truth - 1) for rate in found],
        100 * cpu,
        watched.memory_info().rss / MEGABYTE,
    )


def _real(part: str, space: str, here: str) -> subprocess.Popen[str]:
    command = f"ip netns exec {space} {sys.executable} -m bench.serve_load --client {part}".split()
    return subprocess.Popen(
        [*command, f"http://{here}:{PORT}"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    )


def client(part: str, address: str) -> None:
    """Be one of the product's own clients, and say the figure."""
    line = ServeLine(
        Token(), ServeJob(part="", address=address, seconds=SECONDS, budget=200_000_000)
    )
    print(getattr(line, part)(lambda _fraction, _rate: None).rate)


def main() -> None:
    """Print one line for each direction and round."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--minutes", type=float, default=1.0)
    options.add_argument("--idle", type=int, default=1000)
    options.add_argument("--measuring", type=int, default=50)
    options.add_argument("--real", type=int, default=4, help="of these, the product's own client")
    options.add_argument("--mbit", type=float, default=10.0)
    options.add_argument("--client", nargs=2, help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.client:
        client(*chosen.client)
        return
    for ending in (signal.SIGINT, signal.SIGTERM):  # nothing stays behind, in the background either
        signal.signal(ending, lambda *_: sys.exit(1))
    truth = chosen.mbit * PAYLOAD_SHARE
    print(f"truth {truth:.3f} Mbit/s; errors in %: light clients, the product's own client")
    print("| s | part | median | least..most | own: least..most | CPU % | RSS MiB | connected |")
    print("|---|---|---|---|---|---|---|---|")
    with server() as watched, lines(chosen.measuring, chosen.mbit) as spaces:
        idle = Idle(chosen.idle)
        idle.start()
        began = time.monotonic()
        while time.monotonic() - began < chosen.minutes * 60:
            for part in ("download", "upload"):
                found = measure(part, spaces, chosen.real, truth, watched)
                _print(time.monotonic() - began, found, idle.held)
        print(f"slowest answer to an idle client's ping: {1000 * idle.slowest:.0f} ms")
        idle.end()


def _print(lasted: float, found: Round, held: int) -> None:
    own = f"{min(found.real):+.2f}..{max(found.real):+.2f}" if found.real else "-"
    light = f"{median(found.light):+.2f} | {min(found.light):+.2f}..{max(found.light):+.2f}"
    print(
        f"| {lasted:.0f} | {found.part} | {light} | {own} | {found.cpu:.0f} | {found.rss:.1f} "
        f"| {held} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
