"""What a stopped check has left, and for how long that would go on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.guide.duration import duration
from ui.guide.facts import names_and_values
from ui.theme import STEP
from ui.widgets.card import Card
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.ports import Probe


class RestView(Card):
    """One line for each step that is left.

    Args:
        left: What has neither ended nor been left out; at least one.
        thorough: Whether it is measured longer.
        reader: Words.
    """

    def __init__(self, left: Sequence[Probe], reader: Reader, *, thorough: bool) -> None:
        super().__init__()
        text = reader.text
        self.inside.addWidget(title(text(N_("Still to be measured"))))
        lasts = [(probe, probe.lasts(thorough=thorough)) for probe in left]
        rows = [(text(probe.title), duration(seconds, reader)) for probe, seconds in lasts]
        self.inside.addLayout(names_and_values(rows))
        self.inside.addSpacing(STEP)
        words = N_("Until you discard it, the first page offers to go on, also another day.")
        self.inside.addWidget(caption(text(words)))
