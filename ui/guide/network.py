"""What the network may be used for: the line, or the hosts of the work alone."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from readiness.model.text import N_
from ui.guide.duration import duration
from ui.guide.line_choice import LineChoice
from ui.theme import STEP
from ui.widgets.card import Card
from ui.widgets.choice import INDENT, CheckBox, indented
from ui.widgets.label import caption
from ui.widgets.mirror import begin_inside
from ui.widgets.ring import MARGIN

if TYPE_CHECKING:
    from readiness.engine import Plan
    from readiness.locale import Reader
    from readiness.ports import Choices


class NetworkCard(Card):
    """Consent to the network, and what belongs to it.

    Args:
        plan: What will be done.
        choices: What was chosen before.
        reader: Words.
    """

    changed = Signal()

    def __init__(self, plan: Plan, choices: Choices, reader: Reader) -> None:
        super().__init__()
        self._plan, self._choices, self._reader = plan, choices, reader
        words = N_("Measure my line")
        if plan.hosts_only:
            words = N_("Try whether the hosts of the work can be reached")
        self.box = CheckBox(reader.text(words))
        self.inside.addWidget(self.box)
        self._line: LineChoice | None = None
        self._thorough: CheckBox | None = None
        if plan.hosts_only:
            self._add_hosts(
                N_(
                    "The list of requirements names these hosts: {hosts}. Each is contacted once "
                    "and sees your internet address, as any web page does."
                )
            )
        else:
            self._add_line()
        self.box.toggled.connect(self.changed)

    def _add_line(self) -> None:
        words = N_(
            "Sends and receives up to {megabytes} MB of meaningless data. The other end sees your "
            "internet address, as any web page does."
        )
        amount = self._reader.number(self._plan.megabytes)
        self.inside.addLayout(indented(caption(self._reader.text(words, megabytes=amount))))
        if self._plan.hosts:
            self._add_hosts(
                N_("The list of requirements names these hosts, which are contacted too: {hosts}.")
            )
        self._line = LineChoice(self._choices, self._reader)
        self._line.changed.connect(self.changed)
        self.inside.addWidget(self._line)
        if self._plan.has_thorough:
            self._thorough = self._longer()
            row = indented(self._thorough)
            begin_inside(row, INDENT - MARGIN, STEP, 0, 0)
            self.inside.addLayout(row)

    def _add_hosts(self, words: str) -> None:
        """Which hosts are contacted because a list of requirements names them."""
        label = caption(self._reader.text(words, hosts=", ".join(self._plan.hosts)))
        label.setObjectName("hosts")
        self.inside.addLayout(indented(label))

    def _longer(self) -> CheckBox:
        """The choice to measure longer, with what that takes."""
        longer = sum(
            probe.lasts(thorough=True)
            for probe in self._plan.probes
            if probe.seconds_thorough is not None
        )
        box = CheckBox(
            self._reader.text(
                N_("Measure longer and more exactly (about {time}, up to {megabytes} MB)"),
                time=duration(longer, self._reader),
                megabytes=self._reader.number(self._plan.megabytes),
            )
        )
        box.setObjectName("thorough")
        box.setChecked(self._choices.thorough)
        box.toggled.connect(self.changed)
        return box

    def follow(self) -> None:
        """Open what belongs to consent only with consent."""
        agreed = self.box.isChecked()
        if self._line is not None:
            self._line.set_agreed(agreed)
        if self._thorough is not None:
            self._thorough.setEnabled(agreed)

    def read(self, choices: Choices) -> Choices:
        """``choices`` with what is chosen here, consent aside."""
        if self._line is not None:
            choices = self._line.read(choices)
        if self._thorough is not None:
            choices = dataclasses.replace(choices, thorough=self._thorough.isChecked())
        return choices

    def fault(self) -> str:
        """What must be put right before the start, in words that are shown as well."""
        if self._line is None or not self.box.isChecked():
            return ""
        return self._line.fault()
