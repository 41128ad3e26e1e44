"""The room by pitch: what is drawn, what is said, what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLabel

from readiness.locale import Reader
from readiness.ports import Choices, Need
from ui.meters.spectrum import BARS, QUIETEST, SpectrumMeter

if TYPE_CHECKING:
    from tests.fakes.engine import FakeEngine
    from tests.ui.conftest import Guide

PATIENCE_MS = 20_000


def said(guide: Guide) -> str:
    """What the spectrum says to assistive technology, and what can be read."""
    meters = [m for m in guide.window.findChildren(SpectrumMeter) if m.isVisible()]
    labels = [label.text() for label in guide.window.findChildren(QLabel) if label.isVisible()]
    return " ".join([*(meter.accessibleDescription() for meter in meters), *labels])


def _meter(window: object) -> SpectrumMeter:  # noqa: ARG001 - a window makes the application
    return SpectrumMeter("The room by pitch", Reader("en"))


@pytest.mark.parametrize(
    ("strongest", "words"),
    [
        (0, "Mostly a low hum, strongest at 50 Hz"),
        (5, "Mostly a low rumble, strongest at 160 Hz"),
        (13, "Mostly middle tones, as of voices, strongest at 1,000 Hz"),
        (20, "Mostly a high hiss, strongest at 5,000 Hz"),
    ],
)
def test_it_says_what_the_room_sounds_like(window: object, strongest: int, words: str) -> None:
    meter = _meter(window)
    meter.set_levels([-60.0 if n == strongest else -80.0 for n in range(BARS)], noise=False)

    assert meter.words().replace("\u202f", " ") == words


def test_digital_silence_is_called_so(window: object) -> None:
    meter = _meter(window)
    assert meter.words() == ""
    meter.set_levels([-120.0] * BARS, noise=False)

    assert QUIETEST > -120
    assert meter.words() == "Almost nothing is heard"


def test_the_loudest_so_far_stays(window: object) -> None:
    meter = _meter(window)
    for level in (-80.0, -50.0, -80.0):
        meter.set_levels([level] * BARS, noise=False)

    assert meter.highest == [-50.0] * BARS


def test_a_slow_microphone_has_fewer_bars_and_is_drawn(window: object) -> None:
    meter = _meter(window)
    meter.resize(300, 150)
    meter.set_levels([-60.0] * 19, noise=True)

    assert not meter.grab().isNull()


def test_the_silent_step_shows_it_in_words_and_counts_noises(
    guide: Guide, engine: FakeEngine
) -> None:
    engine.pace = 0.03
    guide.to_run(Choices(consent=frozenset({Need.MICROPHONE})))
    guide.qtbot.waitUntil(guide.asked, timeout=PATIENCE_MS)
    guide.press("ready")

    guide.qtbot.waitUntil(lambda: "1 noise so far" in said(guide), timeout=PATIENCE_MS)
    assert said(guide).startswith("Mostly a low hum")
