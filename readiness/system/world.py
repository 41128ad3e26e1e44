"""The real world: makes the ports of this computer for one probe run."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Need

if TYPE_CHECKING:
    from readiness.cancel import Token
    from readiness.ports import Audio, Choices, Desktop, Line, Machine, Reach, Watch


class SystemClock:
    """This computer's clock; waiting obeys the token."""

    def __init__(self, token: Token) -> None:
        self._token = token

    def now(self) -> datetime:
        """Wall-clock time, UTC, whole seconds."""
        return datetime.now(UTC).replace(microsecond=0)

    def monotonic(self) -> float:
        """Seconds that never go back."""
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        """Wait; raises ``Cancelled`` at once on Stop."""
        self._token.sleep(seconds)


class SystemWorld:
    """This computer. Adapters are imported when they are first used."""

    def clock(self, token: Token) -> SystemClock:
        """Time."""
        return SystemClock(token)

    def machine(self, choices: Choices, token: Token) -> Machine:
        """The computer's facts; the link is looked up towards the chosen server."""
        from readiness.ports import Need
        from readiness.system.machine import SystemMachine

        network = Need.NETWORK in choices.consent
        return SystemMachine(token, server=choices.server, network=network)

    def line(self, choices: Choices, token: Token) -> Line:
        """The chosen peer. Raises ``CannotMeasure``."""
        from readiness.system.line.opening import open_line

        return open_line(choices, token)

    def watch(self, choices: Choices, token: Token) -> Watch:
        """A long look at the line to the chosen peer. Raises ``CannotMeasure``."""
        from readiness.system.line.watching import open_watch

        return open_watch(choices, token)

    def reach(self, choices: Choices, token: Token) -> Reach:
        """The hosts that the profiles name. Raises ``CannotMeasure``: ``no-consent``."""
        if Need.NETWORK not in choices.consent:
            raise CannotMeasure(FailureCode.SKIPPED, "no-consent")
        from readiness.system.reach import SystemReach

        methods = (choices.method, *choices.fallbacks)
        return SystemReach(token, choices.endpoints, server=choices.server, methods=methods)

    def audio(self, choices: Choices, token: Token) -> Audio:
        """The sound system. Raises ``CannotMeasure``."""
        from readiness.system.audio import open_audio

        return open_audio(choices, token)

    def desktop(self) -> Desktop:
        """File manager and mail program."""
        from readiness.system.desktop import SystemDesktop

        return SystemDesktop()
