"""Until when an operating system receives its maker's updates, looked up in the shipped table.

Pure but for reading ``resources/tables/os_support.toml``. What the table does not list is unknown:
a system newer than the table is never taken for supported.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

TABLE = Path(__file__).resolve().parent.parent / "resources" / "tables" / "os_support.toml"

_BUSINESS = ("Enterprise", "Education", "IoTEnterprise", "ServerRdsh")
_CONSUMER = ("Core", "Professional", "CloudEdition", "Starter", "HomeBasic", "HomePremium",
             "Ultimate")  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Release:
    """One row of the table; see its head for what the fields mean."""

    system: str
    version: str
    end: date
    build: int | None = None
    release: str = ""
    editions: str = ""
    basis: str = "published"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Support:
    """What the table says about one system.

    Attributes:
        supported: None if the maker publishes no end and his habit no longer tells.
        release: The row that says so.
    """

    supported: bool | None
    release: Release


@cache
def releases() -> Sequence[Release]:
    """Every row of the shipped table."""
    with TABLE.open("rb") as stream:
        return tuple(Release(**row) for row in tomllib.load(stream)["release"])


def support(
    *, system: str, version: str, build: int | None, edition: str, today: date
) -> Support | None:
    """Look a system up; none if the table does not list it.

    Args:
        system: ``windows``, ``macos``, or the ID of os-release.
        version: As the system tells it.
        build: Of Windows; none elsewhere.
        edition: ``EditionID`` of Windows; empty elsewhere.
        today: The day to ask for.
    """
    for row in releases():
        if row.system != system or not _same(row, version, build, edition):
            continue
        if row.end >= today:
            return Support(supported=True, release=row)
        return Support(supported=None if row.basis == "habit" else False, release=row)
    return None


def _same(row: Release, version: str, build: int | None, edition: str) -> bool:
    if row.system == "windows":
        return build is not None and row.build == build and row.editions == editions(edition)
    if row.system == "macos" and not version.startswith("10."):
        return version.split(".", maxsplit=1)[0] == row.version
    if row.system == "macos":
        return ".".join(version.split(".")[:2]) == row.version
    return version == row.version or (
        row.system == "debian" and version.split(".", maxsplit=1)[0] == row.version
    )


def editions(edition: str) -> str:
    """The group that an ``EditionID`` belongs to; empty if it is not known."""
    if edition.startswith("IoTEnterpriseS"):
        return "iot-ltsc"
    if edition.startswith("EnterpriseS"):
        return "ltsc"
    if edition.startswith(_BUSINESS):
        return "business"
    return "consumer" if edition.startswith(_CONSUMER) else ""
