"""The steps of a run in the rail; what the computer tells about itself is one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.explain import SHORT_FAILURES
from readiness.model.errors import FailureCode
from readiness.model.text import N_
from ui.guide.outcome import Outcome, together
from ui.widgets.rail import Rail, RailStep

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.ports import Probe
    from ui.progress import RunState

COMPUTER = "machine."
"""How the metrics of the computer's own facts begin: all of them together take a second."""


class RunSteps:
    """Which step of the rail each probe belongs to, and what it came to.

    Args:
        rail: Receives the steps.
        probes: What is run, in order.
        reader: Words.
    """

    def __init__(self, rail: Rail, probes: Sequence[Probe], reader: Reader) -> None:
        self._rail, self._reader = rail, reader
        self._groups: list[tuple[RailStep, str, tuple[str, ...]]] = []
        self._outcomes: dict[str, Outcome] = {}
        facts = tuple(probe.id for probe in probes if _is_fact(probe))
        together_at = facts[0] if len(facts) > 1 else ""
        for probe in probes:
            if probe.id == together_at:
                self._add(reader.text(N_("Computer")), facts)
            elif not together_at or probe.id not in facts:
                self._add(reader.text(probe.title), (probe.id,))

    def _add(self, title: str, probes: tuple[str, ...]) -> None:
        step = RailStep(len(self._groups) + 1, title)
        self._groups.append((step, title, probes))
        self._rail.add(step)

    def __len__(self) -> int:
        """How many steps there are."""
        return len(self._groups)

    def number(self, probe_id: str) -> int:
        """Which step a probe belongs to, from 1 on."""
        return 1 + next(n for n, (_, _, own) in enumerate(self._groups) if probe_id in own)

    def end(self, probe_id: str, found: Outcome) -> tuple[str, str] | None:
        """A probe has ended; title and words of its step, if that has ended with it."""
        self._outcomes[probe_id] = found
        step, title, own = self._groups[self.number(probe_id) - 1]
        told = [self._outcomes[name] for name in own if name in self._outcomes]
        if len(told) < len(own):
            return None
        whole = found if len(own) == 1 else together(told, self._reader)
        step.set_outcome(whole.sign, whole.role, whole.words)
        return title, whole.words

    def show(self, state: RunState) -> None:
        """Show what is going on and what is left; what has ended shows itself."""
        left_out = self._reader.text(SHORT_FAILURES[FailureCode.SKIPPED])
        for step, _, own in self._groups:
            if state.current in own:
                words = N_("your turn") if state.step is not None else N_("measuring now")
                step.set_current(self._reader.text(words))
                self._rail.reveal(step)
            elif state.skipped.issuperset(own):
                step.set_outcome("?", "open", left_out)
            elif not all(_ended(state, name) for name in own):
                step.set_waiting()


def _ended(state: RunState, probe_id: str) -> bool:
    run = state.runs.get(probe_id)
    return probe_id in state.skipped or (run is not None and not run.stopped)


def _is_fact(probe: Probe) -> bool:
    return all(metric.id.startswith(COMPUTER) for metric in probe.metrics)
