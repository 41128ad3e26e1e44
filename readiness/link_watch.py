"""The connection before and after a measurement: a change makes the figures nobody's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.link_kind import LINK_CHANGED, link_changed
from readiness.model.errors import CannotMeasure, FailureCode

if TYPE_CHECKING:
    from readiness.ports import Context, Facts


class LinkWatch:
    """The connection as it was when the measurement began."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx
        self._before = _facts(ctx)

    def check(self) -> None:
        """Look again.

        Raises:
            CannotMeasure: ``link-changed``. Where the system does not tell, nothing is claimed.
        """
        after = _facts(self._ctx)
        if self._before is not None and after is not None and link_changed(self._before, after):
            raise CannotMeasure(FailureCode.UNREACHABLE, LINK_CHANGED)


def _facts(ctx: Context) -> Facts | None:
    try:
        return ctx.machine.facts("link")
    except CannotMeasure:
        return None
