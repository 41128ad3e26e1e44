"""What the system says of the person's wishes: more contrast, less motion.

Qt tells both from version 6.10 on (``QAccessibilityHints``); before, only whether its own widgets
are to be animated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyle

if TYPE_CHECKING:
    from collections.abc import Callable


@runtime_checkable
class Telling(Protocol):
    """Style hints of a Qt that tells of wishes."""

    def accessibility(self) -> object:
        """Qt's ``QAccessibilityHints``."""


def wants_contrast(hints: object) -> bool:
    """Whether the system asks for high contrast.

    Args:
        hints: ``QGuiApplication.styleHints()``, kept in a variable: some versions lose what it
            returns otherwise.
    """
    return _wish(hints, "contrastPreference").endswith("HighContrast")


def wants_stillness(hints: object) -> bool:
    """Whether the system asks for as little motion as possible."""
    if _wish(hints, "motionPreference").endswith("ReducedMotion"):
        return True
    style = QApplication.style()
    return style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) == 0


def _wish(hints: object, name: str) -> str:
    """The name of what is preferred; empty where Qt or the system does not tell."""
    if not isinstance(hints, Telling):
        return ""
    tell = getattr(hints.accessibility(), name, None)
    return "" if tell is None else str(tell())


def follow(changed: Callable[[], None]) -> None:
    """Call ``changed`` whenever the system's colours or wishes change."""
    hints = QGuiApplication.styleHints()
    hints.colorSchemeChanged.connect(lambda _: changed())
    if not isinstance(hints, Telling):
        return
    told = hints.accessibility()
    for name in ("contrastPreferenceChanged", "motionPreferenceChanged"):
        signal = getattr(told, name, None)
        if signal is not None:
            signal.connect(lambda _: changed())
