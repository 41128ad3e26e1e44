"""Whether text in a pseudo-language is translated, and of how many messages it consists."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from readiness.profiles import shipped
from readiness.pseudo import CLOSES, OPENS

INVISIBLE = str.maketrans("", "", "\u200f\u202a\u202b\u202c\u202d\u202e\u2068\u2069\u200b&")
FOREIGN: Final = re.compile(
    "|".join(  # noqa: FLY002 - one to a line can be read
        (
            r"Example USB Headset",
            r"\binvitations?[-.][\w.-]+|/(tmp|home|root|var)/\S+",  # names of files and folders
            r"Example Core 5 1235",
            r"\bAcme( Ltd)?\b|\bA-1042\b",  # an employer and its mark
            r"\b[0-9A-Z]{4}(-[0-9A-Z]{4}){3}\b",  # the fingerprint of its key
            r"\b[0-9A-Z]{4}-[0-9A-Z]{4}\b",  # the comparison code of a report
            r"\(\$[\w.\[\]]*\)",  # the place of a fault in one
            r"\bReadiness\b",
            r"\breadiness (serve|steady --list)\b",
            r"qps-plocm?|\b(Home|Linux)\b|\b64\sbit\b|\b[0-9a-f]{32,64}\b",
            r"\breadiness-[\w-]+\.(exe|zip)\b|\bSTART-HERE\.html\b",  # files of a kit
            r"\btypical-voice\b|\breadiness-[\w-]+(/1)?|\.readiness\.\w+",
            r"\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)\b",
            r"(https?|wss?)://\S+",
            r"[\w.-]+\.(com|net|org|example|toml)\b\S*",
            r"\S*[/\\]\S+\.\w+",
            r"\[[a-z.-]+\]",  # the reference of an error
            r"\b(M-Lab|NDT|ndt7|iperf3|speedtest\.net|Cloudflare|LibreSpeed)\b",
            "No such file or directory|File exists",  # the system's own words
            r"\b(Deutsch|English|Español)\b",  # languages in their own words
            r"\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{1,2}, \d{4}|\d\s[AP]M\b",
            r"\b[KMGT]i?(bit/s|B|Hz)(?!\w)",
            r"\bdBov?\b|\bin\b",
        )
    )
)
"""What is the same in every language: names, addresses, units, dates of the pseudo-languages."""
PLAIN = re.compile(r"[A-Za-z]*[aeiouAEIOU][A-Za-z]*")
WHOLE = re.compile(rf"[.!?…:]{CLOSES}[ \n]+(?={OPENS})")
"""One whole sentence after the other; a title ends in a colon."""
LISTED = re.compile(r"\s·\s|\n|[,;] ")
"""Between the parts of a list, a line of facts, paragraphs."""


@cache
def _sources() -> re.Pattern[str]:
    """What the sources of the shipped profiles are called: names, in their own language."""
    titles = {
        criterion.source.title
        for profile in shipped().values()
        for requirement in profile.requirements
        for criterion in requirement.any_of
    }
    return re.compile("|".join(map(re.escape, sorted(titles, key=len, reverse=True))))


def plain(text: str) -> list[str]:
    """Words with a plain vowel that are no names: somebody wrote them past the reader."""
    rest = FOREIGN.sub("", _sources().sub("", text.translate(INVISIBLE)))
    return PLAIN.findall(rest)


def pieces(text: str) -> int:
    """Of how many messages a text consists, or the longest of its listed parts and sentences."""
    apart: list[str] = []
    depth, begun = 0, 0
    flat = WHOLE.sub(f"{CLOSES}\n", text)
    for place, char in enumerate(flat):
        depth += (char == OPENS) - (char == CLOSES)
        if depth == 0 and LISTED.match(flat, place):
            apart.append(flat[begun:place])
            begun = place + 1
    apart.append(flat[begun:])
    return max(map(_outermost, apart))


def _outermost(text: str) -> int:
    depth = count = 0
    for char in text:
        if char == OPENS:
            count += depth == 0
            depth += 1
        elif char == CLOSES:
            depth -= 1
    return count
