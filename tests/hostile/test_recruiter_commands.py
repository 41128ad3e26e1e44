"""What an applicant sends never ends ``verify`` or ``review`` for the others."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

import msgspec
import pytest

from readiness.cli import main
from readiness.review.received import Received
from readiness.review.rows import row_of
from readiness.review.spread import spread
from readiness.trust.answering import Known
from readiness.trust.arrived import arrive
from tests.fakes.trust import BEGUN, PROFILE, answer, invitation, rate, session
from tests.hostile.attacks import set_in

if TYPE_CHECKING:
    from pathlib import Path

INVITED = invitation()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one honest answer and what is asked."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "acme.toml").write_bytes(PROFILE)
    (tmp_path / "zoe.json").write_bytes(answer(INVITED))
    return tmp_path


@pytest.mark.parametrize("command", ["verify", "review"])
@pytest.mark.parametrize("content", [answer(INVITED), b"{"], ids=["a report", "none"])
def test_a_name_that_is_no_text_ends_nothing(
    folder: Path, command: str, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = os.fsencode(folder) + b"/\xff.json"
    with open(path, "wb") as stream:  # noqa: PTH123 - the name is bytes
        stream.write(content)

    status = main([command, os.fsdecode(path), "zoe.json", "--profile", "acme.toml", "--json"])

    found = json.loads(capsys.readouterr().out)
    assert status != 4
    named = [one["report"] for one in found["reports"]]
    assert "zoe.json" in named or "set_aside" in found


def test_values_that_no_ruler_can_span_are_counted_all_the_same() -> None:
    """A hundred of next to nothing and one of 10^15: the step of the bars must not vanish."""
    one = row_of(
        Received(file="a.json", arrived=arrive(answer(INVITED))), Known(now=BEGUN), metrics=()
    )
    values = [1e-320] * 60 + [2e-320] * 40 + [1e15]
    rows = [
        msgspec.structs.replace(one, metrics=("line.upload",), values=(value,)) for value in values
    ]

    found = spread(rows, "line.upload")

    assert found is not None
    assert sum(bar.count for bar in found.bars) == 101


@pytest.mark.parametrize("value", [1e15, -9e14, 1e-320, 0.0, -0.0])
@pytest.mark.parametrize("extra", [(), ("--side-by-side",), ("--json",), ("--csv", "t.csv")])
def test_numbers_at_the_edge_are_shown(
    folder: Path, value: float, extra: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    line = session(INVITED).runs[0]
    figures = (
        msgspec.structs.replace(rate("line.download", 24.0), value=value, uncertainty=1e15),
        msgspec.structs.replace(rate("line.upload", 24.0), value=value, uncertainty=1e-320),
    )
    runs = (msgspec.structs.replace(line, measurements=figures), *session(INVITED).runs[1:])
    (folder / "odd.json").write_bytes(answer(INVITED, runs=runs))

    judged = ("--profile", "acme.toml", "--metric", "line.upload", "--metric", "line.download")
    status = main(["review", "odd.json", "zoe.json", *judged, *extra])

    assert status == 1
    assert capsys.readouterr().out


def test_a_report_that_cannot_be_stands_beside_one_that_can(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its values are not shown: they contradict what the file says of them."""
    lie = answer(INVITED, change=set_in("session.runs.0.measurements.1.value", 999.5))
    (folder / "lie.json").write_bytes(lie)

    main(["review", "lie.json", "zoe.json", "--profile", "acme.toml", "--side-by-side"])

    out = capsys.readouterr().out
    assert "not looked at" in out
    assert "999.5" not in out
