"""The pages by name. Each is imported when it is first shown, or before: ``ui/ahead.py``."""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ui.widgets.page import Page

PAGES = {
    "welcome": ("ui.guide.welcome", "WelcomePage"),
    "invited": ("ui.guide.invited", "InvitedPage"),
    "plan": ("ui.guide.plan", "PlanPage"),
    "run": ("ui.guide.run", "RunPage"),
    "questions": ("ui.guide.questions", "QuestionsPage"),
    "result": ("ui.guide.result", "ResultPage"),
    "match": ("ui.guide.match", "MatchPage"),
    "share": ("ui.guide.share", "SharePage"),
    "earlier": ("ui.guide.earlier", "EarlierPage"),
    "compare": ("ui.guide.compare", "ComparePage"),
    "employer": ("ui.employer.start", "EmployerPage"),
    "invite": ("ui.employer.invite", "InvitePage"),
    "issued": ("ui.employer.issued", "IssuedPage"),
    "kit": ("ui.employer.kit", "KitPage"),
    "packed": ("ui.employer.packed", "PackedPage"),
    "requirements": ("ui.employer.requirements", "RequirementsPage"),
    "review": ("ui.review.page", "ReviewPage"),
    "applicant": ("ui.review.applicant", "ApplicantPage"),
    "whole-set": ("ui.review.whole", "WholePage"),
    "side-by-side": ("ui.review.beside", "BesidePage"),
}
"""Module and class of each."""


def kind_of(name: str) -> type[Page]:
    """The class of a page."""
    module, kind = PAGES[name]
    found: type[Page] = getattr(importlib.import_module(module), kind)
    return found


def sweep_up() -> None:
    """Delete what was made of a page by half: it would go on hearing the journey, unseen."""
    from PySide6.QtWidgets import QApplication

    from ui.widgets.page import Page

    for one in QApplication.topLevelWidgets():
        if isinstance(one, Page):  # every other one stands in a window
            one.deleteLater()
