"""``--withhold``: left out of everything that is written, kept on this computer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from readiness.cli import main
from readiness.engine import Engine
from readiness.model.measurement import Measurement
from readiness.report.withhold import is_withheld
from tests.fakes import reports as made

if TYPE_CHECKING:
    from pathlib import Path

DISK = "machine.disk_free"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of its own, without a person."""
    monkeypatch.setenv("READINESS_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_check_writes_and_prints_it_nowhere_and_keeps_it_here(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--only", "disk", "--json", "--format", "json", "--withhold", DISK])
    printed = json.loads(capsys.readouterr().out)
    (path,) = home.glob("*.readiness.json")
    engine = Engine(home=home / "home")
    (entry,) = engine.archived()
    assert is_withheld(engine.open(path).session.latest()[DISK])
    assert DISK not in [
        m["metric"] for run in printed["session"]["runs"] for m in run["measurements"]
    ]
    assert isinstance(engine.archived_session(entry.id).latest()[DISK], Measurement)


@pytest.mark.parametrize("name", ["machine.disk", "", "declared.nobody_asks_this"])
def test_a_metric_that_nobody_knows_is_refused_before_anything_is_measured(
    home: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    assert main(["check", "--only", "disk", "--withhold", name]) == 3
    assert "[no-such-metric]" in capsys.readouterr().err
    assert list(home.glob("readiness-*")) == []


def test_a_saved_report_is_rendered_without_it(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["check", "--only", "disk", "--format", "json", "--out", "whole"])
    (path,) = (home / "whole").glob("*.readiness.json")
    status = main(["render", str(path), "--format", "json", "--out", "less", "--withhold", DISK])
    (less,) = (home / "less").glob("*.readiness.json")
    assert status == 0
    assert is_withheld(Engine(home=home / "home").open(less).session.latest()[DISK])
    assert "[" not in capsys.readouterr().err


def test_leaving_out_takes_the_list_that_it_was_judged_against(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without it the verdicts could not be worked out anew."""
    engine = Engine(home=home / "home")
    engine.save(made.report(), made.profile(), home, formats=["json"], language="en")
    (path,) = home.glob("*.readiness.json")
    assert main(["render", str(path), "--withhold", "line.upload"]) == 3
    assert "[profile-not-at-hand]" in capsys.readouterr().err
