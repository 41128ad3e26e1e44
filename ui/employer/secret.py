"""A passphrase: hidden while it is typed, shown if the person wants it, gone once it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from readiness.model.text import N_
from ui.widgets.choice import CheckBox
from ui.widgets.field import Field

if TYPE_CHECKING:
    from readiness.locale import Reader

LONGEST = 4096
"""Characters; as many as the command line reads."""


HINTS = (
    Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)
"""What keyboards on the screen and dictionaries are told, also while the text is shown."""


class Secret(Field):
    """One hidden line, of which keyboards learn nothing."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setMaxLength(LONGEST)
        self.reveal(on=False)

    def reveal(self, on: bool) -> None:  # noqa: FBT001 - a signal brings it
        """Show what is typed, or hide it."""
        self.setEchoMode(Field.EchoMode.Normal if on else Field.EchoMode.Password)
        self.setInputMethodHints(self.inputMethodHints() | HINTS)

    def take(self) -> str:
        """What was typed; the field is empty afterwards, and undoing does not bring it back."""
        typed = self.text()
        self.setText("")  # not clear(): that can be undone
        return typed


def reveal_switch(reader: Reader, *secrets: Secret) -> CheckBox:
    """A switch that shows what is typed into these fields."""
    # Translators: a check box under a field for a passphrase.
    switch = CheckBox(reader.text(N_("Show what I type")))
    switch.setObjectName(f"show-{secrets[0].objectName()}")
    for secret in secrets:
        switch.toggled.connect(secret.reveal)
    return switch
