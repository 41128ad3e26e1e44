"""Languages that nobody speaks: English made long and strange, to see what a translation will meet.

``qps-ploc`` doubles and accents every vowel, so that texts grow by some 40 %, and sets each message
between « and »: what shows plain vowels is not translated, what lacks a mark is cut off, and what
has several pairs was put together out of fragments. ``qps-plocm`` is the same, read from right to
left. Both are made at run time and never offered; the tests and ``bench`` choose them by name. The
tags are the private ones that other products use for the same purpose (``qps`` lies in the range
that ISO 639-2 leaves to private use).
"""

from __future__ import annotations

import gettext
import re

LONG = "qps-ploc"
MIRRORED = "qps-plocm"
PSEUDO = (LONG, MIRRORED)
OPENS, CLOSES = "«", "»"
_STRANGE = {
    plain: (accented if plain in "cnyCNY" else 2 * accented)
    for plain, accented in zip("aeiouAEIOUcnyCNY", "áéíóúÁÉÍÓÚçñýÇÑÝ", strict=True)
}
_TABLE = str.maketrans(_STRANGE)
_PLACEHOLDER = re.compile(r"(\{[^{}]*\})")
_AROUND = re.compile(r"^(\s*)(.*?)(\s*)$", re.DOTALL)
_RIGHT_TO_LEFT_MARK = "\u200f"
_OVERRIDE, _POP = "\u202e", "\u202c"


class PseudoCatalogue(gettext.NullTranslations):
    """Translates any English text into a pseudo-language.

    Args:
        language: One of :data:`PSEUDO`.
    """

    def __init__(self, language: str) -> None:
        super().__init__()
        self._mirrored = language == MIRRORED

    def gettext(self, message: str) -> str:
        """The message between its marks; placeholders and white space around it are kept."""
        found = _AROUND.match(message)
        if found is None or not found[2]:
            return message
        before, words, after = found.groups()
        strange = "".join(
            part if _PLACEHOLDER.fullmatch(part) else part.translate(_TABLE)
            for part in _PLACEHOLDER.split(words)
        )
        strange = f"{OPENS}{strange}{CLOSES}"
        if self._mirrored:
            strange = f"{_RIGHT_TO_LEFT_MARK}{_OVERRIDE}{strange}{_POP}"
        return f"{before}{strange}{after}"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The form for ``n``, as English counts."""
        return self.gettext(msgid1 if n == 1 else msgid2)
