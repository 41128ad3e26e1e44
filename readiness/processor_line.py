"""Which product line a processor belongs to, and where in it, judged from its name.

Pure. A name that no rule knows gives nothing: a chip newer than these rules is *unknown*, never a
class that merely sounds alike. See ``docs/methods/computer.md``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

# Product names are the same in every language.
LABELS: Mapping[str, str] = {
    "core-i3": "Intel Core i3",
    "core-i5": "Intel Core i5",
    "core-i7": "Intel Core i7",
    "core-i9": "Intel Core i9",
    "core-3": "Intel Core 3",
    "core-5": "Intel Core 5",
    "core-7": "Intel Core 7",
    "core-9": "Intel Core 9",
    "core-ultra-3": "Intel Core Ultra 3",
    "core-ultra-5": "Intel Core Ultra 5",
    "core-ultra-7": "Intel Core Ultra 7",
    "core-ultra-9": "Intel Core Ultra 9",
    "core-ultra-x7": "Intel Core Ultra X7",
    "core-ultra-x9": "Intel Core Ultra X9",
    "core-m": "Intel Core M",
    "core-2": "Intel Core 2",
    "celeron": "Intel Celeron",
    "pentium": "Intel Pentium",
    "atom": "Intel Atom",
    "intel-n": "Intel Processor N",
    "intel-u": "Intel Processor U",
    "xeon": "Intel Xeon",
    "ryzen-3": "AMD Ryzen 3",
    "ryzen-5": "AMD Ryzen 5",
    "ryzen-7": "AMD Ryzen 7",
    "ryzen-9": "AMD Ryzen 9",
    "ryzen-ai": "AMD Ryzen AI",
    "threadripper": "AMD Ryzen Threadripper",
    "athlon": "AMD Athlon",
    "a-series": "AMD A-Series",
    "amd-e": "AMD E-Series",
    "fx": "AMD FX",
    "phenom": "AMD Phenom",
    "sempron": "AMD Sempron",
    "epyc": "AMD EPYC",
    "apple-m": "Apple M",
    "snapdragon": "Qualcomm Snapdragon",
}

_RULES: tuple[tuple[str, str], ...] = (
    (r"\bIntel Core i([3579])[- ]", "core-i{}"),
    (r"\bIntel Core Ultra (X?[3579]) (?:Processor )?\d", "core-ultra-{}"),
    (r"\bIntel Core ([3579]) (?:Processor )?N?\d", "core-{}"),
    (r"\bIntel Core (?:m[357]-|M-?\d)", "core-m"),
    (r"\bIntel Core ?2 (?:Duo|Quad|Extreme|Solo)\b", "core-2"),
    (r"\bIntel Celeron\b", "celeron"),
    (r"\bIntel Pentium\b", "pentium"),
    (r"\bIntel Atom\b", "atom"),
    (r"\bIntel (?:Processor )?N\d{2,3}$", "intel-n"),
    (r"\bIntel (?:Processor )?U\d{3}$", "intel-u"),
    (r"\bIntel Xeon\b", "xeon"),
    (r"\bAMD Ryzen Threadripper\b", "threadripper"),
    (r"\bAMD Ryzen AI (?:[3579]|Max\+?|\d{3})\b", "ryzen-ai"),
    (r"\bAMD Ryzen ([3579]) (?:Pro )?\d", "ryzen-{}"),
    (r"\bAMD Athlon\b", "athlon"),
    (r"\bAMD A(?:4|6|8|9|10|12)\b", "a-series"),
    (r"\bAMD E[12]?-\d{3,4}", "amd-e"),
    (r"\bAMD FX-\d{4}", "fx"),
    (r"\bAMD Phenom\b", "phenom"),
    (r"\bAMD Sempron\b", "sempron"),
    (r"\bAMD EPYC\b", "epyc"),
    (r"^Apple M\d+\b", "apple-m"),
    (r"\bSnapdragon\b", "snapdragon"),
)

_NEWEST_CORE_I = 14
"""The last generation that was sold as Core i; a higher number is not known here."""


@dataclass(frozen=True, kw_only=True)
class ProcessorLine:
    """A product line and the position in it.

    Attributes:
        line: A key of :data:`LABELS`.
        series: Rises with the generation *within one line*; none where the maker's numbers cannot
            be put in order. Intel Core i: generation x 1000 + the rest of the model number, which
            is the model number itself for the second to ninth and for five-digit models (i5-7200U:
            7200, i7-10510U: 10510) and puts short ones in their place (i7-1165G7: 11065,
            i5-650: 1650). All others: the model number (Ryzen 5 3600: 3600, Apple M2: 2).
    """

    line: str
    series: int | None


def processor_line(model: str) -> ProcessorLine | None:
    """Place a processor by its name as the system tells it; none if no rule knows the name."""
    name = _plain(model)
    for pattern, line in _RULES:
        found = re.search(pattern, name, re.IGNORECASE)
        if found:
            grade = found.group(1).lower() if found.groups() else ""
            key = line.format(grade)
            return ProcessorLine(line=key, series=_series(key, name)) if key in LABELS else None
    return None


def _plain(model: str) -> str:
    """The name without marks, clock, "CPU" and the generation in words."""
    name = re.sub(r"\((?:R|TM|C)\)|[®™]", " ", model, flags=re.IGNORECASE)
    name = re.sub(r"@.*$", " ", name)
    name = re.sub(r"\bCPU\b", " ", name, flags=re.IGNORECASE)
    name = " ".join(name.split())
    return re.sub(r"\s+-", "-", name)


def _series(line: str, name: str) -> int | None:
    if line.startswith("core-i"):
        return _core_i(name)
    patterns = {
        "core-ultra-": r"Ultra X?[3579] (?:Processor )?(\d{3})[A-Z]{0,2}\b",
        "core-": r"Core [3579] (?:Processor )?(\d{3})[A-Z]{0,2}\b",
        # Two- and three-digit Ryzen names (Ryzen 5 220) are newer than four-digit ones: no order.
        "ryzen-ai": r"AI (?:[3579]|Max\+?)? ?(?:HX |Pro )*(\d{3})\b",
        "ryzen-": r"Ryzen [3579] (?:Pro )?(\d{4})(?!\d)",
        "apple-m": r"Apple M(\d+)\b",
    }
    if line in ("core-m", "core-2"):
        return None
    for start, pattern in patterns.items():
        if line.startswith(start):
            found = re.search(pattern, name, re.IGNORECASE)
            return int(found.group(1)) if found else None
    return None


def _core_i(name: str) -> int | None:
    found = re.search(r"Core i[3579][- ](?:[A-Z] ?)?(\d{3,5})([A-Z]*\d?)", name, re.IGNORECASE)
    if not found:
        short = re.search(r"Core i[3579]-(\d)Y(\d\d)\b", name, re.IGNORECASE)
        return int(short.group(1)) * 1000 + int(short.group(2)) if short else None
    digits, suffix = found.groups()
    if len(digits) == 3:  # noqa: PLR2004 - first generation: i5-650, i7 Q 720
        first = re.search(r"Core i[3579]-N\d", name, re.IGNORECASE) is None
        return 1000 + int(digits) if first else None
    generation, rest = int(digits[:-3]), int(digits[-3:])
    if len(digits) == 4 and digits[0] == "1":  # noqa: PLR2004 - i5-1035G1, i7-1165G7, i5-1235U
        generation, rest = int(digits[:2]), int(digits[2:])
        if generation < 10 or not suffix:  # noqa: PLR2004 - the tenth was the first to be so named
            return None
    return generation * 1000 + rest if generation <= _NEWEST_CORE_I else None
