"""What can be said of a file, beside a report: three statements, and what does not fit together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from readiness.model.text import N_
from readiness.review.origin_words import disagreements, oddity_words, statements
from readiness.review.words import RowWords
from readiness.trust.answering import Answers
from ui.theme import STEP
from ui.widgets.card import Card
from ui.widgets.label import Label, caption, title

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.requirement import Profile
    from readiness.review.rows import ReviewRow
    from readiness.trust.origin import Origin

GOOD, BAD, UNSAID = "✓", "!", "–"  # noqa: RUF001 - an en dash is meant
_ANSWERED = {Answers.YES: (GOOD, "met"), Answers.NOT_ASKED: (UNSAID, "quiet")}


def said_of(origin: Origin, reader: Reader) -> Card:
    """The three statements."""
    card = Card()
    card.inside.addWidget(title(reader.text(N_("What can be said of this file"))))
    for (sign, role), said in zip(_signs(origin), statements(origin, reader), strict=True):
        card.inside.addWidget(_marked(sign, role, said))
    return card


def what_does_not_fit(
    row: ReviewRow, origin: Origin, asked: Profile | None, reader: Reader
) -> Card | None:
    """What does not fit together; none if nothing is known of that kind."""
    words = RowWords(reader)
    said = [oddity_words(one, reader) for one in origin.oddities]
    if asked is not None and origin.disagree:
        said += disagreements(origin, words.titles(asked), reader)
    alike = words.alike(row)
    if alike:
        said.append(alike)
    if not said:
        return None
    card = Card()
    card.setObjectName("odd")
    card.inside.addWidget(title(reader.text(N_("What does not fit together"))))
    for one in said:
        card.inside.addWidget(_marked(BAD, "open", one))
    honest = N_(
        "This can have an honest cause, such as a clock that was set in the middle. It is a "
        "reason to ask, not to refuse."
    )
    card.inside.addWidget(caption(reader.text(honest)))
    return card


def _signs(origin: Origin) -> tuple[tuple[str, str], ...]:
    """A sign and a colour role for each statement; the words beside them say the same."""
    return (
        (GOOD, "met") if origin.unchanged else (BAD, "not_met"),
        _ANSWERED.get(origin.answers, (BAD, "not_met")),
        (GOOD, "met") if origin.observed else (UNSAID, "quiet"),
    )


def _marked(sign: str, role: str, said: str) -> QWidget:
    """A sign in its colour, and words that flow beside it."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(STEP)
    mark = Label(sign, bold=True, role=role, wrap=False)
    mark.setFixedWidth(max(2 * STEP, mark.sizeHint().width()))
    row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(Label(said), 1)
    return holder
