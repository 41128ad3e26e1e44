"""The report as JSON: written deterministically, read with suspicion, described by a schema."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from readiness.model.errors import InputError
from readiness.model.measurement import MAX_TEXT
from readiness.model.report import Report
from readiness.model.text import N_
from readiness.report import plausible
from readiness.report.schema import schema
from readiness.report.strict_json import MAX_BYTES, MAX_ITEMS, refuse, strict_tree

if TYPE_CHECKING:
    from readiness.model.measurement import Measurement, ProbeRun

MAX_FINDINGS = 200
MAX_RUNS = 500
MAX_CONSENTS = 100
MAX_RESULTS = 200
MAX_SUMMARY = 40

_ABSURD = re.compile(rb"(?<![0-9.])[0-9]{16}|[0-9.]{26}|[0-9][eE]")
"""In numbers: they may exceed 10^15 or have very many digits. Then the careful reader decides."""

_AT_A_GLANCE = bytes.maketrans(b"123456789E", b"000000000e")
"""Every digit is a nought."""

_PATH = re.compile(r" - at `\$?(?P<path>[^`]*)`$")


def encode_report(report: Report) -> bytes:
    """The report as UTF-8 JSON; the same report always gives the same bytes.

    A session of very many attempts could grow beyond what readers accept (256 KiB). Then the
    traces, which are for drawing only, are left out of attempts that a later one replaced.

    Raises:
        InputError: Still too large.
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
    What a type does not limit (texts, numbers, lists) is looked at beside.
    """
    if len(data) > MAX_BYTES or b"\\" in data:
        return None
    pieces = data.split(b'"')  # without escapes every second one is a text
    bare = b"".join(pieces[0::2])
    longest_list = max(piece.count(b",") for piece in bare.split(b"]"))
    if (
        max(map(len, pieces[1::2]), default=0) > MAX_TEXT
        or longest_list >= MAX_ITEMS
        or _absurd(bare)
    ):
        return None
    try:
        report = msgspec.json.decode(data, type=Report)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return report if msgspec.json.encode(report, order="deterministic") == data else None


def _absurd(bare: bytes) -> bool:
    """Whether a number may be; most reports are told at a glance, without looking at each."""
    glance = bare.translate(_AT_A_GLANCE)
    suspicious = b"0" * 16 in glance or b"0e" in glance
    return suspicious and _ABSURD.search(bare) is not None


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
        return msgspec.json.decode(data, type=Report)
    except msgspec.ValidationError as error:
        raise _invalid(error) from error
    except msgspec.DecodeError as error:
        raise refuse("report-not-json", N_("This is not valid JSON."), "$") from error


def _encoded(report: Report) -> bytes:
    """Write, read and write: what is read back later gives the same bytes and comparison code.

    A whole number in a field for any number is ``8`` when written first and ``8.0`` ever after.
    """
    once = msgspec.json.encode(report, order="deterministic")
    return msgspec.json.encode(msgspec.json.decode(once, type=Report), order="deterministic")


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
        path = f"$.session.runs[{index}]"
        _at_most(run.measurements, MAX_RESULTS, f"{path}.measurements")
        _at_most(run.failures, MAX_RESULTS, f"{path}.failures")
        for place, measurement in enumerate(run.measurements):
            _at_most(
                measurement.evidence.summary,
                MAX_SUMMARY,
                f"{path}.measurements[{place}].evidence.summary",
            )
        for place, failure in enumerate(run.failures):
            _at_most(failure.summary, MAX_SUMMARY, f"{path}.failures[{place}].summary")


def _at_most(
    things: tuple[object, ...] | dict[str, bool | int | float | str], limit: int, path: str
) -> None:
    if len(things) > limit:
        raise refuse(
            "report-too-many", N_("More than {limit} entries stand here."), path, limit=limit
        )


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
