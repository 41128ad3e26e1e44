"""Device names fit for a report: the product, without serial numbers, addresses or the owner."""

from __future__ import annotations

import re

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
