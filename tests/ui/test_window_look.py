"""Contrast, accessible names and fit of every page."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel

from tests.ui.seen import cut
from tests.ui.stations import stations
from tests.ui.walk import SMALL, opened
from ui.theme import DARK, LIGHT, Roles, contrast, contrast_roles, theme

if TYPE_CHECKING:
    from pathlib import Path

    from tests.ui.conftest import Guide

TEXTS = ("text", "quiet", "accent", "met", "not_met", "open", "declared")
GROUNDS = ("page", "surface", "sunken", "wash")


def _high(window: str, text: str, highlight: str) -> Roles:
    """The roles that follow a system's high-contrast palette."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Window, QColor(window))
    palette.setColor(QPalette.ColorRole.WindowText, QColor(text))
    palette.setColor(QPalette.ColorRole.Highlight, QColor(highlight))
    return contrast_roles(palette)


# The four contrast themes of Windows 11: Aquatic, Desert, Dusk, Night sky.
DRESSES = {
    "light": LIGHT,
    "dark": DARK,
    "aquatic": _high("#202020", "#FFFFFF", "#8EE3F0"),
    "desert": _high("#FFFAEF", "#3D3D3D", "#903909"),
    "dusk": _high("#2D3236", "#FFFFFF", "#A1BFDE"),
    "night-sky": _high("#000000", "#FFFFFF", "#D6B4FD"),
    "highlight too faint": _high("#FFFFFF", "#000000", "#EEEEEE"),
}
DRESSED = pytest.mark.parametrize("roles", DRESSES.values(), ids=DRESSES.keys())


@DRESSED
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_has_the_contrast_of_wcag_aa(roles: Roles, text: str, ground: str) -> None:
    assert contrast(getattr(roles, text), getattr(roles, ground)) >= 4.5


@DRESSED
def test_text_on_a_filled_button_has_the_contrast_of_wcag_aa(roles: Roles) -> None:
    assert contrast(roles.on_accent, roles.accent) >= 4.5


@DRESSED
@pytest.mark.parametrize("drawn", ["edge", "accent", "text", "met", "not_met", "open", "declared"])
def test_edges_symbols_meters_and_the_focus_ring_have_the_contrast_of_wcag(
    roles: Roles, drawn: str
) -> None:
    for ground in GROUNDS:
        if drawn == "edge" and ground == "wash":
            continue  # nothing with an edge of that colour stands on it
        assert contrast(getattr(roles, drawn), getattr(roles, ground)) >= 3


def test_contrast_follows_wcag() -> None:
    """Black on white is 21:1 by definition; #777 on white is 4.48:1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.timeout(420)
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_no_text_is_cut_at_any_font_size(qapp: QApplication, tmp_path: Path, scale: float) -> None:
    """On a laptop of 910 x 512 logical pixels, with text up to twice its size, in German."""
    assert qapp is not None
    with opened(tmp_path, language="de", size=SMALL, scale=scale) as walk:
        found = {station.name: cut(walk.shown) for station in stations(walk)}
    assert {name: faults for name, faults in found.items() if faults} == {}


def test_foreign_text_is_never_markup(guide: Guide) -> None:
    for page in ("result", "match"):
        go_to(guide, page)
        for label in guide.window.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("appearance", ["dark", "contrast"])
def test_every_appearance_can_be_chosen(guide: Guide, appearance: str) -> None:
    from ui.theme import Appearance

    guide.window.look(Appearance(appearance))
    guide.qtbot.wait(20)
    assert guide.window.name == "welcome"
    roles = theme.roles
    assert contrast(roles.text, roles.page) >= 4.5


def go_to(guide: Guide, page: str) -> None:
    """Walk to a page as a person would."""
    if page in ("result", "match") and guide.window.name == "result":
        pass
    elif page == "plan":
        guide.to_plan()
    elif page == "run":
        guide.to_run()
        guide.qtbot.waitUntil(guide.asked, timeout=20_000)
    elif page == "questions":
        guide.to_questions()
    elif page in ("result", "match"):
        guide.to_result()
    elif page == "share":
        guide.to_result()
        guide.press("save-report")
        guide.qtbot.waitUntil(lambda: guide.journey.sharing.draft is not None, timeout=20_000)
    elif page == "earlier":
        guide.journey.look_back()
        guide.qtbot.wait(200)
    elif page == "compare":
        guide.to_result()
        guide.compare_with_another()
    if page == "match":
        guide.press("match")
    guide.wait(page)
    QApplication.processEvents()
