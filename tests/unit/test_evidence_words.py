"""Every fact that the code about line, link, hosts, calls and voice writes has words for people.

The sources are read, not run: a key that is written on one bad day only must have words as well.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from readiness.call_figures import Found, figures
from readiness.evidence_words import CAUTIONS, SILENT, WORDS
from readiness.model.line_method import LINE_METHODS
from tests.fakes.streams import made_stream

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parents[2] / "readiness"
PLACES = (
    "probes",
    "call_figures.py",
    "voice_figures.py",
    "system/line",
    "system/link",
    "system/reach",
    "system/tool.py",
)
FILES = [
    file
    for place in PLACES
    for file in ([ROOT / place] if place.endswith(".py") else sorted((ROOT / place).rglob("*.py")))
]
MAKERS = {"CannotMeasure", "failed", "reported"}
"""Calls whose further keywords become facts."""


def _summaries(tree: ast.Module) -> Iterator[ast.expr]:
    """Every expression whose dictionaries become a summary."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            maker = isinstance(node.func, ast.Name) and node.func.id in MAKERS
            for keyword in node.keywords:
                if keyword.arg == "summary" or (maker and keyword.arg is None):
                    yield keyword.value
                    yield from _assigned(tree, ast.unparse(keyword.value))
        elif isinstance(node, ast.Dict):  # {**facts, "direction": ...}
            spread = {ast.unparse(v) for k, v in zip(node.keys, node.values, strict=True) if not k}
            if spread & {"facts", "common", "summary"}:
                yield node
        elif isinstance(node, ast.Assign) and "summary" in ast.unparse(node.targets[0]):
            yield node.value
        elif isinstance(node, ast.AnnAssign) and "[str, Scalar" in ast.unparse(node.annotation):
            yield from [node.value] if node.value else []
        elif isinstance(node, ast.FunctionDef):
            yield from _returned(node)


def _assigned(tree: ast.Module, name: str) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and name in map(ast.unparse, node.targets):
            yield node.value


def _returned(node: ast.FunctionDef) -> Iterator[ast.expr]:
    told = "" if node.returns is None else ast.unparse(node.returns)
    by_name = "summary" in node.name or node.name == "_named"
    if not (by_name or "[str, Scalar" in told):
        return
    for part in ast.walk(node):
        if isinstance(part, ast.Return | ast.Assign) and part.value is not None:
            yield part.value


def _names(tree: ast.Module) -> Iterator[object]:
    """Keys that stand as keywords or in square brackets."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            own = {"value", "method"} if node.func.id == "reported" else set()
            if node.func.id in MAKERS:
                yield from (word.arg for word in node.keywords if word.arg and word.arg not in own)
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "summary":
            yield from [node.slice.value] if isinstance(node.slice, ast.Constant) else []


def _keys(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    constants = {
        name: text
        for node in tree.body
        if isinstance(node, ast.Assign)
        for name, text in _pairs(node.targets[0], node.value)
    }
    found = set(map(str, _names(tree)))
    for expression in _summaries(tree):
        for part in ast.walk(expression):
            for key in part.keys if isinstance(part, ast.Dict) else ():
                if isinstance(key, ast.Constant):
                    found.add(str(key.value))
                elif isinstance(key, ast.Name) and key.id in constants:
                    found.add(constants[key.id])
    return found


def _pairs(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, str]]:
    if isinstance(target, ast.Name) and isinstance(value, ast.Constant):
        yield target.id, str(value.value)
    if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple):
        for one, other in zip(target.elts, value.elts, strict=True):
            yield from _pairs(one, other)


def _written() -> dict[str, str]:
    return {key: file.name for file in FILES for key in _keys(file)}


def test_every_key_that_is_written_has_words() -> None:
    written = _written()

    assert {k: where for k, where in written.items() if k not in {*WORDS, *SILENT}} == {}


def test_the_reading_of_sources_finds_keys_of_every_form() -> None:
    """Written as dictionary, as keyword, through a constant, by assignment, by spreading."""
    assert set(_written()) >= {
        "counted_by",
        "tried",
        "fell_back",
        "limited_by_this_computer",
        "jitter_buffer_ms",
        "direction",
        "udp",
        "status",
        "bytes",
        "peer_keeps_ms",
        "asked",
        "environment",
        "proved",
        "issuer",
        "silent",
        "tunnel_over",
        "lost",
        "route",
        "source",
        "interval_ms",
    }


def test_no_key_is_both_shown_and_silent() -> None:
    assert not set(WORDS) & SILENT


def test_every_caution_is_about_a_key_that_is_no_fact_of_its_own() -> None:
    assert {key for key, _ in CAUTIONS} <= SILENT


@pytest.mark.parametrize("method", [method.id for method in LINE_METHODS])
def test_every_method_has_a_name_for_its_server(method: str) -> None:
    assert method in WORDS["server"].codes


def test_a_call_writes_only_what_has_words() -> None:
    """The same by running it: every figure of a stream with loss."""
    told = figures(made_stream(800, lost_up={3, 4, 90}, lost_down={200}))

    keys = {key for one in told.values() if isinstance(one, Found) for key in one.summary}
    assert keys
    assert keys <= {*WORDS, *SILENT}
