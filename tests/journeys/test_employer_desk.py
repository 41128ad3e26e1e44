"""The employer's whole round ends at the desk: it tells the four apart in words.

Three are invited. Ada answers honestly; Ben alters a value; Cleo answers twice; Dan, whom nobody
invited, uses Ada's invitation. All files and keys are real.
"""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


from readiness.review.having import Having
from readiness.trust.ledger import Ledger
from tests.journeys.employer import LEDGER, altered, measured_by_the_server
from tests.ui.seen import texts
from tests.ui.walk import opened, settle, until

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QApplication

    from tests.journeys.employer import Round
    from tests.ui.walk import Walk


def _heap(acme: Round) -> Path:
    """What lies in the recruiter's folder at the end, under names that come in this order."""
    found = {
        "1-ada.json": measured_by_the_server(acme, acme.invitations["Ada"]),
        "2-ben.json": altered(acme.answers("ben", "Ben")),
        "3-cleo.json": acme.answers("cleo", "Cleo"),
        "4-cleo-again.json": acme.answers("cleo-again", "Cleo"),
        "5-dan.json": acme.answers("dan", "Ada"),
    }
    folder = acme.folder / "heap"
    folder.mkdir()
    for name, path in found.items():
        shutil.copyfile(path, folder / name)
    return folder


def _told(walk: Walk, number: int) -> str:
    """Everything that the page of one report says."""
    reviewing = walk.journey.reviewing
    reviewing.opened = None
    reviewing.open(number)
    until(lambda: reviewing.opened is not None and walk.window.name == "applicant")
    settle()
    said = "\n".join(text for _, text in texts(walk.window.centralWidget()))
    return said.replace("\u200b", "").replace("\u202f", " ")


def test_the_desk_tells_them_apart_in_words(acme: Round, qapp: QApplication) -> None:
    assert qapp is not None
    heap = _heap(acme)
    with opened(acme.folder / "window") as walk:
        until(lambda: walk.journey.profiles)
        reviewing = walk.journey.reviewing
        asked = walk.engine.profile(str(acme.folder / "acme.toml"))
        reviewing.start([str(heap)], Having(profile=asked, ledger=Ledger(acme.folder / LEDGER)))
        until(lambda: reviewing.heap is not None and len(reviewing.heap.rows) == 5)
        until(lambda: not reviewing.busy)
        ada, ben, cleo, again, dan = (_told(walk, number) for number in range(5))

    for said in (ada, cleo):
        assert "Unchanged since export: yes" in said
        assert "Answers your invitation: yes" in said
    assert "Observed by your server: Download" in ada
    assert "observed by your server" in ada
    assert "Measured on the applicant's own computer: cannot be proven." in cleo

    assert "Unchanged since export: no" in ben
    assert "nothing in it is looked at" in ben

    for said in (again, dan):
        assert "Unchanged since export: yes" in said
        assert "Answers your invitation: already used" in said
        assert "Another report answered that invitation first." in said
    for said in (ada, ben, cleo, again, dan):
        assert not any(word in said.lower() for word in ("authentic", "genuine", "verified"))
