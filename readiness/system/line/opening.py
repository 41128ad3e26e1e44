"""The backend that the person agreed to, with those to fall back on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.line_method import line_method
from readiness.ports import Need
from readiness.system.line import iperf3, public
from readiness.system.line.child_line import ChildLine
from readiness.system.line.choice import Choice
from readiness.system.line.extent import Extent
from readiness.system.line.messages import ServeJob, SpeedtestJob
from readiness.system.line.serve_line import SERVE, SPEEDTEST, ServeLine, SpeedtestLine

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.cancel import Token
    from readiness.ports import Choices, Line
    from readiness.system.line.child_line import Part
    from readiness.system.line.choice import Backend

MEGABYTE = 1_000_000
SHARE = 0.48
"""Of the budget for each direction; the rest is for round trips, headers and what comes late."""

MIN_BUDGET_MB = 1

PARTS: tuple[Part, ...] = ("download", "upload")
QUICK_S, THOROUGH_S = 6.5, 15.0
"""How long data flows in each direction."""

QUICK_PACKETS, THOROUGH_PACKETS = 750, 1500
"""Of a call's stream on the idle line: 15 s, the shortest with a window of 15 s, and 30 s."""


def open_line(choices: Choices, token: Token) -> Line:
    """The backend for what the person chose, with those to fall back on. Sends nothing yet.

    Raises:
        CannotMeasure: ``no-consent``, ``no-server``, ``unknown-method``, ``budget-spent``.
    """
    if Need.NETWORK not in choices.consent:
        raise CannotMeasure(FailureCode.SKIPPED, "no-consent")
    method = choices.method or (SERVE if choices.server else "")
    if not method:
        raise CannotMeasure(FailureCode.SKIPPED, "no-server")
    if choices.budget_mb < MIN_BUDGET_MB:
        raise CannotMeasure(FailureCode.SKIPPED, "budget-spent")
    budget = int(choices.budget_mb * MEGABYTE * SHARE)
    names = dict.fromkeys((method, *choices.fallbacks))
    makers = [(name, _maker(name, choices, token, chosen=name == method)) for name in names]
    return makers[0][1](budget) if len(makers) == 1 else Choice(makers, budget)


def _maker(name: str, choices: Choices, token: Token, *, chosen: bool) -> Callable[[int], Backend]:
    """How the line of one method is made with a budget. A server belongs to the chosen method."""
    known = line_method(name)
    if known is None:
        raise CannotMeasure(FailureCode.UNSUPPORTED, "unknown-method", method=name[:40])
    server = choices.server if chosen else ""
    if known.needs_server and not server:
        raise CannotMeasure(FailureCode.SKIPPED, "no-server")
    extent = Extent(
        seconds=THOROUGH_S if choices.thorough else QUICK_S,
        packets=THOROUGH_PACKETS if choices.thorough else QUICK_PACKETS,
        targets={part: choices.targets.get(f"line.{part}", ()) for part in PARTS},
    )

    def make(budget: int) -> Backend:
        if name == SERVE:
            return _serve(token, budget, server, choices.nonce).over(extent)
        line = _MAKERS[name](token, budget, server)
        return line.over(extent) if isinstance(line, ChildLine) else line

    return make


def _serve(token: Token, budget: int, server: str, nonce: str) -> ServeLine:
    return ServeLine(token, ServeJob(part="", address=server, budget=budget, nonce=nonce))


def _speedtest(token: Token, budget: int, _server: str) -> SpeedtestLine:
    return SpeedtestLine(token, SpeedtestJob(part="", budget=budget))


_MAKERS: dict[str, Callable[[Token, int, str], Backend]] = {
    SPEEDTEST: _speedtest,
    public.CLOUDFLARE: public.cloudflare,
    public.LIBRESPEED: public.librespeed,
    public.NDT7: public.ndt7,
    iperf3.IPERF3: iperf3.line,
}
