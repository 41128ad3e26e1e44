"""The screens: how many are in use, and the size of the largest."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from readiness import machine_facts as told
from readiness.advice import places
from readiness.model.errors import FailureCode
from readiness.model.measurement import Cause, Cost, Metric, Tip
from readiness.model.text import N_
from readiness.ports import Context, Probe, Reason, failed, reported

if TYPE_CHECKING:
    from collections.abc import Iterator

    from readiness.ports import Facts, Result

INCH_MM = 25.4
_RESOLUTION = Tip(
    Cost.FREE,
    N_("Choose the recommended resolution in the display settings."),
    where=places.DISPLAYS,
)
_TELEVISION = Tip(Cost.FREE, N_("A television with an HDMI socket can serve as a screen."))
_BIGGER = Tip(Cost.CHEAP, N_("Connect a larger screen; a used one will do."))
_ASK = Tip(Cost.ASK, N_("Ask the employer whether they lend a screen, or accept yours."))
_SMALL = Cause(
    N_(
        "A lower resolution is set than the screen can show, or the screen is small. If the"
        " recommended one is chosen already, it is the screen."
    )
)

COUNT = Metric(
    id="machine.screen_count",
    title=N_("Screens in use"),
    resolution=1,
    causes=(
        Cause(
            N_(
                "Only one screen is connected and switched on, or two show the same picture and"
                " count as one. The display settings show each of them with a number."
            )
        ),
    ),
    advice=(
        Tip(
            Cost.FREE,
            N_("Switch the second screen on and extend the desktop to it."),
            where=places.DISPLAYS,
        ),
        _TELEVISION,
        Tip(Cost.CHEAP, N_("Connect a second screen; a used one will do.")),
        _ASK,
    ),
)
WIDTH = Metric(
    id="machine.screen_width",
    title=N_("Screen width"),
    unit="px",
    resolution=1,
    causes=(_SMALL,),
    advice=(_RESOLUTION, _TELEVISION, _BIGGER, _ASK),
)
HEIGHT = Metric(
    id="machine.screen_height",
    title=N_("Screen height"),
    unit="px",
    resolution=1,
    causes=(_SMALL,),
    advice=(_RESOLUTION, _TELEVISION, _BIGGER, _ASK),
)
DIAGONAL = Metric(
    id="machine.screen_diagonal",
    title=N_("Screen diagonal"),
    unit="in",
    resolution=0.1,
    causes=(
        Cause(
            N_(
                "The screen is smaller than is asked, or tells a wrong size. A tape from corner to"
                " corner shows it; one inch is 2.54 cm."
            )
        ),
    ),
    advice=(_TELEVISION, _BIGGER, _ASK),
)

NO_SCREEN = "no-screen"
SIZE_NOT_TOLD = "screen-size-not-told"


def run(ctx: Context) -> Iterator[Result]:
    """Tell the number and the largest screen's size in physical pixels and inches."""
    facts = ctx.machine.facts("display")
    if facts.get("screens") == []:
        for metric in PROBE.metrics:
            yield failed(ctx, metric, FailureCode.NO_DEVICE, NO_SCREEN)
        return
    listed = told.rows(facts, "screens")
    sizes = [(screen, size) for screen in listed if (size := _pixels(screen))]
    if not sizes:
        for metric in PROBE.metrics:
            yield told.not_usable(ctx, metric, facts, "screens")
        return
    method = f"screens-by-{told.text(facts, 'source') or 'system'}"
    method = method if method in PROBE.methods else "screens-by-system"
    largest, (width, height) = max(sizes, key=lambda pair: pair[1][0] * pair[1][1])
    all_sizes = ", ".join(f"{w} x {h}" for _, (w, h) in sizes[:8])
    yield reported(ctx, COUNT, len(sizes), method=method, screens=all_sizes)
    yield reported(ctx, WIDTH, width, method=method)
    yield reported(ctx, HEIGHT, height, method=method)
    yield _diagonal(ctx, largest)


def _pixels(screen: Facts) -> tuple[int, int] | None:
    width = told.count(screen, "width_px", high=32_768)
    height = told.count(screen, "height_px", high=32_768)
    return None if width is None or height is None else (width, height)


def _diagonal(ctx: Context, screen: Facts) -> Result:
    """Screens round their size to millimetres or centimetres; an inch tenth is near enough."""
    width = told.number(screen, "width_mm", low=50, high=5000)
    height = told.number(screen, "height_mm", low=30, high=5000)
    if width is None or height is None:
        return failed(ctx, DIAGONAL, FailureCode.UNSUPPORTED, SIZE_NOT_TOLD)
    inches = math.hypot(width, height) / INCH_MM  # mm => in
    return reported(ctx, DIAGONAL, round(inches, 1), method="screen-tells-size")


PROBE = Probe(
    id="display",
    version=1,
    title=N_("Screens"),
    metrics=(COUNT, WIDTH, HEIGHT, DIAGONAL),
    run=run,
    seconds=0.1,
    limit=5,
    methods={
        "screens-by-system": N_("The operating system lists the screens in use."),
        "screens-by-graphics-driver": N_("The graphics driver lists the screens in use."),
        "screens-by-window-server": N_(
            "The window server lists the screens; a virtual one looks like a real one."
        ),
        "screen-tells-size": N_("The screen itself tells its size."),
    },
    reasons={
        **told.REASONS,
        NO_SCREEN: Reason(
            what=N_("No screen was found."),
            remedy=N_("Connect a screen and start the check on it, not from afar."),
            tips=(_BIGGER,),
        ),
        "window-server-silent": Reason(
            what=N_("The window server did not answer this program."),
            remedy=N_("Start this program from your desktop, not from another account."),
        ),
        SIZE_NOT_TOLD: Reason(
            what=N_("This screen does not tell how large it is."),
            remedy=N_("Measure it from corner to corner; one inch is 2.54 cm."),
        ),
    },
)
