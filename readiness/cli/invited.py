"""An invitation in words: who invites, what is asked, what will be shared."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from rich.text import Text

from readiness.cli.console import err, key_values, out, print_json
from readiness.invitation_words import invitation_facts, invitation_told
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
    console.print(Text(reader.local(found.profile.title), style="bold"))
    console.print(Text(reader.local(found.profile.summary)))
    console.print(key_values(list(invitation_facts(found, reader))))
    for said in invitation_told(found):
        console.print(Text(reader.text(said)), soft_wrap=False)


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
