"""Ways to the employer's pages: what is asked, who is invited, and what was written of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit

from readiness.model.requirement import AnswerKind
from readiness.model.text import N_
from tests.ui.employer import PASSPHRASE, keys_in, list_in, report_with
from tests.ui.walk import settle, until
from ui.employer.answers import add_answer, answer_by
from ui.employer.edits import add_question
from ui.employer.leave import ask_to_lose

if TYPE_CHECKING:
    from pathlib import Path

    from readiness.profiles.draft import ProfileDraft
    from tests.ui.walk import Walk
    from ui.employer.drafting import Drafting
    from ui.employer.inviting import Inviting

DOWNLOAD = "download"


def start(walk: Walk) -> None:
    """The employer's first page."""
    walk.journey.home()
    walk.page("welcome")
    walk.press("for-employers")
    walk.page("employer")


def begin(walk: Walk) -> None:
    """No list is open yet."""
    walk.press("write-requirements")
    walk.page("requirements")


def requirements(walk: Walk) -> None:
    """A list that is made from a shipped one, and one of its requirements."""
    state = _drafting(walk)
    state.begin(_folder(walk) / "acme.toml", "typical-voice")
    until(lambda: state.trying.trial)
    listed = state.draft.value(("requirement",)) if state.draft is not None else []
    state.look_at(next(n for n, one in enumerate(listed) if one["id"] == DOWNLOAD))
    settle()


def faulty(walk: Walk) -> None:
    """With reports loaded, a fault, a host and advice."""
    state = _drafting(walk)
    report = _folder(walk) / "one.readiness.json"
    report.write_bytes(report_with(12.0, 1))
    walk.press("add-host")
    walk.drained()
    walk.press("add-advice")
    walk.drained()
    place = ("requirement", state.chosen, "advice", 0, "text")
    state.put(place, {"en": "Use a cable.", "de": "Nehmen Sie ein Kabel."})
    walk.drained()
    state.trying.load([report])
    until(lambda: state.trying.trial is not None and state.trying.trial.reports)
    state.put(("endpoint", 0, "port"), 99999)
    walk.drained()


def own(walk: Walk) -> None:
    """A question of one's own that has several answers."""
    state = _drafting(walk)
    asked = {"en": "Is there a bell?", "de": "Gibt es eine Klingel?"}
    state.change(lambda draft: add_question(draft, "?", "en"), choose=state.count())
    walk.drained()
    state.put(("question", 0, "text"), asked)
    state.put(("question", 0, "title"), asked)
    text, language = walk.journey.reader.text, state.language

    def several(draft: ProfileDraft) -> ProfileDraft:
        words = (text(N_("yes")), text(N_("no")))
        with_two = answer_by(draft, 0, AnswerKind.CHOICE, words, language)
        return add_answer(with_two, 0, text(N_("Another answer")), language)

    state.change(several, choose=state.chosen)
    walk.drained()


def adding(walk: Walk) -> None:
    """What else can be asked."""
    walk.press("add-rule")


def leaving(walk: Walk) -> None:
    """It is asked before changes are lost."""
    page = walk.window.page
    if page is None:
        raise RuntimeError("there is no page")
    ask_to_lose(page, walk.journey.reader, _drafting(walk).close)


def invite(walk: Walk) -> None:
    """Nothing is filled in yet."""
    _drafting(walk).close()  # else the window asks before it is closed
    walk.journey.turned.emit("invite")
    walk.page("invite")


def lacking(walk: Walk) -> None:
    """Everything that is missing is named."""
    walk.press("write-invitations")


def new_keys(walk: Walk) -> None:
    """Where keys are made."""
    walk.press("new-keys-button")


def one(walk: Walk) -> None:
    """Filled in, for one person."""
    state = _inviting(walk)
    state.choose_keys(keys_in(_folder(walk)).private)
    state.choose_profile(str(list_in(_folder(walk))))
    walk.drained()
    state.faults = {}
    state.employer, state.single = "Acme Ltd", "A-1042"
    state.server, state.folder = "https://measure.example", str(_folder(walk) / "out")
    walk.again()


def many(walk: Walk) -> None:
    """For everybody in a table."""
    state = _inviting(walk)
    table = _folder(walk) / "Acme.csv"
    table.write_text("A-1042\nA-1042\nA-1042\n")
    state.choose_table(table)
    state.invite_many(many=True)
    walk.drained()
    walk.again()


def writing(walk: Walk) -> None:
    """The invitations are being written."""
    state = _inviting(walk)
    state.busy, state.step = True, 0.4
    walk.again()


def issued(walk: Walk) -> None:
    """One is written."""
    state = _inviting(walk)
    state.busy = False
    state.invite_many(many=False)
    _write(walk)


def issued_many(walk: Walk) -> None:
    """Those of a table are written."""
    state = _inviting(walk)
    walk.journey.turned.emit("invite")
    walk.page("invite")
    state.invite_many(many=True)
    _write(walk)


def kit_empty(walk: Walk) -> None:
    """Nothing is chosen yet, and that is said."""
    state = walk.journey.employer.packing
    state.begin(str(_folder(walk) / "out"))
    walk.page("kit")
    walk.press("write-kit")


def kit(walk: Walk) -> None:
    """An invitation and a program are chosen."""
    state, issue = walk.journey.employer.packing, _inviting(walk).issue
    if issue is None:
        raise RuntimeError("nothing is issued")
    program = _folder(walk) / "readiness-setup.exe"
    program.write_bytes(b"MZ" * 500)
    state.begin(str(_folder(walk) / "out"))
    state.choose(issue.written[0].file)
    state.add([program])
    walk.drained()
    walk.again()


def kit_refused(walk: Walk) -> None:
    """Something of that name is there."""
    state = walk.journey.employer.packing
    there = _folder(walk) / "readiness-kit.zip"
    there.write_bytes(b"mine")
    state.name(str(there))
    walk.again()
    walk.press("write-kit")
    walk.drained()


def packed(walk: Walk) -> None:
    """The kit is written."""
    walk.journey.employer.packing.name(str(_folder(walk) / "readiness-kit-2.zip"))
    walk.again()
    walk.press("write-kit")
    walk.page("packed")


def _write(walk: Walk) -> None:
    walk.again()
    field = walk.window.centralWidget().findChild(QLineEdit, "passphrase")
    if field is None:
        raise LookupError("passphrase")
    field.setText(PASSPHRASE)
    walk.press("write-invitations")
    walk.page("issued")


def _folder(walk: Walk) -> Path:
    """The employer's own files."""
    folder = walk.engine.home / "employer"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _drafting(walk: Walk) -> Drafting:
    return walk.journey.employer.drafting


def _inviting(walk: Walk) -> Inviting:
    return walk.journey.employer.inviting
