"""Several of many values for one place of a draft, each with a tick."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.employer.bound import Bound, name_of
from ui.widgets.choice import CheckBox

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.profiles.draft import Place
    from ui.employer.drafting import Drafting


class Ticks(Bound):
    """The ticked values are those that will do. What the file names besides them stays.

    Args:
        options: Value and words.
    """

    def __init__(
        self,
        state: Drafting,
        place: Place,
        name: str,
        options: Sequence[tuple[object, str]],
        reader: Reader,
    ) -> None:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._boxes: list[tuple[object, CheckBox]] = []
        for number, (value, words) in enumerate(options):
            box = CheckBox(words)
            box.setObjectName(f"{name_of(place)}-{number}")
            box.clicked.connect(self._take)
            column.addWidget(box)
            self._boxes.append((value, box))
        if self._boxes:
            holder.setFocusProxy(self._boxes[0][1])
        super().__init__(state, place, name, holder, reader)

    def _listed(self) -> list[Any]:
        """What stands there, as a list."""
        draft = self._state.draft
        found = None if draft is None else draft.value(self.place)
        if isinstance(found, list):
            return found
        return [] if found is None else [found]

    def _take(self) -> None:
        offered = [value for value, _ in self._boxes]
        ticked = [value for value, box in self._boxes if box.isChecked()]
        self._state.put(self.place, [*ticked, *(o for o in self._listed() if o not in offered)])

    def follow(self) -> None:
        """Tick what stands there."""
        listed = self._listed()
        for value, box in self._boxes:
            box.setChecked(value in listed)
        super().follow()
