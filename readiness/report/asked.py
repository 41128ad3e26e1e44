"""What profiles ask, in words, before and after a check: lists of thresholds, lists of lacks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness.model.finding import Finding, Verdict
from readiness.model.text import N_
from readiness.report.rows import Writer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from readiness.locale import Reader
    from readiness.model.requirement import Area, Profile


@dataclass(frozen=True, kw_only=True)
class AskedRow:
    """One requirement before anything was measured: its words as in ``Row``."""

    requirement: str
    area: Area
    title: str
    asked: str
    level: str
    source: str
    source_address: str


def asked_rows(profile: Profile, reader: Reader) -> tuple[AskedRow, ...]:
    """What a profile asks, in its own order."""
    writer = Writer(profile, reader)
    found = (
        writer.row(
            Finding(
                requirement=requirement.id,
                level=requirement.level,
                area=requirement.area,
                verdict=Verdict.UNKNOWN,
            )
        )
        for requirement in profile.requirements
    )
    return tuple(
        AskedRow(
            requirement=row.requirement,
            area=row.area,
            title=row.title,
            asked=row.asked,
            level=row.level_word,
            source=row.source,
            source_address=row.source_address,
        )
        for row in found
    )


def missing_words(findings: Sequence[Finding], profile: Profile, reader: Reader) -> str:
    """What is missing for a profile, in one line: "Upload: 0.9 Mbit/s missing; Headset: open"."""
    if not findings:
        return reader.text(N_("nothing"))
    writer = Writer(profile, reader)
    said = []
    for row in map(writer.row, findings):
        lack = row.margin if row.verdict is Verdict.FAIL and row.margin else row.word
        said.append(reader.text(N_("{title}: {value}"), title=row.title, value=lack))
    return "; ".join(said)
