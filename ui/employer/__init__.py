"""The employer's pages: what is asked, and who is invited. Applicants never need them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.employer.drafting import Drafting
    from ui.employer.inviting import Inviting
    from ui.employer.packing import Packing
    from ui.journey import Journey


class Employer:
    """What these pages have in mind; each part is made when somebody first goes there."""

    def __init__(self, journey: Journey) -> None:
        self._journey = journey

    @cached_property
    def inviting(self) -> Inviting:
        """Behind the pages ``invite`` and ``issued``."""
        from ui.employer.inviting import Inviting

        return Inviting(self._journey)

    @cached_property
    def drafting(self) -> Drafting:
        """Behind the page ``requirements``."""
        from ui.employer.drafting import Drafting

        return Drafting(self._journey)

    @cached_property
    def packing(self) -> Packing:
        """Behind the pages ``kit`` and ``packed``."""
        from ui.employer.packing import Packing

        return Packing(self._journey)

    @property
    def unsaved(self) -> bool:
        """Whether a list of requirements has changes that are in no file."""
        return "drafting" in vars(self) and self.drafting.unsaved

    def stop(self) -> None:
        """The window closes: what goes on ends after what it does now."""
        if "inviting" in vars(self):
            self.inviting.stop()
        if "drafting" in vars(self):
            self.drafting.trying.stop()


def enter(journey: Journey) -> None:
    """Go to the employer's first page; not while something is measured."""
    if journey.profiles and not journey.runner.running:
        journey.turned.emit("employer")
