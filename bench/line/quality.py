"""The E-model beside published numbers, as rows of the table."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from bench import call_quality
from bench.rows import Row

if TYPE_CHECKING:
    from collections.abc import Iterator


def quality() -> Iterator[Row]:
    """R within 0.1, MOS within 0.01 of every published number."""
    groups: dict[float, list[float]] = defaultdict(list)
    for _, _, published, ours, most in call_quality.rows():
        groups[most].append(abs(ours - published))
    names = {call_quality.MOST_R: "R and its parts", call_quality.MOST_MOS: "MOS"}
    for most, apart in groups.items():
        yield Row(
            figure=f"G.107, {names[most]}, {len(apart)} published numbers",
            asked=f"within {most:g}",
            reached=f"at most {max(apart):.3f} apart",
            met=max(apart) <= most,
        )
