"""The guided take in the window: devices to choose, steps to repeat, questions, hearing oneself."""

from __future__ import annotations

import threading
import wave
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QLabel, QPushButton

from readiness.model.errors import CannotMeasure, FailureCode
from readiness.ports import Choices, Need, Prompt
from tests.fakes.audio import FakeAudio
from tests.fakes.engine import RECORDING, TROUBLED, Act, FakeEngine
from tests.fakes.world import FakeWorld
from ui.guide.hear import HearDialog
from ui.meters.level import LevelMeter

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

    from readiness.cancel import Token
    from readiness.ports import Audio, AudioDevice
    from tests.ui.conftest import Guide

SOUND = Choices(consent=frozenset({Need.MICROPHONE, Need.LOUDSPEAKER}))
PATIENCE_MS = 20_000
SIDES = ("left", "right", "both", "none")


def _plays(engine: FakeEngine, *acts: Act, probe: str = "microphone") -> None:
    engine.guided = {probe: acts}


def _to_step(guide: Guide, choices: Choices = SOUND) -> None:
    guide.to_run(choices)
    guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)


def _said(guide: Guide) -> str:
    """Everything that can be read on the page."""
    labels = guide.window.findChildren(QLabel)
    return " ".join(label.text() for label in labels if label.isVisible())


def _button(guide: Guide, name: str) -> QAbstractButton:
    (button,) = [b for b in guide.window.findChildren(QAbstractButton, name) if b.isVisible()]
    assert isinstance(button, QAbstractButton)
    return button


# --- before the take -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["microphones", "outputs"])
def test_devices_are_listed_with_how_they_are_connected(guide: Guide, name: str) -> None:
    guide.to_plan()
    select = guide.window.findChild(QComboBox, name)
    assert select is not None
    guide.qtbot.waitUntil(lambda: select.count() == 2, timeout=PATIENCE_MS)

    assert "Example USB Headset" in select.itemText(1)
    assert "USB cable" in select.itemText(1)


def test_the_headset_that_was_chosen_is_the_one_that_is_used(guide: Guide) -> None:
    guide.to_plan()
    guide.journey.choices = SOUND
    guide.again()
    for name in ("microphones", "outputs"):
        select = guide.window.findChild(QComboBox, name)
        assert select is not None
        _choose_second(guide, select)
    guide.press("start")

    assert guide.journey.plan is not None
    assert guide.journey.plan.choices.input == guide.journey.plan.choices.output == "7"


def _choose_second(guide: Guide, select: QComboBox) -> None:
    guide.qtbot.waitUntil(lambda: select.count() == 2, timeout=PATIENCE_MS)
    select.setCurrentIndex(1)


def test_the_plug_is_tested_only_if_that_is_wished(guide: Guide) -> None:
    guide.to_plan()
    box = guide.window.findChild(QCheckBox, "with-plug")
    assert box is not None
    assert not box.isChecked()
    plans = []
    for wished in (False, True, False):
        box.setChecked(wished)
        assert guide.journey.plan is not None
        plans.append("unplug" in [probe.id for probe in guide.journey.plan.probes])

    assert plans == [False, True, False]


# --- steps ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prompt", "meters"),
    [
        (Prompt.STAY_SILENT, 1),
        (Prompt.READ_ALOUD, 1),
        (Prompt.SPEAK_UP, 1),
        (Prompt.LISTEN, 1),
        (Prompt.ROOM_SILENT, 1),
        (Prompt.UNPLUG, 0),
        (Prompt.PLUG_IN, 0),
        (Prompt.DIAL_TONE, 0),
        (Prompt.KEYPAD, 0),
        (Prompt.POWER_OFF, 0),
    ],
)
def test_every_step_has_words_and_those_that_are_heard_a_meter(
    guide: Guide, engine: FakeEngine, prompt: Prompt, meters: int
) -> None:
    _plays(engine, Act(prompt=prompt))
    _to_step(guide)

    assert _button(guide, "ready").text() == "I am ready"
    assert len(guide.window.findChildren(LevelMeter)) == meters
    assert "{" not in _said(guide)


def test_what_went_wrong_is_said_with_what_helps_and_repeated_at_one_click(
    guide: Guide, engine: FakeEngine
) -> None:
    silent = Act(prompt=Prompt.STAY_SILENT)
    _plays(engine, Act(prompt=Prompt.STAY_SILENT, why="not-silent"), silent)
    _to_step(guide)

    assert "Someone spoke" in _said(guide)
    assert "stay quiet" in _said(guide)
    assert _button(guide, "ready").text() == "Repeat this step"
    guide.press("ready")
    guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)
    assert engine.said == [True]
    assert _button(guide, "ready").text() == "I am ready"


def test_one_can_go_on_without_the_step(guide: Guide, engine: FakeEngine) -> None:
    silent = Act(prompt=Prompt.STAY_SILENT)
    _plays(engine, Act(prompt=Prompt.STAY_SILENT, why="muted"), silent)
    _to_step(guide)

    assert _button(guide, "skip").text() == "Go on without it"
    guide.press("skip")
    guide.qtbot.waitUntil(lambda: engine.said == [False], timeout=PATIENCE_MS)


@pytest.mark.parametrize("answer", SIDES)
def test_which_side_was_heard_is_one_click(guide: Guide, engine: FakeEngine, answer: str) -> None:
    _plays(engine, Act(prompt=Prompt.LISTEN, options=SIDES))
    _to_step(guide)

    ready = guide.window.findChild(QPushButton, "ready")
    assert ready is not None
    assert not ready.isVisible()
    _button(guide, f"answer-{answer}").click()
    guide.qtbot.waitUntil(lambda: engine.said == [answer], timeout=PATIENCE_MS)


def test_a_question_can_be_skipped(guide: Guide, engine: FakeEngine) -> None:
    _plays(engine, Act(prompt=Prompt.LISTEN, options=SIDES))
    _to_step(guide)

    guide.press("skip")
    guide.qtbot.waitUntil(lambda: engine.said == [None], timeout=PATIENCE_MS)


def test_stop_ends_a_question(guide: Guide, engine: FakeEngine) -> None:
    _plays(engine, Act(prompt=Prompt.LISTEN, options=SIDES))
    _to_step(guide)

    guide.press("stop")
    guide.qtbot.waitUntil(lambda: not guide.journey.runner.running, timeout=PATIENCE_MS)

    assert engine.said == []


def test_the_whole_take_with_one_mishap(guide: Guide, engine: FakeEngine) -> None:
    _plays(engine, *TROUBLED)
    guide.to_run(SOUND)
    for act in TROUBLED:
        guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)
        guide.press(f"answer-{act.options[0]}" if act.options else "ready")
    guide.wait("questions")

    assert engine.said == [True, True, True, True, True, True, "left"]


# --- hearing oneself -----------------------------------------------------------------------------


class Player(FakeAudio):
    """Plays until it is stopped or let go on, as loudspeakers do."""

    def __init__(
        self, token: Token, heard: list[NDArray[np.float32]], done: threading.Event
    ) -> None:
        super().__init__(device_list=[])
        self._token, self._heard, self._done = token, heard, done

    def chosen(self, direction: str) -> AudioDevice:  # noqa: ARG002 - the port's arguments
        """A headset."""
        return RECORDING.device

    def play(self, output: AudioDevice, samples: NDArray[np.float32], rate: int) -> None:  # noqa: ARG002 - the port's arguments
        """Play on and on."""
        self._heard.append(samples)
        while not self._done.wait(0.01):
            self._token.check()


class PlayingWorld(FakeWorld):
    """A world that can play, if it was agreed to."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[NDArray[np.float32]] = []
        self.done = threading.Event()

    def audio(self, choices: Choices, token: Token) -> Audio:
        """A sound system that plays on and on."""
        if Need.LOUDSPEAKER not in choices.consent:
            raise CannotMeasure(FailureCode.SKIPPED, "loudspeaker-no-consent")
        return Player(token, self.heard, self.done)


@pytest.fixture
def world(engine: FakeEngine) -> PlayingWorld:
    """The engine's world, able to play."""
    playing = PlayingWorld()
    engine._world = playing
    return playing


def _to_dialog(guide: Guide, choices: Choices = SOUND) -> HearDialog:
    guide.to_run(choices)
    guide.speak()
    guide.wait("questions")
    guide.press("see-result")
    guide.wait("result")
    guide.press("hear")
    (dialog,) = guide.window.findChildren(HearDialog)
    return dialog


def _press(dialog: HearDialog, name: str) -> None:
    button = dialog.findChild(QAbstractButton, name)
    assert button is not None
    assert button.isEnabled(), name
    button.click()


def test_raw_and_telephone_are_one_click_apart(
    guide: Guide, world: PlayingWorld, qtbot: QtBot
) -> None:
    dialog = _to_dialog(guide)

    _press(dialog, "hear-own")
    qtbot.waitUntil(lambda: len(world.heard) == 1, timeout=PATIENCE_MS)
    _press(dialog, "hear-customer")
    qtbot.waitUntil(lambda: len(world.heard) == 2, timeout=PATIENCE_MS)

    raw, customer = world.heard
    np.testing.assert_array_equal(raw, RECORDING.samples)
    assert customer.size < raw.size, "it goes on where the other one was"
    assert not np.array_equal(customer, raw[-customer.size :])
    dialog.close()


def test_a_second_click_is_silence(guide: Guide, world: PlayingWorld, qtbot: QtBot) -> None:
    dialog = _to_dialog(guide)
    _press(dialog, "hear-own")
    qtbot.waitUntil(lambda: len(world.heard) == 1, timeout=PATIENCE_MS)

    _press(dialog, "hear-own")

    button = dialog.findChild(QAbstractButton, "hear-own")
    assert button is not None
    assert not button.isChecked()
    assert len(world.heard) == 1
    dialog.close()


def test_without_consent_to_the_loudspeaker_nothing_can_be_played(
    guide: Guide, world: PlayingWorld
) -> None:
    dialog = _to_dialog(guide, Choices(consent=frozenset({Need.MICROPHONE})))

    for name in ("hear-own", "hear-customer"):
        button = dialog.findChild(QAbstractButton, name)
        assert button is not None
        assert not button.isEnabled()
    agree = dialog.findChild(QCheckBox, "hear-agree")
    assert agree is not None
    agree.setChecked(True)
    _press(dialog, "hear-own")
    guide.qtbot.waitUntil(lambda: len(world.heard) == 1, timeout=PATIENCE_MS)
    dialog.close()


def test_a_headset_that_is_gone_is_said_in_words(
    guide: Guide, world: PlayingWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_self: Player, _direction: str) -> AudioDevice:
        raise CannotMeasure(FailureCode.NO_DEVICE, "no-output")

    monkeypatch.setattr(Player, "chosen", gone)
    dialog = _to_dialog(guide)
    _press(dialog, "hear-own")

    said = dialog.findChild(QLabel, "hear-said")
    assert said is not None
    guide.qtbot.waitUntil(lambda: "Plug in" in said.text(), timeout=PATIENCE_MS)
    assert world.heard == []
    dialog.close()


def test_a_recording_is_a_file_only_if_it_is_saved(
    guide: Guide, world: PlayingWorld, tmp_path: Path
) -> None:
    dialog = _to_dialog(guide)
    before = _sounds(tmp_path)
    path = tmp_path / "me.wav"

    dialog.save(str(path))
    guide.qtbot.waitUntil(path.exists, timeout=PATIENCE_MS)

    assert before == []
    assert _sounds(tmp_path) == [path]
    with wave.open(str(path), "rb") as file:
        assert (file.getframerate(), file.getnframes()) == (22_050, RECORDING.samples.size)
    assert world.heard == []
    dialog.close()


def _sounds(folder: Path) -> Sequence[Path]:
    """Files that hold a piece of the recording, as it is in memory or as 16-bit numbers."""
    piece = RECORDING.samples[100:140]
    forms = (piece.tobytes(), np.round(piece * 32768).astype("<i2").tobytes())
    return [
        path
        for path in folder.rglob("*")
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_another_check_forgets_the_recording(guide: Guide, world: PlayingWorld) -> None:
    dialog = _to_dialog(guide)
    dialog.close()
    kept = guide.journey.recording

    guide.press("home")
    guide.wait("welcome")
    guide.press("check")
    guide.wait("plan")

    assert kept is RECORDING
    assert guide.journey.recording is None
    assert world.heard == []


def test_closing_the_dialog_ends_what_plays(
    guide: Guide, world: PlayingWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = threading.Event()
    play = Player.play

    def until_its_end(*what: object) -> None:
        try:
            play(*what)  # type: ignore[arg-type]  # passed on as they came
        finally:
            ended.set()

    monkeypatch.setattr(Player, "play", until_its_end)
    dialog = _to_dialog(guide)
    _press(dialog, "hear-own")
    guide.qtbot.waitUntil(lambda: len(world.heard) == 1, timeout=PATIENCE_MS)

    dialog.close()

    assert ended.wait(5)
