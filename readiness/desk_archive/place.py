"""Where an archive lies: a file on this computer, or a database on a PostgreSQL server."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from readiness.model.errors import InputError
from readiness.model.text import N_

FILE_NAME = "desk.sqlite3"
USUAL = "default"
"""Names the archive in the person's data folder; a file of that name is ``./default``."""

HIDDEN = "***"

_SCHEME = re.compile(r"(?P<scheme>[a-z][a-z0-9+.-]+)://", re.IGNORECASE)
_ELSEWHERE = re.compile(r"[\\/]{2}")
"""Begins a file on another computer (``\\\\server\\folder``)."""

_SIGN = r"(?:[^:@/?#%\s]|%[0-9A-Fa-f]{2})"
_HOST = r"(?:\[[0-9A-Fa-f:.%]+\]|[A-Za-z0-9._~-]|%[0-9A-Fa-f]{2})*(?::[0-9]{1,5})?"
_ADDRESS = re.compile(
    rf"(?:(?P<user>{_SIGN}*)(?::(?P<password>{_SIGN}*))?@)?"
    rf"(?P<hosts>{_HOST}(?:,{_HOST})*)"
    rf"(?:/(?P<database>{_SIGN}*))?"
    r"(?:\?(?P<query>(?:[^#%\s]|%[0-9A-Fa-f]{2})*))?"
)
"""After the scheme. Stricter than libpq, which would take a password with a slash in it for a host
and name it when it does not answer."""

_SECRETS = re.compile(r"(?:^|&)(?:password|sslpassword)=([^&]*)")


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where an archive lies.

    Attributes:
        shown: The same for people: never a password.
        file: The file, absolute; none for a server.
        address: ``postgresql://…`` as libpq reads it; may hold a password.
        secrets: What must not be shown, in every way it may be written.
    """

    shown: str
    file: Path | None = None
    address: str = field(default="", repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    def without_secrets(self, text: str) -> str:
        """The text with signs in place of passwords, should a driver repeat them."""
        for secret in self.secrets:
            text = text.replace(secret, HIDDEN)
        return text


def place_of(text: str, usual: Path) -> Place:
    """The place that somebody named.

    Args:
        text: A file, ``postgresql://…``, or :data:`USUAL` or nothing for the usual one.
        usual: The file that is taken then.

    Raises:
        InputError: ``archive-address-unknown``, ``archive-address-unclear`` or
            ``archive-on-another-computer``. None of them repeats the address.
    """
    if text in ("", USUAL):
        return Place(shown=str(usual), file=usual.absolute())
    scheme = _SCHEME.match(text)
    if scheme is None:
        return _file(text)
    if scheme["scheme"].lower() not in ("postgresql", "postgres"):
        raise InputError(
            "archive-address-unknown",
            N_("An archive is a file on this computer, or a database on a PostgreSQL server."),
            where="--archive",
            hint=N_("Name a file, or an address such as postgresql://server/database."),
        )
    return _server(text[scheme.end() :])


def _file(text: str) -> Place:
    if _ELSEWHERE.match(text):
        raise InputError(
            "archive-on-another-computer",
            N_("A file on another computer cannot be an archive: locks do not hold there."),
            where="--archive",
            hint=N_("Take a file on this computer; a team takes a PostgreSQL server."),
        )
    if "\0" in text:
        raise InputError("no-file", N_("This is no file."), where="--archive")
    return Place(shown=text, file=Path(text).absolute())


def _server(rest: str) -> Place:
    found = _ADDRESS.fullmatch(rest)
    if found is None:
        raise InputError(
            "archive-address-unclear",
            N_("This address of a PostgreSQL server cannot be read."),
            where="--archive",
            hint=N_(
                "Write it like postgresql://name@server/database. In a password, write the sign / "
                "as %2F, @ as %40, : as %3A and % as %25; or leave it out and put it into the "
                "password file of PostgreSQL."
            ),
        )
    query = found["query"] or ""
    written = [found["password"] or "", *_SECRETS.findall(query)]
    secrets = {form for one in written for form in (one, unquote(one)) if form}
    hosts = re.sub(r":[0-9]+(?=,|$)", "", found["hosts"])
    database = found["database"] or ""
    return Place(
        shown=f"postgresql://{hosts}/{database}",
        address=f"postgresql://{rest}",
        secrets=tuple(sorted(secrets, key=len, reverse=True)),
    )
