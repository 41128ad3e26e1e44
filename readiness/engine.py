"""The facade: plan, run, answer, judge, match, save, open, archive. Knows no window.

Synchronous: the terminal and the window's one worker thread call it alike.
"""

from __future__ import annotations

import contextlib
import logging
import os
import secrets
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from readiness import __version__, journal, profiles
from readiness.agreed import with_consents, without
from readiness.audio_devices import listed_by
from readiness.handed_file import FileKind, HandedFile, handed_file, handed_path
from readiness.judge import judge as judge_session
from readiness.keeping import keeping, require_alone
from readiness.match import Match, Nearness, match
from readiness.model.errors import InputError, StorageError
from readiness.model.handed import MailOpened
from readiness.model.invited import Invited
from readiness.model.measurement import (
    NO_UNIT,
    QUESTIONS,
    Evidence,
    EvidenceKind,
    Measurement,
    ProbeRun,
    Session,
)
from readiness.model.report import Report
from readiness.model.text import N_
from readiness.ports import Choices, Need
from readiness.probes import all_probes, probe_of
from readiness.session import (
    Event,
    JournalFailed,
    LiveValue,
    ProbeEnded,
    ProbeStarted,
    Progress,
    Recorded,
    Standing,
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
    from readiness.model.handed import Shown
    from readiness.model.measurement import Value
    from readiness.model.requirement import Profile, Question
    from readiness.ports import AudioDevice, Person, Probe, Take
    from readiness.preview import Crowd
    from readiness.preview.samples import Sample
    from readiness.profiles.askable import Askable
    from readiness.profiles.draft import ProfileDraft
    from readiness.recorded_voice import RecordedVoice
    from readiness.report.files import Draft
    from readiness.review.desk import Desk
    from readiness.review.received import Refused
    from readiness.review.rows import ReviewRow
    from readiness.session import World
    from readiness.steady_runs import SteadyRun, Worse
    from readiness.trust.invitation import Invitation
    from readiness.trust.inviting import Inviting
    from readiness.trust.keys import Keys
    from readiness.trust.ledger import Ledger

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

DECLARED_VERSION = 1
DECLARED = "declared."
"""How the metrics of answers begin."""


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What one check will do. Only what the profiles mention is measured.

    Attributes:
        references: How the profiles were named, for the journal.
        probes: In running order.
        questions: Each once, in the profiles' order.
        seconds: About how long the probes take together.
        megabytes: The most data that they may move.
        needs: Everything that consent is asked for, also what a probe could do without.
    """

    profiles: tuple[Profile, ...]
    references: tuple[str, ...]
    probes: tuple[Probe, ...]
    questions: tuple[Question, ...]
    choices: Choices

    @property
    def seconds(self) -> float:
        """About how long the probes take together."""
        return sum(probe.lasts(thorough=self.choices.thorough) for probe in self.probes)

    @property
    def has_thorough(self) -> bool:
        """Whether some probe takes longer where the person chose to measure longer."""
        return any(probe.seconds_thorough is not None for probe in self.probes)

    @property
    def megabytes(self) -> int:
        """The most data that the probes may move, kept under the person's budget."""
        asked = sum(probe.megabytes for probe in self.probes)
        return min(asked, self.choices.budget_mb)

    @property
    def hosts(self) -> tuple[str, ...]:
        """The hosts of the profiles that will be contacted, each once."""
        if not any(probe.hosts for probe in self.probes):
            return ()
        named = (one.host for profile in self.profiles for one in profile.endpoints)
        return tuple(dict.fromkeys(named))

    @property
    def hosts_only(self) -> bool:
        """Whether the network is used for the profiles' hosts alone: no measuring server then."""
        network = [probe for probe in self.probes if Need.NETWORK in probe.needs]
        return bool(self.hosts) and all(probe.hosts for probe in network)

    @property
    def needs(self) -> frozenset[Need]:
        """Everything that consent is asked for, also what a probe could do without."""
        return frozenset(need for probe in self.probes for need in probe.needs | probe.wishes)


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
            from platformdirs import user_data_path

            stated = os.environ.get("READINESS_HOME")
            self._home = Path(stated) if stated else user_data_path("Readiness", appauthor=False)
        return self._home

    @property
    def world(self) -> World:
        """Where the ports come from."""
        if self._world is None:
            from readiness.system.world import SystemWorld

            self._world = SystemWorld()
        return self._world

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
        invitation = self.answered_by(session)
        if invitation is not None and invitation.profile.id == profile_id:
            return invitation.profile
        raise InputError(
            "list-not-here",
            N_("The list {name} is no longer on this computer."),
            hint=N_("Open its file on the first page, or choose another list."),
            name=profile_id,
        )

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

    # --- writing what is asked ---------------------------------------------------------------

    def open_draft(self, path: Path) -> ProfileDraft:
        """A profile's file, to be changed; it may have faults.

        Raises:
            InputError: There is none, or it is no TOML.
        """
        from readiness.profiles.draft.files import open_draft

        return open_draft(path)

    def begin_draft(self, path: Path, reference: str = "") -> ProfileDraft:
        """A profile that is still to be written to ``path``, short or made from another one.

        Raises:
            InputError: There is no profile of that name.
        """
        from readiness.profiles.draft.files import begin_draft

        return begin_draft(path, reference)

    def save_draft(self, draft: ProfileDraft, path: Path, *, anyway: bool = False) -> ProfileDraft:
        """Write a draft; with ``anyway`` over whatever is there.

        Raises:
            InputError: ``profile-changed-meanwhile``: the file holds something else.
            StorageError: The disk refuses.
        """
        from readiness.profiles.draft.files import save_draft

        return save_draft(draft, path, anyway=anyway)

    def askables(self) -> Mapping[str, Askable]:
        """Everything that a requirement can ask for, by id."""
        from readiness.profiles.askable import askables

        return askables()

    def samples(self) -> tuple[Sample, ...]:
        """Made-up home offices that a profile can be tried on."""
        from readiness.preview.samples import samples

        return samples()

    def heap(
        self, paths: Sequence[Path], most: int, going: Callable[[int], bool]
    ) -> tuple[list[Session], list[InputError]]:
        """The sessions of signed reports in files, folders and ZIPs, to try profiles on.

        Args:
            paths: What was named or dropped.
            most: No more sessions than these are taken in.
            going: Told after each file how many sessions there are; to be stopped it answers no.

        Returns:
            The sessions, and what could not be read or carries no signature that holds.
        """
        from readiness.review.intake import intake
        from readiness.review.once import once
        from readiness.review.received import Refused

        sessions: list[Session] = []
        refused: list[InputError] = []
        for one in once(intake(paths)):
            if isinstance(one, Refused):
                refused += [] if one.aside else [one.error()]
            elif one.arrived.report is None:
                refused.append(_unsigned(one.file))
            else:
                sessions.append(one.arrived.report.session)
            if len(sessions) >= most or not going(len(sessions)):
                break
        return sessions, refused

    def crowd(self, sessions: Sequence[Session]) -> Crowd:
        """Sessions that profiles are tried on, one after the other."""
        from readiness.preview import Crowd

        return Crowd(sessions)

    # --- reviewing what applicants sent --------------------------------------------------------

    def desk(self) -> Desk:
        """An empty desk for reports; they are judged by the lists that they name, where known."""
        from readiness.review.desk import Desk

        return Desk(self.known_profile)

    def ledger(self, path: Path) -> Ledger:
        """A list of invitations that were issued. Raises ``InputError``: it is none."""
        from readiness.trust.ledger import Ledger

        found = Ledger(path)
        found.read()
        return found

    def unlock(self, path: Path, passphrase: str) -> Keys:
        """An employer's keys. Raises ``InputError``: they are none, or the passphrase is wrong."""
        from readiness.storage import read_limited
        from readiness.trust.keys import MAX_FILE, unlocked

        return unlocked(read_limited(path, MAX_FILE), passphrase)

    def write_table(
        self,
        path: Path,
        rows: Sequence[ReviewRow],
        refused: Sequence[Refused],
        *,
        metrics: Sequence[str],
        language: str,
    ) -> None:
        """Write rows as a workbook where the name ends in ``.xlsx``, else as CSV.

        Raises:
            StorageError: The disk refuses.
        """
        from readiness.locale import Reader
        from readiness.review.table import csv_of
        from readiness.review.workbook import xlsx_of
        from readiness.storage import write_whole

        bad = [one for one in refused if not one.aside]
        made = xlsx_of if path.suffix.casefold() == ".xlsx" else csv_of
        archived = any(row.remark is not None for row in rows)
        try:
            data = made(rows, bad, Reader(language), metrics=metrics, archived=archived)
        except OSError as error:
            raise storage_error(error, path) from error
        write_whole(path, data)

    def plan(
        self,
        chosen: Sequence[Profile],
        *,
        only: Sequence[str] = (),
        skip: Sequence[str] = (),
        choices: Choices | None = None,
        references: Sequence[str] = (),
    ) -> Plan:
        """Plan what the profiles need: less time, less intrusion.

        Args:
            chosen: At least one profile.
            only: If given, these probes and no others, whether a profile asks for them or not.
            skip: Not these.
            choices: What the person decided.
            references: How the profiles were named (file paths), for resuming.

        Raises:
            KeyError: No probe of that name.
        """
        known = all_probes()
        for name in (*only, *skip):
            known[name]
        asked = {probe_of(metric) for profile in chosen for metric in profile.metrics()}
        optional = {name for name, probe in known.items() if probe.optional}
        picked = set(only) or asked - optional
        questions = {question.id: question for profile in chosen for question in profile.questions}
        return Plan(
            profiles=tuple(chosen),
            references=tuple(map(_lasting, references or [profile.id for profile in chosen])),
            probes=tuple(
                _lasting_as_chosen(probe, choices or Choices())
                for name, probe in known.items()
                if name in picked and name not in skip
            ),
            questions=tuple(questions.values()),
            choices=choices or Choices(),
        )

    def extended(self, plan: Plan, extras: Sequence[str]) -> Plan:
        """The plan with just these of its optional probes beside what the profiles ask for.

        Raises:
            KeyError: No probe of that name.
        """
        known = all_probes()
        asked = {probe.id: probe for probe in plan.probes if not probe.optional}
        more = {name: _lasting_as_chosen(known[name], plan.choices) for name in extras}
        wanted = {**asked, **more}
        return replace(plan, probes=tuple(wanted[name] for name in known if name in wanted))

    def practice_languages(self) -> tuple[tuple[str, str], ...]:
        """The languages in which skills can be practised: tag and own name, by name."""
        from readiness.skills.sets import skill_languages, skill_set

        named = ((tag, skill_set(tag).name) for tag in skill_languages())
        return tuple(sorted(named, key=lambda pair: pair[1]))

    def plan_watch(
        self, profile: Profile, *, choices: Choices | None = None, reference: str = ""
    ) -> Plan:
        """Plan the long watch of the line alone, whether the profile asks for it or not."""
        from readiness.steady_runs import PROBE_ID

        references = [reference] if reference else ()
        return self.plan([profile], only=[PROBE_ID], choices=choices, references=references)

    # --- measuring -----------------------------------------------------------------------------

    def check_clock(self) -> None:
        """Refuse to measure at a time that no reader of the report will believe.

        Raises:
            InputError: ``clock-wrong``.
        """
        from readiness.report.plausible import EARLIEST, LATEST

        now = self._now()
        if not EARLIEST <= now <= LATEST:
            raise InputError(
                "clock-wrong",
                N_("This computer's clock says {day}."),
                hint=N_("Set its date and time, then start the check again."),
                day=now.date().isoformat(),
            )

    def begin(self) -> Session:
        """A new, empty session. Its id is random."""
        return Session(
            id=secrets.token_hex(16),
            started=self._now().replace(microsecond=0),
            app_version=__version__,
            platform=sys.platform,
        )

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
        require_alone(self.home / "journal", current.id)
        entry = journal.Entry(
            profiles=plan.references,
            probes=tuple(probe.id for probe in plan.probes),
            session=current,
        )

        def unkept(error: StorageError) -> None:
            log.warning("journal not written: %s", error)
            listener(JournalFailed(reason=str(error)))

        with keeping(self.home / "journal", entry, unkept) as kept:

            def keep(run: ProbeRun) -> None:
                found = msgspec.structs.replace(kept.session, runs=(*kept.session.runs, run))
                kept.whole(self.taken_back(found, withdrawn()))

            run_probes(
                plan.probes,
                world=self.world,
                part=kept.part,
                choices=_informed(plan, current),
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
        moment = self._now().replace(microsecond=0)
        return with_consents(session, plan.probes, plan.choices, moment)

    def taken_back(self, session: Session, needs: Collection[Need]) -> Session:
        """The session in which the consent to these is taken back now."""
        return without(session, needs, self._now().replace(microsecond=0))

    def keep_answers(self, session: Session, plan: Plan, answers: Mapping[str, Value]) -> None:
        """Put what was answered so far into the session's journal, beside what was measured.

        Raises:
            StorageError: There can be no journal, or another program has it.
        """
        entry = journal.Entry(
            profiles=plan.references,
            probes=tuple(probe.id for probe in plan.probes),
            session=session,
        )
        book = journal.Journal(self.home / "journal", entry)
        try:
            with book:
                book.keep_answers(answers)
        except OSError as error:  # also the lock of another program
            raise storage_error(error, book.path) from error

    def answer(self, session: Session, plan: Plan, answers: Mapping[str, Value]) -> Session:
        """Add the person's answers, keyed by question id, as declared measurements."""
        moment = self._now().replace(microsecond=0)
        asked = {question.id: question for question in plan.questions}
        declared = tuple(
            Measurement(
                metric=asked[name].metric,
                value=value,
                unit=NO_UNIT,
                evidence=Evidence(kind=EvidenceKind.DECLARED, method="answer"),
                at=moment,
            )
            for name, value in answers.items()
            if name in asked
        )
        run = ProbeRun(
            probe=QUESTIONS,
            version=DECLARED_VERSION,
            attempt=session.attempts(QUESTIONS) + 1,
            started=moment,
            duration_s=0,
            measurements=declared,
        )
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

        at = self._now().replace(microsecond=0)
        return measure_recordings(silence, reading, sweep=sweep, at=at)

    def sweep(self, rate: int) -> bytes:
        """A WAV file with the test tone for the echo; ``rate`` in samples a second."""
        from readiness.recorded_voice import sweep_file

        return sweep_file(rate)

    # --- judging -------------------------------------------------------------------------------

    def judge(self, session: Session, profile: Profile) -> Report:
        """Judge a session against a profile."""
        overall, findings = judge_session(session, profile)
        return Report(
            created=self._now().replace(microsecond=0),
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
        journal.end(self.home / "journal", session.id)

    def keep_watch(self, watched: Session, within: Session | None = None) -> None:
        """Archive a session that only watched the line; one in which nothing came out is dropped.

        Args:
            watched: The session of the watch.
            within: A session that it was added to by :meth:`with_watch`: that one is kept instead.

        Raises:
            StorageError: It stays in the journal then.
        """
        from readiness.steady_runs import steady_runs

        if steady_runs([watched]):
            self.archive.keep(within or watched)
        journal.end(self.home / "journal", watched.id)

    def with_watch(self, session: Session, watched: Session) -> Session:
        """Add what a session of its own has watched to another, as further attempts."""
        from readiness.steady_runs import steady_runs

        for found in steady_runs([watched]):
            attempt = session.attempts(found.run.probe) + 1
            run = msgspec.structs.replace(found.run, attempt=attempt)
            session = msgspec.structs.replace(session, runs=(*session.runs, run))
        return session

    def watches_of(self, session: Session) -> tuple[SteadyRun, ...]:
        """The long watches of the line in one session, oldest first."""
        from readiness.steady_runs import steady_runs

        return steady_runs([session])

    def watches(self) -> tuple[SteadyRun, ...]:
        """All long watches of the line that were kept, oldest first. Raises ``StorageError``."""
        from readiness.steady_runs import steady_runs

        archive = self.archive
        return steady_runs(archive.session(entry.id) for entry in archive.entries())

    def worse_watches(self, runs: Sequence[SteadyRun]) -> tuple[Worse, ...]:
        """What is clearly worse in the evening than at other times of day."""
        from readiness.steady_runs import worse_in_the_evening

        return worse_in_the_evening(runs)

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
        journal.erase(self.home / "journal", session_id)
        self.archive.forget(session_id)

    def delete_all(self) -> None:
        """Delete everything that was kept but the session that is under way. Raises as above."""
        journal.erase_all(self.home / "journal")
        self.archive.forget_all()

    def unfinished(self) -> tuple[Unfinished, ...]:
        """Sessions that were cut off and that no program is running, newest first."""
        return tuple(journal.unfinished(self.home / "journal"))

    def forget(self, found: Unfinished) -> None:
        """Drop an unfinished session."""
        journal.forget(found)

    def resumed_answers(self, found: Unfinished, plan: Plan) -> dict[str, Value]:
        """What was answered in an unfinished session, as far as the plan asks it."""
        said: dict[str, Value] = {
            metric.removeprefix(DECLARED): fact.value
            for metric, fact in found.session.latest().items()
            if metric.startswith(DECLARED) and isinstance(fact, Measurement)
        }
        said |= found.entry.answers
        asked = {question.id: question for question in plan.questions}
        return {
            name: value
            for name, value in said.items()
            if name in asked and asked[name].allows(value)
        }

    def resume_plan(self, found: Unfinished, choices: Choices | None = None) -> Plan:
        """The plan for what an unfinished session still lacks. Raises ``InputError``."""
        chosen = [self.profile(reference) for reference in found.entry.profiles]
        done = {run.probe for run in found.session.runs if not run.stopped}
        known = all_probes()
        left = tuple(known[n] for n in found.entry.probes if n in known and n not in done)
        plan = self.plan(chosen, choices=choices, references=found.entry.profiles)
        return replace(plan, probes=left)

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

    def handed(self, references: Sequence[str]) -> HandedFile:
        """What a file is that was dropped or named, by its name alone. Raises ``InputError``."""
        return handed_file(references)

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
        from readiness.report import mail
        from readiness.report.files import write_beside
        from readiness.report.pdf_intake import MAX_PDF
        from readiness.storage import read_limited

        desktop = self.world.desktop()
        subject, body = mail.mail_words(draft.report, profile, Reader(language))
        attached = read_limited(path, MAX_PDF)
        letter = mail.mail_draft(subject, body, name=path.name, attached=attached)
        written = write_beside(path, letter, mail.ENDING)
        if desktop.open_letter(written):
            return MailOpened.DRAFT
        with contextlib.suppress(OSError):
            written.unlink()
        opened = desktop.open_address(mail.mail_address(subject, body))
        return MailOpened.ADDRESS if opened else MailOpened.NOTHING

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


def _informed(plan: Plan, session: Session) -> Choices:
    """The person's choices, with what the profiles ask of a line that may end, and their lists."""
    invited = session.invitation
    targets: dict[str, set[float]] = {}
    for profile in plan.profiles:
        for requirement in profile.requirements:
            for criterion in requirement.any_of:
                numbers = {
                    float(value)
                    for value in criterion.threshold
                    if isinstance(value, int | float) and not isinstance(value, bool)
                }
                targets.setdefault(criterion.metric, set()).update(numbers)
    endpoints = dict.fromkeys(one for profile in plan.profiles for one in profile.endpoints)
    return replace(
        plan.choices,
        targets={name: tuple(sorted(values)) for name, values in targets.items() if values},
        endpoints=tuple(endpoints),
        devices=listed_by(plan.profiles),
        nonce=invited.nonce if isinstance(invited, Invited) else "",
    )


def _unsigned(file: str) -> InputError:
    return InputError(
        "report-not-signed",
        N_("This report was changed after it was saved, or carries no signature."),
        where=file,
        hint=N_("Ask for the file again."),
    )


def _lasting_as_chosen(probe: Probe, choices: Choices) -> Probe:
    """An optional long run takes as long as the person decided."""
    return replace(probe, seconds=choices.minutes * 60) if probe.by_minutes else probe


def _lasting(reference: str) -> str:
    """A reference that still leads to its profile when another folder is the present one."""
    return reference if reference in profiles.shipped() else os.path.abspath(reference)  # noqa: PTH100 - it may lead nowhere
