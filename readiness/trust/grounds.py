"""What a value can rest on at best: what checks measure, what only the system states, what only the
person can say. A file that claims more was altered, or an unknown program made it.
"""  # noqa: D205 - two lines of summary

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from readiness.explain import DECLARED
from readiness.model.measurement import QUESTIONS, EvidenceKind
from readiness.probes import probe_of

if TYPE_CHECKING:
    from readiness.model.finding import Finding
    from readiness.model.measurement import Measurement

STRONGEST_FIRST = (EvidenceKind.MEASURED, EvidenceKind.REPORTED, EvidenceKind.DECLARED)

ANSWERED = frozenset({"headset.cord_followed", "headset.sides"})
"""Asked by a check in the middle of what it measures."""

STATED = ("machine.", "link.", "headset.", "line.signal_dips")
"""How the metrics begin that the operating system states and nobody checks."""

MEASURED = frozenset({"machine.cpu_load_idle", "headset.unplugged"})
"""The exceptions."""


@lru_cache(maxsize=512)
def best_ground(metric: str) -> EvidenceKind:
    """The best evidence that this program ever has for a metric."""
    if metric.startswith(DECLARED) or metric in ANSWERED:
        return EvidenceKind.DECLARED
    if metric.startswith(STATED) and metric not in MEASURED:
        return EvidenceKind.REPORTED
    return EvidenceKind.MEASURED


@lru_cache(maxsize=512)
def home_of(metric: str) -> str | None:
    """The check that finds a metric; none if no check here does. Few are asked for again."""
    return QUESTIONS if metric.startswith(DECLARED) else probe_of(metric)


def claims_too_much(found: Measurement) -> bool:
    """Whether a value is called better founded than it ever is."""
    claimed, best = found.evidence.kind, best_ground(found.metric)
    return claimed is not best and _rank(claimed) < _rank(best)


def ground_of(found: Measurement, finding: Finding | None = None) -> EvidenceKind:
    """What a value rests on, whatever the file calls it.

    Args:
        found: The value.
        finding: What was judged by it; then the weakest that its verdict rests on.
    """
    kinds = [found.evidence.kind, best_ground(found.metric)]
    if finding is not None and finding.rests_on is not None:
        kinds.append(finding.rests_on)
    if finding is not None and finding.criterion is not None and finding.criterion.when is not None:
        kinds.append(best_ground(finding.criterion.when.metric))
    return max(kinds, key=_rank)


def _rank(kind: EvidenceKind) -> int:
    return STRONGEST_FIRST.index(kind)
