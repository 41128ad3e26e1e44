"""An invitation that lies beside the program, as in the folder that an employer's kit unpacks to.

Only files of that name are looked at, and only in the program's own folder and the one around it.
Nothing is accepted here: it is opened and shown, as if the person had opened it.
"""

from __future__ import annotations

import itertools
import logging
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.trust.accepted import INVITATION_ENDING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from readiness.trust.invitation import Invitation

log = logging.getLogger(__name__)

MOST = 20
"""So many files are looked into; more are no kit."""

BUNDLE = ".app"


def program_folders(program: Path | None = None) -> tuple[Path, ...]:
    """Where an invitation would lie beside this program, nearest first; none for a source tree.

    Args:
        program: Its executable file; this program's own, where it was packaged.
    """
    if program is None:
        if not getattr(sys, "frozen", False):
            return ()
        program = Path(sys.executable)
    around = [parent for parent in program.parents if parent.suffix == BUNDLE]
    own = around[0].parent if around else program.parent
    return (own, own.parent)


def invitation_beside(
    folders: Sequence[Path], accepted: Callable[[Invitation], bool], *, now: datetime
) -> Invitation | None:
    """The newest invitation beside the program that has not been accepted yet.

    Args:
        folders: See :func:`program_folders`.
        accepted: Whether one was accepted on this computer before; it is not offered again.
        now: One that has ended by then, or is not yet made, is none.

    What cannot be opened is passed over: the reason is told to whoever opens it by hand.
    """
    opened = (_open(path, accepted, now) for path in itertools.islice(_files(folders), MOST))
    found = [invitation for invitation in opened if invitation is not None]
    return max(found, key=lambda one: one.terms.created, default=None)


def _files(folders: Sequence[Path]) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.glob(f"*{INVITATION_ENDING}"))]


def _open(path: Path, accepted: Callable[[Invitation], bool], now: datetime) -> Invitation | None:
    """The invitation in a file, if it can be accepted now and was not before."""
    from readiness.trust.invitation import read_invitation

    try:
        invitation = read_invitation(path, now=now)
    except InputError as error:
        log.info("beside the program: %s", error.reference)
        return None
    return None if accepted(invitation) else invitation
