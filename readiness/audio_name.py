"""Device names fit for a report: the product, without serial numbers, addresses or the owner."""

from __future__ import annotations

import re

_WINDOWS_RESOURCE = re.compile(r"@System32\\[^;]*;", re.IGNORECASE)
"""Windows hands PortAudio unresolved names such as ``@System32\\drivers\\bthhfenum.sys,#2;``."""

_INSERTS = re.compile(r"%\d+")
_ADDRESS = re.compile(r"\b(?:[0-9A-F]{2}[:_-]){5}[0-9A-F]{2}\b", re.IGNORECASE)
_SERIAL = re.compile(r"\b(?=\w*\d)(?=\w*[A-Z])[0-9A-Z]{9,}\b|\b\d{7,}\b")
_OWNER_BEFORE = re.compile(r"[\w .-]{1,40}?['\u2019\u00b4`]s? (?=\w)")
_OWNER_AFTER = re.compile(r" (?:von|de|di|van|fra|of) [^()]{1,40}")
_EMPTY_BRACKETS = re.compile(r"[(\[][\s,;]*[)\]]")

LONGEST = 120


def clean_name(name: str) -> str:
    """Reduce ``name`` to what says which product it is; may be empty.

    ``Anna's AirPods`` becomes ``AirPods``, and ``Headset (@System32...;(Jabra Talk 25))`` becomes
    ``Headset (Jabra Talk 25)``.
    """
    text = _WINDOWS_RESOURCE.sub("", name)
    text = _INSERTS.sub("", text).replace("((", "(").replace("))", ")")
    text = _SERIAL.sub("", _ADDRESS.sub("", text))
    text = _OWNER_AFTER.sub("", _OWNER_BEFORE.sub("", text))
    text = _EMPTY_BRACKETS.sub("", text)
    return " ".join(text.split()).strip(" -_,;:")[:LONGEST]
