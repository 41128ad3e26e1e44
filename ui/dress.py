"""The dress of Qt's own widgets: fields, lists, tables, menus, in the theme's colours."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QLineEdit,
    QListWidget,
    QMenu,
    QPlainTextEdit,
    QScrollBar,
    QTableView,
    QWidget,
)

from ui.theme import theme

if TYPE_CHECKING:
    from ui.theme import Roles

FIELD = """
@ {{
    background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 8px;
    padding: 7px 10px; selection-background-color: {accent}; selection-color: {on_accent};
}}
@:focus {{ border: 2px solid {text}; padding: 6px 9px; }}
"""
LINES = """
QLineEdit {{ placeholder-text-color: {quiet}; }}
QLineEdit:disabled {{ color: {quiet}; background: {sunken}; }}
"""
AREAS = """
QPlainTextEdit {{ placeholder-text-color: {quiet}; }}
QPlainTextEdit:read-only {{ background: {sunken}; }}
"""
CHOICES = """
QComboBox:disabled {{ color: {quiet}; background: {sunken}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{
    background: {surface}; color: {text}; border: 1px solid {edge}; outline: none;
    selection-background-color: {wash}; selection-color: {text};
}}
"""
LISTS = """
QListWidget {{
    background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 8px;
    padding: 4px;
}}
QListWidget:focus {{ border: 2px solid {text}; padding: 3px; }}
QListWidget::item {{ padding: 8px 10px; border-radius: 6px; }}
QListWidget::item:selected {{
    background: {wash}; color: {text}; border: 1px solid {chosen};
}}
"""
TABLES = """
QTableView {{
    background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 8px;
    selection-background-color: {wash}; selection-color: {text}; outline: none;
}}
QTableView:focus {{ border: 2px solid {text}; }}
QTableView::item {{ padding: 0 8px; border-bottom: 1px solid {hairline}; }}
QTableView::item:selected {{ background: {wash}; color: {text}; }}
QTableView::item:focus {{ border: 1px solid {text}; }}
QHeaderView {{ background: {sunken}; border: none; }}
QHeaderView::section {{
    background: {sunken}; color: {text}; border: none; border-bottom: 1px solid {edge};
    padding: 7px 8px;
}}
"""
MENUS = """
QMenu {{ background: {surface}; color: {text}; border: 1px solid {edge}; padding: 6px; }}
QMenu::item {{ padding: 7px 24px 7px 28px; border-radius: 6px; }}
QMenu::item:selected {{ background: {wash}; color: {text}; border: 1px solid {chosen}; }}
QMenu::indicator {{ left: 8px; width: 12px; height: 12px; }}
"""
BARS = """
QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {edge}; border-radius: 3px; min-height: 40px; margin: 3px;
}}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle:horizontal {{
    background: {edge}; border-radius: 3px; min-width: 40px; margin: 3px;
}}
QScrollBar::add-line, QScrollBar::sub-line {{ height: 0; width: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""
_LINE = FIELD.replace("@", "QLineEdit") + LINES
RULES: tuple[tuple[type[QWidget], str], ...] = (
    (QScrollBar, BARS),
    (QLineEdit, _LINE),
    (QMenu, MENUS),
    (QComboBox, FIELD.replace("@", "QComboBox") + CHOICES + BARS),
    (QDateEdit, FIELD.replace("@", "QDateEdit") + _LINE + MENUS),
    (QPlainTextEdit, FIELD.replace("@", "QPlainTextEdit") + AREAS + MENUS + BARS),
    (QListWidget, LISTS + BARS),
    (QTableView, TABLES + BARS),
)
"""What each kind wears, and no more: Qt reads it anew for each widget, and looks through all of it
for the widget and for whatever it consists of."""


def wear(widget: QWidget) -> None:
    """Dress one widget in the theme's present colours.

    Only those that need it: a style sheet for the whole program would make every page slow to
    build, because each widget is then looked up in it again and again.
    """
    rules = next(rules for kind, rules in RULES if isinstance(widget, kind))
    widget.setStyleSheet(_in_colours(rules, theme.roles, high_contrast=theme.high_contrast))


@cache
def _in_colours(rules: str, roles: Roles, *, high_contrast: bool) -> str:
    chosen = roles.accent if high_contrast else roles.wash  # there the wash is the page
    return rules.format(chosen=chosen, **asdict(roles))
