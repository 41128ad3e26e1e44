"""The log names nobody."""

from __future__ import annotations

import logging
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

import pytest

from readiness.log import Nameless

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], str]:
    """A log on the computer WINTERBOURNE-PC, of the account aurelia, whose home is given."""
    monkeypatch.setattr(Path, "home", lambda: Path("/srv/aurelia"))
    monkeypatch.setattr("getpass.getuser", lambda: "aurelia")
    monkeypatch.setattr("platform.node", lambda: "WINTERBOURNE-PC")
    form = Nameless("%(message)s")

    def written(message: str) -> str:
        return form.format(logging.LogRecord("log", logging.INFO, "", 0, message, (), None))

    return written


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("cannot read /srv/aurelia/reports/a.json", "cannot read ~/reports/a.json"),
        ("C:\\Users\\Aurelia\\AppData", "C:\\Users\\<user>\\AppData"),
        ("no answer from winterbourne-pc", "no answer from <computer>"),
        ("nothing to hide", "nothing to hide"),
    ],
)
def test_names_are_written_as_signs(say: Callable[[str], str], message: str, expected: str) -> None:
    assert say(message) == expected


@pytest.mark.parametrize("named", ["C:\\Users\\Marti", "C:/Users/Marti", "'C:\\\\Users\\\\Marti'"])
def test_a_folder_of_windows_is_known_however_it_is_written(
    monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """Its name is not always the account's: that of ``martina`` may be called ``Marti``."""
    monkeypatch.setattr(Path, "home", lambda: PureWindowsPath("C:\\Users\\Marti"))
    monkeypatch.setattr("getpass.getuser", lambda: "martina")
    record = logging.LogRecord("log", logging.INFO, "", 0, f"cannot open {named}", (), None)

    assert "Marti" not in Nameless("%(message)s").format(record)


def test_a_traceback_is_written_without_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "aurelia")
    error = FileNotFoundError("/srv/aurelia/report")
    fault = (type(error), error, error.__traceback__)
    record = logging.LogRecord("log", logging.ERROR, "", 0, "crashed", (), fault)

    assert "aurelia" not in Nameless("%(message)s").format(record)


def test_a_name_of_two_letters_is_not_looked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("getpass.getuser", lambda: "an")
    record = logging.LogRecord("log", logging.INFO, "", 0, "an answer came", (), None)

    assert Nameless("%(message)s").format(record) == "an answer came"
