"""A calm note where a list of requirements has something in it that honest ones rarely have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_
from ui.theme import STEP, Size
from ui.widgets.card import Card
from ui.widgets.label import Label, caption, title

if TYPE_CHECKING:
    from readiness.model.requirement import Profile
    from ui.journey import Journey

ADVICE = {
    "en": N_("Advice of the US Federal Trade Commission: consumer.ftc.gov/articles/job-scams"),
    "de": N_("Advice of the German consumer advice centres: www.verbraucherzentrale.de"),
    "es": N_("Advice of Spain's INCIBE: www.incibe.es/ciudadania, telephone 017"),
}
"""By the reader's language; the addresses are text, nothing is opened."""


def unusual_note(journey: Journey, profile: Profile | None) -> Card | None:
    """The note for a list; none where nothing in it is unusual."""
    found = () if profile is None else journey.unusual(profile)
    if not found:
        return None
    text = journey.reader.text
    card = Card()
    card.setObjectName("unusual")
    card.inside.addWidget(title(text(N_("Some things in this list are unusual"))))
    for sentence in found:
        card.inside.addWidget(Label(f"• {text(sentence)}"))
    card.inside.addSpacing(STEP // 2)
    card.inside.addWidget(
        Label(
            text(
                N_(
                    "There may be a good reason. Before you go on, look the company up yourself "
                    "and ask it on a number that you found on its own page. An honest employer "
                    "does not ask you to pay for work, and identity papers can wait for the "
                    "contract."
                )
            ),
            size=Size.CAPTION,
        )
    )
    advice = ADVICE.get(journey.reader.language, ADVICE["en"])
    card.inside.addWidget(caption(text(advice)))
    return card
