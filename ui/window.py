"""The window: shows one page of the guide at a time, and the strip at the top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer
from PySide6.QtGui import QCloseEvent, QIcon, QShowEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from readiness.locale import Reader
from ui.journey import Journey
from ui.language import QtWords
from ui.once_seen import UNSEEN_MS
from ui.opening import FileOpener
from ui.pages import kind_of, sweep_up
from ui.place import Place
from ui.theme import Appearance, theme
from ui.topbar import TopBar
from ui.trouble import show
from ui.turning import Turning
from ui.watchstrip import WatchStrip
from ui.widgets.announce import announce
from ui.widgets.icon import ICONS
from ui.widgets.native import handle, room_on_screen
from ui.widgets.ring import Hands

if TYPE_CHECKING:
    from collections.abc import Callable

    from readiness.engine import Engine
    from ui.review.reviewing import Reviewing
    from ui.settings import Settings
    from ui.widgets.page import Page


class Window(QMainWindow):
    """The one window.

    Args:
        make_engine: Makes the engine; called on the worker, after the first paint.
        settings: What is remembered between starts.
    """

    def __init__(self, make_engine: Callable[[], Engine], settings: Settings) -> None:
        super().__init__()
        self.settings = settings
        self.qt_words = QtWords()
        self.qt_words.speak(settings.language)
        self.journey = Journey(make_engine, Reader(settings.language), self)
        self.journey.turned.connect(self.turn)
        self.journey.trouble.connect(self._show_trouble)
        self.page: Page | None = None
        self.name = ""
        self._place: Place | None = None
        """Where to go on the page that is arriving."""
        self.opener = FileOpener(self)
        self._to_lose: set[str] = set()
        """What may be lost: somebody was asked."""
        self._hands = Hands(self)
        self.turning = Turning(self)
        self.turning.laid_out.connect(self._on_laid_out)
        self.turning.seen.connect(self._on_seen)
        self._to_load = QTimer(self)
        self._to_load.setSingleShot(True)
        self._to_load.timeout.connect(self._load)
        self.setWindowTitle("Readiness")
        self.setMinimumSize(QSize(640, 400))
        self.resize(QSize(1120, 720).boundedTo(room_on_screen(self)))
        if settings.geometry is not None:
            self.restoreGeometry(settings.geometry)
        self.turn("welcome")

    def begin(self) -> None:
        """After the first paint: load what is costly, in the background."""
        self._to_load.start(UNSEEN_MS)

    def _on_painted(self) -> None:
        self._tell_seen()
        if self._to_load.isActive():
            self._to_load.start(0)

    def _tell_seen(self) -> None:
        """Not before the rest of the page is painted, which is under way now."""
        page = self.page

        def tell() -> None:
            if self.page is page:
                self.journey.seen.emit()

        QTimer.singleShot(0, self, tell)

    def _load(self) -> None:
        self.setWindowIcon(QIcon(str(ICONS / "readiness.svg")))
        self.journey.begin()

    def turn(self, name: str) -> None:
        """Show a page. Where it cannot be made, the one before stays as it is.

        What fails in :attr:`Page.making` comes too late for that: the page is shown without it.
        """
        place = self._place_on(name)
        try:
            page, around = self._make(name, place)
        except Exception:
            sweep_up()
            raise
        old = self.centralWidget()
        if old is not None:
            around.resize(old.size())  # else all is laid out for some other size first
        if self.page is not None:
            self.page.give_up()
            self.page.arriving = False
        self.page, self.name, self._place = page, name, place
        page.painted.connect(self._on_painted)
        page.arriving = True
        if place is None and self.isVisible():
            self._hands.page_turned()
        self.turning.put(around, *page.making, page.built)

    def _make(self, name: str, place: Place | None) -> tuple[Page, QWidget]:
        """A page, and what holds it with the bar above it."""
        page = kind_of(name)(self.journey)
        page.open_first() if place is None else page.open_again(place.opened)
        bar = TopBar(page, self.journey.reader, self.settings.appearance)
        bar.language_chosen.connect(self.speak)
        bar.appearance_chosen.connect(self.look)
        around = QWidget()
        column = QVBoxLayout(around)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(WatchStrip(self.journey))
        column.addWidget(page, 1)
        return page, around

    def _place_on(self, name: str) -> Place | None:
        """Where somebody is on the page, if it is built anew; none: it begins at its top."""
        if self.page is None or name != self.name:
            return None
        if self.page.arriving:  # nobody has been there yet since it was left
            return None if self._place is None else self._place.on(self.page)
        return Place.now(self.page)

    def _on_laid_out(self) -> None:
        """The page can be used: go to where somebody was, or to its beginning, and say so."""
        page, place = self.page, self._place
        if page is None or not self.isVisible():
            return
        if page.first is not None:
            page.first.setFocus()
        if place is not None:
            place.restore(page)
        focused = self.focusWidget()
        if self.centralWidget().isAncestorOf(focused):
            focused.setFocus()  # also where it was given to it before it could be seen
        else:
            page.setFocus()  # nothing may be pressed unawares, but a screen reader is led here
        if place is None:
            announce(self, page.said)
        page.shown()

    def _on_seen(self) -> None:
        if self.page is not None:
            self.page.arriving = False
        if not self.isVisible():
            self._tell_seen()  # there is nothing to wait for

    def speak(self, language: str) -> None:
        """Change the language of everything, at once."""
        self.settings.language = language
        self.qt_words.speak(language)
        self.journey.reader = Reader(language)
        QTimer.singleShot(0, self.again)

    def look(self, appearance: Appearance) -> None:
        """Change the appearance of everything, at once."""
        self.settings.appearance = appearance
        theme.apply(appearance)
        QTimer.singleShot(0, self.again)

    def follow_system(self) -> None:
        """The system has changed its colours, or what it says of the person's wishes."""
        if self.settings.appearance is Appearance.SYSTEM:
            theme.apply(Appearance.SYSTEM)
            QTimer.singleShot(0, self.again)

    def again(self) -> None:
        """Build the current page anew, from the same state."""
        self.turn(self.name)

    def _show_trouble(self, error: Exception) -> None:
        show(self, error, self.journey.reader)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
        """The window has its place on the screen: watch its keys and clicks."""
        super().showEvent(event)
        own = handle(self)
        if own is not None:
            own.installEventFilter(self._hands)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802 - Qt's name
        """Disappear at once; a run is stopped and what it measured is kept."""
        if self._asks():
            event.ignore()
            return
        employer = vars(self.journey).get("employer")  # none: nobody has been there
        if employer is not None:
            employer.stop()
        self.settings.geometry = self.saveGeometry()
        self.hide()
        self.journey.close()
        event.accept()

    def _asks(self) -> bool:
        """Whether it is asked first what becomes of something that is in no file."""
        employer = vars(self.journey).get("employer")  # none: nobody has been there
        if employer is not None and employer.unsaved and "list" not in self._to_lose:
            from ui.employer.leave import ask_to_lose

            ask_to_lose(self, self.journey.reader, lambda: self._lose("list"))
            return True
        reviewing = vars(self.journey).get("reviewing")
        if reviewing is None or not reviewing.shelving.drafts or "notes" in self._to_lose:
            return False
        self._ask_about_notes(reviewing)
        return True

    def _ask_about_notes(self, reviewing: Reviewing) -> None:
        from ui.review.unsaved import ask_on_closing

        notes = list(reviewing.shelving.drafts)
        ask_on_closing(
            self,
            self.journey.reader,
            len(notes),
            save=lambda: reviewing.save_notes(notes, self._close, self._show_trouble),
            lose=lambda: self._lose("notes"),
        )

    def _close(self) -> None:
        self.close()

    def _lose(self, what: str) -> None:
        """Close although something is in no file."""
        self._to_lose.add(what)
        self.close()
