"""The report as one self-contained HTML file: no script, no request, readable in print and dark."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING

from readiness.locale import RESOURCES
from readiness.model.finding import Verdict
from readiness.model.measurement import EvidenceKind
from readiness.model.requirement import Level
from readiness.report.attempts import ARROW
from readiness.report.document import (
    Document,
    compose,
    drawn_above,
    trace_words,
)
from readiness.report.html_intake import carrier
from readiness.report.sparkline import sparkline

if TYPE_CHECKING:
    from collections.abc import Iterable

    from readiness.locale import Reader
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.report.document import Group
    from readiness.report.evidence import Fact
    from readiness.report.panels import Panel
    from readiness.report.told import Check, Told
    from readiness.report.words import Row

STYLE = RESOURCES / "templates" / "report.css"

_TONES = {
    Verdict.PASS: "met",
    Verdict.FAIL: "unmet",
    Verdict.BORDERLINE: "open",
    Verdict.UNKNOWN: "open",
    Verdict.NOT_APPLICABLE: "quiet",
}


def render_html(
    report: Report, profile: Profile | None, reader: Reader, sealed: bytes = b""
) -> str:
    """The whole page as text.

    Args:
        report: What was found and judged.
        profile: What it was judged against; none if it is not known here.
        reader: Who reads.
        sealed: The signed data, which the page then carries with it, out of sight.
    """
    page = compose(report, profile, reader)
    style = STYLE.read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode("ascii")
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:"
    return "".join(
        (
            "<!doctype html>\n",
            f'<html lang="{page.language}" dir="{page.direction}">\n<head>\n',
            '<meta charset="utf-8">\n',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n',
            '<meta name="viewport" content="width=device-width, initial-scale=1">\n',
            '<meta name="referrer" content="no-referrer">\n',
            '<meta name="color-scheme" content="light dark">\n',
            f"<title>{escape(page.title)}</title>\n<style>{style}</style>\n",
            f"{carrier(sealed)}\n" if sealed else "",
            "</head>\n<body>\n",
            _header(page),
            "<main>\n",
            _requirements(page, reader),
            _practised(page),
            _how(page, reader),
            _runs(page),
            _origin(page),
            "</main>\n</body>\n</html>\n",
        )
    )


def _header(page: Document) -> str:
    return (
        '<header>\n<p class="brand"><b>Readiness</b> '
        f"<span><bdi>{escape(page.profile)}</bdi> · <bdi>{escape(page.made)}</bdi></span></p>\n"
        f'<div class="headline {page.overall.value}">'
        f'<span class="mark" aria-hidden="true">{page.symbol}</span>'
        f"<div><h1>{escape(page.headline)}</h1>\n<p>{escape(page.subline)}</p></div></div>\n"
        "</header>\n"
    )


def _requirements(page: Document, reader: Reader) -> str:
    heads = "".join(f'<th scope="col">{escape(head)}</th>' for head in page.columns)
    bodies = "".join(_group(group, page, reader) for group in page.groups)
    return (
        f'<section class="card"><table class="asked">\n<caption>{escape(page.labels["caption"])}'
        f"</caption>\n<thead><tr>{heads}</tr></thead>\n{bodies}</table></section>\n"
    )


def _practised(page: Document) -> str:
    """What was practised: figures without a verdict; nothing if nobody did."""
    if not page.practised:
        return ""
    body = "".join(
        f'<tr><th scope="row"><bdi>{escape(one.title)}</bdi></th>'
        f"<td><bdi>{escape(one.found)}</bdi>"
        f" <small><bdi>{escape(one.plus_minus)}</bdi></small></td>"
        f"<td><bdi>{escape(one.how)}</bdi>"
        f"{_folded(_facts(one.facts), one.title, page)}</td></tr>\n"
        for one in page.practised
    )
    labels = page.labels
    return _table(labels["practised"], labels["practised_note"], page.practised_columns, body)


def _group(group: Group, page: Document, reader: Reader) -> str:
    title = escape(group.title)
    body = "".join(_row(row, panel, page, reader) for row, panel in group.rows)
    head = f'<tr class="area"><th scope="rowgroup" colspan="5">{title}</th></tr>'
    return f"<tbody>\n{head}\n{body}</tbody>\n"


def _row(row: Row, panel: Panel | None, page: Document, reader: Reader) -> str:
    level = "" if row.level is Level.MUST else f" <small>{escape(row.level_word)}</small>"
    plus_minus = f" <small><bdi>{escape(row.plus_minus)}</bdi></small>" if row.plus_minus else ""
    margin = f"<small><bdi>{escape(row.margin)}</bdi></small>" if row.margin else ""
    found = f"{_was(row, page)}<bdi>{escape(row.found)}</bdi>{plus_minus}"
    kind = "declared" if row.kind is EvidenceKind.DECLARED else "rests"
    columns = [escape(head) for head in page.columns]
    more = _more(row, panel, page, reader)
    joined = ' class="joined"' if more else ""
    return (
        f'<tr{joined}><th scope="row"><bdi>{escape(row.title)}</bdi>{level}</th>'
        f'<td data-head="{columns[1]}"><span>{found}</span></td>'
        f'<td data-head="{columns[2]}"><span><bdi>{escape(row.asked)}</bdi> {margin}</span></td>'
        f'<td data-head="{columns[3]}"><span class="{kind}">{escape(row.rests_on)}</span></td>'
        f'<td data-head="{columns[4]}"><span class="verdict {_TONES[row.verdict]}">'
        f'<span aria-hidden="true">{row.symbol}</span> {escape(row.word)}</span></td></tr>\n{more}'
    )


def _was(row: Row, page: Document) -> str:
    """What the first attempt came to, in front of what counts now."""
    if not row.was:
        return ""
    return (
        f'<small><span class="unseen">{escape(page.labels["before"])} </span>'
        f'<bdi>{escape(row.was)}</bdi> <span aria-hidden="true">{ARROW}</span></small> '
    )


def _more(row: Row, panel: Panel | None, page: Document, reader: Reader) -> str:
    """The opened row under one that is not met or open: why, what helps, and the drawing."""
    ladder = _ladder(panel) if panel is not None else ""
    drawing = _drawing(row, page, reader) if drawn_above(row) else ""
    if not ladder and not drawing:
        return ""
    return (
        f'<tr class="more"><td colspan="5"><div class="sunken">{ladder}{drawing}</div></td></tr>\n'
    )


def _ladder(panel: Panel) -> str:
    lead = f"<b>{escape(panel.lead)}</b> " if panel.lead else ""
    cause = f"<p>{lead}<bdi>{escape(panel.cause)}</bdi></p>" if panel.cause else ""
    refers = f'<p class="refers"><bdi>{escape(panel.refers)}</bdi></p>' if panel.refers else ""
    rungs = "".join(
        f"<li><b>{escape(cost)}</b> <bdi>{escape(text)}</bdi></li>" for cost, text in panel.rungs
    )
    steps = f"<ul>{rungs}</ul>" if rungs else ""
    return f"<div><h3><bdi>{escape(panel.title)}</bdi></h3>{cause}{steps}{refers}</div>"


def _drawing(row: Row, page: Document, reader: Reader) -> str:
    if row.trace is None or not row.trace.known:
        return ""
    caption, said = trace_words(row, reader)
    asked = ""
    if row.limit is not None:
        asked = (
            f'<span class="limit">- - {escape(page.labels["asked"])}: {escape(row.asked)}</span>'
        )
    return (
        f"<figure><figcaption><bdi>{escape(caption)}</bdi>{asked}</figcaption>"
        f"{sparkline(row.trace, row.limit, label=escape(said))}</figure>"
    )


def _how(page: Document, reader: Reader) -> str:
    body = "</tbody>\n<tbody>\n".join(_check(check, page, reader) for check in page.checks)
    return _table(page.labels["how"], "", page.how_columns, body, name="told") + _sources(page)


def _check(check: Check, page: Document, reader: Reader) -> str:
    """What its values have in common, once, and then the values."""
    body = "".join(
        f'<tr><th scope="row"><bdi>{escape(one.row.title)}</bdi></th>'
        f"<td>{_found_how(one, page, reader)}</td><td>{_source(one.row)}</td></tr>\n"
        for one in check.told
    )
    if not check.title:
        return body
    return (
        f'<tr class="area"><th scope="rowgroup" colspan="3"><bdi>{escape(check.title)}</bdi>'
        f"</th></tr>\n"
        f'<tr class="common"><td colspan="3"><bdi>{escape(check.method)}</bdi>'
        f"{_folded(_facts(check.facts), check.title, page)}</td></tr>\n{body}"
    )


def _found_how(one: Told, page: Document, reader: Reader) -> str:
    """The sentence, what to know before believing it and, folded, everything else."""
    said = f"<bdi>{escape(one.how)}</bdi>" if one.how else ""
    said += "".join(f'<p class="caution"><bdi>{escape(text)}</bdi></p>' for text in one.cautions)
    said += f"<p><bdi>{escape(one.attempts)}</bdi></p>" if one.attempts else ""
    drawing = _course(one.row, reader) if one.drawn else ""
    return said + _folded(drawing + _facts(one.everything), one.row.title, page)


def _facts(facts: tuple[Fact, ...]) -> str:
    shown = "".join(
        f"<div><dt><bdi>{escape(name)}</bdi></dt><dd><bdi>{escape(value)}</bdi></dd></div>"
        for name, value in facts
    )
    return f'<dl class="facts">{shown}</dl>' if shown else ""


def _folded(body: str, title: str, page: Document) -> str:
    if not body:
        return ""
    return (
        f"<details><summary>{escape(page.labels['details'])}"
        f'<span class="unseen">: {escape(title)}</span></summary>{body}</details>'
    )


def _course(row: Row, reader: Reader) -> str:
    if row.trace is None:
        return ""
    caption, said = trace_words(row, reader)
    return (
        f"<figure><figcaption><bdi>{escape(caption)}</bdi></figcaption>"
        f"{sparkline(row.trace, None, label=escape(said))}</figure>"
    )


def _source(row: Row) -> str:
    return _linked(row.source, row.source_address)


def _sources(page: Document) -> str:
    """Every source once, with its address in full: for print, and for the wary."""
    listed = "".join(
        f"<li><bdi>{escape(source)}</bdi><br>{_linked(address, address)}</li>"
        for source, address in page.sources
        if address
    )
    if not listed:
        return ""
    return f"<section><h2>{escape(page.labels['sources'])}</h2>\n<ul>{listed}</ul></section>\n"


def _linked(text: str, address: str) -> str:
    shown = f"<bdi>{escape(text)}</bdi>"
    if not address:
        return shown
    target = escape(address, quote=True)
    return f'<a href="{target}" rel="noreferrer noopener nofollow">{shown}</a>'


def _runs(page: Document) -> str:
    body = "".join(
        f'<tr><th scope="row">{escape(run[0])}</th>'
        + "".join(f"<td><bdi>{escape(cell)}</bdi></td>" for cell in run[1:])
        + "</tr>\n"
        for run in page.runs
    )
    return _table(page.labels["runs"], page.labels["all_attempts"], page.run_columns, body)


def _table(title: str, note: str, heads: Iterable[str], body: str, *, name: str = "") -> str:
    shown = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    said = f'<p class="note">{escape(note)}</p>\n' if note else ""
    return (
        f"<section><h2>{escape(title)}</h2>\n{said}"
        f'<table class="plain {name}">\n<thead><tr>{shown}</tr></thead>\n<tbody>\n{body}'
        "</tbody></table>"
        "</section>\n"
    )


def _origin(page: Document) -> str:
    said = "".join(f"<p>{escape(text)}</p>\n" for text in page.origin)
    facts = "".join(
        f"<div><dt>{escape(name)}</dt><dd><bdi>{escape(value)}</bdi></dd></div>"
        for name, value in page.facts
    )
    return (
        f"<section><h2>{escape(page.labels['origin'])}</h2>\n"
        f'<p class="code"><span>{escape(page.labels["code"])}</span> <b>{page.code}</b></p>\n'
        f'<div class="origin">{said}</div>\n<dl>{facts}</dl></section>\n'
    )
