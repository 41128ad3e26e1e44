"""A made-up but realistic check: a profile, a session with everything in it, and its report.

Judged by the real judge, so that the findings follow from the session.
"""

from __future__ import annotations

import math
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from readiness.judge import judge
from readiness.model.errors import FailureCode
from readiness.model.measurement import (
    NO_UNIT,
    QUESTIONS,
    Cost,
    Evidence,
    EvidenceKind,
    Failure,
    Measurement,
    ProbeRun,
    Session,
    Trace,
    Value,
)
from readiness.model.report import Report
from readiness.model.requirement import (
    Advice,
    AnswerKind,
    Area,
    Condition,
    Criterion,
    Grade,
    Level,
    Operator,
    Profile,
    ProfileKind,
    Question,
    Requirement,
    Source,
)

if TYPE_CHECKING:
    from readiness.model.text import LocalText

STARTED = datetime(2026, 11, 23, 13, 5, tzinfo=UTC)
OWN = Source(title="Our own proposal", seen=date(2026, 11, 1), grade=Grade.P)
PAGE = Source(
    title="Example Support equipment policy",
    address="https://support.example/equipment?lang=en&v=2",
    seen=date(2026, 11, 2),
    grade=Grade.A,
)
HOSTILE = (
    '<script>alert(1)</script> #read("/etc/passwd") *bold* $x$ \\ "quoted" \x00 \u202egnp.exe '
    "محمد أحمد 日本語"
)
"""Markup of HTML and typst, a NUL, a bidi override, right-to-left and unusual letters."""


def criterion(
    metric: str,
    operator: Operator,
    *threshold: Value,
    unit: str = NO_UNIT,
    tolerance: float = 0,
    source: Source = PAGE,
) -> Criterion:
    """One comparison."""
    return Criterion(
        metric=metric,
        operator=operator,
        threshold=threshold,
        unit=unit,
        tolerance=tolerance,
        source=source,
    )


def requirement(
    name: str,
    area: Area,
    title: LocalText,
    *any_of: Criterion,
    level: Level = Level.MUST,
    advice: tuple[Advice, ...] = (),
    applies_to: Condition | None = None,
) -> Requirement:
    """One requirement."""
    return Requirement(
        id=name,
        level=level,
        area=area,
        title=title,
        any_of=any_of,
        advice=advice,
        applies_to=applies_to,
    )


def measurement(
    metric: str,
    value: Value,
    unit: str = NO_UNIT,
    *,
    uncertainty: float | None = None,
    kind: EvidenceKind = EvidenceKind.MEASURED,
    method: str = "example",
    samples: int | None = None,
    trace: Trace | None = None,
) -> Measurement:
    """One value, found one minute after the start."""
    return Measurement(
        metric=metric,
        value=value,
        unit=unit,
        uncertainty=uncertainty,
        evidence=Evidence(kind=kind, method=method, samples=samples, trace=trace),
        at=STARTED + timedelta(seconds=60),
    )


def reported(metric: str, value: Value, unit: str = NO_UNIT) -> Measurement:
    """A value that the system stated."""
    return measurement(metric, value, unit, kind=EvidenceKind.REPORTED)


def declared(question: str, value: Value) -> Measurement:
    """An answer."""
    return measurement(f"declared.{question}", value, kind=EvidenceKind.DECLARED, method="answer")


def failure(metric: str, code: FailureCode, detail: str = "") -> Failure:
    """Why there is no value."""
    return Failure(metric=metric, failure=code, detail=detail, at=STARTED + timedelta(seconds=60))


def run(
    probe: str, *found: Measurement | Failure, attempt: int = 1, seconds: float = 8
) -> ProbeRun:
    """One attempt of one probe."""
    return ProbeRun(
        probe=probe,
        version=1,
        attempt=attempt,
        started=STARTED + timedelta(seconds=50),
        duration_s=seconds,
        measurements=tuple(f for f in found if isinstance(f, Measurement)),
        failures=tuple(f for f in found if isinstance(f, Failure)),
    )


def upload_trace() -> Trace:
    """A slow start, then a wave around 2.1 Mbit/s."""
    values = [min(2.1, 0.35 * i) + 0.12 * math.sin(i * 1.7) * min(1, i / 6) for i in range(80)]
    return Trace(step_s=0.1, unit="Mbit/s", values=tuple(round(max(0, v), 3) for v in values))


def profile() -> Profile:
    """Requirements with all kinds of operators, levels, areas and sources."""
    return Profile(
        id="example-voice",
        kind=ProfileKind.TYPE,
        title={"en": "Voice calls, example", "de": "Sprachanrufe, Beispiel"},
        summary={"en": "What an example employer asks."},
        requirements=(*_computer(), *_line(), *_headset(), *_voice(), *_rest()),
        questions=questions(),
        digest="ab" * 32,
    )


def questions() -> tuple[Question, ...]:
    """A choice and a yes-or-no question."""
    return (
        Question(
            id="headset-cord",
            kind=AnswerKind.CHOICE,
            text={"en": "Does a cord run from your headset to the computer?"},
            title={"en": "Headset cord", "de": "Headset-Kabel"},
            choices={
                "corded": {"en": "with a cord", "de": "mit Kabel"},
                "wireless": {"en": "without a cord", "de": "ohne Kabel"},
            },
        ),
        Question(
            id="door",
            kind=AnswerKind.YES_NO,
            text={"en": "Can you close the door of the room?"},
            title={"en": "A room with a door", "de": "Raum mit Tür"},
        ),
        Question(
            id="hostile",
            kind=AnswerKind.CHOICE,
            text={"en": HOSTILE},
            title={"en": f"Desk {HOSTILE}"},
            choices={"a": {"en": HOSTILE}},
        ),
    )


def _computer() -> tuple[Requirement, ...]:
    return (
        requirement(
            "memory",
            Area.COMPUTER,
            {"en": "Memory", "de": "Arbeitsspeicher"},
            criterion("machine.memory_installed", Operator.AT_LEAST, 8, unit="GiB", tolerance=0.5),
        ),
        requirement(
            "processor",
            Area.COMPUTER,
            {"en": "Processor", "de": "Prozessor"},
            criterion("machine.cpu_clock", Operator.AT_LEAST, 2.0, unit="GHz"),
            criterion("machine.cpu_cores", Operator.AT_LEAST, 4),
        ),
        requirement(
            "clock",
            Area.COMPUTER,
            {"en": "Processor clock", "de": "Prozessortakt"},
            criterion("machine.cpu_clock", Operator.AT_LEAST, 2.0, unit="GHz"),
        ),
        requirement(
            "system",
            Area.COMPUTER,
            {"en": "Operating system", "de": "Betriebssystem"},
            criterion("machine.os_name", Operator.ONE_OF, "Windows 11", "Windows 10", "macOS 15"),
        ),
        requirement(
            "screens",
            Area.COMPUTER,
            {"en": "Screens", "de": "Bildschirme"},
            criterion("machine.screen_count", Operator.AT_LEAST, 2, source=OWN),
            level=Level.SHOULD,
        ),
    )


def _line() -> tuple[Requirement, ...]:
    advice = (
        Advice(cost=Cost.ASK, text={"en": "Some employers accept 1 Mbit/s for chat work."}),
        Advice(cost=Cost.FREE, text={"en": "Pause cloud backups and photo sync; measure again."}),
        Advice(cost=Cost.FREE, text={"en": "Move from Wi-Fi to a cable: this run used Wi-Fi."}),
        Advice(cost=Cost.CHEAP, text={"en": "Ask your provider for a tariff with more upload."}),
    )
    free = (Advice(cost=Cost.FREE, text={"en": "Connect the computer to the router by cable."}),)
    return (
        requirement(
            "download",
            Area.LINE,
            {"en": "Download"},
            criterion("line.download", Operator.AT_LEAST, 10, unit="Mbit/s"),
        ),
        requirement(
            "upload",
            Area.LINE,
            {"en": "Upload"},
            criterion("line.upload", Operator.AT_LEAST, 3, unit="Mbit/s"),
            advice=advice,
        ),
        requirement(
            "round-trip",
            Area.LINE,
            {"en": "Round trip, worst of twenty", "de": "Umlaufzeit, schlechteste von zwanzig"},
            criterion("line.round_trip_p95", Operator.AT_MOST, 100, unit="ms", source=OWN),
        ),
        requirement(
            "loss",
            Area.LINE,
            {"en": "Lost packets", "de": "Verlorene Pakete"},
            criterion("line.loss", Operator.AT_MOST, 1, unit="%", source=OWN),
            level=Level.SHOULD,
        ),
        requirement(
            "connection",
            Area.LINE,
            {"en": "Connection", "de": "Verbindung"},
            criterion("link.kind", Operator.EQUALS, "ethernet"),
            advice=free,
        ),
    )


def _headset() -> tuple[Requirement, ...]:
    return (
        requirement(
            "cord",
            Area.HEADSET,
            {"en": "Headset cord", "de": "Headset-Kabel"},
            criterion("declared.headset-cord", Operator.EQUALS, "corded"),
        ),
        requirement(
            "headset-link",
            Area.HEADSET,
            {"en": "Headset connection", "de": "Headset-Anschluss"},
            criterion("headset.link", Operator.ONE_OF, "usb-corded", "jack"),
            level=Level.INFO,
        ),
    )


def _voice() -> tuple[Requirement, ...]:
    return (
        requirement(
            "snr",
            Area.VOICE,
            {"en": "Voice above noise", "de": "Stimme über dem Geräusch"},
            criterion("voice.snr", Operator.AT_LEAST, 25, unit="dB", source=OWN),
        ),
        requirement(
            "level",
            Area.VOICE,
            {"en": "Speech level", "de": "Sprechpegel"},
            criterion("voice.level", Operator.BETWEEN, -36, -16, unit="dBov", source=OWN),
        ),
    )


def _rest() -> tuple[Requirement, ...]:
    return (
        requirement(
            "dial-tone",
            Area.PHONE,
            {"en": "Dial tone", "de": "Wählton"},
            criterion("phone.dial_tone", Operator.EQUALS, True),  # noqa: FBT003 - the threshold
            applies_to=Condition(metric="declared.door", one_of=(False,)),
        ),
        requirement(
            "door",
            Area.ROOM,
            {"en": "A room with a door", "de": "Raum mit Tür"},
            criterion("declared.door", Operator.EQUALS, True),  # noqa: FBT003 - the threshold
        ),
        requirement(
            "hostile",
            Area.PERSON,
            {"en": f"Desk {HOSTILE}"},
            criterion("declared.hostile", Operator.EQUALS, "a"),
            level=Level.INFO,
        ),
    )


def session() -> Session:
    """Two fails, one open, one borderline, two attempts, an own answer, a stopped probe."""
    return Session(
        id="0123456789abcdef0123456789abcdef",
        started=STARTED,
        app_version="0.1.0",
        platform="win32",
        runs=(
            run("memory", reported("machine.memory_installed", 7.7, "GiB"), seconds=0.2),
            run(
                "processor",
                reported("machine.cpu_cores", 4),
                failure("machine.cpu_clock", FailureCode.UNSUPPORTED),
                seconds=0.1,
            ),
            run("system", reported("machine.os_name", "Windows 11"), seconds=0.1),
            run("display", reported("machine.screen_count", 1), seconds=0.1),
            run(
                "line_speed",
                failure("line.download", FailureCode.CANCELLED),
                failure("line.upload", FailureCode.CANCELLED),
            ),
            _line_run(),
            run("link", reported("link.kind", "wifi"), seconds=0.3),
            run("headset", reported("headset.link", "usb-unknown"), seconds=0.3),
            run(
                "microphone",
                measurement("voice.snr", 31.2, "dB", uncertainty=0.5, samples=412),
                measurement("voice.level", -26.4, "dBov", uncertainty=0.4, samples=412),
                seconds=41,
            ),
            run(
                QUESTIONS,
                declared("headset-cord", "corded"),
                declared("door", value=True),
                declared("hostile", HOSTILE),
                seconds=0,
            ),
        ),
    )


def _line_run() -> ProbeRun:
    return run(
        "line_speed",
        measurement("line.download", 46.3, "Mbit/s", uncertainty=1.4, samples=93),
        measurement(
            "line.upload", 2.1, "Mbit/s", uncertainty=0.1, samples=80, trace=upload_trace()
        ),
        measurement("line.round_trip_p95", 98.0, "ms", uncertainty=4.0, samples=40),
        measurement("line.loss", 2.4, "%", uncertainty=0.6, samples=1000),
        attempt=2,
        seconds=19.4,
    )


def report(found: Session | None = None, asked: Profile | None = None) -> Report:
    """A session judged against a profile, by default the ones above."""
    measured, required = found or session(), asked or profile()
    overall, findings = judge(measured, required)
    return Report(
        created=STARTED + timedelta(seconds=120),
        profile=required.id,
        profile_digest=required.digest,
        overall=overall,
        findings=findings,
        session=measured,
    )


def large_report(findings: int = 30, *, value: float = 2.1) -> Report:
    """A report with that many findings, each with a trace of 80 points, for measuring."""
    trace = upload_trace()
    found = tuple(
        measurement(
            f"line.example_{n}", value + n, "Mbit/s", uncertainty=0.1, samples=80, trace=trace
        )
        for n in range(findings)
    )
    whole = session()
    return report(
        Session(
            id=whole.id,
            started=whole.started,
            app_version=whole.app_version,
            platform=whole.platform,
            runs=(run("line_speed", *found),),
        ),
        large_profile(large_requirements(findings)),
    )


def large_requirements(findings: int = 30) -> tuple[Requirement, ...]:
    """What the large report was judged against."""
    return tuple(
        requirement(
            f"upload-{n}",
            list(Area)[n % len(Area)],
            {"en": f"Upload {n}"},
            criterion(f"line.example_{n}", Operator.AT_LEAST, n + n % 5, unit="Mbit/s"),
        )
        for n in range(findings)
    )


def large_profile(asked: tuple[Requirement, ...]) -> Profile:
    """A profile of exactly these requirements."""
    return Profile(
        id="example-large",
        kind=ProfileKind.TYPE,
        title={"en": "Many requirements"},
        summary={"en": "For measuring."},
        requirements=asked,
        digest="cd" * 32,
    )
