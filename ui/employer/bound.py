"""Fields that belong to one place of a draft: what is typed there goes into the file's text."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer

from readiness.model.text import N_
from ui.employer.entry import Entry, fault_words
from ui.employer.pick import Pick
from ui.widgets.field import Field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader
    from readiness.profiles.draft import Place
    from ui.employer.drafting import Drafting

SETTLE_MS = 600
"""What is typed counts once nothing was typed for so long, or the field is left."""


class NotUsableError(ValueError):
    """What was typed cannot be such a value; its text says so in English source words."""


def name_of(place: Place) -> str:
    """The object name of the field for a place."""
    return "-".join(map(str, place))


class Bound(Entry):
    """An entry for one place of the draft."""

    def __init__(
        self,
        state: Drafting,
        place: Place,
        name: str,
        field: QWidget,
        reader: Reader,
        *,
        note: str = "",
        button: QWidget | None = None,
    ) -> None:
        field.setObjectName(name_of(place))
        super().__init__(name, field, note, button=button)
        self._state, self.place, self._reader = state, place, reader

    def follow(self) -> None:
        """Show what stands there, and what is wrong with it."""
        self.say(self._wrong())

    def _wrong(self) -> str:
        state = self._state
        if state.refused is not None and state.refused_at == self.place:
            return fault_words(state.refused, self._reader)
        found = () if state.draft is None else state.draft.faults_at(self.place)
        return "" if not found else place_words(found[0], self._reader)


def place_words(fault: Exception, reader: Reader) -> str:
    """A fault of a draft at its own field: the place needs no words."""
    return fault_words(fault, reader).partition("\n")[0]


class Line(Bound):
    """A line of text for one place; an empty one takes the value out.

    Args:
        state: The draft.
        place: Where it belongs.
        name: What it is called.
        reader: The words.
        note: A quiet line under the name.
        button: At the end of the line with the name.
    """

    def __init__(
        self,
        state: Drafting,
        place: Place,
        name: str,
        reader: Reader,
        *,
        note: str = "",
        button: QWidget | None = None,
    ) -> None:
        self.line = Field()
        super().__init__(state, place, name, self.line, reader, note=note, button=button)
        self._own = ""
        self._known: str | None = None
        self._touched = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SETTLE_MS)
        self._timer.timeout.connect(self.settle)
        self.line.textEdited.connect(self._type)
        self.line.editingFinished.connect(self.settle)

    def shown(self, value: Any) -> str:  # noqa: ANN401 - whatever stands there
        """A value as it is typed."""
        return value if isinstance(value, str) else ""

    def meant(self, typed: str) -> Any:  # noqa: ANN401 - whatever may stand there
        """What was typed as a value; none: take it out. Raises ``NotUsableError``."""
        return typed or None

    def value(self) -> Any:  # noqa: ANN401 - whatever stands there
        """What stands there now."""
        return None if self._state.draft is None else self._state.draft.value(self.place)

    def give(self, value: Any) -> None:  # noqa: ANN401 - whatever may stand there
        """Put it there."""
        self._state.put(self.place, value)

    def _type(self, _typed: str) -> None:
        self._touched = self._state.typing = True
        self._timer.start()

    def finish(self) -> None:
        """The page is turned: what was typed counts at once."""
        if self._timer.isActive():
            self.settle()

    def settle(self) -> None:
        """Take over what was typed, if it is something else than before."""
        self._timer.stop()
        self._state.typing = False
        typed = self.line.text().strip()
        if typed == self._known:
            return
        self._known = typed
        try:
            value = self.meant(typed)
        except NotUsableError as error:
            self._own = self._reader.text(str(error))
            self.say(self._own)
            return
        self._own = ""
        self.give(value)

    def follow(self) -> None:
        """Show what stands there; not while somebody types, nor over what cannot be used."""
        said = self.shown(self.value())
        self._touched = self._touched and self.line.hasFocus()
        if not self._touched and not self._own and not self._timer.isActive():
            if said != self.line.text():
                self.line.setText(said)
                self.line.setCursorPosition(0)
            self._known = said
        elif self._known is None:
            self._known = said
        self.say(self._own or self._wrong())


class Number(Line):
    """A number, with a point or the reader's comma."""

    def shown(self, value: Any) -> str:  # noqa: ANN401 - whatever stands there
        """A number as the reader writes it."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return "" if value is None else str(value)
        written = repr(value)
        comma = "," in self._reader.number(0.5, 0.1)
        return written.replace(".", ",") if comma else written

    def meant(self, typed: str) -> int | float | None:
        """The number. Raises ``NotUsableError``."""
        return None if not typed else number_in(typed)


class Local(Line):
    """A text in the language that is written now."""

    def __init__(
        self,
        state: Drafting,
        place: Place,
        name: str,
        reader: Reader,
        *,
        note: str = "",
        button: QWidget | None = None,
    ) -> None:
        super().__init__(state, place, name, reader, note=note, button=button)
        self._written_in = state.language

    def value(self) -> Any:  # noqa: ANN401 - whatever stands there
        """The text in that language; a plain one counts as English."""
        found = super().value()
        language = self._written_in
        if isinstance(found, dict):
            return found.get(language)
        return found if language == "en" else None

    def give(self, value: Any) -> None:  # noqa: ANN401 - a text or none
        """Put it there beside the other languages; the last one that goes takes all with it."""
        place, language = self.place, self._written_in
        there = super().value()
        if value is None and (not isinstance(there, dict) or list(there) == [language]):
            self._state.put(place, None)
        elif value is None or isinstance(there, dict) or language != "en":
            self._state.put((*place, language), value)
        else:
            self._state.put(place, value if isinstance(there, str) else {language: value})


class Several(Line):
    """Texts parted by semicolons: shifts, or values that nobody can choose from."""

    def shown(self, value: Any) -> str:  # noqa: ANN401 - whatever stands there
        """All of them on one line."""
        return "; ".join(map(str, value)) if isinstance(value, list) else ""

    def meant(self, typed: str) -> list[str] | None:
        """One by one."""
        return [part.strip() for part in typed.split(";") if part.strip()] or None


class Choice(Bound):
    """One of several values for a place.

    Args:
        options: Value and words.
        took: What is done with the one that is chosen; by default it is put there.
    """

    def __init__(
        self,
        state: Drafting,
        place: Place,
        name: str,
        options: Sequence[tuple[object, str]],
        reader: Reader,
        *,
        took: Callable[[Any], None] | None = None,
        note: str = "",
    ) -> None:
        self.select = Pick(name)
        super().__init__(state, place, name, self.select, reader, note=note)
        self._values = [value for value, _ in options]
        self._took = took
        for _, words in options:
            self.select.addItem(words)
        self.select.activated.connect(self._take)

    def _take(self, number: int) -> None:
        value = self._values[number]
        if self._took is not None:
            self._took(value)
        else:
            self._state.put(self.place, value)

    def follow(self) -> None:
        """Show the one that stands there; none of them if it is another."""
        draft = self._state.draft
        value = None if draft is None else draft.value(self.place)
        same = [
            n for n, one in enumerate(self._values) if one == value and type(one) is type(value)
        ]
        same = same or [n for n, one in enumerate(self._values) if str(one) == str(value)]
        self.show_number(same[0] if same else -1)
        super().follow()

    def show_number(self, number: int) -> None:
        """Show the option of that number."""
        if number != self.select.currentIndex():
            self.select.setCurrentIndex(number)


def number_in(typed: str) -> int | float:
    """The number that somebody typed. Raises ``NotUsableError``."""
    text = typed.strip().replace(",", ".")
    try:
        found = float(text)
    except ValueError:
        found = math.nan
    if not math.isfinite(found) or "_" in text:
        raise NotUsableError(N_("Write a number, such as 12 or 2.5."))
    return int(found) if found.is_integer() else found


class Limit(Number):
    """A number without which nothing is compared."""

    def meant(self, typed: str) -> int | float:
        """The number. Raises ``NotUsableError``, also where there is none."""
        return number_in(typed)
