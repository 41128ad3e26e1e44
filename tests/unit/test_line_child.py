"""The measuring child: its death, its silence, its end with the program."""

from __future__ import annotations

import subprocess
import sys

import msgspec
import psutil
import pytest

from readiness.cancel import Token
from readiness.model.call import Transport
from readiness.model.errors import CannotMeasure, FailureCode
from readiness.system.line import process
from readiness.system.line.messages import CallJob, Fault, Message, ServeJob
from tests.fakes.line import measuring_server

JOB = ServeJob(part="download", address="http://127.0.0.1:1")


def _why(code: str, *, silence_s: float = process.SILENCE_S) -> tuple[FailureCode, str]:
    with pytest.raises(CannotMeasure) as caught:
        process.run_job(
            Token(),
            JOB,
            lambda _f, _r: None,
            command=[sys.executable, "-c", code],
            silence_s=silence_s,
        )
    return caught.value.code, caught.value.detail


@pytest.mark.parametrize("code", ["import os; os._exit(7)", "1/0", "import os; os.abort()"])
def test_a_child_that_dies_is_a_crash_not_a_figure(code: str) -> None:
    assert _why(code) == (FailureCode.CRASHED, "helper-ended")


def test_a_child_that_babbles_is_a_crash_not_a_figure() -> None:
    assert _why("print('Testing download speed....')") == (FailureCode.CRASHED, "helper-ended")


def test_a_child_that_says_nothing_is_given_up() -> None:
    silent = "import time; time.sleep(60)"

    assert _why(silent, silence_s=0.3) == (FailureCode.TIMED_OUT, "stalled")


def test_no_child_is_left_after_any_of_these() -> None:
    _why("import time; time.sleep(60)", silence_s=0.2)

    assert not [c for c in psutil.Process().children() if "time.sleep(60)" in _command(c)]


def _command(child: psutil.Process) -> str:
    """How it was started; nothing for one that is over and of another test."""
    try:
        return str(child.cmdline())
    except (psutil.ZombieProcess, psutil.NoSuchProcess):
        return ""


def test_the_child_ends_when_the_program_is_gone() -> None:
    """Its standard input ends; it does not go on measuring for nobody."""
    child = subprocess.Popen(
        process.child_command(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    )
    assert child.stdin is not None
    child.stdin.close()

    assert child.wait(timeout=10) != 0


def test_a_call_that_is_told_to_end_before_it_began_does_not_blame_the_line() -> None:
    """The word came together with the job; not a packet was sent, so none was blocked."""
    with measuring_server() as server:
        job = msgspec.json.encode(CallJob(transport=Transport.STAMP, address=server))
        with subprocess.Popen(
            process.child_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as child:
            assert child.stdin is not None
            assert child.stdout is not None
            child.stdin.write(job + b"\n\n")
            child.stdin.flush()
            last = msgspec.json.decode(child.stdout.readlines()[-1], type=Message)

    assert isinstance(last, Fault)
    assert last.detail == "too-few-answers"


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)

    assert process.child_command() == [sys.executable, "line-child"]


def test_the_door_leads_to_the_child() -> None:
    """What a frozen program is started with does the job and answers in messages."""
    with pytest.raises(CannotMeasure, match="connection-refused"):
        process.run_job(
            Token(),
            JOB,
            lambda _f, _r: None,
            command=[sys.executable, "-m", "readiness", process.ENTRY],
        )


def test_the_child_needs_no_window() -> None:
    code = (
        "import sys, readiness.system.line.child, readiness.system.line.serve_client;"
        "sys.exit(any(name.startswith(('PySide6', 'numpy', 'ui')) for name in sys.modules))"
    )

    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=30).returncode == 0
