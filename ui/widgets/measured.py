"""How high text is at a width: measured once, because layouts ask for it again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QFontMetrics

MOST = 2000
"""So many measures are kept: several pages full; then all are taken anew."""
_known: dict[tuple[str, str, int, int, int], int] = {}


def text_height(text: str, font: QFont, metrics: QFontMetrics, width: int, flags: int) -> int:
    """Pixels that a text needs.

    Args:
        text: Plain text.
        font: In which it is written.
        metrics: Those of ``font`` on the screen at hand.
        width: Room for a line, in pixels.
        flags: Of ``Qt.TextFlag`` and ``Qt.AlignmentFlag``.
    """
    key = text, font.key(), metrics.height(), width, flags
    if key not in _known:
        if len(_known) >= MOST:
            _known.clear()
        _known[key] = metrics.boundingRect(0, 0, width, 10_000, flags, text).height()
    return _known[key]
