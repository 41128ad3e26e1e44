"""What assistive technology and the Tab key reach in a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QProgressBar,
    QScrollArea,
    QWidget,
)

from ui.widgets.strip import Strip

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QAccessibleInterface

FOCUSABLE = "focusable"
"""A field of Qt's own state that its type information leaves out."""
MOST = 200
"""A page on which Tab goes on for longer than this never comes round."""
ROLELESS = (QAccessible.Role.NoRole, QAccessible.Role.Client)


def tree(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    """A node and everything under it."""
    yield node
    for place in range(node.childCount()):
        child = node.child(place)
        if child is not None:
            yield from tree(child)


def named(node: QAccessibleInterface) -> bool:
    """A name of its own or a label's."""
    return bool(node.text(QAccessible.Text.Name)) or any(
        relation[1] & QAccessible.RelationFlag.Label for relation in node.relations()
    )


def nameless(shown: QWidget) -> list[str]:
    """What takes the focus and has no name or no role."""
    return [
        f"{node.object()}, {node.role()}"
        for node in tree(QAccessible.queryAccessibleInterface(shown))
        if getattr(node.state(), FOCUSABLE)
        and node.object() is not shown
        and (not named(node) or node.role() in ROLELESS)
    ]


def mute(shown: QWidget) -> list[str]:
    """Meters without a name or without a value within its ends."""
    found = []
    for meter in shown.findChildren(QProgressBar):
        if not meter.isVisible():
            continue
        seen = QAccessible.queryAccessibleInterface(meter)
        values = seen.valueInterface()
        if not seen.text(QAccessible.Text.Name):
            found.append(f"{meter}: no name")
        elif not values.minimumValue() <= values.currentValue() <= values.maximumValue():
            found.append(f"{meter}: {values.currentValue()}")
    return found


def tabbed(shown: QWidget) -> list[QWidget]:
    """What the Tab key goes through, once round."""
    shown.activateWindow()
    QApplication.processEvents()
    first = next((one for one in _stops(shown)), None)
    if first is None:
        return []
    first.setFocus(Qt.FocusReason.TabFocusReason)
    round_: list[QWidget] = []
    focused = shown.focusWidget()
    while focused not in round_ and len(round_) < MOST:
        round_.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
        focused = shown.focusWidget()
    return round_


def after(one: QWidget) -> QWidget | None:
    """Where the Tab key leads from here."""
    one.window().activateWindow()
    one.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(one, Qt.Key.Key_Tab)
    return one.window().focusWidget()


def unreached(shown: QWidget, reached: list[QWidget]) -> list[str]:
    """What takes the focus and cannot be reached by Tab, or by arrows from what can."""
    groups = {id(_group(one)) for one in reached if _group(one) is not None}
    return [
        _called(one)
        for one in _stops(shown)
        if one not in reached and (_group(one) is None or id(_group(one)) not in groups)
    ]


def out_of_order(shown: QWidget, reached: list[QWidget]) -> list[str]:
    """Steps of the Tab key that go back: up, or towards where reading begins, in one line."""
    areas = [_area(one, shown) for one in reached]
    found = []
    for place in range(1, len(reached)):
        one, other = areas[place - 1], areas[place]
        back = other.right() <= one.left()
        if shown.isRightToLeft():
            back = one.right() <= other.left()
        above = other.bottom() <= one.top()
        level = other.top() < one.bottom() and one.top() < other.bottom()
        beside = other.left() > one.right() or other.right() < one.left()
        foot = isinstance(reached[place].parentWidget(), Strip)
        if not foot and ((above and not beside) or (level and back) or (above and back)):
            found.append(f"{_called(reached[place - 1])} -> {_called(reached[place])}")
    return found


def _area(one: QWidget, shown: QWidget) -> QRect:
    """Where it stands before anything is scrolled."""
    down = 0
    above = one.parentWidget()
    while above is not None and above is not shown:
        if isinstance(above, QScrollArea):
            down += above.verticalScrollBar().value()
        above = above.parentWidget()
    return QRect(one.mapTo(shown, QPoint(0, down)), one.size())


def _stops(shown: QWidget) -> list[QWidget]:
    return [
        one
        for one in shown.findChildren(QWidget)
        if one.isVisible()
        and one.isEnabled()
        and one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and one.window() is shown
        and one.focusProxy() is None
    ]


def _group(one: QWidget) -> object | None:
    """What a radio button belongs to: arrows move within it."""
    if not isinstance(one, QAbstractButton) or not one.autoExclusive():
        return None
    group: object | None = one.group()
    return group if group is not None else one.parentWidget()


def _called(one: QWidget) -> str:
    said = one.text() if isinstance(one, QAbstractButton) else one.accessibleName()
    return f"{type(one).__name__} {one.objectName()} {said[:40]!r}"


def stray_windows(window: QWidget) -> list[str]:
    """What is a window to assistive technology, and neither the window nor one of its dialogs."""
    popups = (Qt.WindowType.Popup, Qt.WindowType.ToolTip)
    return [
        f"{type(one).__name__} {one.objectName()}"
        for one in QApplication.topLevelWidgets()
        if one.windowType() not in popups and not isinstance(one, (QDialog, type(window)))
    ]
