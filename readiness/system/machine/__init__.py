"""This computer's own facts, by topic, as plain values; the system's own module reads them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.cancel import Token
    from readiness.ports import Facts

    Reader = Callable[[Token], Facts]


class SystemMachine:
    """The ``Machine`` port of this computer.

    Args:
        token: Stop; tools that run are killed.
        server: Address of the chosen measuring server: the link is looked up towards it. May be
            the literal address that a measurement used.
        network: Whether the person agreed to the network: only then is a server's name looked up,
            once for the life of this object, so that "before" and "after" mean the same way.
    """

    def __init__(self, token: Token, *, server: str = "", network: bool = False) -> None:
        self._token = token
        self._server = server
        self._network = network
        self._address: str | None = None

    def facts(self, topic: str) -> Facts:
        """Raw facts of ``topic``; the keys stand in ``docs/facts.md``.

        Raises:
            CannotMeasure: Unknown system or topic, or the system refused or failed.
        """
        self._token.check()
        try:
            if topic in ("link", "wifi"):
                return self._link(topic)
            readers = _readers()
            if topic not in readers:
                raise CannotMeasure(FailureCode.UNSUPPORTED, "unknown-topic", topic=topic)
            return readers[topic](self._token)
        except PermissionError as error:
            raise CannotMeasure(FailureCode.PERMISSION_DENIED, "system-refused") from error
        except OSError as error:
            raise CannotMeasure(FailureCode.UNSUPPORTED, "system-error") from error

    def _link(self, topic: str) -> Facts:
        from readiness.system.link import link_facts, target_of, wifi_facts

        if self._address is None:
            self._address = target_of(self._token, self._server, lookup=self._network)
        read = link_facts if topic == "link" else wifi_facts
        return read(self._token, self._address)


def _readers() -> Mapping[str, Reader]:
    """The readers of the system that runs here."""
    if sys.platform == "win32":
        from readiness.system.machine.windows import READERS
    elif sys.platform == "darwin":
        from readiness.system.machine.darwin import READERS
    elif sys.platform == "linux":
        from readiness.system.machine.linux import READERS
    else:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "unknown-system", system=sys.platform)
    return READERS
