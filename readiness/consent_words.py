"""What was agreed to, in words: what, to whom, what they learn and publish."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from readiness.foreign import clean
from readiness.model.consent import HOSTS, STUN, Need
from readiness.model.line_method import line_method
from readiness.model.text import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.locale import Reader
    from readiness.model.consent import Consent

NEEDS: Final[Mapping[Need, str]] = {
    Need.NETWORK: N_("Using the internet"),
    Need.MICROPHONE: N_("Listening to the microphone"),
    Need.LOUDSPEAKER: N_("Playing sounds"),
}
SERVER: Final = (
    N_("Run by whoever asks you to be checked."),
    N_("It sees your internet address and how fast the line is."),
    N_("Ask them whether they keep or publish anything."),
)
"""Of a server that was named: the product cannot know more about it."""
CALLS: Final = (
    N_("Run by Cloudflare and Google."),
    N_("They see your internet address."),
    N_("This program reports no results to them."),
)
"""Of the public STUN servers."""


def party_title(party: str, reader: Reader) -> str:
    """The name of a party."""
    if party == HOSTS:
        return reader.text(N_("the hosts of the work"))
    if party == STUN:
        return "STUN"
    method = line_method(party)
    return clean(party) if method is None else method.title


def party_words(party: str, reader: Reader) -> str:
    """Who a party is, what it learns, what it publishes."""
    if party == HOSTS:
        words = N_("Each is contacted once and sees your internet address.")
        return reader.text(words)
    method = line_method(party)
    said = CALLS if party == STUN else SERVER
    if method is not None and method.who:
        said = (method.who, method.learns, method.publishes)
    return " ".join(reader.text(one) for one in said)


def consent_words(consent: Consent, reader: Reader) -> str:
    """One consent in a line: what, with whom, when, and when it was taken back."""
    said = reader.text(NEEDS[consent.need])
    if consent.parties:
        names = ", ".join(party_title(party, reader) for party in consent.parties)
        said = reader.text(N_("{what}, with {names}"), what=said, names=names)
    said = f"{said}: {reader.date(consent.given)}"
    if consent.withdrawn is None:
        return said
    when = reader.date(consent.withdrawn)
    return reader.text(N_("{what}; taken back: {when}"), what=said, when=when)
