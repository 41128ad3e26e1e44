"""The measuring server behind ``readiness serve``: the far end of the line probes.

Plain HTTP with threads and the standard library alone. It opens no file, keeps no record, and
bounds everything a client can ask for, so that it may stand on an open network. Its protocol is
described in ``docs/methods/line.md``.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.text import N_
from readiness.server.connection import Connection
from readiness.server.house import House, Limits, client_key

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Limits", "serve"]

POLL_S = 0.1
BACKLOG = 128
HIGHEST_PORT = 65535
BUSY = b"HTTP/1.1 429 Too Many Requests\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


def serve(
    host: str,
    port: int,
    *,
    ready: Callable[[str], None],
    stop: threading.Event,
    limits: Limits | None = None,
) -> None:
    """Serve until ``stop`` is set, blocking; closes every connection before it returns.

    Args:
        host: Address to listen on; ``0.0.0.0`` or ``::`` for all.
        port: 0 lets the system choose.
        ready: Called once with the address for ``--server``, e.g. ``http://127.0.0.1:8080``.
        stop: Ends the server within about 0.2 s.
        limits: What one client may take.

    Raises:
        InputError: The address cannot be listened on.
    """
    house = House(limits or Limits())
    with _listen(host, port) as listener, contextlib.ExitStack() as ended:
        crew = _Crew(house)
        ended.callback(crew.dismiss)
        shown = f"[{host}]" if ":" in host else host
        ready(f"http://{shown}:{listener.getsockname()[1]}")
        listener.settimeout(POLL_S)
        while not stop.is_set():
            try:
                sock, address = listener.accept()
            except TimeoutError:
                continue
            except OSError:
                # Out of descriptors, or a client that left while waiting: others may still come.
                stop.wait(POLL_S)
                continue
            crew.employ(sock, client_key(str(address[0])))


def _listen(host: str, port: int) -> socket.socket:
    if not 0 <= port <= HIGHEST_PORT:
        raise _refusal(host, port, "0-65535")
    try:
        found = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE | socket.AI_NUMERICSERV
        )
        family, _, _, _, address = found[0]
        return socket.create_server(
            (str(address[0]), port),
            family=family,
            backlog=BACKLOG,
            dualstack_ipv6=address[0] == "::" and socket.has_dualstack_ipv6(),
        )
    except (OSError, UnicodeError) as error:  # a name of odd length has no form for the network
        raise _refusal(host, port, error) from error


def _refusal(host: str, port: int, reason: object) -> InputError:
    return InputError(
        "serve-cannot-listen",
        N_("The server cannot listen on {host}, port {port}: {reason}"),
        hint=N_("Choose another port, for example --listen 127.0.0.1:8080."),
        host=host,
        port=port,
        reason=reason,
    )


class _Crew:
    """The threads, one for each connection."""

    def __init__(self, house: House) -> None:
        self._house = house
        self._lock = threading.Lock()
        self._at_work: dict[threading.Thread, socket.socket] = {}

    def employ(self, sock: socket.socket, client: str) -> None:
        """Serve a connection in a thread of its own, or turn it away."""
        if not self._house.enter(client):
            sock.settimeout(0)
            with sock, contextlib.suppress(OSError):
                sock.send(BUSY)
            return
        thread = threading.Thread(target=self._work, args=(sock, client), daemon=True)
        with self._lock:
            self._at_work[thread] = sock
        try:
            thread.start()
        except RuntimeError:  # the system has no more threads to give: this client must wait
            with self._lock:
                del self._at_work[thread]
            self._house.leave(client)
            sock.close()

    def _work(self, sock: socket.socket, client: str) -> None:
        try:
            with sock:
                Connection(sock, client, self._house).run()
        finally:
            self._house.leave(client)
            with self._lock:
                self._at_work.pop(threading.current_thread(), None)

    def dismiss(self) -> None:
        """End every connection and wait for the threads."""
        self._house.stopping.set()
        with self._lock:
            at_work = dict(self._at_work)
        for sock in at_work.values():
            with contextlib.suppress(OSError):  # it may have ended in this moment
                sock.shutdown(socket.SHUT_RDWR)
        for thread in at_work:
            thread.join(timeout=1)
