"""The processor: its name, cores, clock and line, and how busy it is with nothing to do."""

from __future__ import annotations

import math
import re
import statistics
from typing import TYPE_CHECKING

from readiness import machine_facts as told
from readiness.advice import computer, places
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Shape, Tip, Trace
from readiness.model.text import N_
from readiness.ports import Context, Probe, Reason, failed, measured, reported
from readiness.processor_line import LABELS, processor_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Facts, Result

_OTHER = (computer.OTHER_AT_HOME, computer.USED, computer.OTHER_COMPUTER)
_ANOTHER = Cause(
    N_(
        "The list names other processors than the one in this computer. If yours is newer than the"
        " list, it may do all the same: such lists are often some years old."
    )
)
_FEW = Cause(
    N_(
        "The processor has fewer of them than is asked. They are built in; only in a virtual"
        " machine can a setting hold some back."
    )
)

MODEL = Metric(
    id="machine.cpu_model",
    title=N_("Processor"),
    shape=Shape.TEXT,
    causes=(_ANOTHER,),
    advice=(computer.LOOK_UP, *_OTHER),
)
CORES = Metric(
    id="machine.cpu_cores",
    title=N_("Processor cores"),
    resolution=1,
    causes=(_FEW,),
    advice=(computer.LOOK_UP, *_OTHER),
)
THREADS = Metric(
    id="machine.cpu_threads",
    title=N_("Processor threads"),
    resolution=1,
    causes=(_FEW,),
    advice=(computer.LOOK_UP, *_OTHER),
)
CLOCK = Metric(
    id="machine.cpu_clock",
    title=N_("Processor base clock"),
    unit="GHz",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "The base clock is lower than is asked. Lists often mean the highest clock, and a"
                " newer processor does more in one step, so yours may be fast enough all the same."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Look up the highest clock of your processor by its name, and tell the employer."),
            where=places.ABOUT,
        ),
        *_OTHER,
    ),
)
LINE = Metric(
    id="machine.cpu_line",
    title=N_("Processor line"),
    shape=Shape.CHOICE,
    labels=dict(LABELS),
    causes=(_ANOTHER,),
    advice=(computer.LOOK_UP, *_OTHER),
)
SERIES = Metric(
    id="machine.cpu_series",
    # Translators: the position within a line of processors, e.g. 7200 for a Core i5-7200U.
    title=N_("Processor series"),
    resolution=1,
    causes=(_ANOTHER,),
    advice=(computer.LOOK_UP, *_OTHER),
)
LOAD = Metric(
    id="machine.cpu_load_idle",
    title=N_("Processor load at rest"),
    unit="%",
    resolution=1,
    causes=(
        Cause(
            N_(
                "Something else keeps the processor busy: often updates, a virus scan or many"
                " browser tabs. The system's list of what is running shows which."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Close programs and browser tabs that you do not need."),
            where=places.BUSY,
        ),
        Tip(Cost.FREE, N_("Wait until updates and virus scans have finished.")),
        Tip(Cost.FREE, N_("Restart the computer if it has been on for days.")),
        Tip(
            Cost.CHEAP,
            N_("If the memory is nearly full too, have some added: that eases the processor."),
        ),
        computer.OTHER_COMPUTER,
    ),
)

UNKNOWN_LINE = "unknown-processor-line"
UNKNOWN_SERIES = "unknown-processor-series"
CLOCK_NOT_TOLD = "clock-not-told"
TOO_FEW_SAMPLES = "too-few-samples"

_TRANSLATED = "VirtualApple"
"""How an ARM Mac names itself to programs for Intel; the clock behind it is made up."""

_T_95 = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262}
"""Two-sided 95 % quantiles of Student's t by degrees of freedom."""


def run(ctx: Context) -> Iterator[Result]:
    """Tell what the processor is, then watch its load for some 0.6 s."""
    try:
        facts = ctx.machine.facts("processor")
    except CannotMeasure as found:
        yield from told.all_failed(ctx, (MODEL, CORES, THREADS, CLOCK, LINE, SERIES), found)
    else:
        yield from _name(ctx, facts)
        yield _counted(ctx, CORES, facts, "cores")
        yield _counted(ctx, THREADS, facts, "threads")
        yield _clock(ctx, facts)
    ctx.checkpoint()
    yield _load(ctx, ctx.machine.facts("load"))


def _name(ctx: Context, facts: Facts) -> Iterator[Result]:
    model = told.text(facts, "model")
    if model is None:
        for metric in (MODEL, LINE, SERIES):
            yield told.not_usable(ctx, metric, facts, "model")
        return
    yield reported(ctx, MODEL, model, method="processor-by-system")
    place = processor_line(model)
    if place is None:
        yield failed(ctx, LINE, FailureCode.UNSUPPORTED, UNKNOWN_LINE, model=model)
        yield failed(ctx, SERIES, FailureCode.UNSUPPORTED, UNKNOWN_LINE, model=model)
        return
    yield reported(ctx, LINE, place.line, method="processor-by-name", model=model)
    if place.series is None:
        yield failed(ctx, SERIES, FailureCode.UNSUPPORTED, UNKNOWN_SERIES, model=model)
    else:
        yield reported(ctx, SERIES, place.series, method="processor-by-name", model=model)


def _counted(ctx: Context, metric: Metric, facts: Facts, key: str) -> Result:
    count = told.count(facts, key)
    if count is None:
        return told.not_usable(ctx, metric, facts, key)
    return reported(ctx, metric, count, method="processor-by-system")


def _clock(ctx: Context, facts: Facts) -> Result:
    """The base clock: by the name first, because makers promise that one.

    The highest clock is never taken for it: it is not held for long.
    """
    model = told.text(facts, "model") or ""
    named = re.search(r"@ *(\d+(?:\.\d+)?) *GHz", model, re.IGNORECASE)
    if named and not model.startswith(_TRANSLATED):
        return reported(ctx, CLOCK, float(named.group(1)), method="clock-in-name")
    base = told.number(facts, "base_mhz", low=100, high=10_000)
    if base is not None:
        return reported(ctx, CLOCK, round(base / 1000, 3), method="clock-by-system")  # MHz => GHz
    highest = told.number(facts, "max_mhz", low=100, high=10_000)
    if highest is None:
        return failed(ctx, CLOCK, FailureCode.UNSUPPORTED, CLOCK_NOT_TOLD)
    return failed(
        ctx, CLOCK, FailureCode.UNSUPPORTED, CLOCK_NOT_TOLD, highest_ghz=round(highest / 1000, 3)
    )


def _load(ctx: Context, facts: Facts) -> Result:
    given = facts.get("percent")
    steps = given if isinstance(given, list | tuple) else ()
    loads = [
        float(step)
        for step in steps
        if isinstance(step, int | float) and 0 <= step <= 100  # noqa: PLR2004 - per cent
    ]
    step_s = told.number(facts, "step_s", low=0.01, high=10)
    tick_s = told.number(facts, "tick_s", low=0, high=1)
    freedom = len(loads) - 1
    if step_s is None or tick_s is None or freedom < min(_T_95):
        return failed(ctx, LOAD, FailureCode.UNSUPPORTED, TOO_FEW_SAMPLES)
    spread = _T_95.get(freedom, 2.262) * statistics.stdev(loads) / math.sqrt(len(loads))
    coarse = 100 * tick_s / (step_s * len(loads))  # the system counts busy time in ticks
    return measured(
        ctx,
        LOAD,
        round(statistics.fmean(loads), 1),
        method="processor-load",
        uncertainty=round(min(100.0, max(spread, coarse)), 1),
        samples=len(loads),
        trace=Trace(step_s=step_s, unit="%", values=tuple(loads[:400])),
    )


PROBE = Probe(
    id="processor",
    version=1,
    title=N_("Processor"),
    metrics=(MODEL, CORES, THREADS, CLOCK, LINE, SERIES, LOAD),
    run=run,
    seconds=0.7,
    limit=5,
    methods={
        "processor-by-system": N_("The operating system names the processor and counts its cores."),
        "processor-by-name": N_("Read from the processor's name by the maker's naming rules."),
        "clock-by-system": N_("The base clock as the operating system states it."),
        "clock-in-name": N_("The base clock that the processor's name contains."),
        "processor-load": N_("Watched how busy the processor was for a little over half a second."),
    },
    reasons={
        **told.REASONS,
        UNKNOWN_LINE: Reason(
            # Translators: {model} is the name of a processor.
            what=N_("This program does not know the processor {model}; it may be newer."),
            remedy=N_("Tell the employer its name, or look for a newer version of this program."),
            where=places.ABOUT,
            tips=(computer.ACCEPTED,),
        ),
        UNKNOWN_SERIES: Reason(
            what=N_("The name {model} does not say where it stands in its line."),
            remedy=N_("Tell the employer its name and let them compare."),
            where=places.ABOUT,
            tips=(computer.ACCEPTED,),
        ),
        CLOCK_NOT_TOLD: Reason(
            what=N_("This computer does not tell the base clock of its processor."),
            remedy=N_("Look the processor's name up at its maker's."),
            where=places.ABOUT,
        ),
        TOO_FEW_SAMPLES: Reason(
            what=N_("The system told too little about how busy the processor is."),
            remedy=N_("Try again."),
        ),
    },
)
