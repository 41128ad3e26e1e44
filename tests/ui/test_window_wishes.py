"""The window follows what the system says of the person's wishes, where Qt tells it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QEvent

from ui.meters.plot import Plot
from ui.theme import Appearance, theme
from ui.wishes import wants_contrast, wants_stillness

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from ui.window import Window


class Wishes:
    """What Qt 6.10 and later tells; ``QAccessibilityHints`` and its style hints in one."""

    def __init__(self, contrast: str = "NoPreference", motion: str = "NoPreference") -> None:
        self._contrast, self._motion = contrast, motion

    def accessibility(self) -> Wishes:
        """The hints themselves."""
        return self

    def contrastPreference(self) -> str:  # noqa: N802 - Qt's name
        """As Qt's enumeration is written."""
        return f"ContrastPreference.{self._contrast}"

    def motionPreference(self) -> str:  # noqa: N802 - Qt's name
        """As Qt's enumeration is written."""
        return f"MotionPreference.{self._motion}"


class Older:
    """Style hints of Qt before 6.10."""


@pytest.mark.parametrize(
    ("expected", "hints"),
    [(True, Wishes(contrast="HighContrast")), (False, Wishes()), (False, Older())],
)
def test_high_contrast_is_followed_where_qt_tells_of_it(*, expected: bool, hints: object) -> None:
    assert wants_contrast(hints) is expected


@pytest.mark.parametrize(
    ("expected", "hints"),
    [(True, Wishes(motion="ReducedMotion")), (False, Wishes()), (False, Older())],
)
def test_less_motion_is_followed_where_qt_tells_of_it(
    window: Window, *, expected: bool, hints: object
) -> None:
    assert window.isVisible()
    assert wants_stillness(hints) is expected


@pytest.mark.parametrize("moves", [True, False])
def test_a_curve_glides_only_where_motion_is_wanted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, *, moves: bool
) -> None:
    clock = iter([0.0, 0.0, 0.25, 0.25, 0.25, 0.25])
    monkeypatch.setattr("ui.meters.plot.time.monotonic", lambda: next(clock, 0.25))
    monkeypatch.setattr(theme, "moves", moves)
    plot = Plot("curve", end=1.0)
    qtbot.addWidget(plot)
    plot.add(1.0, 0.0)
    plot.add(2.0, 0.5)
    plot.add(3.0, 0.9)
    assert plot._frames.isActive() is moves


def test_the_systems_colours_are_asked_for_each_time(window: Window) -> None:
    """Else the own palette would be taken for the system's once it has been set."""
    window.look(Appearance.DARK)
    window.look(Appearance.CONTRAST)
    assert theme.system_palette is not None
    assert theme.roles.page == theme.system_palette.window().color().name()
    assert theme.roles.page != "#121816"
    assert window.event(QEvent(QEvent.Type.ApplicationPaletteChange)) is not None
    window.look(Appearance.LIGHT)
