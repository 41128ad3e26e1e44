"""One requirement in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.locale import NARROW_NO_BREAK_SPACE
from readiness.report.attempts import ARROW, before

if TYPE_CHECKING:
    from readiness.model.finding import Verdict
    from readiness.model.measurement import EvidenceKind, Trace
    from readiness.model.requirement import Area, Level
    from readiness.report.attempts import Attempt


@dataclass(frozen=True, kw_only=True)
class Row:
    """One requirement in words.

    Attributes:
        requirement: Its id.
        level_word: "required", "recommended", "for information".
        found: The value in words, or in a few words why there is none.
        plus_minus: 95 % half width, ``± 0.1``, or empty.
        asked: "at least 3 Mbit/s".
        margin: "0.9 Mbit/s missing", or empty.
        rests_on: "measured", "the system says", "own answer" or a dash.
        word: The verdict: "met", "too slow", "open" and the like.
        symbol: The verdict as a sign, never without ``word`` beside it.
        metric: What was found or was to be found; empty if that is not known.
        probe: The check that finds it; empty if no check here does.
        method: How the value came about, one sentence. Empty if there is none.
        basis: How many readings it rests on, and its 95 % interval.
        cautions: What to know before believing it: what limited it, what was tried before.
        facts: The rest of the evidence as (noun, value).
        source: Who asks it, when that was seen, and how far the source can be trusted.
        source_address: Its page; only http and https addresses, else empty.
        reason: Why there is no value; empty if there is one.
        cause: Why a value usually falls short, and how one finds out which it is; empty if it
            does not, or if nothing is known.
        advice: What to do, as (what it costs, text), free things first; the cost is empty where
            nothing is to be paid or done. Only where something is missing or open.
        trace: The course of the value over time.
        limit: The threshold in the trace's unit, to be drawn across it.
        attempts: All attempts at the value in this session, oldest first.
    """

    requirement: str
    area: Area
    level: Level
    level_word: str
    title: str
    found: str
    plus_minus: str
    asked: str
    margin: str
    rests_on: str
    kind: EvidenceKind | None
    verdict: Verdict
    word: str
    symbol: str
    metric: str
    probe: str
    method: str
    basis: str
    cautions: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    source: str
    source_address: str
    reason: str
    cause: str
    advice: tuple[tuple[str, str], ...]
    trace: Trace | None
    limit: float | None
    attempts: tuple[Attempt, ...] = ()

    @property
    def before(self) -> str:
        """What the first attempt came to, where a later one says something else; else empty."""
        return before(self.attempts)

    @property
    def was(self) -> str:
        """The same, without the unit where the value now has it too: ``2.1``."""
        number, space, unit = self.before.rpartition(NARROW_NO_BREAK_SPACE)
        return number if space and self.found.endswith(space + unit) else self.before

    @property
    def course(self) -> str:
        """Before and after, ``2.1 → 24.6 Mbit/s``; without a before just the value."""
        return f"{self.was} {ARROW} {self.found}" if self.was else self.found

    @property
    def how(self) -> str:
        """How the value came about, in one paragraph; empty if there is none."""
        return " ".join(part for part in (self.method, self.basis) if part)
