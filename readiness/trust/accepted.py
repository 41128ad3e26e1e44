"""Invitations that the applicant accepted, on this computer: without them no answer can be signed.

Sealed and signed things are imported late: the window must paint fast.
"""

from __future__ import annotations

import functools
import logging
from typing import TYPE_CHECKING

from readiness.model.errors import InputError
from readiness.model.invited import Invited
from readiness.model.text import N_
from readiness.storage import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from readiness.model.measurement import Session
    from readiness.model.requirement import Profile
    from readiness.trust.invitation import Invitation

log = logging.getLogger(__name__)

INVITATION_ENDING = ".readiness-invitation"


class Accepted:
    """A folder of invitations, each under its nonce."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, invitation: Invitation) -> Path:
        """Keep it; returns its file. Raises ``StorageError``."""
        path = self._path(invitation.terms.nonce)
        write_whole(path, invitation.envelope)
        return path

    def holds(self, invitation: Invitation) -> bool:
        """Whether it was accepted before."""
        return self._path(invitation.terms.nonce).is_file()

    def of(self, session: Session) -> Invitation | None:
        """The one that the session answers; none if it answers none, or it is not here."""
        invited = session.invitation
        if not isinstance(invited, Invited):
            return None
        found = self._read(self._path(invited.nonce))
        return found if found is not None and found.invited == invited else None

    def of_profile(self, digest: str) -> Invitation | None:
        """One that holds the requirements with that digest."""
        found = (one for one in self._all() if one.profile.digest == digest)
        return next(found, None)

    def invited_to(self, session: Session, profile_id: str) -> Profile:
        """The requirements of the invitation that a session answers, if that is their id.

        Raises:
            InputError: ``list-not-here``: it answers none with such requirements.
        """
        invitation = self.of(session)
        if invitation is not None and invitation.profile.id == profile_id:
            return invitation.profile
        raise InputError(
            "list-not-here",
            N_("The list {name} is no longer on this computer."),
            hint=N_("Open its file on the first page, or choose another list."),
            name=profile_id,
        )

    def _all(self) -> Iterator[Invitation]:
        if not self._folder.is_dir():
            return
        for path in sorted(self._folder.glob(f"*{INVITATION_ENDING}")):
            found = self._read(path)
            if found is not None:
                yield found

    def _read(self, path: Path) -> Invitation | None:
        from readiness.trust.invitation import read_invitation

        if not path.is_file():
            return None
        try:
            return read_invitation(path, now=None)
        except InputError as error:
            log.warning("a kept invitation cannot be read: %s", error)
            return None

    def _path(self, nonce: str) -> Path:
        return self._folder / f"{nonce}{INVITATION_ENDING}"


def sealing_of(invitation: Invitation | None) -> Callable[[bytes], bytes] | None:
    """How an answer to it is sealed; none if it asks for no sealing."""
    if invitation is None or not invitation.terms.seal_to:
        return None
    from readiness.trust.sealing import seal_to

    return functools.partial(seal_to, invitation.terms.seal_to)
