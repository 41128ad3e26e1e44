"""The emulated line: two network namespaces, a link between them, and what really happened on it.

``with Bed() as bed: bed.shape(Shape(mbit=25, delay_ms=10))`` is a line of 25 Mbit/s with a round
trip of 20 ms; ``bed.at_client("ping", SERVER)`` is the command line that uses it.
"""

from __future__ import annotations

import contextlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Self

from tests.rig.emulator.shape import CLIENT, SERVER, Shape, Truth

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

__all__ = ["CLIENT", "PAYLOAD_SHARE", "SERVER", "Bed", "Shape", "Truth"]

ROOT = Path(__file__).resolve().parents[3]
PAYLOAD_SHARE = 1448 / 1500
"""Payload of a full IPv4 packet of TCP with timestamps: goodput truth = rate x this."""

BUNDLE, BUNDLE_FROM_MBIT = 8, 50
"""At 500 Mbit/s eight segments take 0.2 ms."""

ALLOWED = "/proc/sys/net/ipv4/tcp_allowed_congestion_control"


class Bed:
    """Client and server namespaces with the link between them.

    Without root everything happens inside a user namespace of its own, held by a process that
    ends with this object.

    Args:
        congestion: Congestion control of both ends; CUBIC fills queues as most senders do.
    """

    def __init__(self, *, congestion: str = "cubic") -> None:
        self._congestion = congestion
        self._name = f"rdy{secrets.token_hex(3)}"
        self._client, self._server = f"{self._name}c", f"{self._name}s"
        self._inside: list[str] = []
        self._open = contextlib.ExitStack()
        self._link: subprocess.Popen[str] | None = None

    def __enter__(self) -> Self:
        with contextlib.ExitStack() as undo:
            if os.geteuid() != 0:
                self._inside = undo.enter_context(_user_namespace())
            elif self._congestion not in Path(ALLOWED).read_text(encoding="ascii").split():
                # Once for the whole system; a namespace may choose only what is allowed here.
                allowed = Path(ALLOWED).read_text(encoding="ascii").strip()
                Path(ALLOWED).write_text(f"{allowed} {self._congestion}", encoding="ascii")
            for space in (self._client, self._server):
                self._do("ip", "netns", "add", space)
                undo.callback(self._do, "ip", "netns", "del", space)
            command = [sys.executable, "-m", "tests.rig.emulator.link"]
            self._link = undo.enter_context(
                _process(
                    [*self._inside, *command, self._client, self._server],
                )
            )
            assert self._link.stdout is not None
            assert json.loads(self._link.stdout.readline())["ready"]
            for space in (self._client, self._server):
                setting = f"net.ipv4.tcp_congestion_control={self._congestion}"
                self._do("ip", "netns", "exec", space, "sysctl", "-qw", setting)
                # Every run begins without what an earlier one learned about the path.
                setting = "net.ipv4.tcp_no_metrics_save=1"
                self._do("ip", "netns", "exec", space, "sysctl", "-qw", setting)
            self._open = undo.pop_all()
        return self

    def __exit__(self, *exc: object) -> None:
        self._open.close()

    def _do(self, *command: str) -> None:
        subprocess.run([*self._inside, *command], check=True)

    def at_client(self, *command: str) -> list[str]:
        """The command line that runs ``command`` at the client."""
        return [*self._inside, "ip", "netns", "exec", self._client, *command]

    def at_server(self, *command: str) -> list[str]:
        """The command line that runs ``command`` at the server."""
        return [*self._inside, "ip", "netns", "exec", self._server, *command]

    @contextlib.contextmanager
    def hosts(self, names: Mapping[str, str]) -> Iterator[None]:
        """While inside, these names lead to these addresses at the client. Root only."""
        folder = Path("/etc/netns") / self._client
        folder.mkdir(parents=True)
        lines = [f"{address} {name}\n" for name, address in names.items()]
        (folder / "hosts").write_text("".join(lines), encoding="ascii")
        try:
            yield
        finally:
            shutil.rmtree(folder)

    @contextlib.contextmanager
    def serving(
        self, *command: str, until: str = "", where: str = ""
    ) -> Iterator[subprocess.Popen[str]]:
        """Run a program at the server while inside; wait until it prints a line with ``until``."""
        argv = self.at_client(*command) if where == "client" else self.at_server(*command)
        with _process(argv) as program:
            if until:
                assert program.stdout is not None
                for line in program.stdout:
                    if until in line:
                        break
                else:
                    raise RuntimeError(f"{command[0]} ended before it was ready")
            yield program

    def shape(self, down: Shape, up: Shape | None = None) -> None:
        """Set the link; ``up`` as ``down`` unless given, with another seed."""
        other = up if up is not None else Shape(**{**asdict(down), "seed": down.seed + 1})
        for space, device, way in (
            (self._client, "line0", other),
            (self._server, "line1", down),
        ):
            # Bundles of segments spare this computer; chance must see each packet by itself.
            bundle = BUNDLE if way.mbit >= BUNDLE_FROM_MBIT and not way.loss else 1
            self._do("ip", "-n", space, "link", "set", device, "gso_max_segs", str(bundle))
        self._ask({"do": "shape", "down": asdict(down), "up": asdict(other)})

    def clear(self) -> None:
        """Begin counting anew."""
        self._ask({"do": "clear"})

    def truth(self) -> tuple[Truth, Truth]:
        """What happened since :meth:`clear`: (down, up)."""
        found = self._ask({"do": "read"})
        return Truth(**found["down"]), Truth(**found["up"])

    def settle(self, seconds: float = 0.3) -> None:
        """Let what is under way arrive."""
        time.sleep(seconds)

    def quiet(self, timeout_s: float = 15.0) -> None:
        """Wait for half a second in which nothing of an earlier test is on its way."""
        end = time.monotonic() + timeout_s
        while time.monotonic() < end:
            self.clear()
            time.sleep(0.5)
            if not any(way.packets for way in self.truth()):
                return
        raise TimeoutError("packets keep coming")

    def _ask(self, order: dict[str, object]) -> Any:  # noqa: ANN401 - JSON
        assert self._link is not None
        assert self._link.stdin is not None
        assert self._link.stdout is not None
        self._link.stdin.write(json.dumps(order) + "\n")
        self._link.stdin.flush()
        return json.loads(self._link.stdout.readline())


@contextlib.contextmanager
def _process(
    command: Sequence[str], stderr: IO[str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """A process that is gone, pipes closed, when the block ends."""
    process = subprocess.Popen(
        list(command),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=stderr,
        text=True,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                with contextlib.suppress(OSError):  # unsent text to a dead process
                    pipe.close()


@contextlib.contextmanager
def _user_namespace() -> Iterator[list[str]]:
    """A user, network and mount namespace of our own; yields how to run a command inside."""
    script = "mount -t tmpfs t /run && mkdir -p /run/netns && echo inside && exec sleep infinity"
    command = ["unshare", "-Urnm", "--propagation", "private", "sh", "-c", script]
    with _process(command) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "inside"
        # Entering a mount namespace leads to its root folder, where Python finds no module of ours.
        where = ["-t", str(holder.pid), f"--wdns={ROOT}"]
        yield ["nsenter", *where, "--preserve-credentials", "-U", "-n", "-m"]
