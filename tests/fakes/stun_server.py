"""The STUN server of coturn on loopback, and small ones that misbehave."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

Answer = Callable[[bytes], bytes | None]
"""From a request to what comes back; none for nothing."""

PATIENCE_S = 20.0
ASK = bytes.fromhex("000100002112a442") + b"are-you-here"
"""A binding request after RFC 8489, written by hand."""


@contextlib.contextmanager
def coturn() -> Iterator[str]:
    """A real server; yields ``HOST:PORT`` once it answers."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    with TemporaryDirectory() as folder:
        command = (
            f"turnserver -n --listening-ip 127.0.0.1 --listening-port {port} --stun-only --no-tls "
            f"--no-dtls --no-tcp --no-cli --log-file {folder}/log --simple-log "
            f"--pidfile {folder}/pid --userdb {folder}/db"
        )
        server = subprocess.Popen(
            command.split(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=Path(folder)
        )
        try:
            _wait_for(port)
            yield f"127.0.0.1:{port}"
        finally:
            server.kill()
            server.wait()


def _wait_for(port: int) -> None:
    end = time.monotonic() + PATIENCE_S
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.connect(("127.0.0.1", port))
        sock.settimeout(0.2)
        while time.monotonic() < end:
            with contextlib.suppress(OSError):
                sock.send(ASK)
                if sock.recv(2048):
                    return
            time.sleep(0.05)
    raise TimeoutError("coturn does not answer")


@contextlib.contextmanager
def udp_server(answer: Answer) -> Iterator[str]:
    """A server that gives back what ``answer`` makes of each packet; yields ``HOST:PORT``."""
    over = threading.Event()
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind(("127.0.0.1", 0))
        sock.settimeout(0.05)

        def serve() -> None:
            while not over.is_set():
                with contextlib.suppress(TimeoutError):
                    data, address = sock.recvfrom(2048)
                    back = answer(data)
                    if back is not None:
                        sock.sendto(back, address)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        try:
            yield f"127.0.0.1:{sock.getsockname()[1]}"
        finally:
            over.set()
            thread.join(timeout=2)
