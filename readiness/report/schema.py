"""The JSON Schema (draft 2020-12) of a report, derived from the types that read it."""

from __future__ import annotations

import inspect
import re
from typing import Any

import msgspec

from readiness.model import finding, invited, measurement, report, requirement
from readiness.model.report import REPORT_SCHEMA, Report

LONGEST = measurement.MAX_TEXT
_LIMITS = {
    ("Report", "findings"): 200,
    ("Session", "runs"): 500,
    ("ProbeRun", "measurements"): 200,
    ("ProbeRun", "failures"): 200,
    ("Trace", "values"): measurement.MAX_TRACE,
}
_MOMENTS = ("created", "started", "at")
_ATTRIBUTE = re.compile(r"^(\w+): (.*)$")


def schema() -> dict[str, Any]:
    """The published schema. Depends on the types only, not on the probes that are installed."""
    tree: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Report)))
    for name, definition in tree["$defs"].items():
        _describe(name, definition)
    whole = tree["$defs"]["Report"]
    whole["properties"]["schema"] = {"const": REPORT_SCHEMA}
    whole["required"] = ["schema", *whole["required"]]
    tree["$defs"]["Criterion"]["properties"]["threshold"]["minItems"] = 1
    for text in _strings(tree):
        text.setdefault("maxLength", LONGEST)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": REPORT_SCHEMA,
        "title": "Readiness report",
        **tree,
    }


def _describe(name: str, definition: dict[str, Any]) -> None:
    definition["description"] = definition["description"].partition("Attributes:")[0].strip()
    told = _attributes(name)
    for key, field in definition.get("properties", {}).items():
        if key in told and "$ref" not in field:
            field["description"] = told[key]
        if key in _MOMENTS:
            field["format"] = "date-time"
        if (name, key) in _LIMITS:
            field["maxItems"] = _LIMITS[name, key]


def _attributes(name: str) -> dict[str, str]:
    """What the docstring of a type says about its fields."""
    modules = (report, finding, measurement, requirement, invited)
    kind = next((getattr(m, name) for m in modules if hasattr(m, name)), None)
    lines = (inspect.getdoc(kind) or "").partition("Attributes:")[2].splitlines()
    found: dict[str, str] = {}
    current = ""
    for line in map(str.strip, lines):
        match = _ATTRIBUTE.match(line)
        if match:
            current = match[1]
            found[current] = match[2]
        elif line and current:
            found[current] += f" {line}"
    return found


def _strings(node: object) -> list[dict[str, Any]]:
    """Every description of a free text in the schema."""
    found = []
    if isinstance(node, dict):
        if node.get("type") == "string" and "format" not in node:
            found.append(node)
        for value in node.values():
            found.extend(_strings(value))
    elif isinstance(node, list):
        for value in node:
            found.extend(_strings(value))
    return found
