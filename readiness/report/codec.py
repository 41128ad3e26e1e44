"""The report as JSON: written deterministically, read with suspicion, described by a schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from readiness.learnt import json_reader
from readiness.model.errors import InputError
from readiness.model.measurement import MAX_TEXT
from readiness.model.report import Report
from readiness.model.text import N_
from readiness.report import plausible
from readiness.report.schema import schema
from readiness.report.strict_json import MAX_BYTES, refuse, strict_tree

if TYPE_CHECKING:
    from readiness.model.measurement import Measurement, ProbeRun

MAX_FINDINGS = 200
MAX_RUNS = 500
MAX_CONSENTS = 100
MAX_RESULTS = 200
MAX_SUMMARY = 40

_TOO_LONG = MAX_TEXT + 1
"""So many bytes without a quote are no part of a good text."""

_READER = json_reader(Report)
_WRITER = msgspec.json.Encoder(order="deterministic")

_PATH = re.compile(r" - at `\$?(?P<path>[^`]*)`$")


def encode_report(report: Report) -> bytes:
    """The report as UTF-8 JSON; the same report always gives the same bytes.

    A session of very many attempts could grow beyond what readers accept (256 KiB). Then the
    traces, which are for drawing only, are left out of attempts that a later one replaced.

    Raises:
        InputError: Still too large; or a number in it that no reader takes.
    """
    data = _encoded(report)
    if len(data) > MAX_BYTES:
        data = _encoded(_without_old_traces(report))
    if len(data) > MAX_BYTES:
        raise InputError(
            "report-too-large",
            N_("The report holds {size} bytes; at most {limit} can be read."),
            hint=N_("Start a new check and save that."),
            size=len(data),
            limit=MAX_BYTES,
        )
    return data


def decode_report(data: bytes) -> Report:
    """Read a report that anybody may have written.

    Raises:
        InputError: With a reference and, in ``where``, the JSON path of the fault.
    """
    report = as_written(data) or _carefully(data)
    _limits(report)
    plausible.check(report)
    return report


def as_written(data: bytes) -> Report | None:
    """The report, if these are the very bytes that this program writes for it; else none.

    Most are, and reading them is many times faster: bytes that come out again when they are written
    hide nothing from another reader, no key that stands twice and no second way to write a number.
    Numbers and lists of values are limited by their types, texts are looked at beside. Lists of
    anything else are few, and each is limited in :func:`_limits`.
    """
    if len(data) > MAX_BYTES or b"\\" in data or _long_text(data):
        return None
    try:
        report = _READER.decode(data)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return report if _WRITER.encode(report) == data else None


def _long_text(data: bytes) -> bool:
    """Whether a text is too long, in JSON without escapes: looked for where quotes are far apart.

    Between two texts (an even number of quotes before) they may be: a trace stands there.
    """
    at = 0
    while at + _TOO_LONG <= len(data):
        quote = data.rfind(b'"', at, at + _TOO_LONG)
        if quote < 0:
            if data.count(b'"', 0, at) % 2:
                return True
            quote = data.find(b'"', at + _TOO_LONG)
            if quote < 0:
                return False
        at = quote + 1
    return False


def _carefully(data: bytes) -> Report:
    """Everything that is said of JSON is looked at, so that a fault has its name and its place."""
    tree = strict_tree(data)
    schema = tree.get("schema") if isinstance(tree, dict) else None
    if schema != "readiness-report/1":
        raise InputError(
            "report-schema-unknown",
            N_("This is not a report of a kind that is known here."),
            where="$.schema",
            hint=N_("Use the newest version of this program, or ask for the report again."),
        )
    try:
        return _READER.decode(data)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    except msgspec.DecodeError as error:
        raise refuse("report-not-json", N_("This is not valid JSON."), "$") from error


def _encoded(report: Report) -> bytes:
    """Write, read and write: what is read back later gives the same bytes and comparison code.

    A whole number in a field for any number is ``8`` when written first and ``8.0`` ever after.
    """
    once = _WRITER.encode(report)
    try:
        return _WRITER.encode(_READER.decode(once))
    except msgspec.ValidationError as error:
        raise _invalid(error) from error


def _invalid(error: msgspec.ValidationError) -> InputError:
    said = str(error)
    match = _PATH.search(said)
    return InputError(
        "report-invalid",
        N_("The report breaks its own format: {problem}"),
        where=f"${match['path']}" if match else "$",
        hint=N_("Ask for the file again; do not edit it by hand."),
        problem=said[: match.start()] if match else said,
    )


def _limits(report: Report) -> None:
    _at_most(report.findings, MAX_FINDINGS, "$.findings")
    _at_most(report.session.runs, MAX_RUNS, "$.session.runs")
    _at_most(report.session.agreed, MAX_CONSENTS, "$.session.consents")
    for index, run in enumerate(report.session.runs):
        try:
            _run_limits(run)
        except InputError as error:
            error.where = f"$.session.runs[{index}]{error.where}"
            raise


def _run_limits(run: ProbeRun) -> None:
    if run.measurements:
        _at_most(run.measurements, MAX_RESULTS, ".measurements")
    if run.failures:
        _at_most(run.failures, MAX_RESULTS, ".failures")
    for place, measurement in enumerate(run.measurements):
        if len(measurement.evidence.summary) > MAX_SUMMARY:
            raise _too_many(MAX_SUMMARY, f".measurements[{place}].evidence.summary")
    for place, failure in enumerate(run.failures):
        if len(failure.summary) > MAX_SUMMARY:
            raise _too_many(MAX_SUMMARY, f".failures[{place}].summary")


def _at_most(things: tuple[object, ...], limit: int, path: str) -> None:
    if len(things) > limit:
        raise _too_many(limit, path)


def _too_many(limit: int, path: str) -> InputError:
    return refuse("report-too-many", N_("More than {limit} entries stand here."), path, limit=limit)


def _without_old_traces(report: Report) -> Report:
    session = report.session
    last = {run.probe: index for index, run in enumerate(session.runs)}
    runs = tuple(
        run if last[run.probe] == index else _without_traces(run)
        for index, run in enumerate(session.runs)
    )
    return msgspec.structs.replace(report, session=msgspec.structs.replace(session, runs=runs))


def _without_traces(run: ProbeRun) -> ProbeRun:
    return msgspec.structs.replace(run, measurements=tuple(map(_traceless, run.measurements)))


def _traceless(measurement: Measurement) -> Measurement:
    evidence = msgspec.structs.replace(measurement.evidence, trace=None)
    return msgspec.structs.replace(measurement, evidence=evidence)


__all__ = [
    "MAX_BYTES",
    "MAX_FINDINGS",
    "MAX_RESULTS",
    "MAX_RUNS",
    "MAX_SUMMARY",
    "MAX_TEXT",
    "decode_report",
    "encode_report",
    "schema",
]
