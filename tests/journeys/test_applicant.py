"""An applicant goes the whole way in the real window on a real X server, without a mouse.

The program is started as a person starts it, in each language, measures over the virtual sound
server and the loopback line, and is acted on over AT-SPI, as a screen reader does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from readiness.engine import Engine
from readiness.locale import Reader, languages
from readiness.model.measurement import EvidenceKind, Measurement
from readiness.ports import Prompt
from readiness.profiles import all_questions
from readiness.report.words import headline
from readiness.step_words import HEADLINES
from tests.fakes.line import measuring_server
from tests.journeys.desk import Assistive, home, seated
from tests.rig.sound_server import ROOM_DBOV, SoundServer

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [pytest.mark.rig, pytest.mark.xvfb, pytest.mark.timeout(300)]

SENTENCES = "Good morning, you have reached customer service. I will look up your order right away."
QUIET_ROOM = "quiet_room"
QUESTIONS = "A few things only you can know"
REPEAT = "Repeat this step"
STEPS = (Prompt.STAY_SILENT, Prompt.READ_ALOUD, Prompt.SPEAK_UP, Prompt.ROOM_SILENT)
ALOUD = frozenset({Prompt.READ_ALOUD, Prompt.SPEAK_UP})


def _go(person: Assistive, sound: SoundServer, server: str, folder: Path) -> list[str]:
    """From the first page to the saved report; what was on the screen with the result."""
    person.press("Check my home office")
    person.press("Measure my line", "check box")
    person.write("Address of the measuring server", server)
    person.press("Listen to my microphone", "check box")
    person.press("Start")
    person.wait(HEADLINES[STEPS[0]])
    for prompt, following in zip(STEPS, (*map(HEADLINES.get, STEPS[1:]), QUESTIONS), strict=True):
        _take(person, sound, prompt, str(following))
    _answer(person)
    person.press("See the result")
    person.wait("Save report…")
    result = person.screen()
    person.press("Save report…")
    person.write("Folder", str(folder), role="text")
    person.press("Save", "push button")
    person.wait("Written:")
    return result


def _take(person: Assistive, sound: SoundServer, prompt: Prompt, following: str) -> None:
    """Do one guided step; once more where a busy computer lost a part of the sound."""
    again = False
    while True:
        if again:
            person.press(REPEAT)
        if prompt in ALOUD:
            sound.play(sound.say(SENTENCES * 3, dbov=-26))
        person.press("I am ready")
        again = person.first_of(following, REPEAT) == REPEAT
        if not again:
            return


def _answer(person: Assistive) -> None:
    person.press("Room")
    question = person.reader.local(all_questions()[QUIET_ROOM].text)
    person.press(f"{question} {person.reader.text('Yes')}", "radio button")


@pytest.mark.parametrize("language", languages())
def test_an_applicant_gets_from_the_first_page_to_a_saved_report(
    tmp_path: Path, language: str
) -> None:
    """Every step can be found by role and name, and the file holds what the rig played."""
    folder = tmp_path / "reports"
    folder.mkdir()
    with (
        SoundServer() as sound,
        measuring_server() as server,
        seated(home(tmp_path, language, **sound.environment), language) as person,
    ):
        screen = _go(person, sound, server, folder)

    engine = Engine(home=tmp_path / "home")
    (path,) = folder.glob("*.readiness.json")
    report = engine.open(path)
    said, _ = headline(report, engine.profile(report.profile), Reader(language))
    noise = report.session.latest()["voice.noise"]
    room = report.session.latest()[f"declared.{QUIET_ROOM}"]
    assert f"label: {said}" in screen
    assert isinstance(noise, Measurement)
    assert noise.value == pytest.approx(ROOM_DBOV, abs=0.5)
    assert isinstance(room, Measurement)
    assert room.evidence.kind is EvidenceKind.DECLARED
    assert sorted(p.suffix for p in folder.iterdir()) == [".html", ".json", ".pdf"]
