"""The facade: plan, run, answer, judge, match, save, open, archive. Knows no window.

Synchronous: the terminal and the window's one worker thread call it alike.
"""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from readiness import drafting, journal, profiles, reviewing, steady_runs
from readiness.agreed import with_consents, without
from readiness.declared import declared, declared_before
from readiness.handed_file import FileKind, handed_file, handed_path
from readiness.home import program_folder
from readiness.judge import judge as judge_session
from readiness.keeping import keeping, require_alone
from readiness.match import Match, Nearness, match
from readiness.model.report import Report
from readiness.planning import Plan, extended, informed, left_of, plan_of
from readiness.ports import Choices
from readiness.session import (
    Event,
    JournalFailed,
    LiveValue,
    ProbeEnded,
    ProbeStarted,
    Progress,
    Recorded,
    Standing,
    new_session,
    run_probes,
)
from readiness.storage import storage_error
from readiness.trust.accepted import INVITATION_ENDING, Accepted, sealing_of

if TYPE_CHECKING:
    import threading
    from collections.abc import Callable, Collection, Mapping, Sequence

    from readiness.archive import Archive, ArchiveEntry
    from readiness.audio_link_words import LinkClass
    from readiness.desk_archive.archive import DeskArchive
    from readiness.hearing import OwnVoice
    from readiness.journal import Unfinished
    from readiness.kit import Packed
    from readiness.model.errors import StorageError
    from readiness.model.handed import MailOpened, Shown
    from readiness.model.measurement import ProbeRun, Session, Value
    from readiness.model.requirement import Profile
    from readiness.ports import AudioDevice, Need, Person, Take
    from readiness.recorded_voice import RecordedVoice
    from readiness.report.files import Draft
    from readiness.review.desk import Desk
    from readiness.session import World
    from readiness.steady_runs import SteadyRun
    from readiness.trust.invitation import Invitation
    from readiness.trust.inviting import Inviting

__all__ = [
    "Engine",
    "Event",
    "FileKind",
    "JournalFailed",
    "LiveValue",
    "Match",
    "Nearness",
    "Plan",
    "ProbeEnded",
    "ProbeStarted",
    "Progress",
    "Recorded",
    "Standing",
]

log = logging.getLogger(__name__)


class Engine:
    """Everything the program can do.

    Args:
        home: Folder for journals and the archive; by default the one that ``READINESS_HOME``
            names, else the person's data folder.
        world: Where the ports come from; this computer by default.
        now: The date and time that reports carry, UTC; the computer's own by default.
        beside: Folders where an invitation may lie beside the program; its own by default.
    """

    def __init__(
        self,
        home: Path | None = None,
        world: World | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        beside: Sequence[Path] | None = None,
    ) -> None:
        self._home = home
        self._world = world
        self._now = now
        self._beside = beside

    @property
    def home(self) -> Path:
        """Folder for journals, the archive and the log."""
        if self._home is None:
            self._home = program_folder()
        return self._home

    @property
    def world(self) -> World:
        """Where the ports come from."""
        if self._world is None:
            from readiness.system.world import SystemWorld

            self._world = SystemWorld()
        return self._world

    @property
    def _journals(self) -> Path:
        return self.home / "journal"

    def _second(self) -> datetime:
        """The present moment, as exact as reports are."""
        return self._now().replace(microsecond=0)

    @property
    def archive(self) -> Archive:
        """Finished sessions. Raises ``StorageError``."""
        from readiness.archive import Archive

        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise storage_error(error, self.home) from error
        return Archive(f"sqlite:///{(self.home / 'archive.sqlite3').as_posix()}")

    def desk_archive(self, address: str = "", *, begin: bool = True) -> DeskArchive:
        """A recruiter's archive: by default the one in this folder. To be closed.

        Args:
            address: A file, ``postgresql://…``, or nothing for the usual one.
            begin: Whether another file that is not there yet is begun.

        Raises:
            InputError: It is no archive, is newer than this program, or is not there.
            StorageError: The disk or the server refuses.
        """
        from readiness.desk_archive.opening import open_archive
        from readiness.desk_archive.place import FILE_NAME

        return open_archive(address, self.home / FILE_NAME, self._now, begin=begin)

    # --- what is asked -------------------------------------------------------------------------

    def profiles(self) -> tuple[Profile, ...]:
        """The shipped profiles, the default one first."""
        shipped = profiles.shipped()
        return (
            shipped[profiles.DEFAULT],
            *(profile for name, profile in shipped.items() if name != profiles.DEFAULT),
        )

    def profile(self, reference: str) -> Profile:
        """A profile by id or file path, or the one inside an invitation. Raises ``InputError``."""
        if reference.endswith(INVITATION_ENDING):
            from readiness.trust.invitation import read_invitation

            return read_invitation(Path(reference), now=None).profile
        return profiles.load_profile(reference)

    def known_profile(self, profile_id: str, digest: str) -> Profile | None:
        """The shipped profile of that id, or an accepted invitation's, if it is the very same."""
        profile = profiles.shipped().get(profile_id)
        if profile is not None and profile.digest == digest:
            return profile
        found = self._accepted.of_profile(digest)
        return found.profile if found is not None else None

    # --- being invited -------------------------------------------------------------------------

    @property
    def _accepted(self) -> Accepted:
        return Accepted(self.home / "invitations")

    def open_invitation(self, source: Path | str) -> Invitation:
        """Open an invitation: a file, or the text in which its code stands. Nothing is kept.

        Raises:
            InputError: It is none, was altered, has expired, or is of a kind not known here.
        """
        from readiness.trust.invitation import open_invitation, read_invitation

        if isinstance(source, Path):
            return read_invitation(source, now=self._now())
        return open_invitation(source.encode("utf-8", "replace"), now=self._now())

    def invitation_beside(self) -> Invitation | None:
        """The newest one beside the program that was not accepted yet, opened; nothing is kept."""
        from readiness.trust.beside import invitation_beside, program_folders

        folders = program_folders() if self._beside is None else self._beside
        return invitation_beside(folders, self._accepted.holds, now=self._now())

    def accept(self, invitation: Invitation) -> tuple[str, Session]:
        """Keep the invitation, and begin a session that answers it.

        Returns:
            The reference by which a plan is resumed, and the empty session.

        Raises:
            StorageError: It cannot be kept; without it the answer could not be signed.
        """
        path = self._accepted.keep(invitation)
        return str(path), self.begin_answer(invitation)

    def begin_answer(self, invitation: Invitation) -> Session:
        """A session that has only begun, and answers an invitation that was accepted."""
        return msgspec.structs.replace(self.begin(), invitation=invitation.invited)

    def answered_by(self, session: Session) -> Invitation | None:
        """The invitation that a session answers, if it was accepted on this computer."""
        return self._accepted.of(session)

    def invited_to(self, session: Session, profile_id: str) -> Profile:
        """The requirements of the invitation that a session answers, if that is their id.

        Raises:
            InputError: ``list-not-here``: it answers none with such requirements.
        """
        return self._accepted.invited_to(session, profile_id)

    def unusual(self, profile: Profile) -> tuple[str, ...]:
        """What people who look for work are warned of, in this list; English source texts."""
        from readiness.profiles.unusual import WORDS, signs

        return tuple(WORDS[sign] for sign in signs(profile))

    @property
    def inviting(self) -> Inviting:
        """Keys and invitations, as an employer uses them."""
        from readiness.trust.inviting import Inviting

        return Inviting(self._now)

    def write_kit(
        self, invitation: Invitation, installers: Sequence[Path], path: Path
    ) -> tuple[Packed, ...]:
        """Write a ZIP for an applicant; what it holds, installers first.

        Raises:
            InputError: ``file-exists``; an installer that is none, or cannot be read.
            StorageError: The disk refuses.
        """
        from readiness.kit import write_kit

        return write_kit(invitation, installers, path)

    # --- writing what is asked: readiness/drafting.py ------------------------------------------

    open_draft = staticmethod(drafting.open_draft)
    begin_draft = staticmethod(drafting.begin_draft)
    save_draft = staticmethod(drafting.save_draft)
    askables = staticmethod(drafting.askables)
    samples = staticmethod(drafting.samples)
    crowd = staticmethod(drafting.crowd)

    # --- reviewing what applicants sent: readiness/reviewing.py --------------------------------

    ledger = staticmethod(reviewing.open_ledger)
    unlock = staticmethod(reviewing.unlock)
    write_table = staticmethod(reviewing.write_table)
    heap = staticmethod(reviewing.signed_sessions)

    def desk(self) -> Desk:
        """An empty desk for reports; they are judged by the lists that they name, where known."""
        from readiness.review.desk import Desk

        return Desk(self.known_profile)

    # --- planning: readiness/planning.py -------------------------------------------------------

    plan = staticmethod(plan_of)
    extended = staticmethod(extended)

    def practice_languages(self) -> tuple[tuple[str, str], ...]:
        """The languages in which skills can be practised: tag and own name, by name."""
        from readiness.skills.sets import skill_languages, skill_set

        named = ((tag, skill_set(tag).name) for tag in skill_languages())
        return tuple(sorted(named, key=lambda pair: pair[1]))

    def plan_watch(
        self, profile: Profile, *, choices: Choices | None = None, reference: str = ""
    ) -> Plan:
        """Plan the long watch of the line alone, whether the profile asks for it or not."""
        references = [reference] if reference else ()
        return self.plan(
            [profile], only=[steady_runs.PROBE_ID], choices=choices, references=references
        )

    # --- measuring -----------------------------------------------------------------------------

    def check_clock(self) -> None:
        """Refuse to measure at a time that no reader of the report will believe.

        Raises:
            InputError: ``clock-wrong``.
        """
        from readiness.report.plausible import check_clock

        check_clock(self._now())

    def begin(self) -> Session:
        """A new, empty session. Its id is random."""
        return new_session(self._second())

    def run(
        self,
        plan: Plan,
        *,
        person: Person,
        listener: Callable[[Event], None],
        stop: threading.Event,
        session: Session | None = None,
        withdrawn: Callable[[], frozenset[Need]] = frozenset,
    ) -> Session:
        """Measure what the plan says, blocking; returns within 200 ms of ``stop``.

        With ``session`` the runs are added to it: resuming and doing one again are the same thing.
        What was agreed to is kept with it. ``withdrawn`` tells what was taken back since the
        beginning; what needs it is not begun any more (what is going on, ``stop`` ends).
        After each probe, and after each part of one that stands for good, the session is in the
        journal; it stays there until :meth:`keep`.

        Raises:
            InputError: ``clock-wrong`` or ``check-running``; nothing was measured.
        """
        self.check_clock()
        current = self.agreed(session or self.begin(), plan)
        require_alone(self._journals, current.id)
        entry = _entry(plan, current)

        def unkept(error: StorageError) -> None:
            log.warning("journal not written: %s", error)
            listener(JournalFailed(reason=str(error)))

        with keeping(self._journals, entry, unkept) as kept:

            def keep(run: ProbeRun) -> None:
                found = msgspec.structs.replace(kept.session, runs=(*kept.session.runs, run))
                kept.whole(self.taken_back(found, withdrawn()))

            run_probes(
                plan.probes,
                world=self.world,
                part=kept.part,
                choices=informed(plan, current),
                person=person,
                listener=listener,
                stop=stop,
                attempts=current.attempts,
                keep=keep,
                withdrawn=withdrawn,
            )
        return self.taken_back(kept.session, withdrawn())

    def agreed(self, session: Session, plan: Plan) -> Session:
        """The session with what the plan's probes may use from now on."""
        return with_consents(session, plan.probes, plan.choices, self._second())

    def taken_back(self, session: Session, needs: Collection[Need]) -> Session:
        """The session in which the consent to these is taken back now."""
        return without(session, needs, self._second())

    def keep_answers(self, session: Session, plan: Plan, answers: Mapping[str, Value]) -> None:
        """Put what was answered so far into the session's journal, beside what was measured.

        Raises:
            StorageError: There can be no journal, or another program has it.
        """
        book = journal.Journal(self._journals, _entry(plan, session))
        try:
            with book:
                book.keep_answers(answers)
        except OSError as error:  # also the lock of another program
            raise storage_error(error, book.path) from error

    def answer(self, session: Session, plan: Plan, answers: Mapping[str, Value]) -> Session:
        """Add the person's answers, keyed by question id, as declared measurements."""
        run = declared(session, plan.questions, answers, self._second())
        return msgspec.structs.replace(session, runs=(*session.runs, run))

    def voice(
        self, silence: Path, reading: Path, sweep: tuple[Path, Path] | None = None
    ) -> RecordedVoice:
        """Measure the voice in recordings made elsewhere, as in a live take.

        Args:
            silence: While nobody spoke.
            reading: While somebody read aloud.
            sweep: What was played into the earphones, and what the microphone heard of it.

        Raises:
            InputError: A file cannot be read, or two do not belong together.
            CannotMeasure: The library that reads them is missing.
        """
        from readiness.recorded_voice import measure_recordings

        return measure_recordings(silence, reading, sweep=sweep, at=self._second())

    def sweep(self, rate: int) -> bytes:
        """A WAV file with the test tone for the echo; ``rate`` in samples a second."""
        from readiness.recorded_voice import sweep_file

        return sweep_file(rate)

    # --- judging -------------------------------------------------------------------------------

    def judge(self, session: Session, profile: Profile) -> Report:
        """Judge a session against a profile."""
        overall, findings = judge_session(session, profile)
        return Report(
            created=self._second(),
            profile=profile.id,
            profile_digest=profile.digest,
            overall=overall,
            findings=findings,
            session=session,
        )

    def match(self, session: Session, among: Sequence[Profile] = ()) -> tuple[Match, ...]:
        """Match a session with all shipped profiles, or those given; nearest first."""
        return match(session, among or self.profiles())

    # --- keeping -------------------------------------------------------------------------------

    def keep(self, session: Session, reports: Sequence[Report] = ()) -> None:
        """Put a finished session into the archive and end its journal. Raises ``StorageError``."""
        self.archive.keep(session)
        for report in reports:
            self.archive.keep_outcome(report)
        journal.end(self._journals, session.id)

    def keep_watch(self, watched: Session, within: Session | None = None) -> None:
        """Archive a session that only watched the line; one in which nothing came out is dropped.

        Args:
            watched: The session of the watch.
            within: A session that it was added to by :meth:`with_watch`: that one is kept instead.

        Raises:
            StorageError: It stays in the journal then.
        """
        if steady_runs.steady_runs([watched]):
            self.archive.keep(within or watched)
        journal.end(self._journals, watched.id)

    with_watch = staticmethod(steady_runs.with_watch)
    worse_watches = staticmethod(steady_runs.worse_in_the_evening)

    def watches_of(self, session: Session) -> tuple[SteadyRun, ...]:
        """The long watches of the line in one session, oldest first."""
        return steady_runs.steady_runs([session])

    def watches(self) -> tuple[SteadyRun, ...]:
        """All long watches of the line that were kept, oldest first. Raises ``StorageError``."""
        archive = self.archive
        return steady_runs.steady_runs(archive.session(entry.id) for entry in archive.entries())

    def archived(self) -> tuple[ArchiveEntry, ...]:
        """Finished sessions, newest first. Raises ``StorageError``."""
        return self.archive.entries()

    def archived_session(self, session_id: str) -> Session:
        """One finished session. Raises ``InputError`` or ``StorageError``."""
        return self.archive.session(session_id)

    def delete(self, session_id: str) -> None:
        """Delete a session from this computer for good: archive, outcomes, journal, its watches.

        Reports that were saved as files are the person's own and stay.

        Raises:
            StorageError: The disk refuses; what is left is still in the list.
        """
        journal.erase(self._journals, session_id)
        self.archive.forget(session_id)

    def delete_all(self) -> None:
        """Delete everything that was kept but the session that is under way. Raises as above."""
        journal.erase_all(self._journals)
        self.archive.forget_all()

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Sessions that were cut off and that no program is running, newest first."""
        return tuple(journal.unfinished(self._journals))

    forget = staticmethod(journal.forget)

    def resumed_answers(self, found: Unfinished, plan: Plan) -> dict[str, Value]:
        """What was answered in an unfinished session, as far as the plan asks it."""
        return declared_before(found.session, found.entry.answers, plan.questions)

    def resume_plan(self, found: Unfinished, choices: Choices | None = None) -> Plan:
        """The plan for what an unfinished session still lacks. Raises ``InputError``."""
        chosen = [self.profile(reference) for reference in found.entry.profiles]
        plan = self.plan(chosen, choices=choices, references=found.entry.profiles)
        return left_of(plan, found.entry.probes, found.session)

    # --- files ---------------------------------------------------------------------------------

    def save(
        self,
        report: Report,
        profile: Profile | None,
        folder: Path,
        *,
        formats: Sequence[str],
        language: str,
    ) -> tuple[Path, ...]:
        """Write the report as files in the reader's language. Raises ``StorageError``.

        What answers an invitation is signed with its key; if the invitation asks for it, a further
        file, the last one, is sealed so that the employer alone can read it.
        """
        from readiness.locale import Reader
        from readiness.report.files import write_report

        invitation = self.answered_by(report.session)
        return write_report(
            report,
            profile,
            folder,
            formats=formats,
            reader=Reader(language),
            key=invitation.answer_key if invitation is not None else None,
            sealing=sealing_of(invitation),
        )

    def handed_paths(self, references: Sequence[str]) -> tuple[Path, ...]:
        """Files and folders that were dropped or named. Raises ``InputError``: one is none."""
        return tuple(map(handed_path, references))

    handed = staticmethod(handed_file)

    def withheld(self, report: Report, profile: Profile, metrics: Collection[str]) -> Report:
        """The report without these metrics, judged again; a reader sees that they were left out."""
        from readiness.report.withhold import withhold

        if not metrics:
            return report
        judged = self.judge(withhold(report.session, metrics), profile)
        return msgspec.structs.replace(judged, created=report.created)

    def draft(self, report: Report, profile: Profile | None, *, language: str) -> Draft:
        """All kinds of report file in memory, to be looked at before one is written.

        Signed and sealed as :meth:`save` does.
        """
        from readiness.locale import Reader
        from readiness.report.files import FORMATS, make_draft

        invitation = self.answered_by(report.session)
        return make_draft(
            report,
            profile,
            formats=FORMATS,
            reader=Reader(language),
            key=invitation.answer_key if invitation is not None else None,
            sealing=sealing_of(invitation),
        )

    def write(self, draft: Draft, folder: Path, *, formats: Sequence[str]) -> tuple[Path, ...]:
        """Write the very bytes of a draft as files. Raises ``StorageError``."""
        from readiness.report.files import write_draft

        return write_draft(draft, folder, formats=formats)

    def show(self, path: Path) -> Shown:
        """Show a file in the person's file manager."""
        return self.world.desktop().show(path)

    def mail(
        self, draft: Draft, profile: Profile | None, path: Path, *, language: str
    ) -> MailOpened:
        """Open a mail with the saved file attached, for the person to address and to send.

        Where no program opens such a draft, an empty mail with its words is opened instead.
        Nothing is sent.

        Raises:
            InputError: The file is no longer there.
            StorageError: The draft cannot be written beside it.
        """
        from readiness.locale import Reader
        from readiness.report.posting import open_mail

        desktop, reader = self.world.desktop(), Reader(language)
        return open_mail(desktop, draft.report, profile, path, reader)

    def open(self, path: Path) -> Report:
        """Read a saved report. Raises ``InputError``."""
        from readiness.report.files import read_report

        return read_report(path)

    # --- hearing ---------------------------------------------------------------------------------

    def own_voice(self, take: Take, choices: Choices) -> OwnVoice:
        """A recording to be heard by the person themselves, on the output that they chose."""
        from readiness.hearing import OwnVoice

        return OwnVoice(take, self.world, choices)

    # --- looking -------------------------------------------------------------------------------

    def devices(self) -> tuple[tuple[AudioDevice, LinkClass], ...]:
        """The audio devices with how each is connected. Raises ``CannotMeasure``."""
        from readiness.audio_link import link_class
        from readiness.cancel import Token

        found = self.world.audio(Choices(), Token()).devices()
        return tuple((device, link_class(device)) for device in found)


def _entry(plan: Plan, session: Session) -> journal.Entry:
    return journal.Entry(
        profiles=plan.references,
        probes=tuple(probe.id for probe in plan.probes),
        session=session,
    )
