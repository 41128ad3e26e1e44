"""An invitation in words: who invites, what is asked, what the applicant should know first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from readiness.model.text import N_

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.trust.invitation import Invitation


def invitation_facts(found: Invitation, reader: Reader) -> tuple[tuple[str, str], ...]:
    """What it says, as (noun, value), in the order in which it matters."""
    t, terms = reader.text, found.terms
    facts = [
        (t(N_("Who invites")), terms.employer or t(N_("no name is stated"))),
        (t(N_("Fingerprint")), found.fingerprint),
        (t(N_("Made on")), reader.date(terms.created)),
        (t(N_("Ends on")), reader.date(terms.expires)),
        (t(N_("Measuring server")), terms.server or t(N_("of your choice"))),
        (t(N_("Requirements")), reader.number(len(found.profile.requirements))),
    ]
    if terms.reference:
        facts.append((t(N_("Their mark for you")), terms.reference))
    return tuple(facts)


def invitation_told(found: Invitation) -> tuple[str, ...]:
    """What the applicant should know before they agree, English source texts."""
    said = [
        N_(
            "Nobody checked the name. If in doubt, ask the employer for the fingerprint of their "
            "key and compare the letters."
        ),
        N_(
            "The report will hold the answers to these requirements and the number of this "
            "invitation. Nothing is sent: you hand the file over yourself, or you do not."
        ),
    ]
    if found.terms.receipt_key:
        said.append(
            N_(
                "The measuring server also sees your internet address, as every server does, and "
                "signs how fast the transfers were."
            )
        )
    if found.terms.seal_to:
        said.append(
            N_("A copy of the report is sealed so that the employer alone can read it on its way.")
        )
    return tuple(said)
