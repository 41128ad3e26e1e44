"""The lane under Wine: what goes in, what is left out, how its end is read."""

from __future__ import annotations

import ast
import os
import struct
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import pytest

from tests.release_code import ROOT, WINDOWS, windows_script

if TYPE_CHECKING:
    from pathlib import Path

crt, python, suite, surroundings, left_out, steps = map(
    windows_script,
    ("wine_crt", "wine_python", "suite", "surroundings", "left_out", "steps"),
)


# --- what is left out -----------------------------------------------------------------------------


@pytest.mark.parametrize("name", left_out.LEFT_OUT)
def test_what_is_left_out_exists(name: str) -> None:
    """Else a reason would stand for a test that has another name by now, and runs."""
    path, _, begin = name.partition("::")
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
    found = [node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]

    assert any(one.startswith(begin or "test_") for one in found)


def test_every_file_of_the_suite_is_in_one_batch() -> None:
    files = [f"tests/unit/test_{number}.py" for number in range(100)]

    dealt = suite.batches(files)

    assert sorted(name for batch in dealt for name in batch) == sorted(files)
    assert all(dealt)


def test_few_files_make_few_batches() -> None:
    assert suite.batches(["a", "b"]) == [["a"], ["b"]]


def _run(folder: Path, batch: str) -> subprocess.CompletedProcess[str]:
    """Pytest as under Wine, over the folders of a suite."""
    options = "-p under_wine -p no:cacheprovider -p no:randomly -q --co"
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options.split(), "tests/unit", "tests/contract"],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(WINDOWS), suite.BATCH: batch},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def suite_of_three(tmp_path: Path) -> Path:
    for name in ("unit/test_one.py", "unit/test_two.py", "contract/test_one.py"):
        path = tmp_path / "tests" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("def test_it() -> None:\n    pass\n", encoding="utf-8")
    return tmp_path


def test_a_batch_is_what_is_named_and_no_more(suite_of_three: Path) -> None:
    done = _run(suite_of_three, "tests/unit/test_two.py tests/contract/test_one.py")

    found = {line.partition("::")[0] for line in done.stdout.splitlines() if "::" in line}
    assert found == {"tests/unit/test_two.py", "tests/contract/test_one.py"}


def test_a_file_that_is_not_found_is_no_batch_without_tests(suite_of_three: Path) -> None:
    done = _run(suite_of_three, "tests/unit/test_two.py tests/unit/test_three.py")

    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "tests/unit/test_three.py" in done.stderr


# --- how a run ended ------------------------------------------------------------------------------


def _outcome(status: int, said: str) -> Any:  # noqa: ANN401 - of a script's own class
    return suite.Outcome(status=status, said=said)


def test_the_last_line_is_counted() -> None:
    said = "....\n1 failed, 383 passed, 7 skipped, 2 errors in 273.46s (0:04:33)\n"

    assert _outcome(1, said).counts == {"failed": 1, "passed": 383, "skipped": 7, "error": 2}


@pytest.mark.parametrize(
    ("status", "said", "good", "down"),
    [
        (0, "3 passed in 1s", True, False),
        (5, "3 deselected in 1s", True, False),
        (1, "1 failed in 1s", False, False),
        (-11, "....", False, True),
        (-11, "Windows fatal exception: access violation\n", False, False),
        (3, "Fatal Python error: Aborted\n", False, False),
    ],
)
def test_only_what_wine_alone_ended_is_tried_again(
    status: int, said: str, *, good: bool, down: bool
) -> None:
    outcome = _outcome(status, said)

    assert (outcome.good, outcome.wine_went_down) == (good, down)


def test_a_failure_stops_the_lane_with_what_was_said() -> None:
    with pytest.raises(steps.Stop, match="E assert 1 == 2"):
        suite.conclude([_outcome(0, "1 passed in 1s"), _outcome(1, "E assert 1 == 2\n1 failed")])


# --- packages -------------------------------------------------------------------------------------


def test_what_windows_needs_is_taken_from_the_lock_in_its_version() -> None:
    lock = """
# a remark
shiboken6==6.9.3; python_version < "3.14"
shiboken6==6.11.3; python_version >= "3.14"
pyudev==0.24.5; sys_platform == "linux"
colorama==0.4.6; sys_platform == "win32"
mypy==2.4.1
"""

    assert list(python.locked(lock)) == ["shiboken6==6.9.3", "colorama==0.4.6"]


# --- the C library --------------------------------------------------------------------------------


def _library(*names: str) -> bytes:
    """A library for Windows that is nothing but its table of names (PE/COFF, 6.3)."""
    header, section_at, address = 0x40, 0x40 + 24 + 240, 0x1000
    offset = 0x200
    texts = b"".join(name.encode() + b"\0" for name in names)
    begin = address + 40 + 4 * len(names)
    starts = [begin + texts.index(name.encode() + b"\0") for name in names]
    table = struct.pack("<24xI4xI4x", len(names), address + 40)
    body = table + struct.pack(f"<{len(names)}I", *starts) + texts
    made = bytearray(offset + len(body))
    struct.pack_into("<I", made, 0x3C, header)
    made[header : header + 4] = b"PE\0\0"
    struct.pack_into("<H", made, header + 6, 1)
    struct.pack_into("<H", made, header + 20, 240)
    struct.pack_into("<I", made, header + 24 + 112, address)
    struct.pack_into("<IIII", made, section_at + 8, len(body), address, len(body), offset)
    made[offset:] = body
    return bytes(made)


def test_the_names_of_a_library_are_read() -> None:
    assert crt.exports(_library("cabs", "crealf", "malloc")) == ["cabs", "crealf", "malloc"]


def test_what_is_no_library_stops_the_lane() -> None:
    with pytest.raises(steps.Stop, match="no library for Windows"):
        crt.exports(bytes(0x200))


def test_ours_are_offered_and_everything_else_is_handed_on() -> None:
    """``long double`` is ``double`` to Windows."""
    names = ["crealf", "cexpl", "malloc"]

    assert crt.offered(names).splitlines()[2:] == [
        '"crealf" = "crealf"',
        '"cexpl" = "cexp"',
        '"malloc" = "wineucrt.malloc"',
    ]
    assert crt.handed_on(names).splitlines()[2:] == ['"malloc"']


def test_the_tone_ends_where_it_begins() -> None:
    second = surroundings.tone(48_000, 440, 10_000)

    assert (len(second), second[0], max(second)) == (48_000, 0, 10_000)
    assert abs(second[-1] + second[1]) <= 1


def test_the_room_is_no_part_of_what_is_given_out() -> None:
    """What Wine lacks is made for the room alone."""
    for path in (WINDOWS / "windows_tree.py", WINDOWS / "windows_contents.py"):
        assert "wine_crt" not in path.read_text(encoding="utf-8")
