"""What the measuring server understands of HTTP: one bounded request head, nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass

MAX_HEAD = 8192
"""Longest request line and headers together, bytes."""

MAX_HEADERS = 64
TOKEN = re.compile(r"[0-9A-Za-z]{8,64}")
"""What a client may have echoed: letters and digits only, so that nothing can be smuggled in."""

_LINE = re.compile(r"(GET|HEAD|POST) (/[!-~]{0,5000}) HTTP/1\.([01])")
_FIELD = re.compile(r"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([ -~\t\x80-\xff]*)")


class BadRequest(Exception):  # noqa: N818 - named after what it answers
    """The request cannot be served; ``status`` says how it is answered."""

    def __init__(self, status: int) -> None:
        super().__init__(str(status))
        self.status = status


@dataclass(frozen=True, kw_only=True)
class Request:
    """One parsed request head.

    Attributes:
        method: GET, HEAD or POST.
        path: Without the query.
        query: First value of each key.
        length: Bytes of body announced; none if not announced.
        keep: Whether the connection may serve another request.
        expects_continue: The client waits for ``100 Continue`` before its body.
        target: Path and query as they came.
        version: ``HTTP/1.0`` or ``HTTP/1.1``.
        fields: Name and value of every header, in their order.
    """

    method: str
    path: str
    query: dict[str, str]
    length: int | None
    keep: bool
    expects_continue: bool
    target: str
    version: str
    fields: tuple[tuple[str, str], ...]

    def number(self, key: str, default: int) -> int:
        """A whole number from the query. Raises ``BadRequest`` for anything else."""
        text = self.query.get(key)
        if text is None:
            return default
        if not re.fullmatch(r"[0-9]{1,12}", text, re.ASCII):
            raise BadRequest(400)
        return int(text)

    def token(self, key: str) -> str:
        """A token of 8 to 64 letters and digits. Raises ``BadRequest`` if it is missing."""
        text = self.query.get(key, "")
        if not TOKEN.fullmatch(text):
            raise BadRequest(400)
        return text


def may_begin(start: bytes) -> bool:
    """Whether a request may begin like this; a TLS greeting or other noise does not."""
    return any(start[: len(word)] == word[: len(start)] for word in (b"GET ", b"HEAD ", b"POST "))


def parse(head: bytes) -> Request:
    """Parse a request head without its final empty line. Raises ``BadRequest``."""
    lines = head.decode("latin-1").split("\r\n")
    first = _LINE.fullmatch(lines[0])
    if first is None:
        raise BadRequest(400)
    if len(lines) > MAX_HEADERS:
        raise BadRequest(431)
    method, target, minor = first.groups()
    path, _, query = target.partition("?")
    pairs = _fields(lines[1:])
    fields = dict(pairs)
    if "transfer-encoding" in fields:
        raise BadRequest(501)
    wish = fields.get("connection", "").lower()
    return Request(
        method=method,
        path=path,
        query=_query(query),
        length=_length(fields.get("content-length")),
        keep=minor == "1" and "close" not in wish,
        expects_continue=fields.get("expect", "").lower() == "100-continue",
        target=target,
        version=f"HTTP/1.{minor}",
        fields=pairs,
    )


def _fields(lines: list[str]) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    for line in lines:
        match = _FIELD.fullmatch(line)
        if match is None:
            raise BadRequest(400)
        found.append((match[1].lower(), match[2].strip()))
    if len({value for name, value in found if name == "content-length"}) > 1:
        raise BadRequest(400)
    return tuple(found)


def _query(text: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in text.split("&") if text else ():
        key, _, value = pair.partition("=")
        found.setdefault(key, value)
    return found


def _length(text: str | None) -> int | None:
    if text is None:
        return None
    if not re.fullmatch(r"[0-9]{1,12}", text, re.ASCII):
        raise BadRequest(400)
    return int(text)
