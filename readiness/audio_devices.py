"""What USB ids of headsets stand for: the product's table and what profiles add. Pure data.

Of several opinions about one id the most cautious counts, so no list can make a receiver corded.
What one profile vouches for decides nothing for another: see :func:`speaks_for`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from readiness.model.device import KnownDevice, UsbLink
from readiness.model.measurement import Failure, Measurement

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from readiness.model.requirement import ListedDevice, Profile

TABLE = Path(__file__).resolve().parent.parent / "resources" / "tables" / "audio_devices.toml"

LINK_ID = "headset.link"
"""The metric that rests on these lists."""

LISTED_BY = "listed_by"
"""Key of fact and evidence: the profiles that vouch for the id, as digests with spaces between."""

DIGEST_LENGTH = 32
"""Digits kept of a profile's SHA-256: 128 bits, and a dozen profiles still fit into one fact."""

_CAUTION: Final = tuple(UsbLink)


@cache
def known_devices() -> Mapping[str, KnownDevice]:
    """The product's table: ``vendor:product`` -> what it is."""
    with TABLE.open("rb") as stream:
        table = tomllib.load(stream)["devices"]
    return {
        key: KnownDevice(name=entry["name"], link=UsbLink(entry["link"]))
        for key, entry in table.items()
    }


def usb_id(vendor: object, product: object) -> str:
    """Bring ``0x0b0e`` and ``0B0E`` to ``0b0e:0301``; empty if either is not an id."""
    parts = [_four_digits(vendor), _four_digits(product)]
    return ":".join(parts) if all(parts) else ""


def _four_digits(number: object) -> str:
    match = re.fullmatch(r"\s*(?:0x)?([0-9a-f]{1,4})\s*", str(number), re.ASCII | re.IGNORECASE)
    return match[1].lower().zfill(4) if match else ""


def listed_by(profiles: Iterable[Profile]) -> Mapping[str, KnownDevice]:
    """What the profiles add to the table or see more cautiously than it, by id."""
    entries = [(one, profile.digest) for profile in profiles for one in profile.devices]
    found = {number: _most_cautious(number, entries) for number in {one.usb for one, _ in entries}}
    return {number: known for number, known in found.items() if known.by}


def _most_cautious(number: str, entries: Iterable[tuple[ListedDevice, str]]) -> KnownDevice:
    said = [(one, digest) for one, digest in entries if one.usb == number]
    own = known_devices().get(number)
    links = [one.link for one, _ in said] + ([own.link] if own else [])
    link = min(links, key=_CAUTION.index)
    if own is not None and own.link is link:
        return own
    name = next(one.name for one, _ in said if one.link is link)
    by = sorted({digest[:DIGEST_LENGTH] for one, digest in said if one.link is link})
    return KnownDevice(name=name, link=link, by=" ".join(by))


def listed_facts(
    facts: Mapping[str, object], listed: Mapping[str, KnownDevice]
) -> Mapping[str, object]:
    """``facts`` of a device, and what profiles say of its id."""
    known = listed.get(_number(facts))
    if known is None:
        return facts
    said = {"listed_link": known.link.value, "listed_name": known.name, LISTED_BY: known.by}
    return {**facts, **said}


def known_as(facts: Mapping[str, object]) -> KnownDevice | None:
    """What is known of the id among ``facts``, by profile or by the table; none if nothing is."""
    if LISTED_BY in facts:
        return KnownDevice(
            name=str(facts["listed_name"]),
            link=UsbLink(str(facts["listed_link"])),
            by=str(facts[LISTED_BY]),
        )
    return known_devices().get(_number(facts))


def _number(facts: Mapping[str, object]) -> str:
    return usb_id(facts.get("vendor_id", ""), facts.get("product_id", ""))


def speaks_for(fact: Measurement | Failure, digest: str) -> bool:
    """Whether a fact may decide for the profile of this digest.

    A connection that rests on a profile's own list of devices decides for that profile alone: a
    list is an opinion, and nobody may bring one along to be judged by another's requirements.
    """
    if not isinstance(fact, Measurement) or fact.metric != LINK_ID:
        return True
    by = fact.evidence.summary.get(LISTED_BY)
    return by is None or digest[:DIGEST_LENGTH] in str(by).split()
