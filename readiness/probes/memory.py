"""Memory: how much is built in and how much of it programs can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness import machine_facts as told
from readiness.advice import computer, places
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cause, Cost, EvidenceKind, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Context, Probe, Reason, failed, measured, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Facts, Result

GIB = 2**30
_MOST = 2**50
_CAUSES = (
    Cause(
        N_(
            "Less memory is built in than is asked. If the computer was sold with more, a module"
            " sits loosely or is faulty."
        )
    ),
)
_ADVICE = (
    Tip(
        Cost.FREE,
        N_("See how much the system itself shows, and compare it with your receipt."),
        where=places.ABOUT,
    ),
    Tip(Cost.FREE, N_("See whether the memory modules sit firmly, if you know how.")),
    Tip(Cost.CHEAP, N_("Have memory added; in many computers this is a small job.")),
    computer.OTHER_COMPUTER,
)

INSTALLED = Metric(
    id="machine.memory_installed",
    title=N_("Memory built in"),
    unit="GiB",
    resolution=0.1,
    causes=_CAUSES,
    advice=_ADVICE,
)
USABLE = Metric(
    id="machine.memory_usable",
    title=N_("Memory for programs"),
    unit="GiB",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "Less memory is left for programs than is asked; the graphics chip keeps a part of"
                " what is built in. If the row about built-in memory is met, that is the reason."
            )
        ),
    ),
    advice=_ADVICE,
)

ONLY_USABLE = "only-usable-told"

_METHODS = {"firmware": "memory-firmware", "system": "memory-system", "blocks": "memory-blocks"}
"""``installed_source`` of the facts -> method."""


def run(ctx: Context) -> Iterator[Result]:
    """Tell both sizes; what is usable is never passed off as what is built in."""
    facts = ctx.machine.facts("memory")
    yield _installed(ctx, facts)
    usable = told.number(facts, "usable_bytes", low=1, high=_MOST)
    if usable is None:
        yield told.not_usable(ctx, USABLE, facts, "usable_bytes")
    else:
        yield reported(ctx, USABLE, _gib(usable), method="memory-usable")


def _installed(ctx: Context, facts: Facts) -> Result:
    installed = told.number(facts, "installed_bytes", low=1, high=_MOST)
    source = told.text(facts, "installed_source") or ""
    if facts.get("installed_bytes") is None:
        return failed(ctx, INSTALLED, FailureCode.UNSUPPORTED, ONLY_USABLE)
    usable = told.number(facts, "usable_bytes", low=1, high=_MOST) or 0
    if installed is None or source not in _METHODS or installed < usable:
        return failed(ctx, INSTALLED, FailureCode.UNSUPPORTED, told.IMPLAUSIBLE)
    block = told.number(facts, "block_bytes", low=1, high=_MOST)
    return measured(
        ctx,
        INSTALLED,
        _gib(installed),
        method=_METHODS[source],
        kind=EvidenceKind.REPORTED,
        uncertainty=None if block is None else _gib(block),
    )


def _gib(size: float) -> float:
    """Bytes => GiB, to the nearest MiB or so."""
    return round(size / GIB, 3)


PROBE = Probe(
    id="memory",
    version=1,
    title=N_("Memory"),
    metrics=(INSTALLED, USABLE),
    run=run,
    seconds=0.1,
    limit=5,
    methods={
        "memory-firmware": N_("The computer's firmware lists its memory modules."),
        "memory-system": N_("The operating system states how much memory is built in."),
        "memory-blocks": N_(
            "Counted from the blocks of memory that the operating system manages; what the "
            "graphics chip keeps may be missing."
        ),
        "memory-usable": N_("The operating system states how much memory it has for programs."),
    },
    reasons={
        **told.REASONS,
        ONLY_USABLE: Reason(
            what=N_("This system tells only how much memory programs can use."),
            remedy=N_("Look at the computer's data sheet and tell the employer."),
            where=places.ABOUT,
        ),
    },
)
