"""Measuring within the journey: start, guided steps, skip, stop, go on, once more."""

from __future__ import annotations

import dataclasses
from abc import abstractmethod
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from readiness.model.errors import ReadinessError
from ui.person import GuidedPerson, Step
from ui.runner import Runner
from ui.watch import LineWatch, agreed, only_watches

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from readiness.engine import Engine, Event, Plan
    from readiness.journal import Unfinished
    from readiness.locale import Reader
    from readiness.model.consent import Consent, Need
    from readiness.model.measurement import Session, Value
    from readiness.model.requirement import Profile
    from readiness.ports import Choices, Take
    from ui.person import Answer
    from ui.progress import RunState


NETWORK = "network"
"""The value of ``Need`` for it: importing that takes its time."""
NO_CONSENT = "no-consent"
"""How the details end of what was left out because it was not agreed to."""

UNPLUG = "unplug"
"""The check that is only done by those who want it, and so also again."""


SKILLS = "skills"
"""The check in which somebody practises; offered, and never done unasked."""


def only_practises(plan: Plan) -> bool:
    """Whether a plan holds nothing but what is practised."""
    return [probe.id for probe in plan.probes] == [SKILLS]


class Measuring(QObject):
    """The part of :class:`ui.journey.Journey` that measures; its state is the journey's state.

    Signals:
        turned: A page's name: show it.
        seen: The page that was turned to is painted.
        learned: The profiles are known, or what is unfinished has changed.
        moved: An event of the run.
        asked: A guided step waits for the person.
        noted: An answer is on disk, or could not be put there.
        trouble: An error to be shown.
    """

    turned = Signal(str)
    seen = Signal()
    learned = Signal()
    moved = Signal(object)
    asked = Signal()
    noted = Signal()
    trouble = Signal(object)

    def __init__(
        self, make_engine: Callable[[], Engine], reader: Reader, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.reader = reader
        self._make_engine = make_engine
        self._engine: Engine | None = None
        self.runner = Runner(self)
        self.person = GuidedPerson(lambda: self.runner.stopping, self)
        self.watch = LineWatch(self)
        self.unfinished: tuple[Unfinished, ...] = ()
        self.chosen: Profile | None = None
        self.choices: Choices | None = None
        self.plan: Plan | None = None
        self.state: RunState | None = None
        self.session: Session | None = None
        self.profile: Profile | None = None
        self.answers: dict[str, Value] = {}
        self.asked_at = ""
        """Id of the question that is looked at; empty: the first that is open."""
        self.unkept = ""
        """Why answers could not be put on disk; empty: they could."""
        self.recording: Take | None = None
        """What the person read aloud in this check, to be heard by them; in memory only."""
        self.consents: tuple[Consent, ...] = ()
        """What was agreed to for the run that is going on, or for the last one."""
        self.measured = ""
        """The id of the session that was measured here last."""
        self._withdrawn: frozenset[Need] = frozenset()
        """What was taken back during the run; read on the worker."""
        self._redoing = False
        self._references: dict[str, str] = {}
        """Files that profiles were opened from, by the profile's id."""
        self.runner.happened.connect(self._on_event)
        self.runner.ended.connect(self._on_ended)
        self.runner.failed.connect(self._on_failed)
        self.person.asked.connect(self._on_asked)

    @property
    def engine(self) -> Engine:
        """The engine; it is there once the profiles are."""
        if self._engine is None:
            self._engine = self._make_engine()
        return self._engine

    @abstractmethod
    def choose(self, profile: Profile | None) -> None:
        """Choose whose requirements to be checked against; none: all of them."""

    @abstractmethod
    def fresh(self) -> Session:
        """A session that has only begun; it answers the invitation, where one was accepted."""

    def close(self) -> None:
        """End everything; what was found is kept."""
        self.watch.close()
        self.runner.close()

    @abstractmethod
    def after_run(self) -> None:
        """Everything that was planned is measured or left out."""

    # --- measuring -----------------------------------------------------------------------------

    def start(self, choices: Choices) -> None:
        """Measure what was planned, with what was agreed to; a watch that goes on ends first.

        Harmless twice.
        """
        if self.runner.running or self.plan is None:
            return
        if self.watch.going:
            self.watch.stop(then=lambda: self.start(choices))
            return
        self.choices = choices
        self.plan = dataclasses.replace(self.plan, choices=choices)
        if self._redoing and only_watches(self.plan):
            self.watch_line(choices.minutes)
            self.turned.emit("result")
            return
        self._redoing = self._redoing and only_practises(self.plan)
        self._measure(self.plan)

    def watch_line(self, minutes: float) -> None:
        """Watch the line for some minutes in the background; ask for consent first if need be."""
        profile = self.profile
        if profile is None or self.session is None:
            return
        from readiness.ports import Choices

        choices = dataclasses.replace(self.choices or Choices(), minutes=minutes)
        reference = self._references.get(profile.id, profile.id)
        plan = self.engine.plan_watch(profile, choices=choices, reference=reference)
        if agreed(choices):
            self.watch.begin(plan, self.session)
            return
        self.choices, self.plan, self._redoing = choices, plan, True
        self.turned.emit("plan")

    def redo(self, metrics: frozenset[str]) -> None:
        """Do the probes once more that measure these metrics, or ask the questions again."""
        if self.runner.running or self.profile is None or self.session is None:
            return
        reference = self._references.get(self.profile.id, self.profile.id)
        whole = self.engine.plan([self.profile], choices=self.choices, references=[reference])
        whole = self.engine.extended(whole, [UNPLUG, SKILLS])
        wanted = tuple(
            probe for probe in whole.probes if metrics & {metric.id for metric in probe.metrics}
        )
        self._redoing = True
        if not wanted:
            self.plan = whole
            self.answers = declared(self.session)
            self.asked_at = next((q.id for q in whole.questions if q.metric in metrics), "")
            self.turned.emit("questions")
            return
        self.plan = dataclasses.replace(whole, probes=wanted)
        needs = frozenset(need for probe in wanted for need in probe.needs)
        if self._lacked_consent(metrics):
            needs = self.plan.needs
        if needs - whole.choices.consent:
            self.turned.emit("plan")
            return
        if self.watch.going:
            self.watch.held.emit()
            return
        self._measure(self.plan)

    @property
    def redoing(self) -> bool:
        """Whether a part is done once more, or something is added to a result."""
        return self._redoing

    def practise(self) -> None:
        """Offer the skills alone; what comes of it is added to the result."""
        profile = self.profile
        if self.runner.running or profile is None or self.session is None:
            return
        reference = self._references.get(profile.id, profile.id)
        self.plan = self.engine.plan(
            [profile], only=[SKILLS], choices=self.choices, references=[reference]
        )
        self._redoing = True
        self.turned.emit("plan")

    def _lacked_consent(self, metrics: frozenset[str]) -> bool:
        """Whether one of these was left out because something was not agreed to."""
        latest = {} if self.session is None else self.session.latest()
        details = {getattr(latest.get(metric), "detail", "") for metric in metrics}
        return any(detail.endswith(NO_CONSENT) for detail in details)

    def resume(self, found: Unfinished) -> None:
        """Go on with a check that was cut off: ask for consent again, keep what was measured."""
        try:
            self.plan = self.engine.resume_plan(found, self.choices)
        except ReadinessError as error:
            self.trouble.emit(error)
            return
        self.session = found.session
        self.answers = self.engine.resumed_answers(found, self.plan)
        self.asked_at = ""
        self.choose(self.plan.profiles[0] if len(self.plan.profiles) == 1 else None)
        self.unfinished = tuple(other for other in self.unfinished if other is not found)
        self._redoing = False
        self.turned.emit("plan" if self.plan.probes else "questions")

    def forget(self, found: Unfinished) -> None:
        """Drop a check that was cut off."""
        self.unfinished = tuple(other for other in self.unfinished if other is not found)
        self.runner.call(
            lambda: self.engine.forget(found), lambda _: self.learned.emit(), self.trouble.emit
        )

    def skip(self) -> None:
        """Leave out the probe that is going on, and do the rest."""
        state = self.state
        if state is None or state.stopping or not state.current:
            return
        if state.step is not None:
            state.step = None
            self.person.answer(go=False)
            return
        state.skipped.add(state.current)
        state.stopping = True
        self.runner.stop()
        self.moved.emit(None)

    def stop(self) -> None:
        """Stop measuring; what was measured is kept. Harmless twice."""
        if self.state is None or self.state.stopped:
            return
        self.state.stopped = self.state.stopping = True
        self.runner.stop()
        self.moved.emit(None)

    def go_on(self) -> None:
        """Measure what a stopped run has left."""
        if self.state is None or self.plan is None or self.runner.running:
            return
        if self.watch.going:
            self.watch.held.emit()
            return
        self.state.stopped = self.state.stopping = False
        self._go_on_with_rest()

    # --- taking back ---------------------------------------------------------------------------

    def take_back(self, need: Need) -> None:
        """Take the consent to ``need`` back: what uses it ends at once and does not begin again."""
        if self.choices is not None:
            self.choices = _choices_without(self.choices, need)
        if self.plan is not None:
            choices = _choices_without(self.plan.choices, need)
            self.plan = dataclasses.replace(self.plan, choices=choices)
        if need == NETWORK and self.watch.going:
            self.watch.stop()
        if self.runner.running:
            self._withdrawn |= {need}
            self._end_what_was_taken_back()
            session = msgspec.structs.replace(self.fresh(), consents=self.consents)
            self.consents = self.engine.taken_back(session, {need}).agreed
        elif self.session is not None and self.may_take_back():
            self.session = self.engine.taken_back(self.session, {need})
            self.consents = self.session.agreed
            self.judge_anew()

    @abstractmethod
    def judge_anew(self) -> None:
        """The session has changed in what was agreed to: judge and keep it as it is now."""

    def may_take_back(self) -> bool:
        """Whether this is a check of one's own, and no report that was opened."""
        own = self.session is not None and self.session.id == self.measured
        return self.runner.running or own

    def _end_what_was_taken_back(self) -> None:
        """Stop what is going on if it uses what was taken back; the rest goes on."""
        state = self.state
        if not self._withdrawn or state is None or state.stopping:
            return
        probe = state.probe()
        if probe is None:
            return
        if (probe.needs | probe.wishes) & self._withdrawn:
            state.stopping = True
            self.runner.stop()
            self.moved.emit(None)

    def ready(self) -> None:
        """The person is ready for a guided step, or repeats one."""
        self.answer_step(go=True)

    def answer_step(self, go: Answer) -> None:
        """The person has answered what a guided step asks."""
        state = self.state
        if state is None or state.step is None:
            return
        step, state.step = state.step, None
        # What is asked about a step that is over is no step that goes on after the answer.
        state.started_step = step if step.goes_on else None
        state.clear_live()
        self.person.answer(go=go)
        self.asked.emit()

    def _measure(self, plan: Plan) -> None:
        from ui.progress import RunState

        if not plan.choices.language:
            choices = dataclasses.replace(plan.choices, language=self.reader.language)
            plan = self.plan = dataclasses.replace(plan, choices=choices)
        self.state = RunState(probes=plan.probes, thorough=plan.choices.thorough)
        self._run(plan)
        self.turned.emit("run")

    def _run(self, plan: Plan) -> None:
        session = self.engine.agreed(self.session or self.fresh(), plan)
        self.consents = session.agreed
        self._withdrawn = frozenset()
        self.runner.run(
            self.engine,
            plan,
            self.person,
            session,
            self.person.release,
            withdrawn=lambda: self._withdrawn,
        )

    def _go_on_with_rest(self) -> None:
        if self.state is None or self.plan is None:
            return
        rest = dataclasses.replace(self.plan, probes=self.state.left())
        if rest.probes:
            self._run(rest)
            self.moved.emit(None)
        else:
            self.after_run()

    def _on_event(self, event: Event) -> None:
        state = self.state
        if state is None:
            return
        recording = state.take(event)
        if recording is not None:
            self.recording = recording
            return
        self._end_what_was_taken_back()
        self.moved.emit(event)

    def _on_asked(self, step: Step) -> None:
        if self.state is not None and self.runner.running and not self.state.stopping:
            self.state.step = step
            self.asked.emit()

    def _on_ended(self, session: Session) -> None:
        self.session = session
        self.consents, self.measured = session.agreed, session.id
        state = self.state
        if state is None:
            return
        for run in session.runs:
            if any(run.probe == probe.id for probe in state.probes):
                state.runs[run.probe] = run
        state.current, state.step, state.started_step = "", None, None
        was_skip = state.stopping and not state.stopped
        state.stopping = False
        if was_skip:
            self._go_on_with_rest()
        elif state.stopped:
            self.moved.emit(None)
        else:
            self.after_run()

    def _on_failed(self, error: Exception) -> None:
        if self.state is not None:
            self.state.stopped, self.state.stopping, self.state.current = True, False, ""
        self.moved.emit(None)
        self.trouble.emit(error)


def _choices_without(choices: Choices, need: Need) -> Choices:
    return dataclasses.replace(choices, consent=choices.consent - {need})


def declared(session: Session) -> dict[str, Value]:
    """What the person has answered in a session, by question."""
    from readiness.model.measurement import Measurement

    found: Mapping[str, object] = session.latest()
    return {
        metric.removeprefix("declared."): result.value
        for metric, result in found.items()
        if metric.startswith("declared.") and isinstance(result, Measurement)
    }
