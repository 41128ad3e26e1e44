"""The applicant's journey: what was chosen, measured, answered and judged, apart from any page."""

from __future__ import annotations

import dataclasses
import importlib
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from ui.history import History
from ui.measuring import Measuring, declared
from ui.sharing import Sharing
from ui.trouble import NotKept

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject

    from readiness.engine import Engine, Match, Plan
    from readiness.handed_file import HandedFile
    from readiness.journal import Unfinished
    from readiness.locale import Reader
    from readiness.model.errors import StorageError
    from readiness.model.measurement import Session, Value
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.ports import Choices
    from readiness.report.words import Row
    from readiness.trust.invitation import Invitation
    from ui.review.reviewing import Reviewing

    _Worded = tuple[Report, Profile, Reader, tuple[Row, ...]]


class Journey(Measuring):
    """State and steps of the guide. Pages show it and call its methods.

    Signals:
        watched: What was watched is in the session, and the report is judged anew.
    """

    watched = Signal()

    def __init__(
        self, make_engine: Callable[[], Engine], reader: Reader, parent: QObject | None = None
    ) -> None:
        super().__init__(make_engine, reader, parent)
        self.profiles: tuple[Profile, ...] = ()
        self.extra: Profile | None = None
        self.everyone = False
        self.invitation: Invitation | None = None
        """The one that was opened last."""
        self.accepted = False
        """Whether checks against its list answer it."""
        self.report: Report | None = None
        self.matches: tuple[Match, ...] = ()
        self._worded: _Worded | None = None
        self._busy = False
        self._unusual: tuple[Profile, tuple[str, ...]] | None = None
        self._handed: tuple[str, ...] = ()
        """Files that came before the profiles were known."""
        self._came: list[tuple[Session, str]] = []
        """Watches that are over and still to be added, each with the id of its session."""
        self.watch.came.connect(self._on_watched)
        self.sharing = Sharing(self)
        self.history = History(self)

    @cached_property
    def reviewing(self) -> Reviewing:
        """What lies on the recruiter's desk; made when somebody goes there."""
        from ui.review.reviewing import Reviewing

        return Reviewing(self)

    # --- choosing ------------------------------------------------------------------------------

    def begin(self) -> None:
        """Load what is costly, off the window's thread, after the first paint."""

        def load() -> tuple[tuple[Profile, ...], tuple[Unfinished, ...]]:
            engine = self.engine
            profiles = engine.profiles()
            engine.plan(profiles[:1])
            return profiles, engine.unfinished()

        def done(found: tuple[tuple[Profile, ...], tuple[Unfinished, ...]]) -> None:
            self.profiles, self.unfinished = found
            self.learned.emit()
            if self._handed:
                handed, self._handed = self._handed, ()
                self.open_handed(handed)

        self.runner.call(load, done, self.trouble.emit)
        self.runner.call(_warm, lambda _: None, self.trouble.emit)

    def open_handed(self, references: Sequence[str]) -> None:
        """Open a file that was dropped or named: a list of requirements, or a report."""
        if not self.profiles:  # the start is going on
            self._handed = tuple(references)
            return

        def done(found: HandedFile) -> None:
            from readiness.engine import FileKind

            if found.kind is FileKind.REPORT:
                self.open_report(found.path)
            elif found.kind is FileKind.INVITATION:
                self.open_invitation(found.path)
            else:
                self.open_requirements(str(found.path))

        self.runner.call(lambda: self.engine.handed(references), done, self.trouble.emit)

    def open_requirements(self, reference: str) -> None:
        """Choose a profile out of a file."""

        def done(profile: Profile) -> None:
            self._references[profile.id] = reference
            self.extra = profile
            self.choose(profile)
            self.turned.emit("welcome")

        self.runner.call(lambda: self.engine.profile(reference), done, self.trouble.emit)

    def open_invitation(self, source: Path | str) -> None:
        """Show an invitation: a file, or the text in which its code stands. Nothing is kept yet."""

        def done(found: Invitation) -> None:
            if not self.runner.running:
                self.invitation, self.accepted = found, False
                self.turned.emit("invited")

        self.runner.call(lambda: self.engine.open_invitation(source), done, self.trouble.emit)

    def accept(self) -> None:
        """Keep the invitation and show what its check will be. Harmless twice."""
        invitation = self.invitation
        if invitation is None or self._busy:
            return
        self._busy = True

        def done(found: tuple[str, Session]) -> None:
            self._free()
            profile = invitation.profile
            self._references[profile.id], _ = found
            self.extra, self.accepted = profile, True
            self.choose(profile)
            if invitation.terms.server:
                self.choices = self._with_server(invitation.terms.server)
            self.consider()

        self.runner.call(lambda: self.engine.accept(invitation), done, self._refused)

    def _with_server(self, server: str) -> Choices:
        """The person's choices, with the server that an invitation names. It is no consent."""
        from readiness.ports import Choices

        choices = self.choices or Choices()
        return dataclasses.replace(choices, server=server, method="", fallbacks=())

    def fresh(self) -> Session:
        """A session that has only begun; it answers the invitation, where one was accepted."""
        invitation = self.invitation
        if not self.accepted or invitation is None or self.chosen is not invitation.profile:
            return self.engine.begin()
        return self.engine.begin_answer(invitation)

    def choose(self, profile: Profile | None) -> None:
        """Choose whose requirements to be checked against; none: all of them."""
        self.chosen = profile
        self.everyone = profile is None

    def unusual(self, profile: Profile) -> tuple[str, ...]:
        """What is unusual in a list, in English source texts; every page of the way asks for it."""
        known = self._unusual
        if known is None or known[0] is not profile:
            known = self._unusual = profile, self.engine.unusual(profile)
        return known[1]

    def wanted(self) -> tuple[Profile, ...]:
        """The profiles that a check is planned for."""
        return (self.chosen,) if self.chosen is not None else self.profiles

    def make_plan(self, choices: Choices | None = None) -> Plan:
        """Plan what the chosen profiles need."""
        wanted = self.wanted()
        references = [self._references.get(profile.id, profile.id) for profile in wanted]
        self.plan = self.engine.plan(wanted, choices=choices, references=references)
        return self.plan

    def consider(self) -> None:
        """Show what will be done before anything is done."""
        if not self.profiles:
            return
        self.session = self.report = self.state = self.recording = None
        self.answers, self.asked_at = {}, ""
        self._redoing = False
        self.make_plan(self.choices)
        self.turned.emit("plan")

    def look_back(self) -> None:
        """Show the earlier checks."""
        if self.profiles and not self.runner.running:
            self.turned.emit("earlier")

    # --- answering and judging -----------------------------------------------------------------

    def after_run(self) -> None:
        """Ask what only the person knows, or show the result."""
        if self.plan is not None and self.plan.questions and not self._redoing:
            self.turned.emit("questions")
        else:
            self.finish()

    def answer(self, question: str, value: Value | None) -> None:
        """Take an answer, none to leave it open, and put all answers on disk at once."""
        if self.plan is None or self._busy:
            return
        if value is None:
            self.answers.pop(question, None)
        else:
            self.answers[question] = value
        engine, plan, answers = self.engine, self.plan, dict(self.answers)
        session = self.session = self.session or self.fresh()

        def keep() -> str:
            from readiness.model.errors import StorageError

            try:
                engine.keep_answers(session, plan, answers)
            except StorageError as error:
                return str(error)
            return ""

        def done(refused: str) -> None:
            self.unkept = refused
            self.noted.emit()

        self.runner.call(keep, done, self.trouble.emit)

    def finish(self) -> None:
        """Add the answers, judge, keep, and show the result. Harmless twice."""
        if self._busy or self.plan is None:
            return
        self._busy = True
        engine, plan, answers = self.engine, self.plan, dict(self.answers)
        session = self.session or self.fresh()
        everyone = len(plan.profiles) > 1

        def work() -> tuple[Session, Report, tuple[Match, ...], StorageError | None]:
            from readiness.model.errors import StorageError

            full = session
            if answers != declared(session):
                full = engine.answer(session, plan, answers)
            matches = engine.match(full) if everyone else ()
            report = self._judged(full, plan.profiles[0])
            refused: StorageError | None = None
            try:
                engine.keep(full, [report])
            except StorageError as error:
                refused = error
            return full, report, matches, refused

        def done(found: tuple[Session, Report, tuple[Match, ...], StorageError | None]) -> None:
            self._free()
            self.session, self.report, self.matches, refused = found
            self.profile = plan.profiles[0]
            self.turned.emit("match" if self.matches else "result")
            if refused is not None:
                self.trouble.emit(NotKept(refused))

        self.runner.call(work, done, self._refused)

    def _judged(self, session: Session, profile: Profile) -> Report:
        """Judge on the worker, and put the findings into words there: the page has less to do."""
        report = self.engine.judge(session, profile)
        self._worded = self._put_into_words(report, profile)
        return report

    def _put_into_words(self, report: Report, profile: Profile) -> _Worded:
        from readiness.report.words import rows

        reader = self.reader
        return report, profile, reader, rows(report, profile, reader)

    def rows(self, report: Report, profile: Profile) -> tuple[Row, ...]:
        """The findings in the reader's words; from the worker where it has just judged them."""
        worded = self._worded
        if worded is None or any(
            one is not other
            for one, other in zip(worded[:3], (report, profile, self.reader), strict=True)
        ):
            worded = self._worded = self._put_into_words(report, profile)
        return worded[3]

    def judge_against(self, profile: Profile) -> None:
        """Judge what was measured against another profile and show that."""
        session = self.session
        if session is None or self._busy:
            return
        self._busy = True

        def done(report: Report) -> None:
            self._free()
            self.report, self.profile = report, profile
            self.turned.emit("result")

        self.runner.call(lambda: self._judged(session, profile), done, self._refused)

    def judge_anew(self) -> None:
        """Judge and keep the session in which something was taken back."""
        session, profile = self.session, self.profile
        if session is None or profile is None or self.report is None:
            return

        def work() -> Report:
            report = self._judged(session, profile)
            self.engine.keep(session, [report])
            return report

        def done(report: Report) -> None:
            if self.session is session:
                self.report = report
                self.watched.emit()

        self.runner.call(work, done, self.trouble.emit)

    def compare(self) -> None:
        """Show which employers fit."""
        session = self.session
        if session is None or self._busy:
            return
        self._busy = True

        def done(matches: tuple[Match, ...]) -> None:
            self._free()
            self.matches = matches
            self.turned.emit("match")

        self.runner.call(lambda: self.engine.match(session), done, self._refused)

    def open_session(self, load: Callable[[], Session], profile_id: str) -> None:
        """Show an earlier session, judged against the profile of that id."""
        known = {profile.id: profile for profile in self.profiles}

        def both() -> tuple[Session, Profile]:
            session = load()
            return session, known.get(profile_id) or self.engine.invited_to(session, profile_id)

        self._open(both)

    def open_report(self, path: Path) -> None:
        """Show a saved report, judged against its own profile, or the first if that is unknown."""
        known = {profile.id: profile for profile in self.profiles}

        def load() -> tuple[Session, Profile]:
            report = self.engine.open(path)
            own = self.engine.known_profile(report.profile, report.profile_digest)
            return report.session, own or known.get(report.profile, self.profiles[0])

        self._open(load)

    def _open(self, load: Callable[[], tuple[Session, Profile]]) -> None:
        if self._busy or not self.profiles:
            return
        self._busy = True

        def work() -> tuple[Session, Profile, Report]:
            session, profile = load()
            return session, profile, self._judged(session, profile)

        def done(found: tuple[Session, Profile, Report]) -> None:
            self._free()
            self.recording = None
            self.session, self.profile, self.report = found
            self.consents = self.session.agreed
            self.choose(self.profile)
            self.plan = self.engine.plan([self.profile], choices=self.choices)
            self.answers = declared(self.session)
            self.turned.emit("result")

        self.runner.call(work, done, self._refused)

    def let_go(self, ids: Collection[str]) -> None:
        """Forget the check at hand if it is one of these: it is being deleted."""
        if self.session is not None and self.session.id in ids:
            self.session = self.report = self.state = self.recording = None
            self.answers, self.matches = {}, ()
        self.unfinished = tuple(one for one in self.unfinished if one.session.id not in ids)

    def home(self) -> None:
        """Back to the first page."""
        if self.runner.running:
            return
        self.turned.emit("welcome")

        def done(found: tuple[Unfinished, ...]) -> None:
            if [one.session.id for one in found] != [one.session.id for one in self.unfinished]:
                self.unfinished = found
                self.learned.emit()

        if self.state is not None and self.state.stopped:
            self.runner.call(self.engine.unfinished, done, self.trouble.emit)

    # --- the long watch ------------------------------------------------------------------------

    def close(self) -> None:
        """End everything; what was found is kept."""
        for watched, belongs in self._came:
            kept = belongs not in self.history.gone
            keep = partial(self.engine.keep_watch if kept else self._drop, watched)
            self.runner.call(keep, lambda _: None, lambda _: None)
        self._came.clear()
        if "reviewing" in self.__dict__:
            self.reviewing.close()
        super().close()

    def _drop(self, watched: Session) -> None:
        self.engine.delete(watched.id)

    def _on_watched(self, watched: Session) -> None:
        self._came.append((watched, self.watch.belongs))
        self._take_in()

    def _take_in(self) -> None:
        """Add what was watched to the session that it was begun for, wherever that is now."""
        if self._busy or self.runner.running or not self._came:
            return
        watched, belongs = self._came.pop(0)
        engine, session, profile = self.engine, self.session, self.profile
        if belongs in self.history.gone:
            self.runner.call(
                lambda: engine.delete(watched.id), lambda _: self._take_in(), self.trouble.emit
            )
            return
        if session is None or profile is None or session.id != belongs:
            self._keep_apart(watched, belongs)
            return
        full = self.session = engine.with_watch(session, watched)
        self._busy = True

        def work() -> tuple[Report, StorageError | None]:
            from readiness.model.errors import StorageError

            report = self._judged(full, profile)
            refused: StorageError | None = None
            try:
                engine.keep_watch(watched, within=full)
                if full is not session:
                    engine.keep(full, [report])
            except StorageError as error:
                refused = error
            return report, refused

        def done(found: tuple[Report, StorageError | None]) -> None:
            self._free()
            self.report, refused = found
            self.watched.emit()
            if refused is not None:
                self.trouble.emit(NotKept(refused))

        self.runner.call(work, done, self._refused)

    def _keep_apart(self, watched: Session, belongs: str) -> None:
        """Another check is looked at by now: put it into the archive alone."""
        engine = self.engine

        def work() -> None:
            from readiness.model.errors import InputError

            try:
                kept = engine.with_watch(engine.archived_session(belongs), watched)
            except InputError:  # that check is not in the archive
                engine.keep_watch(watched)
            else:
                engine.keep_watch(watched, within=kept)

        self.runner.call(work, lambda _: self._take_in(), self.trouble.emit)

    def _free(self) -> None:
        """Something that nothing may come between is over."""
        self._busy = False
        if self._came:
            QTimer.singleShot(0, self._take_in)

    def _refused(self, error: Exception) -> None:
        self._free()
        self.trouble.emit(error)


NEEDED_SOON = (
    "babel.dates",
    "babel.numbers",
    "readiness.report.plausible",
    "readiness.report.words",
    "ui.guide.plan",
    "ui.guide.run",
    "ui.guide.questions",
    "ui.guide.result",
    "ui.guide.share",
    "ui.guide.week",
)


def _warm() -> None:
    """Import on the worker what the next pages need, so that turning to them takes no time."""
    for name in NEEDED_SOON:
        importlib.import_module(name)
    from readiness.locale import Reader

    Reader("en").number(1)
