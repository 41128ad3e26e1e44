"""Colours as roles with checked contrast, type that grows with the system's font, the rhythm."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontInfo, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ui.wishes import wants_contrast, wants_stillness

FONTS = Path(__file__).resolve().parent.parent / "resources" / "fonts"
STEP = 8
"""Everything is set at multiples of this many pixels."""
CARD_CORNER = 14
BUTTON_CORNER = 10
RING = 2
"""Width of the focus ring, and of the gap between it and what it surrounds."""


class Appearance(StrEnum):
    """How the windows look."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, kw_only=True)
class Roles:
    """One colour per purpose, as ``#rrggbb``; ``on_accent`` is text on a filled button."""

    page: str
    surface: str
    sunken: str
    text: str
    quiet: str
    hairline: str
    edge: str
    accent: str
    on_accent: str
    wash: str
    met: str
    not_met: str
    open: str
    declared: str


LIGHT = Roles(
    page="#F5F6F3",
    surface="#FFFFFF",
    sunken="#EDF0EC",
    text="#18221F",
    quiet="#4C5A54",
    hairline="#D8DEDA",
    edge="#7B8982",
    accent="#0B6B5B",
    on_accent="#FFFFFF",
    wash="#E2F0EC",
    met="#1B7434",
    not_met="#B3261E",
    open="#845400",
    declared="#5A4A9C",
)
DARK = Roles(
    page="#121816",
    surface="#1B2320",
    sunken="#232C29",
    text="#E8EFEC",
    quiet="#A7B6AF",
    hairline="#32403A",
    edge="#7C8C84",
    accent="#4FC4AE",
    on_accent="#08201B",
    wash="#17332D",
    met="#70D18E",
    not_met="#FF9B92",
    open="#F1C15B",
    declared="#B9AEF3",
)


class Size(StrEnum):
    """Steps of type; each is a share of the system's font size."""

    CAPTION = "caption"
    BODY = "body"
    LEAD = "lead"
    SECTION = "section"
    HEADLINE = "headline"
    FIGURE = "figure"


_BODY = 1.15
_SHARES = {
    Size.CAPTION: _BODY * 13 / 15,
    Size.BODY: _BODY,
    Size.LEAD: _BODY * 17 / 15,
    Size.SECTION: _BODY * 20 / 15,
    Size.HEADLINE: _BODY * 29 / 15,
    Size.FIGURE: _BODY * 44 / 15,
}
_PLAIN_FAMILIES = ("DejaVu Sans", "Sans Serif", "Bitstream Vera Sans", "Helvetica", "fixed", "")
"""What a system without a chosen interface font falls back to; Inter reads better."""


def contrast_roles(palette: QPalette) -> Roles:
    """High contrast: the system's own colours; verdicts are told by word and symbol."""
    text = palette.color(QPalette.ColorRole.WindowText).name()
    page = palette.color(QPalette.ColorRole.Window).name()
    accent = palette.color(QPalette.ColorRole.Highlight).name()
    return Roles(
        page=page,
        surface=page,
        sunken=page,
        text=text,
        quiet=text,
        hairline=text,
        edge=text,
        accent=accent if contrast(accent, page) >= 4.5 else text,  # noqa: PLR2004 - WCAG AA
        on_accent=page,
        wash=page,
        met=text,
        not_met=text,
        open=text,
        declared=text,
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours, 1 to 21, after WCAG 2.2."""
    light, dark = sorted((_luminance(QColor(one)), _luminance(QColor(other))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    """Relative luminance of an sRGB colour, 0 to 1, after WCAG 2.2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB

    return (
        0.2126 * linear(colour.redF())
        + 0.7152 * linear(colour.greenF())
        + 0.0722 * linear(colour.blueF())
    )


def load_font(path: Path) -> bool:
    """Let the application use a font out of a file; returns whether that went well.

    Read here and not by Qt: on Windows its off-screen plug-in opens files by a name in the system's
    code page, which has no letters for some people's folders.
    """
    return QFontDatabase.addApplicationFontFromData(path.read_bytes()) >= 0


class Theme:
    """The colours and fonts in use. Widgets ask for them whenever they paint."""

    def __init__(self) -> None:
        self.roles = LIGHT
        self.system_palette: QPalette | None = None
        self.base = QFont()
        self.high_contrast = False
        self.moves = True
        """Whether something may move on the screen."""
        self._font_chosen = False
        self._fonts: dict[tuple[Size, bool, float, str], QFont] = {}

    def colour(self, role: str) -> QColor:
        """The colour of a role: ``theme.colour("accent")``."""
        return QColor(getattr(self.roles, role))

    def ink(self, role: str) -> QPalette:
        """A palette that colours text in the colour of a role and leaves the rest as it is."""
        return QPalette(_ink(getattr(self.roles, role)))

    def font(self, size: Size = Size.BODY, *, bold: bool = False) -> QFont:
        """A font of that step, derived from the system's size."""
        kind = size, bold, self.base.pointSizeF(), self.base.family()
        if kind not in self._fonts:
            self._fonts[kind] = self._derived(size, bold=bold)
        return QFont(self._fonts[kind])

    def _derived(self, size: Size, *, bold: bool) -> QFont:
        font = QFont(self.base)
        font.setPointSizeF(max(6.0, self.base.pointSizeF() * _SHARES[size]))
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        if size in (Size.HEADLINE, Size.FIGURE):
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
        return font

    def choose_font(self) -> None:
        """Take the system's font, or Inter where the system has none of its own choosing. Once."""
        if self._font_chosen:
            return
        self._font_chosen = True
        self.base = QFont(QApplication.font())
        if self.base.pointSizeF() <= 0:
            self.base.setPointSizeF(10)
        if QFontInfo(self.base).family() in _PLAIN_FAMILIES:
            for name in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
                load_font(FONTS / name)
            if "Inter" in QFontDatabase.families():
                self.base.setFamily("Inter")

    def apply(self, appearance: Appearance, palette: QPalette | None = None) -> None:
        """Set the application's colours and font, after what the system wishes just now.

        Args:
            appearance: What the person has chosen.
            palette: The system's colours; none: ask for them.
        """
        if palette is None:
            QApplication.setPalette(QPalette())  # ours would be told instead of the system's
            palette = QGuiApplication.palette()
        self.system_palette = QPalette(palette)
        hints = QGuiApplication.styleHints()  # kept: some versions lose what it returns otherwise
        self.moves = not wants_stillness(hints)
        self.high_contrast = appearance is Appearance.CONTRAST or (
            appearance is Appearance.SYSTEM and wants_contrast(hints)
        )
        if self.high_contrast:
            self.roles = contrast_roles(self.system_palette)
        elif appearance is Appearance.DARK or (
            appearance is Appearance.SYSTEM and self._system_is_dark()
        ):
            self.roles = DARK
        else:
            self.roles = LIGHT
        QApplication.setPalette(_palette(self.roles))
        QApplication.setFont(self.font())

    def _system_is_dark(self) -> bool:
        from PySide6.QtCore import Qt

        hints = QGuiApplication.styleHints()  # kept: some versions lose what it returns otherwise
        scheme = hints.colorScheme()
        if scheme is Qt.ColorScheme.Unknown and self.system_palette is not None:
            return _luminance(self.system_palette.color(QPalette.ColorRole.Window)) < 0.2  # noqa: PLR2004 - dark
        return bool(scheme is Qt.ColorScheme.Dark)


@cache
def _ink(colour: str) -> QPalette:
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.WindowText, QColor(colour))
    return palette


def tabular(font: QFont) -> QFont:
    """The font with figures of equal width, so that a changing number does not dance."""
    if hasattr(font, "setFeature"):
        font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _palette(roles: Roles) -> QPalette:
    palette = QPalette()
    groups = {
        QPalette.ColorRole.Window: roles.page,
        QPalette.ColorRole.WindowText: roles.text,
        QPalette.ColorRole.Base: roles.surface,
        QPalette.ColorRole.AlternateBase: roles.sunken,
        QPalette.ColorRole.Text: roles.text,
        QPalette.ColorRole.PlaceholderText: roles.quiet,
        QPalette.ColorRole.Button: roles.surface,
        QPalette.ColorRole.ButtonText: roles.text,
        QPalette.ColorRole.Highlight: roles.accent,
        QPalette.ColorRole.HighlightedText: roles.on_accent,
        QPalette.ColorRole.Link: roles.accent,
        QPalette.ColorRole.ToolTipBase: roles.surface,
        QPalette.ColorRole.ToolTipText: roles.text,
        QPalette.ColorRole.Accent: roles.accent,
        QPalette.ColorRole.Mid: roles.hairline,
        QPalette.ColorRole.Light: roles.surface,
        QPalette.ColorRole.Dark: roles.edge,
    }
    for role, colour in groups.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.ButtonText, QPalette.ColorRole.Text):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(roles.quiet))
    return palette


theme = Theme()
"""The one theme of the program."""
