"""What ``--self-test`` does, step by step; each says what it found or raises."""

from __future__ import annotations

import importlib
import pkgutil
import platform
import random
import sys
import wave
from array import array
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from readiness import __version__
from readiness.locale import Reader, languages
from readiness.model.errors import CannotMeasure
from readiness.model.finding import Overall
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from readiness.engine import Engine
    from readiness.model.measurement import Session
    from readiness.model.report import Report
    from readiness.model.requirement import Profile

Fact = bool | int | float | str | list[str]
GOOD_SAMPLE = "good-office"
"""Made so that it meets the list that is taken where none is named."""

NOBODY_LISTENS = "http://127.0.0.1:1"
"""The measuring child answers that nobody does: the answer shows that it was there."""

CHILD_DEAD = frozenset({"helper-ended", "stalled"})
LIBRARY_MISSING = "-missing"
"""How reasons end that speak of the installation rather than of this computer's devices."""

RATE = 48_000
SILENCE_S = 5
WITH_FILTERS = "voice.level"
"""A figure that is only there if the libraries that filter sound can be loaded."""


class ShowWindow(Protocol):
    """Opens the real window and says what it found."""

    def __call__(self, home: Path, /, *, on_screen: bool) -> dict[str, Fact]:
        """Open it with its settings and data in ``home``; raises whatever is wrong."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where the steps work.

    Attributes:
        folder: A folder that is gone afterwards.
        engine: With a home inside of it.
        show_window: See :class:`ShowWindow`.
        on_screen: Whether the window may be seen.
    """

    folder: Path
    engine: Engine
    show_window: ShowWindow
    on_screen: bool = False


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step.

    Attributes:
        id: Its name in the document.
        said: What it found, as a sentence; the facts are its placeholders.
        work: Does it; raises whatever is wrong.
    """

    id: str
    said: str
    work: Callable[[Place], dict[str, Fact]]


class NotWhole(Exception):  # noqa: N818 - it is a finding
    """Something of the installation is missing or does not do what it should."""


def _program(_place: Place) -> dict[str, Fact]:
    return {
        "version": __version__,
        "python": platform.python_version(),
        "system": sys.platform,
        "packaged": bool(getattr(sys, "frozen", False)),
    }


RUN_BY_ALEMBIC = "readiness.desk_archive.migrations.env"
"""A script that cannot be imported by anybody else; the step ``archive`` has it run."""


def _modules(_place: Place) -> dict[str, Fact]:
    """Import every module: what was left out when the program was put together shows here."""
    import readiness

    found = pkgutil.walk_packages(readiness.__path__, "readiness.")
    names = [one.name for one in found if one.name != RUN_BY_ALEMBIC]
    if "readiness.engine" not in names:
        raise NotWhole("the program's own modules cannot be listed")
    for name in names:
        importlib.import_module(name)
    return {"modules": len(names)}


def _probes(_place: Place) -> dict[str, Fact]:
    from readiness.probes import ORDER, all_metrics, all_probes

    lacking = [name for name in ORDER if name not in all_probes()]
    if lacking:
        raise NotWhole(f"no such probe: {', '.join(lacking)}")
    return {"probes": len(all_probes()), "metrics": len(all_metrics())}


def _profiles(place: Place) -> dict[str, Fact]:
    from readiness.profiles import all_questions

    found = place.engine.profiles()
    requirements = sum(len(profile.requirements) for profile in found)
    return {
        "profiles": len(found),
        "requirements": requirements,
        "questions": len(all_questions()),
    }


def _words(place: Place) -> dict[str, Fact]:
    """A text, a number and a date in each language, and what is given to type in it."""
    for language in languages():
        reader = Reader(language)
        known = N_("Requirement")
        if language != "en" and reader.text(known) == known:
            raise NotWhole(f"no translation for {language}")
        reader.number(1234.5, 0.1)
        reader.date(datetime.now(UTC))
        reader.first_weekday()
    if len(languages()) == 1:
        raise NotWhole("no translations")
    practised = [tag for tag, _ in place.engine.practice_languages()]
    return {"languages": list(languages()), "practised": sorted(practised)}


def _judging(place: Place) -> dict[str, Fact]:
    engine = place.engine
    reports = [
        engine.judge(sample.session, profile)
        for sample in engine.samples()
        for profile in engine.profiles()
    ]
    overall = _good_report(place).overall
    if overall is not Overall.READY:
        raise NotWhole(f"a good home office is judged {overall}")
    return {"judged": len(reports), "findings": sum(len(one.findings) for one in reports)}


def _good(place: Place) -> tuple[Session, Profile]:
    sessions = {sample.id: sample.session for sample in place.engine.samples()}
    return sessions[GOOD_SAMPLE], place.engine.profiles()[0]


def _good_report(place: Place) -> Report:
    return place.engine.judge(*_good(place))


def _reports(place: Place) -> dict[str, Fact]:
    """Write it in every form and language; read it back as a stranger would, and judge it again."""
    from readiness.report.files import FORMATS

    engine, profile, report = place.engine, _good(place)[1], _good_report(place)
    for language in languages():
        folder = place.folder / language
        written = engine.save(report, profile, folder, formats=FORMATS, language=language)
        by_ending = {path.suffix: path for path in written}
        for path in (by_ending[".json"], by_ending[".pdf"]):
            read = engine.open(path)
            if engine.judge(read.session, profile).findings != report.findings:
                raise NotWhole(f"{path.suffix} does not come back as it was written")
        if f'lang="{language}"' not in by_ending[".html"].read_text(encoding="utf-8"):
            raise NotWhole(f"no page in {language}")
    return {"forms": list(FORMATS), "languages": list(languages())}


def _archive(place: Place) -> dict[str, Fact]:
    engine, report = place.engine, _good_report(place)
    engine.keep(report.session, [report])
    (entry,) = engine.archived()
    if engine.archived_session(entry.id) != report.session:
        raise NotWhole("a check does not come back as it was kept")
    engine.desk_archive().close()  # made by what brings older archives forward
    return {"checks": 1}


def _invitation(place: Place) -> dict[str, Fact]:
    """An employer's keys, an invitation, a sealed answer and its opening."""
    from readiness.profiles import DEFAULT, profile_bytes
    from readiness.trust.invitation import Offer, issue
    from readiness.trust.keys import new_keys
    from readiness.trust.sealing import open_sealed, seal_to

    keys = new_keys()
    offer = Offer(profile=profile_bytes(DEFAULT), days=1, seal_to=keys.public.sealing)
    made = issue(offer, keys.signing, now=datetime.now(UTC))
    path = place.folder / "self.readiness-invitation"
    path.write_bytes(made.envelope)
    opened = place.engine.open_invitation(path)
    if open_sealed(seal_to(opened.terms.seal_to, made.envelope), keys) != made.envelope:
        raise NotWhole("what was sealed does not open")
    return {"requirements": len(opened.profile.requirements)}


def _sound(place: Place) -> dict[str, Fact]:
    """The libraries that record and measure the voice. No device is opened."""
    from readiness.system.audio.capture import sound_library
    from readiness.voice_metrics import METRICS

    silence, reading = place.folder / "silence.wav", place.folder / "reading.wav"
    reading.write_bytes(place.engine.sweep(RATE))
    with wave.open(str(reading), "rb") as like, wave.open(str(silence), "wb") as quiet:
        quiet.setparams(like.getparams())
        quiet.writeframes(_hiss(SILENCE_S * RATE * like.getnchannels()))
    run = place.engine.voice(silence, reading).run
    told = len(run.measurements) + len(run.failures)
    if told < len(METRICS):
        raise NotWhole(f"{told} of {len(METRICS)} figures of the voice")
    if WITH_FILTERS not in {one.metric for one in run.measurements}:
        raise NotWhole(f"{WITH_FILTERS} could not be measured")
    return {"figures": told, "library": _there(sound_library), "devices": _devices(place)}


def _hiss(samples: int) -> bytes:
    """White noise at -53 dBFS, 16 bits: in a silence without any sound nothing is measured."""
    noise = random.Random(1).randbytes(samples)  # noqa: S311 - a sound, no secret
    return array("h", array("b", noise)).tobytes()


def _there(ask: Callable[[], str]) -> str:
    """What a library says; what lacks on this computer alone is no fault of the installation."""
    try:
        return ask()
    except CannotMeasure as found:
        if found.detail.endswith(LIBRARY_MISSING):
            raise
        return str(found)


def _devices(place: Place) -> str:
    return _there(lambda: str(len(place.engine.devices())))


def _line(_place: Place) -> dict[str, Fact]:
    """The child process that measures the line, asked to reach a server that nobody runs."""
    from readiness.cancel import Token
    from readiness.system.line.messages import ServeJob
    from readiness.system.line.process import run_job

    job = ServeJob(part="download", address=NOBODY_LISTENS)
    try:
        run_job(Token(), job, lambda _fraction, _rate: None)
    except CannotMeasure as found:
        if found.detail in CHILD_DEAD:
            raise
        return {"answer": str(found)}
    raise NotWhole("the measuring process reached a server that nobody runs")


def _window(place: Place) -> dict[str, Fact]:
    return place.show_window(place.folder / "window", on_screen=place.on_screen)


STEPS = (
    Step(
        id="program",
        # Translators: versions of the program and of Python, and a kind of system ("win32").
        said=N_("Readiness {version} with Python {python} on {system}"),
        work=_program,
    ),
    Step(id="modules", said=N_("{modules} parts of the program"), work=_modules),
    Step(id="probes", said=N_("{probes} checks with {metrics} values"), work=_probes),
    Step(
        id="profiles",
        said=N_("{profiles} lists with {requirements} requirements, {questions} questions"),
        work=_profiles,
    ),
    # Translators: the placeholder is a list of languages.
    Step(id="words", said=N_("Languages: {languages}"), work=_words),
    Step(id="judging", said=N_("{judged} made-up checks judged"), work=_judging),
    Step(
        id="reports",
        # Translators: both are lists: "json, html, pdf" and "en, de, es".
        said=N_("Report written and read again as {forms}, in {languages}"),
        work=_reports,
    ),
    Step(id="archive", said=N_("A check kept among the earlier ones"), work=_archive),
    Step(id="invitation", said=N_("An invitation signed, opened and answered"), work=_invitation),
    Step(
        id="sound",
        # Translators: {library} is a name and version, {devices} a number.
        said=N_("{figures} figures of a voice; {library}; sound devices: {devices}"),
        work=_sound,
    ),
    # Translators: {answer} is a technical message, as "unreachable".
    Step(id="line", said=N_("The process that measures the line: {answer}"), work=_line),
    Step(
        id="window",
        # Translators: {pages} and {languages} are lists, {pictures} and {fonts} are numbers.
        said=N_("The window: {pages}; {languages}; {pictures} pictures, {fonts} fonts"),
        work=_window,
    ),
)
