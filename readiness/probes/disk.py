"""The disk that holds the person's own files: its size and what is free on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness import machine_facts as told
from readiness.advice import computer, places
from readiness.model.measurement import Cause, Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Context, Probe, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Result

GIB = 2**30
_MOST = 2**60

FREE = Metric(
    id="machine.disk_free",
    title=N_("Free disk space"),
    unit="GiB",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "Most of the room is usually taken by downloads, films, photos and what still lies"
                " in the recycle bin. The system shows what takes how much."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Empty the recycle bin and delete or move large files."),
            where=places.STORAGE,
        ),
        Tip(Cost.FREE, N_("Remove programs that you do not use."), where=places.PROGRAMS),
        Tip(Cost.CHEAP, N_("Move photos and films to an external disk.")),
        Tip(Cost.ASK, N_("Ask the employer how much room their programs really need.")),
    ),
)
TOTAL = Metric(
    id="machine.disk_total",
    title=N_("Disk size"),
    unit="GiB",
    resolution=1,
    causes=(
        Cause(N_("The disk is smaller than is asked; what is free on it does not matter here.")),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_(
                "See whether there is a second disk: only the one with your own files was"
                " looked at."
            ),
            where=places.STORAGE,
        ),
        Tip(Cost.CHEAP, N_("Have a larger disk built in.")),
        computer.OTHER_COMPUTER,
    ),
)


def run(ctx: Context) -> Iterator[Result]:
    """Tell both; free is what this person may still fill, not what the system holds back."""
    facts = ctx.machine.facts("disk")
    total = told.number(facts, "total_bytes", low=1, high=_MOST)
    free = told.number(facts, "free_bytes", low=0, high=_MOST if total is None else total)
    for metric, key, size in ((FREE, "free_bytes", free), (TOTAL, "total_bytes", total)):
        if size is None:
            yield told.not_usable(ctx, metric, facts, key)
        else:
            yield reported(ctx, metric, round(size / GIB, 2), method="disk-by-system")


PROBE = Probe(
    id="disk",
    version=1,
    title=N_("Disk"),
    metrics=(FREE, TOTAL),
    run=run,
    seconds=0.1,
    limit=5,
    methods={
        "disk-by-system": N_("The operating system states it for the disk with your own files."),
    },
    reasons=told.REASONS,
)
