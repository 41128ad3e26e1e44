"""The report as one document in words: what HTML and PDF have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from readiness import explain
from readiness.consent_words import consent_words
from readiness.foreign import clean
from readiness.model.finding import Overall, Verdict
from readiness.model.requirement import Area
from readiness.model.text import N_
from readiness.report.codec import encode_report
from readiness.report.panels import panels
from readiness.report.practised import NOTE, TITLE
from readiness.report.rows import DASH
from readiness.report.seal import comparison_code
from readiness.report.told import check_title, told
from readiness.report.words import Practised, Row, headline, practised, profile_title, rows

if TYPE_CHECKING:
    from readiness.locale import Reader
    from readiness.model.measurement import ProbeRun
    from readiness.model.report import Report
    from readiness.model.requirement import Profile
    from readiness.report.panels import Panel
    from readiness.report.told import Check

SYMBOLS = {Overall.READY: "✓", Overall.NOT_READY: "!", Overall.OPEN: "?"}
PLATFORMS = {"linux": "Linux", "win32": "Windows", "darwin": "macOS"}


@dataclass(frozen=True, kw_only=True)
class Group:
    """The requirements of one area, each with what stands under it."""

    title: str
    rows: tuple[tuple[Row, Panel | None], ...]


@dataclass(frozen=True, kw_only=True)
class Document:
    """Everything that is shown, in the order in which it is shown. Plain text throughout.

    Attributes:
        direction: ``ltr`` or ``rtl``.
        title: For the window and the file's properties.
        profile: What it was judged against.
        made: When, in words.
        symbol: The overall result as a sign; never without the headline beside it.
        columns: Heads of the requirements' table.
        practised: Figures that nobody asks for.
        practised_columns: Heads of their table.
        labels: Fixed words that stand beside values, by name.
        sources: Everybody who asks something, each once, with the address or nothing.
        checks: How each value was found and who asks it, check by check.
        runs: All attempts: check, attempt, start, duration, outcome.
        origin: What can and cannot be said about where the report comes from.
        facts: Versions and identifiers, as (name, value).
        code: Comparison code of the report's bytes.
    """

    language: str
    direction: str
    title: str
    profile: str
    made: str
    overall: Overall
    symbol: str
    headline: str
    subline: str
    columns: tuple[str, ...]
    groups: tuple[Group, ...]
    practised: tuple[Practised, ...]
    practised_columns: tuple[str, ...]
    labels: dict[str, str]
    sources: tuple[tuple[str, str], ...]
    how_columns: tuple[str, ...]
    checks: tuple[Check, ...]
    run_columns: tuple[str, ...]
    runs: tuple[tuple[str, ...], ...]
    origin: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    code: str


def compose(report: Report, profile: Profile | None, reader: Reader) -> Document:
    """Put a report into words for ``reader``; ``profile`` is none if it is not known here."""
    t = reader.text
    first, second = headline(report, profile, reader)
    shown = rows(report, profile, reader)
    name = profile_title(report, profile, reader)
    groups = _groups(shown, reader)
    asked = [row for group in groups for row, _ in group.rows]
    return Document(
        language=reader.language,
        direction="rtl" if reader.right_to_left else "ltr",
        title=t(N_("Readiness report: {profile}"), profile=name),
        profile=name,
        made=reader.date(report.created),
        overall=report.overall,
        symbol=SYMBOLS[report.overall],
        headline=first,
        subline=second,
        columns=(
            t(N_("Requirement")),
            t(N_("Found")),
            t(N_("Asked")),
            t(N_("Rests on")),
            t(N_("Verdict")),
        ),
        groups=groups,
        practised=practised(report, profile, reader),
        practised_columns=(t(N_("Skill")), t(N_("Found")), t(N_("How it was found"))),
        labels=_labels(reader),
        sources=tuple(
            dict.fromkeys((row.source, row.source_address) for row in shown if row.source)
        ),
        how_columns=(t(N_("Requirement")), t(N_("How it was found")), t(N_("Who asks it"))),
        checks=told(asked, {row.metric for row in shown if drawn_above(row)}, reader),
        run_columns=(
            t(N_("Check")),
            t(N_("Attempt")),
            t(N_("Started")),
            t(N_("Took")),
            t(N_("Outcome")),
        ),
        runs=tuple(_run(run, reader) for run in report.session.runs),
        origin=_origin(reader),
        facts=facts(report, reader),
        code=comparison_code(encode_report(report)),
    )


def drawn_above(row: Row) -> bool:
    """Whether the course of the value stands right under the row, because something is missing."""
    lacking = row.verdict in (Verdict.FAIL, Verdict.BORDERLINE)
    return lacking and row.trace is not None and bool(row.trace.values)


def trace_words(row: Row, reader: Reader) -> tuple[str, str]:
    """Caption and alternative text of a row's drawing; the row has a trace with values."""
    trace = row.trace
    if trace is None or not trace.known:
        return "", ""
    unit, seconds = reader.unit(trace.unit), trace.step_s * len(trace.values)
    caption = reader.text(
        N_("{title}, {unit}, over {seconds}"),
        title=row.title,
        unit=unit,
        seconds=reader.quantity(seconds, "s"),
    )
    said = reader.text(
        N_("{title} over {seconds}: between {low} and {high}; asked: {asked}"),
        title=row.title,
        seconds=reader.quantity(seconds, "s"),
        low=reader.quantity(min(trace.known), trace.unit, 0.1),
        high=reader.quantity(max(trace.known), trace.unit, 0.1),
        asked=row.asked,
    )
    return caption, said


def _groups(all_rows: tuple[Row, ...], reader: Reader) -> tuple[Group, ...]:
    groups = []
    for area in Area:
        own = [row for row in all_rows if row.area is area]
        if own:
            rows = tuple(zip(own, panels(own, reader), strict=True))
            groups.append(Group(title=reader.text(explain.AREAS[area]), rows=rows))
    return tuple(groups)


def _labels(reader: Reader) -> dict[str, str]:
    t = reader.text
    return {
        "caption": t(N_("What is asked and what was found")),
        "asked": t(N_("asked")),
        # Translators: stands before the value that an earlier attempt had.
        "before": t(N_("before:")),
        "how": t(N_("How each value was found, and who asks it")),
        "practised": t(TITLE),
        "practised_note": t(NOTE),
        # Translators: opens the details of one value.
        "details": t(N_("Details")),
        "sources": t(N_("Who asks")),
        "runs": t(N_("Everything that was run")),
        "all_attempts": t(
            N_(
                "All attempts are kept. Of several, the last one counts that was neither stopped "
                "nor skipped."
            )
        ),
        "origin": t(N_("What can be said about this report")),
        "facts": t(N_("Versions and consent")),
        "code": t(N_("Comparison code")),
        "page": t(N_("Page")),
        "unshown": t(N_("Letters that this document cannot show are drawn as □.")),
    }


def _run(run: ProbeRun, reader: Reader) -> tuple[str, ...]:
    return (
        check_title(run.probe, reader),
        reader.number(run.attempt),
        reader.date(run.started),
        DASH
        if not run.duration_s
        else reader.quantity(run.duration_s, "s", 1 if run.duration_s >= 10 else 0.1),  # noqa: PLR2004 - whole seconds are enough then
        _outcome(run, reader),
    )


def _outcome(run: ProbeRun, reader: Reader) -> str:
    said = []
    if run.measurements:
        said.append(reader.plural("{n} value", "{n} values", len(run.measurements)))
    if run.failures:
        words = {reader.text(explain.short_failure(f)) for f in run.failures}
        said.append(
            reader.plural(
                # Translators: {why} is one reason or several, e.g. "not permitted".
                "{n} without a value ({why})",
                "{n} without a value ({why})",
                len(run.failures),
                why=", ".join(sorted(words)),
            )
        )
    return "; ".join(said) or reader.text(N_("nothing found"))


def _origin(reader: Reader) -> tuple[str, ...]:
    t = reader.text
    return (
        t(
            N_(
                "Measured means that this program measured it; the system says means that the "
                "operating system states it; own answer means that the applicant said so and "
                "nothing was measured."
            )
        ),
        t(
            N_(
                "Everything was found on the applicant's own computer. No report of this kind can "
                "prove that a value is true."
            )
        ),
        t(
            N_(
                "The signature in the data file shows whether the data were changed after saving. "
                "It does not show who saved them."
            )
        ),
        t(
            N_(
                "This page is a reading of the data. The data can be judged again at any time, "
                "also against other requirements, with the same program."
            )
        ),
        t(
            N_(
                "Whoever sees the same comparison code has the same data before them. It can be "
                "read out on the phone."
            )
        ),
    )


def facts(report: Report, reader: Reader) -> tuple[tuple[str, str], ...]:
    """Versions and identifiers, as (name, value)."""
    t = reader.text
    session = report.session
    return (
        (t(N_("Program")), f"Readiness {clean(session.app_version)}"),
        (t(N_("System")), PLATFORMS.get(session.platform, clean(session.platform))),
        (t(N_("Started")), reader.date(session.started)),
        (t(N_("Requirements")), clean(report.profile)),
        (t(N_("Their SHA-256")), clean(report.profile_digest)),
        (t(N_("Format")), report.schema),
        *((t(N_("Agreed to")), consent_words(consent, reader)) for consent in session.agreed),
    )
