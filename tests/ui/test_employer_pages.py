"""The employer's pages: translated, whole, small, large, reached by keyboard and screen reader."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QLineEdit

from readiness.pseudo import LONG, MIRRORED
from tests.ui.employer import PASSPHRASE, keys_in, list_in, report_with
from tests.ui.reached import nameless, out_of_order, stray_windows, tabbed, unreached
from tests.ui.seen import cut, glued, untranslated
from tests.ui.walk import SMALL, USUAL, opened, settle, until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from PySide6.QtCore import QSize
    from PySide6.QtWidgets import QApplication

    from tests.ui.walk import Walk

pytestmark = pytest.mark.timeout(240)


def start(walk: Walk, folder: Path) -> None:  # noqa: ARG001 - as the others
    walk.press("for-employers")
    walk.page("employer")


def invite(walk: Walk, folder: Path) -> None:
    """Filled in, with a table of some."""
    state = walk.journey.employer.inviting
    table = folder / "Acme.csv"
    table.write_text("A-1042\nA-1042\nA-1042\n")
    state.choose_keys(keys_in(folder).private)
    state.choose_profile(str(list_in(folder)))
    state.choose_table(table)
    state.server = "https://measure.example"
    state.invite_many(many=True)
    walk.drained()
    walk.press("invite")
    walk.page("invite")


def faulty(walk: Walk, folder: Path) -> None:  # noqa: ARG001 - as the others
    """With everything missing named."""
    walk.press("invite")
    walk.page("invite")
    walk.press("write-invitations")
    settle()


def new_keys(walk: Walk, folder: Path) -> None:
    faulty(walk, folder)
    walk.press("new-keys-button")
    settle()


def issued(walk: Walk, folder: Path) -> None:
    invite(walk, folder)
    state = walk.journey.employer.inviting
    state.many, state.employer, state.folder = False, "Acme", str(folder / "out")
    walk.again()
    field = walk.window.centralWidget().findChild(QLineEdit, "passphrase")
    if field is None:
        raise LookupError("passphrase")
    field.setText(PASSPHRASE)
    walk.press("write-invitations")
    walk.page("issued")


def begin(walk: Walk, folder: Path) -> None:  # noqa: ARG001 - as the others
    walk.press("write-requirements")
    walk.page("requirements")


def requirements(walk: Walk, folder: Path) -> None:
    """With reports loaded, a fault, a host and advice."""
    begin(walk, folder)
    state = walk.journey.employer.drafting
    (folder / "one.readiness.json").write_bytes(report_with(12.0, 1))
    state.begin(folder / "acme.toml", "typical-voice")
    until(lambda: state.trying.trial)
    walk.press("add-host")
    walk.drained()
    walk.press("add-advice")
    walk.drained()
    state.put(("requirement", 0, "advice", 0, "text"), {"en": "Use a cable."})
    walk.drained()
    state.trying.load([folder / "one.readiness.json"])
    until(lambda: state.trying.trial is not None and state.trying.trial.reports)
    state.put(("endpoint", 0, "port"), 99999)
    walk.drained()


def adding(walk: Walk, folder: Path) -> None:
    requirements(walk, folder)
    walk.press("add-rule")
    settle()


WAYS = (start, invite, faulty, new_keys, issued, begin, requirements, adding)


@contextlib.contextmanager
def at(
    way: Callable[[Walk, Path], None],
    folder: Path,
    *,
    language: str = LONG,
    size: QSize = USUAL,
    scale: float = 1.0,
) -> Iterator[Walk]:
    """The window at the end of a way."""
    with opened(folder, language=language, size=size, scale=scale) as walk:
        until(lambda: walk.journey.profiles)
        if way is not start:
            start(walk, folder)
        way(walk, folder)
        try:
            yield walk
        finally:
            walk.journey.employer.drafting.close()  # else the window asks before it is closed


@pytest.mark.parametrize("way", WAYS)
def test_a_page_is_translated_whole_named_and_reached(
    qapp: QApplication,  # noqa: ARG001 - before the window
    way: Callable[[Walk, Path], None],
    tmp_path: Path,
) -> None:
    """One walk for several claims: making a window takes its time."""
    with at(way, tmp_path) as walk:
        shown = walk.shown
        assert stray_windows(walk.window) == []
        assert untranslated(shown) == []
        assert glued(shown) == []
        assert cut(shown) == []
        assert nameless(shown) == []
        reached = tabbed(shown)
        assert unreached(shown, reached) == []
        assert out_of_order(shown, reached) == []


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "sight", [("de", SMALL, 1.0), ("de", USUAL, 2.0), (MIRRORED, USUAL, 1.0)], ids=str
)
def test_nothing_is_cut_on_a_small_screen_in_large_text_or_from_right_to_left(
    qapp: QApplication,  # noqa: ARG001 - before the window
    way: Callable[[Walk, Path], None],
    tmp_path: Path,
    sight: tuple[str, QSize, float],
) -> None:
    language, size, scale = sight
    with at(way, tmp_path, language=language, size=size, scale=scale) as walk:
        assert cut(walk.shown) == []
