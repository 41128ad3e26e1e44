"""All attempts at one value, in the opened row of the result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from readiness.report.attempts import attempt_words
from ui.guide.facts import names_and_values
from ui.widgets.beside import column
from ui.widgets.label import caption, title

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from readiness.locale import Reader
    from readiness.report.words import Row


def attempts_list(row: Row, reader: Reader) -> QWidget | None:
    """Every attempt with its time and what came of it; none where there was only one."""
    if len(row.attempts) < 2:  # noqa: PLR2004 - one attempt is the value itself
        return None
    place, holder = column(0)
    place.addWidget(title(reader.text(N_("All attempts"))))
    place.addLayout(names_and_values(attempt_words(row.attempts, reader), (2, 3)))
    place.addWidget(
        caption(
            reader.text(
                N_("None is left out. The last one counts that was neither stopped nor skipped.")
            )
        )
    )
    return holder
