"""The window and its workers may want the same type first, at the same time."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.fakes.trust import invitation, session

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("readiness", "ui")
AT_ONCE = """
import sys, threading
from readiness.learnt import json_reader
from readiness.model.measurement import Session

data = sys.stdin.buffer.read()
sys.setswitchinterval(1e-6)
begin = threading.Barrier(4)

def read():
    begin.wait()
    json_reader(Session).decode(data)

threads = [threading.Thread(target=read) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
"""


def test_threads_that_read_for_the_first_time_at_once_do_no_harm() -> None:
    """Without the lock it ended one program in three; ten runs show it nearly always."""
    data = msgspec.json.encode(session(invitation()))

    ended = [
        subprocess.run(
            [sys.executable, "-c", AT_ONCE], cwd=ROOT, input=data, check=False
        ).returncode
        for _ in range(10)
    ]

    assert ended == [0] * 10


def learning(code: str) -> list[int]:
    """The lines on which msgspec is given a type to read, which it learns there and then."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and ast.unparse(node.func).startswith("msgspec.")
        and (
            node.func.attr in ("Decoder", "convert")
            or (node.func.attr == "decode" and any(one.arg == "type" for one in node.keywords))
        )
    ]


def test_types_are_learnt_in_one_place_by_one_thread_at_a_time() -> None:
    files = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    found = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files
        if (lines := learning(path.read_text(encoding="utf-8")))
    }
    assert list(found) == ["readiness/learnt.py"]


@pytest.mark.parametrize(
    "code",
    [
        "msgspec.json.decode(data, type=Session)",
        "msgspec.toml.decode(data, type=_File)",
        "msgspec.json.Decoder(Report)",
        "msgspec.convert(tree, SkillSet)",
    ],
)
def test_each_way_in_which_msgspec_learns_a_type_is_found(code: str) -> None:
    assert learning(code) == [1]
