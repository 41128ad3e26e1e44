"""Choosing within the journey: whose requirements, from which file, by which invitation."""

from __future__ import annotations

import dataclasses
import importlib
from abc import abstractmethod
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ui.ahead import Ahead
from ui.measuring import Measuring

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from PySide6.QtCore import QObject

    from readiness.engine import Engine, Plan
    from readiness.handed_file import HandedFile
    from readiness.journal import Unfinished
    from readiness.locale import Reader
    from readiness.model.measurement import Session
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.ports import Choices
    from readiness.trust.invitation import Invitation

    _Loaded = tuple[
        tuple[Profile, ...],
        tuple[Unfinished, ...],
        Invitation | None,
        list[tuple[Profile, tuple[str, ...]]],
    ]

FIRST = ("typical-voice", "strict-voice", "chat-email", "germany-eu")
"""Types of work that most people look for; others follow in the order in which they came."""


class Choosing(Measuring):
    """The part of :class:`ui.journey.Journey` that leads up to a plan; its state is the journey's.

    Attributes:
        profiles: All lists that are known; empty until the engine is there.
        extra: The list that was opened from a file.
        everyone: Whether the check is for all lists.
        invitation: The one that was opened last.
        accepted: Whether checks against its list answer it.
        report: What is shown as the result.
    """

    def __init__(
        self, make_engine: Callable[[], Engine], reader: Reader, parent: QObject | None = None
    ) -> None:
        super().__init__(make_engine, reader, parent)
        self.profiles: tuple[Profile, ...] = ()
        self.extra: Profile | None = None
        self.everyone = False
        self.invitation: Invitation | None = None
        self.accepted = False
        self.report: Report | None = None
        self._busy = False
        self._unusual: tuple[Profile, tuple[str, ...]] | None = None
        self._ahead = Ahead(PAGES_SOON, self)
        self._handed: tuple[str, ...] = ()
        """Files that came before the profiles were known."""

    @abstractmethod
    def open_report(self, path: Path) -> None:
        """Show a saved report, judged against its own profile, or the first if that is unknown."""

    @abstractmethod
    def _free(self) -> None:
        """Something that nothing may come between is over."""

    @abstractmethod
    def _refused(self, error: Exception) -> None:
        """It is over, and went wrong."""

    # --- loading -------------------------------------------------------------------------------

    def begin(self) -> None:
        """Load what is costly, off the window's thread, after the first paint."""
        from readiness.locale import Reader

        def load() -> _Loaded:
            engine = self.engine
            profiles = engine.profiles()
            engine.plan(profiles[:1])
            # What the first page says of the lists, that it need not do it in one go.
            Reader(self.reader.language).day(datetime.now(UTC).date())
            unusual = [(one, engine.unusual(one)) for one in in_order(profiles)[:1]]
            return profiles, engine.unfinished(), engine.invitation_beside(), unusual

        def done(found: _Loaded) -> None:
            self.profiles, self.unfinished, beside, unusual = found
            self._unusual = next(iter(unusual), None)
            self.learned.emit()
            if self._handed:
                handed, self._handed = self._handed, ()
                self.open_handed(handed)
            elif beside is not None:
                self._show_invitation(beside)

        self.runner.call(load, done, self.trouble.emit)
        self.runner.call(self._warm, lambda _: self._ahead.begin(), self.trouble.emit)

    def _warm(self) -> None:
        """Load on the worker what the next pages need, so that turning to them takes no time.

        Nothing that reaches Qt: see ``ui/ahead.py``.
        """
        from readiness.locale import Reader

        self.engine.practice_languages()
        Reader(self.reader.language).number(1)
        for name in NEEDED_SOON:
            importlib.import_module(name)

    # --- files ---------------------------------------------------------------------------------

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

    # --- being invited -------------------------------------------------------------------------

    def open_invitation(self, source: Path | str) -> None:
        """Show an invitation: a file, or the text in which its code stands. Nothing is kept yet."""
        self.runner.call(
            lambda: self.engine.open_invitation(source), self._show_invitation, self.trouble.emit
        )

    def _show_invitation(self, found: Invitation) -> None:
        if not self.runner.running:
            self.invitation, self.accepted = found, False
            self.turned.emit("invited")

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

    # --- choosing and planning -----------------------------------------------------------------

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


def in_order(profiles: Sequence[Profile]) -> list[Profile]:
    """As the first page shows them."""
    return sorted(profiles, key=lambda one: FIRST.index(one.id) if one.id in FIRST else len(FIRST))


NEEDED_SOON = (
    "readiness.report.plausible",
    "readiness.report.words",
    "readiness.report.panels",
    "readiness.report.files",
    "readiness.consent_words",
    "readiness.step_words",
    "readiness.week_words",
)
PAGES_SOON = (
    *("ui.guide.line_choice", "ui.guide.network", "ui.guide.plan"),
    *("ui.meters.plot", "ui.meters.spectrum", "ui.guide.live", "ui.guide.outcome"),
    *("ui.guide.prompt", "ui.guide.phase", "ui.guide.quiz", "ui.guide.typing", "ui.guide.run"),
    *("ui.widgets.week_cells", "ui.widgets.week_grid", "ui.guide.question", "ui.guide.questions"),
    *("ui.widgets.text_row", "ui.guide.row", "ui.guide.result"),
    *("ui.guide.exact", "ui.guide.field", "ui.guide.keep", "ui.guide.share"),
)
