"""Device names fit for a report: the product, without serial numbers, addresses or the owner."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

from readiness.audio_devices import known_devices

WORDS = Path(__file__).resolve().parent.parent / "resources" / "tables" / "device_words.toml"

_WINDOWS_RESOURCE = re.compile(r"\(@System32\\[^;]*;.*?;\((.*?)\)\)", re.IGNORECASE | re.DOTALL)
"""Windows hands out names such as ``Headset (@System32\\drivers\\bthhfenum.sys,#2;...;(Name))``."""

_ADDRESS = re.compile(r"\b(?:[0-9A-F]{2}[:_-]){5}[0-9A-F]{2}\b", re.IGNORECASE)
_SERIAL = re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])[0-9A-Z]{9,}\b|\b\d{7,}\b")
_OWNER_BEFORE = re.compile(r"[\w .-]{1,40}?['\u2019\u00b4`]s? (?=\w)")
_OWNER_AFTER = re.compile(
    r"\b((?:airpods|iphone|ipad|buds|beats|galaxy|pixel)[\w ]*?)"
    r" (?:von|de|di|van|fra|of) [^()]{1,40}",
    re.IGNORECASE,
)
_EMPTY_BRACKETS = re.compile(r"[(\[][\s,;]*[)\]]")

_WORD = re.compile(r"\w+", re.UNICODE)
_NUMBER = re.compile(r"\d{1,4}[a-z]{0,2}", re.IGNORECASE)
"""A model number; believed only behind a word of the list, so that no year of birth passes."""

LONGEST = 120


def clean_name(name: str) -> str:
    """Reduce ``name`` to what says which product it is; may be empty.

    ``Anna's AirPods`` becomes ``AirPods``, and ``Headset (@System32...;(Jabra Talk 25))`` becomes
    ``Headset (Jabra Talk 25)``.
    """
    text = _WINDOWS_RESOURCE.sub(r"(\1)", name)
    text = _SERIAL.sub("", _ADDRESS.sub("", text))
    text = _OWNER_AFTER.sub(r"\1", _OWNER_BEFORE.sub("", text))
    text = _EMPTY_BRACKETS.sub("", text)
    return " ".join(text.split()).strip(" -_,;:")[:LONGEST]


def product_name(name: str) -> str:
    """What may be told of a device in a report: words that many devices share, and no other.

    People name their devices after themselves, and no rule finds every name. So a word stays only
    if a maker, a series or a kind of device is called so; may be empty.
    """
    kept: list[str] = []
    follows = False
    for word in _WORD.findall(clean_name(name)):
        follows = word.lower() in _product_words() or (
            follows and _NUMBER.fullmatch(word) is not None
        )
        if follows:
            kept.append(word)
    return " ".join(kept)


@cache
def _product_words() -> frozenset[str]:
    """Words of devices, in small letters: those of the table of USB ids and the general ones."""
    with WORDS.open("rb") as stream:
        lists = tomllib.load(stream)["words"]
    said = [word for words in lists.values() for word in words]
    said += [
        word
        for device in known_devices().values()
        for word in _WORD.findall(device.name)
        if not word.isdigit()
    ]
    return frozenset(word.lower() for word in said)
