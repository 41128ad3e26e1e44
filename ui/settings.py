"""What the window remembers between starts: language, appearance, its place on the screen."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QSettings

from readiness.locale import languages, preferred_language
from ui.theme import Appearance


class Settings:
    """Nothing about the person: only how the window is shown."""

    def __init__(self) -> None:
        self._stored = QSettings(
            QSettings.Format.IniFormat, QSettings.Scope.UserScope, "Readiness", "window"
        )

    @property
    def language(self) -> str:
        """The chosen language, else the system's."""
        stored = str(self._stored.value("language", ""))
        return stored if stored in languages() else preferred_language()

    @language.setter
    def language(self, language: str) -> None:
        self._stored.setValue("language", language)

    @property
    def appearance(self) -> Appearance:
        """The chosen appearance, else like the system."""
        stored = str(self._stored.value("appearance", ""))
        known = {appearance.value: appearance for appearance in Appearance}
        return known.get(stored, Appearance.SYSTEM)

    @appearance.setter
    def appearance(self, appearance: Appearance) -> None:
        self._stored.setValue("appearance", appearance.value)

    @property
    def geometry(self) -> QByteArray | None:
        """Where the window was."""
        stored = self._stored.value("geometry")
        return stored if isinstance(stored, QByteArray) else None

    @geometry.setter
    def geometry(self, geometry: QByteArray) -> None:
        self._stored.setValue("geometry", geometry)
