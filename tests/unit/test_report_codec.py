"""The report as JSON: the same bytes every time, and nothing hostile gets in."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import inspect

from readiness.model.consent import Consent
from readiness.model.errors import InputError
from readiness.model.measurement import LARGEST, Trace
from readiness.model.report import Report
from readiness.model.requirement import Criterion, Operator
from readiness.report.codec import MAX_BYTES, as_written, decode_report, encode_report
from tests.fakes import reports as made

if TYPE_CHECKING:
    from collections.abc import Callable

FIXTURES = Path(__file__).parent.parent / "fixtures" / "reports"
PLAIN = sorted(path for path in FIXTURES.glob("*.json") if ".readiness" not in path.name)


def tree() -> dict[str, Any]:
    """The made-up report as plain JSON values, to be spoiled."""
    found = json.loads(encode_report(made.report()))
    assert isinstance(found, dict)
    return found


def refused(data: bytes) -> InputError:
    with pytest.raises(InputError) as caught:
        decode_report(data)
    assert str(caught.value), "the fault can be put into words"
    return caught.value


def refused_tree(spoiled: object) -> InputError:
    return refused(json.dumps(spoiled).encode())


def test_a_report_survives_writing_and_reading() -> None:
    report = made.report()

    assert decode_report(encode_report(report)) == report


def test_the_same_report_gives_the_same_bytes() -> None:
    assert encode_report(made.report()) == encode_report(made.report())


def test_reading_and_writing_again_gives_the_same_bytes() -> None:
    data = encode_report(made.report())

    assert encode_report(decode_report(data)) == data


@pytest.mark.parametrize("path", PLAIN, ids=lambda path: path.name)
def test_recorded_reports_can_still_be_read(path: Path) -> None:
    report = decode_report(path.read_bytes())

    assert report.overall.value == path.stem


@pytest.mark.parametrize(
    ("data", "reference"),
    [
        (b"", "report-not-json"),
        (b"[]", "report-schema-unknown"),
        (b"null", "report-schema-unknown"),
        (b'{"schema": "readiness-report/2"}', "report-schema-unknown"),
        (b"\xef\xbb\xbf{}", "report-not-json"),
        ('{"schema": 1}'.encode("utf-16"), "report-not-json"),
        (b'{"schema": NaN}', "report-number-not-finite"),
        (b'{"a": Infinity}', "report-number-not-finite"),
        (b'{"a": 1e999}', "report-number-not-finite"),
        (b'{"a": ' + b"9" * 5000 + b"}", "report-number-absurd"),
        (b'{"a": 1e300}', "report-number-absurd"),
        (b'{"a": 1, "a": 2}', "report-key-twice"),
        (b'{"a": "\\ud800"}', "report-not-json"),
        (b'{"a": "' + b"x" * 501 + b'"}', "report-text-too-long"),
        (b"[" * 100_000, "report-too-deep"),
        (b'{"a":' * 40_000, "report-too-deep"),
        (b'["' + b'\\"[' * 80_000, "report-not-json"),
        (b"[" + b"1," * 2000 + b"1]", "report-too-many"),
        (b" " * (MAX_BYTES + 1), "report-too-large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_hostile_bytes_are_refused(data: bytes, reference: str) -> None:
    assert refused(data).reference == reference


def test_an_unknown_field_is_named_with_its_path() -> None:
    spoiled = tree()
    spoiled["session"]["runs"][0]["mac_address"] = "00:11:22:33:44:55"

    fault = refused_tree(spoiled)

    assert (fault.reference, fault.where) == ("report-invalid", "$.session.runs[0]")
    assert "mac_address" in str(fault)


@pytest.mark.parametrize(
    ("path", "value", "reference"),
    [
        (("overall",), "ready", "report-contradicts-itself"),
        (("overall",), "splendid", "report-invalid"),
        (("created",), "1970-01-01T00:00:00Z", "report-time-absurd"),
        (("created",), "2026-11-01T00:00:00Z", "report-time-absurd"),
        (("created",), "2026-11-23T13:07:00", "report-time-absurd"),
        (("created",), 5, "report-invalid"),
        (("session", "runs", 0, "duration_s"), -1, "report-time-absurd"),
        (("session", "runs", 0, "duration_s"), 1e9, "report-time-absurd"),
        (("session", "runs", 0, "attempt"), 0, "report-value-wrong"),
        (("session", "runs", 0, "measurements", 0, "at"), "2027-01-01T00:00:00Z", None),
        (("session", "runs", 5, "measurements", 0, "unit"), "kbit/s", "report-unit-wrong"),
        (("session", "runs", 5, "measurements", 0, "value"), True, "report-value-wrong"),
        (("session", "runs", 5, "measurements", 0, "value"), "fast", "report-value-wrong"),
        (("session", "runs", 5, "measurements", 0, "uncertainty"), -1, "report-invalid"),
        (("session", "runs", 5, "measurements", 0, "value"), 99, "report-finding-unfounded"),
        (("findings", 6, "measurement", "value"), 9.9, "report-finding-unfounded"),
        (("findings", 6, "criterion", "threshold"), [], "report-value-wrong"),
        (("findings", 6, "criterion", "threshold"), ["3"], "report-value-wrong"),
        (("findings", 6, "criterion", "threshold"), [3, 4], "report-value-wrong"),
        (("findings", 6, "criterion", "unit"), "\u202etib/M", "report-unit-wrong"),
        (("findings", 6, "criterion", "unit"), "", "report-unit-wrong"),
        (("findings", 6, "criterion", "unit"), "M" * 21, "report-unit-wrong"),
        (("findings", 1, "requirement"), "memory", "report-contradicts-itself"),
        (("findings", 6, "verdict"), "pass", "report-contradicts-itself"),
        (("findings", 6, "verdict"), "unknown", "report-contradicts-itself"),
    ],
)
def test_what_cannot_be_is_refused(
    path: tuple[str | int, ...], value: object, reference: str | None
) -> None:
    spoiled: Any = tree()
    node = spoiled
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value

    assert refused_tree(spoiled).reference == (reference or "report-time-absurd")


def test_too_many_findings_are_refused() -> None:
    spoiled = tree()
    spoiled["findings"] = [
        {"requirement": f"r{n}", "level": "info", "area": "line", "verdict": "unknown"}
        for n in range(201)
    ]

    assert refused_tree(spoiled).where == "$.findings"


def test_a_summary_without_end_is_refused() -> None:
    spoiled = tree()
    evidence = spoiled["session"]["runs"][0]["measurements"][0]["evidence"]
    evidence["summary"] = {f"k{n}": n for n in range(41)}

    assert refused_tree(spoiled).reference == "report-too-many"


def test_a_session_of_very_many_attempts_can_still_be_written_and_read() -> None:
    """Drawings of attempts that a later one replaced are left out; their values stay."""
    whole = made.session()
    last = whole.runs[5]
    runs = tuple(msgspec.structs.replace(last, attempt=n) for n in range(1, 301))
    report = made.report(msgspec.structs.replace(whole, runs=runs))

    found = decode_report(encode_report(report))

    assert len(found.session.runs) == 300
    assert found.session.latest() == report.session.latest()


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_either_a_report_or_a_named_fault(data: bytes) -> None:
    with pytest.raises(InputError):
        decode_report(data)


@settings(deadline=None)
@given(st.data())
def test_a_report_with_a_byte_changed_is_read_or_refused_by_name(data: st.DataObject) -> None:
    good = bytearray(encode_report(made.report()))
    good[data.draw(st.integers(0, len(good) - 1))] = data.draw(st.integers(0, 255))
    with contextlib.suppress(InputError):
        assert decode_report(bytes(good)).schema == "readiness-report/1"


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b'"session":', b' "session":', 1),
        lambda data: data.replace(b'"platform":"win32"', b'"platform":"x","platform":"win32"', 1),
        lambda data: data.replace(b"31.2", b"31.20", 1),
        lambda data: data.replace(b"31.2", b"3.12e1", 1),
        lambda data: data.replace(b'"win32"', b'"\\u0077in32"', 1),
        lambda data: data.replace(b'"win32"', b'"' + b"x" * 501 + b'"', 1),
        lambda data: data.replace(b"31.2", b"1000000000000001", 1),
        lambda data: data.replace(b'"win32"', b'"\xed\xa0\x80"', 1),
        lambda data: data.replace(b"31.2", b"NaN", 1),
        lambda data: data[:-1],
        lambda data: data + b"\n",
        lambda data: b"\xef\xbb\xbf" + data,
    ],
)
def test_only_the_very_bytes_that_are_written_are_read_the_short_way(
    change: Callable[[bytes], bytes],
) -> None:
    """Everything else is looked at with all care, so that the short way lets nothing through."""
    plain = msgspec.structs.replace(made.session(), runs=made.session().runs[:-1])
    data = encode_report(made.report(plain))
    changed = change(data)

    assert changed != data
    assert as_written(data) == made.report(plain)
    assert as_written(changed) is None


def test_a_list_without_end_is_not_read_the_short_way() -> None:
    asked = made.criterion("machine.cpu_model", Operator.ONE_OF, *("x" for _ in range(1001)))
    finding = made.report().findings[0]
    long = msgspec.structs.replace(finding, criterion=asked)
    found = msgspec.structs.replace(made.report(), findings=(long,))

    assert as_written(msgspec.json.encode(found, order="deterministic")) is None


def with_answer(text: str, *, trace: int = 80) -> bytes:
    """A report with an answer of that text behind a trace of so many points."""
    whole = made.session()
    line = msgspec.structs.replace(made.upload_trace(), values=(0.123456,) * trace)
    found = made.measurement("line.upload", 2.1, "Mbit/s", trace=line)
    runs = (made.run("line_speed", found), made.run("questions", made.declared("x", text)))
    return encode_report(made.report(msgspec.structs.replace(whole, runs=runs)))


@pytest.mark.parametrize("before", range(0, 260, 13))
@pytest.mark.parametrize("trace", [1, 400])
def test_a_text_that_is_too_long_is_noticed_wherever_it_stands(before: int, trace: int) -> None:
    """Long numbers stand between texts, too: they are none."""
    good = with_answer("x" * 500, trace=trace)
    moved = good.replace(b'"win32"', b'"' + b"w" * before + b'"')

    assert as_written(moved) is not None
    assert as_written(moved.replace(b"x" * 500, b"x" * 501)) is None


@pytest.mark.parametrize("number", [b"1e16", b"1.5e300", b"1234567890123456.0", b"-1e100"])
def test_a_number_that_is_absurd_is_noticed(number: bytes) -> None:
    data = with_answer("x").replace(b"2.1", number)

    assert as_written(with_answer("x")) is not None
    assert as_written(data) is None
    assert refused(data).reference in ("report-number-absurd", "report-number-not-finite")


def test_a_report_that_nobody_could_read_is_not_written() -> None:
    """A server that lies can make any number come out."""
    found = made.measurement("line.example", 1e300, "Mbit/s")
    runs = (made.run("line_example", found),)

    with pytest.raises(InputError) as caught:
        encode_report(made.report(msgspec.structs.replace(made.session(), runs=runs)))

    assert caught.value.reference == "report-invalid"
    assert caught.value.where.endswith(".value")


@pytest.mark.parametrize("number", [b"1e-7", b"0.12345678901234567", b"999999999999999.0"])
def test_a_number_that_is_only_long_or_small_is_none_of_them(number: bytes) -> None:
    data = encode_report(made.report())
    value = msgspec.json.decode(number)
    found = made.measurement("line.example", value, "Mbit/s")
    whole = made.session()
    runs = (*whole.runs[:-1], made.run("line_example", found))
    data = encode_report(made.report(msgspec.structs.replace(whole, runs=runs)))

    assert as_written(data) == decode_report(data)


BESIDE = {
    *("Report.findings", "Session.runs", "Session.consents", "ProbeRun.measurements"),
    *("ProbeRun.failures", "Trace.values", "Trace.gaps", "Consent.parties"),
}
"""Lists that are limited by other means, each with a test of its own."""


def test_every_number_and_every_other_list_of_a_report_is_limited_by_its_type() -> None:
    """So what is read the short way needs no second look at them."""
    kinds: dict[type, inspect.StructType] = {}
    gather(inspect.type_info(Report), kinds)

    free = {
        f"{kind.__name__}.{field.name}"
        for kind, told in kinds.items()
        for field in told.fields
        if not limited(field.type)
    }

    assert {Report, Criterion, Trace, Consent} <= kinds.keys()
    assert free == BESIDE


def gather(node: inspect.Type, kinds: dict[type, inspect.StructType]) -> None:
    """Every struct that is below a type."""
    if isinstance(node, inspect.StructType) and node.cls not in kinds:
        kinds[node.cls] = node
    elif isinstance(node, inspect.StructType):
        return
    for below in parts(node):
        gather(below, kinds)


def parts(node: inspect.Type) -> list[inspect.Type]:
    if isinstance(node, inspect.StructType):
        return [field.type for field in node.fields]
    if isinstance(node, inspect.UnionType):
        return list(node.types)
    if isinstance(node, inspect.CollectionType):
        return [node.item_type]
    return [node.key_type, node.value_type] if isinstance(node, inspect.DictType) else []


def limited(node: inspect.Type) -> bool:
    """Whether numbers and lists in it have limits; dicts are limited by what they hold."""
    if isinstance(node, inspect.IntType | inspect.FloatType):
        return node.le == -node.ge == LARGEST if node.le and node.ge else False
    if isinstance(node, inspect.CollectionType) and node.max_length is None:
        return False
    if isinstance(node, inspect.StructType):
        return True
    return all(map(limited, parts(node)))
