"""Errors in the same words as in the terminal, in a calm dialog; and the one for our own faults."""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from readiness.model.errors import CannotMeasure, ReadinessError
from readiness.model.text import N_
from ui.theme import STEP

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import TracebackType

    from PySide6.QtWidgets import QMessageBox, QWidget

    from readiness.locale import Reader

log = logging.getLogger(__name__)
BREAKS = re.compile(r"([/\\])(?=\S)")
"""Long paths may go on in the next line after these: U+200B says so."""


class NotKept(Exception):  # noqa: N818 - a thing to tell, not a fault
    """The result is there, but could not be put among the earlier checks."""

    def __init__(self, why: ReadinessError) -> None:
        super().__init__(str(why))
        self.why = why


class NoFolder(Exception):  # noqa: N818 - a thing to tell, not a fault
    """What the person wrote cannot be a folder of this computer."""


def words(error: Exception, reader: Reader) -> tuple[str, str] | None:
    """What happened, and where and what to do; none for faults of the program."""
    if isinstance(error, NotKept):
        told = words(error.why, reader)
        what = reader.text(
            N_("The result is here, but could not be kept among the earlier checks.")
        )
        details = [reader.text(N_("Save the report as a file to keep it.")), *(told or ())[:1]]
        return what, "\n".join([*details, f"[{error.why.reference}]"])
    if isinstance(error, NoFolder):
        return reader.text(N_("Choose a folder on this computer.")), ""
    if isinstance(error, ReadinessError):
        details = [error.where] if error.where else []
        if error.hint:
            details.append(reader.text(error.hint, **error.values))
        details.append(f"[{error.reference}]")
        return reader.text(error.what, **error.values), "\n".join(details)
    if isinstance(error, CannotMeasure):
        from readiness.explain import failure_words
        from readiness.model.measurement import Failure

        return failure_words(
            Failure(
                metric="-",
                failure=error.code,
                detail=error.detail,
                summary=error.summary,
                at=datetime.now(UTC),
            ),
            reader,
        )
    return None


def show(parent: QWidget, error: Exception, reader: Reader) -> None:
    """Show an error without blocking; a fault of the program goes to the crash hook."""
    said = words(error, reader)
    if said is None:
        sys.excepthook(type(error), error, error.__traceback__)
        return
    tell(parent, *said, close=reader.text(N_("Close")))


def tell(parent: QWidget | None, what: str, details: str, *, close: str) -> QMessageBox:
    """Open a calm dialog with plain text."""
    from PySide6.QtWidgets import QMessageBox

    from ui.widgets.button import Button, Look

    box = QMessageBox(parent)
    box.setObjectName("trouble")
    box.setIcon(QMessageBox.Icon.NoIcon)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(what)
    box.setInformativeText(BREAKS.sub("\\1\u200b", details))
    button = Button(close, Look.FILLED)
    button.setObjectName("close")
    box.addButton(button, QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(button)
    box.setEscapeButton(button)
    layout = box.layout()
    if layout is not None:
        layout.setContentsMargins(3 * STEP, 3 * STEP, 3 * STEP, 2 * STEP)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box


class CrashHook:
    """Logs what nobody caught and says once where the log is."""

    def __init__(self, reader: Callable[[], Reader]) -> None:
        self._reader = reader
        self.log_file: Path | None = None
        self._told = False

    def __call__(
        self,
        kind: type[BaseException],
        error: BaseException,
        trace: TracebackType | None,
    ) -> None:
        """Take the place of ``sys.excepthook``."""
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        log.error("fault of the program", exc_info=(kind, error, trace))
        if self._told or QApplication.instance() is None:
            return
        self._told = True
        reader = self._reader()
        tell(
            QApplication.activeWindow(),
            reader.text(N_("The program made a mistake. That is not your fault.")),
            reader.text(
                N_("What was measured is kept. Details are in {log}."),
                log=self.log_file or "–",  # noqa: RUF001 - an en dash is meant
            ),
            close=reader.text(N_("Close")),
        )
