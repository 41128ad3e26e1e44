"""A whole profile: schema, sources, questions, requirements."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from readiness.model.requirement import (
    Area,
    Criterion,
    Grade,
    Level,
    Profile,
    ProfileKind,
    Requirement,
    Source,
)
from readiness.model.text import N_
from readiness.probes import all_metrics
from readiness.profiles.advice import read_advice
from readiness.profiles.criteria import read_answer, read_condition, read_criterion
from readiness.profiles.devices import check_devices_asked, read_devices
from readiness.profiles.endpoints import check_endpoints_asked, read_endpoints
from readiness.profiles.faults import shown
from readiness.profiles.known import Known
from readiness.profiles.questions import read_questions, shipped_questions
from readiness.profiles.table import KEBAB, LONGEST_ID, Table
from readiness.profiles.tree import read_tree

if TYPE_CHECKING:
    from collections.abc import Mapping

    from readiness.profiles.faults import Faults

SCHEMA = "readiness-profile/1"
MAX_REQUIREMENTS = 200
MAX_CRITERIA = 32
EARLIEST = date(1995, 1, 1)
"""No requirement of a home office was read on a page before that day."""

_SPACE = re.compile(r"\s")


def read_profile(data: bytes, faults: Faults, *, today: date | None = None) -> Profile | None:
    """Read a profile and note its faults; none if nothing could be read at all.

    Args:
        data: The file's bytes.
        faults: What was found; where there is any, the profile must not be used.
        today: If given, a source seen after that day is a fault. Loading does not ask: a profile
            must not become unusable because this computer's clock is wrong.
    """
    tree = read_tree(data, faults)
    return None if tree is None else read_whole(tree, data, faults, today=today)


def read_whole(
    tree: Mapping[str, Any], data: bytes, faults: Faults, *, today: date | None = None
) -> Profile | None:
    """The same of a file whose ``data`` have been parsed: ``tree``."""
    whole = Table(tree, "", faults)
    if not _schema(whole):
        return None
    whole.only(
        *("schema", "id", "kind", "title", "summary", "source", "question", "requirement"),
        *("endpoint", "devices"),
    )
    sources = _sources(whole, today)
    shipped = shipped_questions()
    known = Known(all_metrics(), {**read_questions(whole, taken=shipped), **shipped})
    requirements = _requirements(whole, known, sources)
    endpoints = read_endpoints(whole)
    check_endpoints_asked(whole, endpoints, requirements)
    devices = read_devices(whole, sources, checking=today is not None)
    check_devices_asked(whole, devices, requirements)
    return Profile(
        id=whole.name("id", KEBAB, "my-employer"),
        kind=whole.word("kind", ProfileKind),
        title=whole.local("title"),
        summary=whole.local("summary"),
        requirements=requirements,
        questions=known.asked,
        endpoints=endpoints,
        devices=devices,
        digest=hashlib.sha256(data).hexdigest(),
    )


def tomorrow() -> date:
    """The latest day on which a page can have been seen, anywhere on earth."""
    return (datetime.now(UTC) + timedelta(days=1)).date()


def _schema(whole: Table) -> bool:
    if "schema" not in whole:
        whole.missing("schema", f'schema = "{SCHEMA}"')
        return False
    schema = whole.tree["schema"]
    if schema == SCHEMA:
        return True
    whole.fault(
        "profile-schema",
        N_("{schema} is not a version that can be read here."),
        "schema",
        N_('This version reads schema = "{right}".'),
        schema=shown(schema),
        right=SCHEMA,
    )
    return False


def _sources(whole: Table, today: date | None) -> dict[str, Source]:
    tables = whole.table("source", "[source.our-own]")
    if tables is None:
        if "source" not in whole:
            whole.missing("source", "[source.our-own]")
        return {}
    found = {}
    for name in tables.tree:
        if len(name) > LONGEST_ID or not KEBAB.fullmatch(name):
            tables.fault(
                "profile-id",
                N_("{value} cannot be an id."),
                shown(name),
                N_("Use small letters, digits and one kind of dash, like this: {example}"),
                value=shown(name),
                example="our-own",
            )
        table = tables.table(name, f"[source.{name}]")
        if table is not None:
            found[name] = _source(table, today)
    return found


def _source(table: Table, today: date | None) -> Source:
    table.only("title", "address", "seen", "grade")
    grade = table.word("grade", Grade)
    published = table.tree.get("grade") in (Grade.A, Grade.B, Grade.C)
    address = table.string("address", "https://...", required=published)
    if address and not _is_web(address):
        table.fault(
            "profile-address",
            N_("{address} is not the address of a web page."),
            "address",
            N_("Write the whole address, beginning with https:// or http://."),
            address=shown(address),
        )
    return Source(
        title=table.string("title", "Example Ltd, equipment page"),
        address=address,
        seen=_seen(table, today),
        grade=grade,
    )


def _is_web(address: str) -> bool:
    if _SPACE.search(address):
        return False
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None


def _seen(table: Table, today: date | None) -> date:
    if "seen" not in table:
        table.missing("seen", "seen = 2026-11-23")
        return EARLIEST
    seen = table.tree["seen"]
    if not isinstance(seen, date) or isinstance(seen, datetime):
        table.wrong("seen", "seen = 2026-11-23")
        return EARLIEST
    if seen < EARLIEST or (today is not None and seen > today):
        table.fault(
            "profile-seen",
            N_("The page cannot have been read on {day}."),
            "seen",
            N_("Write the day on which somebody read it, and check this computer's clock."),
            day=seen.isoformat(),
        )
    return seen


def _requirements(
    whole: Table, known: Known, sources: dict[str, Source]
) -> tuple[Requirement, ...]:
    found: dict[str, Requirement] = {}
    tables = whole.tables("requirement", MAX_REQUIREMENTS)
    if not whole.tree.get("requirement"):
        whole.missing("requirement", '[[requirement]] with id = "download"')
    for table in tables:
        requirement = _requirement(table, known, sources)
        if requirement.id in found:
            table.fault(
                "profile-duplicate-id",
                N_("The id {id} stands here twice."),
                "id",
                N_("Give each entry an id of its own."),
                id=requirement.id,
            )
        if requirement.id:
            found[requirement.id] = requirement
    return tuple(found.values())


def _requirement(table: Table, known: Known, sources: dict[str, Source]) -> Requirement:
    asks = ("question", "accept", "source") if "question" in table else ("any_of",)
    table.only("id", "level", "area", "title", "applies_to", "advice", *asks)
    any_of = _any_of(table, known, sources)
    return Requirement(
        id=table.name("id", KEBAB, "download"),
        level=table.word("level", Level),
        area=table.word("area", Area),
        title=table.local("title", required=False),
        any_of=any_of,
        applies_to=read_condition(table, "applies_to", known),
        advice=read_advice(table, known.signs({criterion.metric for criterion in any_of})),
    )


def _any_of(table: Table, known: Known, sources: dict[str, Source]) -> tuple[Criterion, ...]:
    if "question" in table:
        return (read_answer(table, table.string("question", "quiet_room"), known, sources),)
    criteria = table.tables("any_of", MAX_CRITERIA)
    if not table.tree.get("any_of"):
        table.missing("any_of", '[[requirement.any_of]] with metric = "line.download"')
    return tuple(read_criterion(one, known, sources) for one in criteria)
