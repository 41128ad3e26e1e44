"""Words, numbers, units and dates in the reader's language. The only place that knows gettext.

Languages are found by their catalogues under ``resources/locale``; English is the source text.
Babel is imported only when a number or date is shown, because it costs some 40 ms.
"""

from __future__ import annotations

import gettext
import locale as system_locale
import os
from datetime import time as clock_time
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from readiness.model.text import N_
from readiness.pseudo import MIRRORED, PSEUDO, PseudoCatalogue

if TYPE_CHECKING:
    from datetime import date as calendar_day
    from datetime import datetime

    from babel.core import Locale
    from babel.numbers import NumberPattern

    from readiness.model.text import LocalText

DOMAIN = "readiness"
RESOURCES = Path(__file__).resolve().parent.parent / "resources"
FIRST_STRONG_ISOLATE = "\u2068"
POP_ISOLATE = "\u2069"
NARROW_NO_BREAK_SPACE = "\u202f"
DAY_MIN = 24 * 60
RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", MIRRORED})
NO_UNIT = "-"
"""As in ``model.measurement``, which is not imported here: the window must paint fast."""

UNIT_WORDS = {
    # Translators: the unit of length, as in "at least 17 inch"
    "in": N_("inch"),
    # Translators: small pieces of data; as in "at most 3 packets"
    "packets": N_("packets"),
    # Translators: typing speed, as in "38 words/min"; a word is five characters
    "words/min": N_("words/min"),
}
"""Units that have a word instead of a sign."""


@cache
def languages() -> tuple[str, ...]:
    """The languages that the product speaks, English first."""
    found = sorted(path.parent.parent.name for path in RESOURCES.glob("locale/*/LC_MESSAGES/*.po"))
    return ("en", *(name for name in found if name != "en"))


def preferred_language() -> str:
    """The person's language as the system states it, if the product speaks it; else English."""
    stated = [os.environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    stated.append(system_locale.getlocale()[0] or "")
    for tag in stated:
        name = tag.replace("-", "_").split(".")[0].split("_")[0].lower()
        name = _WINDOWS_NAMES.get(name, name)
        if name in languages():
            return name
    return "en"


_WINDOWS_NAMES = {"english": "en", "german": "de", "spanish": "es"}


class Reader:
    """Puts things into words for one reader.

    Args:
        language: A tag out of :func:`languages`, or a pseudo-language for tests; anything else
            reads English.

    Attributes:
        right_to_left: Whether the language is read from right to left.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in (*languages(), *PSEUDO) else "en"
        self.right_to_left = self.language in RIGHT_TO_LEFT
        self._catalogue = _catalogue(self.language)
        self._forms = "en" if self.language in PSEUDO else self.language
        """Whose forms of numbers and dates are used."""

    def text(self, source: str, /, **values: object) -> str:
        """Translate ``source`` and fill its ``{placeholders}``, each isolated for right-to-left."""
        translated = self._catalogue.gettext(source) if source else ""
        return translated.format(**{k: self._isolate(str(v)) for k, v in values.items()})

    def plural(self, one: str, many: str, n: int, /, **values: object) -> str:
        """Like :meth:`text`, choosing the form for ``n``; ``{n}`` is the number."""
        translated = self._catalogue.ngettext(one, many, n)
        shown = {"n": self.number(n), **values}
        return translated.format(**{k: self._isolate(str(v)) for k, v in shown.items()})

    def _isolate(self, text: str) -> str:
        """Keep a value's own order: always within a language that is read from right to left."""
        return isolate(text, always=self.right_to_left)

    def local(self, text: LocalText) -> str:
        """Pick the reader's language out of text that came with data, else English, else any."""
        found = text.get(self.language) or text.get("en") or next(iter(text.values()), "")
        return self._catalogue.gettext(found) if self.language in PSEUDO and found else found

    def number(self, value: float, resolution: float = 1) -> str:
        """Write a number to the given resolution: ``0.1`` shows one decimal."""
        decimals = 0
        while resolution < 0.999 and decimals < 4:  # noqa: PLR2004 - four decimals at most
            resolution *= 10
            decimals += 1
        return _written(value, decimals, self._forms)

    def quantity(self, value: float, unit: str, resolution: float = 1) -> str:
        """A number with its unit, kept together on one line."""
        number = self.number(value, resolution)
        if unit == NO_UNIT:
            return number
        if unit == "packets" and value == int(value):
            # Translators: packets are small pieces of data; as in "at most 3 packets"
            return self._isolate(self.plural("{n} packet", "{n} packets", int(value)))
        return self._isolate(f"{number}{NARROW_NO_BREAK_SPACE}{self.unit(unit)}")

    def unit(self, unit: str) -> str:
        """The unit's sign; signs of SI and IEC units are the same in every language here."""
        return "" if unit == NO_UNIT else self.text(UNIT_WORDS.get(unit, "")) or unit

    def date(self, moment: datetime) -> str:
        """Day and time in this computer's time zone, e.g. ``23 Nov 2026, 14:05``."""
        from babel.dates import format_date, format_time, get_datetime_format

        here = moment.astimezone()
        day = format_date(here, "medium", locale=_forms_of(self._forms))
        time = format_time(here, "short", locale=_forms_of(self._forms))
        joined = str(get_datetime_format("medium", locale=_forms_of(self._forms)))
        return joined.replace("{1}", day).replace("{0}", time)

    def day(self, day: calendar_day) -> str:
        """A calendar day, e.g. ``23 Nov 2026``."""
        from babel.dates import format_date

        return str(format_date(day, "medium", locale=_forms_of(self._forms)))

    def weekday(self, day: int, *, short: bool = False) -> str:
        """Name of a day of the week, 0 for Monday; ``short`` as it stands in a calendar."""
        from babel.dates import get_day_names

        return str(
            get_day_names(
                "abbreviated" if short else "wide",
                context="stand-alone",
                locale=_forms_of(self._forms),
            )[day]
        )

    def first_weekday(self) -> int:
        """The day with which weeks begin where most speakers of the language live, 0 for Monday."""
        return _first_weekday(self._forms)

    def clock(self, minute: int, *, brief: bool = False) -> str:
        """A time of day out of minutes after midnight: ``14:05``; the day's end is ``24:00``.

        ``brief``: full hours without minutes where they are told by AM and PM.
        """
        from babel.dates import format_time

        if brief and minute % 60 == 0 and self._halves_days():
            return self.hour(minute // 60)
        if minute == DAY_MIN and not self._halves_days():
            return "24:00"
        moment = clock_time(minute // 60 % 24, minute % 60)
        return str(format_time(moment, "short", locale=_forms_of(self._forms)))

    def hour(self, hour: int) -> str:
        """A full hour as short as it can be, 0 to 24: ``9`` or ``9 AM``."""
        from babel.dates import format_skeleton

        if not self._halves_days():
            return str(hour)
        return str(format_skeleton("h", clock_time(hour % 24), locale=_forms_of(self._forms)))

    def _halves_days(self) -> bool:
        """Whether the language counts hours to twelve."""
        return "a" in _forms_of(self._forms).time_formats["short"].pattern


def isolate(text: str, *, always: bool = False) -> str:
    """Wrap in U+2068 and U+2069 if it holds right-to-left letters or stands between such ones.

    Pure left-to-right text in a left-to-right language needs none; isolates are invisible but
    disturb searching, so they are added only where a strong right-to-left letter occurs.

    Args:
        text: A value, as it is shown.
        always: It stands in a language that is read from right to left.
    """
    if always and text:
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    if text.isascii():
        return text
    if any("\u0590" <= char <= "\u08ff" or "\ufb1d" <= char <= "\ufefc" for char in text):
        return f"{FIRST_STRONG_ISOLATE}{text}{POP_ISOLATE}"
    return text


def _written(value: float, decimals: int, language: str) -> str:
    if isinstance(value, int):
        return _whole(value, decimals, language)
    return _formed(value, decimals, language)


@lru_cache(maxsize=1000)
def _whole(value: int, decimals: int, language: str) -> str:
    """Whole numbers are few: seconds, minutes, counts; writing one takes 0.2 ms."""
    return _formed(value, decimals, language)


def _formed(value: float, decimals: int, language: str) -> str:
    from babel.numbers import format_decimal

    pattern, locale = _number_form(decimals, language)
    return str(format_decimal(value, format=pattern, locale=locale))


@cache
def _number_form(decimals: int, language: str) -> tuple[NumberPattern, Locale]:
    """How numbers are written; reading both anew for each number takes longer than writing it."""
    from babel.numbers import parse_pattern

    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    return parse_pattern(pattern), _forms_of(language)


@cache
def _forms_of(language: str) -> Locale:
    """The language's forms of numbers, dates and times, looked up once."""
    from babel.core import Locale

    return Locale.parse(language)


@cache
def _first_weekday(language: str) -> int:
    from babel.core import get_global

    likely = get_global("likely_subtags").get(language, language)
    return int(_forms_of(likely).first_week_day)


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    if language == "en":
        return gettext.NullTranslations()
    if language in PSEUDO:
        return PseudoCatalogue(language)
    return _compiled(RESOURCES / "locale" / language / "LC_MESSAGES" / f"{DOMAIN}.po")


def _compiled(po: Path) -> gettext.NullTranslations:
    """Read the compiled catalogue beside ``po``; compile it in memory if it is missing or old."""
    mo = po.with_suffix(".mo")
    try:
        fresh = mo.stat().st_mtime >= po.stat().st_mtime
    except FileNotFoundError:
        fresh = False
    if fresh:
        with mo.open("rb") as stream:
            return gettext.GNUTranslations(stream)
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with po.open("rb") as text:
        write_mo(compiled, read_po(text))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
