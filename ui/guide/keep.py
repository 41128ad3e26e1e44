"""The files of a report: which, how large, where they go, and what to do with them then."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from readiness.model.handed import MailOpened, Shown
from readiness.model.text import N_
from readiness.report.files import ENDINGS
from readiness.report.words import overall_word
from ui.sharing import FORMATS
from ui.theme import STEP, Size
from ui.trouble import words
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card, Rule
from ui.widgets.choice import CheckBox, indented
from ui.widgets.field import Field
from ui.widgets.label import Label, breakable, caption, title
from ui.widgets.pill import OVERALL_ROLES, OVERALL_SYMBOLS, Pill

if TYPE_CHECKING:
    from readiness.report.files import Draft
    from ui.journey import Journey

NOTES = {
    "pdf": N_("PDF, to read and to send; it carries the figures for a machine too"),
    "html": N_("Web page, easiest for screen readers"),
    "json": N_("Data file, for the employer's own program"),
}
SHOWN = {
    Shown.FILE: "",
    Shown.FOLDER: N_("The folder is open. Look for the name above."),
    Shown.NOTHING: N_("No file manager answered here. The folder is the one above."),
}
MAILED = {
    MailOpened.DRAFT: N_(
        "Your mail program opens a draft with the report attached. Add the address, read it, and "
        "send it yourself. If it looks like a received mail, choose to edit it as new."
    ),
    MailOpened.ADDRESS: N_(
        "Your mail program opens an empty mail. It cannot be given the file from here: attach it "
        "yourself."
    ),
    MailOpened.NOTHING: N_(
        "No mail program is set up here. Attach the file in your mailbox on the web."
    ),
}


class KeepCard(Card):
    """Follows the state of ``Journey.sharing``."""

    def __init__(self, journey: Journey) -> None:
        super().__init__()
        self._journey, self._sharing, self._reader = journey, journey.sharing, journey.reader
        self._draft: Draft | None = None
        self._last = ""
        text = self._reader.text
        self.inside.addWidget(title(text(N_("The report will say"))))
        self._verdict = QVBoxLayout()
        self._verdict.setSpacing(STEP // 2)
        self.inside.addLayout(self._verdict)
        self._withheld = caption("")
        self.inside.addWidget(self._withheld)
        self.inside.addSpacing(STEP)
        self.inside.addWidget(Rule())
        self.inside.addSpacing(STEP)
        self.inside.addWidget(title(text(N_("Save as"))))
        self._stem = Label("", size=Size.CAPTION)
        self.inside.addWidget(self._stem)
        self._sizes: dict[str, Label] = {}
        for kind in FORMATS:
            self._add_format(kind)
        if self._sealed():
            words = N_(
                "A further file is sealed for the employer who invited you: they alone can read it."
            )
            self.inside.addWidget(caption(text(words)))
        self.inside.addSpacing(STEP // 2)
        self.inside.addWidget(
            caption(text(N_("If there is a file of that name already, a number is added.")))
        )
        self.inside.addSpacing(STEP)
        self.inside.addLayout(self._make_folder())
        self.outcome = self._make_outcome()
        self.inside.addWidget(self.outcome)

    def _sealed(self) -> bool:
        """Whether the invitation that is answered asks for a sealed copy."""
        session = self._journey.session
        invitation = None if session is None else self._journey.engine.answered_by(session)
        return invitation is not None and bool(invitation.terms.seal_to)

    def _add_format(self, kind: str) -> None:
        box = CheckBox(self._reader.text(NOTES[kind]))
        box.setObjectName(f"format-{kind}")
        box.setChecked(kind in self._sharing.formats)
        box.toggled.connect(lambda on: self._sharing.choose(kind, wanted=on))
        self._sizes[kind] = caption("")
        place, holder = column(0)
        place.addWidget(box)
        place.addLayout(indented(self._sizes[kind]))
        self.inside.addWidget(holder)

    def _make_folder(self) -> QVBoxLayout:
        text = self._reader.text
        place = QVBoxLayout()
        self.folder = Field(self._sharing.folder)
        self.folder.setObjectName("folder")
        self.folder.setCursorPosition(0)
        label = Label(text(N_("&Folder")), bold=True)
        label.setBuddy(self.folder)
        self.folder.setAccessibleName(text(N_("Folder")))
        self.folder.textChanged.connect(self._take_folder)
        choose = Button(text(N_("Choose…")), Look.TEXT)
        choose.setObjectName("choose-folder")
        choose.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(choose)
        place.addLayout(row)
        place.addWidget(self.folder)
        return place

    def _make_outcome(self) -> QWidget:
        text = self._reader.text
        inside, holder = column(STEP)
        inside.setContentsMargins(0, STEP, 0, 0)
        self._said = Label("", size=Size.CAPTION)
        inside.addWidget(self._said)
        self._next = Beside(gap=STEP)
        show = Button(text(N_("Show in the folder")))
        show.setObjectName("show-file")
        show.clicked.connect(self._sharing.show)
        mail = Button(text(N_("Write a mail…")))
        mail.setObjectName("mail")
        mail.clicked.connect(self._sharing.mail)
        self._next.add(show)
        self._next.add(mail)
        inside.addWidget(self._next)
        self._after = caption("")
        inside.addWidget(self._after)
        return holder

    def _choose(self) -> None:
        dialog = QFileDialog(self, self._reader.text(N_("Folder")), self.folder.text())
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.folder.setText)
        dialog.open()

    def _take_folder(self, written: str) -> None:
        if written != self._sharing.folder:
            self._sharing.folder = written
            self._sharing.moved.emit()

    # --- following -----------------------------------------------------------------------------

    def follow(self) -> str:
        """Show the present state; what is new in it, to be announced."""
        if self.folder.text() != self._sharing.folder:
            self.folder.setText(self._sharing.folder)
            self.folder.setCursorPosition(0)
        self._follow_draft()
        n = len(self._sharing.struck)
        self._withheld.setVisible(bool(n))
        _say(
            self._withheld,
            self._reader.plural("{n} value is withheld.", "{n} values are withheld.", n),
        )
        said, role = self._outcome_words()
        after = self._after_words()
        self._said.set_role(role)
        _say(self._said, said)
        _say(self._after, after)
        self._after.setVisible(bool(after))
        self._next.setVisible(bool(self._sharing.written))
        self.outcome.setVisible(bool(said))
        whole = f"{said}\n{after}".strip()
        fresh, self._last = whole if whole != self._last else "", whole
        return fresh

    def _follow_draft(self) -> None:
        draft = self._sharing.draft
        if draft is None:
            refused = self._sharing.refused is not None
            waiting = "" if refused else self._reader.text(N_("Being put together…"))
            if refused or self._draft is None:  # else the last sizes stay until the new ones come
                for size in self._sizes.values():
                    _say(size, waiting)
            return
        if draft is self._draft:
            return
        self._draft = draft
        self._stem.setText(breakable(draft.stem))
        for kind, size in self._sizes.items():
            amount = self._reader.quantity(len(draft.contents[kind]) / 1000, "kB")
            size.setText(f"{ENDINGS[kind]}, {amount}")
        self._show_verdict(draft)

    def _show_verdict(self, draft: Draft) -> None:
        while self._verdict.count():
            widget = self._verdict.takeAt(0).widget()
            widget.hide()
            widget.deleteLater()
        overall = draft.report.overall
        word = overall_word(overall, self._reader)
        wording, profile = self._journey.wording, self._journey.profile
        first, second = wording.headline(draft.report, profile, self._reader)
        self._verdict.addWidget(Pill(f"{OVERALL_SYMBOLS[overall]} {word}", OVERALL_ROLES[overall]))
        self._verdict.addWidget(Label(first))
        self._verdict.addWidget(caption(second))

    def _outcome_words(self) -> tuple[str, str]:
        text, sharing = self._reader.text, self._sharing
        if sharing.refused is not None:
            said = words(sharing.refused, self._reader)
            if said is None:
                self._journey.trouble.emit(sharing.refused)
                sharing.refused = None
                return "", "text"
            return "\n".join(breakable(part) for part in said if part), "not_met"
        if sharing.saving:
            return text(N_("Writing…")), "quiet"
        if sharing.written:
            names = "\n".join(breakable(path.name) for path in sharing.written)
            return f"{text(N_('Written:'))}\n{names}", "met"
        return "", "text"

    def _after_words(self) -> str:
        """What came of handing the file over."""
        said = []
        if self._sharing.shown is not None and SHOWN[self._sharing.shown]:
            said.append(self._reader.text(SHOWN[self._sharing.shown]))
        if self._sharing.mailed is not None:
            said.append(self._reader.text(MAILED[self._sharing.mailed]))
        return "\n".join(said)


def _say(label: Label, text: str) -> None:
    """Change a text only where it is another: each change makes the page be laid out anew."""
    if label.text() != text:
        label.setText(text)
