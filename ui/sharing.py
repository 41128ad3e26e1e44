"""What of a report is shared and where it goes: the state behind the page ``share``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal

from readiness.home import home_folder

if TYPE_CHECKING:
    from collections.abc import Collection

    from readiness.model.handed import MailOpened, Shown
    from readiness.model.report import Report
    from readiness.report.files import Draft
    from ui.journey import Journey

FORMATS = ("pdf", "html", "json")
SETTLE_MS = 200
"""Several strikes in a row make one new draft."""


class Sharing(QObject):
    """Strikes out, drafts, saves, hands over. Nothing is sent.

    Signals:
        moved: The state has changed.

    Attributes:
        struck: The metrics that are left out.
        formats: The kinds of file that are saved.
        folder: Where they go, as the person wrote it.
        details: Whether everything is shown that is told about each value.
        exact: Whether the exact data are shown.
        draft: The files as they would be written; none while they are made.
        saving: Files are being written, or will be as soon as the draft is there.
        written: What was written, since the last change.
        refused: Why something was not.
        shown: What the file manager shows.
        mailed: What the mail program has opened.
    """

    moved = Signal()

    def __init__(self, journey: Journey) -> None:
        super().__init__(journey)
        self._journey = journey
        self._of = ""
        self._number = 0
        self._made_for: tuple[Report, str] | None = None
        self.struck: frozenset[str] = frozenset()
        self.formats: frozenset[str] = frozenset(FORMATS)
        self.folder = ""
        self.details = self.exact = False
        self.draft: Draft | None = None
        self.saving = False
        self.written: tuple[Path, ...] = ()
        self.refused: Exception | None = None
        self.shown: Shown | None = None
        self.mailed: MailOpened | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self._make)

    def begin(self) -> None:
        """Show what the report tells; of another check nothing is struck out yet."""
        report = self._journey.report
        if report is None:
            return
        if self._of != report.session.id:
            self._of, self.struck = report.session.id, frozenset()
        if not self.folder:
            place = QStandardPaths.StandardLocation.DocumentsLocation
            self.folder = QStandardPaths.writableLocation(place)
        self._clear()
        self._journey.turned.emit("share")

    def refresh(self) -> None:
        """Make the draft if there is none of this report in this language."""
        journey = self._journey
        made_for = self._made_for
        if made_for is None or made_for != (journey.report, journey.reader.language):
            self.prepare()

    def strike(self, metrics: Collection[str], *, out: bool) -> None:
        """Leave these out, or take them in again."""
        struck = self.struck | frozenset(metrics) if out else self.struck - frozenset(metrics)
        if struck != self.struck:
            self.struck = struck
            self.prepare()

    def prepare(self) -> None:
        """Make the draft anew, soon; what was saved is no longer what would be."""
        self._number += 1
        self.draft = None
        self._clear()
        self._timer.start()
        self.moved.emit()

    def choose(self, kind: str, *, wanted: bool) -> None:
        """Save this kind of file too, or not."""
        self.formats = self.formats | {kind} if wanted else self.formats - {kind}
        self.moved.emit()

    def save(self) -> None:
        """Write the files; a second click while they are written does nothing."""
        if self.saving or not self.formats:
            return
        self._clear()
        self.saving = True
        self.moved.emit()
        if self.draft is not None:
            self._write(self.draft)

    def show(self) -> None:
        """Show the first of the files in the file manager."""
        if not self.written:
            return
        path, engine = self.written[0], self._journey.engine

        def done(shown: Shown) -> None:
            self.shown = shown
            self.moved.emit()

        self._journey.runner.call(lambda: engine.show(path), done, self._refuse)

    def mail(self) -> None:
        """Open a mail with the first of the files attached."""
        draft, journey = self.draft, self._journey
        if not self.written or draft is None:
            return
        path, profile, language = self.written[0], journey.profile, journey.reader.language

        def done(opened: MailOpened) -> None:
            self.mailed = opened
            self.moved.emit()

        def work() -> MailOpened:
            return journey.engine.mail(draft, profile, path, language=language)

        journey.runner.call(work, done, self._refuse)

    def _clear(self) -> None:
        """What was said of the last saving holds no longer."""
        self.written, self.refused, self.shown, self.mailed = (), None, None, None

    def _make(self) -> None:
        """Judge again without what is struck out, and make the files, on the worker."""
        journey, number, struck = self._journey, self._number, self.struck
        report, profile, reader = journey.report, journey.profile, journey.reader
        language = reader.language
        if report is None or profile is None:
            return
        self._made_for = (report, language)

        def work() -> Draft | None:
            if number != self._number:
                return None
            engine = journey.engine
            less = engine.withheld(report, profile, struck)
            draft = engine.draft(less, profile, language=language)
            journey.wording.headline(draft.report, profile, reader)
            return draft

        def done(draft: Draft | None) -> None:
            if number != self._number or draft is None:
                return
            self.draft = draft
            self.moved.emit()
            if self.saving:
                self._write(draft)

        self._journey.runner.call(work, done, self._refuse)

    def _write(self, draft: Draft) -> None:
        folder = folder_of(self.folder.strip())
        if folder is None:
            self._refuse(None)
            return
        self.folder = str(folder)
        formats = [kind for kind in FORMATS if kind in self.formats]
        engine = self._journey.engine

        def done(written: tuple[Path, ...]) -> None:
            self.saving, self.written = False, written
            self.moved.emit()

        self._journey.runner.call(
            lambda: engine.write(draft, folder, formats=formats), done, self._refuse
        )

    def _refuse(self, error: Exception | None) -> None:
        """Say why; no error: there can be no such folder."""
        from ui.trouble import NoFolder

        self.saving = False
        self.refused = error or NoFolder()
        self.moved.emit()


def folder_of(written: str) -> Path | None:
    """The folder that somebody wrote, from their home folder on; none if there can be no such."""
    try:
        return home_folder() / Path(written).expanduser()
    except RuntimeError:  # ~somebody, who is not known here
        return None
