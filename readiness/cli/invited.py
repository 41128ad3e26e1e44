"""An invitation in words: who invites, what is asked, what will be shared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from readiness.cli.console import err, key_values, out, print_json
from readiness.model.text import N_
from readiness.report.seal import MAX_ENVELOPE

if TYPE_CHECKING:
    from rich.console import Console

    from readiness.engine import Engine
    from readiness.locale import Reader
    from readiness.trust.invitation import Invitation

FROM_INPUT = Path("-")


def opened(engine: Engine, source: Path) -> Invitation:
    """Open the invitation in a file, or for ``-`` in the text on standard input."""
    if source == FROM_INPUT:
        text = sys.stdin.buffer.read(MAX_ENVELOPE + 1)
        return engine.open_invitation(text.decode("utf-8", "replace"))
    return engine.open_invitation(source)


def show_invitation(found: Invitation, reader: Reader, *, aside: bool = False) -> None:
    """Print it for a person, to standard error where the result goes elsewhere."""
    console: Console = err() if aside else out()
    t, terms = reader.text, found.terms
    console.print(Text(reader.local(found.profile.title), style="bold"))
    console.print(Text(reader.local(found.profile.summary)))
    unnamed = t(N_("no name is stated"))
    pairs = [
        (t(N_("Who invites")), terms.employer or unnamed),
        (t(N_("Fingerprint")), found.fingerprint),
        (t(N_("Made on")), reader.date(terms.created)),
        (t(N_("Ends on")), reader.date(terms.expires)),
        (t(N_("Measuring server")), terms.server or t(N_("of your choice"))),
        (t(N_("Requirements")), str(len(found.profile.requirements))),
    ]
    if terms.reference:
        pairs.append((t(N_("Their mark for you")), terms.reference))
    console.print(key_values(pairs))
    for said in told(found):
        console.print(Text(t(said)), soft_wrap=False)


def told(found: Invitation) -> tuple[str, ...]:
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


def print_invitation_json(found: Invitation) -> None:
    """Everything but the key for the answer."""
    terms = found.terms
    print_json(
        {
            "employer": terms.employer,
            "issuer": found.issuer,
            "fingerprint": found.fingerprint,
            "nonce": terms.nonce,
            "created": terms.created,
            "expires": terms.expires,
            "profile": found.profile.id,
            "profile_digest": found.profile.digest,
            "requirements": len(found.profile.requirements),
            "server": terms.server,
            "receipt_key": terms.receipt_key,
            "seal_to": terms.seal_to,
            "reference": terms.reference,
        }
    )
