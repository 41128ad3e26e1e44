"""Qt's own dialogs in the reader's language, from the files that come with Qt."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, Qt, QTranslator
from PySide6.QtWidgets import QApplication

from readiness.locale import RIGHT_TO_LEFT

NAMES = {"en": "English", "de": "Deutsch", "es": "Español"}
"""Each language in its own words."""


class QtWords:
    """Holds the translator of Qt's own words, and replaces it when the language changes."""

    def __init__(self) -> None:
        self._translator: QTranslator | None = None

    def speak(self, language: str) -> None:
        """Use ``language`` for "Cancel", "Open" and the like, and for reading direction."""
        if self._translator is not None:
            QApplication.removeTranslator(self._translator)
            self._translator = None
        if language != "en":
            folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
            translator = QTranslator()
            if translator.load(f"qtbase_{language}", folder):
                QApplication.installTranslator(translator)
                self._translator = translator
        QLocale.setDefault(QLocale(language))
        mirrored = language in RIGHT_TO_LEFT
        QApplication.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if mirrored else Qt.LayoutDirection.LeftToRight
        )
