"""The report as a tagged PDF (PDF/UA-1 and PDF/A-3a) with its data attached.

The words go to typst as data, never as markup, and typst sees no folder but the template's: what a
report says cannot make it read a file. With the same report, language and attachment the bytes are
the same.
"""

from __future__ import annotations

import json
from functools import cache
from typing import TYPE_CHECKING

from readiness.locale import RESOURCES
from readiness.model.finding import Overall, Verdict
from readiness.model.measurement import EvidenceKind
from readiness.model.requirement import Level
from readiness.model.text import N_
from readiness.report.attempts import ARROW
from readiness.report.document import (
    compose,
    drawn_above,
    trace_words,
)
from readiness.report.letters import FONTS, MISSING, drawable
from readiness.report.sparkline import Ink, sparkline

if TYPE_CHECKING:
    from typst import Fonts

    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.report.document import Document
    from readiness.report.panels import Panel
    from readiness.report.told import Told
    from readiness.report.words import Row

TEMPLATES = RESOURCES / "templates"
ATTACHMENT = "report.json"

_INK = Ink(line="#0B6B5B", limit="#B3261E", base="#D8DEDA")
_TONES = {
    Verdict.PASS: "met",
    Verdict.FAIL: "unmet",
    Verdict.BORDERLINE: "open",
    Verdict.UNKNOWN: "open",
    Verdict.NOT_APPLICABLE: "quiet",
}
_OVERALL_TONES = {Overall.READY: "met", Overall.NOT_READY: "unmet", Overall.OPEN: "open"}


def render_pdf(report: Report, profile: Profile | None, reader: Reader, attachment: bytes) -> bytes:
    """The whole file.

    Args:
        report: What was found and judged.
        profile: What it was judged against; none if it is not known here.
        reader: Who reads.
        attachment: The sealed report, attached as ``report.json`` (UTF-8).
    """
    import typst

    page = compose(report, profile, reader)
    words = _words(page, reader)
    return typst.compile(
        str(TEMPLATES / "report.typ"),
        root=str(TEMPLATES),
        font_paths=_fonts(),
        format="pdf",
        sys_inputs={
            "document": json.dumps(words, ensure_ascii=False),
            "attachment": attachment.decode("utf-8"),
        },
        pdf_standards=["ua-1", "a-3a"],
        timestamp=int(report.created.timestamp()),
    )


@cache
def _fonts() -> Fonts:
    """The bundled fonts alone, so that every computer makes the same file."""
    import typst

    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)]
    )


def _words(page: Document, reader: Reader) -> dict[str, object]:
    attached = reader.text(N_("The data of this report: signed, to be read by the program."))
    words: dict[str, object] = {
        "language": page.language,
        "direction": page.direction,
        "title": page.title,
        "profile": page.profile,
        "made": page.made,
        "tone": _OVERALL_TONES[page.overall],
        "symbol": page.symbol,
        "headline": page.headline,
        "subline": page.subline,
        "columns": list(page.columns),
        "groups": [
            {
                "title": group.title,
                "rows": [_row(row, panel, page, reader) for row, panel in group.rows],
            }
            for group in page.groups
        ],
        "practised": [
            {
                "title": one.title,
                "found": one.found,
                "plus_minus": one.plus_minus,
                "how": one.how,
                "facts": [list(fact) for fact in one.facts],
            }
            for one in page.practised
        ],
        "practised_columns": list(page.practised_columns),
        "labels": {**page.labels, "attachment": attached},
        "how_columns": list(page.how_columns),
        "checks": [
            {
                "title": check.title,
                "method": check.method,
                "facts": [list(fact) for fact in check.facts],
                "told": [_told(one, reader) for one in check.told],
            }
            for check in page.checks
        ],
        "sources": [list(source) for source in page.sources if source[1]],
        "run_columns": list(page.run_columns),
        "runs": [list(run) for run in page.runs],
        "origin": list(page.origin),
        "facts": [list(fact) for fact in page.facts],
        "code": page.code,
    }
    shown = _drawable(words)
    if not isinstance(shown, dict):
        raise TypeError("a document's words are a table of words")
    foreign = [shown[part] for part in ("groups", "checks")]
    return {**shown, "unshown": MISSING in json.dumps(foreign, ensure_ascii=False)}


def _row(row: Row, panel: Panel | None, page: Document, reader: Reader) -> dict[str, object]:
    return {
        "title": row.title,
        "level": "" if row.level is Level.MUST else row.level_word,
        "was": f"{row.was} {ARROW} " if row.was else "",
        "found": row.found,
        "plus_minus": row.plus_minus,
        "asked": row.asked,
        "margin": row.margin,
        "rests_on": row.rests_on,
        "declared": row.kind is EvidenceKind.DECLARED,
        "tone": _TONES[row.verdict],
        "symbol": row.symbol,
        "word": row.word,
        "panel": None if panel is None else _panel(panel),
        "drawing": _drawing(row, page, reader),
    }


def _panel(panel: Panel) -> dict[str, object]:
    return {
        "title": panel.title,
        "lead": panel.lead,
        "cause": panel.cause,
        "rungs": [list(rung) for rung in panel.rungs],
        "refers": panel.refers,
    }


def _told(one: Told, reader: Reader) -> dict[str, object]:
    row = one.row
    drawing = None
    if one.drawn and row.trace is not None:
        caption, said = trace_words(row, reader)
        svg = sparkline(row.trace, None, label="", ink=_INK)
        drawing = {"svg": svg, "caption": caption, "alt": said}
    return {
        "title": row.title,
        "how": one.how,
        "attempts": one.attempts,
        "cautions": list(one.cautions),
        "facts": [list(fact) for fact in one.own],
        "drawing": drawing,
        "source": row.source,
        "address": row.source_address,
    }


def _drawing(row: Row, page: Document, reader: Reader) -> dict[str, object] | None:
    if row.trace is None or not row.trace.known or not drawn_above(row):
        return None
    caption, said = trace_words(row, reader)
    return {
        "svg": sparkline(row.trace, row.limit, label="", ink=_INK),
        "caption": caption,
        "alt": said,
        "limit": "" if row.limit is None else f"{page.labels['asked']}: {row.asked}",
    }


def _drawable(node: object) -> object:
    if isinstance(node, str):
        return drawable(node)
    if isinstance(node, dict):
        return {key: _drawable(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_drawable(value) for value in node]
    return node
