"""The dress of Qt's own widgets: fields, lists, tables, menus, in the theme's colours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QScrollBar, QTableView

from ui.theme import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

SHEET = """
QLineEdit, QComboBox, QPlainTextEdit, QDateEdit {{
    background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 8px;
    padding: 7px 10px; selection-background-color: {accent}; selection-color: {on_accent};
}}
QLineEdit, QPlainTextEdit {{ placeholder-text-color: {quiet}; }}
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QDateEdit:focus {{
    border: 2px solid {text}; padding: 6px 9px;
}}
QPlainTextEdit:read-only {{ background: {sunken}; }}
QLineEdit:disabled, QComboBox:disabled {{ color: {quiet}; background: {sunken}; }}
QComboBox::drop-down {{ border: none; width: 24px; }}
QComboBox QAbstractItemView {{
    background: {surface}; color: {text}; border: 1px solid {edge}; outline: none;
    selection-background-color: {wash}; selection-color: {text};
}}
QListWidget {{
    background: {surface}; color: {text}; border: 1px solid {edge}; border-radius: 8px;
    padding: 4px;
}}
QListWidget:focus {{ border: 2px solid {text}; padding: 3px; }}
QListWidget::item {{ padding: 8px 10px; border-radius: 6px; }}
QListWidget::item:selected {{
    background: {wash}; color: {text}; border: 1px solid {chosen};
}}
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
QMenu {{ background: {surface}; color: {text}; border: 1px solid {edge}; padding: 6px; }}
QMenu::item {{ padding: 7px 24px 7px 28px; border-radius: 6px; }}
QMenu::item:selected {{ background: {wash}; color: {text}; border: 1px solid {chosen}; }}
QMenu::indicator {{ left: 8px; width: 12px; height: 12px; }}
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
BARS = SHEET[SHEET.index("QScrollBar:vertical") :]
MENUS = SHEET[SHEET.index("QMenu {{") : SHEET.index("QScrollBar:vertical")]
FIELDS = SHEET[: SHEET.index("QComboBox QAbstractItemView")]
CHOICES = SHEET[: SHEET.index("QListWidget {{")] + BARS
TABLES = SHEET[SHEET.index("QTableView {{") : SHEET.index("QMenu {{")] + BARS
"""Rules that stand for themselves: what wears them need not read all the others."""


def wear(widget: QWidget) -> None:
    """Dress one widget in the theme's present colours.

    Only those that need it: a style sheet for the whole program would make every page slow to
    build, because each widget is then looked up in it again and again.
    """
    roles = theme.roles
    names = (
        *("surface", "sunken", "text", "quiet", "hairline", "edge"),
        *("accent", "on_accent", "wash"),
    )
    colours = {name: getattr(roles, name) for name in names}
    chosen = roles.accent if theme.high_contrast else roles.wash  # there the wash is the page
    widget.setStyleSheet(_rules(widget).format(chosen=chosen, **colours))


def _rules(widget: QWidget) -> str:
    if isinstance(widget, QScrollBar):
        return BARS
    if isinstance(widget, QLineEdit):
        return FIELDS
    if isinstance(widget, QComboBox):
        return CHOICES
    if isinstance(widget, QTableView):
        return TABLES
    return MENUS if isinstance(widget, QMenu) else SHEET
