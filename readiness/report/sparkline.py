"""The course of a value as a small drawing (SVG), with the threshold as a dashed line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from readiness.model.measurement import Trace

WIDTH = 480
HEIGHT = 96
_TOP = 6
_BOTTOM = 90
_HEADROOM = 1.12


@dataclass(frozen=True, kw_only=True)
class Ink:
    """Colours, for a page that does not set them by class."""

    line: str = "currentColor"
    limit: str = "currentColor"
    base: str = "currentColor"


def sparkline(trace: Trace, limit: float | None, *, label: str, ink: Ink | None = None) -> str:
    """Draw ``trace`` and, dashed, ``limit`` (in the trace's unit) as one SVG element.

    Args:
        trace: The values.
        limit: The threshold, if it is one number.
        label: What the drawing shows, already escaped; empty for a drawing that stands beside it.
        ink: Colours; by default the surrounding text's, to be set by the classes ``spark-line``,
            ``spark-limit`` and ``spark-base``.
    """
    colours = ink or Ink()
    low, high = _range(trace, limit)
    points = _points(trace, low, high)
    parts = [
        f'<path class="spark-base" d="M0 {_BOTTOM}H{WIDTH}" fill="none" stroke="{colours.base}"/>'
    ]
    if limit is not None:
        parts.append(
            f'<path class="spark-limit" d="M0 {_y(limit, low, high):.1f}H{WIDTH}" fill="none" '
            f'stroke="{colours.limit}" stroke-width="1.5" stroke-dasharray="6 5"/>'
        )
    parts.append(
        f'<path class="spark-line" d="{points}" fill="none" stroke="{colours.line}" '
        'stroke-width="2.5" stroke-linejoin="round" stroke-linecap="round"/>'
    )
    named = f'role="img" aria-label="{label}"' if label else 'aria-hidden="true"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="spark" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f"{named}>{''.join(parts)}</svg>"
    )


def _range(trace: Trace, limit: float | None) -> tuple[float, float]:
    """From zero (or the lowest value, where some are negative) to a little above the highest."""
    shown = [*trace.known, *([] if limit is None else [limit])]
    low, high = min(shown, default=0.0), max(shown, default=1.0)
    low = low - 0.1 * (high - low) if low < 0 else 0.0
    high = low + (high - low) * _HEADROOM
    return (low, high) if high > low else (low, low + 1.0)


def _points(trace: Trace, low: float, high: float) -> str:
    """One line for each part between gaps; a single value is a line of no length, a dot."""
    step = WIDTH / max(1, len(trace.values) - 1)
    lines = []
    for place, values in trace.runs():
        drawn = [f"{(place + i) * step:.1f} {_y(v, low, high):.1f}" for i, v in enumerate(values)]
        lines.append(f"M{drawn[0]}L{' '.join(drawn[1:] or drawn)}")
    if len(trace.values) == 1 and lines:  # a course of one value is level
        return f"{lines[0].partition('L')[0]}H{WIDTH}"
    return "".join(lines)


def _y(value: float, low: float, high: float) -> float:
    return _BOTTOM - (value - low) / (high - low) * (_BOTTOM - _TOP)
