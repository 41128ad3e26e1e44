"""Contrast, accessible names and fit of every page."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel

from ui.theme import DARK, LIGHT, Roles, contrast, theme
from ui.widgets.choice import ChoiceCard
from ui.widgets.label import Elided

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.ui.conftest import Guide
    from ui.window import Window

TEXTS = ("text", "quiet", "accent", "met", "not_met", "open", "declared")
GROUNDS = ("page", "surface", "sunken", "wash")
FOCUSABLE = "focusable"
"""A field of Qt's own state that its type information leaves out."""
PAGES = ("welcome", "plan", "run", "questions", "result", "match", "share", "earlier", "compare")


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", GROUNDS)
@pytest.mark.parametrize("text", TEXTS)
def test_text_has_the_contrast_of_wcag_aa(roles: Roles, text: str, ground: str) -> None:
    assert contrast(getattr(roles, text), getattr(roles, ground)) >= 4.5


@pytest.mark.parametrize("roles", [LIGHT, DARK], ids=["light", "dark"])
def test_buttons_fields_and_meters_have_the_contrast_of_wcag_aa(roles: Roles) -> None:
    assert contrast(roles.on_accent, roles.accent) >= 4.5
    for ground in ("page", "surface", "sunken"):
        assert contrast(roles.edge, getattr(roles, ground)) >= 3
        assert contrast(roles.accent, getattr(roles, ground)) >= 3


def test_contrast_follows_wcag() -> None:
    """Black on white is 21:1 by definition; #777 on white is 4.48:1."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("page", PAGES)
def test_everything_that_takes_the_focus_has_a_name(guide: Guide, page: str) -> None:
    go_to(guide, page)
    root = QAccessible.queryAccessibleInterface(guide.window)
    nameless = [
        str(node.object())
        for node in walk(root)
        if getattr(node.state(), FOCUSABLE)
        and not named(node)
        and node.object() is not guide.window
    ]
    assert nameless == []


def settled(holds: Callable[[], bool]) -> None:
    """Let the layout come to rest: until something holds, or 5 s are over."""
    end = time.monotonic() + 5
    while not holds() and time.monotonic() < end:
        QTest.qWait(20)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
@pytest.mark.parametrize("page", PAGES)
def test_no_text_is_cut_at_any_font_size(guide: Guide, page: str, scale: float) -> None:
    """On a laptop of 910 x 512 logical pixels, with text up to twice its size."""
    before = theme.base.pointSizeF()
    theme.base.setPointSizeF(before * scale)
    try:
        guide.window.resize(QSize(910, 512))
        go_to(guide, page)
        guide.window.again()
        settled(lambda: not cut(guide.window))
        assert cut(guide.window) == []
    finally:
        theme.base.setPointSizeF(before)


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


def walk(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """A node and everything under it."""
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from walk(child)


def named(node: QAccessibleInterface) -> bool:
    """A name of its own or a label's."""
    return bool(node.text(QAccessible.Text.Name)) or any(
        relation[1] & QAccessible.RelationFlag.Label for relation in node.relations()
    )


def cut(window: Window) -> list[str]:
    """Texts that have less room than they need, and things that stick out of the window."""
    found = []
    shown: list[QLabel | QAbstractButton] = [*window.findChildren(QLabel)]
    shown += window.findChildren(QAbstractButton)
    for widget in shown:
        if not widget.isVisible() or not widget.text() or isinstance(widget, Elided):
            continue
        if isinstance(widget, QLabel) and widget.wordWrap():
            words = max(widget.text().split(), key=len, default="")
            needed = widget.fontMetrics().horizontalAdvance(words)
            high = widget.heightForWidth(widget.width())
            if widget.width() < needed or widget.height() < high - 1:
                found.append(f"{widget.text()!r}: {widget.size()}, needs {needed} x {high}")
        elif isinstance(widget, ChoiceCard):
            if widget.height() < widget.heightForWidth(widget.width()):
                found.append(f"{widget.text()!r}: too low")
        elif not widget.hasHeightForWidth() and widget.width() < widget.minimumSizeHint().width():
            found.append(f"{widget.text()!r}: {widget.width()} < {widget.minimumSizeHint()}")
        right = widget.mapTo(window, widget.rect().topRight()).x()
        if right > window.width():
            found.append(f"{widget.text()!r}: sticks out to {right} of {window.width()}")
    return found
