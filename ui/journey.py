"""The applicant's journey: what was chosen, measured, answered and judged, apart from any page."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal

from ui.choosing import Choosing
from ui.history import History
from ui.measuring import declared
from ui.sharing import Sharing
from ui.trouble import NotKept
from ui.wording import Wording

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from PySide6.QtCore import QObject

    from readiness.engine import Engine, Match
    from readiness.journal import Unfinished
    from readiness.locale import Reader
    from readiness.model.errors import StorageError
    from readiness.model.measurement import Session, Value
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from ui.employer import Employer


class Journey(Choosing):
    """State and steps of the guide. Pages show it and call its methods.

    Signals:
        watched: What was watched is in the session, and the report is judged anew.
    """

    watched = Signal()

    def __init__(
        self, make_engine: Callable[[], Engine], reader: Reader, parent: QObject | None = None
    ) -> None:
        super().__init__(make_engine, reader, parent)
        self.matches: tuple[Match, ...] = ()
        self.wording = Wording()
        self._came: list[tuple[Session, str]] = []
        """Watches that are over and still to be added, each with the id of its session."""
        self.watch.came.connect(self._on_watched)
        self.sharing = Sharing(self)
        self.history = History(self)

    @cached_property
    def employer(self) -> Employer:
        """What the employer's pages have in mind; made when somebody goes there."""
        from ui.employer import Employer

        return Employer(self)

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
            matches = self._matched(full) if everyone else ()
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
        """Judge on the worker, and put it into words there: the pages have less to do."""
        report, reader = self.engine.judge(session, profile), self.reader
        self.wording.headline(report, profile, reader)
        self.wording.rows(report, profile, reader)
        self.wording.contents(report, profile, reader)
        self.wording.frame(report, profile, reader)
        return report

    def _matched(self, session: Session) -> tuple[Match, ...]:
        """Judge against every list, on the worker and in words as well."""
        matches = self.engine.match(session)
        self.wording.missing(matches, self.reader)
        return matches

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

        self.runner.call(lambda: self._matched(session), done, self._refused)

    # --- earlier checks and reports ------------------------------------------------------------

    def look_back(self) -> None:
        """Show the earlier checks."""
        if self.profiles and not self.runner.running:
            self.turned.emit("earlier")

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
        self.wording.forget()
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
