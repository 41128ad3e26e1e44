"""One whole check over the virtual sound server and the loopback line, to the reopened file."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from readiness.cli.guided import UnattendedPerson
from readiness.engine import Engine
from readiness.model.finding import Verdict
from readiness.model.measurement import EvidenceKind, Measurement
from readiness.model.requirement import AnswerKind
from readiness.ports import Choices, Need, Prompt
from tests.fakes.line import measuring_server
from tests.rig.sound_server import ROOM_DBOV, SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from readiness.model.measurement import Session, Value
    from readiness.model.report import Report
    from readiness.model.requirement import Question

pytestmark = pytest.mark.rig

SENTENCES = (
    "Good morning, you have reached customer service. I will look up your order right away."
    " Could you read me the number on your receipt? Thank you, I have found your order."
)
VOICE_DBOV = -26.0


class Applicant(UnattendedPerson):
    """Speaks into the rig's microphone when asked to read aloud."""

    def __init__(self, sound: SoundServer) -> None:
        self.sound = sound
        self.voice = sound.say(SENTENCES, dbov=VOICE_DBOV)

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's arguments
        """Be ready; speak where that is asked."""
        if prompt is Prompt.READ_ALOUD:
            self.sound.play(self.voice)
        return True


def _best_answer(question: Question) -> Value:
    if question.kind is AnswerKind.WEEK:
        return "mon 09:00-17:00"
    return True if question.kind is AnswerKind.YES_NO else next(iter(question.choices))


def _check(engine: Engine, sound: SoundServer, server: str) -> Session:
    choices = Choices(
        consent=frozenset({Need.NETWORK, Need.MICROPHONE}), server=server, budget_mb=2000
    )
    plan = engine.plan([engine.profile("typical-voice")], choices=choices)
    session = engine.run(
        plan,
        person=Applicant(sound),
        listener=lambda _event: None,
        stop=threading.Event(),
    )
    return engine.answer(session, plan, {q.id: _best_answer(q) for q in plan.questions})


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """One whole check: measured once, judged by all tests."""
    with (
        SoundServer() as sound,
        pytest.MonkeyPatch.context() as patch,
        measuring_server() as server,
    ):
        for name, value in sound.environment.items():
            patch.setenv(name, value)
        yield _check(Engine(home=tmp_path_factory.mktemp("home")), sound, server)


def _verdicts(report: Report) -> dict[str, Verdict]:
    return {finding.requirement: finding.verdict for finding in report.findings}


def test_a_whole_check_measures_judges_saves_and_opens_again(
    session: Session, tmp_path: Path
) -> None:
    """What the rig plays and the loopback carries stands in the report that is read back."""
    engine = Engine(home=tmp_path / "home")
    profile = engine.profile("typical-voice")
    report = engine.judge(session, profile)
    paths = engine.save(
        report, profile, tmp_path / "out", formats=("json", "html", "pdf"), language="en"
    )
    engine.keep(session, [report])

    found = session.latest()
    noise, download = found["voice.noise"], found["line.download"]
    assert isinstance(noise, Measurement)
    assert noise.value == pytest.approx(ROOM_DBOV, abs=0.5)
    assert isinstance(download, Measurement)
    assert download.evidence.kind is EvidenceKind.MEASURED
    assert [engine.open(path) for path in paths if path.suffix != ".html"] == [report, report]
    assert engine.archived_session(session.id) == session
    assert engine.unfinished() == ()


def test_the_same_session_gets_different_verdicts_from_two_profiles(
    session: Session, tmp_path: Path
) -> None:
    """The loopback is no network cable and this is no Windows: voice work asks both, chat neither.

    Measured once; nothing is measured again for the second judgement.
    """
    engine = Engine(home=tmp_path / "home")

    voice = _verdicts(engine.judge(session, engine.profile("typical-voice")))
    chat = _verdicts(engine.judge(session, engine.profile("chat-email")))

    assert voice["download"] is Verdict.PASS
    assert chat["download"] is Verdict.PASS
    assert Verdict.FAIL in voice.values()
    assert voice != chat
    assert not any("headset" in requirement for requirement in chat)


def test_a_link_that_is_not_hardware_never_passes_as_a_cable(
    session: Session, tmp_path: Path
) -> None:
    """Loopback carries the traffic perfectly and is still no cable."""
    engine = Engine(home=tmp_path / "home")

    report = engine.judge(session, engine.profile("typical-voice"))

    link = next(f for f in report.findings if f.criterion and f.criterion.metric == "link.kind")
    assert link.verdict is not Verdict.PASS
