"""The published schema is the one that the program keeps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest

from readiness.report.codec import encode_report, schema
from tests.fakes import reports as made

ROOT = Path(__file__).parent.parent.parent
PUBLISHED = ROOT / "docs" / "report.schema.json"
FIXTURES = sorted(
    path
    for path in (ROOT / "tests/fixtures/reports").glob("*.json")
    if ".readiness" not in path.name
)


@pytest.fixture(scope="module")
def validator() -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(
        json.loads(PUBLISHED.read_text(encoding="utf-8")), validate_formats=True
    )


def test_the_published_copy_is_the_schema() -> None:
    """Renew with ``readiness report-schema > docs/report.schema.json``."""
    assert json.loads(PUBLISHED.read_text(encoding="utf-8")) == schema()


def test_it_names_itself() -> None:
    assert schema()["$id"] == "readiness-report/1"
    assert schema()["$schema"] == "https://json-schema.org/draft/2020-12/schema"


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_recorded_reports_keep_it(
    path: Path, validator: jsonschema_rs.Draft202012Validator
) -> None:
    validator.validate(json.loads(path.read_text(encoding="utf-8")))


def test_what_is_written_keeps_it(validator: jsonschema_rs.Draft202012Validator) -> None:
    validator.validate(json.loads(encode_report(made.report())))
    validator.validate(json.loads(encode_report(made.large_report())))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "readiness-report/2"),
        (("created",), "yesterday"),
        (("overall",), "splendid"),
        (("score",), 10),
        (("profile",), "x" * 501),
        (("findings", 0, "level"), "perhaps"),
        (("findings", 0, "criterion", "threshold"), []),
        (("findings", 0, "criterion", "source", "seen"), "spring"),
        (("session", "runs", 0, "probe"), 1),
        (("session", "runs", 0, "serial_number"), "x"),
        (("session", "runs", 0, "measurements", 0, "value"), None),
        (("session", "runs", 0, "measurements", 0, "evidence", "kind"), "guessed"),
    ],
)
def test_it_refuses_what_the_program_refuses(
    path: tuple[str | int, ...], value: object, validator: jsonschema_rs.Draft202012Validator
) -> None:
    spoiled: Any = json.loads(encode_report(made.report()))
    node = spoiled
    for key in path[:-1]:
        node = node[key]
    node[path[-1]] = value

    assert not validator.is_valid(spoiled)


def test_a_report_without_its_schema_is_refused(
    validator: jsonschema_rs.Draft202012Validator,
) -> None:
    spoiled = json.loads(encode_report(made.report()))
    del spoiled["schema"]

    assert not validator.is_valid(spoiled)
