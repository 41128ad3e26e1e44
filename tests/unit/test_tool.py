"""The guard around system tools: real programs that behave badly, run by it."""

from __future__ import annotations

import sys
import threading
import time
from pathlib import Path

import pytest

from readiness.cancel import Token
from readiness.model.errors import Cancelled, CannotMeasure, FailureCode
from readiness.system import tool
from readiness.system.tool import run_tool

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tools here are shell scripts")


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let the guard find a copy of nothing but the folder of this test, and the real ones."""
    monkeypatch.setattr(tool, "_POSIX_FOLDERS", (str(tmp_path), *tool._POSIX_FOLDERS))
    return _script(tmp_path, "speak", 'printf "%s|%s|%s" "$1" "$LC_ALL" "$LANGUAGE"')


def _script(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(f"#!/bin/sh\n{text}\n", encoding="utf-8")
    path.chmod(0o755)
    return name


def test_returns_standard_output_of_a_tool_run_in_the_c_locale(
    script: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "de")
    assert run_tool(Token(), script, "a b; echo c") == "a b; echo c|C|"


def test_a_missing_tool_is_unsupported() -> None:
    with pytest.raises(CannotMeasure) as caught:
        run_tool(Token(), "no-such-tool-anywhere")
    assert (caught.value.code, caught.value.detail) == (FailureCode.UNSUPPORTED, "tool-missing")


def test_a_tool_along_the_search_path_is_not_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _script(tmp_path, "planted", "echo planted")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotMeasure, match="tool-missing"):
        run_tool(Token(), "planted")


def test_a_failing_tool_tells_its_status(script: str, tmp_path: Path) -> None:
    name = _script(tmp_path, f"{script}-fail", "echo half; exit 3")
    with pytest.raises(CannotMeasure) as caught:
        run_tool(Token(), name)
    assert caught.value.detail == "tool-failed"
    assert caught.value.summary == {"tool": name, "status": 3}


def test_a_status_that_means_success_is_one(script: str, tmp_path: Path) -> None:
    name = _script(tmp_path, f"{script}-none", "echo none; exit 1")
    assert run_tool(Token(), name, statuses=(0, 1)) == "none\n"


def test_a_hung_tool_is_timed_out_together_with_its_children(script: str, tmp_path: Path) -> None:
    name = _script(tmp_path, f"{script}-hang", "sleep 60 & sleep 60")
    with pytest.raises(CannotMeasure) as caught:
        run_tool(Token(), name, timeout=0.1)
    assert (caught.value.code, caught.value.detail) == (FailureCode.TIMED_OUT, "tool-hung")


def test_a_child_that_keeps_the_pipe_open_is_timed_out_as_well(script: str, tmp_path: Path) -> None:
    name = _script(tmp_path, f"{script}-orphan", "sleep 60 & exit 0")
    with pytest.raises(CannotMeasure, match="tool-hung"):
        run_tool(Token(), name, timeout=0.2)


def test_endless_output_is_cut_off(script: str, tmp_path: Path) -> None:
    name = _script(tmp_path, f"{script}-endless", "while :; do echo 0123456789; done")
    with pytest.raises(CannotMeasure, match="tool-talkative"):
        run_tool(Token(), name, timeout=20)


def test_stop_ends_a_running_tool(script: str, tmp_path: Path) -> None:
    mark = tmp_path / "started"
    name = _script(tmp_path, f"{script}-wait", f"echo $$ > {mark}; exec sleep 60")
    token, raised = Token(), threading.Event()

    def work() -> None:
        try:
            run_tool(token, name, timeout=30)
        except Cancelled:
            raised.set()

    thread = threading.Thread(target=work)
    thread.start()
    while not (mark.exists() and mark.read_text(encoding="utf-8").strip()):
        time.sleep(0.01)
    token.cancel()
    thread.join(5)
    assert raised.is_set()
    pid = mark.read_text(encoding="utf-8").strip()
    assert Token().wait_for(lambda: not _alive(pid), timeout=5)


def test_a_stopped_token_starts_nothing(script: str) -> None:
    token = Token()
    token.cancel()
    with pytest.raises(Cancelled):
        run_tool(token, script)


def _alive(pid: str) -> bool:
    status = Path(f"/proc/{pid}/cmdline")
    return status.exists() and b"sleep" in status.read_bytes()
