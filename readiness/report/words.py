"""A report in words: rows, headline, the overall word. What the window, the terminal, HTML and PDF
show comes from here, so that it reads the same everywhere.
"""  # noqa: D205 - two lines of summary

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.explain import OVERALLS
from readiness.report.headline import headline, profile_title
from readiness.report.panels import cause_lead
from readiness.report.practised import NOTE, TITLE, Practised, practised
from readiness.report.row import Row
from readiness.report.rows import rows

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.finding import Overall

__all__ = [
    "NOTE",
    "TITLE",
    "Practised",
    "Row",
    "cause_lead",
    "headline",
    "overall_word",
    "practised",
    "profile_title",
    "rows",
]


def overall_word(overall: Overall, reader: Reader) -> str:
    """Put the outcome into a word: ready, not ready, open."""
    return reader.text(OVERALLS[overall])
