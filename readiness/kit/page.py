"""The page of instructions in a kit: three languages, one file, no script, nothing fetched.

Its words lie in ``resources/kit/instructions.toml``.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from html import escape
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import toml_reader
from readiness.locale import RESOURCES, Reader, languages
from readiness.model.text import LocalText  # noqa: TC001 - msgspec reads the annotation
from readiness.storage import read_limited

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from readiness.trust.invitation import Invitation

FOLDER = RESOURCES / "kit"
MAX_BYTES = 64 * 1024
NAMES = {"en": "English", "de": "Deutsch", "es": "Español"}
"""Each language in its own words; one that is not named here is shown by its tag."""

NONE = "none"
"""Stands for an installer where the kit holds none."""

WITH_WARNINGS = frozenset({"exe", "zip"})
"""Kinds for Windows, which warns of what few people have."""


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    title: LocalText
    lead: dict[str, LocalText]
    step: dict[str, LocalText]
    install: dict[str, LocalText]
    heading: dict[str, LocalText]
    note: dict[str, LocalText]


_READ = toml_reader(_Words)


@cache
def _words() -> _Words:
    return _READ(read_limited(FOLDER / "instructions.toml", MAX_BYTES))


def kinds() -> tuple[str, ...]:
    """The kinds of installer that there are words for."""
    return tuple(kind for kind in _words().install if kind != NONE)


def instructions(
    invitation: Invitation,
    *,
    name: str,
    installers: Mapping[str, str],
    digests: Mapping[str, str],
) -> str:
    """The page as text.

    Args:
        invitation: Whose kit it is.
        name: Name of its file in the kit.
        installers: Name of a file in the kit -> its kind, out of :func:`kinds`.
        digests: Name of a file in the kit -> SHA-256, hexadecimal.
    """
    style = read_limited(FOLDER / "page.css", MAX_BYTES).decode("utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    links = "".join(
        f'<a href="#{tag}" lang="{tag}">{escape(NAMES.get(tag, tag))}</a>' for tag in languages()
    )
    sections = "".join(_section(tag, invitation, name, installers, digests) for tag in languages())
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="color-scheme" content="light dark">\n'
        f"<title>Readiness</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"<header><b>Readiness</b><nav>{links}</nav></header>\n<main>\n{sections}</main>\n"
        "</body>\n</html>\n"
    )


def _section(
    language: str,
    invitation: Invitation,
    name: str,
    installers: Mapping[str, str],
    digests: Mapping[str, str],
) -> str:
    """Everything in one language."""
    words, reader, terms = _words(), Reader(language), invitation.terms
    values = {
        "employer": _strong(terms.employer),
        "invitation": _strong(name),
        "day": _strong(reader.day(terms.expires.date())),
        "fingerprint": _strong(invitation.fingerprint),
    }
    lead = words.lead["named" if terms.employer else "unnamed"]
    step = words.step
    steps = [
        _filled(step["unpack"], reader, values),
        _install(installers, reader),
        *(_filled(step[key], reader, values) for key in ("open", "check", "give")),
    ]
    notes = [_filled(words.note[key], reader, values) for key in _notes(installers)]
    return (
        f'<section id="{language}" lang="{language}">\n'
        f"<h1>{escape(reader.local(words.title))}</h1>\n"
        f'<p class="lead">{_filled(lead, reader, values)}</p>\n'
        f"<ol>{_items(steps)}</ol>\n"
        f"<h2>{escape(reader.local(words.heading['notes']))}</h2>\n"
        f'<ul class="notes">{_items(notes)}</ul>\n'
        f"{_digests(digests, reader.local(words.heading['digests']))}</section>\n"
    )


def _notes(installers: Mapping[str, str]) -> Sequence[str]:
    unknown = ["unknown"] if WITH_WARNINGS.intersection(installers.values()) else []
    return ["ends", "fingerprint", *unknown, "microphone", "money", "remove"]


def _install(installers: Mapping[str, str], reader: Reader) -> str:
    """One way of installing, or one line for each."""
    words = _words().install
    ways = [
        _filled(words[kind], reader, {"installer": _strong(file)})
        for file, kind in installers.items()
    ]
    if not ways:
        return _filled(words[NONE], reader, {})
    return ways[0] if len(ways) == 1 else f"<ul>{_items(ways)}</ul>"


def _filled(text: LocalText, reader: Reader, values: Mapping[str, str]) -> str:
    """A text with its values, which are HTML already."""
    return escape(reader.local(text)).format(**values)


def _strong(value: str) -> str:
    return f"<strong><bdi>{escape(value)}</bdi></strong>"


def _items(lines: Iterable[str]) -> str:
    return "".join(f"<li>{line}</li>\n" for line in lines)


def _digests(digests: Mapping[str, str], heading: str) -> str:
    if not digests:
        return ""
    pairs = "".join(f"<dt>{escape(name)}</dt><dd>{value}</dd>" for name, value in digests.items())
    return f"<h2>{escape(heading)}</h2>\n<dl>{pairs}</dl>\n"
