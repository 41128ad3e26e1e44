"""The cards of the page ``invite``: keys, what is asked, who is invited, and the terms."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QVBoxLayout, QWidget

from readiness.model.text import N_
from ui.employer.entry import Entry, choose_file
from ui.employer.inviting import DAYS
from ui.employer.pick import Pick
from ui.theme import STEP
from ui.widgets.beside import Beside, column
from ui.widgets.button import Button, Look
from ui.widgets.card import Card
from ui.widgets.choice import CheckBox, FlowingRadio, indented
from ui.widgets.field import Field
from ui.widgets.label import Label, breakable, caption, title

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ui.journey import Journey

MOST_HEADS = 200
"""So many columns of a table are offered: a made-up one may have millions."""
LONGEST_HEAD = 60
NAMED = 3
"""So many of those in a table are named, so that a wrong column shows."""


class InviteCard(Card):
    """What all of these cards do: show the state, and name what is wrong.

    Attributes:
        entries: Field -> where it is filled in.
    """

    def __init__(self, journey: Journey, name: str) -> None:
        super().__init__()
        self._journey, self._reader = journey, journey.reader
        self._state = journey.employer.inviting
        self.entries: dict[str, Entry] = {}
        self.inside.setSpacing(2 * STEP)
        self.inside.addWidget(title(name))

    def follow(self) -> None:
        """Show the present state."""

    def _add(self, key: str, entry: Entry) -> None:
        self.entries[key] = entry
        self.inside.addWidget(entry)


class KeysCard(InviteCard):
    """Whose invitations these are: an existing file of keys, or a new one."""

    def __init__(self, journey: Journey) -> None:
        text = journey.reader.text
        super().__init__(journey, text(N_("Your keys")))
        words = N_("They sign the invitations, so that nobody can alter them on their way.")
        self.inside.addWidget(caption(text(words)))
        self.open_button = Button(text(N_("Open your keys…")))
        self.open_button.setObjectName("open-keys")
        self.open_button.clicked.connect(self._choose)
        make = Button(text(N_("Make new keys…")), Look.TEXT)
        make.setObjectName("new-keys-button")
        make.clicked.connect(self._make)
        row = _buttons("keys", self.open_button, make)
        self._add("keys", Entry(text(N_("File of keys")), row))
        self._chosen = caption("")
        self._chosen.setObjectName("keys-chosen")
        self.inside.addWidget(self._chosen)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Keys (*.readiness-keys)"))
        start = self._state.documents
        choose_file(self, text(N_("Open your keys")), names, start, self._state.choose_keys)

    def _make(self) -> None:
        from ui.employer.new_keys import NewKeysDialog

        NewKeysDialog(self._journey, self).open()

    def follow(self) -> None:
        """Name the file and its fingerprint."""
        keys = self._state.keys
        self._chosen.setVisible(keys is not None)
        if keys is not None:
            said = N_("{file}, fingerprint {fingerprint}")
            shown = breakable(keys.name)
            self._chosen.setText(
                self._reader.text(said, file=shown, fingerprint=self._state.fingerprint)
            )


class AskedCard(InviteCard):
    """The list of requirements: a shipped one, or one of the employer's own."""

    def __init__(self, journey: Journey) -> None:
        text = journey.reader.text
        super().__init__(journey, text(N_("What you ask")))
        own = Button(text(N_("Your own list…")), Look.TEXT)
        own.setObjectName("own-list")
        own.clicked.connect(self._choose)
        self._lists = Pick(text(N_("List of requirements")))
        self._lists.setObjectName("lists")
        self._add("profile", Entry(text(N_("List of requirements")), self._lists, button=own))
        self._references: list[str] = []
        self._says = caption("")
        self.inside.addWidget(self._says)
        self._fill()
        self._lists.activated.connect(self._take)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Requirements (*.toml)"))
        start = self._state.documents

        def then(path: Path) -> None:
            self._state.choose_profile(str(path))

        choose_file(self, text(N_("Your own list")), names, start, then)

    def _fill(self) -> None:
        shown = {profile.id: self._reader.local(profile.title) for profile in self._journey.profiles}
        reference, profile = self._state.reference, self._state.profile
        if profile is not None and reference not in shown:
            shown = {reference: self._reader.local(profile.title), **shown}
        if list(shown) == self._references:
            return
        self._references = list(shown)
        self._lists.clear()
        for title_ in shown.values():
            self._lists.addItem(title_[:LONGEST_HEAD])
        if profile is None:
            self._lists.setPlaceholderText(self._reader.text(N_("Choose a list")))
        self._lists.setCurrentIndex(-1)

    def _take(self, place: int) -> None:
        if 0 <= place < len(self._references):
            self._state.choose_profile(self._references[place])

    def follow(self) -> None:
        """Show which list it is, and what it asks in short."""
        self._fill()
        profile = self._state.profile
        self._says.setVisible(profile is not None)
        if profile is None:
            return
        self._lists.setCurrentIndex(self._references.index(self._state.reference))
        count = len(profile.requirements)
        asks = self._reader.plural("{n} requirement", "{n} requirements", count)
        summary = self._reader.local(profile.summary)
        self._says.setText(f"{summary}\n{asks}")


class WhoCard(InviteCard):
    """One person, or everybody in a table."""

    def __init__(self, journey: Journey) -> None:
        text = journey.reader.text
        super().__init__(journey, text(N_("Whom you invite")))
        self._one = FlowingRadio(text(N_("One person")))
        self._one.setObjectName("invite-one")
        self._many = FlowingRadio(text(N_("Everybody in a table")))
        self._many.setObjectName("invite-many")
        group = QButtonGroup(self)
        for radio in (self._one, self._many):
            group.addButton(radio)
        self._many.toggled.connect(self._state.invite_many)
        self.inside.addWidget(self._one)
        self.inside.addLayout(self._make_one())
        self.inside.addWidget(self._many)
        self.inside.addLayout(self._make_many())
        self._inside = CheckBox(text(N_("Show the mark to the applicant too")))
        self._inside.setObjectName("reference-inside")
        self._inside.setChecked(self._state.inside)
        self._inside.toggled.connect(self._take_inside)
        self.inside.addWidget(self._inside)

    def _make_one(self) -> QVBoxLayout:
        text = self._reader.text
        field = Field(self._state.single)
        field.setObjectName("reference")
        field.textEdited.connect(self._take_single)
        note = N_("A number or a name for you alone. It may be empty.")
        # Translators: a number or name by which an employer knows an applicant.
        entry = Entry(text(N_("Your mark for them")), field, text(note))
        self.entries["reference"] = self._for_one = entry
        return indented(entry)

    def _make_many(self) -> QVBoxLayout:
        text = self._reader.text
        place, self._for_many = column(STEP)
        button = Button(text(N_("Choose a table…")))
        button.setObjectName("choose-table")
        button.clicked.connect(self._choose)
        note = N_("A CSV file in UTF-8: a line of headings, then a line for each applicant.")
        entry = Entry(text(N_("Table")), _buttons("table", button), text(note))
        self.entries["table"] = entry
        place.addWidget(entry)
        self._column = Pick(text(N_("Column with your marks")))
        self._column.setObjectName("column")
        self._heads: list[str] = []
        self._column.activated.connect(self._take_column)
        self._in_column = Entry(text(N_("Column with your marks")), self._column)
        place.addWidget(self._in_column)
        self._says = caption("")
        self._says.setObjectName("table-says")
        place.addWidget(self._says)
        return indented(self._for_many)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Tables (*.csv)"))
        start = self._state.documents
        choose_file(self, text(N_("Choose a table")), names, start, self._state.choose_table)

    def _take_single(self, typed: str) -> None:
        self._state.single = typed

    def _take_inside(self, on: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._state.inside = on

    def _take_column(self, place: int) -> None:
        table = self._state.table
        if table is not None and 0 <= place < len(self._heads):
            self._state.choose_table(table, self._heads[place])

    def follow(self) -> None:
        """Show the part that was chosen, and what stands in the table."""
        state = self._state
        (self._many if state.many else self._one).setChecked(True)
        self._for_one.setVisible(not state.many)
        self._for_many.setVisible(state.many)
        found = state.found
        self._in_column.setVisible(found is not None)
        self._says.setVisible(found is not None)
        if found is None or state.table is None:
            return
        heads = [head for head in dict.fromkeys(found.heads[:MOST_HEADS]) if head.strip()]
        if heads != self._heads:
            self._heads = heads
            self._column.clear()
            self._column.addItems([plain(head)[:LONGEST_HEAD] for head in heads])
        head = found.heads[found.column]
        self._column.setCurrentIndex(heads.index(head) if head in heads else -1)
        self._says.setText(self._table_words())

    def _table_words(self) -> str:
        found, table, reader = self._state.found, self._state.table, self._reader
        if found is None or table is None:
            return ""
        count = len(found.found)
        named = ", ".join(found.found[:NAMED])
        more = N_("{names} and others") if count > NAMED else N_("{names}")
        lines = [
            reader.plural("{n} applicant in {file}:", "{n} applicants in {file}:", count, file=table.name),
            reader.text(more, names=named),
        ]
        if found.repeated:
            lines.append(
                reader.plural(
                    "{n} line repeats a mark: that applicant gets one more invitation.",
                    "{n} lines repeat a mark: those applicants get one more invitation each.",
                    found.repeated,
                )
            )
        return "\n".join(lines)


class TermsCard(InviteCard):
    """Who invites, until when, sealed or not, and a measuring server of their own."""

    def __init__(self, journey: Journey) -> None:
        text, reader = journey.reader.text, journey.reader
        super().__init__(journey, text(N_("What the invitation says")))
        employer = _line("employer", self._state.employer, self._take_employer)
        note = N_("As applicants know you. They are told that nobody checked the name.")
        self._add("employer", Entry(text(N_("Who invites")), employer, text(note)))
        self._days = Pick(text(N_("Until when")))
        self._days.setObjectName("days")
        today = datetime.now(UTC)
        for days in DAYS:
            said = N_("{days}, until {day}")
            end = reader.day((today + timedelta(days=days)).date())
            lasting = reader.plural("{n} day", "{n} days", days)
            self._days.addItem(text(said, days=lasting, day=end))
        self._days.setCurrentIndex(DAYS.index(self._state.days))
        self._days.activated.connect(self._take_days)
        self._add("days", Entry(text(N_("Until when")), self._days))
        seal = CheckBox(text(N_("Seal the answers: you alone can read them")))
        seal.setObjectName("seal")
        seal.setChecked(self._state.seal)
        seal.toggled.connect(self._take_seal)
        words = N_("A sealed copy of the report is made. Your keys and the passphrase open it.")
        place, holder = column(0)
        place.addWidget(seal)
        place.addLayout(indented(caption(text(words))))
        self.inside.addWidget(holder)
        self._make_server()

    def _make_server(self) -> None:
        text = self._reader.text
        server = _line("server", self._state.server, self._take_server)
        server.setPlaceholderText("https://measure.example:8443")
        note = N_("It may be empty: the applicant then chooses where the line is measured.")
        self._add("server", Entry(text(N_("Your measuring server")), server, text(note)))
        choose = Button(text(N_("Its public keys…")))
        choose.setObjectName("receipt-keys")
        choose.clicked.connect(self._choose)
        self._without = Button(text(N_("Without its signature")), Look.TEXT)
        self._without.setObjectName("no-receipt")
        self._without.clicked.connect(lambda: self._state.choose_receipt(None))
        words = N_("With its public keys it signs what it saw: the one figure that you can rely on.")
        self._receipt = Entry(text(N_("Its signature")), _buttons("receipt", choose, self._without), text(words))
        self._add("receipt", self._receipt)
        self._signs = Label("")
        self._signs.setObjectName("receipt-chosen")
        self.inside.addWidget(self._signs)

    def _choose(self) -> None:
        text = self._reader.text
        names = text(N_("Public keys (*.readiness-public *.readiness-keys)"))
        start = self._state.documents
        choose_file(self, text(N_("Its public keys")), names, start, self._state.choose_receipt)

    def _take_employer(self, typed: str) -> None:
        self._state.employer = typed

    def _take_days(self, place: int) -> None:
        self._state.days = DAYS[place]

    def _take_seal(self, on: bool) -> None:  # noqa: FBT001 - a signal brings it
        self._state.seal = on

    def _take_server(self, typed: str) -> None:
        self._state.server = typed
        self.follow()

    def follow(self) -> None:
        """Offer the signature where there is a server."""
        server, signs = bool(self._state.server.strip()), self._state.receipt is not None
        self._receipt.setVisible(server)
        self._without.setVisible(signs)
        self._signs.setVisible(server and signs)
        said = N_("It signs with the key {fingerprint}.")
        self._signs.setText(self._reader.text(said, fingerprint=self._state.receipt_print))


def _line(name: str, text: str, taken: Callable[[str], None]) -> Field:
    field = Field(text)
    field.setObjectName(name)
    field.textEdited.connect(taken)
    return field


def _buttons(name: str, *buttons: Button) -> QWidget:
    """Buttons in a row, the first of which has the focus where the row is to have it."""
    row = Beside(gap=STEP)
    row.setObjectName(name)
    for button in buttons:
        row.add(button)
    row.setFocusProxy(buttons[0])
    return row


def plain(text: str) -> str:
    """Foreign text on one line, without signs that cannot be seen."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
