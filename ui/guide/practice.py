"""Skills to practise: offered before a check, and the figures after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout

from readiness.model.text import N_
from readiness.report.words import NOTE, TITLE
from ui.guide.duration import duration
from ui.measuring import SKILLS, only_practises
from ui.theme import STEP, Size
from ui.widgets.card import Card
from ui.widgets.choice import CheckBox, indented
from ui.widgets.field import Select
from ui.widgets.label import Label, caption, title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.engine import Plan
    from readiness.locale import Reader
    from readiness.report.words import Practised
    from ui.journey import Journey

ABOUT = N_(
    "A typing test, some arithmetic, grammar, and a telephone greeting that you can hear as a "
    "customer would. Each part can be skipped. For yourself: it decides nothing unless the "
    "employer asks for it."
)


class PracticeCard(Card):
    """A box that adds the skills to a plan, or their title where there is nothing else to do.

    Signals:
        changed: Something else is wanted now.
    """

    changed = Signal()

    def __init__(self, journey: Journey, plan: Plan) -> None:
        super().__init__()
        reader, engine = journey.reader, journey.engine
        self._box: CheckBox | None = None
        about = caption(reader.text(ABOUT))
        self._languages = Select(reader.text(N_("Language to practise in")))
        self._languages.setObjectName("practice-language")
        for tag, name in engine.practice_languages():
            self._languages.addItem(name, tag)
        wish = plan.choices.language or reader.language
        self._languages.setCurrentIndex(max(0, self._languages.findData(wish)))
        self._languages.currentIndexChanged.connect(self.changed)
        row = QHBoxLayout()
        row.addWidget(caption(reader.text(N_("Language")), wrap=False))
        row.addWidget(self._languages, 1)
        if only_practises(plan):
            self.inside.addWidget(title(reader.text(N_("Skills to practise"))))
            self.inside.addWidget(about)
            self.inside.addLayout(row)
            return
        probe = next(one for one in engine.extended(plan, [SKILLS]).probes if one.id == SKILLS)
        words = N_("Skills to practise, about {time}")
        self._box = CheckBox(reader.text(words, time=duration(probe.seconds, reader)))
        self._box.setObjectName("with-skills")
        self._box.setChecked(_asked_for(plan))
        self._box.toggled.connect(self._follow)
        self.inside.addWidget(self._box)
        below = indented(about)
        below.addSpacing(STEP // 2)
        below.addLayout(row)
        self.inside.addLayout(below)
        self._row = row
        self._follow()

    def _follow(self) -> None:
        """A language is chosen only where something is practised."""
        _show(self._row, shown=self.wanted())
        self.changed.emit()

    def wanted(self) -> bool:
        """Whether skills are practised."""
        return self._box is None or self._box.isChecked()

    def language(self) -> str:
        """The language that is chosen, a tag."""
        return str(self._languages.currentData() or "")


def _asked_for(plan: Plan) -> bool:
    """Whether they are in the plan already, or a list of requirements asks for one of them."""
    planned = any(probe.id == SKILLS for probe in plan.probes)
    metrics = {metric for profile in plan.profiles for metric in profile.metrics()}
    return planned or any(metric.startswith(f"{SKILLS}.") for metric in metrics)


def _show(row: QLayout, *, shown: bool) -> None:
    for place in range(row.count()):
        item = row.itemAt(place)
        widget = item.widget() if item is not None else None
        if widget is not None:
            widget.setVisible(shown)


class PractisedCard(Card):
    """What was found where nobody asks for it: figures, and no verdict."""

    def __init__(self, found: Sequence[Practised], reader: Reader) -> None:
        super().__init__()
        self.setObjectName("practised")
        self.inside.addWidget(title(reader.text(TITLE)))
        self.inside.addWidget(caption(reader.text(NOTE)))
        self.inside.addSpacing(STEP)
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * STEP)
        grid.setVerticalSpacing(STEP)
        for line, one in enumerate(found):
            value = " ".join(part for part in (one.found, one.plus_minus) if part)
            facts = " · ".join(
                reader.text(N_("{title}: {value}"), title=name, value=fact)
                for name, fact in one.facts
            )
            how = Label(f"{one.how}\n{facts}".strip(), size=Size.CAPTION, role="quiet")
            cells = (Label(one.title), Label(value, bold=True, wrap=False), how)
            for place, cell in enumerate(cells):
                grid.addWidget(cell, line, place, Qt.AlignmentFlag.AlignTop)
        for place, share in enumerate((3, 2, 5)):
            grid.setColumnStretch(place, share)
        self.inside.addLayout(grid)
