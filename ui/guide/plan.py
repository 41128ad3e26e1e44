"""What will be done and what is agreed to, before anything is done."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from readiness.explain import choice_source
from readiness.model.text import N_
from readiness.ports import Choices, Need
from ui.guide.clock import ClockCard
from ui.guide.duration import MINUTE, duration
from ui.guide.network import NetworkCard
from ui.guide.practice import PracticeCard
from ui.guide.unusual import unusual_note
from ui.measuring import SKILLS, UNPLUG, only_practises
from ui.theme import STEP
from ui.watch import only_watches
from ui.widgets.announce import announce
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.choice import CheckBox, indented
from ui.widgets.field import Select
from ui.widgets.label import Label, caption, headline, lead, title
from ui.widgets.page import Page

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.audio_link_words import LinkClass
    from readiness.engine import Plan
    from readiness.ports import AudioDevice, Probe
    from ui.journey import Journey


HEADSET = "headset"
"""The check that looks at the headset."""


class PlanPage(Page):
    """Consent for each need apart; without it the rest is measured all the same."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        plan = journey.plan
        if plan is None:
            raise RuntimeError("the plan page is shown before there is a plan")
        self._plan = plan
        self._extensions: dict[tuple[str, ...], Plan] = {}
        self._choices = journey.choices or Choices()
        self._listed = False
        self._selects: dict[str, Select] = {}
        self._plug: CheckBox | None = None
        self._only_practice = only_practises(plan)
        self._practice: PracticeCard | None = None
        self._sounds: Card | None = None
        if self._only_practice or not (journey.redoing or only_watches(plan)):
            self._practice = PracticeCard(journey, plan)
            self._practice.changed.connect(self._follow)
        text, local = self.reader.text, self.reader.local
        if len(plan.profiles) == 1:
            self.context = local(plan.profiles[0].title)
        else:
            self.context = text(N_("All lists of requirements"))
        self._headline = headline("")
        self.column.addWidget(self._headline)
        words = N_("You decide what may be used. Whatever you leave out stays open.")
        if self._only_practice:
            words = N_("Each part can be skipped. Without the microphone there is no greeting.")
        self.column.addWidget(lead(text(words)))
        note = unusual_note(journey, plan.profiles[0] if len(plan.profiles) == 1 else None)
        if note is not None:
            self.column.addWidget(note)
        self._clock = ClockCard(journey, self)
        self.column.addWidget(self._clock)
        self._boxes: dict[Need, CheckBox] = {}
        self._network: NetworkCard | None = None
        self._costs: dict[str, Label] = {}
        self._lines: dict[str, QWidget] = {}
        self.column.addWidget(self._make_columns())
        self.column.addStretch(1)
        self._make_foot()
        self._follow()
        journey.watch.moved.connect(self._show_start)
        self.said = f"{self._headline.text()}. {self._clock.words()}".strip()

    # --- parts ---------------------------------------------------------------------------------

    def _make_columns(self) -> Beside:
        """What is asked at the left, what will be done at the right."""
        plan, needs = self._plan, self._widest().needs
        columns = Beside(gap=3 * STEP, lines=38)
        left, left_side = column(2 * STEP)
        if Need.NETWORK in plan.needs:
            self._network = NetworkCard(plan, self._choices, self.reader)
            self._consent(Need.NETWORK, self._network.box)
            self._network.changed.connect(self._follow)
            left.addWidget(self._network)
        if self._practice is not None and self._only_practice:
            left.addWidget(self._practice)
        if needs & {Need.MICROPHONE, Need.LOUDSPEAKER}:
            self._sounds = self._sound(needs)
            left.addWidget(self._sounds)
        if self._practice is not None and not self._only_practice:
            left.addWidget(self._practice)
        columns.add(left_side, 3)
        if self._only_practice:
            right, right_side = column()
            right.addWidget(self._stays())
            right.addStretch(1)
            columns.add(right_side, 2)
            return columns
        left.addWidget(self._stays())
        columns.add(self._list(), 2)
        return columns

    def _sound(self, needs: frozenset[Need]) -> Card:
        text = self.reader.text
        card = Card()
        if Need.MICROPHONE in needs:
            card.inside.addWidget(self._box(Need.MICROPHONE, text(N_("Listen to my microphone"))))
            card.inside.addLayout(
                indented(
                    self._note(
                        N_(
                            "For some seconds, and you see when. The recording stays in memory; "
                            "you can hear it afterwards, and unless you save it, it is thrown "
                            "away. Only figures such as its level are kept."
                        )
                    )
                )
            )
            self._selects["input"] = Select(text(N_("Microphone")))
            self._selects["input"].addItem(text(N_("The system's microphone")), "")
            self._selects["input"].setObjectName("microphones")
            card.inside.addLayout(indented(self._selects["input"]))
        if Need.LOUDSPEAKER in needs:
            card.inside.addWidget(
                self._box(Need.LOUDSPEAKER, text(N_("Play a sound on my headset")))
            )
            card.inside.addLayout(
                indented(
                    self._note(
                        N_("A rising tone for each ear, as loud as a caller, to look for echo.")
                    )
                )
            )
            self._selects["output"] = Select(text(N_("Headset or loudspeaker")))
            self._selects["output"].addItem(text(N_("The system's output")), "")
            self._selects["output"].setObjectName("outputs")
            card.inside.addLayout(indented(self._selects["output"]))
        for select in self._selects.values():
            select.currentIndexChanged.connect(self._follow)
        if self._has_headset():
            self._plug = CheckBox(text(N_("Test the plug: I pull it out and push it back in")))
            self._plug.setObjectName("with-plug")
            self._plug.setChecked(self._plugs(self._plan))
            self._plug.toggled.connect(self._follow)
            card.inside.addWidget(self._plug)
            card.inside.addLayout(
                indented(self._note(N_("It shows that this headset is the one in your hand.")))
            )
        return card

    @staticmethod
    def _plugs(plan: Plan) -> bool:
        return any(probe.id == UNPLUG for probe in plan.probes)

    def _stays(self) -> Card:
        text = self.reader.text
        card = Card(role="sunken")
        card.inside.addWidget(title(text(N_("What leaves this computer"))))
        words = N_(
            "Nothing but the line measurement, if you agree to it. The report is a file on this "
            "computer; you decide who gets it. It holds no name, no address and no serial number."
        )
        if self._only_practice:
            words = N_(
                "Nothing. What you type, choose and say stays in memory; only the figures are kept "
                "with the result, and you decide who gets it."
            )
        elif self._plan.hosts_only:
            words = N_(
                "Nothing but the tries to reach the hosts, if you agree to them. The report is a "
                "file on this computer; you decide who gets it. It holds no name, no address and "
                "no serial number."
            )
        card.inside.addWidget(Label(text(words)))
        return card

    def _list(self) -> Card:
        card = Card()
        card.inside.setSpacing(12)
        card.inside.addWidget(title(self.reader.text(N_("What will be looked at"))))
        for probe in self._widest().probes:
            line = QWidget()
            row = QHBoxLayout(line)
            row.setContentsMargins(0, 0, 0, 0)
            row.addWidget(Label(self.reader.text(probe.title)), 1)
            self._costs[probe.id] = caption("", wrap=False)
            row.addWidget(self._costs[probe.id])
            self._lines[probe.id] = line
            card.inside.addWidget(line)
        if self._plan.questions and not (only_watches(self._plan) or self._only_practice):
            count = len(self._plan.questions)
            row = QHBoxLayout()
            row.addWidget(Label(self.reader.text(N_("Workplace and you"))), 1)
            row.addWidget(
                caption(self.reader.plural("{n} question", "{n} questions", count), wrap=False)
            )
            card.inside.addLayout(row)
        return card

    def _widest(self) -> Plan:
        """The plan with everything that can be added to it on this page."""
        extras = [SKILLS] if self._practice is not None else []
        return self._extended([UNPLUG, *extras] if self._has_headset() else extras)

    def _chosen_plan(self) -> Plan:
        """The plan with what was added to it on this page."""
        extras = [UNPLUG] if self._plug is not None and self._plug.isChecked() else []
        if self._practice is not None and self._practice.wanted():
            extras.append(SKILLS)
        return self._extended(extras)

    def _extended(self, extras: list[str]) -> Plan:
        """The plan with these; where nothing can be added, as it is."""
        if self._practice is None and not self._has_headset():
            return self._plan
        key = tuple(extras)
        if key not in self._extensions:
            self._extensions[key] = self.journey.engine.extended(self._plan, extras)
        return self._extensions[key]

    def _has_headset(self) -> bool:
        return any(probe.id == HEADSET for probe in self._plan.probes)

    def _cost(self, probe: Probe, *, thorough: bool) -> str:
        seconds = max(1, round(probe.lasts(thorough=thorough)))
        time = self.reader.text(N_("{n} s"), n=seconds)
        if probe.by_minutes or seconds >= MINUTE * 1.5:
            time = duration(seconds, self.reader)
        if not probe.megabytes:
            return time
        data = self.reader.text(N_("up to {n} MB"), n=min(probe.megabytes, self._choices.budget_mb))
        return f"{time} · {data}"

    def _note(self, source: str, **values: object) -> Label:
        return caption(self.reader.text(source, **values))

    def _box(self, need: Need, words: str) -> CheckBox:
        box = CheckBox(words)
        self._consent(need, box)
        box.toggled.connect(self._follow)
        return box

    def _consent(self, need: Need, box: CheckBox) -> None:
        """Make a box the one that agrees to ``need``."""
        box.setObjectName(f"consent-{need.value}")
        box.setChecked(need in self._choices.consent)
        self._boxes[need] = box
        if self.first is None:
            self.first = box

    def _make_foot(self) -> None:
        text = self.reader.text
        foot = self.foot()
        back = Button(text(N_("Back")))
        back.setObjectName("back")
        back.clicked.connect(self._go_back)
        self._start = Button(text(N_("Start")), Look.FILLED)
        self._start.setObjectName("start")
        self._start.clicked.connect(self._go)
        foot.addWidget(back)
        foot.addStretch(1)
        foot.addWidget(self._start)
        if self.first is None:
            self.first = self._start

    # --- behaviour -----------------------------------------------------------------------------

    def shown(self) -> None:
        """Look for sound devices, in the background."""
        if self._selects:
            journey = self.journey
            journey.runner.call(
                journey.engine.devices, self._offer_devices, lambda _nothing_found: None
            )

    def _offer_devices(self, devices: Sequence[tuple[AudioDevice, LinkClass]]) -> None:
        from shiboken6 import isValid

        if not isValid(self):
            return
        for device, link in devices:
            if device.direction in self._selects:
                how = self.reader.text(choice_source("headset.link", link.value))
                words = N_("{device} ({connection})")
                named = self.reader.text(words, device=device.name, connection=how)
                self._selects[device.direction].addItem(named, device.id)
        self._listed = True
        for direction, wish in (("input", self._choices.input), ("output", self._choices.output)):
            if direction in self._selects:
                select = self._selects[direction]
                select.setCurrentIndex(max(0, select.findData(wish)))

    def _follow(self) -> None:
        """Keep what depends on a choice in step with it, and remember the draft."""
        if self._network is not None:
            self._network.follow()
        for need, direction in ((Need.MICROPHONE, "input"), (Need.LOUDSPEAKER, "output")):
            if direction in self._selects:
                self._selects[direction].setEnabled(self._boxes[need].isChecked())
        if self._sounds is not None:
            sound = {Need.MICROPHONE, Need.LOUDSPEAKER}
            self._sounds.setVisible(bool(self._chosen_plan().needs & sound))
        self.journey.choices = self._read()
        self._show_costs(self.journey.choices)
        self._show_start()

    def _show_start(self) -> None:
        """Say on the button what it does beside measuring."""
        ends = self.journey.watch.going
        self._start.setText(
            self.reader.text(N_("End the watch and start") if ends else N_("Start"))
        )
        nothing = only_watches(self._plan) and Need.NETWORK not in self._read().consent
        self._start.setEnabled(not nothing)

    def _show_costs(self, choices: Choices) -> None:
        """How long it takes, as a whole and each part, with what is chosen."""
        plan = self.journey.plan = dataclasses.replace(self._chosen_plan(), choices=choices)
        planned = {probe.id for probe in plan.probes}
        for name, line in self._lines.items():
            line.setVisible(name in planned)
        words = N_("This takes about {time}")
        self._headline.setText(self.reader.text(words, time=duration(plan.seconds, self.reader)))
        for probe in plan.probes if self._costs else ():
            self._costs[probe.id].setText(self._cost(probe, thorough=choices.thorough))

    def _read(self) -> Choices:
        needs = self._chosen_plan().needs
        ticked = {need for need, box in self._boxes.items() if box.isChecked()}
        consent = frozenset(need for need in ticked if need in needs)
        choices = dataclasses.replace(self._choices, consent=consent)
        if self._network is not None:
            choices = self._network.read(choices)
        if self._practice is not None:
            choices = dataclasses.replace(choices, language=self._practice.language())
        for direction, select in self._selects.items() if self._listed else ():
            wish = str(select.currentData() or "")
            if direction == "input":
                choices = dataclasses.replace(choices, input=wish)
            else:
                choices = dataclasses.replace(choices, output=wish)
        return choices

    def _go_back(self) -> None:
        """To the first page, or to the result that a watch was asked for from."""
        added = only_watches(self._plan) or self._only_practice
        if added and self.journey.report is not None:
            self.journey.turned.emit("result")
        else:
            self.journey.home()

    def _go(self) -> None:
        choices = self._read()
        self._clock.look()
        if words := self._clock.words():
            self.scroller.ensureWidgetVisible(self._clock)
        elif self._network is not None:
            words = self._network.fault()
        if words:
            announce(self, words)
            return
        self.journey.start(choices)
