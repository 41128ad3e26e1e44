"""Draws a picture (SVG) as a square PNG: ``python draw.py PICTURE SIZE FILE``."""

from __future__ import annotations

import os
import sys

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

picture, size, target = sys.argv[1], int(sys.argv[2]), sys.argv[3]
app = QGuiApplication([])
image = QImage(size, size, QImage.Format.Format_ARGB32)
image.fill(0)
painter = QPainter(image)
QSvgRenderer(picture).render(painter)
painter.end()
sys.exit(0 if image.save(target) else 1)
