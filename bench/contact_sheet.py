"""Renders every page of the window in every dress onto contact sheets.

    python -m bench.contact_sheet [FOLDER] [--only light,de] [--whole]

One sheet for light, dark and high contrast, each language, the pseudo-language, right to left, text
at twice its size, and a small screen. ``--whole`` shows every station of the walk at full size, for
looking closely; without it the sheets hold the chosen ones, small enough for the repository.
"""

from __future__ import annotations

import argparse
import dataclasses
import os
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPalette

from readiness.locale import languages
from readiness.pseudo import LONG, MIRRORED
from tests.ui.stations import stations
from tests.ui.walk import SMALL, USUAL, opened
from ui.theme import Appearance, theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
COLUMNS = 4
SHOWN = 0.4
"""How big a page is on a sheet, of its own size."""
GAP, LABEL = 12, 22
COLOURS = 40
"""Beside those of the theme; flat pictures need no more, and the files stay small."""
GROUND, INK = "#8A918D", "#0E1513"


@dataclass(frozen=True, kw_only=True)
class Dress:
    """How the window looks on one sheet."""

    name: str
    language: str = "en"
    appearance: Appearance = Appearance.LIGHT
    size: QSize = USUAL
    scale: float = 1.0


def dresses() -> Iterator[Dress]:
    """Every sheet; languages are those whose catalogues are there."""
    yield Dress(name="light")
    yield Dress(name="dark", appearance=Appearance.DARK)
    yield Dress(name="contrast", appearance=Appearance.CONTRAST)
    for tag in languages():
        if tag != "en":
            yield Dress(name=tag, language=tag)
    yield Dress(name="pseudo", language=LONG)
    yield Dress(name="right-to-left", language=MIRRORED)
    yield Dress(name="text-200", scale=2.0)
    yield Dress(name="910x512", size=SMALL, language="de")


def photographed(dress: Dress, *, whole: bool) -> list[tuple[str, QImage]]:
    """A picture of each station, with its name."""
    with (
        tempfile.TemporaryDirectory() as home,
        opened(
            Path(home),
            language=dress.language,
            appearance=dress.appearance,
            size=dress.size,
            scale=dress.scale,
        ) as walk,
    ):
        if dress.appearance is Appearance.CONTRAST:
            _use_contrast(walk.window.again)
        return [
            (station.name, walk.shown.grab().toImage())
            for station in stations(walk, pictured=not whole)
        ]


def _use_contrast(again: Callable[[], None]) -> None:
    """A palette as systems offer it: white and yellow on black."""
    palette = QPalette()
    for role, colour in (
        (QPalette.ColorRole.Window, "#000000"),
        (QPalette.ColorRole.WindowText, "#FFFFFF"),
        (QPalette.ColorRole.Highlight, "#FFEE32"),
        (QPalette.ColorRole.HighlightedText, "#000000"),
    ):
        palette.setColor(role, QColor(colour))
    theme.apply(Appearance.CONTRAST, palette)
    again()


def sheet(pictures: Sequence[tuple[str, QImage]], *, shown: float) -> QImage:
    """All pictures in rows, each under its name."""
    small = [
        (
            name,
            one.scaledToWidth(
                round(one.width() * shown), Qt.TransformationMode.SmoothTransformation
            ),
        )
        for name, one in pictures
    ]
    wide = max(one.width() for _, one in small)
    rows = [small[first : first + COLUMNS] for first in range(0, len(small), COLUMNS)]
    heights = [max(one.height() for _, one in row) + LABEL + GAP for row in rows]
    whole = QImage(COLUMNS * (wide + GAP) + GAP, sum(heights) + GAP, QImage.Format.Format_RGB32)
    whole.fill(QColor(GROUND))
    painter = QPainter(whole)
    font = QFont(theme.base)
    font.setPixelSize(13)
    painter.setFont(font)
    painter.setPen(QColor(INK))
    top = GAP
    for row, high in zip(rows, heights, strict=True):
        for place, (name, one) in enumerate(row):
            left = GAP + place * (wide + GAP)
            painter.drawText(QRectF(left, top, wide, LABEL), name)
            painter.drawImage(left, top + LABEL, one)
        top += high
    painter.end()
    return whole


def save(picture: QImage, path: Path) -> None:
    """Write a small PNG: the colours that occur most, each other pixel in the nearest of them."""
    wide, high = picture.width(), picture.height()
    raw = np.frombuffer(bytes(picture.constBits()), np.uint8).reshape(high, picture.bytesPerLine())
    pixels = raw[:, : 4 * wide].reshape(-1, 4)[:, 2::-1].astype(np.int32)
    coarse = pixels // 8
    keys = (coarse[:, 0] << 10) | (coarse[:, 1] << 5) | coarse[:, 2]
    found, first, times = np.unique(keys, return_index=True, return_counts=True)
    most = np.argsort(times)[::-1][:COLOURS]
    roles = [QColor(colour) for colour in dataclasses.astuple(theme.roles)]
    named = [(one.red(), one.green(), one.blue()) for one in roles]
    palette = np.vstack([np.array(named, np.int32), pixels[first[most]]])
    apart = ((pixels[first][:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    nearest = np.zeros(1 << 15, np.uint8)
    nearest[found] = apart.argmin(axis=1)
    flat = np.ascontiguousarray(nearest[keys].reshape(high, wide))
    indexed = QImage(flat.data, wide, high, wide, QImage.Format.Format_Indexed8)
    indexed.setColorTable([0xFF << 24 | r << 16 | g << 8 | b for r, g, b in palette.tolist()])
    indexed.save(str(path), quality=0)
    print(f"{path}: {path.stat().st_size / 1e3:.0f} kB")


def asked() -> argparse.Namespace:
    """What the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "images")
    parser.add_argument("--only", default="", help="names of sheets, with commas")
    parser.add_argument("--whole", action="store_true", help="every station, at full size")
    return parser.parse_args()


def main() -> int:
    """Write the sheets."""
    wanted = asked()
    wanted.folder.mkdir(parents=True, exist_ok=True)
    only = set(filter(None, wanted.only.split(",")))
    for dress in dresses():
        if only and dress.name not in only:
            continue
        pictures = photographed(dress, whole=wanted.whole)
        if wanted.whole:
            for place, (name, one) in enumerate(pictures):
                file = f"{dress.name}-{place:02}-{name.replace(', ', '-').replace(' ', '-')}.png"
                one.save(str(wanted.folder / file))
        else:
            theme.apply(dress.appearance)  # whose colours the file keeps
            save(sheet(pictures, shown=SHOWN), wanted.folder / f"sheet-{dress.name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main())
