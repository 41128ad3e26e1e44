"""The page while it measures: the rail, what is going on now, Stop and Skip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout
from shiboken6 import isValid

from readiness.engine import LiveValue, ProbeEnded, Progress
from readiness.model.text import N_
from ui.guide.agreed import agreed_button
from ui.guide.asked import ChooseView, RepeatView
from ui.guide.duration import duration
from ui.guide.live import LiveView
from ui.guide.outcome import outcome
from ui.guide.prompt import PromptView
from ui.guide.quiz import QuizView
from ui.guide.rest import RestView
from ui.guide.run_steps import RunSteps
from ui.guide.traffic import traffic_words
from ui.guide.typing import TypingView
from ui.guide.work import WorkView
from ui.measuring import only_practises
from ui.meters.bar import Bar
from ui.practice import TypingWork
from ui.theme import STEP
from ui.widgets.announce import announce
from ui.widgets.beside import line_height
from ui.widgets.button import Button, Look, Once
from ui.widgets.label import Label, caption, headline, lead
from ui.widgets.measured_once import height_for
from ui.widgets.page import Page
from ui.widgets.rail import Rail, RailStep

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QResizeEvent
    from PySide6.QtWidgets import QDialog, QWidget

    from readiness.engine import Event
    from readiness.model.report import Report
    from ui.journey import Journey
    from ui.person import Step
    from ui.practice import QuizWork
    from ui.progress import RunState


RAIL_LINES = 30
"""A page narrower than so many line heights has no room for the rail."""
LOOK_MS = 1000
"""How often it is looked whether a probe takes too long: it may say nothing at all meanwhile."""


SETTLED_MS = 50
"""Until what is new on the page has its place."""

LIVE = LiveView, PromptView
"""Views that show live values."""
View = LiveView | PromptView | RepeatView | ChooseView | WorkView | RestView


class RunPage(Page):
    """Shows the state of the run; everything it shows is in ``journey.state``."""

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        state, plan = journey.state, journey.plan
        if state is None or plan is None:
            raise RuntimeError("the run page is shown before there is a run")
        self._state: RunState = state
        self._profile = plan.profiles[0]
        text = self.reader.text
        if len(plan.profiles) == 1:
            self.context = self.reader.local(self._profile.title)
        self.said = text(N_("Measuring has begun"))
        self.top_actions = [agreed_button(journey, self)]
        self.beside(self._make_rail())
        self._above = caption("")
        self._headline = headline("")
        self._note = lead("")
        self.column.addWidget(self._above)
        self.column.addWidget(self._headline)
        self.column.addWidget(self._note)
        self._slow = Label("")
        self._slow.setObjectName("slow")
        self._slow.hide()
        self.column.addWidget(self._slow)
        self._place = QVBoxLayout()
        self.column.addLayout(self._place)
        self.column.addStretch(1)
        self._unkept = caption(
            text(
                N_(
                    "Nothing can be stored on this computer just now. Please leave this window "
                    "open until you have the result; closing it would lose what was measured."
                )
            )
        )
        self._unkept.setVisible(state.unkept)
        self.column.addWidget(self._unkept)
        self._traffic = caption("")
        self._traffic.setObjectName("traffic")
        self.column.addWidget(self._traffic)
        self._view: View | None = None
        self._dialog: QDialog | None = None
        self._told_s = -1
        """How many seconds are left, as it is written; -1: something else is."""
        self._shown = ""
        self._held: Step | None = None
        self._make_foot()
        if state.runs:
            judged = self._judged()
            for probe in state.probes:
                if probe.id in state.runs:
                    self._show_outcome(probe.id, judged, aloud=False)
        journey.moved.connect(self._move)
        journey.asked.connect(self._show_all)
        self._show_all()
        self._watch = QTimer(self)
        self._watch.timeout.connect(self._show_slow)
        self._watch.start(LOOK_MS)

    def _make_rail(self) -> Rail:
        rail = Rail(self.reader.text(N_("Steps")))
        self._steps = RunSteps(rail, self._state.probes, self.reader)
        number = len(self._steps) + 1
        plan = self.journey.plan
        if plan is not None and plan.questions and not only_practises(plan):
            rail.add(RailStep(number, self.reader.text(N_("Workplace and you"))))
            number += 1
        rail.add(RailStep(number, self.reader.text(N_("Result"))))
        self._rail = rail
        return rail

    def _make_foot(self) -> None:
        text = self.reader.text
        foot = self.foot()
        self._bar = Bar(text(N_("All steps together")), ground="surface")
        self._bar.setMaximumWidth(240)
        self._left = caption("", wrap=False)
        self._skip = self._button(text(N_("Skip")), "skip", Look.TEXT)
        self._skip.clicked.connect(self.journey.skip)
        self._stop = self._button(text(N_("Stop")), "stop", Look.OUTLINED)
        self._stop.clicked.connect(self.journey.stop)
        self._home = self._button(text(N_("Back to the start")), "home", Look.TEXT)
        self._home.clicked.connect(self.journey.home)
        self._see = self._button(text(N_("See what was found")), "see", Look.OUTLINED)
        self._see.clicked.connect(self.journey.after_run)
        self._go_on = self._button(text(N_("Go on measuring")), "go-on", Look.FILLED)
        self._go_on.clicked.connect(self.journey.go_on)
        self._begin = self._button(text(N_("I am ready")), "ready", Look.FILLED)
        self._begin.clicked.connect(self._go_ahead)
        foot.addWidget(self._bar, 1)
        foot.addWidget(self._left)
        foot.addStretch(1)
        for button in (self._home, self._see, self._skip, self._stop, self._go_on, self._begin):
            foot.addWidget(button)

    @staticmethod
    def _button(words: str, name: str, look: Look) -> Button:
        button = Once(words, look)  # another button often comes to its place
        button.setObjectName(name)
        return button

    # --- following the run ---------------------------------------------------------------------

    def _move(self, event: Event | None) -> None:
        if isinstance(event, LiveValue):
            if isinstance(self._view, LIVE):
                self._view.take(event.live)
            return
        if isinstance(event, Progress):
            self._show_progress()
            return
        if isinstance(event, ProbeEnded):
            self._show_outcome(event.run.probe, self._judged(), aloud=True)
        self._show_all()

    def _judged(self) -> Report:
        """What everything so far comes to."""
        import msgspec

        engine = self.journey.engine
        session = self.journey.session or self.journey.fresh()
        session = msgspec.structs.replace(session, runs=(*session.runs, *self._state.runs.values()))
        return engine.judge(session, self._profile)

    def _show_outcome(self, probe_id: str, report: Report, *, aloud: bool) -> None:
        run = self._state.runs[probe_id]
        probe = next((probe for probe in self._state.probes if probe.id == probe_id), None)
        if probe is None:
            return
        found = outcome(probe, run, report=report, profile=self._profile, reader=self.reader)
        ended = self._steps.end(probe_id, found)
        if not aloud or ended is None:
            return
        title, words = ended
        announce(self, self.reader.text(N_("{title}: {value}"), title=title, value=words))

    def _show_all(self) -> None:
        state = self._state
        resting = state.stopped and not state.stopping
        asking = state.step is not None and not state.stopped
        self._skip.setVisible(not state.stopped)
        self._skip.setEnabled(bool(state.current) and not state.stopping)
        self._stop.setVisible(not resting)
        self._stop.setEnabled(not state.stopping)
        choosing = asking and bool(state.step and state.step.options)
        self._begin.setVisible(asking and not choosing)
        repeating = asking and bool(state.step and state.step.why)
        words = N_("Repeat this step") if repeating else N_("I am ready")
        self._begin.setText(self.reader.text(words))
        self._begin.setEnabled(True)
        words = N_("Go on without it") if repeating else N_("Skip")
        self._skip.setText(self.reader.text(words))
        for button in (self._home, self._see):
            button.setVisible(resting)
        self._go_on.setVisible(resting and bool(state.left()))
        self._bar.setVisible(not resting)
        self._left.setVisible(not resting)
        self._unkept.setVisible(state.unkept)
        self._steps.show(state)
        words = traffic_words(state.runs.values(), self.reader)
        self._traffic.setText(words)
        self._traffic.setVisible(bool(words))
        self._show_progress()
        if resting:
            self._rest()
        elif state.stopping:
            self._left.setText(self.reader.text(N_("Stopping…")))
            self._told_s = -1
        else:
            self._show_current(asking=asking)
            self._show_work()

    def _show_progress(self) -> None:
        left = self._state.seconds_left()
        self._bar.set_fraction(self._state.share_done(left))
        seconds = round(left) if left >= 1 else 0
        if seconds == self._told_s:
            return
        self._told_s = seconds
        if seconds:
            time = duration(seconds, self.reader)
            self._left.setText(self.reader.text(N_("about {time} left"), time=time))
        else:
            self._left.setText(self.reader.text(N_("nearly done")))

    def _show_current(self, *, asking: bool) -> None:
        state = self._state
        probe = state.probe()
        step = state.step or state.started_step
        key = f"{state.current}/{id(step)}/{asking}"
        if key == self._shown or probe is None:
            return
        # Held on to: a later step could else have the id of one that is gone, and look shown.
        self._shown, self._held = key, step
        number = self._steps.number(probe.id)
        above = self.reader.text(N_("Step {n} of {all}"), n=number, all=len(self._steps))
        device = "" if step is None else step.values.get("device", "")
        self._above.setText(f"{above} · {device}" if device else above)
        if step is not None:
            view = self._view_of(step, asking=asking)
            if isinstance(view, PromptView) and not asking:
                for value, moment in zip(state.live, state.live_at, strict=True):
                    view.take(value, moment)
            self._put(view, view.headline, view.note)
            first: QWidget = self._begin if asking else self._stop
            if isinstance(view, ChooseView):
                first = next(iter(view.buttons.values()), self._skip)
            if isinstance(view, WorkView):
                self._show_work()
                first = view.first or first
                QTimer.singleShot(SETTLED_MS, self._see_work)
            first.setFocus()
            announce(self, f"{view.headline} {view.note}")
        else:
            lasts = probe.lasts(thorough=state.thorough)
            live = LiveView(probe, self._profile, self.reader, lasts=lasts, clock=state.clock)
            for value, moment in zip(state.live, state.live_at, strict=True):
                live.take(value, moment)
            title = self.reader.text(probe.title)
            self._put(live, self.reader.text(N_("Measuring now: {title}"), title=title), live.note)

    def _view_of(
        self, step: Step, *, asking: bool
    ) -> PromptView | RepeatView | ChooseView | WorkView:
        if step.work is not None:
            return self._work_of(step, step.work)
        if step.options:
            view = ChooseView(step, self.reader)
            view.chosen.connect(self.journey.answer_step)
            view.hear.connect(self._hear)
            return view
        if step.why:
            return RepeatView(step, self.reader)
        return PromptView(step, self._profile, self.reader, asking=asking)

    # --- practising ----------------------------------------------------------------------------

    def _work_of(self, step: Step, work: TypingWork | QuizWork) -> WorkView:
        view: WorkView
        if isinstance(work, TypingWork):
            view = TypingView(work, self.reader)
        else:
            view = QuizView(step.prompt, work, self.reader)
        view.moved.connect(self._show_work)
        view.turned.connect(self._turn_work)
        view.done.connect(self.journey.answer_step)
        return view

    def _go_ahead(self) -> None:
        if isinstance(self._view, WorkView):
            self._view.go()
        else:
            self.journey.ready()

    def _show_work(self) -> None:
        """The button at the foot says what the view wants it to say."""
        view = self._view
        if isinstance(view, WorkView) and self._state.step is not None:
            self._begin.setText(view.go_words)
            self._begin.setEnabled(view.can_go)

    def _turn_work(self) -> None:
        self._show_work()
        if isinstance(self._view, WorkView):
            (self._view.first or self._begin).setFocus()
            QTimer.singleShot(SETTLED_MS, self._see_work)

    def _see_work(self) -> None:
        """Scroll to what is new, once it has its place."""
        if not isValid(self) or not isinstance(self._view, WorkView):
            return
        self._fit()  # a page that was just built did not know how much it can show
        if self._view.seen is not None:
            self.scroller.ensureWidgetVisible(self._view.seen)

    def _hear(self) -> None:
        """Let the person hear what they have just recorded."""
        take = self.journey.recording
        if self._dialog is not None or take is None:
            return
        from ui.guide.hear import HearDialog

        self._dialog = HearDialog(self.journey, take, self)
        self._dialog.finished.connect(self._heard)
        self._dialog.open()

    def _heard(self) -> None:
        self._dialog = None

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802 - Qt's name
        """Another page comes: nothing of this one goes on sounding."""
        if self._dialog is not None:
            self._dialog.reject()
        super().hideEvent(event)

    def _show_slow(self) -> None:
        """Say that it takes long, once, and take it back with the next step."""
        view = self._view
        slow = isinstance(view, LiveView) and self._state.slow() and not self._state.stopping
        words = view.slow() if isinstance(view, LiveView) and slow else ""
        if words == self._slow.text():
            return
        self._slow.setText(words)
        self._slow.setVisible(bool(words))
        self._fit()
        announce(self, words)

    def _rest(self) -> None:
        if self._shown == "rest":
            return
        self._shown = "rest"
        self._above.setText("")
        kept = N_("Stopped. What was measured is kept.")
        words = self.reader.text(N_("Stopped.") if self._state.unkept else kept)
        left = self._state.left()
        view: RestView | None = None
        if left and not self._state.unkept:
            view = RestView(left, self.reader, thorough=self._state.thorough)
        self._put(view, words, self.reader.text(N_("You can go on where you stopped.")))
        announce(self, words)
        (self._go_on if self._go_on.isVisibleTo(self) else self._see).setFocus()

    def _put(self, view: View | None, words: str, note: str) -> None:
        if self._dialog is not None:
            self._dialog.reject()
        old, self._view = self._view, view
        if old is not None:
            old.hide()
            old.deleteLater()
        self._headline.setText(words)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        if view is not None:
            self._place.addWidget(view)
            self.tab_in_order()
            if self.isVisible():
                view.show()  # at once, so that it can take the focus
        self._show_slow()
        self._fit()

    def _fit(self) -> None:
        if isinstance(self._view, LiveView):
            slow = self._slow.heightForWidth(self._slow.width()) if self._slow.text() else 0
            self._view.fit(self.height() - slow)
        elif isinstance(self._view, TypingView):
            self._view.fit(self._room())
        elif isinstance(self._view, PromptView):
            self._view.fit(self.height())

    def _room(self) -> int:
        """How high a view can be so that the page need not scroll, in pixels."""
        heads = [one for one in (self._above, self._headline, self._note) if one.text()]
        wide = self.scroller.viewport().width() - 14 * STEP
        used = sum(height_for(one, wide) + 2 * STEP for one in heads)
        return self.scroller.viewport().height() - 12 * STEP - used

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802 - Qt's name
        """Keep the curve in sight; where text is big, the step alone has the room."""
        super().resizeEvent(event)
        self._rail.setVisible(self.width() >= RAIL_LINES * line_height())
        self._fit()
