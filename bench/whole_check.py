"""From start to report: ``python -m bench.whole_check`` (Linux, the rig's sound server).

The typical profile with consent to everything, a person who is ready at once, reads aloud when
asked and answers every question; the line is a server on this computer. Asked: at most 4 minutes.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bench.rows import Row, show
from readiness.cli.guided import UnattendedPerson
from readiness.engine import Engine, ProbeEnded
from readiness.ports import Choices, Need, Prompt
from tests.fakes.line import measuring_server
from tests.rig.sound_server import SoundServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from readiness.engine import Event

PROFILE = "typical-voice"
ASKED_S = 240
WORDS = "Good morning, you have reached customer service. I will look up your order right away. "
ALOUD = frozenset({Prompt.READ_ALOUD, Prompt.SPEAK_UP})


class Reading(UnattendedPerson):
    """Reads aloud into the rig's microphone where that is asked."""

    def __init__(self, sound: SoundServer) -> None:
        self._sound = sound
        self._voice = sound.say(WORDS * 2, dbov=-26)

    def ready(self, prompt: Prompt, *, seconds: float, values: Mapping[str, str]) -> bool:  # noqa: ARG002 - the port's arguments
        """Be ready at once."""
        if prompt in ALOUD:
            self._sound.play(self._voice)
        return True


def whole() -> Iterator[Row]:
    """One check, each probe's time, and the whole."""
    with (
        SoundServer() as sound,
        measuring_server() as server,
        tempfile.TemporaryDirectory() as folder,
    ):
        os.environ.update(sound.environment)
        phones = sound.add_phones("rig_phones", left_db=40.0, right_db=40.0)
        engine = Engine(home=Path(folder) / "home")
        choices = Choices(consent=frozenset(Need), server=server, output=phones, budget_mb=2000)
        began = time.monotonic()
        profile = engine.profile(PROFILE)
        plan = engine.plan([profile], choices=choices)
        lasted: dict[str, float] = {}

        def note(event: Event) -> None:
            if isinstance(event, ProbeEnded):
                lasted[event.run.probe] = event.run.duration_s

        session = engine.run(plan, person=Reading(sound), listener=note, stop=threading.Event())
        report = engine.judge(session, profile)
        engine.save(report, profile, Path(folder), formats=("json", "html", "pdf"), language="en")
        took = time.monotonic() - began
    longest = sorted(lasted.items(), key=lambda one: -one[1])[:4]
    yield Row(
        figure=f"from start to report, {PROFILE}, s",
        asked=f"at most {ASKED_S}",
        reached=f"{took:.0f}, of that " + ", ".join(f"{name} {s:.0f}" for name, s in longest),
        met=took <= ASKED_S,
    )


def main() -> int:
    """Print the row."""
    return int(not show(whole()))


if __name__ == "__main__":
    sys.exit(main())
